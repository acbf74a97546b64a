"""Every figure of an exposure is an upper bound: no shipped log and no made-up history of any size pays more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from pathlib import Path

import pytest

from outcomelang.compiler import compile_path, compile_text
from outcomelang.core import ir
from outcomelang.core.declared import Declared, declared
from outcomelang.evaluation.drafts import Draft
from outcomelang.evaluation.log import read_log
from outcomelang.evaluation.reference import Account
from outcomelang.exposure.liability import Asked, liability, units
from outcomelang.exposure.lid import closed
from outcomelang.exposure.ranges import in_all
from outcomelang.exposure.shares import payers
from outcomelang.exposure.years import Year, years
from outcomelang.histories.earning import Earning, is_personal
from outcomelang.histories.joining import beside, many
from outcomelang.histories.paid import account_day

ROOT = Path(__file__).parents[2] / "contracts"
TERMS = sorted(path for path in ROOT.glob("*/*.outcome"))
_SIZES = ((1, 3), (5, 5), (30, 30), (60, 2_000))


def _logs(path: Path) -> Iterator[Path]:
    """The shipped logs of these terms: those of a variant lie beside it, all others are of the contract."""
    for log in sorted(path.parent.glob("*/events.csv")):
        variant = path.with_name(f"{log.parent.name}.outcome")
        if path == (variant if variant.exists() else path.with_name("contract.outcome")):
            yield log


def _accounts(contract: ir.Contract, path: Path) -> Iterator[tuple[str, tuple[Draft, ...]]]:
    for log in _logs(path):
        account = Account(contract, read_log(contract, (log,)), account_day(contract))
        yield log.parent.name, tuple(account.drafts(account.prepare()))
    earning = Earning(contract)
    for flow in contract.flows:
        alone = is_personal(earning.names, flow)
        for people, amount in _SIZES[:1] if alone else _SIZES:
            history = earning.made(flow, people, amount, {})
            yield f"{flow.name} × {people}", earning.pay(many(contract, history, 40) if alone else history).drafts
    for group in contract.partitions[:2]:
        for row in group.rows[:3]:
            history = earning.everything({group.name: row.label}).history
            yield f"all, “{row.label}”", earning.pay(many(contract, beside(contract, history, history), 7)).drafts


@pytest.mark.parametrize("path", TERMS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_nothing_pays_more_than_the_bound(path: Path) -> None:
    contract = compile_path(path).core
    bounds = list(_bounds(declared(contract)))
    names = set(payers(declared(contract)))
    for where, drafts in _accounts(contract, path):
        assert {draft.payer for draft in drafts if draft.sign > 0 and draft.amount} <= names
        over = [
            what for what, most, counts in bounds if sum((_due(x) for x in drafts if counts(x)), Fraction(0)) > most
        ]
        assert over == [], where


def _due(draft: Draft) -> Fraction:
    return Fraction(draft.sign * draft.amount)


Bound = tuple[str, Fraction, Callable[[Draft], bool]]


def _bounds(d: Declared) -> Iterator[Bound]:
    """Each figure with what counts towards it: all, payment by payment, payer by payer, year by year."""
    whole = liability(d)
    if whole.most is not None:
        yield "in all", whole.most, lambda draft: True
    for name in sorted({each.flow.name for each in whole.flows}):
        own = [each for each in whole.flows if each.flow.name == name]
        most = closed(d, in_all(each.within for each in own), (own[0].flow,))
        if most is not None:
            yield name, most, partial(_is_of, name)
    for payer in payers(d):
        limit = liability(d, Asked(payer=payer)).most
        if limit is not None:
            yield payer, limit, partial(_is_paid_by, payer)
    for year in years(d):
        if year.liability.most is not None:
            yield f"from {year.first}", year.liability.most, partial(_is_earned_in, year)


def _is_of(name: str, draft: Draft) -> bool:
    return draft.flow.name == name and draft.sign > 0


def _is_paid_by(payer: str, draft: Draft) -> bool:
    return draft.payer == payer and draft.sign > 0


def _is_earned_in(year: Year, draft: Draft) -> bool:
    return draft.sign > 0 and year.first.toordinal() <= draft.day <= year.last.toordinal()


# ---------------------------------------------------------------- each way of being wrong, once

_HEAD = """contract "Small"
commissioner Council
commissioner Fund
provider Provider
currency GBP
term beginning on 1 April 2024 and ending on 31 March 2026
claims up to and including 30 September 2026
rounding each amount to the nearest penny, half up
participant Person (People), joins on Referral between 1 April 2024 and 31 March 2025, once, selected by the Council,
  up to 10
event Referral of a Person is an input, recorded by the Council
event Visit of a Person is an outcome, recorded by the Council, more is better, has Score as a number
"""
_ALPHA = "payment Alpha: Council pays the Provider £100 for each Person\n"
_BETA = "payment Beta: Council pays the Provider £100 for each Person\n"
_GAMMA = "payment Gamma: Council pays the Provider £100 for each Person\n"


def _most(text: str) -> Fraction | None:
    return liability(declared(compile_text(_HEAD + text).core)).most


def test_limits_that_overlap_are_not_added_up_wrongly() -> None:
    """Alpha and Beta up to £500, Alpha and Gamma up to £600: Beta can have its £500 beside Gamma's £600."""
    limits = (
        "limit Alpha and Beta to £500; earliest first; the excess is not paid\n"
        "limit Alpha and Gamma to £600; earliest first; the excess is not paid\n"
    )
    found = _most(_ALPHA + _BETA + _GAMMA + limits)
    assert found is not None
    assert found >= 1_100_00


_INDEX = """period Index Year is every 12 months from 1 April 2023
figure Price Index in each Index Year, reported by the Council, as a number
payment Fee: Council pays the Provider £100 for each Person, indexed by Price Index from 1 April 2024{cap}
"""


def test_an_index_bounds_nothing_unless_its_rise_is_capped() -> None:
    assert _most(_INDEX.format(cap="")) is None
    assert _most(_INDEX.format(cap=", at most 10% each year")) == 10 * 121_00


def test_a_number_that_may_be_negative_bounds_nothing() -> None:
    """£1 for each point below a hundred: points below nothing would be paid for as well."""
    points = "define Points of each Person as the total Score of Visits\ndefine Gap of each Person as 100 less Points\n"
    assert _most(points + "payment Fee: Council pays the Provider £1 for each Gap, parts in proportion\n") is None


def test_a_sum_paid_by_nobody_is_nothing() -> None:
    assert liability(declared(compile_text(_HEAD + _ALPHA).core), Asked(payer="Fund")).most == 0


def test_the_nights_of_everybody_are_more_than_the_days_of_the_term() -> None:
    names = declared(compile_path(ROOT / "youth-justice-reinvestment-pathfinder" / "contract.outcome").core)
    repaid = next(flow for flow in names.contract.flows if flow.repays)
    assert units(names, repaid) is None
