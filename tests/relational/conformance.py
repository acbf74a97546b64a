"""What every primitive must give on every engine: whole columns of cases, each with what the reference gives.

An engine passes a table when the query over its cases returns the expected column, value for value.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from math import gcd
from typing import NamedTuple

from sqlglot import exp, select

from outcomelang.core.calendar import FIRST_DAY, LAST_DAY, shift
from outcomelang.evaluation.quantities import rounded
from outcomelang.relational import primitives as p

Run = Callable[[exp.Query], Sequence[tuple[object, ...]]]
"""Runs a query on an engine and gives its rows in Python's types."""

BEYOND_FLOATS = 2**53 + 1
LARGEST = 2**63 - 1
NEIGHBOURS = (78_569_350_599_398_894_027_251_472_817_058_687_522, 48_558_529_144_435_440_119_720_805_669_229_197_641)
"""The last two of Fibonacci's numbers with 38 digits: nothing takes more steps to find that they share nothing."""


class Table(NamedTuple):
    """Cases of one primitive: `value` over the columns `types` of `rows`, and what it must be for each."""

    name: str
    types: tuple[str, ...]
    rows: list[tuple[object, ...]]
    value: exp.Expr
    expected: list[object]


def mismatches(table: Table, run: Run) -> list[tuple[object, ...]]:
    """The cases for which an engine gives something else: (case, expected, given)."""
    given = dict(run(_query(table)))
    return [
        (*row, wanted, given.get(place, "nothing"))
        for place, (row, wanted) in enumerate(zip(table.rows, table.expected, strict=True))
        if given.get(place, "nothing") != wanted
    ]


def _query(table: Table) -> exp.Query:
    cells = exp.values(
        [(place, *(_cell(value) for value in row)) for place, row in enumerate(table.rows)],
        alias="cases",
        columns=["place", *(f"t{n}" for n in range(len(table.types)))],
    )
    typed = [exp.cast(exp.column(f"t{n}"), kind).as_(f"c{n}") for n, kind in enumerate(table.types)]
    return select("place", table.value.copy().as_("given")).from_(
        select("place", *typed).from_(cells).subquery("typed")
    )


def _cell(value: object) -> exp.Expr:
    if value is None:
        return exp.null()
    if isinstance(value, int):
        return exp.Literal.string(str(value))
    return exp.Literal.string(value.isoformat() if isinstance(value, date) else str(value))


def c(number: int) -> exp.Expr:
    return exp.column(f"c{number}")


def tables() -> Iterator[Table]:
    """Every table."""
    yield from _days()
    yield from _numbers()
    yield from _orders()


# ---------------------------------------------------------------- days


def _some_days() -> list[date]:
    ends = [date(year, month, day) for year in (1900, 2000, 2023, 2024, 2100) for month, day in _MONTH_ENDS]
    return [date.min, date(1, 1, 2), date(1582, 10, 4), date(1582, 10, 15), *ends, date(9999, 12, 30), date.max]


_MONTH_ENDS = ((1, 1), (1, 29), (1, 30), (1, 31), (2, 27), (2, 28), (3, 1), (3, 31), (4, 30), (8, 31), (12, 31))
_MONTHS = (-120_000, -13, -12, -1, 1, 2, 3, 11, 12, 13, 48, 1200, 120_000)
_DAYS = (-800_000, -366, -1, 1, 28, 365, 800_000)


def _days() -> Iterator[Table]:
    days = [*_some_days(), date(2024, 2, 29)]
    for months in _MONTHS:
        yield _shifted(f"{months} months on", days, months, 0)
    for number in _DAYS:
        yield _shifted(f"{number} days on", days, 0, number)
    for months, number in ((1, -1), (3, -1), (-1, 1), (12, 30), (-12, -1), (120_000, -1), (-120_000, 1)):
        yield _shifted(f"{months} months and {number} days on", days, months, number)
    pairs = [(first, last) for first in days[::3] for last in days[::2]]
    expected: list[object] = [last.toordinal() - first.toordinal() for first, last in pairs]
    yield Table("days between", ("date", "date"), list(pairs), p.days_between(c(0), c(1)), expected)
    moves = [(day, number) for day in days if date(1582, 1, 1) < day < date(9000, 1, 1) for number in (-31, 0, 1, 400)]
    moved: list[object] = [date.fromordinal(day.toordinal() + number) for day, number in moves]
    yield Table("a counted number of days on", ("date", "bigint"), list(moves), p.add_days(c(0), c(1)), moved)


def _shifted(name: str, days: list[date], months: int, number: int) -> Table:
    rows: list[tuple[object, ...]] = [*((day,) for day in days), (None,)]
    expected: list[object] = [date.fromordinal(shift(day.toordinal(), months, number)) for day in days]
    assert all(FIRST_DAY <= shift(day.toordinal(), months, number) <= LAST_DAY for day in days)
    return Table(name, ("date",), rows, p.shift(c(0), months, number), [*expected, None])


# ---------------------------------------------------------------- numbers


def _numbers() -> Iterator[Table]:
    pairs = list(_fractions())
    for mode in ("down", "up", "half up", "half even"):
        for to in (1, 100):
            fitting = [(n, d) for n, d in pairs if 2 * abs(n) + d * to <= LARGEST and 2 * d * to <= LARGEST]
            yield Table(
                f"{mode} to {to}",
                ("bigint", "bigint"),
                list(fitting),
                p.rounded(c(0), c(1), mode, to),
                [rounded(Fraction(n, d), mode, to) for n, d in fitting],
            )
            held = [(n, d) for n, d in pairs if abs(rounded(Fraction(n, d), mode, to)) <= LARGEST]
            yield Table(
                f"{mode} to {to}, wide",
                ("bigint", "bigint"),
                list(held),
                exp.cast(p.rounded(p.widened(c(0)), p.widened(c(1)), mode, to), "bigint"),
                [rounded(Fraction(n, d), mode, to) for n, d in held],
            )
        written = [(n,) for n, _ in pairs if 2 * abs(n) + 7 <= LARGEST]
        expected: list[object] = [rounded(Fraction(n, 7), mode) for (n,) in written]
        yield Table(f"sevenths {mode}", ("bigint",), list(written), p.rounded(c(0), 7, mode), expected)
    whole = [(abs(n), d) for n, d in pairs]
    yield Table("quotient", ("bigint", "bigint"), list(whole), p.quotient(c(0), c(1)), [n // d for n, d in whole])
    yield Table("remainder", ("bigint", "bigint"), list(whole), p.remainder(c(0), c(1)), [n % d for n, d in whole])
    yield from _wide_numbers()
    yield _most("greatest", p.greatest(c(0), c(1)), max)
    yield _most("least", p.least(c(0), c(1)), min)


def _wide_numbers() -> Iterator[Table]:
    """Numbers of up to 38 digits, whose quotients need more than 63 bits too."""
    chance = random.Random(11)
    sizes = [
        0,
        1,
        2**53 + 1,
        2**63 - 1,
        2**63,
        2**63 + 1,
        2**64 - 1,
        514_820_889_506_742_272_000,
        10**31 + 7,
        10**37 - 1,
    ]
    sizes += [chance.randint(0, 10**37) for _ in range(200)]
    by = [1, 2, 3, 7, 997, 10**9, 2**53 + 1, 2**63 + 9, 10**18]
    pairs = [(n, d) for n in sizes for d in by if n // d < 10**31]
    wide, rows = ("decimal(38,0)", "decimal(38,0)"), list(pairs)
    n, d = p.widened(c(0)), p.widened(c(1))
    yield Table("wide quotient", wide, rows, p.wide_quotient(n, d), [n // d for n, d in pairs])
    yield Table("wide remainder", wide, rows, p.remainder(n, d), [n % d for n, d in pairs])
    shared = [(n * k, d * k) for n, d in pairs for k in (1, 6, 2**40) if n * k < 10**37]
    shared += [(0, 0), (1, 0), (0, 5), NEIGHBOURS]
    yield Table("common divisor", wide, list(shared), p.common_divisor(n, d), [max(gcd(*pair), 1) for pair in shared])
    signed = [(sign * n, d) for n, d in pairs for sign in (1, -1)]
    yield Table("wide negated", wide, list(signed), exp.Neg(this=n.copy()), [-n for n, _ in signed])
    yield Table("wide absolute", wide, list(signed), exp.Abs(this=n.copy()), [abs(n) for n, _ in signed])
    within: list[tuple[object, ...]] = [(a, b) for a, b in signed if abs(a * b) < 10**38]
    products: list[object] = [a * b for a, b in signed if abs(a * b) < 10**38]
    yield Table("wide product", wide, within, p.times(n, d), products)
    sums = [a + b for a, b in signed]
    yield Table("wide sum", wide, list(signed), p.plus(n, d), list(sums))
    for mode in ("down", "up", "half up", "half even"):
        expected: list[object] = [rounded(Fraction(n, d), mode) for n, d in signed]
        yield Table(f"{mode}, beyond 63 bits", wide, list(signed), p.rounded(n, d, mode), expected)


def too_large() -> Iterator[tuple[str, exp.Query]]:
    """Queries whose result no engine can hold: each of them is told, and none gives another number."""
    large, wide = p.whole(LARGEST), p.whole(10**38 - 1)
    most = exp.values([(str(LARGEST),), (str(LARGEST),)], alias="v", columns=["t"])
    widest = exp.values([(str(10**38 - 1),), (str(10**38 - 1),)], alias="v", columns=["t"])
    t = exp.cast(exp.column("t"), "bigint")
    w = p.widened(exp.column("t"))
    yield "product", select(p.times(large, 2))
    yield "sum", select(p.plus(large, p.whole(1)))
    yield "difference", select(p.minus(p.whole(-LARGEST), p.whole(2)))
    yield "negated", select(exp.cast(exp.Neg(this=p.whole(-(2**63))), "bigint"))
    yield "absolute", select(exp.Abs(this=p.whole(-(2**63))))
    yield "narrowed", select(exp.cast(p.widened(p.whole(2**63)), "bigint"))
    yield "narrow quotient", select(exp.cast(p.quotient(p.whole(514_820_889_506_742_272_000), p.whole(1)), "bigint"))
    yield "rounded", select(p.rounded(large, 7, "half up"))
    yield "wide product", select(p.times(p.widened(wide), p.widened(large)))
    yield "wide rounded", select(p.rounded(p.widened(wide), p.widened(large), "half up"))
    yield "added up", select(p.whole_sum(t)).from_(most)
    yield "running total", select(exp.cast(p.over(exp.Sum(this=t), [], [exp.column("t")]), "bigint")).from_(most)
    yield "wide added up", select(p.whole_sum(w)).from_(widest)


def _fractions() -> Iterator[tuple[int, int]]:
    for size in (0, 1, 2, 3, 5, 25, 26, 150, 151, 249, 250, 251, BEYOND_FLOATS - 2, BEYOND_FLOATS, 2**61, LARGEST // 2):
        for d in (1, 2, 4, 100, 200, 997):
            yield from ((size, d), (-size, d))
    chance = random.Random(7)
    for _ in range(300):
        yield chance.randint(-(2**60), 2**60), chance.randint(1, 2**20)
    yield from ((LARGEST - 1, 1), (-(LARGEST - 1), 3), (BEYOND_FLOATS, BEYOND_FLOATS), (1, LARGEST))


def _most(name: str, value: exp.Expr, of: Callable[[Iterable[int]], int]) -> Table:
    rows: list[tuple[object, ...]] = [
        (1, 2),
        (2, 1),
        (None, 3),
        (4, None),
        (None, None),
        (BEYOND_FLOATS, BEYOND_FLOATS - 1),
    ]
    expected: list[object] = []
    for row in rows:
        known = [each for each in row if isinstance(each, int)]
        expected.append(of(known) if known else None)
    return Table(name, ("bigint", "bigint"), rows, value, expected)


# ---------------------------------------------------------------- orders


def _orders() -> Iterator[Table]:
    """Text stands in the order of its code points, and what is not known comes first."""
    names = ["b", "a", "Z", "é", "z", "ä", "10", "9", "A-1", "A 1", "", "日", "\U0001f600", "ﬀ", "~", None]
    in_order = sorted(names, key=lambda name: (name is not None, name or ""))
    places = {name: place for place, name in enumerate(in_order, 1)}
    rows: list[tuple[object, ...]] = [(name,) for name in names]
    yield Table("order of text", ("varchar(9)",), rows, p.numbered([], [c(0)]), [places[name] for name in names])
    down = {name: place for place, name in enumerate(reversed(in_order), 1)}
    yield Table(
        "from the last up", ("varchar(9)",), rows, p.numbered([], [(c(0), True)]), [down[name] for name in names]
    )
    running = p.over(exp.Count(this=exp.Star()), [], [c(0)])
    yield Table("how many up to one", ("varchar(9)",), rows, running, [places[name] for name in names])
    before = exp.func("COALESCE", p.over(exp.Max(this=c(0)), [], [c(0)], "1 PRECEDING"), p.text("-"))
    order = sorted(name for name in names if name is not None)
    previous: dict[str | None, str] = {None: "-", order[0]: "-"} | dict(zip(order[1:], order, strict=False))
    yield Table("the one before", ("varchar(9)",), rows, before, [previous[name] for name in names])
