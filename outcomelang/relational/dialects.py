"""The two dialects in which a tree is written, and the few nodes that each of them writes in its own way."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB
from sqlglot.dialects.spark import Spark
from sqlglot.generators.duckdb import DuckDBGenerator
from sqlglot.generators.spark import SparkGenerator


class AddDays(exp.Expression, exp.Func):
    """A day so many days later."""

    arg_types = {"this": True, "expression": True}  # noqa: RUF012  the form that SQLGlot asks for


class AddMonths(exp.Expression, exp.Func):
    """The corresponding date so many months later, as a date."""

    arg_types = {"this": True, "expression": True}  # noqa: RUF012


class DaysBetween(exp.Expression, exp.Func):
    """How many days later the second day is."""

    arg_types = {"this": True, "expression": True}  # noqa: RUF012


class Widened(exp.Expression, exp.Func):
    """The same whole number with room for 38 digits."""

    arg_types = {"this": True}  # noqa: RUF012


class Quotient(exp.Expression, exp.Func):
    """A whole number over another without what is left, for numbers that fit into 63 bits."""

    arg_types = {"this": True, "expression": True}  # noqa: RUF012


class WideQuotient(exp.Expression, exp.Func):
    """The same with room for 38 digits."""

    arg_types = {"this": True, "expression": True}  # noqa: RUF012


class Field(exp.Expression, exp.Func):
    """One named value of a structure."""

    arg_types = {"this": True, "expression": True}  # noqa: RUF012


class Part(exp.Expression, exp.Func):
    """A field of each structure in a list, as a list."""

    arg_types = {"this": True, "expression": True}  # noqa: RUF012


class Impossible(exp.Expression, exp.Func):
    """No number: whoever comes to it is told why, and nothing is made."""

    arg_types = {"this": True}  # noqa: RUF012


class CommonDivisor(exp.Expression, exp.Func):
    """The greatest whole number that divides two others; 1 of nothing and nothing."""

    arg_types = {"this": True, "expression": True}  # noqa: RUF012


class Upto(exp.Expression, exp.Func):
    """A row for each whole number from 1 up to this one, among the columns of a query."""

    arg_types = {"this": True}  # noqa: RUF012


class Element(exp.Expression, exp.Func):
    """The element of a list at a place, from 1."""

    arg_types = {"this": True, "expression": True}  # noqa: RUF012


class FirstOf(exp.Expression, exp.Func):
    """So many elements of a list, from its beginning."""

    arg_types = {"this": True, "expression": True}  # noqa: RUF012


class Position(exp.Expression, exp.Func):
    """The place of a value in a list, from 1."""

    arg_types = {"this": True, "expression": True}  # noqa: RUF012


class Known(exp.Expression, exp.Func):
    """The values of a list that are known, in its order."""

    arg_types = {"this": True}  # noqa: RUF012


def _as_int(number: exp.Expr) -> exp.Expr:
    """What is added to a day is a whole number of 32 bits on either engine."""
    return number.copy() if isinstance(number, exp.Literal | exp.Neg) else exp.cast(number, "int")


def _int_div(a: exp.Expr, b: exp.Expr) -> exp.Expr:
    return exp.IntDiv(this=exp.paren(a.copy()), expression=exp.paren(b.copy()))


def _narrow_div(a: exp.Expr, b: exp.Expr) -> exp.Expr:
    """`DIV` of Spark gives 63 bits whatever it is given, and what does not fit comes out as another number: a cast says
    so instead."""
    return _int_div(exp.cast(a.copy(), "bigint"), exp.cast(b.copy(), "bigint"))


def _wide_div(a: exp.Expr, b: exp.Expr) -> exp.Expr:
    """Without `DIV`: what is left is taken away before, so nothing stands behind the point."""
    over, by = Widened(this=a.copy()), Widened(this=b.copy())
    fits = exp.Sub(this=over, expression=exp.Mod(this=over.copy(), expression=by))
    return Widened(this=exp.Div(this=exp.paren(fits), expression=by.copy()))


def _below_nothing(number: exp.Expr) -> exp.Expr:
    """Spark rounds to 34 digits what it negates, or makes positive; what it takes from nothing it does not."""
    if isinstance(number, exp.Literal):
        return exp.Neg(this=number.copy())
    return exp.paren(exp.Sub(this=exp.Literal.number(0), expression=exp.paren(number.copy())))


class PlanDuckDB(DuckDB):
    """DuckDB, with the primitives of plans."""

    class Generator(DuckDBGenerator):
        TRANSFORMS = {  # noqa: RUF012
            **DuckDBGenerator.TRANSFORMS,
            AddDays: lambda self, e: self.sql(exp.paren(exp.Add(this=e.this.copy(), expression=_as_int(e.expression)))),
            AddMonths: lambda self, e: (
                f"CAST({self.sql(e.this)} + TO_MONTHS({self.sql(_as_int(e.expression))}) AS DATE)"
            ),
            DaysBetween: lambda self, e: self.func("DATE_DIFF", exp.Literal.string("day"), e.this, e.expression),
            Widened: lambda self, e: f"CAST({self.sql(e.this)} AS HUGEINT)",
            Quotient: lambda self, e: self.sql(_int_div(e.this, e.expression)),
            WideQuotient: lambda self, e: self.sql(_int_div(e.this, e.expression)),
            Field: lambda self, e: (
                f"STRUCT_EXTRACT({self.sql(e.this)}, {self.sql(exp.Literal.string(e.expression.name))})"
            ),
            CommonDivisor: lambda self, e: f"GREATEST({self.func('GCD', e.this, e.expression)}, 1)",
            Impossible: lambda self, e: f"CAST({self.func('ERROR', e.this)} AS BIGINT)",
            Upto: lambda self, e: f"UNNEST(RANGE(1, {self.sql(exp.paren(e.this))} + 1))",
            Element: lambda self, e: self.func("LIST_EXTRACT", e.this, e.expression),
            FirstOf: lambda self, e: self.func("LIST_SLICE", e.this, exp.Literal.number(1), e.expression),
            Position: lambda self, e: self.func("LIST_POSITION", e.this, e.expression),
            Part: lambda self, e: f"LIST_TRANSFORM({self.sql(e.this)}, LAMBDA each : each.{self.sql(e.expression)})",
            Known: lambda self, e: f"LIST_FILTER({self.sql(e.this)}, LAMBDA each : each IS NOT NULL)",
        }


FAR = exp.cast(exp.Literal.string(str(2**30)), "bigint")
"""Days: beyond either end of the calendar from wherever one begins."""


def _days_on(number: exp.Expr) -> exp.Expr:
    """Where Spark is to go further than its days have numbers for, it comes round to the other end and says nothing."""
    if isinstance(number, exp.Literal | exp.Neg):
        return number
    back = exp.Sub(this=exp.Literal.number(0), expression=FAR.copy())
    return exp.Greatest(this=exp.Least(this=number.copy(), expressions=[FAR.copy()]), expressions=[back])


STEPS = 190
"""Of Euclid's: two numbers of 38 digits take no more."""


def _pair(a: str, b: str) -> str:
    return f"NAMED_STRUCT('a', CAST({a} AS DECIMAL(38, 0)), 'b', CAST({b} AS DECIMAL(38, 0)))"


class PlanSpark(Spark):
    """Spark in ANSI mode, with the primitives of plans."""

    class Generator(SparkGenerator):
        TRANSFORMS = {  # noqa: RUF012
            **SparkGenerator.TRANSFORMS,
            AddDays: lambda self, e: self.func("DATE_ADD", e.this, _as_int(_days_on(e.expression))),
            AddMonths: lambda self, e: self.func("ADD_MONTHS", e.this, _as_int(e.expression)),
            DaysBetween: lambda self, e: f"CAST({self.func('DATEDIFF', e.expression, e.this)} AS BIGINT)",
            Widened: lambda self, e: f"CAST({self.sql(e.this)} AS DECIMAL(38, 0))",
            exp.Neg: lambda self, e: (
                self.neg_sql(e) if isinstance(e.this, exp.Literal) else self.sql(_below_nothing(e.this))
            ),
            exp.Abs: lambda self, e: self.func("GREATEST", e.this, _below_nothing(e.this)),
            Quotient: lambda self, e: self.sql(_narrow_div(e.this, e.expression)),
            WideQuotient: lambda self, e: self.sql(_wide_div(e.this, e.expression)),
            Field: lambda self, e: f"{self.sql(exp.paren(e.this))}.{self.sql(e.expression)}",
            CommonDivisor: lambda self, e: (
                f"AGGREGATE(SEQUENCE(1, {STEPS}), {_pair(self.sql(e.this), self.sql(e.expression))}, "
                f"(pair, step) -> IF(pair.b = 0, pair, {_pair('pair.b', 'pair.a % pair.b')}), "
                "pair -> GREATEST(pair.a, 1))"
            ),
            Impossible: lambda self, e: f"CAST({self.func('RAISE_ERROR', e.this)} AS BIGINT)",
            Upto: lambda self, e: (
                f"EXPLODE(FILTER(SEQUENCE(1, GREATEST(1, {self.sql(e.this)})), each -> each <= {self.sql(e.this)}))"
            ),
            Element: lambda self, e: self.func("TRY_ELEMENT_AT", e.this, _as_int(e.expression)),
            FirstOf: lambda self, e: self.func("SLICE", e.this, exp.Literal.number(1), _as_int(e.expression)),
            Position: lambda self, e: self.func("ARRAY_POSITION", e.this, e.expression),
            Part: lambda self, e: f"TRANSFORM({self.sql(e.this)}, each -> each.{self.sql(e.expression)})",
            Known: lambda self, e: self.func("ARRAY_COMPACT", e.this),
        }


DIALECTS: dict[str, type[DuckDB | Spark]] = {"duckdb": PlanDuckDB, "spark": PlanSpark}
