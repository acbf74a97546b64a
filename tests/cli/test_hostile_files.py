"""Files that nobody means to read as a contract: each ends soon, with a message and without a traceback."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from outcomelang.cli import main
from outcomelang.cli.findings import MOST
from outcomelang.core.from_surface.variants import MOST_BASES


def checked(capsys: pytest.CaptureFixture[str], path: Path, *options: str) -> tuple[int, str]:
    code = main(["check", str(path), *options])
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    return code, said.out + said.err


@pytest.mark.parametrize("base", ["/dev/zero", "pipe", ".", "no\0where.outcome"])
def test_what_is_no_file_is_no_base(tmp_path: Path, capsys: pytest.CaptureFixture[str], base: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    contract = tmp_path / "contract.outcome"
    contract.write_text(f'contract "A" based on "{base}"\n', "utf-8")
    code, said = checked(capsys, contract, "--format", "concise")
    assert code == 1
    assert "base-not-found" in said


def test_bases_are_followed_so_far_and_no_further(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(MOST_BASES + 5):
        base = f'contract "A" based on "{number + 1}.outcome"\n'
        (tmp_path / f"{number}.outcome").write_text(base, "utf-8")
    code, said = checked(capsys, tmp_path / "0.outcome", "--format", "concise")
    assert code == 1
    assert f"{MOST_BASES}.outcome:1:23: error base-not-found" in said


def test_the_same_of_many_places_is_told_of_some(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    contract = tmp_path / "contract.outcome"
    contract.write_text('purpose "A"\n' + "currency GBP.\n" * (MOST + 7), "utf-8")
    _, text = checked(capsys, contract)
    assert text.count("unknown-character (") == MOST
    assert "7 more of unknown-character: --format concise shows each." in text
    _, lines = checked(capsys, contract, "--format", "concise")
    assert lines.count("unknown-character") == MOST + 7
