"""When a quantity is settled: which days decide it, whether it can only rise, which rows it rests on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY, shift
from outcomelang.evaluation import counted_periods, figures
from outcomelang.evaluation.event_log import Row
from outcomelang.evaluation.scope import Scope, in_same_period
from outcomelang.evaluation.selections import (
    achievements_found,
    anchor,
    people_found,
    rows_found,
    window,
    working_day,
)
from outcomelang.evaluation.states import rows_behind

if TYPE_CHECKING:
    from outcomelang.evaluation.meaning import Meaning

DayFor = Callable[[Scope], int]


UNWINDOWED = FIRST_DAY + 1
"""Stands for the day of a measure that has no window anywhere: the last day of its period, else of the term."""


def settled(m: Meaning, node: ir.Quantity) -> DayFor:
    """The last day that the latest window of a quantity covers; the first day of the calendar where time plays no part.

    Over a cohort, a group or everybody the latest window is that of somebody joining on the last permitted day. A
    measure without a window is read on the last day of its period, else of the term.
    """
    latest = latest_window(m, node)
    if latest is timeless:
        return timeless

    def day(scope: Scope) -> int:
        last = latest(scope)
        if last != UNWINDOWED:
            return last
        return scope.last if scope.last is not None else m.world.term_last

    return day


def timeless(scope: Scope) -> int:
    """The day of what does not depend on time."""
    return FIRST_DAY


def latest_window(m: Meaning, node: ir.Quantity) -> DayFor:
    """As `settled`, but for measures without a window: those do not put off the day of others beside them."""
    match node:
        case ir.Const() | ir.ContractValue():
            return timeless
        case ir.Counted(select=select):
            return _select_settled(m, select)
        case ir.Summed(select=select):
            return _select_settled(m, select)
        case ir.DaysIn():
            return _window_settled(m, node.window)
        case ir.Attribute():
            return lambda scope: scope.row.day if scope.row is not None else FIRST_DAY
        case ir.Observed():
            return figures.settled(m, node, UNWINDOWED)
        case ir.Read(measure=measure):
            declared = m.measures[measure]
            inner = latest_window(m, declared.quantity)
            return lambda scope: inner(m.world.projected(declared.subject, scope))
        case ir.Lookup(table=table):
            parts = [latest_window(m, k.quantity) for k in m.tables[table].by if isinstance(k, ir.KeyByQuantity)]
            return _latest(parts)
        case ir.Arith(left=left, right=right) | ir.Excess(of=left, over=right) | ir.ChangeOf(base=left, new=right):
            return _latest([latest_window(m, left), latest_window(m, right)])
        case ir.Rounded(of=of) | ir.Indexed(of=of):
            return latest_window(m, of)


def _latest(parts: list[DayFor]) -> DayFor:
    dated = [part for part in parts if part is not timeless]
    if len(dated) < 2:
        return dated[0] if dated else timeless
    return lambda scope: max([part(scope) for part in dated])


def _select_settled(m: Meaning, select: ir.Select) -> DayFor:
    if isinstance(select.of, ir.Periods):
        return counted_periods.settled(m, select)
    parts: list[DayFor] = [_window_settled(m, select.window)]
    for test in select.tests:
        match test:
            case ir.AttributeDated(window=dated):
                parts.append(_window_settled(m, dated))
            case ir.Has(select=inner):
                parts.append(_select_settled(m, inner))
            case ir.AttributeIs() | ir.AttributeCompares() | ir.AttributeGiven() | ir.InGroup():
                pass
    return lambda scope: max(part(scope) for part in parts)


def _window_settled(m: Meaning, node: ir.Window | None) -> DayFor:
    if node is None:  # inside “in each PERIOD” the period is the window
        return lambda scope: scope.last if scope.last is not None else UNWINDOWED
    if node.last is None:
        return lambda scope: UNWINDOWED
    last = node.last
    counted = last.anchor if isinstance(last.anchor, ir.WorkingDay) else None
    named = counted.anchor if counted is not None else last.anchor
    start = anchor(m, named)

    def day(scope: Scope) -> int:
        begin = start(scope)
        if begin is None:
            begin = scope.latest_joining if isinstance(named, ir.Joining) else m.world.term_last
        return shift(begin if counted is None else working_day(m, counted, begin), last.months, last.days)

    return day


def evidence(m: Meaning, node: ir.Quantity) -> Callable[[Scope, int], list[Row]]:
    """The rows that a quantity was read from, up to a day; those of a wider subject stay with its own explanation."""
    match node:
        case ir.Const() | ir.ContractValue():
            return lambda scope, until: []
        case ir.Attribute():
            return lambda scope, until: [scope.row] if scope.row is not None else []
        case ir.Counted(select=select) | ir.Summed(select=select):
            return select_evidence(m, select)
        case ir.DaysIn(state=name):
            return _state_evidence(m, name, node.window)
        case ir.Observed():
            return figures.evidence(m, node)
        case ir.Read(measure=measure):
            declared = m.measures[measure]
            inner = evidence(m, declared.quantity)
            return lambda scope, until: (
                inner(scope, until) if m.world.projected(declared.subject, scope) is scope else []
            )
        case ir.Lookup(table=table):
            parts = [evidence(m, k.quantity) for k in m.tables[table].by if isinstance(k, ir.KeyByQuantity)]
            return lambda scope, until: [row for part in parts for row in part(scope, until)]
        case ir.Arith(left=left, right=right) | ir.Excess(of=left, over=right) | ir.ChangeOf(base=left, new=right):
            one, other = evidence(m, left), evidence(m, right)
            return lambda scope, until: [*one(scope, until), *other(scope, until)]
        case ir.Rounded(of=of) | ir.Indexed(of=of):
            return evidence(m, of)


def _state_evidence(m: Meaning, name: str, node: ir.Window | None) -> Callable[[Scope, int], list[Row]]:
    bounds, behind = window(m, node), rows_behind(m, m.states[name].days)

    def rows(scope: Scope, until: int) -> list[Row]:
        people = [scope] if scope.person is not None else [m.world.person(e) for p in scope.people.values() for e in p]
        found: list[Row] = []
        for person in people:
            limits = bounds(person)
            if limits is not None:
                found += behind(person, limits[0], min(limits[1], until))
        return found

    return rows


def select_evidence(m: Meaning, select: ir.Select) -> Callable[[Scope, int], list[Row]]:
    """The rows that a selection rests on: for people the rows that the tests found, for achievements theirs."""
    match select.of:
        case ir.Rows():
            found = rows_found(m, select)
            return lambda scope, until: list(found(scope, until))
        case ir.People():
            people = people_found(m, select)
            behind = [select_evidence(m, t.select) for t in select.tests if isinstance(t, ir.Has) and not t.negated]
            return lambda scope, until: [
                row
                for e in people(scope, until)
                for part in behind
                for row in part(in_same_period(m.world.person(e), scope), until)
            ]
        case ir.Achievements():
            achieved = achievements_found(m, select)
            return lambda scope, until: [row for _, a in achieved(scope, until) for row in a.rows]
        case ir.Members() | ir.Periods():
            return lambda scope, until: []
