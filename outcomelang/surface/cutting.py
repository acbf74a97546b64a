"""Where clauses begin, told from the words alone: lines and indentation never matter to a text that is well formed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from outcomelang.surface.lexer import BAD_CHARACTER, BAD_TEXT, Lexed, Token
from outcomelang.surface.said_otherwise import SAID_OTHERWISE
from outcomelang.surface.tables import Tables

_GOES_ON = """
_IS EACH EVERY INSERT _JOINS_AS OF BY ON TO WITH WITHOUT WITHIN FOR FROM AFTER BEFORE AND OR AS WHEN AMONG PER BETWEEN
_PAYS _REPAYS COLON COMMA LPAR _IN_EACH _AT_LEAST _AT_MOST
"""
_UNFINISHED = frozenset(_GOES_ON.split())
"""After these a sentence goes on: a clause's first word on the same line is a slip inside it, not the next clause."""

_MOST_GUESSES = 500
"""Different words that are compared with those of the language; a file with more unknown ones is hardly a contract."""

_MARKS = frozenset("‘’‚«»`'‹›")

_LINES = re.compile(r"(?:^|[\r\n]\s*)(\S+)")
_LOOK_BACK = 6


def cut(lexed: Lexed, made: Tables) -> list[Sequence[Token]]:
    """The tokens of each clause. What stands before the first clause is a piece of its own."""
    tokens, starts = lexed.tokens, frozenset(made.expected(0))
    if not tokens:
        return []
    places, guesses = [0], dict[str, bool]()
    open_texts = _lines_of_open_texts(lexed)
    for at in range(1, len(tokens)):
        token = tokens[at]
        if token.kind in starts:
            inside = _part_of_a_line(lexed, at, open_texts) or _inside(tokens, at)
            if not inside and (tokens[at - 1].kind not in _UNFINISHED or lexed.begins_line(at)):
                places.append(at)
        elif token.kind == BAD_CHARACTER and lexed.at_margin(token) and tokens[at + 1 : at + 2]:
            if tokens[at + 1].kind in starts and not lexed.begins_line(at + 1):
                places.append(at)  # a bullet belongs to the clause after it
        elif token.kind == "WORD" and lexed.begins_line(at) and _starts(token.text, guesses, made):
            places.append(at)
    return [tokens[start:end] for start, end in zip(places, [*places[1:], len(tokens)], strict=True)]


def _part_of_a_line(lexed: Lexed, at: int, open_texts: frozenset[int]) -> bool:
    """Whether a clause's first word stands in a text that lacks a mark, or is written twice."""
    token = lexed.tokens[at]
    if lexed.begins_line(at):
        return False
    if lexed.tokens[at - 1].text == token.text or (token.kind == "OUTCOME" and lexed.article_before(token)):
        return True
    return bool(open_texts) and lexed.span(token.start, token.end).line in open_texts


def _lines_of_open_texts(lexed: Lexed) -> frozenset[int]:
    """Lines with a quotation mark that opens nothing, or one of another kind: words on them may belong to a text."""
    ends = [
        token
        for token in lexed.tokens
        if (token.kind == BAD_TEXT and len(token.text) == 1) or (token.kind == BAD_CHARACTER and token.text in _MARKS)
    ]
    return frozenset(lexed.span(token.start, token.end).line for token in ends)


def _starts(word: str, guesses: dict[str, bool], made: Tables) -> bool:
    """Whether an unknown word that begins a line begins a clause; past the most guesses each is held to do so."""
    if word not in guesses and len(guesses) < _MOST_GUESSES:
        guesses[word] = misspelt_start(word, made) is not None
    return guesses.get(word, True)


def _inside(tokens: list[Token], at: int) -> bool:
    """The five places where a clause's first word stands inside another clause."""
    kind, before = tokens[at].kind, tokens[at - 1].kind
    after = tokens[at + 1].kind if at + 1 < len(tokens) else ""
    return (
        before == "INSERT"  # insert payment …
        or before == "_JOINS_AS"  # joins commissioner …
        or (kind == "OUTCOME" and before in ("_IS", "EACH"))  # is an outcome; for each outcome in
        or (kind == "LIMIT" and after == "ON" and before in ("CHANGE", "DELETE"))  # change the limit on …
        or (kind == "_GUARANTEES" and after == "NUMBER")  # A and B guarantee 78 …
    )


def misspelt_start(word: str, made: Tables) -> str | None:
    """The clause's first word that a word is a slip of, where no other word of the language is closer."""
    from difflib import get_close_matches  # seldom needed, and slow to import

    if len(word) > 20:
        return None
    starts = first_words(made)
    words = [phrase for spelt in made.spellings.values() for phrase in spelt if phrase.isalpha()]
    turned = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)} & set(words)
    close = SAID_OTHERWISE.get(word) or sorted(turned) or get_close_matches(word, words, n=1, cutoff=0.75)
    return close[0] if close and close[0] in starts else None


def first_words(made: Tables) -> dict[str, str]:
    """The terminal of each word that begins a clause."""
    return {spelt: kind for kind in made.expected(0) for spelt in made.spellings.get(kind, ())}


def at_capitals(
    piece: Sequence[Token], stuck_at: int, lexed: Lexed, made: Tables
) -> Iterator[tuple[list[Token], list[Token]]]:
    """Where a line just before the slip begins with a clause's first word that has a capital (`Payment G: …`), so that
    it ran on as a name: what stands before it, and the clause as it was meant.
    """
    starts = first_words(made)
    for at in range(min(stuck_at, len(piece) - 1), max(stuck_at - _LOOK_BACK, -1), -1):
        token = piece[at]
        for line in _LINES.finditer(token.text) if token.kind == "TERM" else ():
            word, begins = line[1].lower(), token.start + line.start(1)
            if word in starts and (line.start(1) or lexed.is_line_start(begins)):
                before = [*piece[:at], *_name(token, 0, line.start())]
                meant = [Token(starts[word], word, begins, begins + len(word)), *_name(token, line.end())]
                if word == "currency" and len(meant) > 1 and meant[1].text.split()[0] in made.spellings["CURRENCY"]:
                    code = meant.pop()
                    meant += [Token("CURRENCY", code.text[:3], code.start, code.start + 3), *_name(code, 3)]
                meant += piece[at + 1 :]
                if len(meant) == 1:
                    continue
                yield before, meant


def clauses_in(piece: Sequence[Token], lexed: Lexed, made: Tables) -> int:
    """How many clauses a piece was meant to be, counting those that begin with a capital and so ran on as a name."""
    starts = first_words(made)
    capitals = [
        at
        for at, token in enumerate(piece)
        for line in (_LINES.finditer(token.text) if token.kind == "TERM" else ())
        if line[1].lower() in starts and (line.start(1) or lexed.is_line_start(token.start))
    ]
    return len(capitals) + (not capitals or capitals[0] > 0)


def _name(token: Token, start: int, end: int | None = None) -> list[Token]:
    """A part of a name, none where it is blank."""
    text = token.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    return [Token("TERM", text, token.start + start, token.start + start + len(text))] if text else []
