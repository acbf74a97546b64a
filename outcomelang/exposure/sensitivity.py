"""What is due at each rate of success: the formulas of a contract along one line from nobody to everybody.

So many take part, and of those for whom an outcome could be achieved the same share achieves it, whatever outcome it
is. Where a payment has several prices, they are spread evenly over these; where there is a limit for each period or
person, evenly over the periods or people. What that does not say must be given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.calendar import shift
from outcomelang.core.declared import declared
from outcomelang.exposure.numbers import people
from outcomelang.exposure.symbolic import Binding, Symbolic
from outcomelang.formula.evaluating import Key, Values, value
from outcomelang.formula.expression import refs
from outcomelang.formula.marginal import unindexed
from outcomelang.formula.symbols import (
    AttributeOf,
    ByLimit,
    BySubject,
    FactorOf,
    Index,
    Symbol,
    UnitsOf,
    WhetherGiven,
    WhetherHolds,
)

STEPS = 10
USUAL = Fraction(100)
"""People, where neither the contract nor its reader says how many."""


@frozen
class Point:
    """At one rate of success: what is due, and which limits bind."""

    rate: Fraction
    due: Fraction
    binding: tuple[Binding, ...]


@frozen
class Sensitivity:
    """`points` from a rate of nothing to one, `people` so many; empty where `missing` symbols have no value."""

    people: Fraction
    points: tuple[Point, ...]
    missing: tuple[Symbol, ...]


def number_of_people(contract: ir.Contract) -> Fraction:
    """How many may join in all; as many as is usual where nothing says it."""
    names = declared(contract)
    most = [people(names, each.name) for each in contract.populations if each.comparison_of is None]
    known = [each for each in most if each is not None]
    return sum(known, Fraction(0)) if known and len(known) == len(most) else USUAL


def sensitivity(
    of: Symbolic, people: Fraction | None = None, given: Mapping[str, Fraction] | None = None, steps: int = STEPS
) -> Sensitivity:
    """Along `steps` equal steps of the rate; `given` are values of symbols by name."""
    many = number_of_people(of.contract) if people is None else people
    along = _Line(of, many, given or {})
    missing = tuple(each for each in along.symbols if along.at(each, Fraction(1)) is None)
    points = () if missing else tuple(along.point(Fraction(step, steps)) for step in range(steps + 1))
    return Sensitivity(many, points, missing)


class _Line:
    """The values of all symbols at a rate."""

    def __init__(self, of: Symbolic, people: Fraction, given: Mapping[str, Fraction]) -> None:
        self.of, self.people, self.given = of, people, given
        names = {name for each in (of.whole, of.idle) for name in (ref.symbol for ref in refs(each))}
        self.symbols = tuple(each for each in of.formulas.symbols if each.name in names)
        self.indices = {index.name: _keys(of.contract, index, people) for index in of.formulas.indices}
        self.rising = {each.name for each in of.outcomes}
        self.prices = Counter(_flow(each) for each in self.symbols if _flow(each) is not None)

    def at(self, symbol: Symbol, rate: Fraction) -> Fraction | None:
        """In all: of a symbol with an index, over all its instances. None where nothing says it."""
        if symbol.name in self.given:
            return self.given[symbol.name]
        match symbol.source:
            case UnitsOf(flow):
                many = _number(self.of.contract, self.of.contract.flows[flow], self.people)
                if many is None or symbol.signed:
                    return None
                spread = many / self.prices[flow]
                return spread * rate if symbol.name in self.rising else spread
            case WhetherGiven() | WhetherHolds() | FactorOf():
                return Fraction(1)
            case _:
                return None

    def values(self, rate: Fraction) -> Values:
        single: dict[str, Fraction] = {}
        many: dict[str, dict[Key, Fraction]] = {}
        for each in self.symbols:
            found = self.at(each, rate)
            assert found is not None
            if each.index:
                keys = self.indices[each.index]
                shared = found / len(keys) if isinstance(each.source, UnitsOf) else found
                many[each.name] = dict.fromkeys(keys, shared)
            else:
                single[each.name] = found
        return Values(single, many, self.indices)

    def point(self, rate: Fraction) -> Point:
        values = self.values(rate)
        return Point(
            rate, value(self.of.whole, values), tuple(each for each in self.of.limits if self._binds(each, values))
        )

    def _binds(self, limit: Binding, values: Values) -> bool:
        """Of a limit for each period or person: all have the same, so any of them tells."""
        one = {name: dict(list(by.items())[:1]) for name, by in values.many.items()}
        flat = {**values.single, **{name: next(iter(by.values()), Fraction(0)) for name, by in one.items()}}
        here = Values(flat, values.many, values.keys)
        return value(unindexed(limit.reached), here) > value(unindexed(limit.room), here)


def _flow(symbol: Symbol) -> int | None:
    return symbol.source.flow if isinstance(symbol.source, UnitsOf | AttributeOf) else None


def _number(contract: ir.Contract, flow: ir.Flow, people: Fraction) -> Fraction | None:
    """How many units there can be of a payment: one for each of the people, or as often as its subject exists."""
    match flow.driver, flow.subject:
        case ((ir.EachAchievement() | ir.OneEach() | ir.EachRow()), (ir.PerPerson() | ir.PerRow() | ir.PerMember())):
            return people
        case ir.OneEach(), _ if flow.gate is not None:
            return None
        case ir.OneEach(), ir.Whole():
            return Fraction(1)
        case ir.OneEach(), ir.PerGroup(partition):
            return Fraction(next(len(each.rows) for each in contract.partitions if each.name == partition))
        case ir.OneEach(), ir.PerPeriod(calendar, ir.Whole()):
            return Fraction(_periods(contract, calendar))
        case _:
            return None


def _keys(contract: ir.Contract, index: Index, people: Fraction) -> tuple[Key, ...]:
    """As many instances as there are periods in the term, or people; one where neither says it."""
    match index.axis:
        case ByLimit(None | ir.Whole(), str(calendar), _) | BySubject(_, ir.PerPeriod(calendar)):
            return tuple((number,) for number in range(_periods(contract, calendar)))
        case ByLimit(ir.PerPerson(), None, _):
            return tuple((number,) for number in range(max(int(people), 1)))
        case _:
            return ((0,),)


def _periods(contract: ir.Contract, name: str) -> int:
    """How many periods of a calendar begin within it, or within the term."""
    calendar = next(each for each in contract.calendars if each.name == name)
    last = calendar.last or contract.last_day
    if last is None:
        return 1
    first, number = calendar.first.toordinal(), 0
    while shift(first, calendar.months * number, calendar.days * number) <= last.toordinal():
        number += 1
    return max(number, 1)
