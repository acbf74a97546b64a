"""What `new --from` writes compiles at once, its examples pass, and its figures are marked."""

from __future__ import annotations

from pathlib import Path

import pytest

from outcomelang import compile_contract
from outcomelang.cli import main
from outcomelang.cli.scaffold import MARK, from_library, from_scheme
from outcomelang.resources import scheme_names, stdlib_names
from outcomelang.source import Source
from outcomelang.surface.from_text import figures


@pytest.mark.parametrize("name", (*scheme_names(), *stdlib_names()))
def test_a_start_is_sound_and_every_figure_is_marked(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.outcome"
    assert main(["new", str(path), "--from", name]) == 0
    compiled = compile_contract(path)
    assert compiled.notes == ()
    assert all(result.passed for result in compiled.run_examples())
    text = path.read_text("utf-8")
    before = text[: text.index("\nexample ")]
    lines = before.splitlines()
    assert [lines[n - 1] for n in figures(Source("a", before)) if MARK not in lines[n - 1]] == []


def test_a_start_from_a_library_uses_it_and_holds_no_blank() -> None:
    text = from_library("employment")
    assert 'use Cumulative Work from "employment", where Job Length is 26 weeks' in text
    assert "blank " not in text
    assert "[" not in text


def test_what_is_said_of_a_figure_stays_beside_its_mark() -> None:
    assert "-- replace: illustrative" in from_scheme("work-programme")


def test_the_list_names_libraries_and_schemes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "--list"]) == 0
    shown = capsys.readouterr().out
    assert all(f"  {name} " in shown for name in (*scheme_names(), *stdlib_names()))


def test_one_can_start_from_a_contract_in_which_nothing_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.outcome"
    assert main(["new", str(path), "--from", "clean"]) == 0
    capsys.readouterr()
    assert main(["check", str(path)]) == 0
    assert capsys.readouterr().out == ""


def test_an_unknown_start_is_refused_with_the_nearest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.outcome"
    assert main(["new", str(path), "--from", "work-program"]) == 2
    assert "Did you mean “work-programme”?" in capsys.readouterr().err
    assert not path.exists()


def test_an_installation_without_schemes_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("outcomelang.resources.scheme_names", tuple)
    assert main(["new", str(tmp_path / "a.outcome"), "--from", "work-programme"]) == 2
    assert "came without the contracts of schemes" in capsys.readouterr().err


def test_without_a_file_nothing_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new"]) == 2
    assert "not said where" in capsys.readouterr().err
