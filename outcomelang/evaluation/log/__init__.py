"""The event log: read exactly, or refused with the place, the cause and a remedy.

`read_log` is the way in. Rows are checked against the contract while they are read: events, sources, columns, labels,
days and amounts are those that the contract declares, or the log is refused whole, with the first mistake of each
kind and the number of rows that have it. Nothing is evaluated on part of a log.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from gc import disable, enable, isenabled
from pathlib import Path
from typing import TypeVar

from outcomelang.core import ir
from outcomelang.diagnostic import Diagnostic, LogError
from outcomelang.evaluation.event_log import EventLog, Row, Value, Verdict
from outcomelang.evaluation.log.findings import warning
from outcomelang.evaluation.log.forms import log_files, no_log
from outcomelang.evaluation.log.reading import Reading
from outcomelang.evaluation.log.table import Table, table_chunks

__all__ = ["EventLog", "Row", "Value", "Verdict", "read_log", "rows_from_table", "validate"]

_Result = TypeVar("_Result")


def read_log(contract: ir.Contract, paths: Sequence[Path]) -> EventLog:
    """Read files as one log: CSV, Parquet, workbooks (.xlsx); a folder stands for those in it.

    Columns: id, participant, event, date, source; `recorded` and `verifies` where wanted; then those of the
    contract's attributes. Money becomes minor units, days become ordinals (see `Value`).
    Raises LogError with the first mistake of each kind.
    """
    return _finished(without_collector(lambda: read_files(contract, log_files(paths))))


def rows_from_table(contract: ir.Contract, table: Table, name: str = "table") -> EventLog:
    """The same for rows in memory: mappings, or columns by name. Floats are refused. Row n is quoted as line n + 1.

    Raises LogError with the first mistake of each kind.
    """

    def read() -> Reading:
        reading = Reading(contract, (name,))
        reading.add_chunks(table_chunks(table, reading.findings), 0)
        return reading

    return _finished(without_collector(read))


def validate(contract: ir.Contract, paths: Sequence[Path]) -> tuple[Diagnostic, ...]:
    """Everything to say about a log: each kind of mistake once with its count, then reports as warnings."""
    reading = without_collector(lambda: read_files(contract, log_files(paths)))
    log = without_collector(reading.finish)
    return (*reading.diagnostics(), *map(warning, log.reports))


def read_files(contract: ir.Contract, files: tuple[Path, ...], keep_places: bool = False) -> Reading:
    """Read every file; the reading holds rows and mistakes. Raises UsageError when there is no file at all."""
    if not files:
        raise no_log()
    reading = Reading(contract, tuple(str(file) for file in files), keep_places)
    for index, file in enumerate(files):
        reading.add_file(file, index)
    return reading


def without_collector(work: Callable[[], _Result]) -> _Result:
    """Run `work` without the cyclic garbage collector, which would look through every row again and again."""
    enabled = isenabled()
    disable()
    try:
        return work()
    finally:
        if enabled:
            enable()


def _finished(reading: Reading) -> EventLog:
    log = without_collector(reading.finish)
    if reading.findings:
        raise LogError(reading.diagnostics())
    return log
