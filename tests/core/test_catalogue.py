"""Every mistake of meaning: the text that has it gives it and nothing else; the text without it gives none."""

from __future__ import annotations

import re

import pytest

from outcomelang.compiler import compile_text
from outcomelang.core.diagnostics import GROUND, MISTAKES
from outcomelang.core.diagnostics.libraries import TURNING, WORK
from outcomelang.diagnostic import ContractError, Diagnostic
from outcomelang.surface.catalogue import Mistake

FILES = {
    "ground.outcome": GROUND,
    "itself.outcome": 'contract "Variant" based on "itself.outcome"\n',
    "work.outcome": WORK,
    "turning.outcome": TURNING,
    "england.csv": "date\n" + "".join(f"{year}-12-25\n" for year in range(2025, 2030)),
    "england-2025.csv": "date\n2025-12-25\n",
}


def load(path: str) -> str:
    if path not in FILES:
        raise FileNotFoundError(path)
    return FILES[path]


def whole(text: str) -> str:
    alone = text.startswith(("contract", "commissioner Council"))
    return text if alone else GROUND + text + "\n"


def findings(text: str, in_review: bool) -> tuple[Diagnostic, ...]:
    contract, review = (GROUND, text) if in_review else (whole(text), None)
    try:
        return compile_text(contract, "itself.outcome", load, review, doubts=True).notes
    except ContractError as error:
        return error.diagnostics


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_the_text_to_avoid_has_this_mistake_and_no_other(mistake: Mistake) -> None:
    assert {found.name for found in findings(mistake.avoid, mistake.in_review)} == {mistake.name}


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_the_text_to_prefer_has_no_mistake(mistake: Mistake) -> None:
    assert findings(mistake.prefer, mistake.in_review) == ()


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_a_message_stands_alone_at_its_place_in_plain_words(mistake: Mistake) -> None:
    words = re.compile(r"\b(token|type|expression|null|invalid|identifier|None|syntax|parse[dr]?|node)\b")
    for found in findings(mistake.avoid, mistake.in_review):
        assert found.message.endswith(".") and not words.search(found.message + found.label), found.message
        assert found.span.line > 0
        assert found.code == mistake.code


def test_codes_and_names_are_used_once() -> None:
    assert len({mistake.code for mistake in MISTAKES}) == len({mistake.name for mistake in MISTAKES}) == len(MISTAKES)


def test_every_name_that_the_code_reports_is_in_the_catalogue() -> None:
    from pathlib import Path

    import outcomelang.core.from_surface as package

    said = set()
    for file in Path(package.__file__).parent.glob("*.py"):
        text = file.read_text("utf-8")
        said |= set(re.findall(r'(?:e\.say|self\.say|found\.say|findings\.say|_finding)\(\s*"([a-z-]+)"', text))
    assert said <= {mistake.name for mistake in MISTAKES}
    assert {mistake.name for mistake in MISTAKES} - said <= {
        "title-missing", "currency-missing", "term-missing", "claims-missing",
    }  # fmt: skip
