"""Generated logs: neither the order of rows nor their split over files changes what is known on any day."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomelang.core import ir
from outcomelang.diagnostic import LogError
from outcomelang.evaluation.event_log import EventLog, Row, Verdict
from outcomelang.evaluation.log import read_log, rows_from_table

COLUMNS = (
    "id",
    "participant",
    "event",
    "date",
    "source",
    "recorded",
    "verifies",
    "wage",
    "weekly hours",
    "payment group",
)
Cells = dict[str, str]


@st.composite
def logs(draw: st.DrawFn) -> list[Cells]:
    """Logs without mistakes: corrections, verdicts, rows from parties that are not entitled, in any spelling."""
    rows: list[Cells] = []
    days = st.dates(date(2011, 6, 1), date(2013, 6, 1))
    for number in range(draw(st.integers(0, 12))):
        recorded = sorted(draw(st.sets(days, min_size=1, max_size=3)))
        for version in recorded:
            row = draw(st.sampled_from([attached, started, ended, verdict]))(draw) if number else attached(draw)
            if rows and rows[-1]["id"] == f"E{number}" and ("verifies" in row) != ("verifies" in rows[-1]):
                break
            known = version.isoformat()
            rows.append({"id": f"E{number}", "date": draw(days).isoformat(), "recorded": known, **row})
    return rows


def spelt(draw: st.DrawFn, *names: str) -> str:
    name = draw(st.sampled_from(names))
    return draw(st.sampled_from([name, name.lower(), name.upper().replace(" ", "_"), f" {name} "]))


def person(draw: st.DrawFn) -> str:
    return draw(st.sampled_from(["P1", "P2", "P3"]))


def attached(draw: st.DrawFn) -> Cells:
    group = draw(st.sampled_from(["", "JSA 25+", "esa EX-IB", "none"]))
    source = spelt(draw, "DWP", "HMRC")
    return {"participant": person(draw), "event": spelt(draw, "attached"), "source": source, "payment group": group}


def started(draw: st.DrawFn) -> Cells:
    pennies = draw(st.integers(0, 10**6))
    hours = draw(st.sampled_from(["", "16", "37.5", "7.25"]))
    wage = draw(st.sampled_from(["", f"{pennies // 100}.{pennies % 100:02}"]))
    source = spelt(draw, "HMRC", "the provider")
    return {"participant": person(draw), "event": spelt(draw, "Job Start"), "source": source, "wage": wage,
            "weekly hours": hours}  # fmt: skip


def ended(draw: st.DrawFn) -> Cells:
    return {"participant": person(draw), "event": spelt(draw, "Job End"), "source": spelt(draw, "Prime", "DWP")}


def verdict(draw: st.DrawFn) -> Cells:
    target = f"E{draw(st.integers(0, 12))}"
    return {"event": spelt(draw, "verified", "rejected"), "source": spelt(draw, "HMRC", "Prime"), "verifies": target}


def read_split(contract: ir.Contract, files: Sequence[Sequence[Cells]]) -> EventLog:
    with TemporaryDirectory() as folder:
        for number, rows in enumerate(files):
            with (Path(folder) / f"{number}.csv").open("w", encoding="utf-8", newline="") as stream:
                writer = csv.DictWriter(stream, COLUMNS, restval="")
                writer.writeheader()
                writer.writerows(rows)
        return read_log(contract, [Path(folder)])


def meaning(log: EventLog) -> object:
    """All that a log says, but for files and lines."""
    days = sorted({row.recorded for row in (*log.rows, *log.verdicts)})

    def placeless(rows: Sequence[Row] | Sequence[Verdict]) -> list[object]:
        return [row._replace(file=0, line=0) for row in rows]

    reports = [(r.name, r.message, r.count, r.row and r.row.id) for r in log.reports]
    known = [(placeless(log.known(day)), placeless(log.known_verdicts(day))) for day in days]
    return known, placeless(log.rows), placeless(log.verdicts), log.last_day, log.corrected, reports


@settings(max_examples=300, deadline=None)
@given(rows=logs(), data=st.data())
def test_order_and_split_change_nothing(contract: ir.Contract, rows: list[Cells], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(rows))
    cut = data.draw(st.integers(0, len(rows)))
    whole = meaning(read_split(contract, [rows]))
    assert meaning(read_split(contract, [shuffled])) == whole
    assert meaning(read_split(contract, [shuffled[:cut], shuffled[cut:]])) == whole
    assert meaning(rows_from_table(contract, {c: [row.get(c, "") for row in shuffled] for c in COLUMNS})) == whole


@settings(max_examples=300, deadline=None)
@given(rows=logs(), as_of=st.dates(date(2011, 5, 1), date(2013, 7, 1)))
def test_known_is_what_a_plain_search_finds(contract: ir.Contract, rows: list[Cells], as_of: date) -> None:
    log = read_split(contract, [rows])
    found: list[tuple[str, str, int]] = []
    for name in {row["id"] for row in rows if "verifies" not in row}:
        versions = [row for row in rows if row["id"] == name and row["recorded"] <= as_of.isoformat()]
        if versions:
            last = max(versions, key=lambda row: row["recorded"])
            wage = last.get("wage", "")
            found.append((last["date"], name, int(Fraction(wage) * 100) if wage else -1))
    known = log.known(as_of.toordinal())
    assert [(date.fromordinal(r.day).isoformat(), r.id, r.attributes.get("Wage", -1)) for r in known] == sorted(found)


@settings(max_examples=150, deadline=None)
@given(rows=logs(), data=st.data())
def test_a_row_reads_alike_beside_good_rows_and_beside_bad_ones(
    contract: ir.Contract, rows: list[Cells], data: st.DataObject
) -> None:
    """Chunks with something wrong in them take another way through the reader; its good rows must not show it."""
    at = data.draw(st.integers(0, len(rows)))
    blank = dict.fromkeys(COLUMNS, "")
    assert meaning(read_split(contract, [[*rows[:at], blank, *rows[at:]]])) == meaning(read_split(contract, [rows]))


BAD_CELLS = st.sampled_from(
    ["", "x", "-1", "1e5", "2012-13-01", "03/04/2012", "£1", "9" * 30, "\x1b[0m", "nan", "E1,2"]
)


@settings(max_examples=300, deadline=None)
@given(rows=logs().filter(bool), data=st.data())
def test_a_spoilt_cell_is_found_in_its_row_or_read(
    contract: ir.Contract, rows: list[Cells], data: st.DataObject
) -> None:
    """Whatever one cell becomes, either the log is refused naming that row, or no row is lost."""
    at = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.sampled_from(COLUMNS[1:]))
    spoilt = [*rows[:at], {**rows[at], column: data.draw(BAD_CELLS)}, *rows[at + 1 :]]
    try:
        log = read_split(contract, [spoilt])
    except LogError as error:
        assert at + 2 in {place for d in error.diagnostics for place in (d.span.line, *(s.line for s, _ in d.related))}
    else:
        assert len(log.rows) + len(log.verdicts) == len(rows)


@pytest.mark.parametrize("size", [1_023, 1_024, 1_025, 3_000])
def test_rows_at_the_edges_of_chunks_are_neither_lost_nor_misplaced(contract: ir.Contract, size: int) -> None:
    rows = [{"id": f"E{n}", "participant": "P1", "event": "job end", "date": "2012-01-09", "source": "prime"}
            for n in range(size)]  # fmt: skip
    log = read_split(contract, [rows])
    assert {(row.id, row.line) for row in log.rows} == {(f"E{n}", n + 2) for n in range(size)}
