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
    Upto,
    Widened,
)
from outcomelang.relational.trees import Select, as_int


class PlanSpark(Spark):
    """Spark in ANSI mode, with the primitives of plans."""

    class Generator(SparkGenerator):
        TRANSFORMS = {  # noqa: RUF012
            **SparkGenerator.TRANSFORMS,
            Select: SparkGenerator.TRANSFORMS[exp.Select],
            AddDays: lambda self, e: self.func("DATE_ADD", e.this, as_int(e.expression)),
            AddMonths: lambda self, e: self.func("ADD_MONTHS", e.this, as_int(e.expression)),
            DaysBetween: lambda self, e: f"CAST({self.func('DATEDIFF', e.expression, e.this)} AS BIGINT)",
            Widened: lambda self, e: f"CAST({self.sql(e.this)} AS DECIMAL(38, 0))",
            Field: lambda self, e: f"{self.sql(exp.Paren(this=e.this))}.{self.sql(e.expression)}",
            CommonDivisor: lambda self, e: "1",
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
