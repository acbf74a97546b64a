"""Between what a quantity can lie, from its form: a lower and an upper bound that hold for every log.

Counts, sums of money and lengths are never below nothing. Numbers and percentages that a log carries may be, and are
treated so: what is written or assumed bounds them, or nothing does.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from attrs import frozen

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

_DAYS_IN_MONTH = 31
_NEVER_NEGATIVE = (ir.Unit.MONEY, ir.Unit.DAYS, ir.Unit.MONTHS)
_ONE = ir.PerPerson | ir.PerMember | ir.PerRow


@frozen
class Range:
    """`low` to `high`, both included; None: no bound on that side."""

    low: Most
    high: Most

    @property
    def positive(self) -> bool:
        """Never below nothing."""
        return self.low is not None and self.low >= 0


_ANY = Range(None, None)
_NOT_NEGATIVE = Range(Fraction(0), None)


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
            return _ANY if isinstance(value, str) else _exactly(Fraction(constant(node)))
        case ir.ContractValue():
            return _NOT_NEGATIVE if d.contract.value is None else _exactly(Fraction(d.contract.value))
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
            return Range(_down(inner.low), None if inner.high is None else -Fraction(-inner.high // 1))
        case ir.Excess(of, over):
            return Range(Fraction(0), _not_below(_less(between(d, of, subject).high, between(d, over, subject).low)))
        case ir.ChangeOf():
            return _change(d, node, subject)
        case ir.Arith():
            return _computed(node, between(d, node.left, subject), between(d, node.right, subject), _is_count(d, node))
        case ir.Indexed(of, _, since, cap):
            return _indexed(between(d, of, subject), _steps(d, since), cap)
        case ir.Summed(_, _, unit) | ir.Attribute(_, unit) | ir.Observed(_, unit):
            return _NOT_NEGATIVE if unit in _NEVER_NEGATIVE else _ANY


def _exactly(value: Fraction) -> Range:
    return Range(value, value)


def _down(value: Most) -> Most:
    return None if value is None else Fraction(value // 1)


def _less(left: Most, right: Most) -> Most:
    return None if left is None or right is None else left - right


def _not_below(value: Most) -> Most:
    return None if value is None else max(value, Fraction(0))


def _table(table: ir.Table) -> Range:
    """Its rows; “nothing” counts as nothing, and a straight line stays between its points."""
    after = () if table.until_paid is None else (table.until_paid.after,)
    values = [
        Fraction(0) if value is None else Fraction(constant(value))
        for value in (*(row.value for row in table.rows), *after)
        if value is None or not isinstance(value.value, str)
    ]
    return Range(min(values), max(values)) if values else _ANY


def _change(d: Declared, node: ir.ChangeOf, subject: ir.Subject) -> Range:
    """A fall is at most the whole of what was there; a rise has no bound but that of what is there now."""
    base, new = between(d, node.base, subject), between(d, node.new, subject)
    start, end = (base, new) if node.fall else (new, base)
    if node.relative:
        return Range(None, Fraction(1)) if node.fall and base.positive and new.positive else _ANY
    return Range(_less(start.low, end.high), _less(start.high, end.low))


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
    of = node.among or d.states[node.state].of
    if of is None:
        return Fraction(length // node.days_each)
    return _over(times(Fraction(length), episodes(d, of)), node.days_each) if of in d.populations else None


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


def _indexed(of: Range, steps: int | None, cap: Fraction | None) -> Range:
    """A fall is followed whole; of a rise each step is at most the cap."""
    least = Fraction(0) if of.positive else None
    if of.high is None or steps is None or cap is None:
        return Range(least, None)
    return Range(least, max(of.high, Fraction(0)) * Fraction((1 + cap) ** steps))


def _computed(node: ir.Arith, left: Range, right: Range, whole: bool) -> Range:
    match node.op:
        case "+":
            return Range(_plus(left.low, right.low), _plus(left.high, right.high))
        case "-":
            return Range(_less(left.low, right.high), _less(left.high, right.low))
        case "max":
            low = max((x for x in (left.low, right.low) if x is not None), default=None)
            return Range(low, None if left.high is None or right.high is None else max(left.high, right.high))
        case "min":
            low = None if left.low is None or right.low is None else min(left.low, right.low)
            return Range(low, least_of(iter((left.high, right.high))))
        case "*":
            return _product(left, right)
        case "/":
            return _quotient(node, left, right, whole)
        case _:
            raise ValueError(f"{node.op} is no operation")


def _plus(left: Most, right: Most) -> Most:
    return None if left is None or right is None else left + right


def _product(left: Range, right: Range) -> Range:
    if left.positive and right.positive:
        return Range(times(left.low, right.low), times(left.high, right.high))
    if left.positive or right.positive:
        factor, other = (left, right) if left.positive else (right, left)
        least = None if other.low is None else times(min(other.low, Fraction(0)), factor.high)
        return Range(least, times(_not_below(other.high), factor.high))
    corners = [times(a, b) for a in (left.low, left.high) for b in (right.low, right.high)]
    known = [corner for corner in corners if corner is not None]
    bounded = None not in (left.low, left.high, right.low, right.high)
    return Range(min(known), max(known)) if bounded else _ANY


def _quotient(node: ir.Arith, left: Range, right: Range, whole: bool) -> Range:
    """A proportion of people is at most one; a whole divisor is at least 1 wherever there is a quotient."""
    if not right.positive:
        return _ANY
    if _is_proportion(node):
        return Range(Fraction(0), Fraction(1))
    low, high = Fraction(0) if left.positive else None, _not_below(left.high)
    if right.low is not None and right.low > 0:
        return Range(low, None if high is None else high / right.low)
    return Range(low, high if whole else None)


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


def in_all(amounts: Iterable[Most]) -> Most:
    """A sum of bounds; None as soon as one has none."""
    total = Fraction(0)
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total
