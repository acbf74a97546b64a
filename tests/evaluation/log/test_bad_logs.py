"""Every way in which a log can be wrong: place, cause, remedy, and the number of rows."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from outcomelang.core import ir
from outcomelang.diagnostic import Diagnostic, LogError
from outcomelang.evaluation.log import read_log
from outcomelang.evaluation.log.errors import FAULTS
from outcomelang.evaluation.log.notices import NOTICES

Refused = Callable[..., tuple[Diagnostic, ...]]
HEAD = "id,participant,event,date,source"
GOOD = "E0,P1,job end,2012-01-09,prime"


def row(event: str = "job end", day: str = "2012-01-09", source: str = "prime", *cells: str, id: str = "E1") -> str:  # noqa: A002
    return ",".join([id, "P1", event, day, source, *cells])


BAD_ROWS: list[tuple[str, str, str, str]] = [
    ("unknown-event", HEAD, row("job strat"), "Did you mean “Job Start”?"),
    ("unknown-source", HEAD, row(source="primo"), "Did you mean “Prime”?"),
    ("unknown-label", f"{HEAD},payment group", row("attached", "2012-01-09", "dwp", "ESA exIB 2"), "“ESA ex-IB”"),
    ("unknown-label", f"{HEAD},need", row("attached", "2012-01-09", "dwp", "hihg"), "“high”"),
    ("text-date", HEAD, row(day="03/04/2024"), "2024-04-03"),
    ("text-date", HEAD, row(day="3 April 2024"), "2024-04-03"),
    ("text-date", HEAD, row(day="2012-01-09 00:00:00"), "time of day"),
    ("text-date", HEAD, row(day="20120109"), "2024-04-03"),
    ("text-date", HEAD, row(day="2012-W02-1"), "2024-04-03"),
    ("text-date", HEAD, row(day="40909"), "2024-04-03"),
    ("text-date", f"{HEAD},recorded", row("job end", "2012-01-09", "prime", "soon"), "2024-04-03"),
    ("text-date", f"{HEAD},signed", row("tenancy", "2012-01-09", "prime", "1.2.2012"), "2024-04-03"),
    ("impossible-date", HEAD, row(day="2013-02-29"), "Correct the day"),
    ("date-outside-belief", HEAD, row(day="0000-01-01"), "year"),
    ("date-outside-belief", HEAD, row(day="1899-12-31"), "year"),
    ("date-outside-belief", HEAD, row(day="9999-12-31"), "year"),
    ("date-outside-belief", HEAD, row(day="1911-05-01"), "year"),
    ("date-outside-belief", f"{HEAD},signed", row("tenancy", "2012-01-09", "prime", "2101-01-01"), "year"),
    ("not-plain-money", f"{HEAD},wage", row("job start", "2012-01-09", "prime", "£1234.50"), "1234.50"),
    ("not-plain-money", f"{HEAD},wage", row("job start", "2012-01-09", "prime", '"1,234.50"'), "1234.50"),
    ("not-plain-money", f"{HEAD},wage", row("job start", "2012-01-09", "prime", "NaN"), "1234.50"),
    ("not-plain-money", f"{HEAD},wage", row("job start", "2012-01-09", "prime", "inf"), "1234.50"),
    ("not-plain-money", f"{HEAD},wage", row("job start", "2012-01-09", "prime", "1e5"), "1234.50"),
    ("not-plain-money", f"{HEAD},wage", row("job start", "2012-01-09", "prime", "1_000"), "1234.50"),
    ("not-plain-money", f"{HEAD},wage", row("job start", "2012-01-09", "prime", "٣"), "1234.50"),
    ("not-plain-money", f"{HEAD},wage", row("job start", "2012-01-09", "prime", "9" * 5000), "1234.50"),
    ("negative-money", f"{HEAD},wage", row("job start", "2012-01-09", "prime", "-5.00"), "corrected row"),
    ("negative-money", f"{HEAD},wage", row("job start", "2012-01-09", "prime", "-£5"), "corrected row"),
    ("negative-money", f"{HEAD},wage", row("job start", "2012-01-09", "prime", "(5.00)"), "corrected row"),
    ("more-digits-than-pennies", f"{HEAD},wage", row("job start", "2012-01-09", "prime", "1.234"), "Round"),
    ("more-digits-than-pennies", f"{HEAD},wage", row("job start", "2012-01-09", "prime", "0.3000000000004"), "Round"),
    ("not-a-number", f"{HEAD},weekly hours", row("job start", "2012-01-09", "prime", "nan"), "37.5"),
    ("not-a-number", f"{HEAD},weekly hours", row("job start", "2012-01-09", "prime", "1e5"), "37.5"),
    ("not-a-number", f"{HEAD},weekly hours", row("job start", "2012-01-09", "prime", "8 hours"), "37.5"),
    ("not-a-number", f"{HEAD},notice", row("tenancy", "2012-01-09", "prime", "-3"), "37.5"),
    ("not-a-percentage", f"{HEAD},share", row("tenancy", "2012-01-09", "prime", "0.5"), "52.3%"),
    ("not-a-percentage", f"{HEAD},share", row("tenancy", "2012-01-09", "prime", "half%"), "52.3%"),
    ("not-yes-or-no", f"{HEAD},shared", row("tenancy", "2012-01-09", "prime", "y?"), "yes or no"),
    ("cell-of-another-event", f"{HEAD},wage", row("job end", "2012-01-09", "prime", "1.00"), "has … as …"),
    ("cell-of-another-event", f"{HEAD},need", row("job end", "2012-01-09", "prime", "high"), "has … as …"),
    ("too-many-cells", HEAD, row() + ",", "quotation marks"),
    ("too-few-cells", HEAD, "E1,P1,job end,2012-01-09", "cut off"),
    ("empty-required-cell", HEAD, row(id=""), "Fill"),
    ("empty-required-cell", HEAD, "E1,,job end,2012-01-09,prime", "Fill"),
    ("empty-required-cell", HEAD, "E1,,attached,2012-01-09,dwp", "Fill"),
    ("empty-required-cell", HEAD, row(event=" "), "Fill"),
    ("empty-required-cell", HEAD, row(day=""), "Fill"),
    ("empty-required-cell", HEAD, row(source=""), "Fill"),
    ("doubled-id", HEAD, f"{row()}\n{row('attached', source='dwp')}", "`recorded`"),
    ("verdict-without-row", f"{HEAD},verifies", row("verified", "2012-01-09", "hmrc", ""), "`verifies`"),
    ("verdict-without-row", HEAD, row("Rejected", "2012-01-09", "hmrc"), "`verifies`"),
    ("verifies-without-verdict", f"{HEAD},verifies", row("job end", "2012-01-09", "prime", "E0"), "`verified`"),
    ("broken-quotation-marks", HEAD, row(source='"prime" or so'), "quotation mark"),
]


@pytest.mark.parametrize(("name", "head", "bad", "remedy"), BAD_ROWS)
def test_a_bad_row_is_refused_with_its_place_and_a_remedy(
    refused: Refused, name: str, head: str, bad: str, remedy: str
) -> None:
    columns = head.count(",") - HEAD.count(",")
    (found,) = refused(head, GOOD + "," * columns, bad)
    assert found.name == name
    assert found.span.line == 3 + bad.count("\n")
    assert found.span.path.endswith("events.csv")
    assert remedy in " ".join((*(r.text for r in found.remedies), *found.details))
    assert found.message


HEADS = [
    ("missing-column", "id,participant,event,date", "The column “source” is missing"),
    ("missing-column", "no table at all", "“date”, “source” are missing; the file has “no table at all”"),
    ("doubled-column", f"{HEAD},Date", "“Date”"),
    ("doubled-column", f"{HEAD},Wage,amount", "both hold Wage"),
    ("unknown-column", f"{HEAD},wagge", "“wagge” is no column"),
    ("unknown-column", f"{HEAD},", "Column 6, which has no name,"),
    ("wrong-separator", HEAD.replace(",", ";"), "semicolons"),
    ("wrong-separator", HEAD.replace(",", "\t"), "tabs"),
    ("wrong-separator", "sep=;", "semicolons"),
]


@pytest.mark.parametrize(("name", "head", "message"), HEADS)
def test_bad_column_names_are_refused(refused: Refused, name: str, head: str, message: str) -> None:
    (found,) = refused(head)
    assert (found.name, found.span.line) == (name, 1)
    assert message in found.message or message in " ".join(found.details)


def test_an_unknown_column_does_not_hide_mistakes_in_rows(refused: Refused) -> None:
    names = [found.name for found in refused(f"{HEAD},colour", row(day="1/2/2012") + ",red")]
    assert names == ["unknown-column", "text-date"]


CONTENTS = [
    ("empty-log-file", b"", 0, "not even a line"),
    ("empty-log-file", b"\xef\xbb\xbf\n\n \n"[:5], 0, "not even a line"),
    ("log-not-utf-8", f"{HEAD}\n{GOOD}\nE1,Ren".encode() + b"\xe9,job end,2012-01-09,prime\n", 3, "0xe9"),
    ("log-not-utf-8", f"{HEAD}\nE1,Ren".encode() + b"\xc3", 2, "bytes into the file"),
    ("log-not-text", f"{HEAD}\n{GOOD}\nE1,P\0,job end,2012-01-09,prime\n".encode(), 3, "a zero byte"),
    ("log-not-text", b"PK\x03\x04whatever", 0, "Excel workbook"),
    ("log-not-text", b"PAR1" + b"\0" * 100, 0, "Parquet"),
    ("log-not-text", HEAD.encode("utf-16"), 0, "UTF-16"),
    ("broken-quotation-marks", f'{HEAD}\nE1,"P1,job end,2012-01-09,prime\n{GOOD}\n'.encode(), 2, "lines 2 to 3"),
    ("broken-quotation-marks", f'{HEAD}\nE1,"P1,job end\n{GOOD * 9000}\n'.encode(), 2, "not closed"),
    ("broken-quotation-marks", f'{HEAD}\n{GOOD}\nE1,"{"x" * 200_000}\n'.encode(), 3, "not closed"),
    ("overlong-cell", f"{HEAD}\n{GOOD}\nE1,{'x' * 200_000},job end\n".encode(), 3, "longer than 131,072 characters"),
    ("overlong-cell", f'{HEAD}\nE1,"P ""1""",{"x" * 200_000}'.encode(), 2, "longer than 131,072 characters"),
    ("overlong-cell", f'{HEAD}\r\n"{"x" * 200_000}",job end\r\n'.encode(), 2, "longer than 131,072 characters"),
]


@pytest.mark.parametrize(("name", "content", "line", "message"), CONTENTS)
def test_a_file_that_is_no_log_is_refused(refused: Refused, name: str, content: bytes, line: int, message: str) -> None:
    (found,) = refused(content)
    assert (found.name, found.span.line) == (name, line)
    assert message in found.message


def test_the_place_of_a_byte_is_exact_in_a_large_file(refused: Refused) -> None:
    good = f"{HEAD}\n" + "".join(f"E{n:06d},Pé,job end,2012-01-09,prime\n" for n in range(60_000))
    bad = good.encode() + b"X,\xff,job end,2012-01-09,prime\n"
    (found,) = refused(bad)
    assert found.span.line == 60_002
    assert f"{bad.index(0xFF):,} bytes into the file" in found.message


def test_rows_before_a_broken_quotation_mark_and_after_it_are_read(refused: Refused) -> None:
    found = refused(
        HEAD, row(day="bad"), 'E2,"P"1,job end,2012-01-09,prime', row(day="worse", id="E3"), row("x", id="E4")
    )
    assert [(f.name, f.span.line) for f in found] == [
        ("text-date", 2), ("broken-quotation-marks", 3), ("unknown-event", 5)
    ]  # fmt: skip
    assert "2 rows in all" in found[0].message


def test_numbers_of_cells_are_said_as_they_are_spoken(refused: Refused) -> None:
    assert "The row has 1 cell, the line" in refused(HEAD, "E1")[0].message
    assert "The row has 1,100,005 cells, the line" in refused(HEAD, row() + "," * 1_100_000)[0].message


def test_a_missing_file_or_folder_is_refused(contract: ir.Contract, tmp_path: Path) -> None:
    with pytest.raises(LogError) as caught:
        read_log(contract, [tmp_path / "none.csv", tmp_path])
    (found,) = caught.value.diagnostics
    assert (found.name, found.span.path) == ("unreadable-log", str(tmp_path / "none.csv"))
    assert "2 files in all" in found.message


def test_each_kind_is_shown_once_with_the_number_of_its_rows_and_its_other_cells(refused: Refused) -> None:
    rows = [row("job strat", id=f"A{n}") for n in range(7)] + [row("jobb end", id="B"), row(day="x", id="C"), GOOD]
    event, day = refused(HEAD, *rows, *(GOOD.replace("E0", f"G{n}") for n in range(9)))
    assert "“job strat” in the column “event” is no event of this contract (8 rows in all" in event.message
    assert "Also “jobb end” (1)." in event.details
    assert (day.name, day.span.line, "in all" in day.message) == ("text-date", 10, False)


def test_both_rows_of_a_doubled_id_are_named_across_files(contract: ir.Contract, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(f"{HEAD}\n{row(id=name)}\n{row()}\n")
    with pytest.raises(LogError) as caught:
        read_log(contract, [tmp_path])
    (found,) = caught.value.diagnostics
    assert found.span.path.endswith("b.csv")
    assert found.related[0][0].path.endswith("a.csv")
    assert "line 3 of " in found.message


def test_a_row_and_a_verdict_cannot_share_an_id(refused: Refused) -> None:
    (found,) = refused(f"{HEAD},verifies,recorded", row() + ",,", "E1,,verified,2012-01-09,hmrc,E1,2013-01-01")
    assert found.name == "doubled-id"


def test_the_log_of_another_contract_is_named_once(refused: Refused) -> None:
    rows = [f"E{n},D{n},discharge,2011-10-03,prison_service" for n in range(50)]
    (found,) = refused(f"{HEAD},exclusion", *(f"{r}," for r in rows), *(f"F{r}," for r in rows), GOOD + ",")
    assert found.name == "log-of-another-contract"
    assert "100 of 101 rows" in found.message
    assert "“discharge”" in found.details[0]
    assert "Attachment" in found.details[1]


def test_text_of_a_log_is_safe_to_show(refused: Refused) -> None:
    (found,) = refused(HEAD, row("\x1b[31mred" + "x" * 1000))
    assert "\x1b" not in found.message
    assert len(found.message) < 200


@pytest.mark.slow
def test_one_bad_row_in_a_million_is_found_with_its_line(contract: ir.Contract, tmp_path: Path) -> None:
    path = tmp_path / "million.csv"
    rows = [f"E{n:07d},P{n // 5:06d},job end,2012-01-09,prime\n" for n in range(1_000_000)]
    rows[876_543] = rows[876_543].replace("2012-01-09", "2012-13-09")
    path.write_text(f"{HEAD}\n{''.join(rows)}")
    with pytest.raises(LogError) as caught:
        read_log(contract, [path])
    (found,) = caught.value.diagnostics
    assert (found.name, found.span.line) == ("impossible-date", 876_545)
    assert "“2012-13-09”" in found.message


def noise(kind: str, size: int) -> bytes:
    random_bytes = random.Random(1).randbytes
    letters = bytes.maketrans(bytes(range(256)), b'abcdefghijklmnopqrstuvwxyz,,,,\n"' * 8)
    lines = bytes.maketrans(bytes(range(256)), b"abcdefghijklmnopqrstuvwxyz ,,,,\n" * 8)
    block = random_bytes(1 << 20)
    return {
        "bytes": block,
        "letters with quotes": f"{HEAD}\n".encode() + block.translate(letters),
        "letters": f"{HEAD}\n".encode() + block.translate(lines),
        "letters without a head": block.translate(lines),
        "one line": b"a,b" * (1 << 18),
        "quotes": f"{HEAD}\n".encode() + b'"' * (1 << 20),
        "unpaired quotes": f"{HEAD}\n".encode() + b'"x\n"y"z\n' * (1 << 17),
        "short lines": f"{HEAD}\n".encode() + b"a\n" * (1 << 19),
        "empty lines": f"{HEAD}\n".encode() + b"\n" * (1 << 20),
        "empty cells": f"{HEAD}\n".encode() + b",,,,\n" * (1 << 18),
        "wrong cells": f"{HEAD}\n".encode() + block.translate(lines).replace(b"\n", b"").replace(b",", b"")[: 1 << 19]
        .replace(b"q", b",1,2,3,4\n"),
    }[kind] * (size >> 20)  # fmt: skip


KINDS = [
    "bytes", "letters with quotes", "letters", "letters without a head", "one line", "quotes", "unpaired quotes",
    "short lines", "wrong cells", "empty cells",
]  # fmt: skip


HERE = Path(__file__).parent
READ_NOISE = """
import sys, pathlib, conftest
from outcomelang.diagnostic import LogError
from outcomelang.evaluation.log import read_log
try:
    read_log(conftest.make_contract(), [pathlib.Path(sys.argv[1])])
except LogError as error:
    assert all(found.remedies for found in error.diagnostics)
    # Not `ru_maxrss`: a child inherits the peak of the process that started it.
    status = pathlib.Path("/proc/self/status")
    print(int(status.read_text().partition("VmHWM:")[2].split()[0]) // 1024 if status.exists() else 0)
    print(max(len(found.message) for found in error.diagnostics), *(found.name for found in error.diagnostics))
"""


SMALL, LARGE = 10 << 20, 100 << 20
MOST = 3.0
"""A pass of that much more text may cost this many times as much for each byte; one that is quadratic costs 10."""


def cost_of_noise(path: Path, kind: str, size: int) -> tuple[float, list[str]]:
    """What reading so much noise takes of the processor, start-up included, and what is said of it."""
    path.write_bytes(noise(kind, size))
    before = os.times()
    done = subprocess.run(
        [sys.executable, "-c", READ_NOISE, path], cwd=HERE, capture_output=True, text=True, check=True
    )
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return used, done.stdout.split()


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_hundred_megabytes_of_noise_are_refused_for_little_time_and_memory(tmp_path: Path, kind: str) -> None:
    baseline, _ = cost_of_noise(tmp_path / "little.csv", kind, SMALL)
    used, (megabytes, longest, *names) = cost_of_noise(tmp_path / "noise.csv", kind, LARGE)
    assert used < MOST * baseline * LARGE / SMALL
    assert int(megabytes) < 150
    assert int(longest) < 500
    assert names


def test_reading_stops_where_more_is_wrong_than_right(refused: Refused) -> None:
    found = refused(HEAD, "a\n" * 300_000)
    assert [f.name for f in found] == ["too-few-cells", "more-wrong-than-right"]
    assert "reading stopped after line 20" in found[1].message


def test_codes_and_names_are_each_used_once() -> None:
    faults = (*FAULTS, *NOTICES)
    assert len({fault.code for fault in faults}) == len({fault.name for fault in faults}) == len(faults)
    assert all(fault.explanation and fault.remedy and fault.code.startswith("OL3") for fault in faults)


def test_a_doubled_id_in_any_order_is_refused_even_where_only_an_attribute_differs(refused: Refused) -> None:
    rows = (f"{row('job start')},1.00", f"{row('job start')},2.00", row("job start", id="E0") + ",")
    (found,) = refused(f"{HEAD},wage", *rows)
    assert (found.name, found.span.line) == ("doubled-id", 3)
