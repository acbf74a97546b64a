"""Rows that Python holds, handed to an engine: written to a file line by line, and cut again into the same cells.

A cell may hold anything, so the few signs that mean something in such a file are written in another way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from attrs import frozen
from sqlglot import exp

from outcomelang.relational.duckdb_engine import DuckDB
from outcomelang.relational.log.lines import Query, call, cut, lines_of
from outcomelang.relational.primitives import E, text

BETWEEN = "\x1e"
_ESCAPE = "\x1a"
_WRITTEN = {"\0": "0", "\x01": "1", "\x02": "2", "\n": "n", "\r": "r", BETWEEN: "s", _ESCAPE: "e"}
_MEANS_SOMETHING = re.compile("[\0\x01\x02\n\r\x1a\x1e]")
_ESCAPED = {ord(sign): _ESCAPE + letter for sign, letter in _WRITTEN.items()}


@frozen
class Handed:
    """A file of rows; `escaped` says that some cell holds what had to be written in another way."""

    path: Path
    escaped: bool


def hand(path: Path, rows: Iterable[Sequence[str]]) -> Handed:
    """Write rows of cells, one on a line."""
    escaped = False
    with path.open("w", encoding="utf-8", newline="") as out:
        for row in rows:
            line = BETWEEN.join(row)
            if line.count(BETWEEN) != len(row) - 1 or _MEANS_SOMETHING.search(line.replace(BETWEEN, "")):
                escaped = True
                line = BETWEEN.join(cell.translate(_ESCAPED) for cell in row)
            out.write(line + "\n")
    return Handed(path, escaped)


def handed(of: Handed) -> Query:
    """The rows again: one column `cells`, a list."""
    cells = cut(lines_of(of.path, "\\n", skip=0), BETWEEN)
    return _unescaped(cells) if of.escaped else cells


def _unescaped(cells: Query) -> Query:
    cell: E = exp.column("cell")
    for sign, letter in _WRITTEN.items():
        if sign != _ESCAPE:
            cell = call("replace", cell, text(_ESCAPE + letter), call("chr", exp.Literal.number(ord(sign))))
    cell = call("replace", cell, text(_ESCAPE + _WRITTEN[_ESCAPE]), text(_ESCAPE))
    each = exp.Lambda(this=cell, expressions=[exp.to_identifier("cell")], colon=True)
    return exp.select(exp.alias_(call("list_transform", exp.column("cells"), each), "cells")).from_(
        cells.subquery("handed")
    )


MISSING = "\x04 nothing"


def put(db: DuckDB, path: Path, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
    """Add rows to a table, making it as it is; `columns` gives the type of each by its name."""
    texts = ([MISSING if cell is None else str(cell) for cell in row] for row in rows)
    source = handed(hand(path, texts)).subquery("rows")
    values = [
        exp.alias_(exp.cast(_given(number), kind), name, quoted=True)
        for number, (name, kind) in enumerate(columns.items(), 1)
    ]
    query = exp.select(*values).from_(source)
    db.run(exp.Insert(this=exp.to_table(table), expression=query))


def make(db: DuckDB, table: str, columns: Mapping[str, str]) -> None:
    """An empty table."""
    kinds = [
        exp.ColumnDef(this=exp.to_identifier(name, quoted=True), kind=exp.DataType.build(kind, dialect="duckdb"))
        for name, kind in columns.items()
    ]
    schema = exp.Schema(this=exp.to_table(table), expressions=kinds)
    db.run(exp.Create(this=schema, kind="TABLE", replace=True))


def _given(number: int) -> E:
    cell = call("list_extract", exp.column("cells"), exp.Literal.number(number))
    return exp.Nullif(this=cell, expression=text(MISSING))
