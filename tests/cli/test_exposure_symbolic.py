"""`exposure --symbolic` as a command: what it prints, writes and refuses."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., subprocess.CompletedProcess[bytes]]
ROOT = Path(__file__).parents[2] / "contracts"
CONTRACT = str(ROOT / "london-rough-sleepers-sib" / "contract.outcome")


def test_it_prints_the_same_bytes_and_loads_no_sympy(outcomelang: Command) -> None:
    code = (
        "import sys; from outcomelang.cli import main; done = main(); "
        "raise SystemExit(3 if 'sympy' in sys.modules else done)"
    )
    one, two = (outcomelang("exposure", CONTRACT, "--symbolic", code=code) for _ in range(2))
    assert one.returncode == 0, one.stderr
    assert one.stdout == two.stdout
    assert "n_tenancy_entry: {700 if earned_1 < 5000000; else 0}" in one.stdout.decode()


def test_json_has_the_trees(outcomelang: Command) -> None:
    done = outcomelang("exposure", CONTRACT, "--symbolic", "--format", "json", "--at", "n_street_payment=200")
    record = json.loads(done.stdout)
    assert [each["symbol"] for each in record["marginal_prices"]][:2] == ["n_street_payment", "n_tenancy_entry"]
    assert record["limits"][0]["alone"]["n_tenancy_entry"] == "7143"
    assert len(record["sensitivity"]["points"]) == 11


def test_the_picture_is_written_whole(outcomelang: Command, tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    done = outcomelang("exposure", CONTRACT, "--symbolic", "--at", "n_street_payment=200", "--chart", str(path))
    assert (done.returncode, path.read_bytes()[:4]) == (0, b"<svg")
    assert b"a.svg written" in done.stderr


def test_where_there_is_nothing_to_draw_no_picture_is_written(outcomelang: Command, tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    done = outcomelang("exposure", CONTRACT, "--symbolic", "--chart", str(path))
    assert not path.exists()
    assert b"nothing to draw" in done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--symbolic", "--people", "0"], "--people 0 is no number of people"),
        (["--symbolic", "--people", "many"], "--people many is no number of people"),
        (["--symbolic", "--at", "n_reconnection"], "write it as NAME=VALUE"),
        (["--symbolic", "--at", "n_reconection=2"], "Did you mean “n_reconnection”?"),
        (["--symbolic", "--at", "n_reconnection=1e9"], "is no number"),
        (["--symbolic", "--at", "n_reconnection=1", "--at", "n_reconnection=2"], "two values"),
        (["--symbolic", "--witness", "here"], "without --symbolic"),
        (["--people", "5"], "goes with --symbolic"),
        (["--chart", "a.svg"], "goes with --symbolic"),
    ],
)
def test_what_it_cannot_do_is_said(outcomelang: Command, words: list[str], told: str) -> None:
    done = outcomelang("exposure", CONTRACT, *words)
    assert (done.returncode, done.stdout) == (2, b"")
    assert told in done.stderr.decode()
