"""Trees of a plan as Spark reads them."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.dialects.spark import Spark
from sqlglot.generators.spark import SparkGenerator

from outcomelang.relational.nodes import (
    AddDays,
    AddMonths,
    CommonDivisor,
    DaysBetween,
    Element,
    Field,
    FirstOf,
    Impossible,
    Known,
    Part,
    Position,
    Quotient,
    Upto,
    Widened,
    WideQuotient,
)
from outcomelang.relational.trees import Select, as_int, cast, int_div

FAR = cast(exp.Literal.string(str(2**30)), "bigint")
"""Days: beyond either end of the calendar from wherever one begins."""

STEPS = 190
"""Of Euclid's: two numbers of 38 digits take no more."""


def _narrow_div(a: exp.Expr, b: exp.Expr) -> exp.Expr:
    """`DIV` of Spark gives 63 bits whatever it is given, and what does not fit comes out as another number: a cast says
    so instead."""
    return int_div(cast(a, "bigint"), cast(b, "bigint"))


def _wide_div(a: exp.Expr, b: exp.Expr) -> exp.Expr:
    """Without `DIV`: what is left is taken away before, so nothing stands behind the point."""
    over, by = Widened(this=a), Widened(this=b)
    fits = exp.Sub(this=over, expression=exp.Mod(this=over, expression=by))
    return Widened(this=exp.Div(this=exp.Paren(this=fits), expression=by))


def _below_nothing(number: exp.Expr) -> exp.Expr:
    """Spark rounds to 34 digits what it negates, or makes positive; what it takes from nothing it does not."""
    if isinstance(number, exp.Literal):
        return exp.Neg(this=number)
    return exp.Paren(this=exp.Sub(this=exp.Literal.number(0), expression=exp.Paren(this=number)))


def _days_on(number: exp.Expr) -> exp.Expr:
    """Where Spark is to go further than its days have numbers for, it comes round to the other end and says nothing."""
    if isinstance(number, exp.Literal | exp.Neg):
        return number
    back = exp.Sub(this=exp.Literal.number(0), expression=FAR)
    return exp.Greatest(this=exp.Least(this=number, expressions=[FAR]), expressions=[back])


def _pair(a: str, b: str) -> str:
    return f"NAMED_STRUCT('a', CAST({a} AS DECIMAL(38, 0)), 'b', CAST({b} AS DECIMAL(38, 0)))"


class PlanSpark(Spark):
    """Spark in ANSI mode, with the primitives of plans."""

    class Generator(SparkGenerator):
        TRANSFORMS = {  # noqa: RUF012
            **SparkGenerator.TRANSFORMS,
            Select: SparkGenerator.TRANSFORMS[exp.Select],
            AddDays: lambda self, e: self.func("DATE_ADD", e.this, as_int(_days_on(e.expression))),
            AddMonths: lambda self, e: self.func("ADD_MONTHS", e.this, as_int(e.expression)),
            DaysBetween: lambda self, e: f"CAST({self.func('DATEDIFF', e.expression, e.this)} AS BIGINT)",
            Widened: lambda self, e: f"CAST({self.sql(e.this)} AS DECIMAL(38, 0))",
            exp.Neg: lambda self, e: (
                self.neg_sql(e) if isinstance(e.this, exp.Literal) else self.sql(_below_nothing(e.this))
            ),
            exp.Abs: lambda self, e: self.func("GREATEST", e.this, _below_nothing(e.this)),
            Quotient: lambda self, e: self.sql(_narrow_div(e.this, e.expression)),
            WideQuotient: lambda self, e: self.sql(_wide_div(e.this, e.expression)),
            Field: lambda self, e: f"{self.sql(exp.Paren(this=e.this))}.{self.sql(e.expression)}",
            CommonDivisor: lambda self, e: (
                f"AGGREGATE(SEQUENCE(1, {STEPS}), {_pair(self.sql(e.this), self.sql(e.expression))}, "
                f"(pair, step) -> IF(pair.b = 0, pair, {_pair('pair.b', 'pair.a % pair.b')}), "
                "pair -> GREATEST(pair.a, 1))"
            ),
            Impossible: lambda self, e: f"CAST({self.func('RAISE_ERROR', e.this)} AS BIGINT)",
            Upto: lambda self, e: (
                f"EXPLODE(FILTER(SEQUENCE(1, GREATEST(1, {self.sql(e.this)})), each -> each <= {self.sql(e.this)}))"
            ),
            Element: lambda self, e: self.func("TRY_ELEMENT_AT", e.this, as_int(e.expression)),
            FirstOf: lambda self, e: self.func("SLICE", e.this, exp.Literal.number(1), as_int(e.expression)),
            Position: lambda self, e: self.func("ARRAY_POSITION", e.this, e.expression),
            Part: lambda self, e: f"TRANSFORM({self.sql(e.this)}, each -> each.{self.sql(e.expression)})",
            Known: lambda self, e: self.func("ARRAY_COMPACT", e.this),
        }
