"""Between what a quantity can lie, from its form: a lower and an upper bound that hold for every log.

Counts, sums of money and lengths are never below nothing. Numbers and percentages that a log carries may be, and are
treated so: what is written or assumed bounds them, or nothing does.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.calendar import shift
from outcomelang.core.declared import Declared
from outcomelang.core.fixed_values import constant
from outcomelang.exposure.numbers import (
    Most,
    achievements,
    each_achieves,
    episodes,
    last_of_all,
    least_of,
    periods,
    rows,
    rows_of_one,
    times,
    written,
)
from outcomelang.exposure.ranges import ANY, NOT_NEGATIVE, Range, computed, down, exactly, followed, less, not_below

_DAYS_IN_MONTH = 31
_NEVER_NEGATIVE = (ir.Unit.MONEY, ir.Unit.DAYS, ir.Unit.MONTHS)
_ONE = ir.PerPerson | ir.PerMember | ir.PerRow


def most(d: Declared, node: ir.Quantity, subject: ir.Subject) -> Most:
    """An upper bound of a quantity for one of a subject; None: its form gives none."""
    return between(d, node, subject).high


def between(d: Declared, node: ir.Quantity, subject: ir.Subject) -> Range:
    """What bounds a quantity for one of a subject: its form, and what is assumed of it."""
    found = _by_form(d, node, subject)
    supposed = assumed(d, node, subject)
    return found if supposed is None else Range(found.low, least_of(iter((found.high, supposed))))


def assumed(d: Declared, node: ir.Quantity, subject: ir.Subject) -> Most:
    """The greatest value that the contract, or its review, assumes of just this quantity for such a subject."""
    found: list[Most] = []
    for assumption in d.contract.assumptions:
        if not _speaks_of(d, assumption.subject, node, subject):
            continue
        for condition in _all_of(assumption.condition):
            match condition:
                case ir.Compares(left, "<=" | "<" | "==", right) if left == node:
                    found.append(written(d, right))
                case _:
                    continue
    return least_of(iter(found))


def _speaks_of(d: Declared, of: ir.Subject, node: ir.Quantity, subject: ir.Subject) -> bool:
    """Whether what is assumed of one subject holds for another: a defined number is the same wherever it is read."""
    if isinstance(node, ir.Read):
        return of == d.measures[node.measure].subject
    return of == subject


def _all_of(node: ir.Condition) -> tuple[ir.Condition, ...]:
    """The parts of a condition that hold together."""
    if isinstance(node, ir.AtLeast) and node.least is None and all(item.where is None for item in node.items):
        return tuple(part for item in node.items for part in _all_of(item.condition))
    return (node,)


def _by_form(d: Declared, node: ir.Quantity, subject: ir.Subject) -> Range:
    match node:
        case ir.Const(value):
            return ANY if isinstance(value, str) else exactly(Fraction(constant(node)))
        case ir.ContractValue():
            return NOT_NEGATIVE if d.contract.value is None else exactly(Fraction(d.contract.value))
        case ir.Counted(select):
            return Range(Fraction(0), _counted(d, select, subject))
        case ir.DaysIn():
            return Range(Fraction(0), _days(d, node, subject))
        case ir.Read(name):
            return between(d, d.measures[name].quantity, d.measures[name].subject)
        case ir.Lookup(name):
            return _table(d.tables[name])
        case ir.Rounded(of):
            inner = between(d, of, subject)
            return Range(down(inner.low), None if inner.high is None else -Fraction(-inner.high // 1))
        case ir.Excess(of, over):
            return Range(Fraction(0), not_below(less(between(d, of, subject).high, between(d, over, subject).low)))
        case ir.ChangeOf():
            return _change(d, node, subject)
        case ir.Arith():
            left, right = between(d, node.left, subject), between(d, node.right, subject)
            return computed(node.op, left, right, _is_proportion(node), _is_count(d, node))
        case ir.Indexed(of, _, since, cap):
            return followed(between(d, of, subject), _steps(d, since), cap)
        case ir.Summed(_, _, unit) | ir.Attribute(_, unit) | ir.Observed(_, unit):
            return NOT_NEGATIVE if unit in _NEVER_NEGATIVE else ANY


def _table(table: ir.Table) -> Range:
    """Its rows; “nothing” counts as nothing, and a straight line stays between its points."""
    after = () if table.until_paid is None else (table.until_paid.after,)
    values = [
        Fraction(0) if value is None else Fraction(constant(value))
        for value in (*(row.value for row in table.rows), *after)
        if value is None or not isinstance(value.value, str)
    ]
    return Range(min(values), max(values)) if values else ANY


def _change(d: Declared, node: ir.ChangeOf, subject: ir.Subject) -> Range:
    """A fall is at most the whole of what was there; a rise has no bound but that of what is there now."""
    base, new = between(d, node.base, subject), between(d, node.new, subject)
    start, end = (base, new) if node.fall else (new, base)
    if node.relative:
        return Range(None, Fraction(1)) if node.fall and base.positive and new.positive else ANY
    return Range(less(start.low, end.high), less(start.high, end.low))


def _counted(d: Declared, select: ir.Select, subject: ir.Subject) -> Most:
    one = isinstance(subject, _ONE) and select.among is None
    match select.of:
        case ir.People(population):
            if select.among is not None:
                return episodes(d, select.among) if select.among in d.populations else None
            return Fraction(1) if one else episodes(d, population)
        case ir.Achievements(outcome):
            if select.among is not None:
                return None
            own = one and isinstance(d.outcomes[outcome].subject, ir.PerPerson)
            return each_achieves(d, d.outcomes[outcome]) if own else achievements(d, outcome)
        case ir.Rows(event):
            if select.among is not None:
                return None
            return rows_of_one(d, event) if one else rows(d, event)
        case ir.Periods(calendar):
            return periods(d, calendar)
        case ir.Members():
            return None


def _days(d: Declared, node: ir.DaysIn, subject: ir.Subject) -> Most:
    """The days of the window, else of the term, for each of those whose days are counted."""
    found = _window(node.window)
    length = _term(d) if found is None else max(found, 0)
    if length is None:
        return None
    if isinstance(subject, _ONE) and node.among is None:
        return Fraction(length // node.days_each)
    of = node.among or d.states[node.state].of or _whose(d, d.states[node.state].days)
    if of is None:
        return None if d.populations else Fraction(length // node.days_each)
    return _over(times(Fraction(length), episodes(d, of)), node.days_each) if of in d.populations else None


def _whose(d: Declared, days: ir.DaySet) -> str | None:
    """Whose days they are, by the events of the state: of everybody in it together there are more than of one."""
    match days:
        case ir.Spells(begins):
            return d.events[begins].of
        case ir.InState(state):
            return d.states[state].of or _whose(d, d.states[state].days)
        case ir.NotDays(of):
            return _whose(d, of)
        case ir.AllDays(parts) | ir.AnyDays(parts):
            found = {_whose(d, part) for part in parts}
            return found.pop() if len(found) == 1 else None
        case _:
            assert_never(days)


def _over(value: Most, by: int) -> Most:
    return None if value is None else Fraction(value // by)


def _window(window: ir.Window | None) -> int | None:
    """The days of a window both of whose edges are counted from one day."""
    if window is None or window.first is None or window.last is None:
        return None
    first, last = window.first, window.last
    if isinstance(first.anchor, ir.Fixed) and isinstance(last.anchor, ir.Fixed):
        return _day(last.anchor, last) - _day(first.anchor, first) + 1
    if first.anchor != last.anchor:
        return None
    return (last.months - first.months) * _DAYS_IN_MONTH + last.days - first.days + 1


def _day(anchor: ir.Fixed, edge: ir.Edge) -> int:
    return shift(anchor.day.toordinal(), edge.months, edge.days)


def _term(d: Declared) -> int | None:
    first, last = d.contract.first_day, last_of_all(d)
    return None if first is None or last is None else last - first.toordinal() + 1


def _steps(d: Declared, since: date) -> int | None:
    """How many anniversaries of a day there are until nothing more is earned."""
    last = last_of_all(d)
    return None if last is None else max((last - since.toordinal()) // 365, 0)


def _is_proportion(node: ir.Arith) -> bool:
    """Some of the people, as a share of all of them."""
    match node.left, node.right:
        case ir.Counted(ir.Select(ir.People(some), _, within, among)), ir.Counted(
            ir.Select(ir.People(of), (), other, others)
        ):
            return some == of and among == others and other in (None, within)
        case _:
            return False


def _is_count(d: Declared, node: ir.Quantity) -> bool:
    """Whether a divisor (of a quotient, its own) is a whole number."""
    match node:
        case ir.Arith("/", _, right):
            return _is_count(d, right)
        case ir.Counted():
            return True
        case ir.Read(name):
            return _is_count(d, d.measures[name].quantity)
        case _:
            return False
