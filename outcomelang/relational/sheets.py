"""Sheets: one row for each of those of whom something is said, with a column for each thing that is said of them.

Columns are asked for while a contract is compiled, and stages are written when all have been asked for. A column has a
level: what is reckoned from columns of the same row stays on their level; what is gathered from other rows (of the
log, of another sheet) is one level above what it reads. A sheet is written once for each level on which it has
columns, each on top of the one below, so nothing is read before it is there and all that is gathered from one source
on one level is gathered together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from attrs import define, field, frozen
from sqlglot import exp

from outcomelang.relational import primitives as p
from outcomelang.relational import trees
from outcomelang.relational.trees import named, select

if TYPE_CHECKING:
    from outcomelang.relational.book import Book

E = exp.Expr


@frozen
class Gathered:
    """One aggregate over rows of a source that pass a test."""

    name: str
    aggregate: Callable[[E | None], E]
    where: tuple[E, ...]


@define(eq=False)
class Pool:
    """All that is gathered for the rows of a sheet from one source: one query, grouped by the keys of the sheet."""

    source: exp.Select
    keys: dict[str, E]
    gathered: list[Gathered] = field(factory=list)

    def query(self) -> exp.Select:
        columns: list[E] = [named(key, name) for name, key in self.keys.items()]
        query = self.source
        common = _in_all([each.where for each in self.gathered])
        for test in common:
            query = query.where(test)
        if any(len(each.where) > len(common) for each in self.gathered) and len(self.gathered) > 1:
            rest = [_but(each.where, common) for each in self.gathered]
            if all(rest):
                query = query.where(p.any_of(*(p.all_of(*tests) for tests in rest)))
        for each in self.gathered:
            where = _but(each.where, common)
            columns.append(each.aggregate(p.all_of(*where) if where else None).as_(each.name, copy=False))
        query = query.select(*columns)
        return query.group_by(*self.keys.values()) if self.keys else query


def _in_all(tests: Sequence[tuple[E, ...]]) -> tuple[E, ...]:
    first, *others = tests
    return tuple(test for test in first if all(test in other for other in others))


def _but(tests: Iterable[E], common: tuple[E, ...]) -> tuple[E, ...]:
    return tuple(test for test in tests if test not in common)


@define(eq=False)
class _Join:
    """What is joined to a sheet: a query with one row at most for each of its rows."""

    query: exp.Select | Pool
    on: dict[str, str]
    columns: list[str]


@define(eq=False)
class _Level:
    joins: list[_Join] = field(factory=list)
    scalars: list[list[tuple[str, E]]] = field(factory=list)
    """By depth: each layer reads those before it."""


class Sheet:
    """One row for each instance of a subject. Its columns are named, and stand in expressions by their bare names."""

    def __init__(self, book: Book, name: str, keys: tuple[str, ...], base: exp.Select, comment: str) -> None:
        self.book, self.name, self.keys, self.base, self.comment = book, name, keys, base, comment
        self.bottom = book.level_of(base)
        self.levels: dict[str, int] = {}
        self._depth: dict[str, int] = {}
        self.parts: dict[int, _Level] = {self.bottom: _Level()}
        self._known: dict[E, exp.Column] = {}
        self._pools: dict[tuple[str, int], Pool] = {}
        for column in base.named_selects:
            self.levels[column] = self.bottom

    # ------------------------------------------------------------ asking

    def column(self, name: str) -> exp.Column:
        assert name in self.levels, name
        return exp.column(name, quoted=True)

    def level_of(self, *values: E) -> int:
        """The level on which values of this sheet are there."""
        found = [self.levels[column.name] for value in values for column in trees.parts(value, exp.Column)]
        return max(found, default=self.bottom)

    def let(self, hint: str, value: E) -> E:
        """A value that is reckoned from columns of the same row, as a column; fixed values and columns stay."""
        if isinstance(value, exp.Column) or not trees.reads(value):
            return value
        known = self._known.get(value)
        if known is not None:
            return known
        level = self.level_of(value)
        depth = 1 + max(
            (self._depth.get(c.name, 0) for c in trees.parts(value, exp.Column) if self.levels[c.name] == level),
            default=0,
        )
        name = self._named(hint)
        scalars = self._at(level).scalars
        while len(scalars) < depth:
            scalars.append([])
        scalars[depth - 1].append((name, value))
        self.levels[name], self._depth[name] = level, depth
        self._known[value] = exp.column(name, quoted=True)
        return exp.column(name, quoted=True)

    def joined(self, query: exp.Select, on: dict[str, str], columns: Sequence[str]) -> dict[str, E]:
        """Columns of a query with at most one row for each of these; `on`: column of this sheet → of the query.

        They come back under names of this sheet; where the query has no such row, they are NULL.
        """
        level = max(self.book.level_of(query), self.level_of(*map(self.column, on)))
        names = {column: self._named(column) for column in columns}
        shown = [named(exp.column(c, table="f", quoted=True), names[c]) for c in columns]
        keys = {column: f"on_{place}" for place, column in enumerate(on)}
        inner = select(*shown, *(exp.column(on[c], table="f", quoted=True).as_(k) for c, k in keys.items()))
        self._at(level).joins.append(_Join(inner.from_(query.subquery("f")), keys, list(names.values())))
        for name in names.values():
            self.levels[name], self._depth[name] = level, 0
        return {column: exp.column(name, quoted=True) for column, name in names.items()}

    def beside(self, query: exp.Select, on: dict[str, str], columns: Sequence[str]) -> None:
        """Columns of a query with one row for each of these, under names that nothing else has."""
        level = max(self.book.level_of(query), self.level_of(*map(self.column, on)))
        keys = {column: f"on_{place}" for place, column in enumerate(on)}
        inner = select(
            *(exp.column(c, table="f", quoted=True) for c in columns),
            *(exp.column(on[c], table="f", quoted=True).as_(k) for c, k in keys.items()),
        )
        self._at(level).joins.append(_Join(inner.from_(query.subquery("f")), keys, list(columns)))
        for name in columns:
            self.levels[name], self._depth[name] = level, 0

    def pool(self, what: str, level: int, make: Callable[[], tuple[exp.Select, dict[str, E]]]) -> Pool:
        """What is gathered from the source of that name, whose queries read this sheet on a level (or not: -1)."""
        known = self._pools.get((what, level))
        if known is None:
            source, keys = make()
            known = self._pools[what, level] = Pool(source, keys)
            at = max(self.book.level_of(source.select(exp.Star())), self.bottom)
            self._at(at).joins.append(_Join(known, {key: key for key in keys}, []))
        return known

    def gathered(self, pool: Pool, hint: str, aggregate: Callable[[E | None], E], where: Iterable[E]) -> E:
        """An aggregate over what passes the tests, as a column (NULL, or what the aggregate gives, over nothing)."""
        tests = tuple(where)
        for each in pool.gathered:
            if each.where == tests and each.aggregate(None) == aggregate(None):
                return exp.column(each.name, quoted=True)
        name = self._named(hint)
        level = next(at for at, part in self.parts.items() for join in part.joins if join.query is pool)
        join = next(join for join in self.parts[level].joins if join.query is pool)
        pool.gathered.append(Gathered(name, aggregate, tests))
        join.columns.append(name)
        self.levels[name], self._depth[name] = level, 0
        return exp.column(name, quoted=True)

    def _at(self, level: int) -> _Level:
        return self.parts.setdefault(level, _Level())

    def _named(self, hint: str) -> str:
        return self.book.column_name(hint)

    def at(self, level: int) -> exp.Table:
        """The sheet as it is written on a level; whoever reads it is one level above."""
        return exp.table_(f"{self.name}#{level}", quoted=True)

    # ------------------------------------------------------------ writing

    def written_at(self, level: int) -> str:
        """The name of the stage that has every column up to a level."""
        return self._stage_name(max(each for each in self.parts if each <= level))

    def _stage_name(self, level: int) -> str:
        place = sorted(self.parts).index(level)
        return self.name if place == 0 else f"{self.name} {place + 1}"

    def query(self, level: int) -> exp.Select:
        """The query of one level, on top of the one below."""
        below = [each for each in self.parts if each < level]
        part = self.parts[level]
        if below:
            previous: exp.Select = select(exp.Star()).from_(self.at(max(below)))
            source = exp.alias_(self.at(max(below)), "s", table=True)
        else:
            previous = self.base
            source = self.base.subquery("s")
        query = previous
        if part.joins:
            query = select(exp.Column(this=exp.Star(), table=exp.to_identifier("s"))).from_(source)
            joins = [join for join in part.joins if not isinstance(join.query, Pool) or join.query.gathered]
            for place, join in enumerate(joins, 1):
                query = self._with(query, join, f"j{place}")
        for layer in part.scalars:
            query = select(exp.Star(), *(named(value, name) for name, value in layer)).from_(query.subquery("x"))
        return query

    def _with(self, query: exp.Select, join: _Join, alias: str) -> exp.Select:
        if isinstance(join.query, Pool):
            inner = join.query.query()
            columns = [each.name for each in join.query.gathered]
        else:
            inner, columns = join.query, join.columns
        on = [
            exp.EQ(this=exp.column(key, table="s", quoted=True), expression=exp.column(of, table=alias, quoted=True))
            for key, of in join.on.items()
        ]
        query = query.select(*(exp.column(name, table=alias, quoted=True) for name in columns))
        if not on:
            return query.join(inner.subquery(alias), join_type="cross")
        return query.join(inner.subquery(alias), on=p.all_of(*on), join_type="left")


def slug(text: str) -> str:
    """A name that reads well in a query."""
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")[:40] or "x"
