"""What a good log becomes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from outcomelang.core import ir
from outcomelang.diagnostic import LogError, UsageError
from outcomelang.evaluation.log import EventLog, Value, read_log, rows_from_table, validate

Read = Callable[..., EventLog]
HEAD = "id,participant,event,date,source"


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def test_a_row_carries_declared_names_and_its_place(read: Read) -> None:
    log = read("ID,Participant,Event,Date,Source,payment_group", "E1,P1,ATTACHED,2012-01-09,dwp, JSA 25+ ")
    (row,) = log.rows
    assert row == (
        day("2012-01-09"),
        "E1",
        row.day,
        "P1",
        "Attachment",
        "DWP",
        {"Payment Group": "JSA 25+"},
        0,
        2,
        True,
    )
    assert (log.last_day, log.reports, log.corrected) == (row.day, (), False)
    assert (log.reference(row).line, log.reference(row).id) == (2, "E1")
    assert log.reference(row).file.endswith("events.csv")


@pytest.mark.parametrize(
    ("column", "event", "cell", "value"),
    [
        ("wage", "job start", "1234.50", 123450),
        ("wage", "job start", "1234.5", 123450),
        ("Amount", "job start", "1234", 123400),
        ("wage", "job start", "0", 0),
        ("wage", "job start", "999999999999999.99", 99999999999999999),
        ("weekly hours", "job start", "37.5", Fraction(75, 2)),
        ("weekly hours", "job start", "37.0", 37),
        ("weekly hours", "job start", "-0.1", Fraction(-1, 10)),
        ("kind", "job start", "anything at all", "anything at all"),
        ("share", "tenancy", "52.3%", Fraction(523, 1000)),
        ("share", "tenancy", "100 %", Fraction(1)),
        ("signed", "tenancy", "1987-02-28", date(1987, 2, 28).toordinal()),
        ("shared", "tenancy", "Yes", True),
        ("shared", "tenancy", "0", False),
        ("notice", "tenancy", "28", 28),
        ("need", "attached", "High", "High"),
        ("payment group", "attached", "none", "none"),
    ],
)
def test_a_cell_is_read_exactly(read: Read, column: str, event: str, cell: str, value: Value) -> None:
    (row,) = read(f"{HEAD},{column}", f'E1,P1,{event},2012-01-09,prime,"{cell}"').rows
    assert list(row.attributes.values()) == [value]
    assert type(next(iter(row.attributes.values()))) is type(value)


def test_an_empty_cell_is_not_given(read: Read) -> None:
    assert read(f"{HEAD},wage,shared", "E1,P1,job start,2012-01-09,prime, ,").rows[0].attributes == {}


@pytest.mark.parametrize(
    "content",
    [
        f"{HEAD}\nE1,P1,job end,2012-01-09,prime",
        f"\ufeff{HEAD}\r\nE1,P1,job end,2012-01-09,prime\r\n",
        f"{HEAD}\rE1,P1,job end,2012-01-09,prime\r",
        f"\n\n{HEAD}\n\nE1,P1,job end,2012-01-09,prime\n,,,,\n\n\n",
        '"id","participant","event","date","source"\n"E1","P1","job end","2012-01-09","prime"\n',
    ],
)
def test_line_ends_marks_and_quotes_make_no_difference(read: Read, content: str) -> None:
    (row,) = read(content.encode()).rows
    assert (row.id, row.participant, row.event, row.source) == ("E1", "P1", "Job End", "Prime")


def test_a_line_number_counts_breaks_inside_cells_and_empty_lines(read: Read) -> None:
    log = read(f"{HEAD},kind", 'A,P,job start,2012-01-09,prime,"two\nlines"', "", "B,P,job start,2012-01-09,prime,x")
    assert [(row.id, row.line) for row in log.rows] == [("A", 2), ("B", 5)]
    assert log.rows[0].attributes == {"Kind": "two\nlines"}


def test_a_log_with_column_names_alone_is_a_log_in_which_nothing_happened(read: Read) -> None:
    log = read(HEAD)
    assert (log.rows, log.last_day, log.known(10**6)) == ([], 0, [])


def test_a_later_recorded_row_corrects_from_that_day_on(read: Read) -> None:
    log = read(f"{HEAD},recorded", "E2,P1,job start,2012-02-01,prime,", "E1,P1,job start,2012-03-01,prime,2012-03-02",
               "E1,P1,job start,2012-01-15,prime,2012-04-01")  # fmt: skip
    assert log.corrected
    assert log.last_day == day("2012-04-01")
    assert [(r.id, r.day) for r in log.known(day("2012-03-01"))] == [("E2", day("2012-02-01"))]
    assert [r.id for r in log.known(day("2012-03-02"))] == ["E2", "E1"]
    assert [(r.id, r.day) for r in log.known(log.last_day)] == [("E1", day("2012-01-15")), ("E2", day("2012-02-01"))]
    assert len(log.rows) == 3


def test_a_source_that_is_not_entitled_is_reported_and_does_not_count(read: Read) -> None:
    log = read(
        HEAD,
        "E2,P1,job end,2012-02-01,hmrc",
        "E1,P1,job end,2012-01-01,awarding_body",
        "E3,P1,job end,2012-01-01,Prime",
    )
    assert [(row.id, row.counts) for row in log.rows] == [("E1", False), ("E3", True), ("E2", False)]
    (report,) = log.reports
    assert (report.name, report.count, report.row and report.row.id) == ("source-not-entitled", 2, "E1")
    assert report.message.startswith("Job End from Awarding Body does not count")


def test_the_verifier_and_declared_evidence_are_entitled(read: Read) -> None:
    log = read(HEAD, "E1,P1,job start,2012-02-01,hmrc", "E2,P1,tenancy,2012-01-01,Landlord_Letter",
               "E3,P1,tenancy,2012-01-02,the_provider")  # fmt: skip
    assert [(row.source, row.counts) for row in log.rows] == [
        ("landlord letter", True),
        ("Prime", True),
        ("HMRC", True),
    ]
    assert log.reports == ()


def test_a_row_recorded_before_it_happened_is_reported_and_counts(read: Read) -> None:
    log = read(f"{HEAD},recorded", "E1,P1,job end,2012-02-01,prime,2012-01-31")
    assert [report.name for report in log.reports] == ["recorded-before-it-happened"]
    assert log.rows[0].counts


def test_verdicts_name_the_row_they_speak_about(read: Read) -> None:
    log = read(
        f"{HEAD},recorded,verifies",
        "E1,P1,job start,2012-02-01,prime,,",
        "V1,,verified,2012-02-20,HMRC,2012-02-21,E1",
        "V2,P1,rejected,2012-02-22,prime,,E1",
        "V3,P1,rejected,2012-02-23,hmrc,,E9",
    )
    assert [(v.id, v.target, v.verified, v.source, v.counts) for v in log.verdicts] == [
        ("V1", "E1", True, "HMRC", True),
        ("V2", "E1", False, "Prime", False),
        ("V3", "E9", False, "HMRC", False),
    ]
    assert [report.name for report in log.reports] == ["verdict-not-entitled", "verdict-on-missing-row"]
    assert [v.id for v in log.known_verdicts(day("2012-02-20"))] == []
    assert log.last_day == day("2012-02-23")


def test_a_correction_that_moves_a_row_to_somebody_else_is_reported(read: Read) -> None:
    log = read(f"{HEAD},recorded", "E1,P1,job end,2012-01-01,prime,", "E1,P2,job end,2012-01-01,prime,2012-02-01")
    assert [report.name for report in log.reports] == ["correction-changes-participant"]


def test_a_folder_is_its_csv_files_and_a_file_named_twice_is_read_once(contract: ir.Contract, tmp_path: Path) -> None:
    (tmp_path / "b.CSV").write_text(f"{HEAD}\nE1,P1,job end,2012-01-09,prime\n")
    (tmp_path / "a.csv").write_text(f"{HEAD},wage\nE2,P1,job start,2012-01-09,prime,1\n")
    (tmp_path / "readme.txt").write_text("not a log")
    log = read_log(contract, [tmp_path, tmp_path / "a.csv"])
    assert [Path(file).name for file in log.files] == ["a.csv", "b.CSV"]
    assert [(row.id, row.file) for row in log.rows] == [("E1", 1), ("E2", 0)]


def test_no_file_at_all_is_a_mistake_of_usage(contract: ir.Contract) -> None:
    with pytest.raises(UsageError):
        read_log(contract, [])


def test_rows_in_memory_are_read_alike(contract: ir.Contract) -> None:
    rows = [
        {"id": "E1", "participant": "P1", "event": "Job Start", "date": date(2012, 1, 9), "source": "Prime", "wage": 3},
        {"id": 2, "participant": "P1", "event": "Job Start", "date": "2012-01-10", "source": "Prime",
         "wage": Decimal("1.50"), "Weekly Hours": None},
        {"id": "E3", "participant": "P1", "event": "Tenancy", "date": "2012-01-11", "source": "Prime", "shared": True},
    ]  # fmt: skip
    log = rows_from_table(contract, rows)
    assert [(row.id, dict(row.attributes), row.line) for row in log.rows] == [
        ("E1", {"Wage": 300}, 2),
        ("2", {"Wage": 150}, 3),
        ("E3", {"Shared": True}, 4),
    ]
    names = list(dict.fromkeys(name for row in rows for name in row))
    assert rows_from_table(contract, {name: [row.get(name) for row in rows] for name in names}) == log


@pytest.mark.parametrize(
    ("cell", "name"), [(1.5, "binary-float"), (float("nan"), "binary-float"), (datetime(2012, 1, 1), "not-a-cell")]  # noqa: DTZ001
)  # fmt: skip
def test_a_float_or_a_time_in_memory_is_refused(contract: ir.Contract, cell: object, name: str) -> None:
    row = {"id": "E1", "participant": "P", "event": "Job Start", "date": "2012-01-09", "source": "Prime", "wage": cell}
    with pytest.raises(LogError) as caught:
        rows_from_table(contract, [row], name="frame")
    (found,) = caught.value.diagnostics
    assert (found.name, found.span.path, found.span.line) == (name, "frame", 2)


def test_validate_has_nothing_to_say_about_a_good_log_but_its_reports(contract: ir.Contract, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(f"{HEAD}\nE1,P1,job end,2012-01-09,prime\n")
    assert validate(contract, [path]) == ()
    path.write_text(f"{HEAD}\nE1,P1,job end,2012-01-09,hmrc\n")
    assert [(found.code, found.severity.value) for found in validate(contract, [path])] == [("OL341", "warning")]
