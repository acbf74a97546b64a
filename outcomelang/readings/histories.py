"""Small histories on which readings of a contract are tried: the smallest first, and always the same ones.

Somebody joins; then one thing happens, or two, or the same again; a state lasts so long, and again after a break; two
members of a family each do a thing. Then several people, with the same life or with two; then other amounts on the
rows. Lengths come from the contract. Every row is one that the contract's own log could hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import islice, product

from attrs import frozen

from outcomelang.core import ir
from outcomelang.readings.earned import work
from outcomelang.tree import nodes

MOST, WORK, FEW = 1000, 25_000, 12
"""Accounts that are computed on listed histories, and what may be spent on them (`work`): of a contract with many
clauses far fewer, because what many clauses ask for no list brings about. The readings share them."""
MOST_EVENTS, MOST_LENGTHS = 6, 6
"""Of how many events pairs are tried, and of how many lengths of a state."""
MONTH = 31
"""Days from one thing to the next: more than any month has, so that they never fall into one."""
CROWDS = (*range(2, 16), 20, 30, 50, 80)
FIRST_AMOUNT, AMOUNTS = 10_000, 20
"""Amounts of money on a row, in minor units, from £100 up."""


@frozen
class Happening:
    """An event so many days after somebody joined, perhaps to a member of theirs."""

    after: int
    event: str
    member: str | None = None
    amount: int | None = None
    """The money on the row, in minor units; without it, the first amount that is tried."""


Life = tuple[Happening, ...]


@frozen
class Listed:
    """The lives of people of one population; each of them joins a day after the one before."""

    population: ir.Population
    lives: tuple[Life, ...]


def histories(readings: tuple[ir.Contract, ...]) -> Iterator[Listed]:
    """Histories in a fixed order, not too many. They are made for the first reading, with the lengths of all."""
    left = WORK if len(_clauses(readings[0])) > FEW else WORK * 16
    for history in islice(_all(readings), MOST // len(readings)):
        left -= work(readings[0], sum(map(len, history.lives))) * len(readings)
        if left < 0:
            return
        yield history


def _all(readings: tuple[ir.Contract, ...]) -> Iterator[Listed]:
    contract = readings[0]
    mine = [
        (who, _Lives(contract, who, measured(readings)))
        for who in contract.populations
        if who.ways and who.comparison_of is None
    ]
    for who, possible in mine:
        yield from (Listed(who, (life,)) for life in possible.alone())
    for who, possible in mine:
        yield from (Listed(who, lives) for lives in possible.with_amounts())
        yield from (Listed(who, lives) for lives in possible.together())


@frozen
class Measured:
    """What the clauses of some readings measure by: lengths of a state in days, and days."""

    lengths: tuple[int, ...]
    days: tuple[date, ...]


class _Lives:
    """The lives that one participant can have."""

    def __init__(self, contract: ir.Contract, population: ir.Population, measures: Measured) -> None:
        self.contract, self.population, self.measures = contract, population, measures
        self.joining = joining_event(population)
        listing = {member.event for member in contract.members}
        self.members = {member.name: member for member in contract.members if member.of == population.name}
        theirs = (None, population.name, *self.members)
        self.events = [
            event
            for event in contract.events
            if event.name not in (self.joining, *listing) and event.kind != "figure" and event.of in theirs
        ]
        self.joined = Happening(0, self.joining)

    def alone(self) -> Iterator[Life]:
        own = [event.name for event in self.events if event.of not in self.members]
        few = own[:MOST_EVENTS]
        yield (self.joined,)
        yield from ((self.joined, Happening(MONTH, event)) for event in own)
        yield (self.joined, Happening(13 * MONTH, self.joining))
        yield from self._dated(few)
        yield from self._states()
        yield from self._families()
        for one, other in product(few, few):
            yield (self.joined, Happening(MONTH, one), Happening(2 * MONTH, other))
            yield (
                self.joined,
                Happening(MONTH, one),
                Happening(13 * MONTH, self.joining),
                Happening(14 * MONTH, other),
            )
        for one, other in product(few, few):
            yield (self.joined, Happening(MONTH, one), Happening(9 * MONTH, one), Happening(10 * MONTH, other))
        yield self.everything()

    def everything(self) -> Life:
        """Each thing once, in the order in which the contract declares them."""
        known = [Happening(0, self.members[name].event, "Kim") for name in self.members]
        later = [
            Happening(MONTH * place, event.name, "Kim" if event.of in self.members else None)
            for place, event in enumerate(self.events, 1)
        ]
        return (self.joined, *known, *later)

    def _states(self) -> Iterator[Life]:
        """A state that lasts so long: at one go, in two parts, and twice."""
        spells = [state.days for state in self.contract.states if isinstance(state.days, ir.Spells)]
        for spell, length in product(spells, self.measures.lengths):
            half = (length + 1) // 2
            yield (self.joined, *self._stretches(spell, (length,)))
            yield (self.joined, *self._stretches(spell, (half, half)))
            yield (self.joined, *self._stretches(spell, (length, length)))

    def _dated(self, events: list[str]) -> Iterator[Life]:
        """Something on each day that a clause names."""
        first = first_joining(self.contract, self.population)
        for day, event in product(self.measures.days, events):
            if day > first:
                yield (self.joined, Happening((day - first).days, event))

    def _stretches(self, spell: ir.Spells, parts: tuple[int, ...]) -> Iterator[Happening]:
        at = 1
        for days in parts:
            yield Happening(at, spell.begins)
            if spell.ends is not None:
                yield Happening(at + days, spell.ends)
            at += days + MONTH

    def _families(self) -> Iterator[Life]:
        for name, member in self.members.items():
            listed = tuple(Happening(0, member.event, who) for who in ("Kim", "Lee"))
            own = [event.name for event in self.events if event.of == name]
            for one, other in product(own, own):
                for who in ("Kim", "Lee"):
                    yield (self.joined, *listed, Happening(MONTH, one, "Kim"), Happening(2 * MONTH, other, who))

    def with_amounts(self) -> Iterator[tuple[Life, ...]]:
        """One amount of money after the other on the rows that carry one."""
        rich = [event.name for event in self.contract.events if any(a.unit is ir.Unit.MONEY for a in event.attributes)]
        lives = [(self.joined,), *((self.joined, Happening(MONTH, e)) for e in rich if e != self.joining)]
        for amount, crowd, life in product(range(FIRST_AMOUNT, FIRST_AMOUNT + AMOUNTS), (1, 2, 3), lives):
            if life[-1].event in rich and (amount > FIRST_AMOUNT or crowd > 1):
                last = Happening(life[-1].after, life[-1].event, amount=amount)
                yield ((*life[:-1], last),) * crowd

    def together(self) -> Iterator[tuple[Life, ...]]:
        """Several people with one life, then so many of them with it and the others without."""
        plain = [event.name for event in self.events if event.of not in self.members]
        lives = [
            (self.joined,),
            *((self.joined, Happening(MONTH, event)) for event in plain[:MOST_EVENTS]),
            self.everything(),
        ]
        for crowd, life in product(CROWDS, lives):
            yield (life,) * crowd
            for some in range(1, crowd if crowd <= 20 and len(life) == 2 else 1):
                yield (life,) * some + ((self.joined,),) * (crowd - some)


def joining_event(population: ir.Population) -> str:
    """The event by which somebody joins: the first way in."""
    of = population.ways[0].select.of
    assert isinstance(of, ir.Rows)
    return of.event


def measured(readings: tuple[ir.Contract, ...]) -> Measured:
    """Every length that a state must reach, a month as its longest, and every day that bounds a window."""
    lengths, days = set[int](), set[date]()
    for node in (node for reading in readings for part in _clauses(reading) for node in nodes(part)):
        if isinstance(node, ir.Fixed):
            days.add(node.day)
        elif isinstance(node, ir.Reaches) and isinstance(node.target, ir.Const):
            value, months = node.target.value, node.target.unit is ir.Unit.MONTHS
            if isinstance(value, Fraction) and value >= 1:
                lengths.add(int(value) * (MONTH if months else 1))
    return Measured(tuple(sorted(lengths)[:MOST_LENGTHS]), tuple(sorted(days)[:MOST_LENGTHS]))


def _clauses(contract: ir.Contract) -> tuple[ir.Node, ...]:
    return (*contract.outcomes, *contract.flows, *contract.measures, *contract.stages)


def first_joining(contract: ir.Contract, population: ir.Population) -> date:
    """The first day on which somebody can join."""
    day = contract.first_day or date(2000, 1, 1)
    window = population.ways[0].select.window
    if window is not None and window.first is not None and isinstance(window.first.anchor, ir.Fixed):
        day = max(day, window.first.anchor.day + timedelta(window.first.days))
    return day
