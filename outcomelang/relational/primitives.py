"""What engines say differently, or do differently: days, months, whole division, rounding, lists, orders, wide numbers.

Every query is built from these and from what all engines share, so that one tree can be written in either dialect.
`tests/relational/conformance.py` holds the table that each of them must pass on each engine, beyond 2^53 too.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
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
from outcomelang.relational.trees import cast as cast

if TYPE_CHECKING:
    from sqlglot.dialects.duckdb import DuckDB
    from sqlglot.dialects.spark import Spark

Dialect = Literal["duckdb", "spark"]
E = exp.Expr
SMALL = 1_000
"""Three of these multiplied, or two million added up, fit into 31 bits."""


def written(query: exp.Expr, dialect: Dialect, pretty: bool = False) -> str:
    """A tree as the text that an engine runs."""
    return query.sql(dialect=_spoken(dialect), pretty=pretty)


def _spoken(dialect: Dialect) -> type[DuckDB | Spark]:
    if dialect == "duckdb":
        from outcomelang.relational.duckdb_dialect import PlanDuckDB

        return PlanDuckDB
    from outcomelang.relational.spark_dialect import PlanSpark

    return PlanSpark


# ---------------------------------------------------------------- written values


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


# ---------------------------------------------------------------- tests


def known(value: E) -> bool | None:
    """Whether a value is there, as far as its form alone tells."""
    match value:
        case exp.Null():
            return False
        case exp.Literal() | exp.Boolean():
            return True
        case exp.Cast(this=inner) | exp.Paren(this=inner) | exp.Neg(this=inner):
            return known(inner)
        case _:
            return None


def truth(test: E) -> bool | None:
    """What a test comes to, as far as its form alone tells."""
    match test:
        case exp.Boolean(this=value):
            return bool(value)
        case exp.Paren(this=inner):
            return truth(inner)
        case exp.Not(this=inner):
            found = truth(inner)
            return None if found is None else not found
        case _:
            return None


def present(value: E) -> E:
    """Whether something is known."""
    found = known(value)
    return exp.Not(this=exp.Is(this=value, expression=exp.null())) if found is None else flag(found)


def missing(value: E) -> E:
    found = known(value)
    return exp.Is(this=value, expression=exp.null()) if found is None else flag(not found)


def case(*pairs: tuple[E, E], default: E | None = None) -> E:
    """The value of the first test that holds; where none is left that might, the default (or none, of its type)."""
    open_pairs: list[tuple[E, E]] = []
    for test, value in pairs:
        found = truth(test)
        if found:
            default = value
            break
        if found is None:
            open_pairs.append((test, value))
    if isinstance(default, exp.Case) and default.this is None:  # one after the other
        open_pairs += [(each.this, each.args["true"]) for each in default.args["ifs"]]
        default = default.args.get("default")
    if not open_pairs and default is not None:
        return default
    ifs = [exp.If(this=test, true=value) for test, value in open_pairs or pairs[:1]]
    return exp.Case(ifs=ifs, default=default)


def at_most(a: E, b: E) -> E:
    both = _written_number(a), _written_number(b)
    return exp.LTE(this=a, expression=b) if None in both else flag(both[0] <= both[1])  # type: ignore[operator]


def above(a: E, b: E) -> E:
    both = _written_number(a), _written_number(b)
    return exp.GT(this=a, expression=b) if None in both else flag(both[0] > both[1])  # type: ignore[operator]


def same(a: E, b: E) -> E:
    """Whether two are equal; of a choice of written numbers, whether it falls on this one."""
    both, wanted = (_written_number(a), _written_number(b)), _written_number(b)
    if None not in both:
        return flag(both[0] == both[1])
    if wanted is not None and isinstance(a, exp.Case) and a.this is None and _chooses_numbers(a):
        tests = [(each.this, same(each.args["true"], b)) for each in a.args["ifs"]]
        return _whether(tests, same(a.args["default"], b))
    return exp.EQ(this=a, expression=b)


def _written_number(value: E) -> int | None:
    """A small written whole number."""
    return int(value.this) if isinstance(value, exp.Literal) and value.is_int else None


def _chooses_numbers(value: E) -> bool:
    if isinstance(value, exp.Case) and value.this is None:
        values = [each.args["true"] for each in value.args["ifs"]]
        return value.args.get("default") is not None and all(map(_chooses_numbers, [*values, value.args["default"]]))
    return _written_number(value) is not None


def _whether(pairs: list[tuple[E, E]], default: E) -> E:
    """Which of two a choice comes to: as a test, where there is only one question."""
    found = case(*pairs, default=default)
    if isinstance(found, exp.Case) and len(found.args["ifs"]) == 1:
        (only,) = found.args["ifs"]
        match truth(only.args["true"]), truth(found.args["default"]):
            case True, False:
                return holds(only.this)
            case False, True:
                return fails(holds(only.this))
            case _:
                pass
    return found


def coalesced(*values: E) -> E:
    """The first that is known."""
    first, *others = dict.fromkeys(values)
    return exp.Coalesce(this=first, expressions=others) if others and not known(first) else first


def all_of(*tests: E) -> E:
    """Whether every one of them holds."""
    found = [truth(test) for test in tests]
    if False in found:
        return flag(False)
    left = [test for test, said in zip(tests, found, strict=True) if said is None]
    return exp.and_(*left, copy=False) if left else flag(True)


def any_of(*tests: E) -> E:
    found = [truth(test) for test in tests]
    if True in found:
        return flag(True)
    left = [test for test, said in zip(tests, found, strict=True) if said is None]
    return exp.or_(*left, copy=False) if left else flag(False)


def fails(test: E) -> E:
    """Whether a test does not hold; not known where the test is not."""
    return exp.Not(this=exp.Paren(this=test))


def holds(test: E) -> E:
    """A test that fails where it is not known."""
    if truth(test) is not None or _is_decided(test):
        return test
    return exp.Coalesce(this=test, expressions=[flag(False)])


def _is_decided(test: E) -> bool:
    """Whether a test holds or fails, whatever is not known."""
    match test:
        case exp.Is():
            return True
        case exp.Not(this=inner) | exp.Paren(this=inner):
            return _is_decided(inner)
        case exp.Coalesce(expressions=others):
            return bool(others) and truth(others[-1]) is not None
        case _:
            return False


def one_of(value: E, texts: Iterable[str]) -> E:
    """Whether a text is one of these."""
    expressions = [text(each) for each in texts]
    return exp.In(this=value, expressions=expressions) if expressions else flag(False)
