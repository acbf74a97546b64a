"""Days and windows as columns of a subject's sheet. A day that never came is NULL, and so are the edges it makes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from attrs import frozen
from sqlglot import exp

from outcomelang.core import ir
from outcomelang.evaluation.selections import is_personal
from outcomelang.relational import primitives as p
from outcomelang.relational.book import Refused
from outcomelang.relational.subjects import Subject

if TYPE_CHECKING:
    from outcomelang.relational.compiler import Compiler

E = exp.Expr


@frozen
class Bounds:
    """First and last day; `known` is None where both always are."""

    first: E
    last: E
    known: E | None = None

    @property
    def is_known(self) -> E:
        return p.flag(True) if self.known is None else self.known


EVER = Bounds(p.FIRST, p.LAST)


def anchor(c: Compiler, at: Subject, node: ir.Anchor) -> E:
    """The day of an anchor; NULL while there is none."""
    match node:
        case ir.Fixed(day=fixed):
            return p.day(fixed)
        case ir.Joining():
            return at.person.joined if at.person is not None else p.NULL_DAY
        case ir.RowDay():
            return at.own_row("day") if at.own_row is not None else p.NULL_DAY
        case ir.RowOf(select=select, which=which):
            return c.row_day(at, select, which)
        case ir.AchievedOn(outcome=outcome):
            return c.achieved_on(at, outcome)
        case ir.DayValue(quantity=quantity):
            return c.day_value(at, quantity)
        case ir.SamePeriod():
            raise Refused(node, "the same period of another year is not carried yet")
        case ir.WorkingDay():
            raise Refused(node, "working days are counted one after the other")


def always_known(node: ir.Anchor, at: Subject) -> bool:
    match node:
        case ir.Fixed():
            return True
        case ir.Joining():
            return at.person is not None and at.person.joined_known
        case ir.RowDay():
            return at.own_row is not None
        case ir.RowOf() | ir.AchievedOn() | ir.DayValue() | ir.SamePeriod() | ir.WorkingDay():
            return False


def edge(c: Compiler, at: Subject, node: ir.Edge) -> E:
    """The day of an edge of a window."""
    if isinstance(node.anchor, ir.Fixed):
        return p.day(fixed_edge(node))
    return p.shift(at.sheet.let("from day", anchor(c, at, node.anchor)), node.months, node.days)


def fixed_edge(node: ir.Edge) -> date:
    from outcomelang.core.calendar import shift

    assert isinstance(node.anchor, ir.Fixed)
    return date.fromordinal(shift(node.anchor.day.toordinal(), node.months, node.days))


def window(c: Compiler, at: Subject, node: ir.Window | None) -> Bounds:
    """First and last day of a window; without one those of the period, else ever."""
    if node is None:
        return EVER if at.first is None or at.last is None else Bounds(at.first, at.last)
    edges = [each for each in (node.first, node.last) if each is not None]
    first = p.FIRST if node.first is None else at.sheet.let("first day", edge(c, at, node.first))
    last = p.LAST if node.last is None else at.sheet.let("last day", edge(c, at, node.last))
    unsure = {each.anchor: each for each in edges if not always_known(each.anchor, at)}
    if not unsure:
        return Bounds(first, last)
    values = [first if node.first is not None and each == node.first else last for each in unsure.values()]
    known = at.sheet.let("window known", p.all_of(*(p.present(value) for value in values)))
    return Bounds(first, last, known)


def differs(node: ir.Window | None) -> bool:
    """Whether a window differs from person to person."""
    return is_personal(node)
