"""How much: every quantity, its unit, and what does not go together."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from outcomelang.core import ir
from outcomelang.core.ir import Arith, Const, Read, Unit
from outcomelang.diagnostic import Diagnostic

Compile = Callable[[str], ir.Contract]
Findings = Callable[[str], tuple[Diagnostic, ...]]


def money(pence: int) -> Const:
    return Const(Fraction(pence), Unit.MONEY)


def number(value: int) -> Const:
    return Const(Fraction(value), Unit.NUMBER)


def percent(value: int) -> Const:
    return Const(Fraction(value, 100), Unit.PERCENTAGE)


SEEN = Read("Offences Seen", Unit.NUMBER)
COUNT = ir.Counted(ir.Select(ir.Rows("Review")))

QUANTITIES = [
    ("£12.50", money(1250), Unit.MONEY),
    ("5%", percent(5), Unit.PERCENTAGE),
    ("5 percentage points", percent(5), Unit.PERCENTAGE),
    ("26 weeks", Const(Fraction(182), Unit.DAYS), Unit.DAYS),
    ("2 years", Const(Fraction(24), Unit.MONTHS), Unit.MONTHS),
    ("the Offences Seen", SEEN, Unit.NUMBER),
    ("£3 plus £4", Arith("+", money(300), money(400), Unit.MONEY), Unit.MONEY),
    ("£3 less £4", Arith("-", money(300), money(400), Unit.MONEY), Unit.MONEY),
    ("£3 times the Offences Seen", Arith("*", money(300), SEEN, Unit.MONEY), Unit.MONEY),
    ("80% of £4,000", Arith("*", percent(80), money(400_000), Unit.MONEY), Unit.MONEY),
    ("95% of 58%", Arith("*", percent(95), percent(58), Unit.PERCENTAGE), Unit.PERCENTAGE),
    (
        "5/6 of the Offences Seen",
        Arith("*", Const(Fraction(5, 6), Unit.NUMBER), SEEN, Unit.NUMBER),
        Unit.NUMBER,
    ),
    ("the excess of the Offences Seen over 12", ir.Excess(SEEN, number(12), Unit.NUMBER), Unit.NUMBER),
    ("the lesser of the Offences Seen and 12", Arith("min", SEEN, number(12), Unit.NUMBER), Unit.NUMBER),
    ("the greater of £3 and £4", Arith("max", money(300), money(400), Unit.MONEY), Unit.MONEY),
    ("the percentage fall from 40 to the Offences Seen", ir.ChangeOf(number(40), SEEN, True, True), Unit.PERCENTAGE),
    ("the percentage-point rise from 5% to 6%", ir.ChangeOf(percent(5), percent(6), False, False), Unit.PERCENTAGE),
    (
        "the number of Reviews per Client",
        Arith("/", COUNT, ir.Counted(ir.Select(ir.People("Client"))), Unit.NUMBER),
        Unit.NUMBER,
    ),
    (
        "the total Plan Value of Referrals",
        ir.Summed("Plan Value", ir.Select(ir.Rows("Referral")), Unit.MONEY),
        Unit.MONEY,
    ),
    ("the days of Employment", ir.DaysIn("Employment", None), Unit.NUMBER),
    ("the weeks of Employment", ir.DaysIn("Employment", None, days_each=7), Unit.NUMBER),
]


@pytest.mark.parametrize(("words", "quantity", "unit"), QUANTITIES)
def test_a_quantity(on_ground: Compile, words: str, quantity: ir.Quantity, unit: Unit) -> None:
    measure = on_ground(f"define Result as {words}").measures[-1]
    assert (measure.quantity, measure.unit) == (quantity, unit)


def test_a_quantity_is_rounded_where_it_is_defined(on_ground: Compile) -> None:
    measure = on_ground("define Result as 1/3 of the Offences Seen, rounded down").measures[-1]
    assert isinstance(measure.quantity, ir.Rounded) and measure.quantity.mode == "down"


def test_days_compare_with_numbers_and_with_lengths(on_ground: Compile) -> None:
    core = on_ground(
        "define Days Worked of each Client as the days of Employment\n"
        "outcome Long of a Client, when Days Worked is at least 26 weeks\n"
        "outcome Longer of a Client, when Days Worked is at least 200"
    )
    worked = Read("Days Worked", Unit.NUMBER)
    assert core.outcomes[-2].when == ir.Compares(worked, ">=", Const(Fraction(182), Unit.DAYS))
    assert core.outcomes[-1].when == ir.Compares(worked, ">=", number(200))


def test_definitions_may_stand_in_any_order(on_ground: Compile) -> None:
    core = on_ground("define Half as 50% of the Full\ndefine Full as £30")
    assert [measure.name for measure in core.measures[-2:]] == ["Half", "Full"]
    assert core.measures[-2].unit is Unit.MONEY


UNLIKE = [
    "£3 plus 4",
    "£3 plus 4%",
    "26 weeks plus 6 months",
    "£3 times £4",
    "£3 times 50%",
    "the lesser of £3 and 4",
    "the excess of 5% over 3",
    "50% of 26 weeks",
    "the percentage fall from £3 to 4",
    "the Offences Seen of £30",
]


@pytest.mark.parametrize("words", UNLIKE)
def test_unlike_quantities_are_refused(findings: Findings, words: str) -> None:
    assert [found.name for found in findings(f"define Result as {words}")] == ["unlike-quantities"]


KNOWN = [
    "the number of Reviews times the number of Clients",
    "the number of Reviews times the Bonus",
    "the Share of the number of Reviews",
    "50% of the number of Reviews",
]


@pytest.mark.parametrize("words", KNOWN)
def test_a_product_with_one_known_side_is_carried(on_ground: Compile, words: str) -> None:
    core = on_ground(
        'table Bonus by Quarter "Quarter 1" 3\ntable Share by Quarter "Quarter 1" 30%\n'
        f"define Result in each Quarter as {words}"
    )
    assert isinstance(core.measures[-1].quantity, Arith)


@pytest.mark.parametrize(
    "words", ["the Offences Seen times the number of Reviews", "the Offence Share of the Offences Seen"]
)
def test_a_product_of_two_unknowns_is_refused(findings: Findings, words: str) -> None:
    share = "define Offence Share as the proportion of Clients with an Offence\n"
    assert [found.name for found in findings(f"{share}define Result as {words}")] == ["product-of-two-unknowns"]


COMPARISONS = [
    ("is at least 5 percentage points below 58%", "<=", "-"),
    ("is above 5 percentage points below 58%", "<", "-"),
    ("is at most 5 percentage points below 58%", ">=", "-"),
    ("is below 5 percentage points below 58%", ">", "-"),
    ("is at least 5 percentage points above 58%", ">=", "+"),
    ("is at most 5 percentage points above 58%", "<=", "+"),
]


@pytest.mark.parametrize(("words", "comparator", "op"), COMPARISONS)
def test_a_distance_below_or_above_a_level(on_ground: Compile, words: str, comparator: str, op: str) -> None:
    when = on_ground(f"outcome Fall of a Year, when Offence Rate {words}").outcomes[-1].when
    rate = Read("Offence Rate", Unit.PERCENTAGE)
    assert when == ir.Compares(rate, comparator, Arith(op, percent(58), percent(5), Unit.PERCENTAGE))


def test_a_percentage_below_a_number_is_relative_to_it(on_ground: Compile) -> None:
    when = on_ground("outcome Fall, when Offences Seen is at least 10% below 40").outcomes[-1].when
    level = Arith("*", Const(Fraction(9, 10), Unit.NUMBER), number(40), Unit.NUMBER)
    assert when == ir.Compares(SEEN, "<=", level)
