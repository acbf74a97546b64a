"""What the cells of a workbook are beside their values: shown as percentages, failed, or formulas never computed.

A workbook is a zip of XML parts. Only those that say this are read, and the cells only where the sheet can hold such.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import Enum, auto
from typing import BinaryIO
from xml.etree import ElementTree
from xml.parsers import expat
from zipfile import ZipFile

MOST_BYTES = 4 << 30
_BLOCK = 1 << 20
_PERCENT_FORMATS = ("9", "10")
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_TELLING = re.compile(rb"<(?:\w+:)?f[\s/>]|t\s*=\s*[\"']e[\"']")
_QUOTED = re.compile(r'"[^"]*"|\\.')


class NotAWorkbook(Exception):
    """The parts of the file do not make a workbook. Caught where the workbook is read."""


class Mark(Enum):
    PERCENTAGE = auto()
    WITHOUT_VALUE = auto()
    """An error, or a formula that no program has computed yet."""


Marks = dict[tuple[int, int], Mark]
"""By row and column, both from 1."""


def marks(stream: BinaryIO) -> Callable[[int], Marks]:
    """How to find the marks of the sheet of a number (from 0); the stream must stay open and may be read meanwhile."""
    archive = ZipFile(stream)
    if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
        raise NotAWorkbook("its parts are larger than any workbook is")
    try:
        sheets, percentages = _sheets(archive), _percentages(archive)
    except (KeyError, ElementTree.ParseError) as problem:
        raise NotAWorkbook(f"it is no workbook ({problem})") from problem
    stream.seek(0)

    def found(number: int) -> Marks:
        name = sheets[number]
        if not percentages and not _telling(archive, name):
            return {}
        return _read(archive, name, percentages)

    return found


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _parts(archive: ZipFile, name: str) -> Iterator[ElementTree.Element]:
    return ElementTree.fromstring(archive.read(name)).iter()


def _sheets(archive: ZipFile) -> list[str]:
    """The parts that hold the sheets, in the order of the workbook."""
    targets = {
        part.attrib["Id"]: part.attrib["Target"]
        for part in _parts(archive, "xl/_rels/workbook.xml.rels")
        if _local(part) == "Relationship"
    }
    ids = [
        next(value for key, value in part.attrib.items() if key.endswith("}id"))
        for part in _parts(archive, "xl/workbook.xml")
        if _local(part) == "sheet"
    ]
    return [target[1:] if (target := targets[each]).startswith("/") else f"xl/{target}" for each in ids]


def _percentages(archive: ZipFile) -> frozenset[str]:
    """The styles of cells that are shown as percentages."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    formats, styles = set(_PERCENT_FORMATS), list(_parts(archive, "xl/styles.xml"))
    for part in styles:
        if _local(part) == "numFmt" and "%" in _QUOTED.sub("", part.attrib["formatCode"]):
            formats.add(part.attrib["numFmtId"])
    cells = next((part for part in styles if _local(part) == "cellXfs"), ())
    return frozenset(str(at) for at, style in enumerate(cells) if style.attrib.get("numFmtId") in formats)


def _telling(archive: ZipFile, name: str) -> bool:
    """Whether a sheet holds a formula or an error at all."""
    before = b""
    with archive.open(name) as part:
        while block := part.read(_BLOCK):
            if _TELLING.search(before + block):
                return True
            before = block[-32:]
    return False


def _read(archive: ZipFile, name: str, percentages: frozenset[str]) -> Marks:
    reader = _Reader(percentages)
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        with archive.open(name) as part:
            parser.ParseFile(part)
    except expat.ExpatError as problem:
        raise NotAWorkbook(f"a sheet of it is damaged ({problem})") from problem
    return reader.found


class _Reader:
    """Follows the elements of a sheet: a cell, its formula, its value."""

    def __init__(self, percentages: frozenset[str]) -> None:
        self.found: Marks = {}
        self._percentages = percentages
        self._row, self._column = 0, 0
        self._attributes: dict[str, str] = {}
        self._inside = ""
        self._formula, self._value = False, False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._inside = tag.rpartition(":")[2]
        if self._inside == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
        elif self._inside == "c":
            place = _CELL.fullmatch(attributes.get("r", ""))
            self._column = _number_of(place[1]) if place else self._column + 1
            self._attributes, self._formula, self._value = attributes, False, False
        elif self._inside == "f":
            self._formula = True

    def text(self, text: str) -> None:
        if self._inside in ("v", "t") and text:
            self._value = True

    def end(self, tag: str) -> None:
        self._inside = ""
        if tag.rpartition(":")[2] != "c":
            return
        of = self._attributes
        if of.get("t") == "e" or (self._formula and not self._value and of.get("t") != "str"):
            self.found[self._row, self._column] = Mark.WITHOUT_VALUE
        elif of.get("s") in self._percentages and of.get("t", "n") == "n":
            self.found[self._row, self._column] = Mark.PERCENTAGE


def _number_of(letters: str) -> int:
    """A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
