"""Rows that Python holds, as a Parquet file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sqlglot import exp

from outcomelang.relational.duckdb_engine import DuckDB
from outcomelang.relational.log.handing import make, put


def write_table(columns: Mapping[str, str], rows: Iterable[Sequence[object]], path: Path) -> None:
    """Write rows to `path`; `columns` gives the type of each column by its name. None is a missing value."""
    with DuckDB() as db:
        make(db, "written", columns)
        put(db, db.folder / "written.txt", "written", columns, rows)
        db.write(exp.select("*").from_("written"), path)
