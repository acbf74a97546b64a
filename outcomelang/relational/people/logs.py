"""A log that stands in an engine, given back as logs of some people each: as it was known on the day of the account.

The engine leaves out what was not known yet, keeps the latest version of each row, finds to whom a verdict belongs and
puts all in order of people. What is the contract's own (rows of `shared` events, and what is said of a cohort, a period
or the contract) is in every one of these logs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from operator import itemgetter
from typing import Any

from attrs import frozen

from outcomelang.core import ir
from outcomelang.evaluation.event_log import EventLog, Row, Value, Verdict
from outcomelang.relational.attributes import Attribute, attributes
from outcomelang.relational.engines import Engine
from outcomelang.relational.handing_back import HandedBack
from outcomelang.relational.log import LogTables
from outcomelang.relational.log.right_after_all import value_of
from outcomelang.relational.people.owners import OF_ROW, OF_VERDICT, belonging, everybodys

BATCH = 20_000
"""How many rows are reckoned together, or those of one person where they are more."""
MOST_SHARED = 20_000


@frozen
class LogOf:
    """What the account of a day goes by: `log_ends` is the last day of which the log tells anything."""

    contract: ir.Contract
    engine: Engine
    tables: LogTables
    day: date
    log_ends: int
    shared: frozenset[str]

    def own(self) -> EventLog:
        """What is the contract's own."""
        query = everybodys(self.contract, self.shared, self.day, self.tables.corrected)
        records = list(chain.from_iterable(self.engine.stream(query.limit(MOST_SHARED + 1))))
        if len(records) > MOST_SHARED:
            raise HandedBack(
                f"more than {MOST_SHARED:,} rows are of the contract as a whole, and each person sees them"
            )
        return self.log(*_Reader(self.contract).read(records))

    def logs(self, own: EventLog) -> Iterator[EventLog]:
        """Whole people at a time, each with what is the contract's own."""
        query = belonging(self.contract, self.shared, self.day, self.tables.corrected)
        for batch in _of_whole_people(chain.from_iterable(self.engine.stream(query))):
            rows, verdicts = _Reader(self.contract).read(batch)
            yield self.log([*own.rows, *rows], [*own.verdicts, *verdicts])

    def log(self, rows: list[Row], verdicts: list[Verdict]) -> EventLog:
        """As the reference would have read it, if there were nothing else."""
        rows.sort(key=_TOTAL_ORDER)
        verdicts.sort(key=_TOTAL_ORDER)
        return EventLog(self.tables.files, rows, verdicts, self.log_ends, (), False)


_TOTAL_ORDER = itemgetter(0, 1)


def _of_whole_people(records: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    """Records in order of whose they are, cut between people."""
    batch: list[Sequence[Any]] = []
    owner = None
    for record in records:
        if record[0] != owner:
            if len(batch) >= BATCH:
                yield batch
                batch = []
            owner = record[0]
        batch.append(record)
    if batch:
        yield batch


# ---------------------------------------------------------------- records as rows and verdicts


class _Reader:
    """Rows with equal cells share their attributes, as in a log that the reference reads."""

    def __init__(self, contract: ir.Contract) -> None:
        self._own: dict[str, list[tuple[Attribute, int, int]]] = {event.name: [] for event in contract.events}
        self._known: dict[tuple[Any, ...], dict[str, Value]] = {}
        at = 1 + len(OF_ROW)
        for attribute in attributes(contract):
            end = at + len(attribute.columns)
            for event in attribute.events:
                self._own[event].append((attribute, at, end))
            at = end
        self._verdict = at

    def read(self, records: Iterable[Sequence[Any]]) -> tuple[list[Row], list[Verdict]]:
        rows: list[Row] = []
        verdicts: list[Verdict] = []
        kind = self._verdict + OF_VERDICT.index("kind")
        for record in records:
            _, day, name, recorded, participant, event, source, file, line = record[: 1 + len(OF_ROW)]
            days = day.toordinal(), recorded.toordinal()
            if record[kind] is None:
                own = self._attributes(event, record)
                rows.append(Row(days[0], name, days[1], participant, event, source, own, file, line, True))
            else:
                target, verified, said, about, whose = record[self._verdict :]
                verdicts.append(
                    Verdict(days[0], name, days[1], target, verified, source, file, line, True, said, about, whose)
                )
        return rows, verdicts

    def _attributes(self, event: str, record: Sequence[Any]) -> dict[str, Value]:
        own = self._own[event]
        key = (event, *(record[at:end] for _, at, end in own))
        known = self._known.get(key)
        if known is None:
            found = ((attribute.name, value_of(attribute, tuple(record[at:end]))) for attribute, at, end in own)
            known = self._known[key] = {name: value for name, value in found if value is not None}
        return known
