"""The standard library: every file is sound by itself, documented, and used by real schemes."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from outcomelang import compile_contract
from outcomelang.cli import main
from outcomelang.cli.library_page import page
from outcomelang.cli.shelf import Shelf, shelves
from outcomelang.core.scope import Sort
from outcomelang.resources import stdlib_dir, stdlib_names, stdlib_text
from outcomelang.source import Source
from outcomelang.surface import ast
from outcomelang.surface.from_text import parse

ROOT = Path(__file__).parents[2]
SHELVES = shelves()
each_library = pytest.mark.parametrize("name", stdlib_names())
each_shelf = pytest.mark.parametrize("shelf", SHELVES, ids=lambda shelf: shelf.name)


@each_library
def test_it_is_sound_by_itself_and_its_examples_pass(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = stdlib_dir() / f"{name}.outcome"
    compiled = compile_contract(path)
    assert compiled.notes == ()
    assert compiled.core.examples
    assert main(["test", str(path)]) == 0
    assert "passed" in capsys.readouterr().err


@each_shelf
def test_every_definition_says_what_it_is_for(shelf: Shelf) -> None:
    """Outcomes and quantities have a comment above them; of several in a row the first speaks for all."""
    assert shelf.purpose
    assert shelf.definitions
    wanted = [d for d in shelf.definitions if d.sort in (Sort.OUTCOME, Sort.TABLE)]
    silent = [d.name for d in wanted if not d.about]
    assert len(silent) <= len(wanted) // 3, silent


@each_shelf
def test_every_blank_has_a_meaning_and_is_used(shelf: Shelf) -> None:
    assert all(blank.meaning and blank.kind and blank.sample for blank in shelf.blanks)
    text = stdlib_text(shelf.name)
    assert [blank.name for blank in shelf.blanks if f"[{blank.name}]" not in text] == []


def used() -> Counter[str]:
    """How many contracts use each library."""
    found: Counter[str] = Counter()
    for path in sorted((ROOT / "contracts").glob("*/contract.outcome")):
        clauses = parse(Source(path.name, path.read_text("utf-8")))[0].clauses
        found.update({clause.library.value for clause in clauses if isinstance(clause, ast.Use)})
    return found


@each_library
def test_at_least_two_schemes_use_it(name: str) -> None:
    assert used()[name] >= 2


def test_the_page_is_fresh() -> None:
    """`python -m outcomelang.cli.library_page > docs/standard-library.md` writes it anew."""
    assert (ROOT / "docs" / "standard-library.md").read_text("utf-8") == page()


def test_a_common_scheme_is_shorter_than_forty_lines() -> None:
    (scheme,) = re.findall(r"```outcome\n(.*?)```", page(), re.DOTALL)
    assert len(scheme.splitlines()) < 40
    (result,) = compile_contract(scheme).run_examples()
    assert result.passed
