"""A result in a file is whole or is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from outcomelang.cli.output_file import write_whole


def test_an_old_file_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    goal = tmp_path / "out.json"
    goal.write_text("old")
    write_whole(str(goal), "new\n")
    assert goal.read_bytes() == b"new\n"
    assert [p.name for p in tmp_path.iterdir()] == ["out.json"]


def test_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    goal = tmp_path / "out.json"
    goal.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(str(goal), "new \ud800")
    assert goal.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["out.json"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no such folder"):
        write_whole(str(tmp_path / "nowhere" / "out.json"), "x")


def test_a_directory_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(OSError):
        write_whole(str(tmp_path / "out"), "x")
    assert [p.name for p in tmp_path.iterdir()] == ["out"]
