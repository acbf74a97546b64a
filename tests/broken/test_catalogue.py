"""Everything that can be said has words: terminals, clauses, findings, at every width, in colour and in ASCII."""

from __future__ import annotations

from pathlib import Path

import pytest

from outcomelang.cli.catalogue import Explained, catalogue
from outcomelang.cli.explain import paragraphs
from outcomelang.compiler import compile_text
from outcomelang.diagnostic import ContractError, Diagnostic
from outcomelang.report.plain import columns
from outcomelang.report.style import Style
from outcomelang.report.text import text
from outcomelang.source import Source
from outcomelang.surface.tables import tables
from outcomelang.surface.templates import TEMPLATES, in_english

GOLDEN = Path(__file__).parents[1] / "golden" / "diagnostics"
OF_COMMANDS = range(401, 1000)
"""Findings about ledgers, arguments and files: tests/cli shows each of them. Loopholes (OC) have tests/loopholes."""

CLAUSES = ("Avoid", "Prefer", "How to accept it")

HERE = 'contract "A £5 grant"\ncommissioner Council\npayment Grant the Council pays the Charity £5,00 for each Sesion\n'


def test_every_terminal_has_english_and_every_clause_a_template() -> None:
    made = tables()
    assert all(in_english(kind, made) for kind in made.columns)
    assert [kind for kind in made.expected(0) if kind not in TEMPLATES] == []


def test_every_finding_has_a_page_of_its_own() -> None:
    pages = {path.name for path in GOLDEN.iterdir()}
    shown = [each for each in catalogue() if each.code.startswith("OL") and int(each.code[2:]) not in OF_COMMANDS]
    assert [each.name for each in shown if each.name.replace("-", "_") not in pages] == []


@pytest.mark.parametrize("item", catalogue(), ids=lambda item: item.name)
def test_explain_says_what_it_costs_and_how_to_mend_it(item: Explained) -> None:
    assert len(item.why.split()) >= 8, "a consequence takes more words"
    assert item.remedy or (item.avoid and item.prefer and item.avoid != item.prefer)
    for width in (60, 80, 140):
        prose = [part for part in paragraphs(item, Style(width)) if not part.startswith(CLAUSES)]
        assert all(columns(line) <= width for part in prose for line in part.splitlines())


def findings() -> tuple[Diagnostic, ...]:
    with pytest.raises(ContractError) as found:
        compile_text(HERE, "grant.outcome")
    return found.value.diagnostics


@pytest.mark.parametrize("width", [60, 80, 140])
@pytest.mark.parametrize("colour", [False, True])
def test_a_finding_fits_the_screen(width: int, colour: bool) -> None:
    for found in findings():
        shown = text(found, {"grant.outcome": Source("grant.outcome", HERE)}, Style(width, colour))
        bare = shown.replace("\x1b[1;31m", "").replace("\x1b[0m", "")
        assert all(columns(line) <= width for line in bare.splitlines())
        assert ("\x1b" in shown) is colour


def test_without_frames_only_the_authors_own_words_are_beyond_ascii() -> None:
    for found in findings():
        shown = text(found, {"grant.outcome": Source("grant.outcome", HERE)}, Style(80, frames=False))
        ours = [line for line in shown.splitlines() if "|" not in line and "£" not in line]
        assert ours
        assert not {c for line in ours for c in line} & set("│─•·…")
