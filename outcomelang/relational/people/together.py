"""What many small accounts say beside what is earned, as one account of everybody would say it."""

from __future__ import annotations

from datetime import date

from outcomelang.core import ir
from outcomelang.evaluation.event_log import Row
from outcomelang.evaluation.notes import order_of
from outcomelang.evaluation.reference import Account
from outcomelang.relational.handing_back import HandedBack
from outcomelang.relational.written_drafts import Record


class Together:
    """Adds up what is pending and what is reported; finds the first day of each event that ends the agreement."""

    def __init__(self, contract: ir.Contract) -> None:
        self._ending = sorted({stage.event for stage in contract.stages if isinstance(stage, ir.FallAway)})
        self._waits: dict[tuple[str, str], tuple[int, str, int | None]] = {}
        self._notes: dict[tuple[str, str], tuple[int, Row | None]] = {}
        self._ends: dict[str, int] = {}

    def add(self, account: Account) -> None:
        for key, (count, subject, until) in account.waiting.found.items():
            others, first, day = self._waits.get(key, (0, subject, until))
            days = [each for each in (day, until) if each is not None]
            self._waits[key] = others + count, min(first, subject), min(days, default=None)
        for name, message, count, row in account.facts.notes.each():
            self._noted((name, message), count, row)
        for event in self._ending:
            for row in account.facts.rows.get(event, ()):
                self._ends[event] = min(self._ends.get(event, row.day), row.day)

    def _noted(self, key: tuple[str, str], count: int, row: Row | None) -> None:
        """The first row of all. Of what is noted with a row here and without one there, only the order in which all
        were reckoned tells which is shown."""
        others, first = self._notes.get(key, (0, row))
        if (first is None) != (row is None):
            raise HandedBack(f"of some it is to be told by a row, of others without one, that {key[1]}")
        if first is not None and row is not None and order_of(row) < order_of(first):
            first = row
        self._notes[key] = others + count, first

    def pending(self) -> list[Record]:
        return [(*key, count, subject, _day(until)) for key, (count, subject, until) in self._waits.items()]

    def reports(self) -> list[Record]:
        nothing = (None,) * 4
        return [
            (*key, count, *(nothing if row is None else (_day(row.day), row.id, row.file, row.line)))
            for key, (count, row) in self._notes.items()
        ]

    def endings(self) -> list[Record]:
        return [(event, _day(day)) for event, day in self._ends.items()]


def _day(day: int | None) -> date | None:
    return None if day is None else date.fromordinal(day)
