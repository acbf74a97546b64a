"""Runs a plan in DuckDB, over relations that stand there already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen
from sqlglot import exp

from outcomelang.relational.plan import Plan, Stage
from outcomelang.relational.primitives import written

if TYPE_CHECKING:
    import duckdb


@frozen
class Settings:
    """How much of the machine it may use; None: what DuckDB takes by itself."""

    memory: str | None = None
    threads: int | None = None
    directory: str | None = None
    """Where it may put what does not fit into memory."""


def connect(settings: Settings | None = None) -> duckdb.DuckDBPyConnection:
    """A database in memory."""
    import duckdb

    config: dict[str, Any] = {}
    if settings is not None:
        if settings.memory is not None:
            config["memory_limit"] = settings.memory
        if settings.threads is not None:
            config["threads"] = settings.threads
        if settings.directory is not None:
            config["temp_directory"] = settings.directory
    return duckdb.connect(config=config)


def run(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Makes every stage of a plan: a table where it is read more than once (or last), else a view."""
    assert not plan.refusals, plan.refusals
    for stage in plan.stages:
        connection.execute(statement(stage))


def statement(stage: Stage) -> str:
    """What makes one stage."""
    name = exp.to_identifier(stage.relation.name, quoted=True)
    kind = "TABLE" if stage.read != 1 else "VIEW"
    made = exp.Create(
        this=exp.Table(this=name),
        kind=kind,
        expression=stage.query.copy(),
        properties=exp.Properties(expressions=[exp.TemporaryProperty()]),
    )
    return written(made, "duckdb")


def fetched(connection: duckdb.DuckDBPyConnection, name: str) -> tuple[list[str], Sequence[tuple[Any, ...]]]:
    """The columns and rows of a stage."""
    table = exp.table_(name, quoted=True)
    result = connection.execute(written(exp.select(exp.Star()).from_(table), "duckdb"))
    columns = [column[0] for column in result.description or ()]
    return columns, result.fetchall()
