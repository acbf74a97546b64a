"""From words to lines: a line for each part that has one, broken where the author broke it or where it is too long."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field

from outcomelang.surface.to_text.lists import set_lists
from outcomelang.surface.to_text.places import Places, Rows
from outcomelang.surface.to_text.words import Note, Words

WIDTH = 120
GAP = 2
_BEGINS_A_PART = """
AND OR WHEN WHERE WITH WITHOUT WITHIN IN _IN_EACH _IN_ANY BETWEEN AMONG PER TIMES PLUS LESS FOR RECORDED REPORTED
VERIFIED EVIDENCED LOGGED _HAS OBSERVED SILENCE CLAUSE UNTIL BECAUSE DUE CLAIMED WITHHELD _STACKS INSTEAD EARLIEST
TAKEN ROUNDED _LESS_ANY SHOWN INDEXED PARTS _IN_PROPORTION _IN_ORDER READ _JOINS SELECTED BASED OVER BEFORE DECIDED
_OCCURS _REACHES CHOSEN
"""
_NATURAL = frozenset(_BEGINS_A_PART.split())
"""Parts of a clause begin with these, so a line may end before them."""


@define(eq=False)
class Line:
    """One line of the formatted file. `comment` stands at its end, in the column of its neighbours."""

    indent: int
    text: str = ""
    comment: str = ""
    blank_before: bool = False

    @property
    def width(self) -> int:
        return self.indent + len(self.text)


@define(eq=False)
class Setting:
    """One clause being set: its words from `first` to before `stop`."""

    words: Words
    first: int
    stop: int
    found: Places
    lines: list[Line] = field(factory=list)
    gaps: dict[int, int] = field(factory=dict)
    main: int = 0
    begins: int = 0

    def set(self) -> list[Line]:
        self._marks()
        set_lists(self.words, self.first, self.stop, self.found)
        for rows in self.found.rows:
            self._rows(rows)
        self._unbroken_lists()
        self._open_lines()
        return self.lines

    def _marks(self) -> None:
        """Commas that belong before a part; none before what begins a line of its own."""
        for number, mark in self.found.pauses.items():
            before = self.words.words[number - 1]
            if not before.closes.endswith((",", ";", ":")):
                before.closes += mark
        if not self._fits_on_one_line(0):
            self.found.starts |= self.found.unless_short
        for number in self.found.starts.keys() - self.found.pauses.keys():
            self._no_pause(number)

    def _no_pause(self, number: int) -> None:
        if number > self.first:
            word = self.words.words[number - 1]
            word.closes = word.closes.rstrip(",;")

    def _rows(self, rows: Rows) -> None:
        """Rows one a line with their cells in columns, or all on the clause's line where the author has them there."""
        for cells in rows.cells:
            self._no_pause(cells[0])
        if rows.inline and self._fits_on_one_line(len(rows.cells)):
            self.gaps |= {cells[0]: GAP for cells in rows.cells}
            return
        self.found.starts |= {cells[0]: rows.indent for cells in rows.cells}
        for column in range(max((len(cells) for cells in rows.cells), default=0) - 1):
            held = [cells for cells in rows.cells if len(cells) > column + 1]
            widths = {cells[column]: self._width(cells[column], cells[column + 1]) for cells in held}
            widest = max(widths.values())
            self.gaps |= {cells[column + 1]: widest - widths[cells[column]] + GAP for cells in held}

    def _fits_on_one_line(self, further: int) -> bool:
        """Whether the author kept the clause on one line and it fits there, with so many further blanks."""
        words = self.words
        same = words.line(self.first) == words.line(self.stop - 1)
        return same and self._width(self.first, self.stop) + further <= WIDTH

    def _unbroken_lists(self) -> None:
        """A list that the author kept on one line is kept so; where it does not fit, every item has its own."""
        starts = self.found.starts
        items = [n for n in range(self.first, self.stop) if self.words.words[n].kind in ("ALPHA", "ROMAN")]
        for number in [n for n in items if n in starts]:
            later = [n for n in items if n > number]
            together = later[: next((at for at, n in enumerate(later) if n in starts), len(later))]
            end = next((n for n in range(number + 1, self.stop) if n in starts), self.stop)
            if together and starts[number] + self._width(number, end) > WIDTH:
                starts |= dict.fromkeys(together, starts[number])

    def _width(self, first: int, stop: int, most: int | None = None) -> int:
        """The width of a stretch of words on one line; past `most` nobody asks how wide."""
        width = -self.gaps.get(first, 1)
        for number in range(first, stop):
            width += self.gaps.get(number, 1) + len(self.words.words[number].shown)
            if most is not None and width > most:
                break
        return width

    # ---------------------------------------------------------------- lines

    def _open_lines(self) -> None:
        """Each line as a stretch of words with its indent, then broken where it is too long."""
        begin, indent, blank = self.first, 0, False
        for number in range(self.first, self.stop + 1):
            notes = self.words.notes[number] if self.first < number < self.stop else []
            forced = self.found.starts.get(number) if number > self.first else None
            broken = number == self.stop or forced is not None or bool(notes)
            broken = broken or (self._author_broke(number) and indent + self._width(begin, number, WIDTH) <= WIDTH)
            if number == self.first or not broken:
                continue
            self._stretch(begin, number, indent, blank)
            if number == self.stop:
                return
            if forced is not None:
                self.main, self.begins = forced, number
            indent = forced if forced is not None else self._continued(number)
            self._notes(notes, indent)
            blank = self.words.blank[number] and (forced is not None or bool(notes))
            begin = number

    def _notes(self, notes: Sequence[Note], indent: int) -> None:
        for note in notes:
            if note.trailing:
                self.lines[-1].comment = note.text
            else:
                self.lines.append(Line(indent, note.text, "", note.blank_before))

    def _author_broke(self, number: int) -> bool:
        """Whether the author ended a line before a word where a line may end. What is too long is broken anew."""
        words = self.words
        return number > self.first and words.line(number) > words.line(number - 1) and self._natural(number) > 0

    def _natural(self, number: int) -> int:
        """0: no line ends before this word; 1: one may; 2: a good place, after a comma."""
        before, word = self.words.words[number - 1], self.words.words[number]
        if before.closes.endswith((",", ";", ":")) or before.closes.endswith(("; and", "; or")):
            return 2
        if number in self.found.breaks:
            return self.found.breaks[number]
        following = self.words.words[number + 1].kind if number + 1 < self.stop else ""
        in_ladder = word.kind == "AND" and before.kind == following and following in ("NUMBER", "MONEY")
        return int(word.kind in _NATURAL and "(" not in word.opens and not in_ladder)

    def _continued(self, number: int) -> int:
        """The indent of a line that goes on: as deep as the author's, in steps of two."""
        least = 4 if self.words.words[self.begins or self.first].kind in ("ALPHA", "ROMAN") else 2
        depth = self.words.indent(number) - self.words.indent(self.begins or self.first)
        return self.main + max(least, min(depth // 2 * 2, least + 6))

    def _stretch(self, begin: int, stop: int, indent: int, blank: bool) -> None:
        """One line, or several where it is too long: after the last comma in its second half, else before a part."""
        goes_on = indent if begin not in self.found.starts and begin != self.first else self._less_deep(begin, indent)
        while True:
            end = self._end(begin, stop, indent)
            text = self.words.words[begin].shown + "".join(
                " " * self.gaps.get(n, 1) + self.words.words[n].shown for n in range(begin + 1, end)
            )
            self.lines.append(Line(indent, text, "", blank))
            if end == stop:
                return
            begin, indent, blank = end, goes_on, False

    def _less_deep(self, begin: int, indent: int) -> int:
        return indent + (4 if self.words.words[begin].kind in ("ALPHA", "ROMAN") else 2)

    def _end(self, begin: int, stop: int, indent: int) -> int:
        """The word before which the line that starts at `begin` ends: the last good place in its second half, else the
        last place at all, else the first place past the width."""
        width, place, good = indent + len(self.words.words[begin].shown), 0, 0
        for number in range(begin + 1, stop):
            natural = self._natural(number)
            if natural and (width <= WIDTH or not place):
                place = number
                good = number if natural == 2 and WIDTH // 2 <= width <= WIDTH else good
            if place and width > WIDTH:
                break
            width += self.gaps.get(number, 1) + len(self.words.words[number].shown)
        return stop if width <= WIDTH else good or place or stop
