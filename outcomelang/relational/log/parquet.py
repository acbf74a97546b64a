"""Parquet files as cells, by the engine itself: where each type of column has one text, that of the reference."""

from __future__ import annotations

from pathlib import Path

from sqlglot import exp

from outcomelang.relational.duckdb_engine import DuckDB
from outcomelang.relational.engines import EngineError
from outcomelang.relational.log.lines import Cells, apart, call, path_text
from outcomelang.relational.primitives import E, plus, text, whole

_WHOLE = tuple(sign + kind for sign in ("", "U") for kind in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT"))
PLACE = "file_row_number"
_AS_WRITTEN = ("VARCHAR", "DATE", *_WHOLE)


def parquet_cells(db: DuckDB, path: Path) -> tuple[list[str], Cells] | None:
    """The names of the columns and their rows, numbered from 1 as `number`; None where a column holds what the engine
    cannot tell as the reference does (binary floats, times of day), and where the file is none."""
    file = _file(path)
    try:
        found = db.fetch(exp.Describe(this=exp.select("*").from_(file)))
    except EngineError:
        return None  # the reference's reader says why
    names = [str(row[0]) for row in found]
    cells = [_cell(exp.column(str(name), quoted=True), str(kind)) for name, kind, *_ in found]
    known = [cell for cell in cells if cell is not None]
    if len(known) < len(cells) or len(set(map(str.lower, names))) < len(names):
        return None
    if PLACE in map(str.lower, names):  # a column of the file's own has the name
        place: E = exp.Window(this=exp.RowNumber())
    else:  # told by the file, so that several threads can read it
        file = _file(path, exp.EQ(this=exp.to_identifier(PLACE), expression=exp.true()))
        place = plus(exp.column(PLACE), whole(1))
    shown = (exp.alias_(cell, apart(number)) for number, cell in enumerate(known))
    return names, Cells(exp.select(exp.alias_(place, "number"), *shown).from_(file), apart=True, width=len(names))


def _file(path: Path, *options: E) -> exp.Table:
    return exp.Table(this=exp.Anonymous(this="read_parquet", expressions=[text(path_text(path)), *options]))


def _cell(column: E, kind: str) -> E | None:
    if kind in _AS_WRITTEN:
        written: E = column if kind == "VARCHAR" else exp.cast(column, "varchar")
    elif kind.startswith("DECIMAL"):
        written = _shortest(exp.cast(column, "varchar"))
    elif kind == "BOOLEAN":
        written = exp.Case(
            ifs=[
                exp.If(this=column.copy(), true=text("yes")),
                exp.If(this=exp.Not(this=column.copy()), true=text("no")),
            ]
        )
    else:
        return None
    return exp.Coalesce(this=written, expressions=[text("")])


def _shortest(number: E) -> E:
    """Noughts at the end of decimals say nothing."""
    pointed = call("contains", number, text("."))
    trimmed = call("rtrim", call("rtrim", number, text("0")), text("."))
    return exp.Case(ifs=[exp.If(this=pointed, true=trimmed)], default=number.copy())
