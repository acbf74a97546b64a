"""The columns of ROWS in which the values of attributes stand: one for each name and type, whatever event has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from attrs import frozen

from outcomelang.core import ir
from outcomelang.evaluation.log.vocabulary import group_events, member_of, own_label_groups
from outcomelang.relational.relations import ROWS, Column, Type, exact


@frozen
class Attribute:
    """What rows of some `events` carry under a name: NULL where it is not given.

    One column, or the two of an exact number. Money is in minor units, a percentage a part of one, a label as logged.
    """

    name: str
    unit: ir.Unit
    events: tuple[str, ...]
    columns: tuple[Column, ...]


def attribute_columns(contract: ir.Contract) -> tuple[Column, ...]:
    """Those that stand in ROWS after the fixed ones."""
    return tuple(column for attribute in attributes(contract) for column in attribute.columns)


def attribute_of(contract: ir.Contract, event: str, name: str) -> Attribute | None:
    """Where the values of an attribute of an event stand; None where the event has none of that name."""
    return next((each for each in attributes(contract) if each.name == name and event in each.events), None)


def attributes(contract: ir.Contract) -> tuple[Attribute, ...]:
    """Every attribute, in the order in which events declare them; then labels that rows carry for a group."""
    events: dict[tuple[str, ir.Unit], list[str]] = {}
    seen: set[tuple[str, str]] = set()
    for event, name, unit in _declared(contract):
        if (event, name) not in seen:
            seen.add((event, name))
            events.setdefault((name, unit), []).append(event)
    taken = {column.name for column in ROWS}
    return tuple(
        Attribute(name, unit, tuple(of), _columns(name, unit, number, taken))
        for number, ((name, unit), of) in enumerate(events.items(), 1)
    )


def _declared(contract: ir.Contract) -> Iterator[tuple[str, str, ir.Unit]]:
    """Event, attribute and unit; the first that an event has under a name is the one that is read."""
    for event in contract.events:
        for attribute in event.attributes:
            yield event.name, attribute.name, attribute.unit
    for group in own_label_groups(contract):
        for event in contract.events:
            if event.name in group_events(contract, group):
                yield event.name, group.name, ir.Unit.LABEL
    for event in contract.events:
        member = member_of(contract, event)
        if member is not None:
            yield event.name, member.attribute, ir.Unit.LABEL


def _columns(name: str, unit: ir.Unit, number: int, taken: set[str]) -> tuple[Column, ...]:
    """An engine takes no two columns whose names differ in case only: a name that is taken gets its number."""
    columns = _typed(name, unit)
    if any(column.name.lower() in taken for column in columns):
        columns = _typed(f"{name} {number}", unit)
    taken.update(column.name.lower() for column in columns)
    return columns


def _typed(name: str, unit: ir.Unit) -> tuple[Column, ...]:
    match unit:
        case ir.Unit.MONEY:
            return (Column(name, Type.WHOLE, nullable=True),)
        case ir.Unit.NUMBER | ir.Unit.DAYS | ir.Unit.MONTHS | ir.Unit.PERCENTAGE:
            return exact(name, nullable=True)
        case ir.Unit.DATE:
            return (Column(name, Type.DAY, nullable=True),)
        case ir.Unit.FLAG:
            return (Column(name, Type.FLAG, nullable=True),)
        case ir.Unit.LABEL:
            return (Column(name, Type.TEXT, nullable=True),)
        case _:
            assert_never(unit)
