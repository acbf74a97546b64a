"""Slips made by rule in sound contracts: each is reported at its own place, none twice, and nothing else is."""

from __future__ import annotations

import re

from outcomelang.compiler import compile_text
from outcomelang.diagnostic import ContractError, Diagnostic
from outcomelang.source import Span

from .slips import SLIPS, Broken, Slip, corpus

LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
FEWEST = 150


def findings(path: str, text: str) -> list[Diagnostic]:
    try:
        return list(compile_text(text, path).notes)
    except ContractError as error:
        return list(error.diagnostics)


def covers(text: str, span: Span, first: int, last: int) -> bool:
    """Whether a finding stands over a slip; where a word is missing, the words on both sides count, no article."""
    lines = [0, *(found.end() for found in LINE_END.finditer(text))]
    start = lines[span.line - 1] + span.column - 1
    end = max(lines[span.end_line - 1] + span.end_column - 1, start + 1)
    between = text[min(first, end) : max(first, end)]
    article = re.match(r"(the|an?) ", text[first:])
    next_word = first + (article.end() if article is not None else 0)
    return (start < max(last, next_word + 1) and first < end) or not between.strip()


def unlike(path: str, broken: Broken) -> list[str]:
    """What is not reported, or reported though nobody did it."""
    left, said = findings(path, broken.text), []
    for first, last, slip in broken.places:
        fits = [d for d in left if d.span.path == path and d.name in slip.names]
        told = next((d for d in fits if covers(broken.text, d.span, first, last)), None)
        if told is None:
            line = broken.text.count("\n", 0, first) + 1
            said.append(f"{path}:{line}: “{slip.title}” is not reported there as {' or '.join(slip.names)}")
        else:
            left.remove(told)
    return said + [f"{path}:{d.span.line}:{d.span.column}: nobody made this: {d.name}: {d.message}" for d in left]


def test_every_slip_is_reported_at_its_place_once_and_nothing_else_is(sound: dict[str, str]) -> None:
    made_by_rule = list(corpus(sound))
    wrong = [line for path, broken in made_by_rule for line in unlike(path, broken)]
    made = sum(len(broken.places) for _, broken in made_by_rule)
    print(f"{len(made_by_rule)} broken contracts, {made} slips, {len(wrong)} of them not told as they should be")
    assert len(made_by_rule) >= FEWEST
    assert not wrong, "\n".join(wrong)


def test_every_rule_finds_a_place(sound: dict[str, str]) -> None:
    made = {slip.title for _, broken in corpus(sound) for *_, slip in broken.places}
    assert {slip.title for slip in SLIPS} == made


def test_a_finding_beside_the_slip_would_be_noticed() -> None:
    text = 'purpose "x"\nvalue £5\n'
    assert covers(text, Span("x", 1, 1, 1, 8), 0, 7)
    assert not covers(text, Span("x", 2, 1, 2, 6), 0, 7)
    slip = Slip("", "", "", ("unknown-word",))
    assert unlike("x", Broken("limit Fee to", ((0, 5, slip),)))
