"""Where an engine fails, the reference does the work, or it is told by name; nothing half-written is left."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet
from sqlglot import exp

from outcomelang import Contract, Ledger, compile_contract, evaluate
from outcomelang.cli import main
from outcomelang.core import ir
from outcomelang.evaluation.event_log import EventLog
from outcomelang.evaluation.log import read_log
from outcomelang.relational.account.straight import NotStraight, Straight
from outcomelang.relational.accounts import Asked, account
from outcomelang.relational.choosing import Choice
from outcomelang.relational.duckdb_engine import DuckDB
from outcomelang.relational.engines import EngineError

from .samples import CONTRACTS

CASE = CONTRACTS / "pfp-referral-guarantee"
CONTRACT, EVENTS = CASE / "contract.outcome", CASE / "x1" / "events.csv"
pytestmark = [pytest.mark.usefixtures("plans_kept"), pytest.mark.xdist_group("given back")]
WRONG = "IO Error: no space\nleft on the disk"


@pytest.fixture(scope="module")
def contract() -> Contract:
    return compile_contract(CONTRACT)


@pytest.fixture(scope="module")
def expected(contract: Contract) -> Ledger:
    return evaluate(contract, EVENTS, engine="reference")


@pytest.fixture(autouse=True)
def aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where engines have their folders."""
    folder = tmp_path / "aside"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    monkeypatch.setattr("outcomelang.relational.account.ledger.PAGE", 1)
    return folder


@contextmanager
def failing(after: int) -> Iterator[list[int]]:
    """Within, every statement after so many fails; how many there were is counted."""
    done = [0]

    def instead(real: Callable[..., Any]) -> Callable[..., Any]:
        def run(self: DuckDB, statement: exp.Expr) -> Any:
            done[0] += 1
            if done[0] > after:
                raise EngineError(WRONG)
            return real(self, statement)

        return run

    with pytest.MonkeyPatch.context() as patched:
        for name in ("run", "fetch", "stream"):
            patched.setattr(DuckDB, name, instead(getattr(DuckDB, name)))
        yield done


@cache
def statements() -> tuple[int, int]:
    """How many statements an engine carries out until the ledger is made, and until its entries are read."""
    contract = compile_contract(CONTRACT)
    with failing(1_000_000) as done, account(asked(contract, []), None, contract.digest) as made:
        before = done[0]
        assert len(list(made.ledger.entries)) == 3
        return before, done[0]


def asked(contract: Contract, told: list[str]) -> Asked:
    return Asked(contract.core, [EVENTS], Choice("duckdb"), tell=told.append)


@pytest.mark.parametrize("part", ["reading", "plan", "account", "order of entries", "first entry", "last entry"])
def test_wherever_an_engine_fails_the_ledger_is_that_of_the_reference(
    part: str, contract: Contract, expected: Ledger, aside: Path
) -> None:
    made_by, read_by = statements()
    after = {
        "reading": 1,
        "plan": made_by // 2,
        "account": made_by - 2,
        "order of entries": made_by,
        "first entry": made_by + 1,
        "last entry": read_by - 1,
    }[part]
    told: list[str] = []
    with failing(after), account(asked(contract, told), None, contract.digest) as made:
        assert list(made.ledger.entries) == list(expected.entries)
        assert made.ledger.lines == expected.lines
    assert len(told) == 1
    assert "no space left" in told[0]
    assert list(aside.iterdir()) == []


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_ledger_that_is_being_written_is_written_whole(
    form: str, tmp_path: Path, aside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ledger").write_text("old")
    words = ["evaluate", str(CONTRACT), "--events", str(EVENTS), "--format", form, "--output"]
    assert main([*words, str(tmp_path / "reference"), "--engine", "reference"]) == 0
    with failing(statements()[0]):
        assert main([*words, str(tmp_path / "ledger"), "--engine", "duckdb"]) == 0
    made, base = ((tmp_path / name).read_bytes() for name in ("ledger", "reference"))
    assert made.replace(b'"engine": "duckdb"', b'"engine": "reference"') == base
    assert "could not give the entries, so the reference does: IO Error: no space left" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["aside", "ledger", "reference"]
    assert list(aside.iterdir()) == []


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_entries_that_cannot_go_straight_to_the_file_go_one_by_one(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def begun(self: Straight) -> Iterator[list[tuple[Any, ...]]]:
        yield from islice(real(self), 1)
        raise NotStraight

    words = ["evaluate", str(CONTRACT), "--events", str(EVENTS), "--format", form, "--engine", "duckdb", "--output"]
    assert main([*words, str(tmp_path / "straight")]) == 0
    real = Straight.batches
    monkeypatch.setattr(Straight, "batches", begun)
    assert main([*words, str(tmp_path / "one by one")]) == 0
    assert capsys.readouterr().err == ""
    if form == "csv":
        assert (tmp_path / "straight").read_bytes() == (tmp_path / "one by one").read_bytes()
    else:
        found = [parquet.read_table(tmp_path / name) for name in ("straight", "one by one")]
        assert found[0].equals(found[1])


def test_a_parquet_file_that_cannot_be_written_is_told_by_name_and_the_old_one_stays(
    tmp_path: Path, aside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ledger").write_text("old")
    words = ["evaluate", str(CONTRACT), "--events", str(EVENTS), "--format", "parquet"]
    with failing(statements()[0] + 2):
        assert main([*words, "--output", str(tmp_path / "ledger"), "--engine", "duckdb"]) == 2
    said = capsys.readouterr().err
    assert "The Parquet file could not be written: IO Error: no space left" in said
    assert "Write it as CSV" in said
    assert (tmp_path / "ledger").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["aside", "ledger"]
    assert list(aside.iterdir()) == []


def test_a_log_that_has_changed_meanwhile_is_told_by_name_and_nothing_is_written(
    tmp_path: Path, contract: Contract, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ledger").write_text("old")
    log = tmp_path / "events.csv"
    log.write_bytes(EVENTS.read_bytes())
    real = read_log

    def later(contract: ir.Contract, paths: list[Path]) -> EventLog:
        head, *rows = log.read_text("utf-8").splitlines()
        log.write_text("\n".join([head, *rows[: len(rows) // 2], ""]), "utf-8")
        return real(contract, paths)

    monkeypatch.setattr("outcomelang.relational.accounts.read_log", later)
    words = ["evaluate", str(CONTRACT), "--events", str(log), "--engine", "duckdb", "--format", "csv"]
    with failing(statements()[0]):
        assert main([*words, "--output", str(tmp_path / "ledger")]) == 2
    assert "the log is another than when the account was made" in capsys.readouterr().err
    assert (tmp_path / "ledger").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["aside", "events.csv", "ledger"]


def test_entries_outlive_their_ledger(contract: Contract, expected: Ledger) -> None:
    """The engine goes with the ledger; entries that somebody has kept are those of the reference then."""
    entries = evaluate(contract, EVENTS, engine="duckdb").entries
    gc.collect()
    assert list(entries) == list(expected.entries)
