"""Which things are meant: what a filter tests, and to what a window belongs."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from outcomelang.core import ir
from outcomelang.core.ir import AttributeCompares, AttributeGiven, AttributeIs, Has, InGroup, Rows, Select

Compile = Callable[[str], ir.Contract]

FACTS = """
event Conviction is an outcome, recorded by HMRC, fewer is better,
  has Kind as a label, Offence Date as a date, Served as yes or no and Points as a number
"""
YEAR = ir.Window(ir.Edge(ir.Joining()), ir.Edge(ir.Joining(), 12, -1))
IN_YEAR = "in the 12 months beginning with Referral"


def ten(comparator: str) -> ir.Test:
    return AttributeCompares("Points", comparator, ir.Const(Fraction(10), ir.Unit.NUMBER))


SELECTIONS = [
    ("Convictions", Select(Rows("Conviction"))),
    ('Convictions with Kind "theft"', Select(Rows("Conviction"), (AttributeIs("Kind", ("theft",)),))),
    (
        'Convictions with Kind one of "theft", "fraud"',
        Select(Rows("Conviction"), (AttributeIs("Kind", ("theft", "fraud")),)),
    ),
    ("Convictions with Points of at least 10", Select(Rows("Conviction"), (ten(">="),))),
    ("Convictions with Points of below 10", Select(Rows("Conviction"), (ten("<"),))),
    ("Convictions with Points of 10", Select(Rows("Conviction"), (ten("=="),))),
    ("Convictions with Points from 10 to 10", Select(Rows("Conviction"), (ten(">="), ten("<=")))),
    ("Convictions with Points from 10 to below 10", Select(Rows("Conviction"), (ten(">="), ten("<")))),
    ("Convictions with Served", Select(Rows("Conviction"), (AttributeGiven("Served"),))),
    ("Convictions without Served", Select(Rows("Conviction"), (AttributeIs("Served", ("no",)),))),
    ('Convictions with Area "North"', Select(Rows("Conviction"), (InGroup("Area", ("North",)),))),
    (f"Convictions {IN_YEAR}", Select(Rows("Conviction"), (), YEAR)),
    (
        f"Convictions {IN_YEAR}, with Offence Date {IN_YEAR}",
        Select(Rows("Conviction"), (ir.AttributeDated("Offence Date", YEAR),), YEAR),
    ),
    ("Convictions with Offence Date", Select(Rows("Conviction"), (AttributeGiven("Offence Date"),))),
    ("Clients", Select(ir.People("Client"))),
    ("Clients with a Review", Select(ir.People("Client"), (Has(Select(Rows("Review"))),))),
    (f"Clients with a Review {IN_YEAR}", Select(ir.People("Client"), (Has(Select(Rows("Review"), (), YEAR)),))),
    (
        f'Clients with a Conviction with Kind "theft" {IN_YEAR}',
        Select(ir.People("Client"), (Has(Select(Rows("Conviction"), (AttributeIs("Kind", ("theft",)),), YEAR)),)),
    ),
    (
        f"Clients with a Conviction with Offence Date {IN_YEAR}",
        Select(ir.People("Client"), (Has(Select(Rows("Conviction"), (ir.AttributeDated("Offence Date", YEAR),))),)),
    ),
    (
        "Clients with a Review without a Conviction",
        Select(ir.People("Client"), (Has(Select(Rows("Review"))), Has(Select(Rows("Conviction")), negated=True))),
    ),
    ("Clients with a Job", Select(ir.People("Client"), (Has(Select(ir.Achievements("Job"))),))),
    ('Jobs with Area "South"', Select(ir.Achievements("Job"), (InGroup("Area", ("South",)),))),
    (f"Convictions with a Review {IN_YEAR}", Select(Rows("Conviction"), (Has(Select(Rows("Review"))),), YEAR)),
]


@pytest.mark.parametrize(("words", "selected"), SELECTIONS)
def test_a_selection(on_ground: Compile, words: str, selected: Select) -> None:
    core = on_ground(FACTS + f"define Seen of each Year as the number of {words}")
    assert core.measures[-1].quantity == ir.Counted(selected)


def test_per_head_among_a_comparison_group_divides_by_its_people(on_ground: Compile) -> None:
    core = on_ground(
        'comparison Others for each Year, where Area is "elsewhere", by matching, chosen by HMRC\n'.replace(
            'Area is "elsewhere"', 'Area is "South"'
        )
        + f"define Expected of each Year as the number of Offences per Client among Others {IN_YEAR}"
    )
    assert core.measures[-1].quantity == ir.Arith(
        "/",
        ir.Counted(Select(Rows("Offence"), (), YEAR, "Others")),
        ir.Counted(Select(ir.People("Client"), among="Others")),
        ir.Unit.NUMBER,
    )


def test_a_proportion_divides_by_everybody_of_the_same_people(on_ground: Compile) -> None:
    quantity = on_ground("").measures[0].quantity
    assert quantity == ir.Arith(
        "/",
        ir.Counted(Select(ir.People("Client"), (Has(Select(Rows("Offence"), (), YEAR)),))),
        ir.Counted(Select(ir.People("Client"))),
        ir.Unit.PERCENTAGE,
    )


def test_a_comparison_group_joins_as_those_do_with_whom_it_is_compared(on_ground: Compile) -> None:
    core = on_ground('comparison Others for each Year, where Area is "South", by lottery, chosen by HMRC')
    others = core.populations[-1]
    assert others.ways == core.populations[0].ways
    assert (others.comparison_of, others.method, others.chosen_by) == ("Year", "lottery", "HMRC")
    assert others.tests == (AttributeIs("Area", ("South",)),)


def test_only_a_declared_label_of_a_group_can_stand_on_the_row_it_is_read_from(
    findings: Callable[[str], tuple[object, ...]],
) -> None:
    said = findings('define Seen as the number of Referrals with Area "Nort"')
    assert [finding.name for finding in said] == ["label-unknown"]  # type: ignore[attr-defined]
