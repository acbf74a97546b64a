"""Written values of a query: days, whole numbers, texts."""

from __future__ import annotations

from datetime import date

from sqlglot import exp

from outcomelang.relational.nodes import Widened
from outcomelang.relational.trees import cast

E = exp.Expr
SMALL = 1_000
"""Three of these multiplied, or two million added up, fit into 31 bits."""


def day(value: date) -> E:
    """A written day."""
    return cast(exp.Literal.string(value.isoformat()), "date")


def ordinal(value: int) -> E:
    """The day of an ordinal."""
    return day(date.fromordinal(value))


def whole(value: int) -> E:
    """A written whole number: beyond 63 bits it is wide. Engines give a bare one 32 bits, in which only products of
    small ones fit."""
    number = exp.Literal.number(value) if value >= 0 else exp.Neg(this=exp.Literal.number(-value))
    if abs(value) <= SMALL:
        return number
    text = exp.Literal.string(str(value))
    return cast(text, "bigint") if -(2**63) <= value < 2**63 else Widened(this=text)


def text(value: str) -> E:
    """A written text; quotes in it stay text."""
    return exp.Literal.string(value)


def flag(value: bool) -> E:
    return exp.Boolean(this=value)


NULL_DAY = cast(exp.null(), "date")
FIRST = day(date.min)
LAST = day(date.max)
"""“Ever”: the first and the last day of the calendar."""
