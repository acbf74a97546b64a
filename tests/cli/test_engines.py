"""Commands on an engine: the same ledger, a word on what ran, and nothing left behind whatever happens."""

from __future__ import annotations

import gc
import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from outcomelang import Contract, LogError, UsageError, compile_contract, evaluate
from outcomelang.relational import choosing
from outcomelang.relational.accounts import Asked, account
from outcomelang.relational.choosing import Choice, choose

pytestmark = [pytest.mark.usefixtures("plans_kept"), pytest.mark.xdist_group("commands on engines")]
Done = subprocess.CompletedProcess[bytes]
Command = Callable[..., Done]
CASE = Path(__file__).parents[2] / "contracts/fair-chance-fund"
COPIES = 2_000
CONTRACT, EVENTS = str(CASE / "contract.outcome"), str(CASE / "x5/events.csv")


@pytest.fixture(scope="module")
def contract() -> Contract:
    return compile_contract(CONTRACT)


def on(outcomelang: Command, engine: str, *more: str, **env: str) -> Done:
    return outcomelang("evaluate", CONTRACT, "--events", EVENTS, "--engine", engine, *more, **env)


@pytest.mark.parametrize("form", ["json", "csv"])
def test_the_ledger_is_the_same_bytes(outcomelang: Command, tmp_path: Path, form: str) -> None:
    (tmp_path / "temporary").mkdir()
    made = on(outcomelang, "duckdb", "--format", form, TMPDIR=str(tmp_path / "temporary"))
    base = on(outcomelang, "reference", "--format", form)
    assert made.returncode == base.returncode == 0, made.stderr.decode()
    assert entries(made.stdout, form) == entries(base.stdout, form)
    assert list((tmp_path / "temporary").iterdir()) == []


def entries(out: bytes, form: str) -> object:
    return json.loads(out)["entries"] if form == "json" else out


def test_a_statement_says_which_engine_made_it(outcomelang: Command) -> None:
    made = on(outcomelang, "duckdb").stdout.decode()
    assert "entries, duckdb engine" in made
    assert "£12,000.00" in made


def test_a_ledger_as_parquet(outcomelang: Command, tmp_path: Path) -> None:
    done = on(outcomelang, "duckdb", "--format", "parquet", "--output", "ledger.parquet")
    assert done.returncode == 0, done.stderr.decode()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ledger.parquet"]
    found = duckdb.sql(f"SELECT id, amount, amount_minor, day FROM '{tmp_path / 'ledger.parquet'}'").fetchall()
    base = json.loads(on(outcomelang, "reference", "--format", "json").stdout)["entries"]
    assert [row[0] for row in found] == [entry["id"] for entry in base]
    assert sum(row[2] for row in found) == 1_200_000
    assert isinstance(found[0][3], date)


def test_parquet_is_not_shown(outcomelang: Command) -> None:
    done = on(outcomelang, "reference", "--format", "parquet")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"--output" in done.stderr


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [("--memory-limit", "much", "no size of memory"), ("--threads", "0", "no number of threads"),
     ("--engine", "duck", "Did you mean “duckdb”?")],
)  # fmt: skip
def test_what_an_engine_may_take_is_said_plainly(outcomelang: Command, option: str, value: str, said: str) -> None:
    done = on(outcomelang, "auto", option, value)
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_limits_are_heeded(outcomelang: Command) -> None:
    done = on(outcomelang, "duckdb", "--memory-limit", "200MB", "--threads", "1", "--format", "csv")
    assert (done.returncode, done.stdout) == (0, on(outcomelang, "reference", "--format", "csv").stdout)


def test_the_engine_is_chosen_by_size_and_that_is_said(contract: Contract, monkeypatch: pytest.MonkeyPatch) -> None:
    assert choose("auto", [Path(EVENTS)]) == Choice("reference")
    monkeypatch.setattr(choosing, "LARGE", 10)
    choice = choose("auto", [CASE / "x5"])
    assert choice.engine == "duckdb"
    told: list[str] = []
    with account(Asked(contract.core, [Path(EVENTS)], choice, tell=told.append), None, "") as made:
        assert made.ledger.total == 1_200_000
    assert len(told) == 1
    assert "the engine duckdb reads it" in told[0]


def test_what_is_not_installed_is_named_with_the_line_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "find_spec", lambda name: None)
    with pytest.raises(UsageError) as caught:
        choose("duckdb", [])
    assert caught.value.diagnostics[0].remedies[0].text == 'pip install "outcomelang[fast]"'
    monkeypatch.setattr(choosing, "LARGE", 10)
    choice = choose("auto", [Path(EVENTS)])
    assert choice.engine == "reference"
    assert 'pip install "outcomelang[fast]"' in choice.why


def test_a_part_of_sqlglot_that_stands_in_the_way_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("__init__.py", "generator.py", "generator.cpython-311-x86_64-linux-gnu.so"):
        (tmp_path / name).touch()
    compiled = importlib.util.spec_from_file_location("sqlglot", tmp_path / "__init__.py")
    monkeypatch.setattr(choosing, "find_spec", lambda name: compiled)
    for engine in ("duckdb", "spark"):
        with pytest.raises(UsageError) as caught:
            choose(engine, [])
        assert caught.value.diagnostics[0].remedies[0].text == "pip uninstall sqlglotc"


def test_the_library_keeps_the_engine_as_long_as_the_ledger(
    contract: Contract, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ledger = evaluate(contract, EVENTS, engine="duckdb", threads=1)
    assert list(ledger.entries) == list(evaluate(contract, EVENTS).entries)
    assert ledger.total == 1_200_000
    assert len(list(tmp_path.iterdir())) == 1
    del ledger
    gc.collect()
    assert list(tmp_path.iterdir()) == []


def test_a_log_with_mistakes_is_refused_alike(contract: Contract, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(Path(EVENTS).read_text("utf-8").replace("2015", "15", 3), "utf-8")
    found = []
    for engine in ("reference", "duckdb"):
        with pytest.raises(LogError) as caught:
            evaluate(contract, bad, engine=engine)
        found.append(caught.value.diagnostics)
    assert found[0] == found[1]


def test_validate_and_quarantine_say_the_same(outcomelang: Command, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(Path(EVENTS).read_text("utf-8").replace("2015", "15", 3), "utf-8")
    said = [
        outcomelang("validate", CONTRACT, "--events", "bad.csv", "--quarantine", f"{engine}.out", "--engine", engine)
        for engine in ("reference", "duckdb")
    ]
    assert said[0].stdout == said[1].stdout
    assert [done.returncode for done in said] == [2, 2]
    assert (tmp_path / "reference.out").read_bytes() == (tmp_path / "duckdb.out").read_bytes()


AMENDED = CASE.parent / "supported-employment-ips"


@pytest.mark.parametrize("form", ["json", "csv"])
def test_an_amended_contract_is_reckoned_person_by_person(outcomelang: Command, tmp_path: Path, form: str) -> None:
    (tmp_path / "temporary").mkdir()
    words = ["evaluate", str(AMENDED / "amended.outcome"), "--events", str(AMENDED / "amended/events.csv")]
    words += ["--format", form]
    made = outcomelang(*words, "--engine", "duckdb", TMPDIR=str(tmp_path / "temporary"))
    base = outcomelang(*words, "--engine", "reference")
    assert made.returncode == base.returncode == 0, made.stderr.decode()
    assert entries(made.stdout, form) == entries(base.stdout, form)
    assert made.stderr.decode() == (
        "The engine duckdb found the log's rows; what is earned was reckoned person by person: the contract is "
        "amended, and each day is judged by the words of its version.\n"
    )
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.fixture(scope="module")
def long_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So many rows that whoever stops a command finds it at work."""
    head, *rows = Path(EVENTS).read_text("utf-8").splitlines()
    path = tmp_path_factory.mktemp("long") / "log.csv"
    with path.open("w", encoding="utf-8") as out:
        out.write(head + "\n")
        for number in range(COPIES):
            for row in rows:
                name, person, rest = row.split(",", 2)
                out.write(f"{name}-{number},{person}-{number},{rest}\n")
    return path


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize(
    ("begun", "before"),
    [("outcomelang-*", ""), (".ledger.csv.*", "import os, time; os.fsync = lambda file: time.sleep(60); ")],
    ids=["while it reckons", "before the ledger is in its place"],
)
def test_whoever_stops_it_finds_nothing_left(
    long_log: Path, tmp_path: Path, sign: signal.Signals, begun: str, before: str
) -> None:
    assert stopped(tmp_path, sign, (CONTRACT, str(long_log)), begun, before) == UNTOUCHED


UNTOUCHED = 130, False, {"ledger.csv": "old"}
"""The old ledger stays; neither a half ledger nor a folder of stages is left."""

REACHED = "import sys, time; from outcomelang.relational.people import earning; earning._of = lambda *some: ("
"""Whoever begins to reckon people says so, and waits."""


@pytest.mark.xdist_group("stopped")
def test_whoever_stops_it_among_people_finds_nothing_left(tmp_path: Path) -> None:
    before = f"{REACHED}open({str(tmp_path / 'outcomelang-reached')!r}, 'w').close(), time.sleep(60)); "
    of = str(AMENDED / "amended.outcome"), str(AMENDED / "amended/events.csv")
    assert stopped(tmp_path, signal.SIGINT, of, "*-reached", before) == UNTOUCHED


def stopped(
    tmp_path: Path, sign: signal.Signals, of: tuple[str, str], begun: str, before: str
) -> tuple[int, bool, dict[str, str]]:
    """With what code a command ends that is stopped at work, whether it shows a traceback, and the files it leaves."""
    (tmp_path / "ledger.csv").write_text("old")
    words = ["evaluate", of[0], "--events", of[1], "--engine", "duckdb"]
    words += ["--format", "csv", "--output", str(tmp_path / "ledger.csv")]
    started = subprocess.Popen(
        [sys.executable, "-c", f"{before}from outcomelang.cli import entry; entry()", *words],
        env={**os.environ, "TMPDIR": str(tmp_path)}, stderr=subprocess.PIPE,
    )  # fmt: skip
    since = time.monotonic()
    while not list(tmp_path.glob(begun)) and time.monotonic() - since < 60:
        time.sleep(0.005)
    started.send_signal(sign)
    _, said = started.communicate(timeout=120)
    (tmp_path / "outcomelang-reached").unlink(missing_ok=True)
    left = {path.name: path.read_text() if path.is_file() else "a folder" for path in tmp_path.iterdir()}
    return started.returncode, b"Traceback" in said, left
