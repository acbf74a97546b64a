"""Where a fraction of a penny can arise: then, and only then, the contract must say how to round.

Every quantity has a grain: the largest amount of which its value is always a whole multiple. Constants, tables and
counts have one; a quotient of unknowns or a number from the log has none. £3,200 has a grain of 320,000 pence, 7.5% of
a count of pounds one of 7½ pence. A payment whose grain is a whole number of pence never needs rounding.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd
from typing import assert_never

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.from_surface.context import Elaboration
from outcomelang.core.from_surface.edits import clause_more
from outcomelang.diagnostic import Remedy
from outcomelang.source import Span

_ONE = Fraction(1)


def common(one: Fraction, other: Fraction) -> Fraction:
    """The largest amount of which both are whole multiples."""
    return Fraction(
        gcd(one.numerator * other.denominator, other.numerator * one.denominator), one.denominator * other.denominator
    )


def grain(e: Elaboration, of: ir.Quantity) -> Fraction | None:
    """The grain of a quantity; None where it has none, 0 where it is always nothing."""
    match of:
        case ir.Const(value):
            return abs(value) if isinstance(value, Fraction) else None
        case ir.ContractValue():
            return e.value or Fraction(0)
        case ir.Counted() | ir.DaysIn() | ir.Rounded():
            return _ONE
        case ir.Summed(_, _, unit) | ir.Attribute(_, unit):
            return _ONE if unit is ir.Unit.MONEY else None
        case ir.Observed(unit=unit, answered_by=people):
            return _ONE if unit is ir.Unit.MONEY and people is None else None
        case ir.Lookup(name):
            return _table_grain(e, name)
        case ir.Read(name):
            return _measure_grain(e, name)
        case ir.Arith():
            return _arith_grain(e, of)
        case ir.Excess(left, right):
            return _both(grain(e, left), grain(e, right))
        case ir.ChangeOf() | ir.Indexed():
            return None
        case _:
            assert_never(of)


def _measure_grain(e: Elaboration, name: str) -> Fraction | None:
    measure = e.measures.get(name)
    if measure is None:
        return _ONE
    if name not in e.grains:
        e.grains[name] = grain(e, measure[0].quantity)
    return e.grains[name]


def _both(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return common(one, other) if one is not None and other is not None else None


def _table_grain(e: Elaboration, name: str) -> Fraction | None:
    total: Fraction | None = Fraction(0)
    table = e.finished_tables.get(name)
    if table is None or table.straight_line:
        return _ONE if table is None else None
    for row in table.rows:
        value = row.value.value if row.value is not None else Fraction(0)
        total = _both(total, abs(value)) if isinstance(value, Fraction) else None
    return total


def _arith_grain(e: Elaboration, of: ir.Arith) -> Fraction | None:
    left, right = grain(e, of.left), grain(e, of.right)
    if of.op == "*":
        return left * right if left is not None and right is not None else None
    if of.op == "/":
        whole = of.right.value if isinstance(of.right, ir.Const) else None
        return left / abs(whole) if left is not None and isinstance(whole, Fraction) and whole else None
    return _both(left, right)


@frozen
class Fractional:
    """A place at which a fraction of a penny can arise, and why."""

    span: Span
    cite: str
    why: str


def whole_pence(e: Elaboration, flow: ir.Flow, joints: dict[str, ir.JointParty]) -> str | None:
    """Why a flow can come to a fraction of a penny; None where it cannot."""
    amount, counted = grain(e, flow.amount), counted_in(e, flow)
    if amount is None or amount.denominator != 1:
        return "the amount need not be whole pence"
    if counted is None or (amount * counted).denominator != 1:
        return "parts of a unit are paid in proportion"
    paid = amount * counted / instalments(flow)
    if paid.denominator != 1:
        return f"{instalments(flow)} equal instalments do not divide the amount"
    return _shared(paid, flow, joints)


def counted_in(e: Elaboration, flow: ir.Flow) -> Fraction | None:
    """The grain of the number of units: one, unless parts of a unit are paid."""
    if isinstance(flow.driver, ir.EachUnit) and flow.driver.parts == "proportion":
        step = grain(e, flow.driver.quantity)
        return step * flow.driver.scale if step is not None else None
    return _ONE


def instalments(flow: ir.Flow) -> int:
    """In how many parts one unit is paid."""
    return max(flow.instalments.number, 1) if flow.instalments is not None else 1


def _shared(paid: Fraction, flow: ir.Flow, joints: dict[str, ir.JointParty]) -> str | None:
    for party in (flow.payer, flow.payee):
        joint = joints.get(party.joint) if isinstance(party, ir.Jointly) else None
        if joint is None:
            continue
        for name, share in joint.shares:
            if (paid * share).denominator != 1 and name != joint.odd_units_to:
                return f"the share of {name} need not be whole pence"
    return None


def odd_pennies(
    e: Elaboration, flows: tuple[ir.Flow, ...], joints: tuple[ir.JointParty, ...], before: tuple[ir.Stage, ...]
) -> None:
    """Report joint parties whose shares, each rounded by itself, need not add up; `before` the shares come `before`."""
    unit = next((stage.to for stage in before if isinstance(stage, ir.RoundEach)), None)
    if unit is None:
        return
    for joint in joints:
        if joint.odd_units_to is not None:
            continue
        own = [flow for flow in flows if ir.Jointly(joint.name) in (flow.payer, flow.payee)]
        odd = [flow for flow in own if not _divides(_rounded_grain(e, flow, before, unit), joint, unit)]
        if odd:
            _odd_pennies_unsaid(e, joint, odd)


def _divides(step: Fraction, joint: ir.JointParty, unit: int) -> bool:
    return all((step * share / unit).denominator == 1 for _, share in joint.shares)


def _rounded_grain(e: Elaboration, flow: ir.Flow, before: tuple[ir.Stage, ...], unit: int) -> Fraction:
    """The grain of what is shared out: a limit or a set-off may leave a part of an amount."""
    amount, counted = grain(e, flow.amount), counted_in(e, flow)
    paid = amount * counted / instalments(flow) if amount is not None and counted is not None else None
    for stage in before:
        if isinstance(stage, ir.SetOff) and stage.flow == flow.name:
            paid = None
        if isinstance(stage, ir.MoneyLimit) and (not stage.flows or flow.name in stage.flows):
            paid = _both(paid, grain(e, stage.most)) if stage.order in _WHOLE_CUTS else None
    return paid if paid is not None and (paid / unit).denominator == 1 else Fraction(unit)


_WHOLE_CUTS = (ir.Order.EARLIEST, ir.Order.IN_ORDER)


def _odd_pennies_unsaid(e: Elaboration, joint: ir.JointParty, odd: list[ir.Flow]) -> None:
    e.cite = joint.origin.clause
    e.say(
        "odd-pennies-unsaid",
        span_of(joint.origin),
        f"The shares of {joint.name} can come to more or less than what is due: each of them is rounded.",
        label="and the odd penny?",
        related=tuple((span_of(flow.origin), f"{flow.name} is shared out") for flow in odd),
        remedies=tuple(Remedy(f"odd pennies to {name}", f"{name} pays what is left") for name, _ in joint.shares),
    )


def span_of(at: ir.Origin) -> Span:
    """The place in the text where a part of the core was written."""
    return Span(at.path, at.line, at.column, at.end_line, at.end_column)


_RULES = (
    ("each amount to the nearest penny, half up", "every amount is whole; the parts may not add up"),
    ("each amount to the nearest penny, half even", "likewise, and half a penny goes to the even one"),
    ("the total to the nearest penny, half up", "amounts stay exact; one entry closes the account"),
    ("the total to the nearest penny, half even", "likewise, and half a penny goes to the even one"),
)


def unstated(e: Elaboration, places: list[Fractional]) -> None:
    """Report that nothing says how to round: one mistake, however many payments it touches."""
    first = places[0]
    e.cite = first.cite
    e.say(
        "rounding-unstated",
        first.span,
        f"A fraction of a penny can become due here, and nothing says who keeps it: {first.why}.",
        label=first.why,
        related=tuple((place.span, place.why) for place in places[1:]),
        remedies=tuple(
            Remedy(f"rounding {words}", effect, clause_more(first.span, f"rounding {words}"))
            for words, effect in _RULES
        ),
    )
