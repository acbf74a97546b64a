"""How many there can be at most: people, periods, rows, achievements, from the terms and from what is assumed."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.calendar import shift
from outcomelang.core.declared import Declared, rests_on
from outcomelang.core.fixed_values import constant, greatest_value

Most = Fraction | None
"""A least upper bound that is known; None: nothing in the contract bounds it."""


def times(*factors: Most) -> Most:
    """A product of bounds of what is never below nothing; of nothing it is nothing, whatever else is unbounded."""
    if any(factor == 0 for factor in factors):
        return Fraction(0)
    product = Fraction(1)
    for factor in factors:
        if factor is None:
            return None
        product *= factor
    return product


def least_of(bounds: Iterator[Most]) -> Most:
    """The tightest of several bounds."""
    known = [bound for bound in bounds if bound is not None]
    return min(known, default=None)


def people(d: Declared, population: str) -> Most:
    """How many may join: what the contract admits, or what is assumed."""
    declared = d.populations[population]
    admitted = Fraction(declared.most) if declared.most is not None else None
    return least_of(iter((admitted, _assumed(d, ir.Whole(), ir.People(population)))))


def episodes(d: Declared, population: str) -> Most:
    """How many participations: of each person one, or as many as the term has room for."""
    declared = d.populations[population]
    first, last = d.contract.first_day, d.contract.last_day
    if declared.once or not (declared.again_months or declared.again_days) or first is None or last is None:
        return people(d, population)
    day, number, last_day = first.toordinal(), 0, last_of_all(d) or last.toordinal()
    while day <= last_day + _LOST_IN_SHORT_MONTHS:
        number += 1
        day = shift(first.toordinal(), declared.again_months * number, declared.again_days * number)
    return times(people(d, population), Fraction(number))


_LOST_IN_SHORT_MONTHS = 3
"""Days by which corresponding dates can come earlier when each is counted from the one before: 31, 28, 28 …"""


def last_of_all(d: Declared) -> int | None:
    """The last day on which anything can be earned: of the last claim, else of the term."""
    days = [day.toordinal() for day in (d.contract.last_claim, d.contract.last_day) if day is not None]
    return max(days, default=None)


def _assumed(d: Declared, subject: ir.Subject, of: ir.Domain) -> Most:
    """What is assumed of a plain number of things."""
    bounds: list[Most] = []
    for assumption in d.contract.assumptions:
        match assumption.condition:
            case ir.Compares(ir.Counted(ir.Select(domain, (), None)), "<=" | "<" | "==", right) if domain == of:
                if assumption.subject == subject:
                    bounds.append(written(d, right))
            case _:
                continue
    return least_of(iter(bounds))


def written(d: Declared, node: ir.Quantity) -> Most:
    """The greatest value that is written of a quantity; what follows an index has none."""
    if any(isinstance(each, ir.Indexed) for each in rests_on(d, node)):
        return None
    value = greatest_value(d, node)
    return None if value is None else Fraction(value)


def rows(d: Declared, event: str) -> Most:
    """How many rows of an event: assumed in all, or of each person times the people."""
    whole = _assumed(d, ir.Whole(), ir.Rows(event))
    of = d.events[event].of
    each = _assumed(d, ir.PerPerson(of), ir.Rows(event)) if of in d.populations else None
    return least_of(iter((whole, times(each, episodes(d, of)) if of in d.populations and each is not None else None)))


def rows_of_one(d: Declared, event: str) -> Most:
    """How many rows of an event one of the people can have, by what is assumed of each or of all."""
    of = d.events[event].of
    each = _assumed(d, ir.PerPerson(of), ir.Rows(event)) if of in d.populations else None
    return least_of(iter((each, _assumed(d, ir.Whole(), ir.Rows(event)))))


def periods(d: Declared, calendar: str) -> Most:
    """How many periods begin by the end of the calendar, else of the term."""
    of = d.calendars[calendar]
    end = of.last or d.contract.last_day
    if end is None:
        return None
    first, number = of.first.toordinal(), 0
    while shift(first, of.months * number, of.days * number) <= end.toordinal():
        number += 1
    return Fraction(number)


def instances(d: Declared, subject: ir.Subject) -> Most:
    """How many there are of a subject."""
    match subject:
        case ir.Whole() | ir.Pooled():
            return Fraction(1)
        case ir.PerPerson(population):
            return episodes(d, population)
        case ir.PerGroup(partition):
            return Fraction(len(d.partitions[partition].rows))
        case ir.PerPeriod(calendar, of):
            return times(periods(d, calendar), instances(d, of))
        case ir.PerRow(event):
            return rows(d, event)
        case ir.PerMember():
            return None


def achievements(d: Declared, outcome: str) -> Most:
    """How often an outcome can be achieved, by everybody together."""
    of = d.outcomes[outcome]
    return times(instances(d, of.subject), each_achieves(d, of))


def each_achieves(d: Declared, outcome: ir.Outcome) -> Most:
    """How often one of its subject can achieve an outcome, under whichever of its words allow it oftenest."""
    most = Fraction(1)
    for words in (outcome, *(each.outcome for each in outcome.amended)):
        often = written(d, words.times) if words.times is not None else _each_time(d, words)
        if often is None:
            return None
        most = max(most, often)
    return most


def _each_time(d: Declared, words: ir.Outcome) -> Most:
    return _blocks(d, words) if words.each_time else Fraction(1)


def _blocks(d: Declared, outcome: ir.Outcome) -> Most:
    """How many blocks of a length there is time for, from the beginning of the term to the last day for claims."""
    first, last = d.contract.first_day, last_of_all(d)
    if first is None or last is None or not isinstance(outcome.when, ir.Reaches) or not outcome.when.further:
        return None
    least = least_value(d, outcome.when.target)
    if not least:
        return None
    days = last - first.toordinal() + 1
    return Fraction(days // int(least) if _in_days(outcome.when.target) else days // (28 * int(least)))


def _in_days(target: ir.Quantity) -> bool:
    return getattr(target, "unit", ir.Unit.DAYS) is ir.Unit.DAYS


def least_value(d: Declared, node: ir.Quantity) -> int | Fraction | None:
    """The least written value of a length: of a table, that of its smallest row."""
    match node:
        case ir.Const() if not isinstance(node.value, str):
            return constant(node)
        case ir.Read(name):
            return least_value(d, d.measures[name].quantity)
        case ir.Lookup(name):
            written = [row.value for row in d.tables[name].rows if row.value is not None]
            return min((constant(value) for value in written if not isinstance(value.value, str)), default=None)
        case _:
            return None
