"""Formatting changes how a contract looks and nothing else: whatever was read is read again, and no comment is lost."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings

from outcomelang.source import Source
from outcomelang.surface.from_text import comments, parse
from outcomelang.surface.to_text import formatted

from .sentences import texts

ROOT = Path(__file__).parents[2]
SHIPPED = sorted([*ROOT.glob("contracts/**/*.outcome"), *ROOT.glob("stdlib/*.outcome")])
OTHERS = sorted(path for path in ROOT.glob("tests/**/*.outcome") if path.stem != "broken")
FENCE = re.compile(r"^( *)```outcome[^\n]*\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
PAGES = {
    f"{path.relative_to(ROOT)}#{number}": found[2]
    for path in sorted([*ROOT.glob("docs/**/*.md"), *ROOT.glob("tests/golden/**/*.md"), ROOT / "README.md"])
    for number, found in enumerate(FENCE.finditer(path.read_text("utf-8")))
}


def remarks(text: str) -> Counter[str]:
    return Counter(each.text.rstrip() for each in comments(Source("x", text)))


def lost(text: str) -> list[str] | None:
    """What does not survive formatting; None where the text cannot be read, which is then said."""
    source = Source("x.outcome", text)
    now, said = formatted(source)
    if now is None:
        return None if said else ["a text is refused without a word"]
    again = Source("x.outcome", now)
    kept = {
        "what it says": parse(again) == parse(source),
        "comments": remarks(now) == remarks(text),
        "its form, formatted once more": formatted(again) == (now, ()),
    }
    return [what for what, same in kept.items() if not same]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(texts())
def test_whatever_the_grammar_allows_says_the_same(text: str) -> None:
    found = lost(text)
    assume(found is not None)
    assert found == []


@pytest.mark.parametrize("path", [*SHIPPED, *OTHERS], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_says_the_same(path: Path) -> None:
    assert lost(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_shipped_file_is_formatted(path: Path) -> None:
    """`outcomelang fmt contracts stdlib`"""
    text = path.read_text("utf-8")
    assert formatted(Source("x.outcome", text)) == (text, ())


def test_every_block_of_the_docs_and_golden_pages_says_the_same() -> None:
    read = {name: found for name, text in PAGES.items() if (found := lost(text)) is not None}
    assert {name: found for name, found in read.items() if found} == {}
    assert len(read) > 600
