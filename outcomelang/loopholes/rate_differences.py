"""Lines that a difference of two rates has to reach before anything is paid."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.declared import Declared
from outcomelang.core.fixed_values import constant, fixed_value
from outcomelang.loopholes.study import Study
from outcomelang.tree import nodes

_PERSONAL = ir.PerPerson | ir.PerMember | ir.PerRow


class Of(StrEnum):
    """What a rate is of."""

    PEOPLE = "people"
    """The part of the people who have or are something."""
    EVENTS = "events"
    """How often something happens to them."""
    AMOUNTS = "amounts"
    """How much of something there is for them; how it varies from one to the other is not known."""


@frozen
class Rate:
    """A rate, of which people; `value` where it is written."""

    of: Of
    population: str | None
    value: Fraction | None = None


@frozen
class Threshold:
    """A payment is due when `new` differs from `base` by so much, in points or (`relative`) as a part of the base."""

    flow: ir.Flow
    origin: ir.Origin
    outcome: str
    base: Rate
    new: Rate
    by: Fraction
    relative: bool
    rising: bool


def thresholds(study: Study, flow: ir.Flow) -> Iterator[Threshold]:
    """Every such line that stands in what decides over a payment."""
    d = study.names
    for outcome, origin, condition in _conditions(study, flow):
        for node in nodes(condition):
            said = _compared(d, node) if isinstance(node, ir.Compares) else None
            if said is None:
                continue
            base, new, by, relative, rising = said
            written, first, second = fixed_value(d, base, {}), _rate(d, base), _rate(d, new)
            if first is None and written is not None and second is not None:
                first = Rate(second.of, second.population, Fraction(written))
            points = relative or (second is not None and second.of is Of.PEOPLE and by < 1)
            if first is not None and second is not None and by > 0 and points:
                yield Threshold(flow, origin, outcome, first, second, by, relative, rising)
    yield from _steps(study, flow)


def _conditions(study: Study, flow: ir.Flow) -> Iterator[tuple[str, ir.Origin, ir.Condition]]:
    """The gate of a payment and the outcomes for which it is due, with those that they ask for."""
    asked = [
        node.outcome for node in nodes((flow.driver, flow.gate)) if isinstance(node, ir.EachAchievement | ir.Achieved)
    ]
    if flow.gate is not None:
        yield flow.name, flow.origin, flow.gate
    seen: set[str] = set()
    while asked:
        name = asked.pop(0)
        outcome = study.names.outcomes[name]
        if name not in seen and not isinstance(outcome.subject, _PERSONAL):
            seen.add(name)
            yield name, outcome.origin, outcome.when
            asked += [node.outcome for node in nodes(outcome.when) if isinstance(node, ir.Achieved)]


def _steps(study: Study, flow: ir.Flow) -> Iterator[Threshold]:
    """The first step of a price that goes by a change and pays nothing below."""
    d = study.names
    for node in study.rests_on(flow.amount):
        if not isinstance(node, ir.Table) or node.straight_line or len(node.by) != 1:
            continue
        key, paid = node.by[0], next((row for row in node.rows if row.value is not None), None)
        if not isinstance(key, ir.KeyByQuantity) or paid is None or not isinstance(paid.keys[0], ir.Bounds):
            continue
        line, change = paid.keys[0].first, _expanded(d, key.quantity)
        if not isinstance(change, ir.ChangeOf) or line is None or isinstance(line.value, str):
            continue
        base, new = _rate(d, change.base), _rate(d, change.new)
        by = Fraction(constant(line))
        if base is not None and new is not None and by > 0:
            yield Threshold(flow, flow.origin, node.name, base, new, by, change.relative, not change.fall)


# ---------------------------------------------------------------- comparisons


_Said = tuple[ir.Quantity, ir.Quantity, Fraction, bool, bool]
"""Base, new, by how much, as a part of the base, and whether it has to rise."""


def _compared(d: Declared, node: ir.Compares) -> _Said | None:
    left, line = _expanded(d, node.left), fixed_value(d, node.right, {})
    if node.comparator in (">=", ">") and line is not None:
        match left:
            case ir.ChangeOf(base, new, fall, relative):
                return base, new, Fraction(line), relative, not fall
            case ir.Excess(of, over) | ir.Arith("-", of, over):
                return over, of, Fraction(line), False, True
            case _:
                pass
    return _against(d, node)


def _against(d: Declared, node: ir.Compares) -> _Said | None:
    """One rate against another, less or plus points, or as a part of it."""
    right, rising = _expanded(d, node.right), node.comparator in (">=", ">")
    match right:
        case ir.Arith("-" | "+" as op, base, by) if (op == "+") == rising:
            points = fixed_value(d, by, {})
            return None if points is None else (base, node.left, Fraction(points), False, rising)
        case ir.Arith("*", one, other):
            for part, base in ((one, other), (other, one)):
                share = fixed_value(d, part, {})
                if share is not None and (share > 1) == rising:
                    return base, node.left, abs(Fraction(share) - 1), True, rising
            return None
        case _:
            return None


def _expanded(d: Declared, node: ir.Quantity) -> ir.Quantity:
    while isinstance(node, ir.Read):
        node = d.measures[node.measure].quantity
    return node


def _rate(d: Declared, node: ir.Quantity) -> Rate | None:
    """What a quantity is a rate of; None: of nothing that is measured of many."""
    if isinstance(node, ir.Read) and isinstance(d.measures[node.measure].subject, _PERSONAL):
        return None
    inner = _expanded(d, node)
    match inner:
        case ir.Arith("/", ir.Counted(ir.Select(ir.People(some))), ir.Counted(ir.Select(ir.People(of), ()))) if (
            some == of
        ):
            return Rate(Of.PEOPLE, of)
        case ir.Arith("/" | "*", left, right):
            one, other = _rate(d, left), _rate(d, right)
            return one if one is not None and one.population is not None else other or one
        case ir.Counted(ir.Select(ir.People(of))):
            return Rate(Of.PEOPLE, of)
        case ir.Counted(ir.Select(ir.Rows(event))):
            of_whom = d.events[event].of
            return Rate(Of.EVENTS, of_whom if of_whom in d.populations else None)
        case ir.Counted(ir.Select(ir.Achievements(outcome))):
            subject = d.outcomes[outcome].subject
            return Rate(Of.PEOPLE, subject.population) if isinstance(subject, ir.PerPerson) else None
        case ir.Summed(_, ir.Select(ir.Rows(event))) | ir.Observed(event):
            whose = d.events[event].of if event in d.events else None
            return Rate(Of.AMOUNTS, whose if whose in d.populations else None)
        case _:
            return None
