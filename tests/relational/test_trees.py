"""Trees are shared: what is built on one leaves it as it was, and SQLGlot writes what its own builders would."""

from __future__ import annotations

import subprocess
import sys

import pytest
import sqlglot
from sqlglot import exp

from outcomelang.relational import trees
from outcomelang.relational.primitives import Dialect, text, whole, written


def column(name: str) -> exp.Expr:
    return exp.column(name, quoted=True)


def test_each_step_is_a_query_of_its_own_over_the_same_parts() -> None:
    inner = trees.select(column("a")).from_("t")
    before = written(inner, "duckdb")
    outer = trees.select(exp.Star()).from_(inner.subquery("x")).where(column("a")).group_by(column("a"))
    more = inner.select(column("b")).where(column("b")).order_by(column("b")).limit(1).distinct()
    assert written(inner, "duckdb") == before
    assert written(outer, "duckdb") == f'SELECT * FROM ({before}) AS x WHERE "a" GROUP BY "a"'
    assert written(more, "duckdb") == 'SELECT DISTINCT "a", "b" FROM t WHERE "b" ORDER BY "b" LIMIT 1'
    assert more.expressions[0] is inner.expressions[0]


@pytest.mark.parametrize("kind", ["", "left", "cross", "anti"])
def test_joins_are_those_of_sqlglot(kind: str) -> None:
    on = None if kind == "cross" else exp.true()
    ours = trees.select(column("a")).from_("t").join(exp.table_("u"), on=on, join_type=kind)
    theirs = sqlglot.select(column("a")).from_("t").join(exp.table_("u"), on=on, join_type=kind)
    assert written(ours, "duckdb") == written(theirs, "duckdb")
    assert written(ours, "spark") == written(theirs, "spark")


@pytest.mark.parametrize("dialect", ["duckdb", "spark"])
def test_a_part_that_stands_in_several_places_is_written_in_each(dialect: Dialect) -> None:
    part = exp.Add(this=column("a"), expression=whole(1))
    query = trees.select(part, trees.named(part, "b")).from_(trees.select(trees.named(part, "a")).subquery("x"))
    again = sqlglot.select(part.copy(), part.as_("b", quoted=True))
    again = again.from_(sqlglot.select(part.as_("a", quoted=True)).subquery("x"))
    assert written(query, dialect) == written(again, dialect)
    assert written(query, dialect) == written(query, dialect)


def test_what_is_not_rewritten_is_shared() -> None:
    fixed, asked = exp.Add(this=column("a"), expression=whole(1)), column("b")
    tree = exp.And(this=fixed, expression=exp.Paren(this=asked))
    new = trees.rewritten(tree, lambda node: text("c") if node is asked else node)
    assert new.this is fixed
    assert new.sql() == "\"a\" + 1 AND ('c')"
    assert tree.sql() == '"a" + 1 AND ("b")'
    assert trees.rewritten(tree, lambda node: node) is tree


def test_hundreds_of_queries_are_put_together() -> None:
    many = trees.stacked([trees.select(whole(each)).from_("t") for each in range(600)], "u")
    query = trees.select(exp.Star()).from_(many)
    changed = trees.rewritten(query, lambda node: exp.table_("v") if isinstance(node, exp.Table) else node)
    assert written(changed, "duckdb").count("FROM v") == 600 == len([*trees.parts(query, exp.Table)])


def test_duckdb_is_written_to_without_the_dialect_of_spark() -> None:
    code = "from outcomelang.relational.primitives import whole, written; written(whole(1), 'duckdb')"
    see = "import sys; assert not [n for n in sys.modules if n.startswith(('sqlglot.dialects.spark', 'pyspark'))]"
    subprocess.run([sys.executable, "-c", f"{code}\n{see}"], check=True)
