"""The thresholds of a contract, and which of their two sides an example touches: on the line, and just off it.

A threshold stands in a comparison, in a range of a table or group, in a length that a state reaches. The side off the
line is the one on which the result is another: just below “at least” and “from”, just above “at most” and “above”.
It is touched within one step of the line: 1, a day, £1 or one percentage point.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.calendar import LAST_DAY, shift
from outcomelang.core.fixed_values import constant
from outcomelang.core.money import exact, money
from outcomelang.core.units import unit_of
from outcomelang.evaluation.meaning import Meaning
from outcomelang.evaluation.quantities import key_of
from outcomelang.evaluation.scope import Num, Scope
from outcomelang.tree import nodes

_STEPS: dict[ir.Unit, Num] = {ir.Unit.MONEY: 100, ir.Unit.PERCENTAGE: Fraction(1, 100)}
_SUFFIX = {ir.Unit.DAYS: " days", ir.Unit.MONTHS: " months"}


@frozen
class Boundary:
    """One side of a threshold: `of` is where it stands, `line` its value, `side` “at”, “just below” or “just above”
    (of a limit, without a line: “reached” or “not reached”).
    """

    of: str
    line: str
    side: str
    origin: ir.Origin
    step: Num


def boundaries(contract: ir.Contract) -> tuple[Boundary, ...]:
    """Both sides of every threshold."""
    found: dict[Boundary, None] = {}
    for owner in _owners(contract):
        for node in nodes(owner):
            if isinstance(node, ir.Compares):
                above = node.comparator in ("<=", ">")
                line, unit = amount(node.right, contract), unit_of(node.right)
                found.update(dict.fromkeys(_sides(owner.name, line, unit, above, owner.origin)))
            elif isinstance(node, ir.Reaches):
                line = amount(node.target, contract)
                found.update(dict.fromkeys(_sides(owner.name, line, ir.Unit.DAYS, False, owner.origin)))
    for name, origin, bounds in _ranges(contract):
        if bounds.first is not None:
            line, above = amount(bounds.first, contract), not bounds.first_included
            found.update(dict.fromkeys(_sides(name, line, bounds.first.unit, above, origin)))
    return tuple(found)


def _owners(contract: ir.Contract) -> Iterator[ir.Outcome | ir.Flow]:
    """What holds conditions."""
    yield from contract.outcomes
    yield from contract.flows


def _ranges(contract: ir.Contract) -> Iterator[tuple[str, ir.Origin, ir.Bounds]]:
    """The ranges of tables and groups."""
    for table in contract.tables:
        keys = (key for row in table.rows for key in row.keys)
        yield from ((table.name, table.origin, key) for key in keys if isinstance(key, ir.Bounds))
    for group in contract.partitions:
        yield from ((group.name, group.origin, row.bounds) for row in group.rows if row.bounds is not None)


def _sides(of: str, line: str, unit: ir.Unit, above: bool, origin: ir.Origin) -> Iterator[Boundary]:
    for side in ("at", "just above" if above else "just below"):
        yield Boundary(of, line, side, origin, _STEPS.get(unit, 1))


def amount(quantity: ir.Quantity | None, contract: ir.Contract) -> str:
    """A fixed value as people write it; what is not fixed by its name or as “its line”."""
    match quantity:
        case None:
            return ""
        case ir.Const(value=Fraction() as value, unit=ir.Unit.MONEY):
            return money(value, contract.currency, contract.minor_digits)
        case ir.Const(value=Fraction() as value, unit=ir.Unit.PERCENTAGE):
            return f"{exact(value * 100)}%"
        case ir.Const(value=Fraction() as value, unit=unit):
            return f"{exact(value)}{_SUFFIX.get(unit, '')}"
        case ir.Const(value=value):
            return str(value)
        case ir.Read(measure=name) | ir.Lookup(table=name):
            return name
        case _:
            return "its line"


# ---------------------------------------------------------------- what examples touch


def touched(m: Meaning, asked: tuple[Boundary, ...]) -> Iterator[Boundary]:
    """The sides on which some value of this account lies."""
    gaps: dict[tuple[str, str], set[Num]] = {}
    for of, line, gap in _gaps(m):
        gaps.setdefault((of, line), set()).add(gap)
    for boundary in asked:
        found = gaps.get((boundary.of, boundary.line), set())
        if any(_on(boundary, gap) for gap in found):
            yield boundary


def _on(boundary: Boundary, gap: Num) -> bool:
    """Whether a value so far from the line (negative: below it) lies on the side."""
    if boundary.side == "at":
        return gap == 0
    return 0 < (gap if boundary.side == "just above" else -gap) <= boundary.step


def _gaps(m: Meaning) -> Iterator[tuple[str, str, Num]]:
    """How far every value lies from the threshold against which it is held, with where that stands."""
    for owner in _owners(m.contract):
        for node in nodes(owner):
            if isinstance(node, ir.Compares):
                line = amount(node.right, m.contract)
                yield from ((owner.name, line, gap) for gap in _differences(m, node, owner.subject))
            elif isinstance(node, ir.Reaches):
                line = amount(node.target, m.contract)
                yield from ((owner.name, line, gap) for gap in _days_over(m, node, owner.subject))
    values = {table.name: set(_table_values(m, table)) for table in m.contract.tables}
    values |= {group.name: set(_group_values(m, group)) for group in m.contract.partitions}
    for name, _, bounds in _ranges(m.contract):
        if bounds.first is not None:
            line, first = amount(bounds.first, m.contract), constant(bounds.first)
            yield from ((name, line, value - first) for value in values[name])


def _scopes(m: Meaning, subject: ir.Subject) -> Iterator[Scope]:
    return (scope for scope in m.world.instances(subject) if not m.world.is_empty(scope))


def _differences(m: Meaning, node: ir.Compares, subject: ir.Subject) -> Iterator[Num]:
    left, right = m.number(node.left), m.number(node.right)
    for scope in _scopes(m, subject):
        one, other = left(scope, LAST_DAY), right(scope, LAST_DAY)
        if one is not None and other is not None:
            yield one - other


def _days_over(m: Meaning, node: ir.Reaches, subject: ir.Subject) -> Iterator[Num]:
    """By how many days what somebody has of the state, in total and in each run, passes the length to be reached."""
    state, target = m.state(node.state), m.number(node.target)
    in_months = unit_of(node.target) is ir.Unit.MONTHS
    for scope in _scopes(m, subject):
        length, runs = target(scope, LAST_DAY), state(scope)[0]
        if length is None:
            continue
        for first, last in runs:
            yield last + 1 - (shift(first, int(length), 0) if in_months else first + length)
        if not in_months:
            yield sum(last - first + 1 for first, last in runs) - length


def _table_values(m: Meaning, table: ir.Table) -> Iterator[Num]:
    for source in table.by:
        if isinstance(source, ir.KeyByQuantity) and isinstance(source.quantity, ir.Read):
            key = key_of(m, source)
            for scope in _scopes(m, m.measures[source.quantity.measure].subject):
                value = key(scope, LAST_DAY)
                if value is not None and not isinstance(value, str):
                    yield value


def _group_values(m: Meaning, group: ir.Partition) -> Iterator[Num]:
    """The day or value by which each person is put into a row."""
    if not isinstance(group.classifier, ir.ByValue):
        return
    event, attribute = group.classifier.event, group.classifier.attribute
    for episodes in m.world.facts.of_participant.values():
        for episode in episodes:
            for row in episode.rows.get(event, ())[:1]:
                value = row.day if attribute is None else row.attributes.get(attribute)
                if isinstance(value, int | Fraction) and not isinstance(value, bool):
                    yield value
