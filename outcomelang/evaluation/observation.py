"""How far the log speaks: up to which day the absence of rows means that nothing happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Protocol

from outcomelang.core import ir
from outcomelang.core.calendar import LAST_DAY
from outcomelang.evaluation import figures
from outcomelang.evaluation.scope import Scope

if TYPE_CHECKING:
    from outcomelang.evaluation.meaning import Meaning

DayFor = Callable[[Scope], int]


def observed(m: Meaning, node: ir.Quantity) -> DayFor:
    """Up to which day the absence of rows means something for a quantity.

    Counting nothing is 0; where fewer is better only up to `observed until`. Where more is better a missing row can
    only lower what is paid, so it does not bound.
    """
    match node:
        case ir.Const() | ir.ContractValue() | ir.Attribute():
            return lambda scope: LAST_DAY
        case ir.Counted(select=select):
            return _select_observed(m, select)
        case ir.Summed(select=select):
            return _select_observed(m, select)
        case ir.Observed():
            return figures.observed(m, node)
        case ir.DaysIn(state=name):
            days = m.states[name].days
            fewer = m.states[name].polarity is ir.Polarity.FEWER or isinstance(days, ir.NotDays)
            events = [m.observed_until(event) for event in events_of(m, days)] if fewer else []
            return lambda scope: min((until(scope) for until in events), default=LAST_DAY)
        case ir.Read(measure=measure):
            declared = m.measures[measure]
            inner = observed(m, declared.quantity)
            return lambda scope: inner(m.world.projected(declared.subject, scope))
        case ir.Lookup(table=table):
            parts = [observed(m, k.quantity) for k in m.tables[table].by if isinstance(k, ir.KeyByQuantity)]
            return lambda scope: min((part(scope) for part in parts), default=LAST_DAY)
        case ir.Arith(left=left, right=right) | ir.Excess(of=left, over=right) | ir.ChangeOf(base=left, new=right):
            one, other = observed(m, left), observed(m, right)
            return lambda scope: min(one(scope), other(scope))
        case ir.Rounded(of=of) | ir.Indexed(of=of):
            return observed(m, of)


def _select_observed(m: Meaning, select: ir.Select) -> DayFor:
    parts: list[DayFor] = []
    if isinstance(select.of, ir.Rows) and m.events[select.of.event].polarity is ir.Polarity.FEWER:
        parts.append(m.observed_until(select.of.event))
    parts += [_select_observed(m, test.select) for test in select.tests if isinstance(test, ir.Has)]
    return lambda scope: min((part(scope) for part in parts), default=LAST_DAY)


class Declares(Protocol):
    """Whatever knows what is declared under each name."""

    @property
    def states(self) -> Mapping[str, ir.State]: ...
    @property
    def outcomes(self) -> Mapping[str, ir.Outcome]: ...
    @property
    def measures(self) -> Mapping[str, ir.Measure]: ...
    @property
    def tables(self) -> Mapping[str, ir.Table]: ...


def events_of(m: Declares, node: ir.DaySet) -> list[str]:
    """The events from whose rows a state follows."""
    match node:
        case ir.Spells(begins=begins, ends=ends):
            return [begins] if ends is None else [begins, ends]
        case ir.InState(state=name):
            return events_of(m, m.states[name].days)
        case ir.NotDays(of=of):
            return events_of(m, of)
        case ir.AllDays(parts=parts) | ir.AnyDays(parts=parts):
            return [event for part in parts for event in events_of(m, part)]


def decided_until(m: Meaning, node: ir.Condition) -> DayFor:
    """Up to which day everything that could meet a condition is known: a deadline by then has passed in vain."""
    return m.observed_by(sorted(set(condition_events(m, node))))


def condition_events(m: Declares, node: ir.Condition) -> Iterator[str]:
    match node:
        case ir.Compares(left=left, right=right):
            yield from _quantity_events(m, left)
            yield from _quantity_events(m, right)
        case ir.LabelIs():
            return
        case ir.ValueGiven(of=quantity):
            yield from _quantity_events(m, quantity)
        case ir.Happens(select=select):
            yield from _select_events(m, select)
        case ir.Reaches(state=name):
            yield from events_of(m, m.states[name].days)
        case ir.Achieved(outcome=name):
            yield from _outcome_events(m, m.outcomes[name])
        case ir.AtLeast(items=items):
            for item in items:
                yield from condition_events(m, item.condition)
        case ir.ForMembers(condition=inner):
            yield from condition_events(m, inner)


def _outcome_events(m: Declares, node: ir.Outcome) -> Iterator[str]:
    """The events behind an outcome, by all its words."""
    yield from condition_events(m, node.when)
    for amended in node.amended:
        yield from condition_events(m, amended.outcome.when)


def _quantity_events(m: Declares, node: ir.Quantity) -> Iterator[str]:
    match node:
        case ir.Const() | ir.ContractValue() | ir.Attribute():
            return
        case ir.Counted(select=select) | ir.Summed(select=select):
            yield from _select_events(m, select)
        case ir.DaysIn(state=name):
            yield from events_of(m, m.states[name].days)
        case ir.Observed(figure=name):
            yield name
        case ir.Read(measure=measure):
            yield from _quantity_events(m, m.measures[measure].quantity)
        case ir.Lookup(table=table):
            for key in m.tables[table].by:
                if isinstance(key, ir.KeyByQuantity):
                    yield from _quantity_events(m, key.quantity)
        case ir.Arith(left=left, right=right) | ir.Excess(of=left, over=right) | ir.ChangeOf(base=left, new=right):
            yield from _quantity_events(m, left)
            yield from _quantity_events(m, right)
        case ir.Rounded(of=of) | ir.Indexed(of=of):
            yield from _quantity_events(m, of)


def _select_events(m: Declares, select: ir.Select) -> Iterator[str]:
    match select.of:
        case ir.Rows(event=event):
            yield event
        case ir.Achievements(outcome=name):
            yield from _outcome_events(m, m.outcomes[name])
        case ir.People() | ir.Members() | ir.Periods():
            pass
    for test in select.tests:
        if isinstance(test, ir.Has):
            yield from _select_events(m, test.select)
