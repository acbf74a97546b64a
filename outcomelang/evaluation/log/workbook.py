"""Workbooks (.xlsx) as chunks of cells: what somebody typed, exactly, or a refusal by name.

A spreadsheet keeps every number as a binary fraction. A number of up to fifteen digits comes back from it as it was
typed, so its shortest decimal is taken; one that needs more was computed, and is refused. A cell shown as a percentage
is read with its sign, as it would be in a CSV file of the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from outcomelang.evaluation.log import errors
from outcomelang.evaluation.log.csv_rows import Chunk
from outcomelang.evaluation.log.findings import Finding, Findings, Place, quoted
from outcomelang.evaluation.log.forms import COMPUTED_NUMBER, ERROR_CELL, SEVERAL_SHEETS, missing_extra, unreadable
from outcomelang.evaluation.log.table import Unreadable, cell_of, rows_chunks
from outcomelang.evaluation.log.workbook_marks import Mark, NotAWorkbook, marks

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

    _Cell = int | float | str | bool | time | date | datetime | timedelta

TYPED_DIGITS = 15


def workbook_chunks(path: Path, index: int, findings: Findings) -> Iterator[Chunk]:
    """The rows of the one sheet that holds any, with the numbers that they have there; column names come first."""
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        what = f"{path} is a workbook, and python-calamine is not installed"
        raise missing_extra(what, "excel", str(path)) from None
    try:
        with path.open("rb") as stream:
            marked = marks(stream)
            with CalamineWorkbook.from_filelike(stream) as book:
                sheets = [book.get_sheet_by_index(number) for number in range(len(book.sheet_names))]
                filled = [sheet for sheet in sheets if sheet.start is not None]
                sheet = _only(filled, index, findings)
                if sheet is not None:
                    rows = _rows(sheet, marked(book.sheet_names.index(sheet.name)))
                    yield from _table(rows, findings, index)
    except (CalamineError, BadZipFile, NotAWorkbook, OSError) as problem:
        unreadable(path, index, findings, problem)


def _only(sheets: list[CalamineSheet], index: int, findings: Findings) -> CalamineSheet | None:
    if not sheets:
        sentence = "The workbook is empty: it has not even a row of column names"
        findings.add(Finding(errors.EMPTY_FILE, Place(index, 0), sentence=sentence))
    elif len(sheets) > 1:
        names = ", ".join(quoted(sheet.name) for sheet in sheets[:5])
        sentence = f"The workbook holds {len(sheets)} sheets with something in them: {names}"
        findings.add(Finding(SEVERAL_SHEETS, Place(index, 0), sentence=sentence))
    return sheets[0] if len(sheets) == 1 else None


def _table(rows: Iterator[tuple[int, list[object]]], findings: Findings, index: int) -> Iterator[Chunk]:
    """The first row with something in it holds the column names; of the columns, those with anything in them count."""
    known = list(rows)
    width = max((at for _, row in known for at, cell in enumerate(row, 1) if cell is not None), default=0)
    first = next((at for at, (_, row) in enumerate(known) if any(cell is not None for cell in row)), None)
    if first is None:
        sentence = "The workbook is empty: it has not even a row of column names"
        findings.add(Finding(errors.EMPTY_FILE, Place(index, 0), sentence=sentence))
        return
    number, names = known[first]
    header = ["" if name is None else str(name) for name in names[:width]]
    cells: Iterator[Sequence[object]] = (row[:width] for _, row in known[first + 1 :])
    yield from rows_chunks(header, cells, findings, index, number)


def _rows(sheet: CalamineSheet, marked: dict[tuple[int, int], Mark]) -> Iterator[tuple[int, list[object]]]:
    """Every row from the first of the sheet on, with its number."""
    left = sheet.start[1] if sheet.start is not None else 0
    for number, row in enumerate(sheet.iter_rows(), 1):
        yield number, [_meant(cell, marked.get((number, left + at))) for at, cell in enumerate(row, 1)]


def _meant(cell: _Cell, mark: Mark | None) -> object:
    if mark is Mark.WITHOUT_VALUE:
        return Unreadable(ERROR_CELL, "a cell")
    if cell == "" and isinstance(cell, str):
        return None
    if isinstance(cell, float):
        return _number(cell, mark is Mark.PERCENTAGE)
    if isinstance(cell, datetime) and cell.time() != time():
        return cell.isoformat(" ")
    if isinstance(cell, time | timedelta):
        return str(cell)
    return cell_of(cell)


def _number(cell: float, percentage: bool) -> object:
    """The shortest decimal that the spreadsheet keeps as this number: what was typed, if it is short enough."""
    exact = Decimal(repr(cell)).normalize()
    if not exact.is_finite() or len(exact.as_tuple().digits) > TYPED_DIGITS:
        return Unreadable(COMPUTED_NUMBER, repr(cell))
    return f"{(exact * 100).normalize():f}%" if percentage else exact
