"""An account with an engine, from files to the ledger; and by the reference where the engine hands it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Self

from attrs import evolve, frozen

from outcomelang.core import ir
from outcomelang.diagnostic import Diagnostic, LogError
from outcomelang.evaluation.ledger import Ledger
from outcomelang.evaluation.log import read_log, validate
from outcomelang.evaluation.log.quarantine import Mistakes, Quarantine, by_rows, quarantine
from outcomelang.evaluation.reference import evaluate as by_reference
from outcomelang.relational.choosing import REFERENCE, SPARK, Choice
from outcomelang.relational.engines import EngineError
from outcomelang.relational.handing_back import HandedBack

if TYPE_CHECKING:
    from outcomelang.relational.account.straight import Straight
    from outcomelang.relational.duckdb_engine import DuckDB
    from outcomelang.relational.log import Checked, LogTables
    from outcomelang.relational.spark_engine import Spark

Tell = Callable[[str], None]


@frozen
class Resources:
    """What an engine may take: memory as it writes it (`4GB`), threads; a master of Spark; where it writes aside."""

    memory_limit: str | None = None
    threads: int | None = None
    master: str | None = None
    beside: Path | None = None


def quiet(said: str) -> None:
    """For whoever wants to hear nothing."""


@frozen
class Asked:
    """A contract and the files of its log, the engine that is to take them, what it may use, and who hears of it.

    `tell` is told in a line what runs where, and why; `step` what is being done.
    """

    contract: ir.Contract
    paths: Sequence[Path]
    choice: Choice
    resources: Resources = Resources()
    tell: Tell = quiet
    step: Tell = quiet

    def engine(self) -> DuckDB:
        """The engine that reads the log."""
        from outcomelang.relational.duckdb_engine import DuckDB

        return DuckDB(self.resources.memory_limit, self.resources.threads, self.resources.beside)


@frozen
class Account:
    """A ledger and the engine that made it. Its entries stand there, and may be read `straight`: close it only when
    they have been read."""

    ledger: Ledger
    engine: str
    close: Callable[[], None]
    straight: Straight | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()


def account(asked: Asked, as_of: date | None, digest: str, provenance: bool = True) -> Account:
    """The account over files on a day. Raises `LogError` for a log with mistakes."""
    if asked.choice.why:
        asked.tell(f"{asked.choice.why}.")
    if asked.choice.engine != REFERENCE:
        try:
            return _with_engine(asked, as_of, digest, provenance)
        except HandedBack as problem:
            asked.tell(f"The reference makes this account, not the engine {asked.choice.engine}: {problem}.")
    return Account(_by_reference(asked, as_of, digest), REFERENCE, lambda: None)


def _by_reference(asked: Asked, as_of: date | None, digest: str) -> Ledger:
    asked.step("Reading the log, row by row")
    log = read_log(asked.contract, asked.paths)
    asked.step("Computing what is due")
    return by_reference(asked.contract, log, as_of, digest)


def _with_engine(asked: Asked, as_of: date | None, digest: str, provenance: bool) -> Account:
    from outcomelang.relational.evaluating import evaluate, prepared
    from outcomelang.relational.given_back import with_entries_of_either
    from outcomelang.relational.log import read_tables

    contract, name = asked.contract, asked.choice.engine
    plan = prepared(contract, as_of, provenance)
    with ExitStack() as stack:
        db = stack.enter_context(asked.engine())
        checked = read_tables(contract, asked.paths, db, step=asked.step)
        if checked.tables is None:
            raise LogError(checked.diagnostics)
        engine = stack.enter_context(_spark(db, checked.tables, asked.resources)) if name == SPARK else db
        asked.step("Computing what is due")
        found = evaluate(contract, engine, checked.tables, as_of, digest, provenance, plan, asked.step)
        if (said := found.said(name)) is not None:
            asked.tell(said)

        def again(problem: EngineError) -> Ledger:
            asked.tell(f"The engine {name} could not give the entries, so the reference does: {problem.first_words}.")
            return _by_reference(asked, as_of, digest)

        ledger = with_entries_of_either(found.ledger, again)
        return Account(ledger, name, stack.pop_all().close, found.straight)


def _spark(db: DuckDB, tables: LogTables, resources: Resources) -> Spark:
    """A session of Spark over the log that DuckDB has read and checked."""
    from sqlglot import exp

    from outcomelang.relational.spark_engine import Spark

    spark = Spark(resources.memory_limit, resources.threads, resources.beside, master=resources.master)
    try:
        spark.sized(tables.rows)
        for name in ("rows", "verdicts"):
            path = spark.folder / f"{name}.parquet"
            db.write(exp.select("*").from_(exp.table_(name, quoted=True)), path)
            spark.table(name, path)
    except BaseException as problem:
        spark.close()
        if isinstance(problem, EngineError):
            raise HandedBack(f"it could not take the log over: {problem.first_words}") from problem
        raise
    return spark


def everything_to_say(asked: Asked) -> tuple[Diagnostic, ...]:
    """All there is to say about a log, as `evaluation.log.validate` does."""
    checked = _checked(asked, keep_places=False)
    return validate(asked.contract, asked.paths) if checked is None else checked.told()


def set_aside(asked: Asked, target: Path) -> Quarantine:
    """The wrong rows of a log written to a file, as `evaluation.log.quarantine` does."""

    def read(contract: ir.Contract, files: tuple[Path, ...]) -> Mistakes:
        checked = _checked(evolve(asked, paths=files), keep_places=True)
        asked.step("Writing wrong rows")
        return by_rows(contract, files) if checked is None else (checked.diagnostics, checked.findings)

    return quarantine(asked.contract, asked.paths, target, read)


def _checked(asked: Asked, keep_places: bool) -> Checked | None:
    """What an engine says of a log; None where the reference has to read it."""
    if asked.choice.why:
        asked.tell(f"{asked.choice.why}.")
    asked.step("Reading the log")
    if asked.choice.engine == REFERENCE:
        return None
    from outcomelang.relational.log import read_tables

    with asked.engine() as db:
        try:
            return read_tables(asked.contract, asked.paths, db, keep_places, asked.step)
        except HandedBack as problem:
            asked.tell(f"The reference reads this log, not the engine {asked.choice.engine}: {problem}.")
    return None
