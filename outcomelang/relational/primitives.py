"""What engines say differently, or do differently: days, months, whole division, rounding, lists, orders, wide numbers.

Every query is built from these and from what all engines share, so that one tree can be written in either dialect.
`tests/relational/conformance.py` holds the table that each of them must pass on each engine, beyond 2^53 too.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from sqlglot import exp

from outcomelang.relational.dialects import (
    DIALECTS,
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
from outcomelang.relational.dialects import (
    Known as Known,
)

Dialect = Literal["duckdb", "spark"]
E = exp.Expr
SMALL = 1_000
"""Three of these multiplied, or two million added up, fit into 31 bits."""


def written(query: exp.Expr, dialect: Dialect, pretty: bool = False) -> str:
    """A tree as the text that an engine runs."""
    return query.sql(dialect=DIALECTS[dialect], pretty=pretty)


# ---------------------------------------------------------------- written values


def day(value: date) -> E:
    """A written day."""
    return exp.cast(exp.Literal.string(value.isoformat()), "date")


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
    return exp.cast(text, "bigint") if -(2**63) <= value < 2**63 else Widened(this=text)


def text(value: str) -> E:
    """A written text; quotes in it stay text."""
    return exp.Literal.string(value)


def flag(value: bool) -> E:
    return exp.Boolean(this=value)


NULL_DAY = exp.cast(exp.null(), "date")
FIRST = day(date.min)
LAST = day(date.max)
"""“Ever”: the first and the last day of the calendar."""


# ---------------------------------------------------------------- days


def add_days(start: E, days: E | int) -> E:
    """So many days on (back, if less than nothing), not clamped."""
    return AddDays(this=start.copy(), expression=whole(days) if isinstance(days, int) else days.copy())


def add_months(start: E, months: E | int) -> E:
    """The corresponding date so many months on: where that month has no such day, its last. Not clamped."""
    return AddMonths(this=start.copy(), expression=whole(months) if isinstance(months, int) else months.copy())


def shift(start: E, months: int, days: int) -> E:
    """`core.calendar.shift`: months on, then days, each time within the calendar. NULL stays NULL."""
    moved = start
    if months:
        moved = _clamped(add_months(moved, months), months)
    if days:
        moved = _clamped(add_days(moved, days), days)
    if moved is start:
        return start.copy()
    known = exp.Is(this=start.copy(), expression=exp.null())
    return exp.Case(ifs=[exp.If(this=known, true=NULL_DAY.copy())], default=moved)


def _clamped(moved: E, by: int) -> E:
    """A day moved on is no later than the calendar's last, one moved back no earlier than its first."""
    return least(moved, LAST) if by > 0 else greatest(moved, FIRST)


def days_between(first: E, last: E) -> E:
    """How many days later the last is, as a whole number."""
    return DaysBetween(this=first.copy(), expression=last.copy())


# ---------------------------------------------------------------- numbers


def quotient(a: E, b: E) -> E:
    """`a` over `b` without what is left, for whole numbers from nothing on that fit into 63 bits."""
    return Quotient(this=a.copy(), expression=b.copy())


def wide_quotient(a: E, b: E) -> E:
    """The same for numbers of up to 38 digits (the result has up to 32)."""
    return WideQuotient(this=a.copy(), expression=b.copy())


def remainder(a: E, b: E) -> E:
    """What is left of `a` over `b`, for whole numbers from nothing on."""
    return exp.Mod(this=exp.paren(a.copy()), expression=exp.paren(b.copy()))


def rounded(n: E, d: E | int, mode: str, to: int = 1) -> E:
    """`evaluation.quantities.rounded` of `n`/`d` (`d` above nothing): to a whole multiple of `to`, on absolute values.

    Exact as long as twice the absolute numerator and `d` times `to` fit; beyond, an engine says that they do not. Where
    `d` is a column, either may be wide.
    """
    divided = quotient if isinstance(d, int) else wide_quotient
    over = whole(d * to) if isinstance(d, int) else times(d, to)
    size = exp.Abs(this=n.copy())
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
            on_half = exp.and_(
                exp.EQ(this=remainder(near, double), expression=whole(0)),
                exp.EQ(this=remainder(divided(near, double), whole(2)), expression=whole(1)),
            )
            units = minus(divided(near, double), exp.Case(ifs=[exp.If(this=on_half, true=whole(1))], default=whole(0)))
        case _:
            raise ValueError(mode)
    size_to = times(units, to)
    return exp.Case(
        ifs=[exp.If(this=exp.LT(this=n.copy(), expression=whole(0)), true=exp.Neg(this=exp.paren(size_to)))],
        default=size_to.copy(),
    )


def times(a: E, b: E | int) -> E:
    if b == 1:
        return a.copy()
    return exp.Mul(this=exp.paren(a.copy()), expression=whole(b) if isinstance(b, int) else exp.paren(b.copy()))


def plus(a: E, b: E) -> E:
    return exp.Add(this=a.copy(), expression=exp.paren(b.copy()))


def minus(a: E, b: E) -> E:
    return exp.Sub(this=a.copy(), expression=exp.paren(b.copy()))


def widened(a: E) -> E:
    """With room for 38 digits."""
    return Widened(this=a.copy())


def greatest(*values: E) -> E:
    """The greatest of those that are known; NULL where none is (so do both engines)."""
    first, *others = (value.copy() for value in values)
    return exp.Greatest(this=first, expressions=others, ignore_nulls=True) if others else first


def least(*values: E) -> E:
    """The least of those that are known; NULL where none is."""
    first, *others = (value.copy() for value in values)
    return exp.Least(this=first, expressions=others, ignore_nulls=True) if others else first


def whole_sum(value: E, where: E | None = None) -> E:
    """The sum of whole numbers as a whole number: beyond 63 bits an engine says that it does not fit."""
    return exp.cast(filtered(exp.Sum(this=value.copy()), where), "bigint")


# ---------------------------------------------------------------- lists and orders


def structure(**fields: E) -> E:
    """Named values as one; compared field by field."""
    return exp.Struct(
        expressions=[
            exp.PropertyEQ(this=exp.to_identifier(name), expression=value.copy()) for name, value in fields.items()
        ]
    )


def field(of: E, name: str) -> E:
    """One named value of a structure."""
    return Field(this=of.copy(), expression=exp.to_identifier(name))


def listed(*values: E) -> E:
    """A list of these."""
    return exp.Array(expressions=[value.copy() for value in values])


def together(*lists: E) -> E:
    """Several lists as one; a list that is not known adds nothing."""
    first, *others = (exp.Coalesce(this=each.copy(), expressions=[exp.Array(expressions=[])]) for each in lists)
    return exp.ArrayConcat(this=first, expressions=others) if others else first


def common_divisor(a: E, b: E) -> E:
    """The greatest whole number that divides both, which are not below nothing; 1 of nothing and nothing."""
    return CommonDivisor(this=a.copy(), expression=b.copy())


def impossible(why: str) -> E:
    """No number: the engine stops with this sentence."""
    return Impossible(this=text(why))


def upto(number: E) -> E:
    """A row for each whole number from 1 up to this one, among the columns of a query."""
    return Upto(this=number.copy())


def without_nulls(of: E) -> E:
    """A list without what is not known in it."""
    return Known(this=of.copy())


def element(of: E, place: E) -> E:
    """The element of a list at a place, from 1; NULL where there is none."""
    return Element(this=of.copy(), expression=place.copy())


def first_of(of: E, many: E) -> E:
    """So many elements of a list, from its beginning."""
    return FirstOf(this=of.copy(), expression=many.copy())


def part_of(of: E, name: str) -> E:
    """A field of each structure in a list, as a list."""
    return Part(this=of.copy(), expression=exp.to_identifier(name))


def contains(of: E, value: E) -> E:
    """Whether a list holds a value."""
    return exp.ArrayContains(this=of.copy(), expression=value.copy())


def position(of: E, value: E) -> E:
    """The place of a value in a list, from 1."""
    return Position(this=of.copy(), expression=value.copy())


def flattened(of: E) -> E:
    """A list of lists as one list."""
    return exp.Flatten(this=of.copy())


def sorted_list(value: E, where: E | None = None) -> E:
    """The values of a group in order, as a list (of none: NULL or empty, as the engine has it)."""
    return exp.SortArray(this=filtered(exp.ArrayAgg(this=value.copy()), where))


def in_order(of: E) -> E:
    """A list with each of its values once, in order."""
    return exp.SortArray(this=exp.ArrayDistinct(this=of.copy()))


def filtered(aggregate: E, where: E | None) -> E:
    """An aggregate over what passes a test."""
    return aggregate if where is None else exp.Filter(this=aggregate, expression=exp.Where(this=where.copy()))


def ordering(keys: Iterable[E | tuple[E, bool]]) -> exp.Order:
    """An order that is said in full: what is not known comes first. A pair (key, True) is from the greatest down."""
    pairs = [key if isinstance(key, tuple) else (key, False) for key in keys]
    return exp.Order(expressions=[exp.Ordered(this=key.copy(), desc=down, nulls_first=not down) for key, down in pairs])


def numbered(partition: Iterable[E], order: Iterable[E | tuple[E, bool]]) -> E:
    """The place of a row within its part, from 1."""
    return exp.Window(this=exp.RowNumber(), partition_by=[each.copy() for each in partition], order=ordering(order))


def after(aggregate: E, partition: Iterable[E], order: Iterable[E | tuple[E, bool]]) -> E:
    """An aggregate over the rows of a part that come after this one."""
    spec = exp.WindowSpec(
        kind="ROWS", start=exp.Literal.number(1), start_side="FOLLOWING", end="UNBOUNDED", end_side="FOLLOWING"
    )
    parts = [each.copy() for each in partition]
    return exp.Window(this=aggregate, partition_by=parts, order=ordering(order), spec=spec)


def over(aggregate: E, partition: Iterable[E], order: Iterable[E | tuple[E, bool]], upto: str = "CURRENT ROW") -> E:
    """An aggregate over the rows of a part from its first up to this one (or the one before: `upto` "1 PRECEDING")."""
    end, side = (None, None) if upto == "CURRENT ROW" else (exp.Literal.number(1), "PRECEDING")
    return exp.Window(
        this=aggregate,
        partition_by=[each.copy() for each in partition],
        order=ordering(order),
        spec=exp.WindowSpec(
            kind="ROWS",
            start="UNBOUNDED",
            start_side="PRECEDING",
            end=upto if end is None else end,
            end_side=side,
        ),
    )


# ---------------------------------------------------------------- tests


def present(value: E) -> E:
    """Whether something is known."""
    return exp.Not(this=missing(value))


def missing(value: E) -> E:
    return exp.Is(this=value.copy(), expression=exp.null())


def case(*pairs: tuple[E, E], default: E | None = None) -> E:
    """The value of the first test that holds."""
    return exp.Case(
        ifs=[exp.If(this=test.copy(), true=value.copy()) for test, value in pairs],
        default=None if default is None else default.copy(),
    )


def at_most(a: E, b: E) -> E:
    return exp.LTE(this=a.copy(), expression=b.copy())


def above(a: E, b: E) -> E:
    return exp.GT(this=a.copy(), expression=b.copy())


def same(a: E, b: E) -> E:
    return exp.EQ(this=a.copy(), expression=b.copy())


def coalesced(*values: E) -> E:
    """The first that is known."""
    first, *others = (value.copy() for value in values)
    return exp.Coalesce(this=first, expressions=others) if others else first


def all_of(*tests: E) -> E:
    """Whether every one of them holds."""
    return exp.and_(*(test.copy() for test in tests)) if tests else flag(True)


def any_of(*tests: E) -> E:
    return exp.or_(*(test.copy() for test in tests)) if tests else flag(False)


def holds(test: E) -> E:
    """A test that fails where it is not known."""
    return exp.Coalesce(this=test.copy(), expressions=[flag(False)])


def one_of(value: E, texts: Iterable[str]) -> E:
    """Whether a text is one of these."""
    return exp.In(this=value.copy(), expressions=[text(each) for each in texts])
