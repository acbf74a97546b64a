"""Written values: pounds to pence, and the checks that two written things can stand together."""

from __future__ import annotations

from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.from_surface.context import Elaboration
from outcomelang.core.from_surface.refs import number_words, rung_of
from outcomelang.core.from_surface.working_days import out_of_place
from outcomelang.core.types import Kind, same
from outcomelang.diagnostic import Remedy
from outcomelang.source import Span
from outcomelang.surface import ast

MINOR_UNITS = 100
"""Pence in a pound: every currency that the language knows has two digits."""


def literal_kind(literal: ast.Literal_ | ast.Date) -> Kind:
    """What a written value is."""
    return Kind.DATE if isinstance(literal, ast.Date) else rung_of(literal)[0]


def constant(e: Elaboration, literal: ast.Literal_ | ast.Date | ast.Text) -> ir.Const:
    """A written value in the core's units."""
    at = e.at(literal.span)
    match literal:
        case ast.Money():
            return ir.Const(minor(e, literal), ir.Unit.MONEY, origin=at)
        case ast.Number(value):
            return ir.Const(value, ir.Unit.NUMBER, origin=at)
        case ast.Percent(value) | ast.Points(value):
            return ir.Const(value, ir.Unit.PERCENTAGE, origin=at)
        case ast.Duration():
            return _duration(e, literal)
        case ast.Date(day):
            return ir.Const(day, ir.Unit.DATE, origin=at)
        case ast.Text(value):
            return ir.Const(value, ir.Unit.LABEL, origin=at)


def _duration(e: Elaboration, literal: ast.Duration) -> ir.Const:
    if literal.working:
        out_of_place(e, literal)
    kind, value = rung_of(literal)
    unit = ir.Unit.DAYS if kind is Kind.DAYS else ir.Unit.MONTHS
    if value.denominator != 1:
        e.say(
            "part-of-a-day",
            literal.span,
            f"Nobody can say on which day {number_words(literal.count)} {literal.unit}s end.",
            label="a whole number is needed",
            remedies=(Remedy("write the length in whole days, weeks or months"),),
        )
    return ir.Const(value, unit, origin=e.at(literal.span))


def minor(e: Elaboration, money: ast.Money) -> Fraction:
    """An amount in minor units; another currency than the contract's is reported."""
    if e.currency and money.currency != e.currency:
        e.say(
            "other-currency",
            money.span,
            f"This amount is in {money.currency}, and the contract pays in {e.currency}: no rate of exchange is known.",
            label=f"not {e.currency}",
            remedies=(Remedy(f"write the amount in {e.currency}"), Remedy(f"currency {money.currency}")),
        )
    return money.amount * MINOR_UNITS


def whole_minor(e: Elaboration, money: ast.Money) -> int:
    """An amount that is whole pence; reported if it is not."""
    pence = minor(e, money)
    if pence.denominator != 1:
        e.say(
            "fraction-of-a-penny",
            money.span,
            "Only whole pence are ever paid, so this amount can be neither reached nor expected.",
            label="a fraction of a penny",
        )
    return int(pence)


def must_share(e: Elaboration, one: Kind | None, other: Kind | None, span: Span, name: str) -> bool:
    """Report two values that do not compare; holes say nothing."""
    if one is None or other is None or same(one, other) is not None:
        return True
    e.say(
        "unlike-quantities",
        span,
        f"“{name}” is {other} and is compared with {one}, so there is no answer.",
        label=f"{other}, not {one}",
    )
    return False
