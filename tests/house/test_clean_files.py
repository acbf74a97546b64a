"""Nothing in the repository points at one machine, a registry's host or unfinished work."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).name


def tracked() -> list[Path]:
    """Files that are, or would be, committed."""
    done = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        pytest.skip("not a git checkout")
    return [p for n in done.stdout.split("\0") if n and (p := ROOT / n).is_file() and p.name != HERE]


def text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a registry's host", r"pypi\.org|pythonhosted\.org|registry\.npmjs|npmjs\.org|debian\.org|proxy\.golang"),
        ("a machine's own path", r"/root/|/home/[a-z]|/work/|/tmp/venv|[A-Z]:\\\\Users"),
        ("unfinished work", r"\b(TODO|FIXME|XXX|HACK)\b"),
        ("a merge left open", r"^(<{7}|>{7}) "),
    ],
)
def test_no_file_holds(what: str, pattern: str) -> None:
    wanted = re.compile(pattern, re.MULTILINE)
    found = [f"{p.relative_to(ROOT)}: {m[0]}" for p in tracked() if (m := wanted.search(text(p)))]
    assert found == [], what


def test_no_file_is_large() -> None:
    assert [str(p) for p in tracked() if p.stat().st_size > 5_000_000] == []


def test_the_example_in_the_readme_is_there() -> None:
    lines = (ROOT / "README.md").read_text("utf-8").replace("\\\n", " ").splitlines()
    first = next(line for line in lines if "develop.py run" in line)
    named = [word for word in first.split() if "/" in word]
    assert len(named) == 2
    assert [word for word in named if not (ROOT / word).is_file()] == []
