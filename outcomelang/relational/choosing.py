"""Which engine an account is made with. Nothing of an engine is loaded to say so."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from attrs import frozen

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
        for package, extra in (
            (DUCKDB, "fast"),
            ("sqlglot", "fast"),
            *([("pyspark", "spark")] if asked == SPARK else []),
        ):
            if find_spec(package) is None:
                raise missing_extra(f"The engine {asked} needs {package}, which is not installed", extra)
        return Choice(asked)
    size = size_of(paths) if asked == AUTO else 0
    if size < LARGE:
        return Choice(REFERENCE)
    large = f"The log has {size / 1e6:,.0f} MB"
    if find_spec(DUCKDB) is None or find_spec("sqlglot") is None:
        faster = 'the engine duckdb is faster: pip install "outcomelang[fast]"'
        return Choice(REFERENCE, f"{large}; {faster}")
    return Choice(DUCKDB, f"{large}: the engine duckdb reads it (--engine reference would read it row by row)")


def size_of(paths: Iterable[Path]) -> int:
    """The bytes of a log, as text. A file that is not there has none: whoever reads it says so."""
    return sum(_bytes(path) for path in log_files(paths))


def _bytes(path: Path) -> int:
    size = path.stat().st_size if path.is_file() else 0
    return size * _PACKED if path.suffix.lower() in PARQUET else size
