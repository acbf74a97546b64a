"""An account with an engine, from files to the ledger; and by the reference where the engine hands it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Self

from attrs import frozen

from outcomelang.core import ir
from outcomelang.diagnostic import Diagnostic, LogError
from outcomelang.evaluation.ledger import Ledger
from outcomelang.evaluation.log import read_log, validate
from outcomelang.evaluation.log.quarantine import Mistakes, Quarantine, by_rows, quarantine
from outcomelang.evaluation.reference import evaluate as by_reference
from outcomelang.relational.choosing import REFERENCE, SPARK, Choice
from outcomelang.relational.handing_back import HandedBack

if TYPE_CHECKING:
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


@frozen
class Account:
    """A ledger and the engine that made it. Its entries stand there: close it only when they have been read."""

    ledger: Ledger
    engine: str
    close: Callable[[], None]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()


def account(
    contract: ir.Contract,
    paths: Sequence[Path],
    as_of: date | None,
    digest: str,
    choice: Choice,
    resources: Resources,
    tell: Tell,
    provenance: bool = True,
    step: Tell = lambda said: None,
) -> Account:
    """The account over files. `tell` is told in a line what runs where, and why; `step` what is being done.

    Raises `LogError` for a log with mistakes.
    """
    if choice.why:
        tell(f"{choice.why}.")
    if choice.engine != REFERENCE:
        try:
            return _with_engine(contract, paths, as_of, digest, choice, resources, tell, provenance, step)
        except HandedBack as problem:
            tell(f"The reference makes this account, not the engine {choice.engine}: {problem}.")
    step("Reading the log, row by row")
    log = read_log(contract, paths)
    step("Computing what is due")
    return Account(by_reference(contract, log, as_of, digest), REFERENCE, lambda: None)


def _with_engine(
    contract: ir.Contract,
    paths: Sequence[Path],
    as_of: date | None,
    digest: str,
    choice: Choice,
    resources: Resources,
    tell: Tell,
    provenance: bool,
    step: Tell,
) -> Account:
    from outcomelang.relational.duckdb_engine import DuckDB
    from outcomelang.relational.evaluating import evaluate, prepared
    from outcomelang.relational.log import read_tables

    plan = prepared(contract, as_of, provenance)
    with ExitStack() as stack:
        db = stack.enter_context(DuckDB(resources.memory_limit, resources.threads, resources.beside))
        checked = read_tables(contract, paths, db, step=step)
        if checked.tables is None:
            raise LogError(checked.diagnostics)
        engine = stack.enter_context(_spark(db, checked.tables, resources)) if choice.engine == SPARK else db
        step("Computing what is due")
        found = evaluate(contract, engine, checked.tables, as_of, digest, provenance, plan)
        if found.folded is not None:
            tell(
                f"The engine {choice.engine} found what is earned; what is due was reckoned one by one: {found.folded}."
            )
        return Account(found.ledger, choice.engine, stack.pop_all().close)


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
    except BaseException:
        spark.close()
        raise
    return spark


def everything_to_say(
    contract: ir.Contract, paths: Sequence[Path], choice: Choice, resources: Resources, tell: Tell, step: Tell
) -> tuple[Diagnostic, ...]:
    """All there is to say about a log, as `evaluation.log.validate` does."""
    checked = _checked(contract, paths, choice, resources, False, tell, step)
    return validate(contract, paths) if checked is None else checked.told()


def set_aside(
    contract: ir.Contract,
    paths: Sequence[Path],
    target: Path,
    choice: Choice,
    resources: Resources,
    tell: Tell,
    step: Tell,
) -> Quarantine:
    """The wrong rows of a log written to a file, as `evaluation.log.quarantine` does."""

    def read(contract: ir.Contract, files: tuple[Path, ...]) -> Mistakes:
        checked = _checked(contract, files, choice, resources, True, tell, step)
        step("Writing wrong rows")
        return by_rows(contract, files) if checked is None else (checked.diagnostics, checked.findings)

    return quarantine(contract, paths, target, read)


def _checked(
    contract: ir.Contract,
    paths: Sequence[Path],
    choice: Choice,
    resources: Resources,
    keep_places: bool,
    tell: Tell,
    step: Tell,
) -> Checked | None:
    """What an engine says of a log; None where the reference has to read it."""
    if choice.why:
        tell(f"{choice.why}.")
    step("Reading the log")
    if choice.engine == REFERENCE:
        return None
    from outcomelang.relational.duckdb_engine import DuckDB
    from outcomelang.relational.log import read_tables

    with DuckDB(resources.memory_limit, resources.threads, resources.beside) as db:
        try:
            return read_tables(contract, paths, db, keep_places, step)
        except HandedBack as problem:
            tell(f"The reference reads this log, not the engine {choice.engine}: {problem}.")
    return None
