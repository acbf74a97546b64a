"""A whole account from files to entries, by the reference and by an engine, and in which part they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen
from sqlglot import exp

from outcomelang.core import ir
from outcomelang.diagnostic import Diagnostic, LogError
from outcomelang.evaluation.event_log import EventLog
from outcomelang.evaluation.ledger import Ledger
from outcomelang.evaluation.log import read_log
from outcomelang.evaluation.reference import evaluate as by_reference
from outcomelang.relational.duckdb_engine import DuckDB
from outcomelang.relational.evaluating import ByPerson, Evaluated, evaluate, prepared
from outcomelang.relational.handing_back import HandedBack
from outcomelang.relational.log import LogTables, read_tables
from outcomelang.relational.plan import Plan

from . import samples
from .agreement import load

if TYPE_CHECKING:
    from outcomelang.relational.spark_engine import Spark

PARTS = ("total", "lines", "pending", "reports", "as_of", "final", "log_ends")
BY_SETS, REFUSED, HANDED_BACK = "by sets", "refused", "handed back"


@frozen
class Task:
    """A contract, the files of its log, the day of the account (None: the final one). `read`: the engine reads the log;
    else it is given what the reference has read, which takes less time than a small log to read."""

    contract: ir.Contract
    files: Sequence[Path]
    as_of: date | None
    read: bool = True


def task(folder: Path) -> Task:
    """That of an example of the library."""
    sample = samples.example(folder)
    return Task(sample.contract, [folder / "events.csv"], sample.as_of)


@frozen
class Compared:
    """`differs`: the part that is not the same, None where all is. `how`: by sets, by the fold and why, or else."""

    how: str
    differs: str | None = None


def reference(task: Task) -> tuple[EventLog, Ledger] | tuple[Diagnostic, ...]:
    """What is right: the log and its ledger, or why the log is refused."""
    try:
        log = read_log(task.contract, task.files)
    except LogError as refused:
        return refused.diagnostics
    return log, by_reference(task.contract, log, task.as_of, "")


def compared(task: Task, application: Spark | None = None) -> Compared:
    """Both accounts: on DuckDB, or on Spark where its application is given. Handed back, nothing can differ."""
    try:
        plan = _prepared(task)
    except HandedBack as why:
        return Compared(f"{REFUSED}: {why}")
    expected = reference(task)
    try:
        with DuckDB(threads=1) as db:
            found = _tables(db, task, expected[0] if isinstance(expected[0], EventLog) else None)
            if not isinstance(found, LogTables) or not isinstance(expected[0], EventLog):
                return Compared("a log with mistakes", None if found == expected else "the mistakes of the log")
            with _engine(db, found, application) as engine:
                made = evaluate(task.contract, engine, found, task.as_of, "", True, plan)
                return Compared(_how(made), differs(made.ledger, expected[1]))
    except HandedBack as why:
        return Compared(f"{HANDED_BACK}: {why}")


def _tables(db: DuckDB, task: Task, log: EventLog | None) -> LogTables | tuple[Diagnostic, ...]:
    """The log in DuckDB, or what is wrong with it."""
    if task.read or log is None:
        checked = read_tables(task.contract, task.files, db)
        return checked.diagnostics if checked.tables is None else checked.tables
    load(db._connection, task.contract, log)
    return LogTables(log.files, log.last_day, log.corrected, log.reports, len(log.rows))


_LATEST: list[tuple[ir.Contract, date | None, Plan | ByPerson]] = []
"""Plans of the contract at hand: to make one takes longer than to carry it out over a small log."""


def _prepared(task: Task) -> Plan | ByPerson:
    if _LATEST and _LATEST[0][0] is not task.contract:
        _LATEST.clear()
    for contract, as_of, plan in _LATEST:
        if contract is task.contract and as_of == task.as_of:
            return plan
    plan = prepared(task.contract, task.as_of)
    _LATEST.append((task.contract, task.as_of, plan))
    return plan


def _how(made: Evaluated) -> str:
    if made.by_person is not None:
        return f"person by person: {made.by_person}"
    return BY_SETS if made.folded is None else f"one by one: {made.folded}"


def differs(found: Ledger, expected: Ledger) -> str | None:
    """The first part that is not the same."""
    for name in PARTS:
        if getattr(found, name) != getattr(expected, name):
            return name
    return None if list(found.entries) == list(expected.entries) else "entries"


@contextmanager
def _engine(db: DuckDB, tables: LogTables, application: Spark | None) -> Iterator[DuckDB | Spark]:
    """The engine in which the log stands: DuckDB, which read it, or Spark, to which it is handed over."""
    if application is None:
        yield db
        return
    from outcomelang.relational.spark_engine import Spark

    with Spark(session=application.session) as own:
        own.sized(tables.rows)
        for name in ("rows", "verdicts"):
            db.write(exp.select("*").from_(exp.table_(name, quoted=True)), own.folder / f"{name}.parquet")
            own.table(name, own.folder / f"{name}.parquet")
        yield own
