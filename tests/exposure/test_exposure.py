"""What an exposure says of two contracts, and that a tight bound is reached by a log that evaluates to it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from outcomelang import compile_contract
from outcomelang.compiler import compile_path, compile_text
from outcomelang.core.declared import declared
from outcomelang.exposure import said
from outcomelang.exposure.analysis import exposure
from outcomelang.exposure.liability import liability
from outcomelang.histories.paid import replayed

ROOT = Path(__file__).parents[2] / "contracts"


def test_a_limit_on_all_payments_binds_and_is_reached() -> None:
    found = exposure(compile_path(ROOT / "peterborough-sib" / "contract.outcome").core)
    assert found.greatest.most == 8_000_000_00
    assert said.of_greatest(found) == "what binds: limit on all payments"
    assert found.tight
    assert replayed(found.contract, found.reached.history) == 8_000_000_00
    assert (found.least.found.paid.total, found.least.proved) == (Fraction(0), True)
    assert found.idle.share == 0


def test_what_is_assumed_bounds_what_no_limit_does() -> None:
    found = exposure(compile_path(ROOT / "work-programme" / "contract.outcome").core)
    assert found.greatest.most == 40_000 * 13_720_00
    assert not found.tight
    assert [(each.name, each.most) for each in found.people] == [("Jobseeker", Fraction(13_720_00))]
    assert any("at most 40,000" in each for each in said.premises(found.contract))
    rates = {each.row: each.rate for each in found.break_even}
    assert rates["JSA 18 to 24"] == Fraction(1_100_00, 5_620_00)


def test_joint_payers_carry_their_shares() -> None:
    found = exposure(compile_text(_JOINT).core)
    assert [(each.name, each.most) for each in found.payers] == [
        ("Council", Fraction(8_000_00)),
        ("Fund", Fraction(2_000_00)),
    ]


def test_nothing_is_earned_before_it_can_be() -> None:
    """New York judges at the end of the third year: in the first two nothing can be earned."""
    found = exposure(compile_path(ROOT / "nyc-able" / "contract.outcome").core)
    amounts = [each.liability.most for each in found.years]
    assert amounts[:2] == [0, 0]
    assert max(each or 0 for each in amounts) == found.greatest.most


def test_the_library_gives_the_same() -> None:
    contract = compile_contract(ROOT / "rhino-bond" / "contract.outcome")
    found = contract.exposure()
    assert (found.greatest.most, found.tight) == (Fraction(13_759_500_00), True)


@pytest.mark.parametrize("scheme", ["care-leavers-sib", "denver-supportive-housing-sib", "hmp-doncaster", "rhino-bond"])
def test_it_is_the_same_twice(scheme: str) -> None:
    one, two = (exposure(compile_path(ROOT / scheme / "contract.outcome").core) for _ in range(2))
    assert one.reached.history == two.reached.history
    assert one.tight


@pytest.mark.parametrize(
    "scheme", ["birmingham-supporting-people", "london-rough-sleepers-sib", "supporting-people-80-20"]
)
def test_a_bound_is_reached_by_more_people_in_more_periods(scheme: str) -> None:
    found = exposure(compile_path(ROOT / scheme / "contract.outcome").core)
    assert found.tight
    assert replayed(found.contract, found.reached.history) == found.greatest.most


def test_each_period_has_its_own_row_of_a_table() -> None:
    """People are 120 in the first quarter and 110 in the second, and £500 is due for each who is not seen."""
    bound = liability(declared(compile_path(ROOT / "london-rough-sleepers-sib" / "contract.outcome").core))
    (street,) = [each for each in bound.flows if each.flow.name == "Street Payment"]
    assert street.within == (120 + 110) * 500_00


def test_what_falls_into_one_period_is_counted_once() -> None:
    bound = liability(declared(compile_path(ROOT / "utah-preschool" / "contract.outcome").core))
    assert bound.most == 3_570 * 2_451_00


_JOINT = """contract "Small"
commissioner Council
commissioner Fund
provider Provider
joint Payers: Council 80%, Fund 20%; odd pennies to the Council
currency GBP
term beginning on 1 April 2024 and ending on 31 March 2026
claims up to and including 30 September 2026
rounding total to the nearest penny, half up
participant Person (People), joins on Referral between 1 April 2024 and 31 March 2025, once, selected by the Council,
  up to 10
event Referral of a Person is an input, recorded by the Council
payment Alpha: the Payers pay the Provider £1,000 for each Person
"""
