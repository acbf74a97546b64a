"""DuckDB, embedded: the one module that knows it. Trees in, rows out; what it writes lies in a folder of its own.

The folder is removed when the engine is closed, whatever happened. Relations stand in memory, and go to that folder as
far as there is too little of it, or the limit on memory is reached.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlglot import exp

from outcomelang.diagnostic import Diagnostic, Remedy, UsageError
from outcomelang.evaluation.log.forms import missing_extra
from outcomelang.relational.engines import EngineError, Opened
from outcomelang.relational.primitives import written
from outcomelang.source import Span

try:
    import duckdb
except ImportError:
    raise missing_extra("The engine duckdb is not installed", "fast") from None

FETCHED = 8_192
NAME = "duckdb"


class DuckDB(Opened):
    """One connection, to a database of its own that does not outlive it."""

    dialect = "duckdb"

    def __init__(self, memory_limit: str | None = None, threads: int | None = None, beside: Path | None = None) -> None:
        super().__init__(beside)
        try:
            self._connection = _quiet(duckdb.connect(config=_settings(memory_limit, threads, self.folder)))
        except BaseException as problem:
            self.close()
            if isinstance(problem, duckdb.Error):
                raise _refused(problem, memory_limit) from problem
            raise
        self._ending.callback(self._connection.close)

    def run(self, statement: exp.Expr) -> None:
        """Carry out a statement."""
        with _in_our_words():
            self._connection.execute(written(statement, "duckdb"))

    def fetch(self, query: exp.Expr) -> list[tuple[Any, ...]]:
        """All rows of a query that has few."""
        with _in_our_words():
            rows: list[tuple[Any, ...]] = self._connection.execute(written(query, "duckdb")).fetchall()
        return rows

    def stream(self, query: exp.Expr) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of a query in batches."""
        with _in_our_words():
            result = _quiet(self._connection.cursor()).execute(written(query, "duckdb"))
        while rows := _batch(result):
            yield rows

    def keep(self, name: str, query: exp.Query, read: int) -> None:
        """Let a query be read under a name; what is read more than once, or once by whoever asks, is worked out now."""
        named = exp.Table(this=exp.to_identifier(name, quoted=True))
        kind = "VIEW" if read == 1 else "TABLE"
        self.run(exp.Create(this=named, kind=kind, replace=True, expression=query))

    def write(self, query: exp.Query, path: Path) -> None:
        """The rows of a query as Parquet."""
        form = exp.CopyParameter(this=exp.var("FORMAT"), expression=exp.var("PARQUET"))
        self.run(exp.Copy(this=query.subquery(), kind=False, files=[exp.Literal.string(str(path))], params=[form]))


def _quiet(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A connection that draws no bar of its own among our results when something takes long."""
    off = exp.EQ(this=exp.var("enable_progress_bar"), expression=exp.false())
    return connection.execute(written(exp.Set(expressions=[exp.SetItem(this=off)]), "duckdb"))


def _batch(result: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    with _in_our_words():
        rows: list[tuple[Any, ...]] = result.fetchmany(FETCHED)
    return rows


@contextmanager
def _in_our_words() -> Iterator[None]:
    """What goes wrong in the engine as what it means here; somebody who stops it stops us."""
    try:
        yield
    except duckdb.OutOfMemoryException as problem:
        raise _out_of_memory(problem) from problem
    except duckdb.InterruptException as problem:
        raise KeyboardInterrupt from problem
    except duckdb.Error as problem:
        raise EngineError(str(problem)) from problem
    except RuntimeError as problem:
        if "interrupted" in str(problem):  # so it says of a signal that came while it was at work
            raise KeyboardInterrupt from problem
        raise


def _settings(memory_limit: str | None, threads: int | None, folder: Path) -> dict[str, Any]:
    settings: dict[str, Any] = {
        "temp_directory": str(folder / "spilled"),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    if memory_limit is not None:
        settings["memory_limit"] = _within(memory_limit)
    if threads is not None:
        settings["threads"] = threads
    return settings


def _within(memory_limit: str) -> str:
    """Nine tenths of a limit: the rest is for what the engine does not count, such as Python and rows on their way.

    What is no limit is left to the engine to refuse.
    """
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([KMGT]i?B)\s*", memory_limit, re.IGNORECASE)
    return memory_limit if found is None else f"{Decimal(found[1]) * 9 / 10:f}{found[2]}"


def _refused(problem: duckdb.Error, memory_limit: str | None) -> UsageError:
    message = (
        f"The engine duckdb cannot start with a memory limit of {memory_limit}: {' '.join(str(problem).split())[:200]}"
    )
    return _usage("engine-not-started", message, "Write it as 4GB or 800MB")


def _out_of_memory(problem: duckdb.Error) -> UsageError:
    message = f"The engine duckdb ran out of memory: {' '.join(str(problem).split())[:160]}"
    return _usage("out-of-memory", message, "Give it more with --memory-limit, or use fewer threads (--threads 1)")


def _usage(name: str, message: str, remedy: str) -> UsageError:
    code = {"engine-not-started": "OL407", "out-of-memory": "OL408"}[name]
    return UsageError((Diagnostic(code, name, message, Span("", 0, 0, 0, 0), remedies=(Remedy(remedy),)),))
