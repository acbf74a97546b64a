"""The log as an engine reads it is the log as the reference reads it: the same rows, or the same mistakes."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet
from sqlglot import exp

from outcomelang.core import ir
from outcomelang.diagnostic import LogError
from outcomelang.evaluation.event_log import Row, Verdict
from outcomelang.evaluation.log import read_files, read_log, without_collector
from outcomelang.evaluation.log.findings import warning
from outcomelang.evaluation.log.forms import log_files
from outcomelang.relational.attributes import attributes
from outcomelang.relational.duckdb_engine import DuckDB
from outcomelang.relational.log import LogTables, read_tables
from outcomelang.relational.log.right_after_all import value_of
from outcomelang.relational.primitives import E

from ...sampling import at_most
from .test_any_order import COLUMNS, Cells, logs
from .test_bad_logs import BAD_ROWS, GOOD, HEAD, HEADS


@pytest.fixture(scope="module")
def db() -> Iterator[DuckDB]:
    with DuckDB(threads=1) as engine:
        yield engine


def rows_of(db: DuckDB, contract: ir.Contract) -> list[Row]:
    known = attributes(contract)
    fixed = ("day", "id", "recorded", "participant", "event", "source", "file", "line", "counts")
    own: list[E] = [exp.column(column.name, quoted=True) for each in known for column in each.columns]
    found = []
    for day, id_, recorded, person, event, source, file, line, counts, *cells in db.fetch(
        exp.select(*fixed, *own).from_("rows").order_by("day", "id", "recorded")
    ):
        values = {}
        for attribute in known:
            mine, cells = cells[: len(attribute.columns)], cells[len(attribute.columns) :]  # noqa: PLW2901
            value = value_of(attribute, tuple(mine))
            if value is not None:
                values[attribute.name] = value
                assert event in attribute.events
        days = day.toordinal(), recorded.toordinal()
        found.append(Row(days[0], id_, days[1], person, event, source, values, file, line, counts))
    return found


def verdicts_of(db: DuckDB) -> list[Verdict]:
    names = (
        "day",
        "id",
        "recorded",
        "target",
        "verified",
        "source",
        "file",
        "line",
        "counts",
        "kind",
        "about",
        "whose",
    )
    rows = db.fetch(exp.select(*names).from_("verdicts").order_by("day", "id", "recorded"))
    return [Verdict(day.toordinal(), id_, recorded.toordinal(), *rest) for day, id_, recorded, *rest in rows]


def agree(db: DuckDB, contract: ir.Contract, paths: list[Path]) -> LogTables | None:
    """Both read the same, to the last word and the last line."""
    reading = without_collector(lambda: read_files(contract, log_files(paths), keep_places=True))
    log = without_collector(reading.finish)
    checked = read_tables(contract, paths, db, keep_places=True)
    assert checked.diagnostics == reading.diagnostics()
    assert checked.findings.places == reading.findings.places
    assert list(checked.findings.places or {}) == list(reading.findings.places or {})
    assert checked.findings.rows_read == reading.findings.rows_read
    assert checked.findings.wrong_rows == reading.findings.wrong_rows
    assert checked.told() == (*reading.diagnostics(), *map(warning, log.reports))
    if checked.tables is None:
        assert checked.diagnostics
        return None
    assert (checked.tables.last_day, checked.tables.corrected) == (log.last_day, log.corrected)
    assert checked.tables.reports == log.reports
    assert checked.tables.rows == len(log.rows) + len(log.verdicts)
    assert rows_of(db, contract) == log.rows
    assert verdicts_of(db) == log.verdicts
    return checked.tables


def is_refused(contract: ir.Contract, paths: list[Path]) -> bool:
    """Whether the reference refuses the log."""
    try:
        read_log(contract, paths)
    except LogError:
        return True
    return False


def written(path: Path, *lines: str | bytes) -> Path:
    path.write_bytes(b"".join(line if isinstance(line, bytes) else f"{line}\n".encode() for line in lines))
    return path


@pytest.mark.parametrize(("name", "head", "bad", "remedy"), BAD_ROWS)
def test_every_bad_row(
    db: DuckDB, contract: ir.Contract, tmp_path: Path, name: str, head: str, bad: str, remedy: str
) -> None:
    columns = head.count(",") - HEAD.count(",")
    assert agree(db, contract, [written(tmp_path / "a.csv", head, GOOD + "," * columns, bad)]) is None


@pytest.mark.parametrize(("name", "head", "message"), HEADS)
def test_every_bad_line_of_names(
    db: DuckDB, contract: ir.Contract, tmp_path: Path, name: str, head: str, message: str
) -> None:
    assert agree(db, contract, [written(tmp_path / "a.csv", head, "E1,P1,job end,2012-01-09,prime", "1")]) is None


ROW = "E{},P1,job end,2012-01-09,prime"
FILES: dict[str, bytes] = {
    "good": f"{HEAD}\n{ROW.format(1)}\n{ROW.format(2)}\n".encode(),
    "nothing": b"",
    "names alone": HEAD.encode(),
    "a name too many, by the reference's reader": f"{HEAD},\r{ROW.format(1)}\n".encode(),
    "no line end": f"{HEAD}\n{ROW.format(1)}".encode(),
    "carriage returns": f"{HEAD}\r\n{ROW.format(1)}\r\n{ROW.format(2)}\r\n".encode(),
    "old carriage returns": f"{HEAD}\r{ROW.format(1)}\r{ROW.format(2)}\r".encode(),
    "mixed line ends": f"{HEAD}\n{ROW.format(1)}\r\n{ROW.format(2)}\n".encode(),
    "byte order mark": b"\xef\xbb\xbf" + f"{HEAD}\n{ROW.format(1)}\n".encode(),
    "blank lines": f"\n{HEAD}\n\n{ROW.format(1)}\n\n\nE2\n{ROW.format(2)}\n".encode(),
    "blank lines at the end": f"{HEAD}\n{ROW.format(1)}\nE2\n\n\n\n".encode(),
    "blank lines, carriage returns": f"{HEAD}\r\n\r\n{ROW.format(1)}\r\nE2\r\n".encode(),
    "blanks on a line": f"{HEAD}\n  \n{ROW.format(1)}\n,,,,\n , ,,,\n".encode(),
    "quoted": f'"id",participant,"event",date,source\n"E1","P,1","job end","2012-01-09","prime"\n'.encode(),  # noqa: F541
    "quoted line break": f'{HEAD}\nE1,"P\n1",job end,2012-01-09,prime\nE2,P2,job strat,2012-01-09,prime\n'.encode(),
    "quoted marks": f'{HEAD}\nE1,"P""1""",job end,2012-01-09,prime\nE2,"",job end,2012-01-09,prime\n'.encode(),
    "marks inside": f'{HEAD}\nE1,P"1,job end,2012-01-09,prime\nE2,P"2",job end,2012-01-09,prime\n'.encode(),
    "quoted and ragged": f'{HEAD}\n"E1",P1,job end,2012-01-09,prime\n"E2",P\n"E3",P,job end,2012-01-09,x,\n'.encode(),
    "open mark": f'{HEAD}\n{ROW.format(1)}\nE2,"P1,job end,2012-01-09,prime\n{ROW.format(3)}\n'.encode(),
    "mark and more": f'{HEAD}\n{ROW.format(1)}\nE2,"P"1,job end,2012-01-09,prime\n{ROW.format(3)}\n'.encode(),
    "ragged": f"{HEAD}\nE1\n{ROW.format(2)},\n{ROW.format(3)},,,\nE4,\n{ROW.format(5)}\n".encode(),
    "not utf-8": f"{HEAD}\n{ROW.format(1)}\n".encode() + b"E2,Jos\xe9,job end,2012-01-09,prime\n",
    "zero byte": f"{HEAD}\n{ROW.format(1)}\n".encode() + b"E2,P\0,job end,2012-01-09,prime\n",
    "odd signs": f"{HEAD}\nE\x011,P\x022,job end,2012-01-09,prime\nE\x1a2,P\x1e2,job strat,2012-01-09,prime\n".encode(),
    "blanks around": f"{HEAD}\n E1\u2003, P\u00a0,\tjob end,2012-01-09 ,x\nE\x1f,P\x85,job end,2012-01-09,x\n".encode(),
    "utf-16": f"{HEAD}\n{ROW.format(1)}\n".encode("utf-16"),
    "workbook": b"PK\x03\x04 and more",
    "long cell": f"{HEAD}\nE1,{'P' * 140_000},job end,2012-01-09,prime\n{ROW.format(2)}\n".encode(),
    "long line": f"{HEAD}\nE1,{'P' * 2_000_000}\n{ROW.format(2)}\n".encode(),
    "long enough cell": f"{HEAD}\nE1,{'P' * 131_072},job end,2012-01-09,prime\n{ROW.format(2)}\n".encode(),
    "another contract": f"{HEAD}\n".encode() + b"".join(b"E%d,P,hospital,2012-01-09,nurse\n" % n for n in range(9)),
    "semicolons": HEAD.replace(",", ";").encode() + b"\n1;2;3;4;5\n",
    "two ids and an odd order": f"{HEAD}\n{ROW.format(2)}\n{ROW.format(1)}\n{ROW.format(2)}\n".encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_every_kind_of_file(db: DuckDB, contract: ir.Contract, tmp_path: Path, name: str) -> None:
    path = tmp_path / "a[1]*.csv"
    path.write_bytes(FILES[name])
    assert (agree(db, contract, [path]) is None) == is_refused(contract, [path])


def test_all_files_together_in_the_order_of_their_names(db: DuckDB, contract: ir.Contract, tmp_path: Path) -> None:
    for number, content in enumerate(FILES.values()):
        (tmp_path / f"{number:02}.csv").write_bytes(content)
    assert agree(db, contract, [tmp_path, tmp_path / "none.csv"]) is None


SPOILT = [
    "", " ", "x", "2012-02-30", "03/04/2012", "9999-12-31", "-1", "1.234", "£5", "nan", "1e5", "P1", "E1",
    "job strat", "verified", "Job Start", "JOB-START", "Prime", "none", "JSA 25+", "jsa-25+", "37.5", "1,000", 'a"b',
    "a\nb", " 5 ", "0.000000000000000001", "123456789012345", "1234567890123456", "\xa0", "éß", "HMRC", "E0", "-0.0",
    "12.50", "00012.00", "yes", "2011-06-01", "1999-12-31", "\x1e", "=1+1",
]  # fmt: skip


@st.composite
def files(draw: st.DrawFn) -> list[bytes]:
    """Logs whose cells, rows and line ends were spoilt here and there."""
    rows = draw(logs())
    return [spoilt(draw, rows[at::2]) for at in range(draw(st.integers(1, 2)))]


def spoilt(draw: st.DrawFn, rows: list[Cells]) -> bytes:
    out = io.StringIO()
    end = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    writer = csv.writer(out, lineterminator=end, quoting=quoting)
    writer.writerow(COLUMNS)
    for row in rows:
        cells = [row.get(name, "") for name in COLUMNS]
        if draw(st.integers(0, 3)) == 0:
            cells[draw(st.integers(0, len(cells) - 1))] = draw(st.sampled_from(SPOILT) | st.text(max_size=3))
        if draw(st.integers(0, 15)) == 0:
            cells = cells[: draw(st.integers(0, len(cells)))] + [""] * draw(st.integers(0, 2))
        writer.writerow(cells)
    written = out.getvalue()
    if draw(st.integers(0, 9)) == 0:
        at = draw(st.integers(0, len(written)))
        written = written[:at] + draw(st.sampled_from(['"', ",", "\n", "\r", "\x00", ";"])) + written[at:]
    return written.encode("utf-8", "surrogatepass")


@settings(max_examples=at_most(60, 2_000), deadline=None)
@given(contents=files())
def test_generated_logs_with_mistakes(db: DuckDB, contract: ir.Contract, contents: list[bytes]) -> None:
    with TemporaryDirectory() as folder:
        for number, content in enumerate(contents):
            (Path(folder) / f"{number}.csv").write_bytes(content)
        assert (agree(db, contract, [Path(folder)]) is None) == is_refused(contract, [Path(folder)])


def large(rows: int, wrong: int) -> bytes:
    """Rows over many chunks, some of them wrong, of every kind of spelling."""
    dice = random.Random(7)
    lines = [f"{HEAD},recorded,verifies,wage,weekly hours,share,signed,shared,payment group,need"]
    bad = set(dice.sample(range(rows), wrong))
    for number in range(rows):
        day = f"2012-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"
        kind = dice.randrange(5)
        group, need = dice.choice(["JSA 25+", "esa ex_ib", "ESA ex-IB", "none"]), dice.choice(["high", ""])
        wage, share = f"{dice.randrange(10**6) / 100:.2f}", f"{dice.randrange(900)}.{dice.randrange(99)}%"
        source, flag = dice.choice(["prime", "PRIME", "HMRC"]), dice.choice(["yes", "NO", "1"])
        row = {
            0: f"{day},DWP,,,,,,,,{group},{need}",
            1: f"{day},{source},{day},,{wage},{dice.randrange(9)}.5,,,,,",
            2: f"{day},prime,,,,,,,,,",
            3: f"{day},landlord letter,,,,,{share},{day},{flag},,",
            4: f"{day},HMRC,,E{dice.randrange(rows)},,,,,,,",
        }[kind]
        event = ("attached", "Job Start", "job_end", "Tenancy", "verified")[kind]
        if number in bad:
            event, row = dice.choice([("job strat", row), (event, f"{row},"), (event, row.replace("2012", "12", 1))])
        lines.append(f"E{number},P{number // 7},{event},{row}")
    return "".join(f"{line}\n" for line in lines).encode()


@pytest.mark.parametrize("wrong", [0, 1, 900])
def test_many_chunks(db: DuckDB, contract: ir.Contract, tmp_path: Path, wrong: int) -> None:
    (tmp_path / "a.csv").write_bytes(large(5_000, wrong))
    (tmp_path / "b.csv").write_bytes(large(3_000, wrong // 2).replace(b"\nE", b"\nF"))
    tables = agree(db, contract, [tmp_path])
    assert (tables is not None) == (wrong == 0)


def test_spellings_that_come_late_are_looked_up_again(db: DuckDB, contract: ir.Contract, tmp_path: Path) -> None:
    lines = [HEAD, *(ROW.format(number) for number in range(3_000))]
    lines += [ROW.format(number).replace("job end", "JOB END") for number in range(3_000, 6_000)]
    assert agree(db, contract, [written(tmp_path / "a.csv", *lines)]) is not None


def test_where_more_is_wrong_than_right_the_reference_is_asked(
    db: DuckDB, contract: ir.Contract, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("outcomelang.evaluation.log.findings.HOPELESS", 100)
    lines = [ROW.format(number).replace("job end", "job strat") for number in range(4_000)]
    assert agree(db, contract, [written(tmp_path / "a.csv", HEAD, *lines), written(tmp_path / "b.csv", HEAD)]) is None


@pytest.mark.parametrize("kind", ["parquet", "typed", "floats", "xlsx"])
def test_tables_of_every_form(db: DuckDB, contract: ir.Contract, tmp_path: Path, kind: str) -> None:
    names = ["id", "participant", "event", "date", "source", "wage", "shared"]
    rows = [[f"E{n}", f"P{n}", "job start", "2012-01-09", "prime", "12.50", ""] for n in range(1_500)]
    rows[7][2], rows[1_100][3], rows[1_400][0] = "job strat", "9 January", "E3"
    columns: dict[str, list[object]] = {name: [row[at] for row in rows] for at, name in enumerate(names)}
    if kind in ("typed", "floats"):
        columns["date"] = [date(2012, 1, 1 + n % 28) for n in range(1_500)]
        columns["wage"] = [Decimal(n) / 100 for n in range(1_500)] if kind == "typed" else [0.5] * 1_500
        columns["shared"] = [None] * 1_499 + [True]
        columns["participant"] = [n if n % 9 else None for n in range(1_500)]
    if kind == "xlsx":
        book = openpyxl.Workbook()
        for row in [names, *map(list, zip(*columns.values(), strict=True))]:
            book.active.append(row)
        book.save(tmp_path / "a.xlsx")
    else:
        parquet.write_table(pyarrow.table(columns), tmp_path / "a.parquet")
    assert agree(db, contract, [tmp_path]) is None
