"""The passes over a whole log: files one after another, then ids, verdicts and reports, which need all rows at once.

Nothing here depends on the order of rows or on how they are split over files, except the line numbers that it quotes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain
from operator import itemgetter
from pathlib import Path

from attrs import evolve

from outcomelang.core import ir
from outcomelang.core.names import name_key
from outcomelang.diagnostic import Diagnostic
from outcomelang.evaluation.event_log import EventLog, Verdict, latest
from outcomelang.evaluation.log import errors
from outcomelang.evaluation.log.another_contract import another_contract
from outcomelang.evaluation.log.columns import clashing, columns_of
from outcomelang.evaluation.log.csv_rows import Chunk
from outcomelang.evaluation.log.figures import check_figures
from outcomelang.evaluation.log.findings import Findings
from outcomelang.evaluation.log.forms import file_chunks
from outcomelang.evaluation.log.ids import check_ids
from outcomelang.evaluation.log.reports import reports
from outcomelang.evaluation.log.rows import Kept, RowReader
from outcomelang.evaluation.log.rulings import things
from outcomelang.evaluation.log.vocabulary import vocabulary

EARLIEST = date(1900, 1, 1).toordinal()
LATEST = date(2100, 12, 31).toordinal()
CENTURY = 36_525
_TOTAL_ORDER = itemgetter(0, 1, 2)
"""Of rows that are not doubled, no two are alike in these: then whole rows compare as they do, and faster."""


def belief(contract: ir.Contract) -> tuple[int, int]:
    """The first and last day that a row of this contract's log can believably carry."""
    first = contract.first_day.toordinal() - CENTURY if contract.first_day else EARLIEST
    last = contract.last_day.toordinal() + CENTURY if contract.last_day else LATEST
    return max(first, EARLIEST), min(last, LATEST)


class Reading:
    """One reading of a log: add files or a table, then `finish`."""

    def __init__(self, contract: ir.Contract, names: tuple[str, ...], keep_places: bool = False) -> None:
        self.findings = Findings(names, keep_places)
        self._contract = contract
        self._words = vocabulary(contract)
        self._kept = Kept()

    def add_file(self, path: Path, index: int) -> None:
        """Read one file, in whichever form it is."""
        self.add_chunks(file_chunks(path, index, self.findings), index)

    def add_chunks(self, chunks: Iterator[Chunk], index: int) -> None:
        """Read the rows of one file, its line of column names first."""
        first = next(chunks, None)
        if first is None:
            return
        header, line = first.rows[0], first.lines[0]
        columns = columns_of(header, line, index, self._words, self.findings)
        if columns is None or clashing(columns, self._words, index, line, self.findings):
            return
        reader = RowReader(self._words, columns, belief(self._contract), index, self.findings, self._kept)
        for chunk in chain((Chunk(first.rows[1:], first.lines[1:]),), chunks):
            reader.read(chunk)

    def finish(self) -> EventLog:
        """The log, in the total order. What is wrong with it is in `findings`; then the log is not to be used."""
        kept = self._kept
        corrected = not _all_different(kept)
        if corrected:
            check_ids((*kept.rows, *kept.verdicts), self.findings)
        check_figures(self._contract, kept.rows, self.findings)
        if not kept.rising:
            kept.rows.sort(key=_TOTAL_ORDER if self.findings.count(errors.DOUBLED_ID) else None)
        kept.verdicts.sort()
        log = EventLog(self.findings.files, kept.rows, kept.verdicts, kept.last_day, (), corrected)
        log = evolve(log, verdicts=_weighed(self._contract, log))
        return evolve(log, reports=reports(log, kept.all_count, kept.none_early))

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is wrong, the first of each kind."""
        events = len({row.event for row in self._kept.rows})
        return self.findings.diagnostics(another_contract(self._contract, self._words, self.findings, events))


def _all_different(kept: Kept) -> bool:
    """Whether every id stands once: ids that rise need no set of their own."""
    verdicts = {verdict.id for verdict in kept.verdicts}
    ids = map(itemgetter(1), kept.rows)
    if len(verdicts) < len(kept.verdicts):
        return False
    if kept.rising:
        return not verdicts or verdicts.isdisjoint(ids)
    verdicts.update(ids)
    return len(verdicts) == len(kept.rows) + len(kept.verdicts)


def _weighed(contract: ir.Contract, log: EventLog) -> list[Verdict]:
    """Verdicts with `counts` set: only the verifier of the row's event makes it payable."""
    verifiers = {event.name: event.verification.by for event in contract.events if event.verification}
    targets = {verdict.target for verdict in log.verdicts}
    about = [row for row in log.rows if row.id in targets] if targets else []
    entitled = {row.id: verifiers.get(row.event, ()) for row in (latest(about) if log.corrected else about)}
    ruling = {thing.name: thing.by for thing in things(contract).values()}

    def heard(verdict: Verdict) -> bool:
        if verdict.about:
            return name_key(verdict.source) in ruling[verdict.about][verdict.kind]
        return verdict.source in entitled.get(verdict.target, ())

    return [verdict if heard(verdict) else verdict._replace(counts=False) for verdict in log.verdicts]
