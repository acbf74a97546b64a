"""Days, months, rounding and orders on the engines: the same as in the reference, beyond 2^53 too."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pytest
from sqlglot import exp

from outcomelang.relational import primitives as p

from .conformance import Table, mismatches, tables, too_large


def on_duckdb(query: exp.Query) -> Sequence[tuple[object, ...]]:
    with duckdb.connect() as connection:
        return connection.execute(p.written(query, "duckdb")).fetchall()


@pytest.mark.parametrize("table", list(tables()), ids=lambda table: table.name)
def test_every_primitive_gives_what_the_reference_gives(table: Table) -> None:
    assert mismatches(table, on_duckdb) == []


@pytest.mark.parametrize("query", [pytest.param(query, id=name) for name, query in too_large()])
def test_what_does_not_fit_is_an_error_and_never_another_number(query: exp.Query) -> None:
    with pytest.raises((duckdb.OutOfRangeException, duckdb.ConversionException)):
        on_duckdb(query)


@pytest.mark.parametrize("dialect", ["duckdb", "spark"])
def test_a_text_with_quotes_stays_text(dialect: p.Dialect) -> None:
    hostile = "x'); DROP TABLE rows; -- \\ \" `"
    text = p.written(exp.select(p.text(hostile).as_("t")), dialect)
    back = exp.maybe_parse(text, dialect=dialect)
    assert back.expressions[0].this.this == hostile


def test_lists_are_sorted_and_hold_each_thing_once() -> None:
    value = p.structure(day=exp.column("a"), id=exp.column("b"))
    source = exp.values([(2, "x"), (1, "z"), (1, "y"), (2, "x")], alias="v", columns=["a", "b"])
    query = exp.select(
        p.in_order(exp.ArrayAgg(this=value)).as_("each"),
        p.Part(this=p.sorted_list(value, exp.column("a").eq(1)), expression=exp.to_identifier("id")).as_("ids"),
    ).from_(source)
    each = [{"day": 1, "id": "y"}, {"day": 1, "id": "z"}, {"day": 2, "id": "x"}]
    assert on_duckdb(query) == [(each, ["y", "z"])]
