"""Whatever the text, reading it ends soon and never raises."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomelang.source import Source
from outcomelang.surface.from_text import LONGEST, parse
from outcomelang.surface.tables import tables

MANY = 200_000
SECONDS = 10.0
"""Far above what any of them takes (one), far below what a quadratic pass would take."""

NOISE = {
    "one word": "x" * MANY,
    "one name": "X" * MANY,
    "names": "X " * (MANY // 2),
    "words": "x " * (MANY // 2),
    "articles": "the " * (MANY // 4),
    "digits": "1" * MANY,
    "thousands": "1" + ",111" * (MANY // 4),
    "numbers": "1 " * (MANY // 2),
    "ladder": "reaches " + "1, " * (MANY // 3),
    "ladders": "reaches 1, " * (MANY // 11),
    "dates": "1 June 2011 " * (MANY // 12),
    "half dates": "1 June " * (MANY // 7),
    "months": "may " * (MANY // 4),
    "pounds": "£" * MANY,
    "money": "£1,1 " * (MANY // 5),
    "codes": "ARS " * (MANY // 4),
    "quotes": '"' * MANY,
    "unclosed": '"x\n' * (MANY // 3),
    "curly": "“" * MANY,
    "brackets": "define It as " + "(" * MANY,
    "closing": ")" * MANY,
    "letters": "(a) " * (MANY // 4),
    "hyphens": "-" * MANY,
    "hyphenated": "a-" * (MANY // 2),
    "hyphenated names": "A-" * (MANY // 2),
    "commas": "," * MANY,
    "blanks": "1" + " " * MANY + "1",
    "blank lines": "\n" * MANY,
    "comments": "-- x\n" * (MANY // 5),
    "slashes": "1/" * (MANY // 2),
    "points": "1." * (MANY // 2),
    "colons": "1:" * (MANY // 2),
    "percents": "1%" * (MANY // 2),
    "at": "at least " * (MANY // 9),
    "up to": "up to and " * (MANY // 10),
    "null": "\x00" * MANY,
    "emoji": "🙂🙃" * (MANY // 2),
    "misspelt": "".join(f"paymnt{n}x Fee\n" for n in range(MANY // 14)),
    "broken": "payment Fee: A pays\n" * (MANY // 20),
    "small letters": "payment Fee: A pays B £5 for each thing\n" * (MANY // 40),
    "capitals": "Payment Fee: A pays B £5\n" * (MANY // 25),
    "capitals in one name": "Payment X\n" * (MANY // 10),
    "shares": "define It as 1% of 1" + " plus 1" * 50 + " define It as 1% of A plus B" * (MANY // 30),
    "touching": "payment Fee: A pays B C\n" * (MANY // 25),
    "plus": "define It as 1" + " plus 1" * (MANY // 7),
    "of": "define It as " + "80% of " * (MANY // 7) + "1",
    "and": "assume " + "A occurs and " * (MANY // 13) + "A occurs",
    "list": "assume all of: " + "(a) A occurs " * (MANY // 13),
    "rows": "table T by G " + '"a" £1 ' * (MANY // 7),
    "rows with pauses": "table T by G " + '"a" £1; ' * (MANY // 8),
    "insert": "insert " * (MANY // 7),
}


@pytest.mark.parametrize("noise", NOISE)
def test_a_great_deal_of_anything_ends_in_seconds(noise: str) -> None:
    start = time.process_time()
    file, diagnostics = parse(Source("x", NOISE[noise]))
    assert time.process_time() - start < SECONDS
    assert file.clauses or diagnostics or not NOISE[noise].strip() or noise in ("articles", "comments", "hyphens")


def test_a_hundred_thousand_clauses() -> None:
    file, diagnostics = parse(Source("x", 'purpose "x"\n' * 100_000))
    assert len(file.clauses) == 100_000
    assert diagnostics == ()


@pytest.mark.parametrize("deep", [100, 5_000, 20_000])
def test_what_is_nested_too_deeply_is_said(deep: int) -> None:
    for text in (
        "define It as " + "(" * deep + "1" + ")" * deep,
        "define It as " + "5% of " * deep + "1",
        "define It as 1" + " plus 1" * deep,
        "insert " * deep + 'purpose "x"',
        "define It as " + "the excess of " * deep + "1" + " over 1" * deep,
    ):
        _, diagnostics = parse(Source("x", text))
        if not (deep == 100 and "(" in text):
            assert [d.name for d in diagnostics] == ["nested-too-deeply"], text[:40]


def test_a_long_list_is_not_a_deep_one() -> None:
    file, diagnostics = parse(Source("x", "limit Fee to £5; in the order " + ", ".join(["Name"] * 20_000)))
    assert diagnostics == ()
    assert hash(file) == hash(file)


KEYWORDS = [word for words in tables().spellings.values() for word in words]
PIECES = st.sampled_from(
    [*KEYWORDS, "A", "Job Start", '"x"', "£5", "5", "5%", "1/2", "1 June 2011", "(a)", "(i)", "£1,2", "oops", "."]
)


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_any_text_is_read_without_an_exception(text: str) -> None:
    tree, found = parse(Source("x", text))
    assert tree.clauses or found, "a text from which nothing was read, and nothing said of it"


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40), st.sampled_from([" ", "\n"]))
def test_any_row_of_words_is_read_without_an_exception(words: list[str], blank: str) -> None:
    _, diagnostics = parse(Source("x", blank.join(words)))
    for diagnostic in diagnostics:
        assert diagnostic.span.line > 0
        assert diagnostic.message


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_draft_with_one_character_changed_costs_few_messages(data: st.DataObject) -> None:
    text = (Path(__file__).parent / "drafts" / "work-programme.outcome").read_text(encoding="utf-8")
    at = data.draw(st.integers(0, len(text) - 1))
    changed = text[:at] + data.draw(st.sampled_from(['"', "(", "x", "1", ",", "£", "\n", ""])) + text[at + 1 :]
    _, diagnostics = parse(Source("x", changed))
    assert len(diagnostics) <= 3


@pytest.mark.slow
@pytest.mark.parametrize("text", ["x ", '"a" £1 '])
def test_the_longest_text_that_is_read_at_all_ends_in_seconds(text: str) -> None:
    start = time.process_time()
    parse(Source("x", text * (LONGEST // len(text))))
    assert time.process_time() - start < 4 * SECONDS
