"""Trees of a plan as DuckDB reads them."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB
from sqlglot.generators.duckdb import DuckDBGenerator

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
from outcomelang.relational.trees import Select, as_int, int_div


def _type_sql(generator: DuckDBGenerator, kind: exp.DataType) -> str:
    """A type; SQLGlot parses a text for each to see whether it is a list, which those without parts are not."""
    if kind.expressions:
        return DuckDBGenerator.TRANSFORMS[exp.DataType](generator, kind)
    return generator.datatype_sql(kind)


class PlanDuckDB(DuckDB):
    """DuckDB, with the primitives of plans."""

    class Generator(DuckDBGenerator):
        TRANSFORMS = {  # noqa: RUF012
            **DuckDBGenerator.TRANSFORMS,
            Select: DuckDBGenerator.TRANSFORMS[exp.Select],
            exp.DataType: _type_sql,
            AddDays: lambda self, e: self.sql(exp.Paren(this=exp.Add(this=e.this, expression=as_int(e.expression)))),
            AddMonths: lambda self, e: (
                f"CAST({self.sql(e.this)} + TO_MONTHS({self.sql(as_int(e.expression))}) AS DATE)"
            ),
            DaysBetween: lambda self, e: self.func("DATE_DIFF", exp.Literal.string("day"), e.this, e.expression),
            Widened: lambda self, e: f"CAST({self.sql(e.this)} AS HUGEINT)",
            Quotient: lambda self, e: self.sql(int_div(e.this, e.expression)),
            WideQuotient: lambda self, e: self.sql(int_div(e.this, e.expression)),
            Field: lambda self, e: (
                f"STRUCT_EXTRACT({self.sql(e.this)}, {self.sql(exp.Literal.string(e.expression.name))})"
            ),
            CommonDivisor: lambda self, e: f"GREATEST({self.func('GCD', e.this, e.expression)}, 1)",
            Impossible: lambda self, e: f"CAST({self.func('ERROR', e.this)} AS BIGINT)",
            Upto: lambda self, e: f"UNNEST(RANGE(1, {self.sql(exp.Paren(this=e.this))} + 1))",
            Element: lambda self, e: self.func("LIST_EXTRACT", e.this, e.expression),
            FirstOf: lambda self, e: self.func("LIST_SLICE", e.this, exp.Literal.number(1), e.expression),
            Position: lambda self, e: self.func("LIST_POSITION", e.this, e.expression),
            Part: lambda self, e: f"LIST_TRANSFORM({self.sql(e.this)}, LAMBDA each : each.{self.sql(e.expression)})",
            Known: lambda self, e: f"LIST_FILTER({self.sql(e.this)}, LAMBDA each : each IS NOT NULL)",
        }
