"""What several readings of a contract take differently: the payments and the limits on which it may tell."""

from __future__ import annotations

from collections.abc import Iterator

from outcomelang.core import ir
from outcomelang.core.declared import declared, events_in, rests_on
from outcomelang.tree import Tree

Limit = ir.CountLimit | ir.MoneyLimit


def flows_touched(readings: tuple[ir.Contract, ...]) -> list[ir.Flow]:
    """The payments of the first reading that rest on what is read differently; all, where that cannot be told."""
    contract = readings[0]
    names = declared(contract)
    changed = {id(node) for node in _changed(readings)}
    people = any(id(each) in changed for each in contract.populations)
    bounded = {name for limit in limits_touched(readings) for name in limit.flows or [f.name for f in contract.flows]}

    def is_touched(flow: ir.Flow) -> bool:
        if people or flow.name in bounded or id(flow) in changed:
            return True
        if any(id(part) in changed for part in rests_on(names, flow)):
            return True
        return any(id(event) in changed for event in events_in(names, flow))

    return [flow for flow in contract.flows if is_touched(flow)] or list(contract.flows)


def limits_touched(readings: tuple[ir.Contract, ...]) -> list[Limit]:
    """The limits of the first reading that another has otherwise, or in another place."""
    first, *others = (reading.stages for reading in readings)
    return [
        stage
        for place, stage in enumerate(first)
        if isinstance(stage, Limit) and any(place >= len(other) or other[place] != stage for other in others)
    ]


def _changed(readings: tuple[ir.Contract, ...]) -> Iterator[Tree]:
    """What is declared in the first reading, and otherwise (or not) in another."""
    for field in (
        "populations",
        "members",
        "partitions",
        "events",
        "states",
        "measures",
        "tables",
        "outcomes",
        "flows",
    ):
        for reading in readings[1:]:
            theirs = {each.name: each for each in getattr(reading, field)}
            yield from (each for each in getattr(readings[0], field) if theirs.get(each.name) != each)
