"""Clauses for periods, events, states, calculated numbers and tables."""

from __future__ import annotations

from typing import assert_never

from outcomelang.core import ir
from outcomelang.prose.english import days, people, quantities, selections, values
from outcomelang.prose.english.conditions import inline
from outcomelang.prose.english.grammar import itemised, one, running
from outcomelang.prose.english.scope import Scope
from outcomelang.prose.points import Clause, Point

_KINDS = {
    "input": "an input",
    "activity": "an activity",
    "output": "an output",
    "outcome": "an outcome",
    "figure": "a reported figure",
}
_BETTER = {
    ir.Polarity.MORE: "More of it is better.",
    ir.Polarity.FEWER: "Less of it is better.",
}


def calendar(of: ir.Calendar) -> Clause:
    length = values.length_of(of.months, of.days)
    last = f" The last ends on or before {values.dated(of.last)}." if of.last else ""
    said = Point(f"Each {of.name} lasts {length}. The first begins on {values.dated(of.first)}.{last}")
    names = Point(f"They are numbered in their order: “{of.name} 1”, “{of.name} 2” and so on.")
    return Clause(of.name, (said, names), of.origin.clause)


def event(of: ir.Event, contract: ir.Contract) -> Clause:
    scope = Scope(contract, ir.PerRow(of.name))
    whose = f" Each record concerns one {of.of}." if of.of else ""
    recorded = f", recorded by {values.listed(of.recorded_by, 'or')}" if of.recorded_by else ""
    said = [Point(f"{of.name} is {_KINDS[of.kind]}{recorded}.{whose}")]
    if of.polarity in _BETTER:
        said.append(Point(_BETTER[of.polarity]))
    if of.attributes:
        said.append(running("A record of it gives", tuple(map(attribute, of.attributes))))
    if of.verification is not None:
        said += verification(of.verification)
    if of.evidenced_by:
        said.append(Point(f"It must be evidenced by {values.listed(map(values.quoted, of.evidenced_by), 'or')}."))
    said += people.observed_until(of.observed_until, scope)
    said += people.spelt(of.logged, of.logged_from)
    return Clause(of.name, scope.points(*said), of.origin.clause)


def attribute(of: ir.AttributeSpec) -> Point:
    logged = f"; in the log also {values.listed(map(values.quoted, of.logged), 'or')}" if of.logged else ""
    return Point(f"{of.name} ({values.unit_named(of.unit)}{logged})")


def verification(of: ir.Verification) -> list[Point]:
    said = [
        Point(
            f"A record counts once it has been verified by {values.listed(of.by, 'or')}; "
            "it then counts from its own date."
        )
    ]
    if of.silence_days is not None or of.silence_months is not None or of.silence_working:
        time = values.length_of(of.silence_months or 0, of.silence_days or 0, of.silence_working)
        means = "verified" if of.silence_verifies else "not verified"
        said.append(Point(f"Where nothing is said within {time} of its becoming known, it counts as {means}."))
    elif of.silence_verifies:
        said.append(Point("Silence counts as verification."))
    return said


def state(of: ir.State, contract: ir.Contract) -> Clause:
    scope = Scope(contract, whose(of.of, contract))
    each = f", of {one(of.of)}," if of.of else ""
    said = [Point(f"{of.name}{each} means {days.days_of(of.days, scope)}.")]
    if of.polarity is ir.Polarity.MORE:
        said.append(Point("The longer, the better."))
    if of.polarity is ir.Polarity.FEWER:
        said.append(Point("The shorter, the better."))
    return Clause(of.name, scope.points(*said), of.origin.clause)


def whose(name: str | None, contract: ir.Contract) -> ir.Subject:
    if name is None:
        return ir.Whole()
    return ir.PerMember(name) if any(m.name == name for m in contract.members) else ir.PerPerson(name)


def measure(of: ir.Measure, contract: ir.Contract) -> Clause:
    scope = Scope(contract, of.subject)
    each = selections.each(of.subject, scope)
    name = f"{quantities.called(of.name, contract)} ({values.unit_named(of.unit)})"
    whose = f", for {each}," if each else ""
    said = [Point(f"{name} means{whose} {quantities.quantity(of.quantity, scope)}.")]
    said += left_out(of.subject, scope)
    shown = quantities.called(of.name, contract)
    said += people.called(shown, of.plural if shown == of.name else of.name)
    return Clause(shown, scope.points(*said), of.origin.clause)


def left_out(of: ir.Subject, scope: Scope) -> list[Point]:
    if isinstance(of, ir.Pooled) and of.except_where is not None:
        whom = selections.each(of.of, scope, "every") or "the contract as a whole"
        said = inline(of.except_where, scope.of(of.of))
        return [Point(f"{values.capital(whom)} for which {said} is left out.")]
    return []


def table(of: ir.Table, contract: ir.Contract) -> Clause:
    scope = Scope(contract)
    if of.until_paid is not None:
        return until_paid(of, of.until_paid, scope)
    keys = values.listed(key(each, scope) for each in of.by)
    found = f", found by {keys}" if of.by else ""
    lead = f"{of.name} means {values.unit_named(of.unit)}{found}"
    said = [Point(f"{lead}:", itemised(tuple(row(each, of.unit, contract) for each in of.rows), ""))]
    if of.straight_line:
        said.append(Point("Between two of these points it lies on the straight line from one to the other."))
    return Clause(of.name, scope.points(*said), of.origin.clause)


def until_paid(of: ir.Table, until: ir.UntilPaid, scope: Scope) -> Clause:
    before = values_of(tuple(each.value for each in of.rows), scope.contract)
    threshold = values.amount(until.threshold, scope.contract)
    after = values_of((until.after,), scope.contract)
    unit = values.unit_named(of.unit)
    said = [
        Point(f"{of.name} means {unit}: {before} until {threshold} has been paid by payments that depend on it."),
        Point(f"After that it is {after}. A unit that crosses that sum is divided at it."),
    ]
    if of.straight_line:
        said.append(Point("Between two points it lies on the straight line from one to the other."))
    said += [Point(f"It is found by {key(each, scope)}.") for each in of.by]
    return Clause(of.name, scope.points(*said), of.origin.clause)


def values_of(found: tuple[ir.Const | None, ...], contract: ir.Contract) -> str:
    return values.listed("nothing" if each is None else values.const(each, contract) for each in found)


def key(of: ir.KeySource, scope: Scope) -> str:
    match of:
        case ir.KeyByGroup(partition):
            return f"the {partition}"
        case ir.KeyByPeriod(calendar):
            return f"the {calendar}"
        case ir.KeyByQuantity(quantity):
            return f"the value of {quantities.fitted(quantity, scope)}"
        case _:
            assert_never(of)


def row(of: ir.TableRow, unit: ir.Unit, contract: ir.Contract) -> Point:
    keys = values.listed(row_key(each, contract) for each in of.keys)
    value = "nothing" if of.value is None else values.const(of.value, contract)
    return Point(f"{keys}: {value}")


def row_key(of: ir.TableKey, contract: ir.Contract) -> str:
    match of:
        case ir.LabelKey(label):
            return values.quoted(label)
        case ir.PointKey(value):
            return f"at {values.const(value, contract)}"
        case ir.Bounds():
            return values.range_of(of, contract)
        case _:
            assert_never(of)
