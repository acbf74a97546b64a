"""The files of a log as relations of cells: read by the engine where it reads exactly what the reference reads.

Which files those are is told by `shapes` (CSV) and by the types of the columns (Parquet). The rows of any other file
come from the reference's own reader and are handed over, so that both see the same cells on the same lines.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path

from attrs import frozen
from sqlglot import exp

from outcomelang.evaluation.log.csv_rows import CHUNK_ROWS, Chunk
from outcomelang.evaluation.log.findings import Finding, Findings
from outcomelang.evaluation.log.forms import CSV, PARQUET, WORKBOOK, file_chunks
from outcomelang.relational.duckdb_engine import DuckDB
from outcomelang.relational.engines import EngineError
from outcomelang.relational.log.handing import hand, handed
from outcomelang.relational.log.lines import Cells, Query, apart, call, csv_table, cut, lines_of
from outcomelang.relational.log.parquet import parquet_cells
from outcomelang.relational.log.shapes import Shape, shape_of
from outcomelang.relational.primitives import E, plus, quotient, whole

PLACE = ("chunk", "line")
"""In which chunk of the reference's reader a row would stand, and on which line it does."""


class Noted(Findings):
    """Findings of a file, each with the number of chunks read before it, to be told in their turn."""

    def __init__(self, files: tuple[str, ...]) -> None:
        super().__init__(files)
        self.chunks = 0
        self.noted: list[tuple[int, Finding]] = []

    def add(self, finding: Finding) -> None:
        self.noted.append((self.chunks, finding))

    def hopeless(self) -> bool:
        return False


@frozen
class Source:
    """A file: its column names, the line on which they stand, and its rows as chunk, line and cells.

    `noted` is what is wrong with the file itself, as far as it was read: a file whose rows nobody asks for is not.
    """

    header: list[str]
    line: int
    rows: Callable[[], Cells]
    noted: Noted
    by_engine: bool


def source_of(db: DuckDB, path: Path, index: int, noted: Noted) -> Source | None:
    """A file as a relation; None where it has not even column names."""
    suffix = path.suffix.lower()
    if suffix in PARQUET and path.is_file():
        found = parquet_cells(db, path)
        if found is not None:
            header, cells = found
            return Source(header, 1, partial(_placed_by, cells, CHUNK_ROWS - 1), noted, by_engine=True)
    if suffix == CSV or suffix not in (*PARQUET, WORKBOOK):
        found_shape = _shape(path)
        if found_shape is not None:
            read = _engine_reads(db, path, found_shape)
            if read is not None:
                header, cells = read
                return Source(header, 1, partial(_numbered, cells), noted, by_engine=True)
    return _handed_over(db, path, index, noted)


def _shape(path: Path) -> Shape | None:
    try:
        return shape_of(path) if path.is_file() else None
    except OSError:
        return None  # the reference's reader says why


def _engine_reads(db: DuckDB, path: Path, shape: Shape) -> tuple[list[str], Cells] | None:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        header = next(csv.reader([stream.readline()], strict=True), [])
    if not header:
        return None
    if not shape.quoted:
        return header, Cells(cut(lines_of(path, shape.line_end, skip=1), ","), apart=False, width=len(header))
    columns = tuple(map(apart, range(len(header))))
    table = csv_table(path, ",", '"', shape.line_end, 1, columns)
    cells = Cells(exp.select(*columns).from_(table), apart=True, width=len(header))
    try:
        db.fetch(exp.select(exp.Count(this=exp.column(columns[0]))).from_(cells.query.subquery("rows")))
    except EngineError:
        return None  # some row has more cells or fewer: the engine tells no cells of such a row
    return header, cells


def _numbered(cells: Cells) -> Cells:
    """The rows with their chunk and line, counted in the order of the file."""
    number = exp.alias_(exp.Window(this=exp.RowNumber()), "number")
    return _placed_by(cells.of(exp.select(number, *cells.columns).from_(cells.query.subquery("file"))), 0)


def _placed_by(cells: Cells, more: int) -> Cells:
    """Numbered rows with their chunk and line: the first stands on line 2.

    The column names are the first row of a CSV file's first chunk; those of a table are a chunk of their own: so many
    rows `more`.
    """
    at = exp.column("number")
    before = plus(at, whole(more)) if more else at
    place = [exp.alias_(quotient(before, whole(CHUNK_ROWS)), "chunk"), exp.alias_(plus(at, whole(1)), "line")]
    return cells.of(exp.select(*place, *cells.columns).from_(cells.query.subquery("counted")))


def _handed_over(db: DuckDB, path: Path, index: int, noted: Noted) -> Source | None:
    """What the reference's reader makes of a file."""
    chunks = _counted(file_chunks(path, index, noted), noted)
    first = next(chunks, None)
    if first is None:
        return None
    header, line = first.rows[0], first.lines[0]
    rest = chain((Chunk(first.rows[1:], first.lines[1:]),), chunks)
    rows = (
        [str(number), str(at), *row]
        for number, chunk in enumerate(rest)
        for row, at in zip(chunk.rows, chunk.lines, strict=True)
    )
    target = db.folder / f"handed-{index}.txt"

    def query() -> Cells:
        return Cells(_placed(handed(hand(target, rows))), apart=False, width=len(header))

    return Source(header, line, query, noted, by_engine=False)


def _counted(chunks: Iterator[Chunk], noted: Noted) -> Iterator[Chunk]:
    for chunk in chunks:
        yield chunk
        noted.chunks += 1  # what is found now, on the way to the next


def _placed(cells: Query) -> Query:
    def field(number: int) -> E:
        return exp.cast(call("list_extract", exp.column("cells"), exp.Literal.number(number)), "bigint")

    rest = call("list_slice", exp.column("cells"), exp.Literal.number(3), exp.Literal.number(-1))
    return exp.select(exp.alias_(field(1), "chunk"), exp.alias_(field(2), "line"), exp.alias_(rest, "cells")).from_(
        cells.subquery("placed")
    )
