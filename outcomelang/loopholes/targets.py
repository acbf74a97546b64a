"""What results are held against: targets and baselines, and when they were measured."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.calendar import LAST_DAY
from outcomelang.core.fixed_values import fixed_value, greatest_value
from outcomelang.histories.whom import fixed
from outcomelang.loopholes.study import Study
from outcomelang.tree import nodes

Days = tuple[int, int]
"""The first and the last day, as ordinals."""


@frozen
class Target:
    """`result` is held against `base`, in what decides over a payment. `name` of the definition, if there is one."""

    flow: ir.Flow
    name: str
    origin: ir.Origin
    base: ir.Quantity
    result: ir.Quantity


def targets(study: Study, flow: ir.Flow) -> Iterator[Target]:
    """What stands on the other side of every difference and comparison of a number of many."""
    for node in study.rests_on(study.earned_by(flow)):
        match node:
            case ir.Excess(one, other) | ir.ChangeOf(one, other):
                yield from _target(study, flow, one, other)
            case ir.Compares(one, _, other) if not _is_written(study, (one, other)):
                yield from _target(study, flow, one, other)
            case ir.Compares(one, _, ir.Arith("+" | "-", ir.Read() as base)):
                yield from _target(study, flow, one, base)
            case _:
                continue


def _target(study: Study, flow: ir.Flow, one: ir.Quantity, other: ir.Quantity) -> Iterator[Target]:
    if any(_is_of_one(study, part) for part in (one, other)):
        return
    for base, result in ((one, other), (other, one)):
        if _is_measured(study, result) and (not _is_measured(study, base) or _is_earlier(study, base, result)):
            name, origin = _named(study, base, flow)
            yield Target(flow, name, origin, base, result)
            return
    for base, result in ((one, other), (other, one)):
        if assumed_share(study, base):
            name, origin = _named(study, base, flow)
            yield Target(flow, name, origin, base, result)
            return


def _is_written(study: Study, parts: tuple[ir.Quantity, ...]) -> bool:
    return any(not _is_measured(study, part) for part in parts)


def _is_measured(study: Study, of: object) -> bool:
    return any(
        isinstance(node, ir.Counted | ir.Summed | ir.DaysIn | ir.Observed | ir.Attribute) for node in study.rests_on(of)
    )


def _is_of_one(study: Study, node: ir.Quantity) -> bool:
    """Whether it is measured of one person."""
    personal = ir.PerPerson | ir.PerMember | ir.PerRow
    if isinstance(node, ir.Read):
        return isinstance(study.names.measures[node.measure].subject, personal) and _is_measured(study, node)
    return isinstance(node, ir.Attribute) or any(
        _is_of_one(study, each) for each in nodes(node) if each is not node and isinstance(each, ir.Read | ir.Attribute)
    )


def _named(study: Study, base: ir.Quantity, flow: ir.Flow) -> tuple[str, ir.Origin]:
    if isinstance(base, ir.Read):
        return base.measure, study.names.measures[base.measure].origin
    return flow.name, flow.origin


def assumed_share(study: Study, node: ir.Quantity) -> bool:
    """Whether a number is a written share of what is counted in the same time."""
    while isinstance(node, ir.Read):
        node = study.names.measures[node.measure].quantity
    if not isinstance(node, ir.Arith) or node.op != "*":
        return False
    sides = ((node.left, node.right), (node.right, node.left))
    return any(greatest_value(study.names, part) is not None and _is_measured(study, of) for part, of in sides)


# ---------------------------------------------------------------- when


def measured_on(study: Study, of: ir.Quantity) -> Iterator[tuple[object, Days | None]]:
    """What is counted in a quantity, and on which days where they are written."""
    for node in study.rests_on(of):
        match node:
            case ir.Counted(select) | ir.Summed(_, select) if not isinstance(select.of, ir.People):
                yield select.of, _days(select.window)
            case ir.DaysIn(state, window):
                yield state, _days(window)
            case _:
                continue


def _days(window: ir.Window | None) -> Days | None:
    if window is None:
        return None
    first, last = window.first, window.last
    if first is not None and isinstance(first.anchor, ir.SamePeriod):
        year = first.anchor.year
        return year.toordinal(), date(year.year + 1, year.month, min(year.day, 28)).toordinal() - 1
    one, other = fixed(first), fixed(last)
    return None if one is None else (one, LAST_DAY if other is None else other)


def written_days(study: Study, of: ir.Quantity) -> Days | None:
    """The days on which all of a quantity is measured, where they are written."""
    found = [days for _, days in measured_on(study, of)]
    if not found or any(days is None for days in found):
        return None
    known = [days for days in found if days is not None]
    return min(first for first, _ in known), max(last for _, last in known)


def _is_earlier(study: Study, base: ir.Quantity, result: ir.Quantity) -> bool:
    """Whether the base is measured on written days, and the result on others or later ones."""
    days, later = written_days(study, base), written_days(study, result)
    return days is not None and (later is None or days[1] < later[0])


def written(study: Study, base: ir.Quantity) -> bool:
    """Whether nothing that happens changes a base, and no period has one of its own."""
    return fixed_value(study.names, base, {}) is not None
