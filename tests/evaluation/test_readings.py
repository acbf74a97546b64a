"""What the readings of a clause with two meanings pay, in real schemes: computed, and soon."""

from __future__ import annotations

import cProfile
import pstats
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from outcomelang.compiler import compile_text, read_text
from outcomelang.diagnostic import ContractError, Diagnostic

CONTRACTS = Path(__file__).parents[2] / "contracts"
HEAD = """\
contract "Small"
commissioner Council
commissioner Fund
provider Charity
currency GBP
term beginning on 1 April 2025 and ending on 31 March 2028
claims up to and including 30 September 2028
participant Client, joins on Referral, once, selected by the Council
period Year is every 12 months from 1 April 2025 up to and including 31 March 2028
event Referral is an input, recorded by the Council
event Session is an activity, recorded by the Charity
payment Start Fee: the Council pays the Charity £400 for each Client
payment Fee: the Council pays the Charity £30 for each Session
"""


def found(text: str, load: Callable[[str], str] = read_text) -> tuple[Diagnostic, ...]:
    with pytest.raises(ContractError) as wrong:
        compile_text(text, load=load)
    return wrong.value.diagnostics


SLIPS = [
    ("domestic-abuse-refuge", "; earliest first", "limit-order-missing", "in the example"),
    ("domestic-abuse-refuge", "; the excess is not paid", "limit-excess-missing", "in the example"),
    ("birmingham-supporting-people", "(?<=joins on Service Start), once", "joining-again-unstated", "in the example"),
    ("supporting-people-80-20", "\n  once", "how-often-missing", "in the example"),
]


@pytest.mark.parametrize(("scheme", "left_out", "name", "amount"), SLIPS, ids=lambda each: each)
def test_a_real_scheme_tells_what_its_readings_pay(scheme: str, left_out: str, name: str, amount: str) -> None:
    text = (CONTRACTS / scheme / "contract.outcome").read_text("utf-8")
    profile = cProfile.Profile()
    for place in re.finditer(left_out, text):
        profile.enable()
        try:
            compile_text(text[: place.start()] + text[place.end() :], str(CONTRACTS / scheme / "contract.outcome"))
        except ContractError as wrong:
            own = [each for each in wrong.diagnostics if each.name == name and each.story]
        else:
            own = []
        profile.disable()
        if own:
            break
        profile = cProfile.Profile()
    assert own
    assert any(amount in remedy.effect for each in own for remedy in each.remedies)
    assert pstats.Stats(profile).total_calls < 6_000_000  # type: ignore[attr-defined]


LIMITS = [
    ("limit Start Fee to £150,000; the excess is not paid", "limit-order-missing"),
    ("limit Start Fee to £150,000; earliest first", "limit-excess-missing"),
    ("limit Start Fee to 300; earliest first", "limit-excess-missing"),
    ("limit Fee to £90 in each Year by date achieved; earliest first", "limit-excess-missing"),
    ("limit Start Fee and Fee to £150,000; the excess is not paid", "limit-order-missing"),
    ("limit all payments to £150,000; the excess is not paid", "limit-order-missing"),
]


@pytest.mark.parametrize(("limit", "name"), LIMITS, ids=lambda each: each)
def test_so_many_people_that_the_limit_is_reached(limit: str, name: str) -> None:
    own = [each for each in found(f"{HEAD}{limit}\n") if each.name == name]
    assert [bool(each.story) for each in own] == [True]


def test_what_nobody_can_be_shown_is_still_asked() -> None:
    own = found(f"{HEAD}limit all payments to £900,000,000; the excess is not paid\n")
    assert [(each.name, each.story) for each in own] == [("limit-order-missing", ())]
