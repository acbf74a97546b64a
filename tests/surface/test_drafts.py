"""Fifty-five contracts of real schemes: each is read without a word of complaint, in whatever layout."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lark import Lark
from lark.lexer import Lexer as LarkLexer
from lark.lexer import Token as LarkToken

from outcomelang.resources import grammar_text
from outcomelang.source import Source
from outcomelang.surface import ast
from outcomelang.surface.building import Builder
from outcomelang.surface.cutting import cut
from outcomelang.surface.from_text import parse
from outcomelang.surface.lalr import run
from outcomelang.surface.lexer import Lexer
from outcomelang.surface.tables import build, read, tables

DRAFTS = sorted(path for path in (Path(__file__).parent / "drafts").iterdir() if path.stem != "broken")
IDS = [path.name for path in DRAFTS]


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def read_whole(text: str) -> ast.File:
    file, diagnostics = parse(Source("x", text))
    assert diagnostics == ()
    return file


@pytest.mark.parametrize("path", DRAFTS, ids=IDS)
def test_a_draft_is_read(path: Path) -> None:
    file = read_whole(text_of(path))
    assert len(file.clauses) >= 2
    assert file.unread == ()


def outside_texts(text: str, change: dict[str, str]) -> str:
    """The text with its white space changed, but not within quotation marks, nor at comments (which are taken out)."""
    kept = re.sub(r'("[^"\n]*")|--[^\n]*', lambda found: found[1] or "", text)
    parts = re.split(r'("[^"\n]*")', kept)
    return "".join(part if at % 2 else re.sub(r"\s+", change["blank"], part) for at, part in enumerate(parts))


LAYOUTS = {
    "windows line ends": lambda text: text.replace("\n", "\r\n"),
    "old line ends": lambda text: text.replace("\n", "\r"),
    "tabs": lambda text: re.sub(r"^ +", "\t", text, flags=re.MULTILINE),
    "byte-order mark": lambda text: "\ufeff" + text,
    "no last newline": lambda text: text.rstrip(),
    "one line": lambda text: outside_texts(text, {"blank": " "}),
    "one word a line": lambda text: outside_texts(text, {"blank": "\n"}),
    "hard blanks": lambda text: outside_texts(text, {"blank": "\xa0"}),
    "curly quotes": lambda text: re.sub(r'"([^"\n]*)"', r"“\1”", text),
    "indented": lambda text: re.sub(r"^", "      ", text, flags=re.MULTILINE),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout_never_changes_the_tree(layout: str) -> None:
    for path in DRAFTS:
        text = text_of(path)
        assert read_whole(LAYOUTS[layout](text)) == read_whole(text), path.name


def test_a_file_reads_alike_whole_and_clause_by_clause() -> None:
    whole = read(build(grammar_text(), start="file"))
    lexer = Lexer(whole)
    for path in DRAFTS:
        tokens = lexer.lex(Source(path.name, text_of(path))).tokens
        clauses = run(whole, tokens, [_tagged(rule.name) for rule in whole.rules], lambda token: token)
        one = tables()
        pieces = cut(lexer.lex(Source(path.name, text_of(path))), one)
        alone = [run(one, piece, [_tagged(rule.name) for rule in one.rules], lambda token: token) for piece in pieces]
        assert clauses == ("file", alone), path.name


def _tagged(name: str):  # type: ignore[no-untyped-def]
    return lambda first, last, children: (name, children)


class Replayed(LarkLexer):
    """Our tokens, handed to Lark's own parser."""

    def __init__(self, conf: object) -> None:
        pass

    def lex(self, tokens):  # type: ignore[no-untyped-def]
        yield from tokens


def test_our_machine_and_larks_own_build_the_same_tree() -> None:
    theirs = Lark(grammar_text(), parser="lalr", lexer=Replayed, start=["clause"], strict=True, maybe_placeholders=True)
    made = tables()
    lexer = Lexer(made)
    for path in DRAFTS:
        for piece in cut(lexer.lex(Source(path.name, text_of(path))), made):
            ours = run(made, piece, [_tagged(rule.name) for rule in made.rules], lambda token: token.text)
            tree = theirs.parse([LarkToken(token.kind, token.text) for token in piece])  # type: ignore[arg-type]
            assert ours == _plain(tree), path.name


def _plain(tree):  # type: ignore[no-untyped-def]
    if tree is None or isinstance(tree, str):
        return tree if tree is None else str(tree)
    return (str(tree.data), [_plain(child) for child in tree.children])


def test_the_builder_has_a_method_for_each_rule_and_no_other() -> None:
    named = {rule.name for rule in tables().rules if rule.name and not (rule.passes and _single(rule.parts))}
    leaves = {kind.lower() + "_leaf" for kind in ["TERM", "TEXT", "DATE", "MONEY", "PERCENT", "FRACTION", "NUMBER"]}
    methods = {name for name in dir(Builder) if not name.startswith("_")} - {"whole"}
    assert methods == named | leaves


def _single(parts: list[object]) -> bool:
    return len(parts) == 1 and isinstance(parts[0], int)
