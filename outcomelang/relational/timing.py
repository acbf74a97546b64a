"""When a quantity is settled, up to which day it is observed, and on which rows it rests. As `evaluation.timing`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY
from outcomelang.evaluation import observation
from outcomelang.relational import evidence as ev
from outcomelang.relational import primitives as p
from outcomelang.relational import wide
from outcomelang.relational.book import Refused
from outcomelang.relational.evidence import NO_ROWS, Evidence
from outcomelang.relational.selections import rows_found
from outcomelang.relational.subjects import Subject, r
from outcomelang.relational.trees import reads
from outcomelang.relational.windows import anchor

if TYPE_CHECKING:
    from outcomelang.relational.compiler import Compiler

E = exp.Expr
UNWINDOWED = p.ordinal(FIRST_DAY + 1)


def is_timeless(day: E) -> bool:
    return day == p.FIRST


def settled(c: Compiler, at: Subject, node: ir.Quantity) -> E:
    """The last day that the latest window of a quantity covers; the calendar's first where time plays no part."""
    latest = latest_window(c, at, node)
    if is_timeless(latest):
        return latest
    last = at.last if at.last is not None else p.day(c.term_last)
    if latest == UNWINDOWED:
        return last
    if not reads(latest) and isinstance(latest, exp.Cast):
        return latest
    return at.sheet.let("settled", p.case((p.same(latest, UNWINDOWED), last), default=latest))


def _latest(*parts: E) -> E:
    dated = [part for part in parts if not is_timeless(part)]
    distinct: list[E] = []
    for part in dated:
        if part not in distinct:
            distinct.append(part)
    return p.FIRST if not distinct else p.greatest(*distinct)


def latest_window(c: Compiler, at: Subject, node: ir.Quantity) -> E:
    match node:
        case ir.Const() | ir.ContractValue():
            return p.FIRST
        case ir.Counted(select=select) | ir.Summed(select=select):
            return _select_settled(c, at, select)
        case ir.DaysIn():
            return _window_settled(c, at, node.window)
        case ir.Attribute():
            return at.own_row("day") if at.own_row is not None else p.FIRST
        case ir.Observed():
            raise Refused(node, f"the figure {node.figure} is read from its latest report")
        case ir.Read(measure=measure):
            return c.settled_of_measure(at, measure)
        case ir.Lookup(table=table):
            keys = [k.quantity for k in c.tables[table].by if isinstance(k, ir.KeyByQuantity)]
            return _latest(*(latest_window(c, at, key) for key in keys))
        case ir.Arith(left=left, right=right) | ir.Excess(of=left, over=right) | ir.ChangeOf(base=left, new=right):
            return _latest(latest_window(c, at, left), latest_window(c, at, right))
        case ir.Rounded(of=of) | ir.Indexed(of=of):
            return latest_window(c, at, of)


def _select_settled(c: Compiler, at: Subject, select: ir.Select) -> E:
    if isinstance(select.of, ir.Periods):
        raise Refused(select, "periods are counted one after the other")
    parts = [_window_settled(c, at, select.window)]
    for test in select.tests:
        match test:
            case ir.AttributeDated(window=dated):
                parts.append(_window_settled(c, at, dated))
            case ir.Has(select=inner):
                parts.append(_select_settled(c, at, inner))
            case ir.AttributeIs() | ir.AttributeCompares() | ir.AttributeGiven() | ir.InGroup():
                pass
    return _latest(*parts)


def _window_settled(c: Compiler, at: Subject, node: ir.Window | None) -> E:
    if node is None:  # inside “in each PERIOD” the period is the window
        return at.last if at.last is not None else UNWINDOWED
    if node.last is None:
        return UNWINDOWED
    last = node.last
    if isinstance(last.anchor, ir.WorkingDay):
        raise Refused(last, "working days are counted one after the other")
    if isinstance(last.anchor, ir.Fixed):
        begin = p.day(last.anchor.day)
        return at.sheet.let("window ends", p.shift(begin, last.months, last.days))
    begin = anchor(c, at, last.anchor)
    default = at.latest_joining if isinstance(last.anchor, ir.Joining) else p.day(c.term_last)
    started = default if begin == p.NULL_DAY else p.coalesced(begin, default)
    return at.sheet.let("window ends", p.shift(at.sheet.let("started", started), last.months, last.days))


# ---------------------------------------------------------------- how far the log speaks


def observed_until(c: Compiler, at: Subject, event: str) -> E:
    """The last day on which the absence of an event is known."""
    declared = c.events[event].observed_until
    if declared is None:
        partners = (state.days for state in c.contract.states if isinstance(state.days, ir.Spells))
        shared = {o for d in partners if event in (d.begins, d.ends) for o in (d.begins, d.ends) if o}
        declared = next((c.events[e].observed_until for e in sorted(shared) if c.events[e].observed_until), None)
    if declared is None:
        return at.sheet.let("log end", c.log_end)
    day = anchor(c, at, declared)
    until = p.case((p.missing(day), c.log_end), default=p.least(day, p.day(c.as_of)))
    return at.sheet.let("observed until", until)


def observed_by(c: Compiler, at: Subject, events: list[str]) -> E:
    """The last day on which the absence of all of them is known."""
    days: list[E] = []
    for event in events:
        day = observed_until(c, at, event)
        if day not in days:
            days.append(day)
    return p.least(*days) if days else p.day(c.as_of)


def decided_until(c: Compiler, at: Subject, node: ir.Condition) -> E:
    return observed_by(c, at, sorted(set(observation.condition_events(c, node))))


def observed(c: Compiler, at: Subject, node: ir.Quantity) -> E:
    """Up to which day the absence of rows means something for a quantity."""
    match node:
        case ir.Const() | ir.ContractValue() | ir.Attribute():
            return p.LAST
        case ir.Counted(select=select) | ir.Summed(select=select):
            return _select_observed(c, at, select)
        case ir.Observed():
            raise Refused(node, f"the figure {node.figure} is read from its latest report")
        case ir.DaysIn(state=name):
            days = c.states[name].days
            fewer = c.states[name].polarity is ir.Polarity.FEWER or isinstance(days, ir.NotDays)
            events = observation.events_of(c, days) if fewer else []
            return _least(*(observed_until(c, at, event) for event in events))
        case ir.Read(measure=measure):
            return c.observed_of_measure(at, measure)
        case ir.Lookup(table=table):
            keys = [k.quantity for k in c.tables[table].by if isinstance(k, ir.KeyByQuantity)]
            return _least(*(observed(c, at, key) for key in keys))
        case ir.Arith(left=left, right=right) | ir.Excess(of=left, over=right) | ir.ChangeOf(base=left, new=right):
            return _least(observed(c, at, left), observed(c, at, right))
        case ir.Rounded(of=of) | ir.Indexed(of=of):
            return observed(c, at, of)


def _least(*parts: E) -> E:
    some: list[E] = []
    for part in parts:
        if part != p.LAST and part not in some:
            some.append(part)
    return p.least(*some) if some else p.LAST


def _select_observed(c: Compiler, at: Subject, select: ir.Select) -> E:
    parts: list[E] = []
    if isinstance(select.of, ir.Rows) and c.events[select.of.event].polarity is ir.Polarity.FEWER:
        parts.append(observed_until(c, at, select.of.event))
    parts += [_select_observed(c, at, test.select) for test in select.tests if isinstance(test, ir.Has)]
    return _least(*parts)


# ---------------------------------------------------------------- rows behind


def evidence(c: Compiler, at: Subject, node: ir.Quantity, until: E | None) -> Evidence:
    """The rows that a quantity was read from, up to a day."""
    match node:
        case ir.Const() | ir.ContractValue():
            return NO_ROWS
        case ir.Attribute():
            return ev.of_row(c, at.own_row) if at.own_row is not None else NO_ROWS
        case ir.Counted(select=select) | ir.Summed(select=select):
            return select_evidence(c, at, select, until)
        case ir.DaysIn():
            return c.rows_of_days(at, node, until)
        case ir.Observed():
            raise Refused(node, f"the figure {node.figure} is read from its latest report")
        case ir.Read(measure=measure):
            return c.evidence_of_measure(at, measure, until)
        case ir.Lookup(table=table):
            keys = [k.quantity for k in c.tables[table].by if isinstance(k, ir.KeyByQuantity)]
            return ev.both(*(evidence(c, at, key, until) for key in keys))
        case ir.Arith(left=left, right=right) | ir.Excess(of=left, over=right) | ir.ChangeOf(base=left, new=right):
            return ev.both(evidence(c, at, left, until), evidence(c, at, right, until))
        case ir.Rounded(of=of) | ir.Indexed(of=of):
            return evidence(c, at, of, until)


def select_evidence(c: Compiler, at: Subject, select: ir.Select, until: E | None) -> Evidence:
    match select.of:
        case ir.Rows():
            found = rows_found(c, at, select, until)
            return ev.gathered(c, at.sheet, found.pool, found.where, r)
        case ir.People():
            return wide.people_evidence(c, at, select, until)
        case ir.Achievements():
            return wide.achievements_evidence(c, at, select, until)
        case ir.Members() | ir.Periods():
            return NO_ROWS
