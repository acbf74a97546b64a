"""Rows that no table of spellings settles: read by the reference, in the order in which it would have met them.

So mistakes are counted, and told with file and row, by the one reader that knows them; and a row that is right after
all comes back as the reference reads it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from attrs import define, field
from sqlglot import exp

from outcomelang.evaluation.log.columns import Columns
from outcomelang.evaluation.log.csv_rows import CHUNK_ROWS, Chunk
from outcomelang.evaluation.log.findings import Findings
from outcomelang.evaluation.log.rows import Kept, RowReader
from outcomelang.relational.duckdb_engine import DuckDB
from outcomelang.relational.log.sources import Noted
from outcomelang.relational.log.words import READ, State, Words
from outcomelang.relational.primitives import whole


class Hopeless(Exception):
    """More rows are wrong than right: the reference stops reading there, and is asked what it says."""


@define
class Told:
    """What the reference says of the rows aside: mistakes, and those that are right after all."""

    findings: Findings
    kept: Kept = field(factory=Kept)


@define
class Gone:
    """A file as it went: its columns (None where it has none), what is wrong with it, and how many rows it has.

    `cut` says that every chunk of it but the last is full.
    """

    columns: Columns | None
    noted: Noted
    rows: int = 0
    cut: bool = True


def tell(db: DuckDB, words: Words, files: Sequence[Gone], told: Told) -> None:
    """Read every row aside, file by file and chunk by chunk, with what is wrong with the files between them."""
    of_file = groupby(_rows(db), key=itemgetter(0))
    index, rows = next(of_file, (None, iter(())))
    before = 0
    for number, file in enumerate(files):
        if index == number:
            _tell_file(words, file, number, rows, before, told)
            index, rows = next(of_file, (None, iter(())))
        for _, finding in file.noted.noted:
            told.findings.add(finding)
        before += file.rows
    told.findings.rows_read = before


def _tell_file(
    words: Words, file: Gone, index: int, rows: Iterator[tuple[int, int, int, list[str]]], before: int, told: Told
) -> None:
    findings, waiting = told.findings, file.noted.noted
    columns = file.columns
    assert columns is not None
    belief = words.first.toordinal(), words.last.toordinal()
    reader = RowReader(words.vocabulary, columns, belief, index, findings, told.kept)
    read = 0
    for number, chunk in groupby(rows, key=itemgetter(1)):
        while waiting and waiting[0][0] <= number:
            findings.add(waiting.pop(0)[1])
        some = list(chunk)
        reader.read(Chunk([cells for *_, cells in some], [line for _, _, line, _ in some]))
        # Right rows were read too, though not here: at least so many.
        read += len(some)
        findings.rows_read = before + (min(file.rows, number * CHUNK_ROWS) if file.cut else read)
        if findings.hopeless():
            raise Hopeless


def _rows(db: DuckDB) -> Iterator[tuple[int, int, int, list[str]]]:
    aside = exp.EQ(this=exp.column("state"), expression=whole(State.ASIDE))
    query = exp.select("file", "chunk", "line", "cells").from_(READ).where(aside).order_by("file", "chunk", "line")
    for batch in db.stream(query):
        yield from batch
