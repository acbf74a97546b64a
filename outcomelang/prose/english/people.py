"""Clauses for parties, participants, members and groups."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.money import count
from outcomelang.core.scope import other_number
from outcomelang.prose.english import days, selections, values
from outcomelang.prose.english.grammar import listing, one, running
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
    full = f" ({described(of.description)})" if of.description else ""
    said = [Point(f"This contract names {of.name}{full} as {one(of.role)}.")]
    if of.independent:
        said.append(Point("It is independent of the parties that pay and are paid."))
    return Clause(of.name, (*said, *spelt(of.logged, of.logged_from)), of.origin.clause)


def described(text: str) -> str:
    """The author's description in the middle of a sentence: an article that opens it needs no capital there."""
    first, blank, rest = text.partition(" ")
    return f"{first.lower()}{blank}{rest}" if first in ("A", "An", "The") else text


def joint(of: ir.JointParty) -> Clause:
    shares = [f"{name}: {count(share * 100)}%" for name, share in of.shares]
    said = [listing(f"{of.name} means these parties, each with its share of every amount", map(Point, shares))]
    said.append(Point("The full number of units is counted for each of them."))
    if of.odd_units_to:
        said.append(Point(f"The shares of the others are rounded, and the rest falls to {of.odd_units_to}."))
    return Clause(of.name, tuple(said), of.origin.clause)


def population(of: ir.Population, contract: ir.Contract) -> Clause:
    scope = Scope(contract, ir.PerPerson(of.name))
    if of.comparison_of is not None:
        return comparison(of, scope)
    said = [*joining(of, scope)]
    said += called(of.name, of.plural)
    if of.once:
        said.append(Point("Each joins once only: a later record of that kind does not count as joining again."))
    else:
        apart = values.length_of(of.again_months, of.again_days)
        said.append(Point(f"Each may join again {apart} or more after last joining, as a new {of.name}."))
    if of.selected_by:
        said.append(Point(f"Those who join are selected by {of.selected_by}."))
    if of.most is not None:
        said.append(Point(f"No more than {of.most:,} may join, counted in the order of joining."))
    if of.tests:
        said.append(Point(f"Only those{selections.tested(of.tests, scope)} count."))
    said += [*method(of), *spelt(of.logged)]
    return Clause(of.name, scope.points(*said), of.origin.clause)


def joining(of: ir.Population, scope: Scope) -> list[Point]:
    ways = tuple(way(each, scope) for each in of.ways)
    if not ways:
        return [Point(f"Everybody of whom there is a record is {one(of.name)}, and joins on the day of the first.")]
    whoever = values.capital(one(of.name))
    if len(ways) == 1:
        return [Point(f"{whoever} joins on the day of {ways[0]}. That is the day of joining.")]
    lead = f"{whoever} joins on the earliest of these days, which is the day of joining"
    return [listing(lead, (Point(f"the day of {each}") for each in ways))]


def way(of: ir.Way, scope: Scope) -> str:
    thing = selections.single(of.select, scope)
    return f"the first {thing}" if of.first else one(thing)


def method(of: ir.Population) -> list[Point]:
    said = []
    if of.method:
        said.append(Point(f"They are found by {of.method}."))
    if of.chosen_by:
        said.append(Point(f"They are chosen by {of.chosen_by}."))
    return said


def comparison(of: ir.Population, scope: Scope) -> Clause:
    said = [Point(f"{of.name} means those with whom each {of.comparison_of} is compared.")]
    said.append(Point("They do not take part, and nothing is paid for them."))
    if of.ways:
        first = ", whichever comes first" if len(of.ways) > 1 else ""
        ways = values.listed((way(each, scope) for each in of.ways), "or")
        said.append(Point(f"Each of them is counted from {ways}{first}."))
    said += called(of.name, of.plural)
    if of.tests:
        said.append(Point(f"Only those{selections.tested(of.tests, scope)} are counted."))
    if of.once:
        said.append(Point("Each of them is counted once."))
    if of.again_months or of.again_days:
        apart = values.length_of(of.again_months, of.again_days)
        said.append(Point(f"Each may be counted again {apart} later."))
    if of.selected_by:
        said.append(Point(f"They are selected by {of.selected_by}."))
    if of.most is not None:
        said.append(Point(f"There are no more than {of.most:,} of them."))
    return Clause(of.name, scope.points(*said, *method(of), *spelt(of.logged)), of.origin.clause)


def member(of: ir.Member, contract: ir.Contract) -> Clause:
    scope = Scope(contract, ir.PerRow(of.event))
    which = selections.tested(of.tests, scope)
    said = [
        Point(f"Each {of.name} belongs to {one(of.of)}."),
        Point(f"A record of {of.event}{which} introduces one, by the name that it gives as {of.attribute}."),
        Point(f"Records of the same name introduce the same {of.name}."),
        *called(of.name, of.plural),
    ]
    return Clause(of.name, scope.points(*said), of.origin.clause)


def partition(of: ir.Partition, contract: ir.Contract) -> Clause:
    scope = Scope(contract, ir.PerPerson(of.of))
    said = [Point(f"Each {of.of} belongs to one {of.word}, {classified(of, scope)}. That is fixed at joining.")]
    which = f"The {of.word}s are" if len(of.rows) > 1 else f"The only {of.word} is"
    said.append(running(which, tuple(row(each, contract) for each in of.rows)))
    if of.set_by:
        said.append(Point(f"The {of.word} is decided by {values.listed(of.set_by, 'or')}."))
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
    """The other number of a Term, where it is not the one that anybody expects."""
    return [] if plural in ("", other_number(name)) else [Point(f"The Term is also written {plural}.")]


def share(of: Fraction) -> str:
    return f"{count(of * 100)}%"


def observed_until(day: ir.Anchor | None, scope: Scope) -> list[Point]:
    return [] if day is None else [Point(f"It is observed until {days.anchor(day, scope)}, and not beyond.")]
