"""Clauses for parties, participants, members and groups."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.money import count
from outcomelang.prose.english import days, selections, values
from outcomelang.prose.english.scope import Scope
from outcomelang.prose.points import Clause, Point


def spelt(names: tuple[str, ...], later: tuple[ir.Spelling, ...] = ()) -> list[Point]:
    """How the log may write a name."""
    said = []
    if names:
        said.append(Point(f"The log may also write it {values.listed(map(values.quoted, names), 'or')}."))
    said += [Point(f"From {values.dated(e.first)} the log writes it {values.quoted(e.text)}.") for e in later]
    return said


def party(of: ir.Party) -> Clause:
    full = f" ({of.description})" if of.description else ""
    said = [Point(f"{of.name}{full} is {values.one(of.role)} under this contract.")]
    if of.independent:
        said.append(Point("It is independent of the parties that pay and are paid."))
    return Clause(of.name, (*said, *spelt(of.logged, of.logged_from)), of.origin.clause)


def joint(of: ir.JointParty) -> Clause:
    shares = [f"{name}: {count(share * 100)}%" for name, share in of.shares]
    said = [Point(f"{of.name} are these parties, each with its share of every amount:", tuple(map(Point, shares)))]
    said.append(Point("Each of them carries the full number of units."))
    if of.odd_units_to:
        said.append(Point(f"The shares of the others are rounded, and {of.odd_units_to} has the rest."))
    return Clause(of.name, tuple(said), of.origin.clause)


def population(of: ir.Population, contract: ir.Contract) -> Clause:
    scope = Scope(contract, ir.PerPerson(of.name))
    if of.comparison_of is not None:
        return comparison(of, scope)
    said = [*joining(of, scope)]
    said += called(of.name, of.plural)
    if of.once:
        said.append(Point("Each joins once: a later record of that kind begins nothing new."))
    else:
        apart = values.length_of(of.again_months, of.again_days)
        said.append(Point(f"Each may join again {apart} or more after last joining, as a new {of.name}."))
    if of.selected_by:
        said.append(Point(f"{of.selected_by} selects who joins."))
    if of.most is not None:
        said.append(Point(f"No more than {of.most:,} may join, counted in the order of joining."))
    if of.tests:
        said.append(Point(f"Only those count who are those{selections.tested(of.tests, scope)}."))
    said += [*method(of), *spelt(of.logged)]
    return Clause(of.name, scope.points(*said), of.origin.clause)


def joining(of: ir.Population, scope: Scope) -> list[Point]:
    ways = tuple(way(each, scope) for each in of.ways)
    if not ways:
        return [Point(f"Everybody of whom there is a record is {values.one(of.name)}, from the day of the first.")]
    if len(ways) == 1:
        return [Point(f"There is {values.one(of.name)} from the day of {ways[0]}. That is the day of joining.")]
    lead = f"There is {values.one(of.name)} from the first of these days, the day of joining:"
    return [Point(lead, tuple(Point(f"the day of {each}") for each in ways))]


def way(of: ir.Way, scope: Scope) -> str:
    thing = selections.single(of.select, scope)
    return f"the first {thing}" if of.first else values.one(thing)


def method(of: ir.Population) -> list[Point]:
    said = []
    if of.method:
        said.append(Point(f"They are found by {of.method}."))
    if of.chosen_by:
        said.append(Point(f"{of.chosen_by} chooses them."))
    return said


def comparison(of: ir.Population, scope: Scope) -> Clause:
    said = [Point(f"{of.name} are people with whom those of each {of.comparison_of} are compared.")]
    said.append(Point("They do not take part, and nothing is paid for them."))
    said += [Point(f"One of them is counted from {way(each, scope)}.") for each in of.ways]
    said += called(of.name, of.plural)
    if of.tests:
        said.append(Point(f"They are those{selections.tested(of.tests, scope)}."))
    if of.once:
        said.append(Point("Each of them is counted once."))
    if of.again_months or of.again_days:
        apart = values.length_of(of.again_months, of.again_days)
        said.append(Point(f"Each may be counted again {apart} later."))
    if of.selected_by:
        said.append(Point(f"{of.selected_by} selects them."))
    if of.most is not None:
        said.append(Point(f"There are no more than {of.most:,} of them."))
    return Clause(of.name, scope.points(*said, *method(of), *spelt(of.logged)), of.origin.clause)


def member(of: ir.Member, contract: ir.Contract) -> Clause:
    scope = Scope(contract, ir.PerRow(of.event))
    which = selections.tested(of.tests, scope)
    said = [
        Point(f"{values.capital(values.one(of.name))} belongs to {values.one(of.of)}."),
        Point(f"Each record of {of.event}{which} declares one, by the name it gives as {of.attribute}."),
        Point(f"Two records of one name are one {of.name}."),
        *called(of.name, of.plural),
    ]
    return Clause(of.name, scope.points(*said), of.origin.clause)


def partition(of: ir.Partition, contract: ir.Contract) -> Clause:
    scope = Scope(contract, ir.PerPerson(of.of))
    said = [Point(f"Each {of.of} belongs to one {of.word}, {classified(of, scope)}. That is fixed at joining.")]
    said.append(Point("The rows are:", tuple(row(each, contract) for each in of.rows)))
    if of.set_by:
        said.append(Point(f"{values.listed(of.set_by, 'or')} decides."))
    return Clause(of.name, scope.points(*said), of.origin.clause)


def classified(of: ir.Partition, scope: Scope) -> str:
    match of.classifier:
        case ir.ByLabel(event, attribute):
            return f"by the {attribute} recorded with {event}"
        case ir.ByValue(event, None):
            return f"by the day of the first record of {event}"
        case ir.ByValue(event, attribute):
            return f"by the {attribute} of the first record of {event}"
        case ir.ByMeasured(measure):
            return f"by the {measure} on the day of joining, counting what had happened by then"
        case ir.ByOwnLabel():
            return f"by the label that the log gives as {of.name} with the record of joining"
        case _:
            assert_never(of.classifier)


def row(of: ir.PartitionRow, contract: ir.Contract) -> Point:
    where = "" if of.bounds is None else f": {values.range_of(of.bounds, contract)}"
    spellings = values.listed(map(values.quoted, of.logged), "or")
    logged = f" (in the log also {spellings})" if of.logged else ""
    later = "".join(f" (in the log from {values.dated(e.first)} {values.quoted(e.text)})" for e in of.logged_from)
    return Point(f"{values.quoted(of.label)}{where}{logged}{later}")


def called(name: str, plural: str) -> list[Point]:
    """The other form of a Term, where it is not the plural that anybody expects."""
    return [] if plural in ("", values.many(name)) else [Point(f"The Term is also written {plural}.")]


def share(of: Fraction) -> str:
    return f"{count(of * 100)}%"


def observed_until(day: ir.Anchor | None, scope: Scope) -> list[Point]:
    return [] if day is None else [Point(f"It is observed until {days.anchor(day, scope)}, and not beyond.")]
