"""Rows that are already in memory (a dataframe's columns, dictionaries in a test) as chunks of cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice

from outcomelang.evaluation.log import errors
from outcomelang.evaluation.log.csv_rows import CHUNK_ROWS, Chunk
from outcomelang.evaluation.log.errors import Fault
from outcomelang.evaluation.log.findings import Finding, Findings, Place

Table = Iterable[Mapping[str, object]] | Mapping[str, Sequence[object]]
"""Rows as mappings, or columns by name. Cells are text, int, Decimal, date, bool or None (not given)."""


def table_chunks(table: Table, findings: Findings) -> Iterator[Chunk]:
    """The line of column names, then the rows; row n has line n + 1. A row with a cell that is no value is left out."""
    if isinstance(table, Mapping):
        header = list(table)
        cells: Iterator[Sequence[object]] = zip(*table.values(), strict=True)
    else:
        mappings = list(table)
        header = list(dict.fromkeys(name for row in mappings for name in row))
        cells = ([row.get(name) for name in header] for row in mappings)
    yield Chunk([header], [1])
    line = 2
    while part := list(islice(cells, CHUNK_ROWS)):
        rows = [(_row(row, header, at, findings), at) for at, row in enumerate(part, line)]
        yield Chunk([row for row, _ in rows if row is not None], [at for row, at in rows if row is not None])
        line += len(part)


def _row(cells: Sequence[object], header: list[str], line: int, findings: Findings) -> list[str] | None:
    row: list[str] = []
    for cell, column in zip(cells, header, strict=True):
        text = _text(cell)
        if isinstance(text, Fault):
            findings.add(Finding(text, Place(0, line), column, f"{cell}"))
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
            return f"{cell:f}"
        case date() if not isinstance(cell, datetime):
            return cell.isoformat()
        case _:
            return errors.NOT_A_CELL
