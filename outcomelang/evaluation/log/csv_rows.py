"""The cells of a CSV file, in chunks, with the line of each row: bounded memory whatever the file holds.

Chunks are small because a chunk that stays in the processor's cache is read twice as fast as a large one.
"""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NoReturn

from attrs import frozen

from outcomelang.evaluation.log import errors
from outcomelang.evaluation.log.errors import Fault
from outcomelang.evaluation.log.findings import Finding, Findings, Place

if TYPE_CHECKING:
    from _csv import Reader

CHUNK_ROWS = 1_024
BLOCK_BYTES = 1 << 20
LONGEST_LINE = 1 << 20
_BREAKS = re.compile(r"\r\n|\r|\n")
_QUOTED = re.compile(r'"(?:[^"]++|"")*+"')
MAGIC = (
    (b"PK\x03\x04", "an Excel workbook or another archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"PAR1", "a Parquet file"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a compressed file"),
    (BOM_UTF16_LE, "text in UTF-16 (“Unicode text” in Excel)"),
    (BOM_UTF16_BE, "text in UTF-16 (“Unicode text” in Excel)"),
)


@frozen
class Chunk:
    """Rows in the order of the file, and the line on which each begins (the header is line 1)."""

    rows: list[list[str]]
    lines: Sequence[int]


class _Broken(Exception):
    """Reading cannot go on: the text of the file ends here. Caught in this module only."""

    def __init__(self, fault: Fault, line: int, sentence: str) -> None:
        self.fault, self.line, self.sentence = fault, line, sentence
        super().__init__(sentence)


class CsvFile:
    """One file of a log. Faults of the file and of its quotation marks go to `findings`; rows come out of `chunks`."""

    def __init__(self, path: Path, index: int, findings: Findings) -> None:
        self._path = path
        self._index = index
        self._findings = findings
        self._text = StringIO()

    def chunks(self) -> Iterator[Chunk]:
        """The rows of the file, header first. Lines without anything on them are left out."""
        try:
            with self._path.open("rb") as stream:
                yield from self._chunks(csv.reader(chain.from_iterable(self._texts(stream)), strict=True))
        except _Broken as broken:
            self._add(broken.fault, broken.line, broken.sentence)
        except OSError as error:
            self._add(errors.UNREADABLE, 0, f"The file cannot be read: {error.strerror or error}")

    def _texts(self, stream: BinaryIO) -> Iterator[StringIO]:
        for self._text in _texts(stream):
            yield self._text

    def _chunks(self, reader: Reader) -> Iterator[Chunk]:
        line, empty = 0, True
        while not self._given_up(line):
            rows: list[list[str]] = []
            error: Exception | None = None
            try:
                # `extend` keeps the rows that came before a mistake; building a list from the slice would lose them.
                rows.extend(islice(reader, CHUNK_ROWS))
            except (csv.Error, _Broken) as caught:
                error = caught
            chunk, after = _with_lines(rows, line, reader.line_num, whole=error is None)
            if chunk.rows:
                empty = False
                yield chunk
            if isinstance(error, _Broken):
                raise error
            if error is not None:
                empty = False
                self._quotes(after + 1, reader.line_num, str(error))
            elif not rows:
                break
            line = reader.line_num
        if empty:
            self._add(errors.EMPTY_FILE, 0, "The file is empty: it has not even a line of column names")

    def _quotes(self, first: int, last: int, error: str) -> None:
        lines = f"line {first:,}" if first >= last else f"lines {first:,} to {last:,}"
        if "limit" in error and first >= last and '"' not in _QUOTED.sub("", self._last_line()):
            sentence = f"Nothing can be read from {lines}: a cell is longer than {csv.field_size_limit():,} characters"
            self._add(errors.OVERLONG_CELL, first, sentence)
            return
        cause = "a quotation mark is opened and not closed" if "limit" in error or "end" in error else error
        self._add(errors.BROKEN_QUOTES, first, f"Nothing can be read from {lines}: {cause}")

    def _last_line(self) -> str:
        """The line that was read last."""
        read = self._text.getvalue()[: self._text.tell()].rstrip("\r\n")
        return read[max(read.rfind("\n"), read.rfind("\r")) + 1 :]

    def _given_up(self, line: int) -> bool:
        if not self._findings.hopeless():
            return False
        self._add(errors.NOISE, line, f"More rows are wrong than right: reading stopped after line {line:,}")
        return True

    def _add(self, fault: Fault, line: int, sentence: str) -> None:
        self._findings.add(Finding(fault, Place(self._index, line), sentence=sentence))


def _with_lines(rows: list[list[str]], before: int, after: int, whole: bool) -> tuple[Chunk, int]:
    """The rows with something in them, each with its line, and the last line used. `before` is the line before them."""
    if whole and after - before == len(rows):
        lines: Sequence[int] = range(before + 1, after + 1)
        end = after
    else:
        starts, end = [], before
        for row in rows:
            starts.append(end + 1)
            end += 1 + sum(len(_BREAKS.findall(cell)) for cell in row)
        lines = starts
    if [] in rows:
        lines = [line for row, line in zip(rows, lines, strict=True) if row]
        rows = [row for row in rows if row]
    return Chunk(rows, lines), end


def _texts(stream: BinaryIO) -> Iterator[StringIO]:
    """The text of a file in pieces that end where a line ends; iterating over a piece gives its lines."""
    decoder = getincrementaldecoder("utf-8")()
    carried, line, offset = "", 1, 0
    while True:
        block = stream.read(BLOCK_BYTES)
        if offset == 0:
            _known_format(block)
        if b"\0" in block:
            _refuse_byte(errors.NOT_TEXT, block, block.index(b"\0"), line, offset, "a zero byte")
        pending = len(decoder.getstate()[0])
        try:
            text = carried + decoder.decode(block, final=not block).removeprefix("" if offset else "\ufeff")
        except UnicodeDecodeError as error:
            at = max(error.start - pending, 0)
            _refuse_byte(errors.NOT_UTF8, block, at, line, offset, f"a byte ({error.object[error.start]:#04x})")
        cut = len(text) if not block else max(text.rfind("\n"), text.rfind("\r", 0, len(text) - 1)) + 1
        carried = text[cut:]
        _bounded(text, cut, line)
        yield StringIO(text[:cut], newline="")
        if not block:
            return
        offset += len(block)
        line += block.count(b"\n")


def _known_format(block: bytes) -> None:
    for magic, what in MAGIC:
        if block.startswith(magic):
            raise _Broken(errors.NOT_TEXT, 0, f"The file is no CSV file: it looks like {what}")


def _refuse_byte(fault: Fault, block: bytes, at: int, line: int, offset: int, what: str) -> NoReturn:
    line += block.count(b"\n", 0, at)
    saying = "that no text has" if fault is errors.NOT_TEXT else "that is not UTF-8"
    raise _Broken(fault, line, f"Line {line:,} holds {what} {saying}, {offset + at:,} bytes into the file")


def _bounded(text: str, cut: int, line: int) -> None:
    """A line longer than a block shows up as text without a line's end."""
    if cut == 0 and len(text) > LONGEST_LINE:
        raise _Broken(errors.OVERLONG_LINE, line, f"Line {line:,} is longer than {LONGEST_LINE:,} characters")
