"""Tables: labels, ranges, points and straight lines, and two keys at once."""

from __future__ import annotations

from fractions import Fraction

import pytest

from outcomelang.core import ir

from .build import account, contract, flow, number, percent, pounds, row

RISE = ir.Measure("Rise", ir.Whole(), number(0), ir.Unit.PERCENTAGE)
BY_RISE = ir.KeyByQuantity(ir.Read("Rise", ir.Unit.PERCENTAGE))
PRICE = ir.Lookup("Price", ir.Unit.MONEY)


def span(first: int | None, first_included: bool, last: int | None, last_included: bool) -> ir.Bounds:
    low, high = (None if edge is None else percent(edge) for edge in (first, last))
    return ir.Bounds(low, first_included, high, last_included)


def priced(table: ir.Table, rise: Fraction | int) -> int | None:
    """What the table pays, in whole pounds; None where no price can be found."""
    measure = ir.Measure("Rise", ir.Whole(), percent(rise), ir.Unit.PERCENTAGE)
    made = contract(measures=(measure,), tables=(table,), flows=(flow("Fee", PRICE, ir.OneEach()),))
    ledger = account(made, [row("1", "A", "Join", "2015-01-01")])
    assert [report.name for report in ledger.reports] == ([] if ledger.lines else ["no-price"])
    return ledger.total // 100 if ledger.lines else None


RANGES = ir.Table(
    "Price",
    (BY_RISE,),
    (
        ir.TableRow((span(None, False, 0, True),), None),
        ir.TableRow((span(0, False, 2, True),), pounds(1)),
        ir.TableRow((span(2, False, 10, False),), pounds(2)),
        ir.TableRow((span(10, True, 20, False),), pounds(3)),
        ir.TableRow((span(30, True, None, False),), pounds(4)),
    ),
    ir.Unit.MONEY,
)
LINE = ir.Table(
    "Price",
    (BY_RISE,),
    (
        ir.TableRow((span(None, False, 0, False),), None),
        ir.TableRow((ir.PointKey(percent(0)),), pounds(100)),
        ir.TableRow((ir.PointKey(percent(10)),), pounds(200)),
        ir.TableRow((ir.PointKey(percent(20)),), pounds(800)),
    ),
    ir.Unit.MONEY,
    straight_line=True,
)


@pytest.mark.parametrize(
    ("rise", "price"),
    [
        (-5, 0), (0, 0), (Fraction(1, 100), 1), (2, 1), (Fraction(201, 100), 2), (Fraction(999, 100), 2), (10, 3),
        (20, None), (29, None), (30, 4), (500, 4),
    ],
)  # fmt: skip
def test_ranges_hold_the_ends_that_they_name(rise: Fraction | int, price: int | None) -> None:
    assert priced(RANGES, rise) == price


@pytest.mark.parametrize(
    ("rise", "price"),
    [(-1, 0), (0, 100), (5, 150), (10, 200), (15, 500), (Fraction(1, 10), 101), (20, 800), (21, None)],
)
def test_a_straight_line_runs_between_points_and_not_beyond_them(rise: Fraction | int, price: int | None) -> None:
    assert priced(LINE, rise) == price


def test_points_fit_exactly() -> None:
    points = ir.Table(
        "Price", (BY_RISE,), tuple(ir.TableRow((ir.PointKey(percent(n)),), pounds(n)) for n in (1, 2)), ir.Unit.MONEY
    )
    assert [priced(points, rise) for rise in (1, 2, Fraction(3, 2))] == [1, 2, None]


def test_two_keys_both_fit() -> None:
    place = ir.Partition(
        "Place", "group", "Person", ir.ByOwnLabel(), (ir.PartitionRow("North"), ir.PartitionRow("South", logged=("S",)))
    )
    fee = ir.KeyByQuantity(ir.Attribute("Fee", ir.Unit.MONEY))
    cheap, dear = ir.Bounds(None, False, pounds(5), False), ir.Bounds(pounds(5), True, None, False)
    table = ir.Table(
        "Price",
        (ir.KeyByGroup("Place"), fee),
        (
            ir.TableRow((ir.LabelKey("North"), cheap), pounds(1)),
            ir.TableRow((ir.LabelKey("North"), dear), pounds(2)),
            ir.TableRow((ir.LabelKey("South"), dear), pounds(3)),
        ),
        ir.Unit.MONEY,
    )
    each = ir.EachRow(ir.Select(ir.Rows("Visit")))
    made = contract(
        partitions=(place,), tables=(table,), flows=(flow("Visits", PRICE, each, subject=ir.PerRow("Visit")),)
    )
    events = [row("1", "A", "Join", "2015-01-01", Place="north"), row("2", "B", "Join", "2015-01-01", Place="s")]
    for number_, (person, pence) in enumerate([("A", 499), ("A", 500), ("B", 500), ("B", 499)], 3):
        events.append(row(str(number_), person, "Visit", "2015-02-01", Fee=pence))
    ledger = account(made, events)
    assert [int(entry.amount) // 100 for entry in ledger.entries] == [1, 2, 3]
    assert [(report.name, report.row.id) for report in ledger.reports if report.row] == [("no-price", "6")]
