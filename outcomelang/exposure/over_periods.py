"""What a number counted in each period can come to in all periods together.

Each period at its most would count what happens once as often as there are periods, and give the greatest row of a
table to every period. Rows fall into one period each, and a table by period has one row for each.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.declared import Declared
from outcomelang.core.fixed_values import constant
from outcomelang.exposure.bounds import between
from outcomelang.exposure.numbers import Most, least_of, rows, times, written

_NOTHING = Fraction(0)


def in_all_periods(d: Declared, node: ir.Quantity, of: ir.PerPeriod) -> Most:
    """At most so much in all periods of a calendar together; None: its form says nothing."""
    if of.of != ir.Whole():
        return None
    match node:
        case ir.Read(name) if d.measures[name].subject == of:
            return in_all_periods(d, d.measures[name].quantity, of)
        case ir.Excess(more, over):
            low = between(d, over, of).low
            return in_all_periods(d, more, of) if low is not None and low >= 0 else None
        case ir.Counted(ir.Select(ir.Rows(event), window=None)):
            return rows(d, event)
        case ir.Lookup(name) if d.tables[name].by == (ir.KeyByPeriod(of.calendar),):
            return _of_rows(d.tables[name])
        case ir.Arith("*", left, right):
            return least_of(_parts(d, left, right, of))
        case _:
            return None


def _parts(d: Declared, left: ir.Quantity, right: ir.Quantity, of: ir.PerPeriod) -> Iterator[Most]:
    """A written part of what is counted."""
    for much, counted in ((left, right), (right, left)):
        part = written(d, much)
        if part is not None and part >= 0:
            yield times(part, in_all_periods(d, counted, of))


def _of_rows(table: ir.Table) -> Most:
    """All rows together; what is less than nothing takes nothing from the others."""
    total = _NOTHING
    for row in table.rows:
        if row.value is None or isinstance(row.value.value, str):
            return None
        total += max(Fraction(constant(row.value)), _NOTHING)
    return total
