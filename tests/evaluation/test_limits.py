"""What each limit takes, from whom, in which order, and where the excess goes."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from outcomelang.core import ir

from .build import (
    PERSON,
    account,
    contract,
    flow,
    lines,
    money_limit,
    number,
    pounds,
    row,
    rows,
    visited,
)

YEAR = ir.Calendar("Year", 12, 0, date(2015, 4, 1), None)
OTHER = visited("Other", tests=(ir.AttributeIs("Kind", ("other",)),))


def visits(*days: str, person: str = "A", kind: str = "plain") -> list:
    """A joining on 1 January 2015 and a visit on each day."""
    found = [row(f"{person}0", person, "Join", "2015-01-01")]
    return found + [row(f"{person}{n}", person, "Visit", day, Kind=kind) for n, day in enumerate(days, 1)]


def paid(made: ir.Contract, events: list) -> list[tuple[str, int]]:
    """Who is paid what, in pence, in the total order, nothing left out."""
    return [(entry.id, int(entry.amount)) for entry in account(made, events).entries]


def each(price: int, *stages: ir.Stage, **parts: object) -> ir.Contract:
    return contract(outcomes=(visited(),), flows=(flow("Visited", pounds(price)),), stages=stages, **parts)


def test_a_count_limit_refuses_whole_things_the_earliest_first() -> None:
    ledger = account(
        each(10, ir.CountLimit(("Visited",), number(2), None, None)),
        visits("2015-03-01", "2015-02-01", "2015-04-01"),
    )
    assert [int(e.amount) for e in ledger.entries] == [1000, 1000, 0]
    assert [e.day.month for e in ledger.entries] == [2, 3, 4]
    assert ledger.lines[0].count == 2


def test_a_count_limit_for_each_person_and_year_starts_again_for_each() -> None:
    stage = ir.CountLimit(("Visited",), number(1), PERSON, "Year")
    events = [*visits("2015-04-01", "2016-03-31", "2016-04-01"), *visits("2016-03-31", person="B")]
    ledger = account(each(10, stage, calendars=(YEAR,)), events)
    assert {e.id: int(e.amount) for e in ledger.entries} == {
        "Visited / A / A1": 1000,
        "Visited / A / A2": 0,
        "Visited / A / A3": 1000,
        "Visited / B / B1": 1000,
    }


def test_a_count_limit_cuts_a_measured_number_at_the_number() -> None:
    counted = ir.Counted(rows("Visit"))
    made = contract(
        flows=(flow("Sessions", pounds(10), ir.EachUnit(counted, "exact")),),
        stages=(ir.CountLimit(("Sessions",), number(2), None, None),),
    )
    (entry,) = account(made, visits("2015-02-01", "2015-02-02", "2015-02-03")).entries
    assert (entry.units, entry.counted, entry.amount) == (3, 2, 2000)


def test_a_count_limit_with_tests_counts_only_those_who_fit() -> None:
    group = ir.Partition(
        "Place", "group", "Person", ir.ByOwnLabel(), (ir.PartitionRow("North"), ir.PartitionRow("South"))
    )
    stage = ir.CountLimit(("Visited",), number(1), None, None, (ir.InGroup("Place", ("North",)),))
    events = [
        row("1", "A", "Join", "2015-01-01", Place="North"),
        row("2", "A", "Visit", "2015-01-02"),
        row("3", "A", "Visit", "2015-01-03"),
        row("4", "B", "Join", "2015-01-01", Place="South"),
        row("5", "B", "Visit", "2015-01-02"),
        row("6", "B", "Visit", "2015-01-03"),
    ]
    assert account(each(10, stage, partitions=(group,)), events).lines[0].count == 3


@pytest.mark.parametrize(
    ("order", "names", "expected"),
    [
        (ir.Order.EARLIEST, (), {"Visited": [1000, 500], "Other": [0]}),
        (ir.Order.IN_ORDER, ("Other", "Visited"), {"Visited": [500, 0], "Other": [1000]}),
        (ir.Order.PROPORTION, (), {"Visited": [500, 500], "Other": [500]}),
        (ir.Order.FROM_TOTAL, (), {"Visited": [1000, 1000], "Other": [1000], "the limit": [-1500]}),
    ],
)
def test_four_orders_of_a_limit(order: ir.Order, names: tuple[str, ...], expected: dict[str, list[int]]) -> None:
    plain = visited(tests=(ir.AttributeIs("Kind", ("plain",)),))
    made = contract(
        outcomes=(plain, OTHER),
        flows=(flow("Visited", pounds(10)), flow("Other", pounds(10))),
        stages=(money_limit(most=pounds(15), order=order, names=names),),
    )
    events = [*visits("2015-02-01", "2015-02-02"), row("A9", "A", "Visit", "2015-02-03", Kind="other")]
    ledger = account(made, events)
    got: dict[str, list[int]] = {}
    for entry in ledger.entries:
        got.setdefault(entry.payment, []).append(int(entry.amount))
        assert entry.earned - sum(cut.taken for cut in entry.cuts) + entry.rounding == entry.amount
    assert got == expected
    assert ledger.total == 1500
    assert {line.payment: line.count for line in ledger.lines if line.payment != "the limit"} == {
        "Visited": 2,
        "Other": 1,
    }


def test_a_limit_may_pay_part_of_an_amount() -> None:
    made = each(10, money_limit("Visited", most=pounds(25)))
    assert [p for _, p in paid(made, visits("2015-02-01", "2015-02-02", "2015-02-03"))] == [1000, 1000, 500]


def test_pennies_shared_in_proportion_add_up_to_the_limit() -> None:
    made = each(1, money_limit("Visited", most=pounds(1), order=ir.Order.PROPORTION))
    amounts = [p for _, p in paid(made, visits("2015-02-01", "2015-02-02", "2015-02-03"))]
    assert sum(amounts) == 100
    assert sorted(amounts) == [33, 33, 34]


def test_ties_go_by_date_clause_participant_sequence() -> None:
    made = contract(
        outcomes=(visited("First"), visited("Second")),
        flows=(flow("Second", pounds(10)), flow("First", pounds(10))),
        stages=(money_limit(most=pounds(25)),),
    )
    events = [*visits("2015-02-01", person="B"), *visits("2015-02-01", person="A")]
    assert paid(made, events) == [
        ("Second / A / A1", 1000),
        ("Second / B / B1", 1000),
        ("First / A / A1", 500),
        ("First / B / B1", 0),
    ]


def test_a_limit_for_each_person_group_and_period() -> None:
    group = ir.Partition(
        "Place", "group", "Person", ir.ByOwnLabel(), (ir.PartitionRow("North"), ir.PartitionRow("South"))
    )

    def total(**limit: object) -> int:
        made = each(10, money_limit("Visited", most=pounds(10), **limit), partitions=(group,), calendars=(YEAR,))
        events = []
        for person, place in (("A", "North"), ("B", "North"), ("C", "South")):
            events.append(row(f"{person}0", person, "Join", "2015-01-01", Place=place))
            events.append(row(f"{person}1", person, "Visit", "2016-03-31"))
            events.append(row(f"{person}2", person, "Visit", "2016-04-01"))
        return account(made, events).total

    assert total() == 1000
    assert total(per=PERSON) == 3000
    assert total(per=ir.PerGroup("Place")) == 2000
    assert total(calendar="Year") == 2000
    assert total(per=PERSON, calendar="Year") == 6000


def test_a_limit_by_date_claimed_uses_the_day_of_verification() -> None:
    visit = ir.Event("Visit", "outcome", ir.Polarity.MORE, ("Provider",), verification=ir.Verification(("Verifier",)))

    def total(by_claim_date: bool) -> int:
        limit = money_limit("Visited", most=pounds(10), calendar="Year", by_claim_date=by_claim_date)
        made = each(10, limit, calendars=(YEAR,), events=(ir.Event("Join", "input", ir.Polarity.MORE, ()), visit))
        events = [
            row("0", "A", "Join", "2015-01-01"),
            row("1", "A", "Visit", "2016-03-01", source="Verifier"),
            row("2", "A", "Visit", "2016-03-02", source="Verifier", recorded="2016-04-02"),
        ]
        return account(made, events).total

    assert (total(False), total(True)) == (1000, 2000)


def test_the_excess_is_paid_by_somebody_else_and_moves_no_units() -> None:
    limit = money_limit("Visited", most=pounds(15), excess=ir.Excess_.PAID_BY, excess_to="Second Buyer")
    ledger = account(each(10, limit), visits("2015-02-01", "2015-02-02"))
    assert {(line.payer, line.count, line.amount) for line in ledger.lines} == {
        ("Buyer", 2, 1500),
        ("Second Buyer", 0, 500),
    }
    assert ledger.total == 2000
    assert len({entry.id for entry in ledger.entries}) == 3


def test_a_limit_of_one_payer_leaves_the_others_alone() -> None:
    joint = ir.JointParty("Both", (("Buyer", Fraction(4, 5)), ("Second Buyer", Fraction(1, 5))), None)
    made = contract(
        outcomes=(visited(),),
        joint_parties=(joint,),
        flows=(flow("Visited", pounds(10), payer=ir.Jointly("Both")),),
        stages=(ir.ShareOut(), money_limit(most=pounds(10), payer="Buyer")),
    )
    assert lines(account(made, visits("2015-02-01", "2015-02-02"))) == {
        "Visited, Buyer": 1000,
        "Visited, Second Buyer": 400,
    }


def test_a_limit_read_from_what_is_achieved() -> None:
    achieved = ir.Counted(ir.Select(ir.Achievements("Visited")))
    most = ir.Arith("*", achieved, pounds(6), ir.Unit.MONEY)
    assert account(each(10, money_limit("Visited", most=most)), visits("2015-02-01", "2015-02-02")).total == 1200


def test_a_limit_without_a_value_pays_nothing_and_is_reported() -> None:
    spent = ir.Summed("Fee", rows("Arrest"), ir.Unit.MONEY)
    ledger = account(each(10, money_limit("Visited", most=spent)), visits("2015-02-01"))
    assert ledger.total == 0
    assert [report.name for report in ledger.reports] == ["no-limit"]


def test_a_reduction_of_the_total_bears_the_name_of_its_period_not_of_a_person() -> None:
    limit = money_limit("Visited", most=pounds(5), calendar="Year", order=ir.Order.FROM_TOTAL)
    made = each(10, limit, calendars=(YEAR,))
    ledger = account(made, visits("2015-05-01", "2016-05-01"))
    reductions = [entry for entry in ledger.entries if entry.payment == "the limit"]
    assert [entry.subject for entry in reductions] == ["Year 1", "Year 2"]
    assert [entry.participant for entry in reductions] == ["", ""]
    assert len({entry.id for entry in ledger.entries}) == 4
    more = account(made, [*visits("2015-05-01", "2016-05-01"), *visits("2015-06-01", person="B")])
    assert {entry.id for entry in reductions} <= {entry.id for entry in more.entries}


def test_repayments_are_under_no_limit() -> None:
    back = flow(
        "Repaid",
        pounds(10),
        ir.EachAchievement("Visited"),
        repays=True,
        payer=ir.NamedParty("Provider"),
        payee=ir.NamedParty("Buyer"),
    )
    made = contract(
        outcomes=(visited(),),
        flows=(flow("Visited", pounds(10)), back),
        stages=(money_limit(most=pounds(15)), ir.Repay()),
    )
    assert lines(account(made, visits("2015-02-01", "2015-02-02"))) == {"Visited": 1500, "Repaid": -2000}
