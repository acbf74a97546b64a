"""Entries that stand in an engine, or with the reference once the engine fails to give one.

A ledger is made before its entries are looked at. If the engine cannot bring them any more (its folder is gone, its
disk is full, a number is too large), the reference makes the account again; the two are equal, so whoever is halfway
through goes on with the next entry.
"""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from outcomelang.diagnostic import Diagnostic, Remedy, UsageError
from outcomelang.evaluation.ledger import Entries, Entry, Ledger
from outcomelang.relational.engines import EngineError
from outcomelang.source import Span


def with_entries_of_either(ledger: Ledger, by_reference: Callable[[EngineError], Ledger]) -> Ledger:
    """A ledger whose entries are those of the engine, and after an `EngineError` those of the reference."""
    return evolve(ledger, entries=Entries(len(ledger.entries), _Either(ledger, by_reference).entry))


class _Either:
    def __init__(self, ledger: Ledger, by_reference: Callable[[EngineError], Ledger]) -> None:
        self._ledger, self._by_reference = ledger, by_reference
        self._again: Ledger | None = None

    def entry(self, position: int) -> Entry:
        if self._again is None:
            try:
                return self._ledger.entries[position]
            except EngineError as problem:
                self._again = self._equal(problem)
        return self._again.entries[position]

    def _equal(self, problem: EngineError) -> Ledger:
        made, again = self._ledger, self._by_reference(problem)
        same = ("total", "lines", "pending", "reports", "as_of", "final", "log_ends")
        if len(made.entries) != len(again.entries) or any(getattr(made, n) != getattr(again, n) for n in same):
            raise _another_log() from problem
        return again


def _another_log() -> UsageError:
    message = "The engine stopped while entries were read, and the log is another than when the account was made"
    place, remedies = Span("", 0, 0, 0, 0), (Remedy("Evaluate it again"),)
    return UsageError((Diagnostic("OL409", "log-has-changed", message, place, remedies=remedies),))
