"""The house style where a machine can see it."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "outcomelang"
MODULES = sorted(PACKAGE.rglob("*.py"))

MEDIAN, LONGEST, LONGEST_FUNCTION = 120, 400, 30
FORBIDDEN_NAMES = ("util", "helper", "common", "base", "manager", "misc")


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True)


def test_ruff_finds_nothing() -> None:
    done = run("ruff", "check", "--no-cache", ".")
    assert done.returncode == 0, done.stdout + done.stderr


def test_mypy_finds_nothing_in_strict_mode() -> None:
    done = run("mypy")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_typical_file_is_short_and_none_is_long() -> None:
    lengths = {p.relative_to(PACKAGE).as_posix(): len(p.read_text("utf-8").splitlines()) for p in MODULES}
    assert {name: n for name, n in lengths.items() if n > LONGEST} == {}
    assert statistics.median(n for n in lengths.values() if n) <= MEDIAN


def functions(path: Path) -> list[ast.FunctionDef]:
    return [n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.FunctionDef)]


def is_one_match(function: ast.FunctionDef) -> bool:
    """Whether the function is little more than a single `match`, one case for each class of a union."""
    return any(isinstance(n, ast.Match) and span(n) >= span(function) * 0.5 for n in ast.walk(function))


def span(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_function_is_long_unless_it_is_one_match() -> None:
    long = [
        f"{p.relative_to(PACKAGE)}: {f.name} has {span(f)} lines"
        for p in MODULES
        for f in functions(p)
        if span(f) > LONGEST_FUNCTION and not is_one_match(f)
    ]
    assert long == []


@pytest.mark.parametrize("word", FORBIDDEN_NAMES)
def test_no_module_is_named_for_nothing(word: str) -> None:
    assert [p.name for p in MODULES if re.search(rf"(^|_){word}s?(_|\.|$)", p.name)] == []


def test_every_module_says_what_it_is() -> None:
    silent = [
        p.relative_to(PACKAGE).as_posix() for p in MODULES if not ast.get_docstring(ast.parse(p.read_text("utf-8")))
    ]
    assert [name for name in silent if (PACKAGE / name).read_text("utf-8").strip()] == []
