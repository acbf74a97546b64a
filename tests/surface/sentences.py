"""Clauses made from the grammar itself: any sentence that it allows, set in any way, with comments anywhere."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from hypothesis import strategies as st
from lark import Lark
from lark.grammar import NonTerminal, Symbol

from outcomelang.resources import grammar_text
from outcomelang.surface.tables import tables

SAMPLES = {
    "TERM": ("Client", "Job Start", "Children's Services", "Level-2 Award", "Rock   Band"),
    "TEXT": ('"a"', '"a, b; c"', "“the curly -- one”", '"Schedule 4, 2.1"'),
    "DATE": ("1 June 2011", "2012-02-29", "01 March 2020"),
    "MONEY": ("£1200", "£1,200.50", "$2.5 million", "ARS 42,116", "GBP 3", "-£5", "€0.5"),
    "PERCENT": ("5%", "7.5 per cent", "33 percent"),
    "FRACTION": ("5/6", "2/4"),
    "NUMBER": ("1", "26", "1200", "2.50"),
    "CURRENCY": ("GBP", "ARS"),
    "CODE": ("same-outcome-paid-twice",),
    "ALPHA": ("(a)", "(b)", "; and (c)", ", or (d)"),
    "ROMAN": ("(i)", "(ii)", "; and (iii)", ", or (iv)"),
    "WORD": ("unheard",),
    "_LADDER_AND": ("and",),
    "_IN_INSTALMENTS": ("in",),
    "_CAPPED_AT": ("at most", "not more than"),
    "_JOINS_AS": ("joins", "join"),
}
GAPS = (" ", " ", " ", "  ", "\n", "\n   ", "\n\n", " \t", " -- why\n", "\n-- so\n    ")
DEEPEST = 14


@cache
def expansions() -> dict[str, list[list[Symbol]]]:
    """What each rule may be made of, those that end soonest first."""
    found: dict[str, list[list[Symbol]]] = defaultdict(list)
    for rule in Lark(grammar_text(), parser="lalr", start="file", keep_all_tokens=True, maybe_placeholders=False).rules:
        found[rule.origin.name].append(rule.expansion)
    return found


@cache
def depths() -> dict[str, int]:
    """The least depth at which each rule can end."""
    known: dict[str, int] = {}
    while len(known) < len(expansions()):
        for name, choices in expansions().items():
            ends = [d for d in (depth_of(choice, known) for choice in choices) if d is not None]
            if ends and name not in known:
                known[name] = 1 + min(ends)
    return known


def depth_of(choice: list[Symbol], known: dict[str, int]) -> int | None:
    inner = [known.get(symbol.name) for symbol in choice if isinstance(symbol, NonTerminal)]
    return None if None in inner else max((d for d in inner if d is not None), default=0)


@st.composite
def words(draw: st.DrawFn, start: str = "clause", left: int = DEEPEST) -> list[str]:
    """The words of one sentence."""
    known = depths()
    choices = [c for c in expansions()[start] if (depth_of(c, known) or 0) < left]
    choice = draw(st.sampled_from(choices or [min(expansions()[start], key=lambda c: depth_of(c, known) or 0)]))
    made: list[str] = []
    for symbol in choice:
        if isinstance(symbol, NonTerminal):
            made += draw(words(symbol.name, left - 1))
        else:
            made.append(draw(st.sampled_from(SAMPLES.get(symbol.name) or tables().spellings[symbol.name])))
    return made


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A file of a few clauses. A name right after another gets an article, without which they were one."""
    text = draw(st.sampled_from(("", "-- first\n", "\ufeff")))
    for _ in range(draw(st.integers(1, 3))):
        before = ""
        for word in draw(words()):
            article = "the " if word[0].isupper() and (before[:1].isupper() or draw(st.booleans())) else ""
            text += article + word + draw(st.sampled_from(GAPS))
            before = word
        text += "\n"
    return text
