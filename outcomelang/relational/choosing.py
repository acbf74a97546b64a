"""Which engine an account is made with. Nothing of an engine is loaded to say so."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from attrs import frozen

from outcomelang.diagnostic import UsageError
from outcomelang.evaluation.log.forms import PARQUET, log_files, missing_extra

AUTO, REFERENCE, DUCKDB, SPARK = "auto", "reference", "duckdb", "spark"
ENGINES = (AUTO, REFERENCE, DUCKDB, SPARK)
LARGE = 20_000_000
"""Bytes of CSV (some 300,000 rows) from which on starting an engine pays."""
_PACKED = 6
"""How much larger the same rows are as text than in a Parquet file, about."""


@frozen
class Choice:
    """The engine, and in a sentence why it is not the reference; empty where there is nothing to say."""

    engine: str
    why: str = ""


def choose(asked: str, paths: Iterable[Path]) -> Choice:
    """The engine that was asked for, or the one that a log of this size is for.

    Raises UsageError where one that was asked for is not installed.
    """
    if asked in (DUCKDB, SPARK):
        if (hindered := _hindered(asked)) is not None:
            raise hindered
        return Choice(asked)
    size = size_of(paths) if asked == AUTO else 0
    if size < LARGE:
        return Choice(REFERENCE)
    large = f"The log has {size / 1e6:,.0f} MB"
    if (hindered := _hindered(DUCKDB)) is not None:
        line = hindered.diagnostics[0].remedies[0].text
        return Choice(REFERENCE, f"{large}; the engine duckdb is faster: {line}")
    return Choice(DUCKDB, f"{large}: the engine duckdb reads it (--engine reference would read it row by row)")


def _hindered(engine: str) -> UsageError | None:
    """Why an engine cannot be used here, and what to type."""
    what = f"The engine {engine}"
    if find_spec(DUCKDB) is None:
        return missing_extra(f"{what} needs duckdb, which is not installed", "fast")
    if engine == SPARK and find_spec("pyspark") is None:
        return missing_extra(f"{what} needs pyspark, which is not installed", "spark")
    return no_sql(what)


def no_sql(what: str) -> UsageError | None:
    """Why no SQL can be written here, for something that needs it, and what to type."""
    found = find_spec("sqlglot")
    if found is None or found.origin is None:
        return missing_extra(f"{what} needs sqlglot, which is not installed", "fast")
    if any(each.suffix in (".so", ".pyd") for each in Path(found.origin).parent.glob("generator.*")):
        said = f"{what} writes SQL in ways of its own, which sqlglotc, the compiled part of sqlglot, does not allow"
        return missing_extra(said, "fast", remedy="pip uninstall sqlglotc")
    return None


def size_of(paths: Iterable[Path]) -> int:
    """The bytes of a log, as text. A file that is not there has none: whoever reads it says so."""
    return sum(_bytes(path) for path in log_files(paths))


def _bytes(path: Path) -> int:
    size = path.stat().st_size if path.is_file() else 0
    return size * _PACKED if path.suffix.lower() in PARQUET else size
