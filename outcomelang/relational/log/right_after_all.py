"""The table of all that was read, and rows that the reference read into it: spellings that it alone knew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.evaluation.event_log import Row, Verdict
from outcomelang.evaluation.log.rows import Kept
from outcomelang.relational.attributes import Attribute, attribute_columns, attributes
from outcomelang.relational.duckdb_engine import DuckDB
from outcomelang.relational.handing_back import HandedBack
from outcomelang.relational.log.handing import make, put
from outcomelang.relational.log.words import READ, State

_FIXED = {
    "file": "INT", "chunk": "BIGINT", "line": "BIGINT", "state": "TINYINT", "day": "DATE", "id": "VARCHAR",
    "recorded": "DATE", "participant": "VARCHAR", "event": "VARCHAR", "source": "VARCHAR", "counts": "BOOLEAN",
}  # fmt: skip
_VERDICT = {
    "verdict_target": "VARCHAR", "verdict_verified": "BOOLEAN", "verdict_kind": "VARCHAR",
    "verdict_about": "VARCHAR", "verdict_whose": "VARCHAR",
}  # fmt: skip
LARGEST = 2**63 - 1


TOO_LARGE = "a number in the log has more digits than the engine's whole numbers"


def read_columns(contract: ir.Contract) -> dict[str, str]:
    """The columns of READ, in their order: those of a row, its attributes, those of a verdict, and cells left aside."""
    given = {column.name: column.type.value for column in attribute_columns(contract)}
    return {**_FIXED, **given, **_VERDICT, "cells": "VARCHAR[]"}


def make_read(db: DuckDB, contract: ir.Contract) -> None:
    make(db, READ, read_columns(contract))


def add_kept(db: DuckDB, contract: ir.Contract, kept: Kept) -> None:
    """Put rows and verdicts that the reference read to the others."""
    if kept.rows or kept.verdicts:
        put(db, db.folder / "kept.txt", READ, read_columns(contract), _rows(contract, kept))


def _rows(contract: ir.Contract, kept: Kept) -> Iterator[list[object]]:
    known = attributes(contract)
    width, nothing = len(attribute_columns(contract)), [None] * len(_VERDICT)
    for row in kept.rows:
        cells = [cell for attribute in known for cell in _values(attribute, row)]
        yield [*_fixed(row, State.ROW, row.participant, row.event), *cells, *nothing, None]
    for verdict in kept.verdicts:
        own = (verdict.target, verdict.verified, verdict.kind, verdict.about, verdict.whose)
        yield [*_fixed(verdict, State.VERDICT, None, None), *[None] * width, *own, None]


def _fixed(row: Row | Verdict, state: State, participant: str | None, event: str | None) -> list[object]:
    days = date.fromordinal(row.day), date.fromordinal(row.recorded)
    where = [row.file, 0, row.line, int(state)]
    return [*where, days[0], row.id, days[1], participant, event, row.source, row.counts]


def _values(attribute: Attribute, row: Row) -> list[object]:
    """What stands in the columns of an attribute for a row."""
    value = row.attributes.get(attribute.name) if row.event in attribute.events else None
    if value is None:
        return [None] * len(attribute.columns)
    match attribute.unit:
        case ir.Unit.NUMBER | ir.Unit.DAYS | ir.Unit.MONTHS | ir.Unit.PERCENTAGE:
            assert isinstance(value, int | Fraction)
            if max(abs(value.numerator), value.denominator) > LARGEST:
                raise HandedBack(TOO_LARGE)
            return [value.numerator, value.denominator]
        case ir.Unit.DATE:
            assert isinstance(value, int)
            return [date.fromordinal(value)]
        case ir.Unit.MONEY:
            assert isinstance(value, int)
            if value > LARGEST:
                raise HandedBack(TOO_LARGE)
            return [value]
        case ir.Unit.FLAG | ir.Unit.LABEL:
            return [value]


def value_of(attribute: Attribute, cells: tuple[object, ...]) -> int | Fraction | bool | str | None:
    """The value of an attribute from its columns, as a row carries it."""
    if cells[0] is None:
        return None
    if len(cells) == 2:
        exact = Fraction(int(str(cells[0])), int(str(cells[1])))
        whole = exact.denominator == 1 and attribute.unit is not ir.Unit.PERCENTAGE
        return exact.numerator if whole else exact
    (cell,) = cells
    if isinstance(cell, date):
        return cell.toordinal()
    assert isinstance(cell, int | bool | str)
    return cell
