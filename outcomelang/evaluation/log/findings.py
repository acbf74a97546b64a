"""What was found wrong in a log, counted by kind, and the diagnostics made of it: the first of each kind, and how many.

What is kept does not grow with the log: one finding a kind, and a bounded number of the different cells it came with.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import NamedTuple

from attrs import define, field, frozen

from outcomelang.core.names import name_key
from outcomelang.diagnostic import Diagnostic, Remedy, Severity
from outcomelang.evaluation.ledger import Report
from outcomelang.evaluation.log import errors
from outcomelang.evaluation.log.errors import Fault
from outcomelang.evaluation.log.notices import NOTICES
from outcomelang.source import Span

DISTINCT_KEPT = 1_000
SHOWN = 5
HOPELESS = 200_000


class Place(NamedTuple):
    """Line of a file (an index into the files of the log); line 0 is the file as a whole."""

    file: int
    line: int


@frozen
class Finding:
    """One mistake. `sentence`, where given, replaces the one made of cell, column and what the fault says."""

    fault: Fault
    place: Place
    column: str = ""
    cell: str = ""
    sentence: str = ""
    choices: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    also: tuple[tuple[Place, str], ...] = ()


_NOWHERE = Place(-1, -1)


@define
class _Kind:
    first: Finding
    count: int = 0
    last: Place = _NOWHERE
    cells: dict[str, int] = field(factory=dict)


class Findings:
    """Collects findings. With `keep_places` every wrong row is remembered, with the names of what is wrong with it."""

    def __init__(self, files: tuple[str, ...], keep_places: bool = False) -> None:
        self.files = files
        self.rows_read = 0
        self.wrong_rows = 0
        self.places: dict[Place, list[str]] | None = {} if keep_places else None
        self._kinds: dict[str, _Kind] = {}
        self._last = _NOWHERE

    def __bool__(self) -> bool:
        return bool(self._kinds)

    def add(self, finding: Finding) -> None:
        """Count a finding; a row counts once for each kind."""
        place, name = finding.place, finding.fault.name
        kind = self._kinds.setdefault(name, _Kind(finding))
        if kind.last != place or not place.line:
            kind.count += 1
        kind.last = place
        if finding.cell in kind.cells or len(kind.cells) < DISTINCT_KEPT:
            kind.cells[finding.cell] = kind.cells.get(finding.cell, 0) + 1
        if place.line > 1 and place != self._last:
            self.wrong_rows += 1
            self._last = place
        if self.places is not None and place.line > 1:
            for wrong in (place, *(other for other, _ in finding.also)):
                names = self.places.setdefault(wrong, [])
                if name not in names:
                    names.append(name)

    def hopeless(self) -> bool:
        """Whether so much is wrong that counting on tells nobody anything."""
        return self.wrong_rows >= HOPELESS and 2 * self.wrong_rows > self.rows_read

    def diagnostics(self, of_another_contract: Diagnostic | None = None) -> tuple[Diagnostic, ...]:
        """The first of each kind in the order found; a log of another contract gets one message for all."""
        if of_another_contract is not None:
            return (of_another_contract,)
        return tuple(self._diagnostic(kind) for kind in self._kinds.values())

    def count(self, fault: Fault) -> int:
        """How many rows (or files) have this fault."""
        kind = self._kinds.get(fault.name)
        return kind.count if kind else 0

    def cells(self, fault: Fault) -> tuple[str, ...]:
        """The different cells with this fault, as far as they were kept, most frequent first."""
        kind = self._kinds.get(fault.name)
        return tuple(sorted(kind.cells, key=lambda cell: -kind.cells[cell])) if kind else ()

    def first(self, fault: Fault) -> Finding:
        """The first finding of this fault (there must be one)."""
        return self._kinds[fault.name].first

    def span(self, place: Place) -> Span:
        """The line, for a diagnostic."""
        return Span(self.files[place.file], place.line, 1, place.line, 1)

    def _diagnostic(self, kind: _Kind) -> Diagnostic:
        first, fault = kind.first, kind.first.fault
        message = first.sentence or f"{quoted(first.cell)} in the column {quoted(first.column)} {fault.says}"
        if kind.count > 1:
            unit = "rows" if first.place.line > 1 else "files"
            message += f" ({kind.count:,} {unit} in all; this is the first)"
        guess = closest(first.cell, first.choices)
        meant = (f"Did you mean {quoted(guess)}?",) if guess else ()
        related: tuple[tuple[Span, str], ...] = tuple((self.span(place), text) for place, text in first.also)
        return Diagnostic(
            code=fault.code,
            name=fault.name,
            message=message,
            span=self.span(first.place),
            label=f"column {quoted(first.column)}" if first.column else "",
            details=(*meant, *first.details, *_others(kind), *_choices(first)),
            remedies=(Remedy(fault.remedy),),
            related=related,
        )


def _others(kind: _Kind) -> tuple[str, ...]:
    others = [cell for cell in kind.cells if cell and cell != kind.first.cell]
    if kind.first.fault is errors.DOUBLED_ID or not others:
        return ()
    shown = ", ".join(f"{quoted(cell)} ({kind.cells[cell]:,})" for cell in others[:SHOWN])
    return (f"Also {shown}{' and others' if len(others) > SHOWN else ''}.",)


def _choices(first: Finding) -> tuple[str, ...]:
    if not first.choices or len(first.choices) > 12:
        return ()
    return (f"Known here: {', '.join(quoted(choice) for choice in first.choices)}.",)


def closest(text: str, choices: tuple[str, ...]) -> str:
    """The choice that is written most alike, empty if none is."""
    keys = {name_key(choice): choice for choice in choices}
    matches = get_close_matches(name_key(text), keys, n=1, cutoff=0.6) if len(text) <= 80 else []
    return keys[matches[0]] if matches else ""


def quoted(text: str) -> str:
    """Text from a log, safe to show: control characters spelled out, cut after 60 characters, in quotation marks."""
    safe = "".join(letter if letter.isprintable() else f"\\x{ord(letter):02x}" for letter in text[:61])
    return f"“{safe}”" if len(text) <= 60 else f"“{safe[:60]}…”"


_NOTICE = {notice.name: notice for notice in NOTICES}


def warning(report: Report) -> Diagnostic:
    """A report on a usable log as a diagnostic, for `validate`."""
    notice = _NOTICE[report.name]
    row = report.row
    line = row.line if row else 0
    return Diagnostic(
        code=notice.code,
        name=notice.name,
        message=report.message,
        span=Span(row.file if row else "", line, 1, line, 1),
        severity=Severity.WARNING,
        remedies=(Remedy(notice.remedy),),
    )
