"""One log in every form in which it may come: CSV, Parquet, workbook, frames; the same rows or the same mistakes."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import polars
import pyarrow
import pytest
from pyarrow import parquet

from outcomelang.core import ir
from outcomelang.diagnostic import Diagnostic, LogError
from outcomelang.evaluation.event_log import EventLog
from outcomelang.evaluation.log import read_log, rows_from_table, validate
from outcomelang.evaluation.log.frames import columns
from outcomelang.evaluation.log.quarantine import quarantine

HEAD = ("id", "participant", "event", "date", "source", "wage", "weekly hours", "share", "signed", "shared", "kind")
WORK = ("E1", "P1", "job start", date(2012, 1, 9), "prime", Decimal("1234.5"), Decimal("37.5"), None, None, None, "a b")
HOME = ("E2", "P1", "tenancy", date(2012, 2, 9), "prime", None, None, "52.3%", date(2012, 2, 1), True, None)
Cells = Sequence[object]


def text(cell: object) -> str:
    return "" if cell is None else {True: "yes", False: "no"}.get(cell, str(cell)) if cell != 1 else "yes"  # type: ignore[call-overload]


def as_csv(path: Path, rows: Sequence[Cells], head: Cells = HEAD) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([head, *([text(cell) for cell in row] for row in rows)])
    return path


def as_workbook(path: Path, rows: Sequence[Cells], head: Cells = HEAD) -> Path:
    book = openpyxl.Workbook()
    for row in (head, *rows):
        book.active.append([float(cell) if isinstance(cell, Decimal) else cell for cell in row])
    book.save(path)
    return path


def as_parquet(path: Path, rows: Sequence[Cells], head: Cells = HEAD) -> Path:
    columns = {name: list(cells) for name, cells in zip(head, zip(*rows, strict=True), strict=True)}
    parquet.write_table(pyarrow.table(columns), path)
    return path


def known(log: EventLog) -> object:
    return [row._replace(file=0) for row in log.rows], log.verdicts, log.last_day, log.corrected


WRITERS = [(as_csv, "a.csv"), (as_parquet, "a.parquet"), (as_workbook, "a.xlsx")]


@pytest.mark.parametrize(("write", "name"), WRITERS)
def test_every_form_is_the_same_log(
    contract: ir.Contract, tmp_path: Path, write: Callable[..., Path], name: str
) -> None:
    log = read_log(contract, [write(tmp_path / name, [WORK, HOME])])
    assert known(log) == known(read_log(contract, [as_csv(tmp_path / "base.csv", [WORK, HOME])]))
    assert [(row.id, row.line) for row in log.rows] == [("E1", 2), ("E2", 3)]
    assert log.rows[0].attributes == {"Wage": 123450, "Weekly Hours": Decimal("37.5"), "Kind": "a b"}


@pytest.mark.parametrize(("write", "name"), WRITERS)
def test_every_form_has_the_same_mistakes_with_their_rows(
    contract: ir.Contract, tmp_path: Path, write: Callable[..., Path], name: str
) -> None:
    wrong = [WORK, ("E3", *WORK[1:]), ("E3", "P2", "job strat", *WORK[3:]), ("E4", *WORK[1:4], "primo", *WORK[5:])]
    found = validate(contract, [write(tmp_path / name, wrong)])
    base = validate(contract, [as_csv(tmp_path / "base.csv", wrong)])
    assert [(d.name, d.message, d.span.line) for d in found] == [(d.name, d.message, d.span.line) for d in base]
    assert found[0].span.path == str(tmp_path / name)
    done = quarantine(contract, [tmp_path / name], tmp_path / "wrong.out")
    assert done.rows == 2
    assert "E4,P1,job start,2012-01-09,primo,1234.5,37.5" in (tmp_path / "wrong.out").read_text("utf-8")


def test_a_folder_may_hold_every_form(contract: ir.Contract, tmp_path: Path) -> None:
    for number, (write, name) in enumerate(WRITERS):
        write(tmp_path / f"{number}{name[1:]}", [(f"E{number}", *WORK[1:])])
    (tmp_path / "~$2.xlsx").write_bytes(b"kept open")
    (tmp_path / "notes.txt").write_text("no log")
    assert [row.id for row in read_log(contract, [tmp_path]).rows] == ["E0", "E1", "E2"]


def test_lazy_frames_and_relations_are_computed(contract: ir.Contract, tmp_path: Path) -> None:
    path = as_csv(tmp_path / "a.csv", [WORK, HOME])
    base = read_log(contract, [path])
    frame = polars.scan_csv(path, infer_schema=False)
    assert known(rows_from_table(contract, columns(frame))) == known(base)
    with duckdb.connect() as connection:
        relation = connection.read_csv(str(path), all_varchar=True)
        assert known(rows_from_table(contract, columns(relation))) == known(base)


def book_of(path: Path, *cells: tuple[str, object, str]) -> Path:
    as_workbook(path, [WORK, HOME])
    book = openpyxl.load_workbook(path)
    for place, value, shown in cells:
        book.active[place] = value
        book.active[place].number_format = shown
    book.save(path)
    return path


def test_a_cell_shown_as_a_percentage_has_its_sign(contract: ir.Contract, tmp_path: Path) -> None:
    log = read_log(contract, [book_of(tmp_path / "a.xlsx", ("H3", 0.523, "0.0%"))])
    assert log.rows[1].attributes["Share"] == Decimal("0.523")
    found = validate(contract, [book_of(tmp_path / "b.xlsx", ("H3", 0.523, '0.0" %"'))])
    assert [one.name for one in found] == ["not-a-percentage"]


def test_rows_keep_their_numbers_whatever_is_empty(contract: ir.Contract, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for at, row in ((4, HEAD), (6, WORK), (9, ("E2", "P1", "job strat"))):
        for column, cell in enumerate(row, 3):
            book.active.cell(at, column, float(cell) if isinstance(cell, Decimal) else cell)
    book.save(tmp_path / "a.xlsx")
    found = validate(contract, [tmp_path / "a.xlsx"])
    assert {one.span.line for one in found} == {9}
    assert {one.name for one in found} == {"empty-required-cell", "unknown-event"}


WRONG_CELLS = [
    (("F2", 0.1 + 0.7, "General"), "computed-number", "0.7999999999999999"),
    (("F2", 1e22, "General"), "not-plain-money", "10000000000000000000000"),
    (("F2", datetime(2012, 1, 9), "yyyy-mm-dd"), "not-plain-money", "2012-01-09"),  # noqa: DTZ001
    (("D2", datetime(2012, 1, 9, 13, 30), "yyyy-mm-dd"), "text-date", "2012-01-09 13:30:00"),  # noqa: DTZ001
    (("D2", time(13, 30), "hh:mm"), "text-date", "13:30:00"),
    (("D2", 40917, "General"), "text-date", "40917"),
    (("F2", "=1+1", "General"), "cell-without-value", "formula"),
    (("K2", "#N/A", "General"), "cell-without-value", "#N/A"),
]


@pytest.mark.parametrize(("cell", "name", "said"), WRONG_CELLS)
def test_cells_that_say_nothing_for_certain(
    contract: ir.Contract, tmp_path: Path, cell: tuple[str, object, str], name: str, said: str
) -> None:
    path = book_of(tmp_path / "a.xlsx", cell)
    (found,) = validate(contract, [path])
    assert (found.name, found.span.line) == (name, 2)
    assert said in found.message


def rewritten(path: Path, old: str, new: str) -> None:
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    assert old in sheet
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(old, new).encode()
    with zipfile.ZipFile(path, "w") as book:
        for name, part in parts.items():
            book.writestr(name, part)


def sheets(path: Path, *filled: str) -> None:
    book = openpyxl.Workbook()
    for name in filled:
        book.create_sheet(name).append(HEAD)
    book.save(path)


def test_a_workbook_has_one_sheet_with_something_in_it(contract: ir.Contract, tmp_path: Path) -> None:
    sheets(tmp_path / "a.xlsx", "Log", "Draft")
    sheets(tmp_path / "b.xlsx", "Log")
    sheets(tmp_path / "c.xlsx")
    assert said(validate(contract, [tmp_path / "a.xlsx"])) == [("several-sheets", 0)]
    assert validate(contract, [tmp_path / "b.xlsx"]) == ()
    assert said(validate(contract, [tmp_path / "c.xlsx"])) == [("empty-log-file", 0)]


def said(found: tuple[Diagnostic, ...]) -> list[tuple[str, int]]:
    return [(one.name, one.span.line) for one in found]


@pytest.mark.parametrize("name", ["a.xlsx", "a.parquet"])
@pytest.mark.parametrize("content", [b"", b"id,participant\n", b"PK\x03\x04 and no more", b"PAR1" * 9, b"\xff" * 4096])
def test_what_is_not_what_its_name_says_is_refused(
    contract: ir.Contract, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(LogError) as caught:
        read_log(contract, [tmp_path / name])
    assert [one.name for one in caught.value.diagnostics] == ["unreadable-log"]
    assert "\n" not in caught.value.diagnostics[0].message


def test_a_damaged_workbook_is_refused(contract: ir.Contract, tmp_path: Path) -> None:
    path = book_of(tmp_path / "a.xlsx", ("F2", "=1+1", "General"))
    rewritten(path, "</sheetData>", "")
    assert said(validate(contract, [path])) == [("unreadable-log", 0)]


def test_a_column_of_binary_floats_is_refused(contract: ir.Contract, tmp_path: Path) -> None:
    path = as_parquet(tmp_path / "a.parquet", [(*WORK[:5], 1234.5)], HEAD[:6])
    assert said(validate(contract, [path])) == [("binary-float", 2)]
