"""Rows that Python holds, as a Parquet file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sqlglot import exp

from outcomelang.diagnostic import Diagnostic, Remedy, UsageError
from outcomelang.relational.duckdb_engine import DuckDB
from outcomelang.relational.engines import EngineError
from outcomelang.relational.log.handing import make, put
from outcomelang.source import Span


def write_table(columns: Mapping[str, str], rows: Iterable[Sequence[object]], path: Path) -> None:
    """Write rows to `path`; `columns` gives the type of each column by its name. None is a missing value.

    Raises UsageError where that fails.
    """
    try:
        with DuckDB() as db:
            make(db, "written", columns)
            put(db, db.folder / "written.txt", "written", columns, rows)
            db.write(exp.select("*").from_("written"), path)
    except EngineError as problem:
        raise _not_written(problem) from problem


def _not_written(problem: EngineError) -> UsageError:
    message = f"The Parquet file could not be written: {problem.first_words}"
    remedies = (
        Remedy("Make room where it is written and in the folder for temporary files (`TMPDIR`)"),
        Remedy("Write it as CSV"),
    )
    return UsageError((Diagnostic("OL410", "parquet-not-written", message, Span("", 0, 0, 0, 0), remedies=remedies),))
