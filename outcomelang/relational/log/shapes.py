"""Which CSV files an engine's own reader reads exactly as the reference does: decided from their bytes, not by trial.

Of a file with one kind of line end, no blank line but at its end, and quotation marks only around whole cells on one
line, there is one way to cut it into cells. Any other file is read by the reference, and its rows are handed over.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from attrs import frozen

from outcomelang.evaluation.log.csv_rows import MAGIC

BLOCK_BYTES = 4 << 20
WINDOW = 1 << 16
"""A newline in every window of so many bytes: then no line, so no cell, is longer than the reference takes."""
CELL_END, NO_CELL = "\x01", "\x02"
"""What no file read by an engine holds: the separator of cells where lines are cut later, and the mark of no value."""
_FOREIGN = tuple(mark.encode() for mark in ("\0", CELL_END, NO_CELL))
_OTHER_FORMATS = tuple(magic for magic, _ in MAGIC)
_CELL = rb'(?:"[^"\r\n]*+(?:""[^"\r\n]*+)*+"|[^",\r\n]*+)'
_LINES = re.compile(rb"(?:" + _CELL + rb"(?:," + _CELL + rb")*+(?:\r?\n|\Z))*+")


@frozen
class Shape:
    """How an engine is to read a file: whether cells stand in quotation marks, and how lines end."""

    quoted: bool
    line_end: str


def shape_of(path: Path) -> Shape | None:
    """The shape of a file that every reader cuts into the same cells; None for any other.

    Raises OSError where the file cannot be read.
    """
    line_end, quoted, over = b"", False, False
    with path.open("rb") as stream:
        for piece in _pieces(stream):
            end = b"\r\n" if b"\r" in piece else b"\n"
            if over or (line_end and end != line_end) or not _plain(piece, end):
                return None
            if not line_end and piece.startswith(_OTHER_FORMATS):
                return None
            line_end = end
            text, over = _without_blank_end(piece, end)
            if text.startswith(end) or end + end in text:
                return None
            if b'"' in text:
                quoted = True
                if not _LINES.fullmatch(text):
                    return None
    return Shape(quoted, "\\r\\n" if line_end == b"\r\n" else "\\n")


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    """The file in pieces that end where a line ends; a piece without a line's end is longer than any line may be."""
    carried = stream.read(len(BOM_UTF8)).removeprefix(BOM_UTF8)
    while block := stream.read(BLOCK_BYTES):
        cut = block.rfind(b"\n") + 1
        if not cut:
            yield carried + block
            carried = b""
            continue
        yield carried + block[:cut]
        carried = block[cut:]
    if carried:
        yield carried


def _plain(piece: bytes, end: bytes) -> bool:
    """Text with one kind of line end, and no line longer than the reference takes."""
    if any(mark in piece for mark in _FOREIGN):
        return False
    if end == b"\r\n" and not piece.count(b"\r") == piece.count(b"\r\n") == piece.count(b"\n"):
        return False
    if any(piece.find(b"\n", at, at + WINDOW) < 0 for at in range(0, len(piece) - WINDOW, WINDOW)):
        return False
    return piece.isascii() or _is_utf8(piece)


def _is_utf8(piece: bytes) -> bool:
    try:
        piece.decode()
    except UnicodeDecodeError:
        return False
    return True


def _without_blank_end(piece: bytes, end: bytes) -> tuple[bytes, bool]:
    """The piece without blank lines after its last row, and whether there were any: then nothing may follow."""
    text = piece.rstrip(b"\r\n")
    over = len(piece) - len(text) > len(end)
    return (text + end if over else piece), over
