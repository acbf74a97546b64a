"""DuckDB in memory, with relations that a test gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from sqlglot import exp

from outcomelang.relational.primitives import written
from outcomelang.relational.relations import ENDINGS, PENDING, REPORTS, Column, Type

from .exported import Exported

BATCH = 7
"""Small, so that a relation comes in several batches."""
PLACES = "STRUCT(day DATE, id VARCHAR, file BIGINT, line BIGINT)[]"


class Engine:
    dialect = "duckdb"
    folder = Path()

    def __init__(self) -> None:
        self.connection = duckdb.connect()
        self.connection.execute("SET threads = 1")
        self.connection.execute("PRAGMA disable_optimizer")  # relations are small: planning would take the time

    def given(self, of: Exported) -> None:
        """The relations of which an account is made; the last row first, as the order of rows never tells."""
        self.table("drafts", of.columns, of.drafts)
        self.table("pending", PENDING, of.pending)
        self.table("reports", REPORTS, of.reports)
        self.table("endings", ENDINGS, of.endings.items())

    def made(self, columns: Sequence[Column], drafts: Sequence[Sequence[Any]], endings: dict[str, date]) -> None:
        """Relations for a made-up account."""
        self.table("drafts", columns, drafts)
        self.table("pending", PENDING, ())
        self.table("reports", REPORTS, ())
        self.table("endings", ENDINGS, endings.items())

    def table(self, name: str, columns: Sequence[Column], records: Iterable[Sequence[Any]]) -> None:
        types = [PLACES if column.type is Type.PLACES else column.type.value for column in columns]
        fields = ", ".join(f'"{column.name}" {of}' for column, of in zip(columns, types, strict=True))
        self.connection.execute(f'CREATE OR REPLACE TABLE "{name}" ({fields})')
        given = list(records)[::-1]
        one = f"({', '.join('?' for _ in columns)})"
        for begin in range(0, len(given), 200):
            some = given[begin : begin + 200]
            values = [value for record in some for value in record]
            self.connection.execute(f'INSERT INTO "{name}" VALUES {", ".join([one] * len(some))}', values)

    def keep(self, name: str, query: exp.Query, read: int) -> None:
        kind = "TABLE" if read > 1 else "VIEW"
        self.connection.execute(f'DROP {kind} IF EXISTS "{name}"')
        self.connection.execute(f'CREATE {kind} "{name}" AS {written(query, "duckdb")}')

    def fetch(self, query: exp.Expr) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self.connection.execute(written(query, "duckdb")).fetchall()
        return found

    def stream(self, query: exp.Expr) -> Iterator[list[tuple[Any, ...]]]:
        found = self.connection.execute(written(query, "duckdb"))
        while batch := found.fetchmany(BATCH):
            yield batch

    def run(self, statement: exp.Expr) -> None:
        self.connection.execute(written(statement, "duckdb"))

    def write(self, query: exp.Query, path: Path) -> None:
        self.connection.sql(written(query, "duckdb")).write_parquet(str(path))

    def close(self) -> None:
        self.connection.close()
