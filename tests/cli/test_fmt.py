"""`fmt` rewrites in place, whole or not at all, and leaves alone what it cannot read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from outcomelang.cli.fmt import rewrite

from .conftest import Command

LOOSE = """\
contract   “Homes”   -- the first of three
commissioner Council

currency GBP


payment Grant : the Council pays Charity GBP 1200 for each Home when Weeks is not less than 26
"""
SET = """\
contract "Homes"     -- the first of three
commissioner Council

currency GBP

payment Grant: the Council pays Charity £1,200 for each Home when Weeks is at least 26
"""


def written(folder: Path, text: str = LOOSE, name: str = "a.outcome") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def test_a_file_is_set_in_place_and_then_left_alone(outcomelang: Command, tmp_path: Path) -> None:
    path = written(tmp_path)
    path.chmod(0o640)
    done = outcomelang("fmt", "a.outcome")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"a.outcome: set anew.\n")
    assert path.read_text("utf-8") == SET
    assert path.stat().st_mode & 0o777 == 0o640
    before = path.stat()
    again = outcomelang("fmt", "a.outcome")
    assert (again.returncode, again.stderr) == (0, b"")
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert [each.name for each in tmp_path.iterdir()] == ["a.outcome"]


def test_check_names_what_would_change_and_changes_nothing(outcomelang: Command, tmp_path: Path) -> None:
    path = written(tmp_path)
    written(tmp_path, SET, "b.outcome")
    done = outcomelang("fmt", "--check", ".")
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"a.outcome: would change.\n")
    assert path.read_text("utf-8") == LOOSE
    assert outcomelang("fmt", "--check", "b.outcome").returncode == 0


def test_diff_shows_it_as_a_patch(outcomelang: Command, tmp_path: Path) -> None:
    path = written(tmp_path, LOOSE.rstrip("\n"))
    done = outcomelang("fmt", "--diff", "a.outcome")
    assert done.returncode == 0
    assert path.read_text("utf-8") == LOOSE.rstrip("\n")
    assert (
        '-contract   “Homes”   -- the first of three\n+contract "Homes"     -- the first of three\n'
        in done.stdout.decode()
    )
    assert "\\ No newline at end of file" in done.stdout.decode()


def test_standard_input_goes_to_standard_output(tmp_path: Path) -> None:
    code = "from outcomelang.cli import main; raise SystemExit(main(['fmt', '-']))"
    done = subprocess.run([sys.executable, "-c", code], input=LOOSE.encode(), cwd=tmp_path, capture_output=True)
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, SET, b"")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (b'contract "A"\npayment G: Council pays Charity\n', b"unfinished-clause"),
        (b'contract "\xff"\n', b"UTF-8"),
        (b"", b"says nothing"),
    ],
    ids=["a mistake", "no text", "empty"],
)
def test_what_cannot_be_read_is_left_alone_and_the_others_are_set(
    outcomelang: Command, tmp_path: Path, text: bytes, name: bytes
) -> None:
    bad, good = tmp_path / "bad.outcome", written(tmp_path)
    bad.write_bytes(text)
    done = outcomelang("fmt", "bad.outcome", "nowhere.outcome", "a.outcome")
    assert done.returncode == 2
    assert name in done.stderr
    assert bad.read_bytes() == text
    assert good.read_text("utf-8") == SET


def test_line_ends_stay_of_their_kind_and_a_byte_order_mark_goes(outcomelang: Command, tmp_path: Path) -> None:
    path = written(tmp_path, "\ufeff" + LOOSE.replace("\n", "\r\n"))
    assert outcomelang("fmt", "a.outcome").returncode == 0
    assert path.read_bytes() == SET.replace("\n", "\r\n").encode()
    assert outcomelang("fmt", "--check", "a.outcome").returncode == 0


def test_a_link_stays_a_link(outcomelang: Command, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    goal = written(tmp_path / "real")
    (tmp_path / "link.outcome").symlink_to(goal)
    assert outcomelang("fmt", "link.outcome").returncode == 0
    assert (tmp_path / "link.outcome").is_symlink()
    assert goal.read_text("utf-8") == SET


def test_a_file_that_may_not_be_written_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path)
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(PermissionError, match="left as it is"):
        rewrite(str(path), SET)
    assert path.read_text("utf-8") == LOOSE
