"""Where in time a contract draws its lines, and the days just before, on and just after them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.calendar import shift
from outcomelang.core.declared import Declared
from outcomelang.core.fixed_values import constant, fixed_value
from outcomelang.core.units import unit_of
from outcomelang.histories.whom import fixed
from outcomelang.tree import nodes

_BESIDE = (-1, 0, 1)


@frozen
class Boundaries:
    """`steps` are lengths (months, days) that are counted from something that happened, `days` those written out."""

    steps: tuple[tuple[int, int], ...]
    days: tuple[int, ...]

    def near(self, anchors: Iterable[int], first: int, last: int) -> tuple[int, ...]:
        """The days about every line, counted from each of these days; none before `first` or after `last`."""
        lines = {*self.days, *(day for anchor in anchors for day in self._from(anchor))}
        return tuple(sorted({day + beside for day in lines for beside in _BESIDE if first <= day + beside <= last}))

    def _from(self, anchor: int) -> Iterator[int]:
        yield anchor
        yield from (shift(anchor, months, days) for months, days in self.steps)


def boundaries(d: Declared) -> Boundaries:
    """Every length and day by which the contract tells one day from the next."""
    k = d.contract
    steps: dict[tuple[int, int], None] = {}
    days: dict[int, None] = {}
    for node in nodes((k.outcomes, k.measures, k.flows, k.states, k.populations, k.partitions, k.stages)):
        match node:
            case ir.Edge():
                day = fixed(node)
                if day is not None:
                    days[day] = None
                else:
                    steps[node.months, node.days] = None
            case ir.Reaches(target=target):
                steps |= dict.fromkeys(_length(d, target))
                steps[node.span_months, node.span_days] = None
            case ir.Population(again_months=months, again_days=more):
                steps[months, more] = None
            case ir.Partition(classifier=ir.ByValue(attribute=None), rows=rows):
                days |= dict.fromkeys(_edges(rows))
            case _:
                continue
    written = (day.toordinal() for day in (k.first_day, k.last_day, k.last_claim) if day is not None)
    return Boundaries(tuple(step for step in steps if any(step)), tuple(sorted({*days, *written})))


def _length(d: Declared, target: ir.Quantity) -> Iterator[tuple[int, int]]:
    """A length that a state has to reach, as a step from its first day."""
    written = fixed_value(d, target, {})
    if written is not None and written == int(written):
        yield (int(written), 0) if unit_of(target) is ir.Unit.MONTHS else (0, int(written))


def _edges(rows: tuple[ir.PartitionRow, ...]) -> Iterator[int]:
    for row in rows:
        if row.bounds is not None:
            yield from (int(constant(each)) for each in (row.bounds.first, row.bounds.last) if each is not None)
