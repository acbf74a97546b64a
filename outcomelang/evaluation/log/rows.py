"""Chunks of cells as rows and verdicts: whole columns at a time, row by row only where something is wrong.

The cells that say what a row means (event, source, attributes) repeat from row to row, so each combination is read
once and remembered; so is each date. Reading a row then costs a few look-ups that run without the interpreter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import compress, islice, repeat
from operator import itemgetter, le, lt
from typing import Any, NamedTuple

from attrs import define, field

from outcomelang.core.names import name_key
from outcomelang.evaluation.event_log import Row, Value, Verdict
from outcomelang.evaluation.log import errors
from outcomelang.evaluation.log.columns import Columns
from outcomelang.evaluation.log.csv_rows import Chunk
from outcomelang.evaluation.log.dated import meant
from outcomelang.evaluation.log.findings import Finding, Findings, Place
from outcomelang.evaluation.log.row_faults import RowFaults
from outcomelang.evaluation.log.rulings import NOTHING, ROW
from outcomelang.evaluation.log.values import Flaw, day_of
from outcomelang.evaluation.log.vocabulary import VERDICTS, Cell, Plan, Vocabulary

REMEMBERED = 8_192
_NOTHING: Mapping[str, Value] = {}
_make_row = partial(tuple.__new__, Row)


class Meaning(NamedTuple):
    """What the event, source and attribute cells of a row say. `ordinary` is False for mistakes and verdicts."""

    event: str
    source: str
    attributes: Mapping[str, Value]
    counts: bool
    ordinary: bool
    plan: Plan | None


_WRONG = Meaning("", "", _NOTHING, counts=False, ordinary=False, plan=None)


_Head = tuple[Plan, str, bool, tuple["Cell | None", ...]]
"""What event and source say: how the row is read, the declared source, whether it counts, the cell of each column."""


class _Meanings(dict[tuple[str, ...], Meaning]):
    def __init__(self, words: Vocabulary, keys: tuple[str, ...]) -> None:
        super().__init__()
        self._words = words
        self._keys = keys
        self._heads: dict[tuple[str, ...], _Head] = {}

    def __missing__(self, cells: tuple[str, ...]) -> Meaning:
        if len(self) >= REMEMBERED:
            self.clear()
        meaning = self[cells] = self._read(cells)
        return meaning

    def _read(self, cells: tuple[str, ...]) -> Meaning:
        head = self._heads.get(cells[:2]) or self._head(cells[0], cells[1])
        if head is None:
            return _WRONG
        plan, source, counts, readers = head
        attributes: dict[str, Value] = {}
        for kept, cell in zip(readers, cells[2:], strict=True):
            text = cell.strip()
            if text:
                value = kept.read(text) if kept else None
                if kept is None or value is None or isinstance(value, Flaw):
                    return _WRONG
                attributes[kept.name] = value
        if plan.member is not None and plan.member not in attributes:
            return _WRONG
        return Meaning(plan.event, source, attributes or _NOTHING, counts, plan.verdict is None, plan)

    def _head(self, event: str, source: str) -> _Head | None:
        plan = self._words.plan(event, source)
        known = plan.sources.get(name_key(source.strip())) if plan else None
        if plan is None or known is None:
            return None
        head = self._heads[event, source] = (plan, *known, tuple(plan.cells.get(key) for key in self._keys))
        return head


class _Days(dict[str, int]):
    """Ordinals by text; 0 is no day, `empty` stands for an empty cell."""

    def __init__(self, first: int, last: int, empty: int) -> None:
        super().__init__()
        self.first, self.last, self._empty = first, last, empty

    def __missing__(self, text: str) -> int:
        if len(self) >= REMEMBERED:
            self.clear()
        stripped = text.strip()
        day = day_of(stripped, self.first, self.last) if stripped else self._empty
        self[text] = 0 if isinstance(day, Flaw) else day
        return self[text]


@define
class Kept:
    """The rows and verdicts of a whole log, in reading order, and what was noticed about all of them on the way.

    `rising` says that ids rise from row to row and days never fall: then the rows are in the total order, and no id
    stands twice. To look while a chunk is at hand is far cheaper than to go through a million rows again.
    """

    rows: list[Row] = field(factory=list)
    verdicts: list[Verdict] = field(factory=list)
    rising: bool = True
    all_count: bool = True
    none_early: bool = True
    last_id: str = ""
    latest_date: int = 0
    last_day: int = 0

    def notice(self, days: list[int], ids: list[str], known: list[int], counts: Iterable[bool]) -> None:
        """Take note of the rows of a chunk before they are added."""
        if not days:
            return
        self.rising = (
            self.rising
            and self.last_id < ids[0]
            and self.latest_date <= days[0]
            and all(map(lt, ids, islice(ids, 1, None)))
            and all(map(le, days, islice(days, 1, None)))
        )
        self.last_id, self.latest_date = ids[-1], days[-1]
        self.last_day = max(self.last_day, *days, *known)
        self.all_count = self.all_count and False not in counts
        self.none_early = self.none_early and (known is days or all(map(le, days, known)))


class RowReader:
    """Reads the chunks of one file into `kept`; mistakes go to `findings`, their rows nowhere."""

    def __init__(
        self, words: Vocabulary, columns: Columns, belief: tuple[int, int], file: int, findings: Findings, kept: Kept
    ) -> None:
        self._kept = kept
        self._words, self._columns, self._file, self._findings = words, columns, file, findings
        keys = tuple(key for _, key in columns.data)
        self._meanings = _Meanings(words, keys)
        self._meaning_cells = itemgetter(columns.event, columns.source, *(position for position, _ in columns.data))
        self._days = _Days(*belief, empty=0)
        self._known = _Days(*belief, empty=-1)

    def read(self, chunk: Chunk) -> None:
        """Read one chunk."""
        columns, width = self._columns, len(self._columns.names)
        rows, lines = chunk.rows, chunk.lines
        self._findings.rows_read += len(rows)
        if set(map(len, rows)) != {width}:
            rows, lines = self._of_width(rows, lines, width)
        if "" in map(itemgetter(columns.id), rows):
            filled = list(map(any, rows))
            rows, lines = list(compress(rows, filled)), list(compress(lines, filled))
        ids = list(map(str.strip, map(itemgetter(columns.id), rows)))
        people = list(map(str.strip, map(itemgetter(columns.participant), rows)))
        days = list(map(self._days.__getitem__, map(itemgetter(columns.date), rows)))
        known = self._recorded(rows, days)
        if self._words.dated:
            rows = [self._as_declared(row, day) for row, day in zip(rows, days, strict=True)]
        meanings = list(map(self._meanings.__getitem__, map(self._meaning_cells, rows)))
        parts: list[Sequence[Any]] = [days, ids, known, people, meanings, lines]
        if not self._all_ordinary(rows, parts):
            ordinary = self._ordinary(rows, parts)
            parts = [list(compress(part, ordinary)) for part in parts]
        self._keep(*parts)

    def _as_declared(self, row: list[str], day: int) -> list[str]:
        """The row with the names of the contract in place of spellings that hold on its day."""
        dated, columns, cells = self._words.dated, self._columns, list(row)
        cells[columns.event] = event = meant(dated.events, row[columns.event], day) or row[columns.event]
        cells[columns.source] = meant(dated.sources, row[columns.source], day) or row[columns.source]
        plan = self._words.plan(event, cells[columns.source])
        for position, key in columns.data if plan is not None else ():
            cell = plan.cells.get(key) if plan is not None else None
            labels = dated.labels.get((plan.event, cell.name)) if plan is not None and cell is not None else None
            if labels is not None:
                cells[position] = meant(labels, row[position], day) or row[position]
        return cells

    def _recorded(self, rows: list[list[str]], days: list[int]) -> list[int]:
        """The day on which each row became known: where the cell is empty, the row's own day."""
        column = self._columns.recorded
        if column is None:
            return days
        known = list(map(self._known.__getitem__, map(itemgetter(column), rows)))
        return [day if when == -1 else when for when, day in zip(known, days, strict=True)] if -1 in known else known

    def _all_ordinary(self, rows: list[list[str]], parts: list[Sequence[Any]]) -> bool:
        days, ids, known, people, meanings, _ = parts
        column = self._columns.verifies
        return not (
            0 in days
            or 0 in known
            or "" in ids
            or "" in people
            or False in map(itemgetter(4), meanings)
            or (column is not None and any(map(itemgetter(column), rows)))
            or (self._columns.about is not None and any(map(itemgetter(self._columns.about), rows)))
        )

    def _keep(self, days: Any, ids: Any, known: Any, people: Any, meanings: Any, lines: Any) -> None:
        events = map(itemgetter(0), meanings)
        sources = map(itemgetter(1), meanings)
        attributes = map(itemgetter(2), meanings)
        counts = list(map(itemgetter(3), meanings))
        self._kept.notice(days, ids, known, counts)
        parts = (days, ids, known, people, events, sources, attributes, repeat(self._file), lines, counts)
        self._kept.rows.extend(map(_make_row, zip(*parts, strict=False)))

    def _of_width(self, rows: list[list[str]], lines: Sequence[int], width: int) -> tuple[list[list[str]], list[int]]:
        whole = [len(row) == width for row in rows]
        for row, line in zip(rows, lines, strict=True):
            if len(row) != width and any(map(str.strip, row)):
                fault = errors.TOO_MANY_CELLS if len(row) > width else errors.TOO_FEW_CELLS
                has = "1 cell" if len(row) == 1 else f"{len(row):,} cells"
                sentence = f"The row has {has}, the line of column names has {width:,}"
                self._findings.add(Finding(fault, Place(self._file, line), sentence=sentence))
        return list(compress(rows, whole)), list(compress(lines, whole))

    def _ordinary(self, rows: list[list[str]], parts: list[Sequence[Any]]) -> list[bool]:
        """Which rows are an event's; of the others, verdicts are kept and mistakes found."""
        days, ids, known, people, meanings, _ = parts
        column = self._columns.verifies
        targets, about = self._column(rows, column), self._column(rows, self._columns.about)
        ordinary = [
            bool(day and when and name and meaning.ordinary and not target and not thing)
            and (person != "" or not meaning.plan.needs_participant)
            for day, when, name, person, meaning, target, thing in zip(
                days, known, ids, people, meanings, targets, about, strict=True
            )
        ]
        others = [not one for one in ordinary]
        cells: tuple[Sequence[Any], ...] = (rows, targets, about, *parts)
        for other in zip(*(compress(cell, others) for cell in cells), strict=True):
            self._verdict_or_fault(*other)
        return ordinary

    def _column(self, rows: list[list[str]], column: int | None) -> list[str]:
        return [""] * len(rows) if column is None else list(map(str.strip, map(itemgetter(column), rows)))

    def _verdict_or_fault(
        self,
        row: list[str],
        target: str,
        about: str,
        day: int,
        name: str,
        known: int,
        person: str,
        meaning: Meaning,
        line: int,
    ) -> None:
        plan = meaning.plan
        spoken = _spoken_of(self._words, plan, target, about, person) if plan is not None else None
        if plan is not None and plan.verdict is not None and day and known and name and spoken is not None:
            self._kept.last_day = max(self._kept.last_day, day, known)
            whose, thing = spoken
            self._kept.verdicts.append(
                Verdict(
                    *(day, name, known, target, plan.verdict, meaning.source, self._file, line),
                    counts=True,
                    kind=plan.kind,
                    about=thing,
                    whose=whose,
                )
            )
        elif any(map(str.strip, row)):
            place = Place(self._file, line)
            belief = self._days.first, self._days.last
            RowFaults(self._words, self._columns, self._findings, place, belief).find(row)


def _spoken_of(words: Vocabulary, plan: Plan, target: str, about: str, person: str) -> tuple[str, str] | None:
    """Whose it is, and of which outcome or payment (of a row of the log: neither); None where that is not told."""
    if not about:
        return ("", "") if target and plan.event in VERDICTS else None
    thing = words.things.get(name_key(about))
    if thing is None or plan.kind not in thing.by or bool(target) != (thing.of == ROW):
        return None
    if thing.of == NOTHING and person:
        return None
    whose = target if thing.of == ROW else thing.whose(person)
    return None if whose is None or (not whose and thing.of != NOTHING) else (whose, thing.name)
