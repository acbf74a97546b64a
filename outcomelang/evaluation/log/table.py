"""Rows that are already in memory (a dataframe's columns, dictionaries in a test) as chunks of cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice

from attrs import frozen

from outcomelang.evaluation.log import errors
from outcomelang.evaluation.log.csv_rows import CHUNK_ROWS, Chunk
from outcomelang.evaluation.log.errors import Fault
from outcomelang.evaluation.log.findings import Finding, Findings, Place

Table = Iterable[Mapping[str, object]] | Mapping[str, Sequence[object]]
"""Rows as mappings, or columns by name. Cells are text, int, Decimal, date, bool or None (not given)."""


@frozen
class Unreadable:
    """A cell of which the reader of a file already knows what is wrong; `text` is how to show it."""

    fault: Fault
    text: str

    def __str__(self) -> str:
        return self.text


def table_chunks(table: Table, findings: Findings) -> Iterator[Chunk]:
    """The line of column names, then the rows; row n has line n + 1. A row with a cell that is no value is left out."""
    if isinstance(table, Mapping):
        return rows_chunks(list(table), zip(*table.values(), strict=True), findings)
    mappings = list(table)
    header = list(dict.fromkeys(name for row in mappings for name in row))
    return rows_chunks(header, ([row.get(name) for name in header] for row in mappings), findings)


def rows_chunks(
    header: list[str], rows: Iterator[Sequence[object]], findings: Findings, file: int = 0, first: int = 1
) -> Iterator[Chunk]:
    """The same for rows one after another; the column names stand on line `first`, the rows below them."""
    yield Chunk([header], [first])
    line = first + 1
    while part := list(islice(rows, CHUNK_ROWS)):
        texts = [(_row(row, header, Place(file, at), findings), at) for at, row in enumerate(part, line)]
        yield Chunk([row for row, _ in texts if row is not None], [at for row, at in texts if row is not None])
        line += len(part)


def cell_of(cell: object) -> object:
    """What a library of tables gives, as a log holds it: NaN and NaT are not given, a day at midnight is a date."""
    if cell is None or cell != cell:  # NaN and NaT are unequal to themselves
        return None
    if isinstance(cell, datetime) and cell.time() == time():
        return date(cell.year, cell.month, cell.day)
    return cell


def _row(cells: Sequence[object], header: list[str], place: Place, findings: Findings) -> list[str] | None:
    row: list[str] = []
    for cell, column in zip(cells, header, strict=True):
        text = _text(cell)
        if isinstance(text, Fault):
            findings.add(Finding(text, place, column, f"{cell}"))
            return None
        row.append(text)
    return row


def _text(cell: object) -> str | Fault:
    match cell:
        case str():
            return cell
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case int():
            return str(cell)
        case float():
            return errors.BINARY_FLOAT
        case Decimal():
            return _shortest(cell)
        case date() if not isinstance(cell, datetime):
            return cell.isoformat()
        case Unreadable():
            return cell.fault
        case _:
            return errors.NOT_A_CELL


def _shortest(cell: Decimal) -> str:
    """Columns of decimals give every number the same digits: noughts at the end say nothing."""
    text = f"{cell:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
