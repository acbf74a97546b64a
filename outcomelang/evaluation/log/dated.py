"""Spellings that hold from a day on: before a row is read, its cells are written as the contract names things.

A contract without such spellings has none of this: rows are then read as they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.names import name_key

Since = tuple[tuple[int, str], ...]
"""From which day on a spelling stands for which declared name; the latest day first."""


@frozen
class Dated:
    """By name key of the spelling; labels by event and the attribute (or group) whose cell holds them."""

    events: Mapping[str, Since]
    sources: Mapping[str, Since]
    labels: Mapping[tuple[str, str], Mapping[str, Since]]

    def __bool__(self) -> bool:
        return bool(self.events or self.sources or self.labels)


def meant(known: Mapping[str, Since], cell: str, day: int) -> str | None:
    """The declared name that a cell of that day stands for by a dated spelling; None where there is none by then."""
    return next((name for first, name in known.get(name_key(cell.strip()), ()) if first <= day), None)


def begins(known: Mapping[str, Since], cell: str) -> tuple[str, date] | None:
    """The name for which a spelling stands, and from which day on first."""
    since = known.get(name_key(cell.strip()), ())
    return (since[-1][1], date.fromordinal(since[-1][0])) if since else None


def spellings(named: Iterable[tuple[str, tuple[ir.Spelling, ...]]]) -> dict[str, Since]:
    """Every dated spelling of some declared names."""
    found: dict[str, list[tuple[int, str]]] = {}
    for name, given in named:
        for spelling in given:
            found.setdefault(name_key(spelling.text), []).append((spelling.first.toordinal(), name))
    return {key: tuple(sorted(since, key=lambda each: -each[0])) for key, since in found.items()}
