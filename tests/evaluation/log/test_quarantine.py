"""Wrong rows are written aside with what is wrong with them; nothing is written unless asked, and never half."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from outcomelang.core import ir
from outcomelang.diagnostic import UsageError
from outcomelang.evaluation.log import validate
from outcomelang.evaluation.log.quarantine import quarantine

HEAD = "id,participant,event,date,source"


def lines(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def test_wrong_rows_of_every_file_go_aside_with_their_place_and_reason(contract: ir.Contract, tmp_path: Path) -> None:
    first, second, target = tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "wrong.csv"
    first.write_text(
        f"{HEAD},wage\nE1,P1,job start,2012-01-09,prime,1.00\nE2,P1,job strat,2012-01-09,prime,\n"
        "E3,P1,job start,bad,prime,-1\nE4,P1,job start,2012-01-09,prime,1,2\n"
    )
    second.write_text(f'{HEAD}\nE1,P2,job end,2012-01-09,prime\nE5,"P"2,job end,2012-01-09,prime\nE6,P2\n')
    done = quarantine(contract, [first, second], target)
    assert lines(target) == [
        ["file", "line", "wrong", *HEAD.split(","), "wage", "more cells"],
        [str(first), "2", "doubled-id", "E1", "P1", "job start", "2012-01-09", "prime", "1.00"],
        [str(first), "3", "unknown-event", "E2", "P1", "job strat", "2012-01-09", "prime", ""],
        [str(first), "4", "text-date; negative-money", "E3", "P1", "job start", "bad", "prime", "-1"],
        [str(first), "5", "too-many-cells", "E4", "P1", "job start", "2012-01-09", "prime", "1", "2"],
        [str(second), "2", "doubled-id", "E1", "P2", "job end", "2012-01-09", "prime", ""],
        [str(second), "4", "too-few-cells", "E6", "P2", "", "", "", ""],
        [str(second), "3", "broken-quotation-marks"],
    ]
    assert done.rows == 7
    assert done.diagnostics == validate(contract, [first, second])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.csv", "wrong.csv"]


def test_a_good_log_leaves_an_empty_quarantine(contract: ir.Contract, tmp_path: Path) -> None:
    log, target = tmp_path / "a.csv", tmp_path / "wrong.csv"
    log.write_text(f"{HEAD}\n")
    target.write_text("from an earlier run")
    assert quarantine(contract, [log], target).rows == 0
    assert len(lines(target)) == 1


def test_cells_that_a_spreadsheet_would_run_are_made_harmless(contract: ir.Contract, tmp_path: Path) -> None:
    log, target = tmp_path / "a.csv", tmp_path / "wrong.csv"
    log.write_text(f"{HEAD}\n=1+1,@P,-x,-5,+prime\n")
    quarantine(contract, [log], target)
    assert lines(target)[1][3:8] == ["'=1+1", "'@P", "'-x", "-5", "'+prime"]


@pytest.mark.parametrize("name", ["log/a.csv", "log/wrong.csv"])
def test_the_quarantine_never_becomes_part_of_the_log(contract: ir.Contract, tmp_path: Path, name: str) -> None:
    (tmp_path / "log").mkdir()
    log = tmp_path / "log" / "a.csv"
    log.write_text(f"{HEAD}\nx\n")
    with pytest.raises(UsageError):
        quarantine(contract, [tmp_path / "log"], tmp_path / name)
    assert [path.name for path in (tmp_path / "log").iterdir()] == ["a.csv"]
    assert log.read_text() == f"{HEAD}\nx\n"


def test_files_that_cannot_be_read_have_a_diagnostic_and_no_rows(contract: ir.Contract, tmp_path: Path) -> None:
    empty, target = tmp_path / "a.csv", tmp_path / "wrong.csv"
    empty.write_bytes(b"")
    done = quarantine(contract, [empty, tmp_path / "none.csv"], target)
    assert [found.name for found in done.diagnostics] == ["empty-log-file", "unreadable-log"]
    assert done.rows == 0


def test_a_folder_that_does_not_exist_is_a_mistake_of_usage(contract: ir.Contract, tmp_path: Path) -> None:
    log = tmp_path / "a.csv"
    log.write_text(f"{HEAD}\n")
    with pytest.raises(UsageError, match="No such file or directory"):
        quarantine(contract, [log], tmp_path / "none" / "wrong.csv")
