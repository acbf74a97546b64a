"""Episodes, cohorts, comparison groups, and what a measure of many people says before it is known."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from attrs import evolve

from outcomelang.core import ir
from outcomelang.evaluation.ledger import Ledger

from .build import (
    JOIN,
    PERSON,
    account,
    between,
    contract,
    event,
    flow,
    following,
    number,
    outcome,
    people,
    percent,
    population,
    pounds,
    row,
    rows,
    visited,
)

HEAD = flow("Head", pounds(1), ir.OneEach(), subject=PERSON)


def names(ledger: Ledger) -> list[str]:
    return [report.name for report in ledger.reports]


# ---------------------------------------------------------------- episodes


def test_who_joins_once_opens_one_episode_and_the_later_row_still_counts() -> None:
    made = contract(
        outcomes=(outcome("Twice", ir.Compares(ir.Counted(rows("Join")), ">=", number(2))),),
        flows=(HEAD, flow("Twice", pounds(5))),
    )
    ledger = account(made, [row("1", "A", "Join", "2015-01-01"), row("2", "A", "Join", "2016-06-01")])
    assert (ledger.total, names(ledger)) == (600, ["joined-again"])


@pytest.mark.parametrize(("again", "heads"), [("2016-02-27", 1), ("2016-02-28", 2)])
def test_a_new_episode_begins_twelve_months_after_the_last_began(again: str, heads: int) -> None:
    made = contract(populations=(population(once=False, again_months=12),), flows=(HEAD,))
    ledger = account(made, [row("1", "A", "Join", "2015-02-28"), row("2", "A", "Join", again)])
    assert ledger.total == 100 * heads


def test_one_event_never_counts_in_two_episodes() -> None:
    made = contract(
        populations=(population(once=False, again_months=12),),
        outcomes=(visited(),),
        flows=(flow("Visited", pounds(1)),),
    )
    events = [
        row("1", "A", "Visit", "2014-12-01"), row("2", "A", "Join", "2015-01-01"), row("3", "A", "Visit", "2015-12-31"),
        row("4", "A", "Join", "2016-01-01"), row("5", "A", "Visit", "2016-01-01"), row("6", "A", "Visit", "2017-05-01"),
    ]  # fmt: skip
    ledger = account(made, events)
    assert [(entry.subject, entry.rows[0].id) for entry in ledger.entries] == [
        ("A", "1"), ("A", "3"), ("A (2)", "5"), ("A (2)", "6"),
    ]  # fmt: skip


def test_joining_is_bounded_by_dates_and_a_first_row_outside_them_does_not_join() -> None:
    way = ir.Way(ir.Select(ir.Rows("Join"), (), between("2015-01-01", "2015-12-31")), first=True)
    made = contract(populations=(population(ways=(way,)),), flows=(HEAD,))
    assert account(made, [row("1", "A", "Join", "2015-12-31")]).total == 100
    assert account(made, [row("1", "A", "Join", "2016-01-01")]).total == 0
    assert account(made, [row("1", "A", "Join", "2014-12-31"), row("2", "A", "Join", "2015-01-01")]).total == 0


def test_an_event_of_a_person_who_never_joins_is_reported_and_one_of_nobody_counts() -> None:
    driven = flow("Sessions", pounds(1), ir.EachUnit(ir.Counted(rows("Visit")), "exact"))
    personal = (JOIN, event("Visit", of="Person"))
    events = [row("1", "A", "Join", "2015-01-01"), row("2", "B", "Visit", "2015-01-02")]
    ledger = account(contract(events=personal, states=(), flows=(driven,)), events)
    assert (ledger.total, names(ledger)) == (0, ["never-joined"])
    ledger = account(contract(events=(JOIN, event("Visit")), states=(), flows=(driven,)), events)
    assert (ledger.total, names(ledger)) == (100, [])


# ---------------------------------------------------------------- cohorts

COHORTS = ir.Partition(
    "Cohort",
    "cohort",
    "Person",
    ir.ByValue("Join", None),
    tuple(
        ir.PartitionRow(
            f"Cohort {n}",
            ir.Bounds(
                ir.Const(date(2014 + n, 1, 1), ir.Unit.DATE), True, ir.Const(date(2014 + n, 12, 31), ir.Unit.DATE), True
            ),
        )
        for n in (1, 2)
    ),
)
PER_COHORT = ir.PerGroup("Cohort")
YEAR_ON = following(ir.Joining(), 12)
ARRESTED = people(ir.Has(rows("Arrest", window=YEAR_ON)))
RATE = ir.Measure(
    "Rate",
    PER_COHORT,
    ir.Arith("/", ir.Counted(ARRESTED), ir.Counted(people()), ir.Unit.PERCENTAGE),
    ir.Unit.PERCENTAGE,
)
LOW = outcome("Low Rate", ir.Compares(ir.Read("Rate", ir.Unit.PERCENTAGE), "<=", percent(50)), subject=PER_COHORT)


def cohorts(**parts: object) -> ir.Contract:
    plain = {"partitions": (COHORTS,), "measures": (RATE,), "outcomes": (LOW,), "flows": (flow("Low Rate", pounds(9)),)}
    return contract(**(plain | parts))


TWO = [row("1", "A", "Join", "2015-01-01"), row("2", "B", "Join", "2015-03-01")]
LATER = row("Z", "Z", "Visit", "2020-06-01")


def test_a_cohort_without_members_earns_nothing() -> None:
    fee = flow("Fee", pounds(3), ir.OneEach(), subject=PER_COHORT)
    ledger = account(cohorts(flows=(fee,)), TWO)
    assert [(entry.subject, entry.day) for entry in ledger.entries] == [("Cohort 1", date(2015, 1, 1))]


def test_comparison_people_do_not_make_a_cohort() -> None:
    other = population("Other", comparison_of="Cohort", tests=(ir.AttributeIs("Arm", ("comparison",)),), ways=())
    fee = flow("Fee", pounds(3), ir.OneEach(), subject=PER_COHORT)
    made = cohorts(flows=(fee,), populations=(population(), other))
    events = [*TWO, row("3", "C", "Join", "2016-05-01", Arm="comparison")]
    assert [entry.subject for entry in account(made, events).entries] == ["Cohort 1"]


def test_a_cohort_is_read_after_the_window_of_the_last_who_may_join() -> None:
    (entry,) = account(cohorts(), [*TWO, LATER]).entries
    assert (entry.subject, entry.day) == ("Cohort 1", date(2016, 12, 31))


def test_a_measure_is_open_until_then() -> None:
    ledger = account(cohorts(), [*TWO, LATER], as_of="2016-12-30")
    assert [(p.what, p.verdict, p.subject, p.until) for p in ledger.pending] == [
        ("Low Rate", "open", "Cohort 1", date(2016, 12, 31))
    ]


def test_where_fewer_is_better_nothing_is_known_beyond_observation() -> None:
    ledger = account(cohorts(), [*TWO, row("Z", "Z", "Visit", "2016-12-30")])
    assert ledger.total == 0
    assert [(p.what, p.verdict) for p in ledger.pending] == [("Low Rate", "open")]


def test_a_binary_rate_counts_a_person_once() -> None:
    many = [row(f"X{n}", "A", "Arrest", f"2015-0{n}-15") for n in range(2, 9)]
    assert account(cohorts(), [*TWO, *many, LATER]).total == 900
    both = [*many, row("Y", "B", "Arrest", "2016-03-01")]
    assert account(cohorts(), [*TWO, *both, LATER]).total == 0


@pytest.mark.parametrize(
    ("day", "counts"), [("2015-01-01", 0), ("2015-01-02", 1), ("2016-01-01", 1), ("2016-01-02", 0)]
)
def test_the_window_after_joining_leaves_the_day_itself_out(day: str, counts: int) -> None:
    driven = flow("Arrested", pounds(1), ir.EachUnit(ir.Counted(ARRESTED), "exact"), subject=PER_COHORT)
    assert account(cohorts(flows=(driven,)), [*TWO, row("X", "A", "Arrest", day), LATER]).total == 100 * counts


def test_people_who_avoid_something_are_paid_only_as_far_as_they_were_observed() -> None:
    """An excess over a baseline falls with every arrest: a log that ends early must not read as success."""
    spared = ir.Excess(number(2), ir.Counted(ARRESTED), ir.Unit.NUMBER)
    made = cohorts(flows=(flow("Spared", pounds(1), ir.EachUnit(spared, "exact"), subject=PER_COHORT),))
    early = account(made, [*TWO, row("Z", "Z", "Visit", "2016-12-30")])
    assert (early.total, [(p.what, p.verdict, p.until) for p in early.pending]) == (
        0,
        [("Spared", "open", date(2016, 12, 31))],
    )
    assert account(made, [*TWO, LATER]).total == 200


def test_a_price_is_paid_only_once_it_is_known() -> None:
    share = ir.Arith("*", ir.Read("Rate", ir.Unit.PERCENTAGE), pounds(10), ir.Unit.MONEY)
    made = cohorts(flows=(flow("Fee", share, ir.OneEach(), subject=PER_COHORT),))
    events = [*TWO, row("X", "A", "Arrest", "2015-06-01")]
    assert account(made, [*events, row("Z", "Z", "Visit", "2016-12-30")]).total == 0
    assert account(made, [*events, LATER]).total == 500


# ---------------------------------------------------------------- values that are not there


def test_a_change_from_nothing_has_no_value_and_is_reported() -> None:
    base = ir.Measure(
        "Base", ir.Whole(), ir.Counted(rows("Visit", window=between("2015-01-01", "2015-12-31"))), ir.Unit.NUMBER
    )
    new = ir.Measure(
        "New", ir.Whole(), ir.Counted(rows("Visit", window=between("2016-01-01", "2016-12-31"))), ir.Unit.NUMBER
    )
    change = ir.ChangeOf(ir.Read("Base", ir.Unit.NUMBER), ir.Read("New", ir.Unit.NUMBER), fall=False, relative=True)
    made = contract(
        measures=(base, new),
        outcomes=(outcome("Risen", ir.Compares(change, ">=", percent(0)), subject=ir.Whole()),),
        flows=(flow("Risen", pounds(5)), flow("Points", pounds(1), ir.EachUnit(change, "whole", 100))),
    )
    after = [row("2", "A", "Visit", "2016-05-01"), row("3", "A", "Visit", "2016-06-01")]
    ledger = account(made, [*TWO[:1], *after])
    assert (ledger.total, names(ledger)) == (0, ["no-value", "no-value"])  # of the condition, and of the payment
    ledger = account(made, [*TWO[:1], row("1b", "A", "Visit", "2015-05-01"), *after])
    assert ledger.total == 500 + 100 * 100


def test_a_total_over_no_row_has_no_value_and_meets_nothing() -> None:
    total = ir.Summed("Fee", rows("Visit"), ir.Unit.MONEY)
    half = ir.Arith("*", total, number(Fraction(1, 2)), ir.Unit.MONEY)
    made = contract(
        outcomes=(outcome("Cheap", ir.Compares(total, "<=", pounds(5)), subject=ir.Whole()),),
        flows=(
            flow("Cheap", pounds(5)),
            flow("Share", half, ir.OneEach()),
        ),
    )
    ledger = account(made, TWO)
    assert (ledger.total, names(ledger)) == (0, ["no-price", "no-value"])
    assert account(made, [*TWO, row("3", "A", "Visit", "2015-05-01", Fee=400)]).total == 700


def test_a_count_in_a_window_without_an_anchor_is_not_nothing() -> None:
    """Somebody who was never released was not free of arrests in the year after release."""
    since = following(ir.RowOf(rows("Leave"), "first"), 12)
    few = ir.Compares(ir.Counted(rows("Arrest", window=since)), "<=", number(0))
    spared = people(ir.Has(rows("Arrest", window=since), negated=True))
    made = contract(
        outcomes=(outcome("Free", few),),
        flows=(
            flow("Free", pounds(5)),
            flow("Spared", pounds(1), ir.EachUnit(ir.Counted(spared), "exact")),
        ),
        last_claim=date(2021, 12, 31),
    )
    late = row("Z", "A", "Visit", "2021-12-31")
    assert account(made, [TWO[0], late]).total == 0
    assert account(made, [TWO[0], row("2", "A", "Leave", "2015-06-01"), late]).total == 600


def test_no_log_at_all_pays_no_more_than_what_needs_no_fact() -> None:
    never = outcome("Free", ir.Happens(rows("Arrest", window=YEAR_ON), True))
    made = cohorts(outcomes=(LOW, never), flows=(flow("Low Rate", pounds(9)), flow("Free", pounds(9)), HEAD))
    assert account(made, []).total == 0


def test_an_inapplicable_part_is_left_out_and_nothing_left_is_not_achieved() -> None:
    parted = rows("Visit", ir.AttributeIs("Kind", ("parted",)))
    item = ir.Item(ir.Happens(rows("Work")), where=ir.Happens(parted))
    both = (item, ir.Item(ir.Happens(rows("Leave"))))
    made = contract(outcomes=(outcome("All", ir.AtLeast(both, None)), outcome("None", ir.AtLeast((item,), None))))
    made = evolve(made, flows=(flow("All", pounds(1)), flow("None", pounds(5))), last_claim=date(2016, 1, 1))
    left = row("3", "A", "Leave", "2015-05-01")
    end = row("9", "A", "Visit", "2016-01-01", Kind="other")
    assert account(made, [TWO[0], left, end]).total == 100
    applies = row("2", "A", "Visit", "2015-02-01", Kind="parted")
    assert account(made, [TWO[0], left, end, applies]).total == 0
    assert account(made, [TWO[0], left, end, applies, row("4", "A", "Work", "2015-06-01")]).total == 600
