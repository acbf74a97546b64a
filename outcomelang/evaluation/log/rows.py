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
from outcomelang.evaluation.log.findings import Finding, Findings, Place
from outcomelang.evaluation.log.values import Flaw, day_of
from outcomelang.evaluation.log.vocabulary import Cell, Plan, Vocabulary

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
        plan = self._words.plans.get(name_key(event.strip()))
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
        meanings = list(map(self._meanings.__getitem__, map(self._meaning_cells, rows)))
        parts: list[Sequence[Any]] = [days, ids, known, people, meanings, lines]
        if not self._all_ordinary(rows, parts):
            ordinary = self._ordinary(rows, parts)
            parts = [list(compress(part, ordinary)) for part in parts]
        self._keep(*parts)

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
        about = list(map(str.strip, map(itemgetter(column), rows))) if column is not None else [""] * len(rows)
        ordinary = [
            bool(day and when and name and meaning.ordinary and not target)
            and (person != "" or not meaning.plan.needs_participant)
            for day, when, name, person, meaning, target in zip(days, known, ids, people, meanings, about, strict=True)
        ]
        others = [not one for one in ordinary]
        cells: tuple[Sequence[Any], ...] = (rows, about, *parts)
        for other in zip(*(compress(cell, others) for cell in cells), strict=True):
            self._verdict_or_fault(*other)
        return ordinary

    def _verdict_or_fault(
        self, row: list[str], target: str, day: int, name: str, known: int, _: str, meaning: Meaning, line: int
    ) -> None:
        verified = meaning.plan.verdict if meaning.plan else None
        if verified is not None and day and known and name and target:
            self._kept.last_day = max(self._kept.last_day, day, known)
            verdict = Verdict(day, name, known, target, verified, meaning.source, self._file, line, counts=True)
            self._kept.verdicts.append(verdict)
        elif any(map(str.strip, row)):
            place = Place(self._file, line)
            RowFaults(self._words, self._columns, self._findings, place).find(row, self._days, self._known)


class RowFaults:
    """Finds what is wrong with one row, cell by cell."""

    def __init__(self, words: Vocabulary, columns: Columns, findings: Findings, place: Place) -> None:
        self._words, self._columns, self._findings, self._place = words, columns, findings, place

    def find(self, row: list[str], days: _Days, known: _Days) -> None:
        """Add every mistake of the row to the findings."""
        columns = self._columns
        event = row[columns.event].strip()
        plan = self._words.plans.get(name_key(event))
        self._required(row, plan)
        self._day(row, columns.date, days)
        if columns.recorded is not None:
            self._day(row, columns.recorded, known)
        if plan is not None:
            self._source(row, plan)
            self._attributes(row, plan)
            self._verifies(row, plan)
        elif event:
            self._add(errors.UNKNOWN_EVENT, columns.event, event, self._words.events)

    def _required(self, row: list[str], plan: Plan | None) -> None:
        columns = self._columns
        needed = [columns.id, columns.event, columns.date, columns.source]
        if plan is not None and plan.needs_participant:
            needed.insert(1, columns.participant)
        if plan is not None and plan.member is not None:
            needed += self._naming(plan, plan.member)
        for position in needed:
            if not row[position].strip():
                self._empty(columns.names[position], f"The cell in the column “{columns.names[position]}” is empty")

    def _naming(self, plan: Plan, member: str) -> list[int]:
        """Where the row names the member it is about; a file without such a column is told so."""
        holding = [(position, plan.cells.get(key)) for position, key in self._columns.data]
        own = [position for position, cell in holding if cell is not None and cell.name == member]
        if not own:
            self._empty(member, f"The row does not say whom it is about: the file has no column “{member}”")
        return own

    def _empty(self, column: str, sentence: str) -> None:
        self._findings.add(Finding(errors.EMPTY_CELL, self._place, column, sentence=sentence))

    def _day(self, row: list[str], position: int, days: _Days) -> None:
        text = row[position].strip()
        day = day_of(text, days.first, days.last) if text else 0
        if isinstance(day, Flaw):
            self._add(day.fault, position, text)

    def _source(self, row: list[str], plan: Plan) -> None:
        source = row[self._columns.source].strip()
        if source and name_key(source) not in plan.sources:
            known = dict.fromkeys(name for name, _ in plan.sources.values())
            self._add(errors.UNKNOWN_SOURCE, self._columns.source, source, tuple(known))

    def _attributes(self, row: list[str], plan: Plan) -> None:
        for position, key in self._columns.data:
            text = row[position].strip()
            cell = plan.cells.get(key)
            if text and cell is None:
                column = self._columns.names[position]
                detail = f"The row's event is {plan.event}, which has no {column}."
                self._add(errors.FOREIGN_CELL, position, text, (), (detail,))
            value = cell.read(text) if text and cell else None
            if isinstance(value, Flaw):
                self._add(value.fault, position, text, value.choices)

    def _verifies(self, row: list[str], plan: Plan) -> None:
        position = self._columns.verifies
        text = row[position].strip() if position is not None else ""
        if plan.verdict is None and text and position is not None:
            self._add(errors.STRAY_VERIFIES, position, text)
        elif plan.verdict is not None and not text:
            sentence = f"The row says “{plan.event}” and does not name the row it speaks about"
            self._findings.add(Finding(errors.VERDICT_WITHOUT_ROW, self._place, "verifies", sentence=sentence))

    def _add(
        self,
        fault: errors.Fault,
        position: int,
        text: str,
        choices: tuple[str, ...] = (),
        details: tuple[str, ...] = (),
    ) -> None:
        column = self._columns.names[position]
        self._findings.add(Finding(fault, self._place, column, text, choices=choices, details=details))
