"""Files of a log as the relations ROWS and VERDICTS, checked as the reference checks them, whatever their size.

The engine reads and judges all rows at once. Whatever is not plainly right (a file that readers may cut differently, a
spelling that no table holds, a mistake) goes to the reference's own reader, so there is one meaning and one wording.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from attrs import frozen
from sqlglot import exp

from outcomelang.core import ir
from outcomelang.diagnostic import Diagnostic
from outcomelang.evaluation.ledger import Report
from outcomelang.evaluation.log import read_files, without_collector
from outcomelang.evaluation.log.another_contract import another_contract
from outcomelang.evaluation.log.columns import clashing, columns_of
from outcomelang.evaluation.log.findings import Findings, warning
from outcomelang.evaluation.log.forms import log_files, no_log
from outcomelang.evaluation.log.reading import belief
from outcomelang.evaluation.log.vocabulary import vocabulary
from outcomelang.relational.duckdb_engine import DuckDB
from outcomelang.relational.engines import EngineError
from outcomelang.relational.handing_back import HandedBack
from outcomelang.relational.log.asides import Gone, Hopeless, Told, tell
from outcomelang.relational.log.normalising import normalised
from outcomelang.relational.log.right_after_all import add_kept, make_read
from outcomelang.relational.log.sources import Noted, source_of
from outcomelang.relational.log.tables import Tables
from outcomelang.relational.log.whole_log import Whole, check_whole
from outcomelang.relational.log.words import READ, Words


@frozen
class LogTables:
    """A log without mistakes, in two relations of the engine: `rows` and `verdicts`, every version of each.

    `last_day`, `corrected` and `reports` are those of `evaluation.event_log.EventLog`.
    """

    files: tuple[str, ...]
    last_day: int
    corrected: bool
    reports: tuple[Report, ...]
    rows: int


@frozen
class Checked:
    """What was read, and what is wrong with it: with anything wrong, `tables` is None."""

    diagnostics: tuple[Diagnostic, ...]
    reports: tuple[Report, ...]
    tables: LogTables | None
    findings: Findings

    def told(self) -> tuple[Diagnostic, ...]:
        """Everything to say about the log, as `evaluation.log.validate` does."""
        return (*self.diagnostics, *map(warning, self.reports))


def read_tables(
    contract: ir.Contract,
    paths: Sequence[Path],
    db: DuckDB,
    keep_places: bool = False,
    step: Callable[[str], None] = lambda said: None,
) -> Checked:
    """Read a log into the engine. `step` is told what is being done.

    Raises UsageError where a form of file needs what is not installed, `HandedBack` where the reference must read it.
    """
    files = log_files(paths)
    if not files:
        raise no_log()
    try:
        return _read_and_checked(contract, files, db, keep_places, step)
    except EngineError as problem:
        raise HandedBack(f"it could not read the log: {problem.first_words}") from problem


def _read_and_checked(
    contract: ir.Contract, files: tuple[Path, ...], db: DuckDB, keep_places: bool, step: Callable[[str], None]
) -> Checked:
    names = tuple(str(file) for file in files)
    first, last = (date.fromordinal(day) for day in belief(contract))
    words = Words(contract, vocabulary(contract), first, last)
    make_read(db, contract)
    gone = _read(db, words, files, names, step)
    step("Checking the log")
    told = Told(Findings(names, keep_places))
    try:
        without_collector(lambda: tell(db, words, gone, told))
    except Hopeless:
        return _by_reference(contract, files, keep_places)
    add_kept(db, contract, told.kept)
    found = check_whole(db, words, told.findings)
    return _checked(words, told.findings, found)


def _read(
    db: DuckDB, words: Words, files: tuple[Path, ...], names: tuple[str, ...], step: Callable[[str], None]
) -> list[Gone]:
    """Every file into READ: right rows as they mean, others aside."""
    tables, gone = Tables(db, words), list[Gone]()
    for index, path in enumerate(files):
        step(f"Reading file {index + 1:,} of {len(files):,}")
        noted = Noted(names)
        source = source_of(db, path, index, noted)
        gone.append(Gone(None, noted, cut=source is None or source.by_engine))
        if source is None:
            continue
        columns = columns_of(source.header, source.line, index, words.vocabulary, noted)
        if columns is None or clashing(columns, words.vocabulary, index, source.line, noted):
            continue
        gone[-1].columns = columns
        rows = source.rows()
        tables.learn(columns, rows)
        db.run(exp.insert(normalised(words, columns, index, rows), READ))
    for index, count in db.fetch(exp.select("file", exp.Count(this=exp.Star())).from_(READ).group_by("file")):
        gone[index].rows = count
    tables.settle(gone)
    return gone


def _checked(words: Words, findings: Findings, found: Whole) -> Checked:
    other = another_contract(words.contract, words.vocabulary, findings, found.events)
    diagnostics = findings.diagnostics(other)
    tables = LogTables(findings.files, found.last_day, found.corrected, found.reports, found.rows)
    return Checked(diagnostics, found.reports, None if diagnostics else tables, findings)


def _by_reference(contract: ir.Contract, files: tuple[Path, ...], keep_places: bool) -> Checked:
    reading = without_collector(lambda: read_files(contract, files, keep_places))
    log = without_collector(reading.finish)
    return Checked(reading.diagnostics(), log.reports, None, reading.findings)
