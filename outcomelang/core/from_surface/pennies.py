"""Fractions of a penny that arise between payments: at the margin of a tier, and in the parts of a division."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.from_surface.context import Elaboration
from outcomelang.core.from_surface.rounding import Fractional, common, counted_in, grain, instalments, span_of


def fractions(
    e: Elaboration,
    flows: tuple[ir.Flow, ...],
    tiers: Iterable[ir.Stage],
    divisions: Iterable[ir.Stage],
    limits: list[ir.MoneyLimit],
) -> list[Fractional]:
    """Where a tier or a division can leave a part of a penny, and why."""
    steps = {flow.name: _paid(e, flow) for flow in flows}
    found: list[Fractional] = []
    for stage in tiers:
        if isinstance(stage, ir.Tier) and not _past_tier(e, stage, flows, steps):
            found.append(_place(stage.origin, "the amount at the margin is split"))
    for stage in divisions:
        if isinstance(stage, ir.Division):
            own = [flow for flow in flows if stage.flow in (flow.name, flow.card)]
            odd = next((part for flow in own for part in _odd_parts(e, stage, flow, steps[flow.name], limits)), None)
            if odd is not None:
                found.append(_place(odd.origin, "a part of an amount need not be whole pence"))
    return found


def _place(at: ir.Origin, why: str) -> Fractional:
    return Fractional(span_of(at), at.clause, why)


def _paid(e: Elaboration, flow: ir.Flow) -> Fraction | None:
    """The grain of what one unit of a flow comes to."""
    amount, counted = grain(e, flow.amount), counted_in(e, flow)
    return amount * counted / instalments(flow) if amount is not None and counted is not None else None


def _past_tier(e: Elaboration, stage: ir.Tier, flows: tuple[ir.Flow, ...], steps: dict[str, Fraction | None]) -> bool:
    """Whether what is due past the threshold is whole pence; the grains in `steps` are then those past it."""
    table = e.finished_tables[stage.table]
    assert table.until_paid is not None
    before, after = (_number(value) for value in (table.rows[0].value, table.until_paid.after))
    reading = [flow for flow in flows if flow.name in stage.flows]
    if not before or not reading:
        return True
    step: Fraction | None = Fraction(table.until_paid.threshold)
    for flow in reading:
        own = steps[flow.name] if _proportional(e, flow.amount, stage.table) else None
        step = common(step, own) if step is not None and own is not None else None
    past = common(step, step * after / before) if step is not None else None
    steps.update({flow.name: past for flow in reading})
    return past is not None and past.denominator == 1


def _number(value: ir.Const | None) -> Fraction:
    return value.value if value is not None and isinstance(value.value, Fraction) else Fraction(0)


def _proportional(e: Elaboration, amount: ir.Quantity, table: str) -> bool:
    """Whether an amount is the table's value times something."""
    match amount:
        case ir.Lookup(table=name):
            return name == table
        case ir.Arith(op="*", left=left, right=right):
            return _proportional(e, left, table) or _proportional(e, right, table)
        case ir.Arith(op="/", left=left):
            return _proportional(e, left, table)
        case ir.Read(measure=name):
            return name in e.measures and _proportional(e, e.measures[name][0].quantity, table)
        case _:
            return False


def _odd_parts(
    e: Elaboration, stage: ir.Division, flow: ir.Flow, step: Fraction | None, limits: list[ir.MoneyLimit]
) -> Iterator[ir.Part]:
    """The parts that need not be whole pence."""
    counted = counted_in(e, flow)
    for limit in limits:
        most = grain(e, limit.most)
        if not limit.flows or flow.name in limit.flows:
            step = common(step, most) if step is not None and most is not None else None
    for part in stage.parts:
        each = part.each * counted / instalments(flow) if part.each is not None and counted is not None else None
        got = each if part.each is not None else step * (part.share or 0) if step is not None else None
        if got is None or got.denominator != 1:
            yield part
