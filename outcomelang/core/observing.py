"""Up to which day a contract has its facts watched: what is decided later than that is never known.

Where fewer is better, no row means "it did not happen" only up to `observed until`. An absence needs that always;
where more is better a missing row can only lower what is paid, and does not bound.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.settling import Case, Settling


@frozen
class Blind:
    """What is decided on day `decided` and rests on an event that is watched only up to day `until`."""

    event: str
    decided: int
    until: int


def in_condition(s: Settling, node: ir.Condition, case: Case) -> Blind | None:
    """A part of a condition that is never known."""
    match node:
        case ir.Happens(ir.Select(ir.Rows(event)), True):
            last = s.condition(node, case)
            return _first([Blind(event, last, until) for until in _until(s, event)])
        case ir.Compares(left, _, right):
            if s.by_rising(node):
                return None
            decided = max(s.quantity(left, case), s.quantity(right, case))
            return _first([Blind(event, decided, until) for of in (left, right) for event, until in _watched(s, of)])
        case ir.AtLeast(items):
            return next((found for item in items if (found := in_condition(s, item.condition, case))), None)
        case ir.ForMembers(_, _, _, inner):
            return in_condition(s, inner, case)
        case ir.Happens() | ir.LabelIs() | ir.ValueGiven() | ir.Reaches() | ir.Achieved():
            return None


def in_quantity(s: Settling, node: ir.Quantity, case: Case) -> Blind | None:
    """Why the value of a quantity is never known."""
    decided = s.quantity(node, case)
    return _first([Blind(event, decided, until) for event, until in _watched(s, node)])


def _first(found: list[Blind]) -> Blind | None:
    return next((blind for blind in sorted(found, key=lambda blind: blind.until) if blind.decided > blind.until), None)


def _until(s: Settling, event: str) -> tuple[int, ...]:
    """The last day on which an event is watched, where the contract writes it."""
    match s.events[event].observed_until:
        case ir.Fixed(day):
            return (day.toordinal(),)
        case _:
            return ()


def _watched(s: Settling, node: ir.Quantity) -> Iterator[tuple[str, int]]:
    """The events on whose absence a quantity rests, each with its last day."""
    match node:
        case ir.Const() | ir.ContractValue() | ir.Attribute() | ir.Observed():
            return
        case ir.Counted(select) | ir.Summed(_, select):
            yield from _watched_selection(s, select)
        case ir.DaysIn(name):
            state = s.states[name]
            if state.polarity is ir.Polarity.FEWER or isinstance(state.days, ir.NotDays):
                yield from ((event, until) for event in _events(s, state.days) for until in _until(s, event))
        case ir.Read(name):
            if name not in s.watched:
                s.watched[name] = tuple(dict.fromkeys(_watched(s, s.measures[name].quantity)))
            yield from s.watched[name]
        case ir.Lookup(name):
            for key in s.tables[name].by:
                if isinstance(key, ir.KeyByQuantity):
                    yield from _watched(s, key.quantity)
        case ir.Arith(_, left, right) | ir.Excess(left, right) | ir.ChangeOf(left, right):
            yield from _watched(s, left)
            yield from _watched(s, right)
        case ir.Rounded(of) | ir.Indexed(of):
            yield from _watched(s, of)


def _watched_selection(s: Settling, select: ir.Select) -> Iterator[tuple[str, int]]:
    if isinstance(select.of, ir.Rows):
        event = s.events[select.of.event]
        if event.polarity is ir.Polarity.FEWER:
            yield from ((event.name, until) for until in _until(s, event.name))
    for test in select.tests:
        if isinstance(test, ir.Has):
            yield from _watched_selection(s, test.select)


def _events(s: Settling, node: ir.DaySet) -> tuple[str, ...]:
    """The events from whose rows a state follows."""
    match node:
        case ir.Spells(begins, ends):
            return (begins,) if ends is None else (begins, ends)
        case ir.InState(name):
            return _events(s, s.states[name].days)
        case ir.NotDays(of):
            return _events(s, of)
        case ir.AllDays(parts) | ir.AnyDays(parts):
            return tuple(event for part in parts for event in _events(s, part))
