"""Records that Python holds, as a relation of an engine: batch by batch, never all of them in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, cast

from sqlglot import exp

from outcomelang.relational.duckdb_engine import DuckDB
from outcomelang.relational.engines import Engine
from outcomelang.relational.log.handing import MISSING, hand, handed, make
from outcomelang.relational.log.lines import call
from outcomelang.relational.primitives import E, structure, text, whole
from outcomelang.relational.relations import Type

Record = Sequence[Any]
_BETWEEN, _WITHIN, _ESCAPE = "\x1d", "\x1f", "\x1c"
_WRITTEN = {_ESCAPE: "0", _BETWEEN: "1", _WITHIN: "2"}
_ESCAPED = str.maketrans({sign: _ESCAPE + letter for sign, letter in _WRITTEN.items()})
_PLACE = "STRUCT(day DATE, id VARCHAR, file BIGINT, line BIGINT)[]"


class _ReadsFiles(Engine, Protocol):
    def table(self, name: str, path: Path) -> None: ...


def write(engine: Engine, name: str, columns: Mapping[str, Type], batches: Iterable[Iterable[Record]]) -> None:
    """Make the relation `name`. `columns` gives the type of each column."""
    if isinstance(engine, DuckDB):
        _make(engine, name, columns)
        for batch in batches:
            _put(engine, name, columns, batch)
        return
    folder = engine.folder / f"{name}-written"
    folder.mkdir()
    with DuckDB(threads=1, beside=engine.folder) as writer:
        for number, batch in enumerate(batches):
            _make(writer, name, columns)
            _put(writer, name, columns, batch)
            writer.write(exp.select("*").from_(exp.table_(name, quoted=True)), folder / f"{number:08}.parquet")
    cast(_ReadsFiles, engine).table(name, folder)


def _make(db: DuckDB, name: str, columns: Mapping[str, Type]) -> None:
    make(db, name, {column: _PLACE if kind is Type.PLACES else kind.value for column, kind in columns.items()})


def _put(db: DuckDB, name: str, columns: Mapping[str, Type], batch: Iterable[Record]) -> None:
    path = db.folder / f"{name}.txt"
    source = handed(hand(path, _cells(columns, batch))).subquery("given")
    values = [_value(number, kind).as_(column, quoted=True) for number, (column, kind) in enumerate(columns.items(), 1)]
    db.run(exp.Insert(this=exp.table_(name, quoted=True), expression=exp.select(*values).from_(source)))
    path.unlink()


def _cells(columns: Mapping[str, Type], batch: Iterable[Record]) -> Iterator[list[str]]:
    places = {at for at, kind in enumerate(columns.values()) if kind is Type.PLACES}
    for record in batch:
        cells = [MISSING if cell is None else str(cell) for cell in record] if not places else []
        yield cells or [
            MISSING if cell is None else _rows(cell) if at in places else str(cell) for at, cell in enumerate(record)
        ]


def _rows(places: Iterable[Mapping[str, Any]]) -> str:
    """A list of rows of the log in one cell."""
    return _BETWEEN.join(
        _WITHIN.join((str(each["day"]), str(each["file"]), str(each["line"]), each["id"].translate(_ESCAPED)))
        for each in places
    )


def _value(number: int, kind: Type) -> E:
    cell = call("list_extract", exp.column("cells"), whole(number))
    given = exp.Nullif(this=cell, expression=text(MISSING))
    return _rows_again(given) if kind is Type.PLACES else exp.cast(given, kind.value)


def _rows_again(cell: E) -> E:
    """The list that stands in a cell; of an empty cell an empty one."""
    part = exp.column("part")
    name: E = call("list_extract", part, whole(4))
    for sign, letter in reversed(_WRITTEN.items()):
        name = call("replace", name, text(_ESCAPE + letter), text(sign))
    fields = {
        "day": exp.cast(call("list_extract", part, whole(1)), "date"),
        "id": name,
        "file": exp.cast(call("list_extract", part, whole(2)), "bigint"),
        "line": exp.cast(call("list_extract", part, whole(3)), "bigint"),
    }
    split = call("string_split", cell, text(_BETWEEN))
    parts = call("list_transform", split, _each("place", call("string_split", exp.column("place"), text(_WITHIN))))
    rows = call("list_transform", parts, _each("part", structure(**fields)))
    nothing = exp.cast(exp.array(), _PLACE, dialect="duckdb")
    return exp.Case(ifs=[exp.If(this=exp.EQ(this=cell.copy(), expression=text("")), true=nothing)], default=rows)


def _each(name: str, value: E) -> exp.Lambda:
    return exp.Lambda(this=value, expressions=[exp.to_identifier(name)], colon=True)
