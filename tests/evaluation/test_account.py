"""Replacement, set-off, rounding, joint shares, instalments and repayments."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from outcomelang.core import ir
from outcomelang.evaluation.quantities import rounded

from .build import PERSON, account, contract, flow, lines, money_limit, outcome, pounds, row, rows, visited

BOTH = ir.JointParty("Both", (("Buyer", Fraction(4, 5)), ("Second Buyer", Fraction(1, 5))), "Second Buyer")
PLAIN, SPECIAL = (visited(kind, tests=(ir.AttributeIs("Kind", (kind,)),)) for kind in ("Plain", "Special"))


def happened(*events: tuple[str, str, str]) -> list:
    """Joinings, and visits as (participant, day, kind)."""
    people = sorted({person for person, _, _ in events})
    joined = [row(f"{person}0", person, "Join", "2015-01-01") for person in people]
    return joined + [row(f"{p}{n}", p, "Visit", day, Kind=kind) for n, (p, day, kind) in enumerate(events, 1)]


def two(*stages: ir.Stage, special: int | Fraction = 30) -> ir.Contract:
    flows = (flow("Plain", pounds(10)), flow("Special", pounds(special)))
    return contract(outcomes=(PLAIN, SPECIAL), flows=flows, stages=stages)


def test_instead_of_takes_the_replaced_payment_away_within_one_person() -> None:
    events = happened(("A", "2015-02-01", "Plain"), ("A", "2015-03-01", "Special"), ("B", "2015-02-01", "Plain"))
    ledger = account(two(ir.Replace("Special", ("Plain",))), events)
    assert lines(ledger) == {"Plain": 1000, "Special": 3000}
    assert ledger.lines[0].count == 1
    (replaced,) = (entry for entry in ledger.entries if entry.cuts)
    assert (replaced.participant, replaced.cuts[0].by, replaced.cuts[0].taken) == ("A", "replaced by Special", 1000)


def test_what_a_limit_refused_replaces_nothing() -> None:
    none = ir.CountLimit(("Special",), ir.Const(Fraction(0), ir.Unit.NUMBER), None, None)
    events = happened(("A", "2015-02-01", "Plain"), ("A", "2015-03-01", "Special"))
    assert lines(account(two(none, ir.Replace("Special", ("Plain",))), events)) == {"Plain": 1000, "Special": 0}


def test_set_off_takes_each_amount_once_and_never_below_nothing() -> None:
    events = happened(
        ("A", "2015-02-01", "Plain"), ("A", "2015-03-01", "Special"), ("A", "2015-04-01", "Special"),
        ("B", "2015-02-01", "Plain"), ("B", "2015-02-02", "Plain"), ("B", "2015-03-01", "Special"),
    )  # fmt: skip
    ledger = account(two(ir.SetOff("Special", "Plain"), special=15), events)
    assert lines(ledger) == {"Plain": 3000, "Special": 500 + 1500 + 0}


def test_set_off_is_of_the_rounded_amount() -> None:
    third = ir.Const(Fraction(1000, 3), ir.Unit.MONEY)
    flows = (flow("Plain", third), flow("Special", pounds(10)))
    stages = (ir.SetOff("Special", "Plain"), ir.RoundEach("half up", 1))
    made = contract(outcomes=(PLAIN, SPECIAL), flows=flows, stages=stages)
    events = happened(("A", "2015-02-01", "Plain"), ("A", "2015-03-01", "Special"))
    assert lines(account(made, events)) == {"Plain": 333, "Special": 667}


@pytest.mark.parametrize(
    ("value", "mode", "expected"),
    [
        (Fraction(1, 2), "half up", 1), (Fraction(1, 2), "half even", 0), (Fraction(3, 2), "half even", 2),
        (Fraction(5, 2), "half up", 3), (Fraction(5, 2), "half even", 2), (Fraction(-5, 2), "half up", -3),
        (Fraction(-5, 2), "half even", -2), (Fraction(-1, 2), "half even", 0), (Fraction(7, 3), "half up", 2),
        (Fraction(7, 3), "half even", 2), (Fraction(8, 3), "half even", 3), (Fraction(7, 3), "down", 2),
        (Fraction(7, 3), "up", 3), (7, "up", 7), (7, "half even", 7), (0, "half up", 0),
    ],
)  # fmt: skip
def test_rounding(value: Fraction | int, mode: str, expected: int) -> None:
    assert rounded(value, mode) == expected


@pytest.mark.parametrize(
    ("value", "mode", "expected"), [(150, "half even", 200), (250, "half even", 200), (149, "half up", 100)]
)
def test_rounding_to_whole_pounds(value: int, mode: str, expected: int) -> None:
    assert rounded(value, mode, 100) == expected


def test_each_amount_is_rounded_by_itself() -> None:
    third = ir.Const(Fraction(10000, 3), ir.Unit.MONEY)
    made = contract(outcomes=(visited(),), flows=(flow("Visited", third),), stages=(ir.RoundEach("half up", 1),))
    ledger = account(made, happened(("A", "2015-02-01", ""), ("A", "2015-02-02", ""), ("A", "2015-02-03", "")))
    assert ledger.total == 9999
    assert {entry.rounding for entry in ledger.entries} == {Fraction(-1, 3)}


def test_a_rounded_total_closes_with_one_entry_for_each_payer() -> None:
    """Three outcomes of £33.33, shared 80 to 20: the entries stay exact, the lines are 79.99 and 20.00."""
    made = contract(
        outcomes=(visited(),),
        joint_parties=(BOTH,),
        flows=(flow("Visited", ir.Const(Fraction(3333), ir.Unit.MONEY), payer=ir.Jointly("Both")),),
        stages=(ir.ShareOut(), ir.RoundTotal("half up", 1)),
    )
    events = happened(("A", "2015-02-01", ""), ("B", "2015-02-02", ""), ("C", "2015-02-03", ""))
    ledger = account(made, events)
    assert {line.payer: (line.count, line.amount) for line in ledger.lines} == {
        "Buyer": (3, 7999),
        "Second Buyer": (3, 2000),
    }
    assert ledger.total == 9999
    closing = [entry for entry in ledger.entries if entry.id.endswith("rounding")]
    assert [(e.payer, e.amount, e.participant) for e in closing] == [
        ("Buyer", Fraction(-1, 5), ""),
        ("Second Buyer", Fraction(1, 5), ""),
    ]
    fewer = account(made, events[:-1])
    assert {e.id for e in fewer.entries if e.id.endswith("rounding")} <= {e.id for e in closing}


def test_odd_pennies_go_where_the_contract_says() -> None:
    thirds = tuple((name, Fraction(1, 3)) for name in ("Buyer", "Second Buyer", "Verifier"))
    made = contract(
        outcomes=(visited(),),
        joint_parties=(ir.JointParty("Both", thirds, "Verifier"),),
        flows=(flow("Visited", pounds(100), payer=ir.Jointly("Both")),),
        stages=(ir.RoundEach("half up", 1), ir.ShareOut()),
    )
    ledger = account(made, happened(("A", "2015-02-01", "")))
    assert {entry.payer: entry.amount for entry in ledger.entries} == {
        "Buyer": 3333,
        "Second Buyer": 3333,
        "Verifier": 3334,
    }
    assert len({entry.id for entry in ledger.entries}) == 3


def test_joint_payees_take_their_shares_too() -> None:
    made = contract(
        outcomes=(visited(),),
        joint_parties=(BOTH,),
        flows=(flow("Visited", pounds(10), payer=ir.NamedParty("Provider"), payee=ir.Jointly("Both")),),
        stages=(ir.ShareOut(),),
    )
    ledger = account(made, happened(("A", "2015-02-01", "")))
    assert {(line.payer, line.payee): line.amount for line in ledger.lines} == {
        ("Provider", "Buyer"): 800,
        ("Provider", "Second Buyer"): 200,
    }
    assert len({entry.id for entry in ledger.entries}) == 2


@pytest.mark.parametrize("price", (100, Fraction(10001, 100), 1))
def test_instalments_add_up_to_the_price_and_count_one(price: int | Fraction) -> None:
    plan = ir.Instalments(7, 1, 0, date(2015, 1, 31))
    made = contract(
        flows=(flow("Fee", pounds(price), ir.OneEach(), instalments=plan),), stages=(ir.RoundEach("half up", 1),)
    )
    ledger = account(made, happened(("A", "2015-02-01", "")))
    assert ledger.total == price * 100
    assert ledger.lines[0].count == 1
    days = [entry.day for entry in ledger.entries]
    assert days[:3] == [date(2015, 1, 31), date(2015, 2, 28), date(2015, 3, 31)]
    so_far = account(made, happened(("A", "2015-02-01", "")), as_of="2015-03-30")
    assert len(so_far.entries) == 2
    assert so_far.pending[0].until == date(2015, 3, 31)


def test_instalments_beyond_a_count_limit_leave_no_penny_behind() -> None:
    plan = ir.Instalments(3, 1, 0, date(2015, 1, 31))
    none = ir.CountLimit(("Fee",), ir.Const(Fraction(0), ir.Unit.NUMBER), None, None)
    made = contract(
        flows=(flow("Fee", pounds(100), ir.OneEach(), instalments=plan),), stages=(none, ir.RoundEach("half up", 1))
    )
    assert account(made, happened(("A", "2015-02-01", ""))).total == 0


def repaying(most_paid: int, bounded: bool, *stages: ir.Stage) -> ir.Contract:
    back = flow(
        "Repaid",
        pounds(25),
        ir.EachAchievement("Special"),
        repays=True,
        payer=ir.NamedParty("Provider"),
        payee=ir.NamedParty("Buyer"),
        up_to_paid=bounded,
    )
    flows = (flow("Plain", pounds(most_paid)), back)
    return contract(outcomes=(PLAIN, SPECIAL), flows=flows, stages=(*stages, ir.Repay()))


def test_a_repayment_goes_up_to_the_amount_paid() -> None:
    events = happened(("A", "2015-02-01", "Plain"), ("A", "2015-03-01", "Special"), ("A", "2015-04-01", "Special"))
    bounded = account(repaying(40, True), events)
    assert lines(bounded) == {"Plain": 4000, "Repaid": -4000}
    assert [int(entry.amount) for entry in bounded.entries] == [4000, -2500, -1500]
    assert {entry.payer for entry in bounded.entries} == {"Buyer"}
    assert lines(account(repaying(40, False), events)) == {"Plain": 4000, "Repaid": -5000}


def test_a_repayment_is_bounded_by_what_limits_left() -> None:
    events = happened(("A", "2015-02-01", "Plain"), ("A", "2015-03-01", "Special"))
    assert account(repaying(40, True, money_limit("Plain", most=pounds(10))), events).total == 0


def test_a_lump_sum_falls_on_the_first_day_of_the_term_and_a_head_on_its_joining() -> None:
    lump = flow("Lump", pounds(5), ir.OneEach())
    head = flow("Head", pounds(1), ir.OneEach(), subject=PERSON)
    ledger = account(contract(flows=(lump, head)), happened(("A", "2015-02-01", "")))
    assert [(entry.payment, entry.day) for entry in ledger.entries] == [
        ("Lump", date(2010, 1, 1)),
        ("Head", date(2015, 1, 1)),
    ]


def test_a_payment_is_earned_on_the_day_of_its_gate_if_that_is_later() -> None:
    made = contract(
        outcomes=(PLAIN, outcome("Special", ir.Happens(rows("Work")))),
        flows=(flow("Plain", pounds(10), gate=ir.Achieved("Special")),),
    )
    events = [*happened(("A", "2015-02-01", "Plain")), row("W", "A", "Work", "2015-06-01")]
    (entry,) = account(made, events).entries
    assert entry.day == date(2015, 6, 1)
    assert [ref.id for ref in entry.rows] == ["A1", "W"]
