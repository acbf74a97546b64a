"""A status agrees with the account of the same day, and no limit has used more than there is."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from outcomelang.core import ir
from outcomelang.evaluation.event_log import Row
from outcomelang.evaluation.reference import evaluate
from outcomelang.evaluation.status import status

from . import build
from .test_properties import LIMIT, ROUND_EACH, YEAR, contract, crowds

PER_YEAR = evolve(LIMIT, calendar="Year", title="the limit in each Year")
PER_PERSON = ir.CountLimit(("Visited",), build.number(2), build.PERSON, None)
LIMITS = ((), (LIMIT,), (PER_YEAR, LIMIT), (PER_PERSON, evolve(PER_YEAR, order=ir.Order.FROM_TOTAL)))


@given(crowds(), st.sampled_from(LIMITS), st.integers(0, 400), st.booleans())
def test_a_status_agrees_with_the_account(
    crowd: list[Row], limits: tuple[ir.Stage, ...], wait: int, later: bool
) -> None:
    made = contract(*ROUND_EACH[:1], *limits, *ROUND_EACH[1:])
    if later:
        made = evolve(made, flows=tuple(evolve(flow, due=ir.Delay(0, 30)) for flow in made.flows))
    day = date.fromordinal(min(row.day for row in crowd) + wait)
    found, account = status(made, build.log(crowd), day), evaluate(made, build.log(crowd), day)
    assert sum(line.due + line.later for line in found.payments) == account.total
    assert sum(line.later for line in found.payments) == sum(
        (entry.amount for entry in account.entries if entry.due is not None and entry.due > day), Fraction(0)
    )
    assert (found.as_of, found.log_ends, found.reports) == (account.as_of, account.log_ends, account.reports)
    for use in found.limits:
        assert use.most is not None
        assert 0 <= use.used <= use.most
        assert use.used + use.left == use.most
    kept = Counter((item.what, item.verdict) for item in found.undecided)
    for item in account.pending:
        assert kept[item.what, item.verdict] >= item.count
    ends = found.log_ends
    assert all(i.until is None or i.until > min(day, ends or day) for i in found.undecided if i.verdict == "open")


@given(crowds(), st.sampled_from(LIMITS), st.integers(0, 200), st.integers(1, 200))
def test_what_comes_of_open_windows_is_never_worth_more_than_was_said(
    crowd: list[Row], limits: tuple[ir.Stage, ...], wait: int, more: int
) -> None:
    """For freedom from arrest, whose worth is known: of those who were open, what a later account pays for them."""
    made = contract(*ROUND_EACH, *limits)
    punctual = [row._replace(recorded=row.day) for row in crowd]
    first = min(row.day for row in punctual)
    day, after = date.fromordinal(first + wait), date.fromordinal(first + wait + more)
    found = [item for item in status(made, build.log(punctual), day).undecided if item.payment == "Free"]
    worth = {item.subject: item.worth for item in found}
    paid: dict[str, Fraction] = {}
    for entry in evaluate(made, build.log(punctual), after).entries:
        if entry.payment == "Free" and entry.subject in worth:
            paid[entry.subject] = paid.get(entry.subject, Fraction(0)) + entry.amount
    for subject, amount in paid.items():
        most = worth[subject]
        assert most is not None
        assert amount <= most


def test_two_payments_for_one_outcome_wait_for_one_person_once() -> None:
    once = build.outcome(
        "Free", ir.Happens(build.rows("Arrest", window=build.following(ir.Joining(), 3)), negated=True)
    )
    flows = tuple(build.flow(name, build.pounds(10), ir.EachAchievement("Free")) for name in ("First", "Second"))
    made = build.contract(outcomes=(once,), flows=flows)
    log = [build.row("J", person, "Join", "2015-01-01")._replace(id=person) for person in "AB"]
    (pending,) = build.account(made, log, "2015-02-01").pending
    assert (pending.what, pending.count, pending.subject) == ("Free", 2, "A")
    found = status(made, build.log(log), date(2015, 2, 1)).undecided
    assert [(item.payment, item.subject, item.worth) for item in found] == [
        ("First", "A", 1000), ("First", "B", 1000), ("Second", "A", 1000), ("Second", "B", 1000),
    ]  # fmt: skip


def test_a_limit_that_nothing_has_come_under_is_left_whole() -> None:
    stages = (build.money_limit(most=build.pounds(15)), build.money_limit(most=build.pounds(5), calendar="Year"))
    made = build.contract(
        outcomes=(build.visited(),), flows=(build.flow("Visited", build.pounds(10)),), calendars=(YEAR,), stages=stages
    )
    uses = status(made, build.log([]), date(2016, 5, 1)).limits
    assert [(use.period, use.used, use.left) for use in uses] == [("", 0, 1500), ("Year 2", 0, 500)]


@pytest.mark.parametrize(("mode", "worth"), [(None, Fraction(1000, 3)), ("half up", 333)])
def test_what_something_is_worth_is_rounded_where_each_amount_is(mode: str | None, worth: Fraction | int) -> None:
    third = ir.Const(Fraction(1000, 3), ir.Unit.MONEY)
    once = build.outcome(
        "Free", ir.Happens(build.rows("Arrest", window=build.following(ir.Joining(), 3)), negated=True)
    )
    stages = (ir.RoundEach(mode, 1),) if mode else (ir.RoundTotal("half up", 1),)
    made = build.contract(outcomes=(once,), flows=(build.flow("Free", third),), stages=stages)
    (item,) = status(made, build.log([build.row("J", "A", "Join", "2015-01-01")]), date(2015, 2, 1)).undecided
    assert item.worth == worth


def test_of_instalments_the_rest_is_open() -> None:
    plan = ir.Instalments(3, 1, 0, date(2015, 1, 31))
    fee = build.flow("Fee", build.pounds(100), ir.OneEach(), instalments=plan)
    made = build.contract(flows=(fee,), stages=(ir.RoundEach("half up", 1),))
    (item,) = status(made, build.log([]), date(2015, 2, 28)).undecided
    assert (item.until, item.worth) == (date(2015, 3, 31), 3333)


def test_what_a_repayment_may_come_to_is_negative() -> None:
    once = build.outcome(
        "Free", ir.Happens(build.rows("Arrest", window=build.following(ir.Joining(), 3)), negated=True)
    )
    back = build.flow("Back", build.pounds(4), ir.EachAchievement("Free"), repays=True)
    made = build.contract(outcomes=(once,), flows=(back,))
    (item,) = status(made, build.log([build.row("J", "A", "Join", "2015-01-01")]), date(2015, 2, 1)).undecided
    assert item.worth == -400
