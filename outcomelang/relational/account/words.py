"""What queries of the account are written with: quoted names, tables written out, tests and joins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlglot import exp

from outcomelang.relational.primitives import E, all_of, text
from outcomelang.relational.trees import named


def column(name: str, of: str | None = None) -> E:
    return exp.column(name, table=of, quoted=True)


def table(name: str, called: str | None = None) -> exp.Table:
    return exp.table_(name, quoted=True, alias=None if called is None else quoted(called))


def quoted(name: str) -> exp.Identifier:
    return exp.to_identifier(name, quoted=True)


def values(rows: Iterable[Sequence[object]], called: str, columns: Sequence[str]) -> exp.Expr:
    """A table written out."""
    found = exp.values([tuple(row) for row in rows], alias="values")
    found.set("alias", exp.TableAlias(this=quoted(called), columns=[quoted(name) for name in columns]))
    return found


def alias(value: E, name: str) -> E:
    return named(value, name)


def when(test: E, value: E, otherwise: E) -> E:
    if test == exp.true() or value == otherwise:
        return value
    if test == exp.false():
        return otherwise
    return exp.Case(ifs=[exp.If(this=test, true=value)], default=otherwise)


def known(value: E) -> E:
    return exp.Not(this=exp.Is(this=value, expression=exp.null()))


def doubled(part: E) -> E:
    """A part of an id, in which a stroke is doubled."""
    return exp.Replace(this=part, expression=text("/"), replacement=text("//"))


def same(left: E, right: E) -> E:
    """Whether two values are alike, or both not known."""
    return exp.NullSafeEQ(this=left, expression=right)


def both(*tests: E) -> E:
    """All of them; those that always hold are left out."""
    return all_of(*(test for test in tests if test != exp.true()))


def left_join(right: exp.Expr, on: E) -> exp.Join:
    return exp.Join(this=right, side="LEFT", on=on)


def inner_join(right: exp.Expr, on: E) -> exp.Join:
    return exp.Join(this=right, kind="INNER", on=on)
