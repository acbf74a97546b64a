"""What engines say differently, or do differently: days, months, whole division, rounding, lists, orders, wide numbers.

Every query is built from these and from what all engines share, so that one tree can be written in either dialect.
`tests/relational/conformance.py` holds the table that each of them must pass on each engine, beyond 2^53 too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from sqlglot import exp

from outcomelang.relational.nodes import (
    AddDays,
    AddMonths,
    CommonDivisor,
    DaysBetween,
    Element,
    Field,
    FirstOf,
    Impossible,
    Part,
    Position,
    Quotient,
    Upto,
    Widened,
    WideQuotient,
)
from outcomelang.relational.nodes import (
    Known as Known,
)
from outcomelang.relational.questions import (
    above as above,
)
from outcomelang.relational.questions import (
    all_of as all_of,
)
from outcomelang.relational.questions import (
    any_of as any_of,
)
from outcomelang.relational.questions import (
    at_most as at_most,
)
from outcomelang.relational.questions import (
    case as case,
)
from outcomelang.relational.questions import (
    coalesced as coalesced,
)
from outcomelang.relational.questions import (
    fails as fails,
)
from outcomelang.relational.questions import (
    holds as holds,
)
from outcomelang.relational.questions import (
    known as known,
)
from outcomelang.relational.questions import (
    missing as missing,
)
from outcomelang.relational.questions import (
    one_of as one_of,
)
from outcomelang.relational.questions import (
    present as present,
)
from outcomelang.relational.questions import (
    same as same,
)
from outcomelang.relational.questions import (
    truth as truth,
)
from outcomelang.relational.trees import cast as cast
from outcomelang.relational.values import (
    FIRST as FIRST,
)
from outcomelang.relational.values import (
    LAST as LAST,
)
from outcomelang.relational.values import (
    NULL_DAY as NULL_DAY,
)
from outcomelang.relational.values import (
    day as day,
)
from outcomelang.relational.values import (
    flag as flag,
)
from outcomelang.relational.values import (
    ordinal as ordinal,
)
from outcomelang.relational.values import (
    text as text,
)
from outcomelang.relational.values import (
    whole as whole,
)

if TYPE_CHECKING:
    from sqlglot.dialects.duckdb import DuckDB
    from sqlglot.dialects.spark import Spark

Dialect = Literal["duckdb", "spark"]
E = exp.Expr


def written(query: exp.Expr, dialect: Dialect, pretty: bool = False) -> str:
    """A tree as the text that an engine runs."""
    return query.sql(dialect=_spoken(dialect), pretty=pretty)


def _spoken(dialect: Dialect) -> type[DuckDB | Spark]:
    if dialect == "duckdb":
        from outcomelang.relational.duckdb_dialect import PlanDuckDB

        return PlanDuckDB
    from outcomelang.relational.spark_dialect import PlanSpark

    return PlanSpark


# ---------------------------------------------------------------- days


def add_days(start: E, days: E | int) -> E:
    """So many days on (back, if less than nothing), not clamped."""
    return AddDays(this=start, expression=whole(days) if isinstance(days, int) else days)


def add_months(start: E, months: E | int) -> E:
    """The corresponding date so many months on: where that month has no such day, its last. Not clamped."""
    return AddMonths(this=start, expression=whole(months) if isinstance(months, int) else months)


def shift(start: E, months: int, days: int) -> E:
    """`core.calendar.shift`: months on, then days, each time within the calendar. NULL stays NULL."""
    moved = start
    if months:
        moved = _clamped(add_months(moved, months), months)
    if days:
        moved = _clamped(add_days(moved, days), days)
    if moved is start:
        return start
    known = exp.Is(this=start, expression=exp.null())
    return exp.Case(ifs=[exp.If(this=known, true=NULL_DAY)], default=moved)


def _clamped(moved: E, by: int) -> E:
    """A day moved on is no later than the calendar's last, one moved back no earlier than its first."""
    return least(moved, LAST) if by > 0 else greatest(moved, FIRST)


def days_between(first: E, last: E) -> E:
    """How many days later the last is, as a whole number."""
    return DaysBetween(this=first, expression=last)


# ---------------------------------------------------------------- numbers


def quotient(a: E, b: E) -> E:
    """`a` over `b` without what is left, for whole numbers from nothing on that fit into 63 bits."""
    return Quotient(this=a, expression=b)


def wide_quotient(a: E, b: E) -> E:
    """The same for numbers of up to 38 digits (the result has up to 32)."""
    return WideQuotient(this=a, expression=b)


def remainder(a: E, b: E) -> E:
    """What is left of `a` over `b`, for whole numbers from nothing on."""
    return exp.Mod(this=exp.Paren(this=a), expression=exp.Paren(this=b))


def rounded(n: E, d: E | int, mode: str, to: int = 1) -> E:
    """`evaluation.quantities.rounded` of `n`/`d` (`d` above nothing): to a whole multiple of `to`, on absolute values.

    Exact as long as twice the absolute numerator and `d` times `to` fit; beyond, an engine says that they do not. Where
    `d` is a column, either may be wide.
    """
    divided = quotient if isinstance(d, int) else wide_quotient
    over = whole(d * to) if isinstance(d, int) else times(d, to)
    size = exp.Abs(this=n)
    twice, double = times(size, 2), times(over, 2)
    match mode:
        case "down":
            units = divided(size, over)
        case "up":
            units = divided(minus(plus(size, over), whole(1)), over)
        case "half up":
            units = divided(plus(twice, over), double)
        case "half even":
            near = plus(twice, over)
            on_half = all_of(
                same(remainder(near, double), whole(0)), same(remainder(divided(near, double), whole(2)), whole(1))
            )
            units = minus(divided(near, double), exp.Case(ifs=[exp.If(this=on_half, true=whole(1))], default=whole(0)))
        case _:
            raise ValueError(mode)
    size_to = times(units, to)
    return exp.Case(
        ifs=[exp.If(this=exp.LT(this=n, expression=whole(0)), true=exp.Neg(this=exp.Paren(this=size_to)))],
        default=size_to,
    )


def times(a: E, b: E | int) -> E:
    if b == 1:
        return a
    return exp.Mul(this=exp.Paren(this=a), expression=whole(b) if isinstance(b, int) else exp.Paren(this=b))


def plus(a: E, b: E) -> E:
    return exp.Add(this=a, expression=exp.Paren(this=b))


def minus(a: E, b: E) -> E:
    return exp.Sub(this=a, expression=exp.Paren(this=b))


def widened(a: E) -> E:
    """With room for 38 digits."""
    return Widened(this=a)


def greatest(*values: E) -> E:
    """The greatest of those that are known; NULL where none is (so do both engines)."""
    first, *others = values
    return exp.Greatest(this=first, expressions=others, ignore_nulls=True) if others else first


def least(*values: E) -> E:
    """The least of those that are known; NULL where none is."""
    first, *others = values
    return exp.Least(this=first, expressions=others, ignore_nulls=True) if others else first


def whole_sum(value: E, where: E | None = None) -> E:
    """The sum of whole numbers as a whole number: beyond 63 bits an engine says that it does not fit."""
    return cast(filtered(exp.Sum(this=value), where), "bigint")


# ---------------------------------------------------------------- lists and orders


def structure(**fields: E) -> E:
    """Named values as one; compared field by field."""
    return exp.Struct(
        expressions=[exp.PropertyEQ(this=exp.to_identifier(name), expression=value) for name, value in fields.items()]
    )


def field(of: E, name: str) -> E:
    """One named value of a structure."""
    return Field(this=of, expression=exp.to_identifier(name))


def listed(*values: E) -> E:
    """A list of these."""
    return exp.Array(expressions=list(values))


def together(*lists: E) -> E:
    """Several lists as one; a list that is not known adds nothing."""
    first, *others = (exp.Coalesce(this=each, expressions=[exp.Array(expressions=[])]) for each in lists)
    return exp.ArrayConcat(this=first, expressions=others) if others else first


def common_divisor(a: E, b: E) -> E:
    """The greatest whole number that divides both, which are not below nothing; 1 of nothing and nothing."""
    return CommonDivisor(this=a, expression=b)


def impossible(why: str) -> E:
    """No number: the engine stops with this sentence."""
    return Impossible(this=text(why))


def upto(number: E) -> E:
    """A row for each whole number from 1 up to this one, among the columns of a query."""
    return Upto(this=number)


def without_nulls(of: E) -> E:
    """A list without what is not known in it."""
    return Known(this=of)


def element(of: E, place: E) -> E:
    """The element of a list at a place, from 1; NULL where there is none."""
    return Element(this=of, expression=place)


def first_of(of: E, many: E) -> E:
    """So many elements of a list, from its beginning."""
    return FirstOf(this=of, expression=many)


def part_of(of: E, name: str) -> E:
    """A field of each structure in a list, as a list."""
    return Part(this=of, expression=exp.to_identifier(name))


def contains(of: E, value: E) -> E:
    """Whether a list holds a value."""
    return exp.ArrayContains(this=of, expression=value)


def position(of: E, value: E) -> E:
    """The place of a value in a list, from 1."""
    return Position(this=of, expression=value)


def flattened(of: E) -> E:
    """A list of lists as one list."""
    return exp.Flatten(this=of)


def sorted_list(value: E, where: E | None = None) -> E:
    """The values of a group in order, as a list (of none: NULL or empty, as the engine has it)."""
    return exp.SortArray(this=filtered(exp.ArrayAgg(this=value), where))


def in_order(of: E) -> E:
    """A list with each of its values once, in order."""
    return exp.SortArray(this=exp.ArrayDistinct(this=of))


def filtered(aggregate: E, where: E | None) -> E:
    """An aggregate over what passes a test."""
    return aggregate if where is None else exp.Filter(this=aggregate, expression=exp.Where(this=where))


def ordering(keys: Iterable[E | tuple[E, bool]]) -> exp.Order:
    """An order that is said in full: what is not known comes first. A pair (key, True) is from the greatest down."""
    pairs = [key if isinstance(key, tuple) else (key, False) for key in keys]
    return exp.Order(expressions=[exp.Ordered(this=key, desc=down, nulls_first=not down) for key, down in pairs])


def numbered(partition: Iterable[E], order: Iterable[E | tuple[E, bool]]) -> E:
    """The place of a row within its part, from 1."""
    return exp.Window(this=exp.RowNumber(), partition_by=list(partition), order=ordering(order))


def after(aggregate: E, partition: Iterable[E], order: Iterable[E | tuple[E, bool]]) -> E:
    """An aggregate over the rows of a part that come after this one."""
    spec = exp.WindowSpec(
        kind="ROWS", start=exp.Literal.number(1), start_side="FOLLOWING", end="UNBOUNDED", end_side="FOLLOWING"
    )
    return exp.Window(this=aggregate, partition_by=list(partition), order=ordering(order), spec=spec)


def following(value: E, partition: Iterable[E], order: Iterable[E | tuple[E, bool]]) -> E:
    """The value of the next row of a part; NULL for its last."""
    return exp.Window(this=exp.Lead(this=value), partition_by=list(partition), order=ordering(order))


def over_all(aggregate: E, partition: Iterable[E], order: Iterable[E | tuple[E, bool]]) -> E:
    """An aggregate over all rows of a part; the order is that in which they are gone through anyway."""
    ends = {"start": "UNBOUNDED", "start_side": "PRECEDING", "end": "UNBOUNDED", "end_side": "FOLLOWING"}
    return exp.Window(
        this=aggregate, partition_by=list(partition), order=ordering(order), spec=exp.WindowSpec(kind="ROWS", **ends)
    )


def over(aggregate: E, partition: Iterable[E], order: Iterable[E | tuple[E, bool]], upto: str = "CURRENT ROW") -> E:
    """An aggregate over the rows of a part from its first up to this one (or the one before: `upto` "1 PRECEDING")."""
    end, side = (None, None) if upto == "CURRENT ROW" else (exp.Literal.number(1), "PRECEDING")
    return exp.Window(
        this=aggregate,
        partition_by=list(partition),
        order=ordering(order),
        spec=exp.WindowSpec(
            kind="ROWS",
            start="UNBOUNDED",
            start_side="PRECEDING",
            end=upto if end is None else end,
            end_side=side,
        ),
    )
