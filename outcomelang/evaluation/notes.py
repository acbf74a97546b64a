"""What a reader of the account should know about the log: collected on the way, told at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from outcomelang.evaluation.event_log import Row
from outcomelang.evaluation.ledger import Report, RowRef


class Notes:
    """Collects reports about the log: how many of each kind, the first row of each in the total order."""

    def __init__(self, files: tuple[str, ...]) -> None:
        self._files = files
        self._refs: dict[str, RowRef] = {}
        self._count: Counter[tuple[str, str]] = Counter()
        self._first: dict[tuple[str, str], Row | None] = {}

    def add(self, name: str, message: str, row: Row | None) -> None:
        key = (name, message)
        self._count[key] += 1
        known = self._first.get(key)
        if key not in self._first or (row is not None and known is not None and order_of(row) < order_of(known)):
            self._first[key] = row

    def take(self, name: str, message: str, row: Row | None, count: int) -> None:
        """What was collected elsewhere: so many of a kind, and the first of them."""
        self.add(name, message, row)
        self._count[name, message] += count - 1

    def each(self) -> Iterator[tuple[str, str, int, Row | None]]:
        """What was collected: name and message, how many, and the first row of them."""
        return ((*key, count, self._first[key]) for key, count in self._count.items())

    def ref(self, row: Row) -> RowRef:
        """Where a row stands; many entries rest on one row, and share it."""
        known = self._refs.get(row.id)
        if known is None:
            known = RowRef(self._files[row.file] if row.file < len(self._files) else "", row.line, row.id)
            self._refs[row.id] = known
        return known

    def reports(self) -> tuple[Report, ...]:
        return tuple(
            Report(name, message, self.ref(row) if (row := self._first[name, message]) is not None else None, count)
            for (name, message), count in sorted(self._count.items())
        )


def order_of(row: Row) -> tuple[int, str]:
    return row.day, row.id
