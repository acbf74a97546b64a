"""Text to tokens, by hand and in one sweep: what Lark's own lexers cannot do for prose.

The keywords and the patterns of names and literals are the grammar's. What the author may have got wrong (an unclosed
text, `£12,00`, `06/01/2011`, an unknown word) becomes a token of its own kind, so that the message can say what it is.
The lexer never fails, and it reads every character a bounded number of times.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from itertools import zip_longest
from typing import NamedTuple

from attrs import frozen

from outcomelang.source import Source, Span
from outcomelang.surface.tables import END, Tables

BAD_TEXT, BAD_NUMBER, BAD_DATE, BAD_CHARACTER = "BAD_TEXT", "BAD_NUMBER", "BAD_DATE", "BAD_CHARACTER"
BLANK = "BLANK_LEFT_OPEN"
BAD = frozenset({BAD_TEXT, BAD_NUMBER, BAD_DATE, BAD_CHARACTER, BLANK})
_YEAR = "January February March April May June July August September October November December"
MONTHS = _YEAR.split()

INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
"""Characters that take no room: a class for patterns."""

_LONGEST_NUMBER = 40
_POINT_FOR_THOUSANDS = re.compile(r"(?:[^\d\s]|[A-Z]{3}\s?)-?[1-9]\d{0,2}\.\d{3}").fullmatch
_LETTERS = "A-Za-zÀ-ÖØ-öø-ÿ"
_LOWER = rf"[a-zß-öø-ÿ][{_LETTERS}0-9]*(?:[-'’][{_LETTERS}0-9]+)*"
_ITEM = r"\((?:[a-h]|i|ii|iii|iv|v|vi|vii|viii|ix|x)\)"
_MARKS = {":": "COLON", ",": "COMMA", ";": "SEMICOLON", "(": "LPAR", ")": "RPAR"}
_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_RUNS_ON = re.compile(r"[\w%£$€]|[.,/:-]\d")
_REST_OF_NUMBER = re.compile(r"\w*(?:[.,/:-]\w+|[%£$€]\w*)*")
_MONTH_STARTS = frozenset(month[:3].lower() for month in MONTHS)
_ANY_MONTH = "(?:" + "|".join(_MONTH_STARTS) + r")[a-z]*\.?"
_ODD_DATE = re.compile(
    r"\d{1,4}[/.]\d{1,2}[/.]\d{1,4}(?!\w)|\d{1,2}-\d{1,2}-\d{2,4}(?!\w)"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_ANY_MONTH},?\s+\d{{2,4}}(?!\w)"
    rf"|{_ANY_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}(?!\w)",
    re.IGNORECASE,
)


_ARTICLE = re.compile(r"\b(?:the|an|a)\s+$")


class Token(NamedTuple):
    """A word, name, literal or mark: `text` as written, `start` and `end` as offsets in the source."""

    kind: str
    text: str
    start: int
    end: int


class Comment(NamedTuple):
    """`-- …` to the end of its line, kept for the formatter."""

    text: str
    start: int
    end: int


@frozen(eq=False)
class Lexed:
    """The tokens that the grammar sees (articles and punctuation for the reader are gone), comments, line starts."""

    source: Source
    tokens: list[Token]
    comments: list[Comment]
    line_starts: list[int]
    via: Span | None = None

    def span(self, start: int, end: int) -> Span:
        """Lines and columns of a stretch of offsets."""
        starts = self.line_starts
        first, last = bisect_right(starts, start), bisect_right(starts, end)
        columns = start - starts[first - 1] + 1, end - starts[last - 1] + 1
        return Span(self.source.path, first, columns[0], last, columns[1], self.via)

    @cached_property
    def names(self) -> dict[str, str]:
        """The file's names (not more than 2,000) by their plain lower-case form, to guess what was meant."""
        found: dict[str, str] = {}
        for token in self.tokens:
            if token.kind == "TERM" and len(found) < 2000 and len(token.text) < 80:
                name = " ".join(token.text.split())
                found.setdefault(name.lower().replace("-", " "), name)
        return found

    @cached_property
    def _uses(self) -> Counter[str]:
        return Counter(" ".join(token.text.split()) for token in self.tokens if token.kind == "TERM")

    def uses(self, name: str) -> int:
        """How often a name stands in the file by itself."""
        return self._uses[name]

    def between(self, before: Token, after: Token) -> str:
        """What the grammar does not see between two tokens: articles, comments."""
        return self.source.text[before.end : after.start].strip()

    def article_before(self, token: Token) -> str:
        """`the ` where it stands right before a token."""
        found = _ARTICLE.search(self.source.text, max(token.start - 8, 0), token.start)
        return found[0] if found else ""

    def words(self, span: Span) -> str:
        """What the author wrote in a stretch, on one line."""
        start, end = (
            self.line_starts[line - 1] + column - 1
            for line, column in ((span.line, span.column), (span.end_line, span.end_column))
        )
        return " ".join(self.source.text[start:end].split())

    def is_line_start(self, start: int) -> bool:
        """Whether only blanks stand before this offset on its line."""
        line = self.line_starts[bisect_right(self.line_starts, start) - 1]
        return not self.source.text[line:start].strip("\ufeff\u200b \t")

    def at_margin(self, token: Token) -> bool:
        """Whether a token is the first thing on its line, without an indent."""
        line = self.line_starts[bisect_right(self.line_starts, token.start) - 1]
        return not self.source.text[line : token.start].strip("\ufeff\u200b")

    def begins_line(self, at: int) -> bool:
        """Whether a token (by its number) stands on a later line than the one before it."""
        start = self.line_starts[bisect_right(self.line_starts, self.tokens[at].start) - 1]
        return at == 0 or self.tokens[at - 1].end <= start


class Written(NamedTuple):
    """A text as it is set: what the formatter works on."""

    text: str
    tokens: list[Token]
    comments: list[Comment]
    line_starts: list[int]


class Lexer:
    """The keywords and patterns of one grammar, ready to read any number of texts."""

    def __init__(self, tables: Tables) -> None:
        self._articles = frozenset(tables.spellings["ARTICLE"])
        self._currencies = frozenset(tables.spellings["CURRENCY"])
        keywords = {kind: words for kind, words in tables.spellings.items() if kind not in ("ARTICLE", "CURRENCY")}
        self.phrases = {word: kind for kind, words in keywords.items() for word in words if word[0].isalpha()}
        self._longest: dict[str, int] = {}
        for phrase in self.phrases:
            first, *others = phrase.split(" ")
            self._longest[first] = max(self._longest.get(first, 0), len(others) + 1)
        kinds = ("MONEY", "TERM", "DATE", "PERCENT", "FRACTION", "NUMBER", "TEXT")
        shapes = {"COMMENT": tables.patterns["COMMENT"], "LOWER": _LOWER} | {
            kind: tables.patterns[kind] for kind in kinds
        }
        self._blank = re.compile(tables.patterns["WS"]).match
        self._next = re.compile(
            "|".join(
                f"(?P<{k}>{p})"
                for k, p in (shapes | {BLANK: rf"\[{shapes['TERM']}\]", "ITEM": _ITEM, "MARK": "[:,;()]"}).items()
            )
        ).match
        self._code = re.compile(tables.patterns["CODE"]).fullmatch

    def lex(self, source: Source, fillings: Mapping[str, str] | None = None, via: Span | None = None) -> Lexed:
        """The tokens of a text. Never fails. A blank holds what `fillings` gives it by name, else its own sample."""
        comments: list[Comment] = []
        raw = self._scan(source.text, comments)
        if "[" in source.text:
            samples = {name: self._scan(words, []) for name, words in (fillings or {}).items()}
            raw = _filled(raw, _samples(raw) | samples)
        tokens = _in_context(_without_pauses(self._phrases(raw)))
        starts = [0, *(found.end() for found in _LINE_END.finditer(source.text))]
        return Lexed(source, tokens, comments, starts, via)

    def written(self, source: Source) -> Written:
        """Every word and mark as the author set them: blanks left open, commas kept, articles in the gaps."""
        comments: list[Comment] = []
        tokens = self._phrases(self._scan(source.text, comments))
        return Written(source.text, tokens, comments, [0, *(e.end() for e in _LINE_END.finditer(source.text))])

    def _scan(self, text: str, comments: list[Comment]) -> list[Token]:
        """Words, names, literals and marks one after the other; articles go here, so only outside texts and names."""
        raw: list[Token] = []
        at, before = 0, ""
        while True:
            blank = self._blank(text, at)
            at = blank.end() if blank else at
            if at >= len(text):
                return raw
            found = self._next(text, at)
            kind, word = (found.lastgroup, found[0]) if found else (None, "")
            if kind == "COMMENT":
                comments.append(Comment(word, at, at + len(word)))
                at += len(word)
            elif kind == "LOWER" and word in self._articles:
                at += len(word)
            else:
                token = self._token(text, kind, word, at, before)
                raw.append(token)
                at, before = token.end, token.text

    def _token(self, text: str, kind: str | None, word: str, at: int, before: str) -> Token:
        if kind == "MARK":
            return Token(_MARKS[word], word, at, at + 1)
        if kind is None:
            return _odd(text, at)
        if kind in ("TERM", "LOWER") and word[:3].lower() in _MONTH_STARTS:
            wrong = _ODD_DATE.match(text, at)
            if wrong:
                return Token(BAD_DATE, wrong[0], at, wrong.end())
        if kind == "TERM":
            return self._name(text, word, at, before)
        if kind in ("LOWER", "TEXT", "ITEM", BLANK):
            return Token(kind, word, at, at + len(word))
        if kind == "MONEY" and text[at].isalpha() and word[:3] not in self._currencies:
            return Token("TERM", word[:3], at, at + 3)
        return _literal(text, kind, at, at + len(word))

    def _name(self, text: str, name: str, at: int, before: str) -> Token:
        """A Defined Term. It stops before `ARS 42,116`; right after `currency` a known code is a currency."""
        if before == "currency" and name[:3] in self._currencies and not name[3:4].strip():
            return Token("CURRENCY", name[:3], at, at + 3)
        if name[-3:] in self._currencies and name[-4:-3].isspace():
            blank = self._blank(text, at + len(name))
            if blank and text[blank.end() : blank.end() + 1].isdigit():
                name = name[:-4].rstrip()
        return Token("TERM", name, at, at + len(name))

    def _phrases(self, raw: list[Token]) -> list[Token]:
        """Keywords, the longest phrase first; other words are CODE or WORD; enumerators take their `and`."""
        tokens: list[Token] = []
        at = 0
        while at < len(raw):
            token = raw[at]
            if token.kind == "LOWER":
                token, at = self._phrase(raw, at)
            elif token.kind == "ITEM":
                if tokens and tokens[-1].kind in ("AND", "OR"):
                    start = tokens.pop()
                    token = Token("ITEM", f"{start.text} {token.text}", start.start, token.end)
                token = token._replace(kind="ALPHA" if token.text[-2] in "abcdefgh" else "ROMAN")
            tokens.append(token)
            at += 1
        return tokens

    def _phrase(self, raw: list[Token], at: int) -> tuple[Token, int]:
        first = raw[at]
        for length in range(self._longest.get(first.text, 0), 0, -1):
            words = raw[at : at + length]
            phrase = " ".join(word.text for word in words if word.kind == "LOWER")
            if phrase in self.phrases and phrase.count(" ") == length - 1:
                return Token(self.phrases[phrase], phrase, first.start, words[-1].end), at + length - 1
        return first._replace(kind="CODE" if self._code(first.text) else "WORD"), at


def _samples(raw: list[Token]) -> dict[str, list[Token]]:
    """What each `blank NAME such as SAMPLE "…"` of a library shows as a sample."""
    found: dict[str, list[Token]] = {}
    for at, token in enumerate(raw):
        if token.text == "blank" and [one.text for one in raw[at + 2 : at + 4]] == ["such", "as"]:
            start = at + 4
            stop = next((n for n in range(start + 1, len(raw)) if raw[n].kind == "TEXT"), start)
            found.setdefault(" ".join(raw[at + 1].text.split()), raw[start:stop])
    return found


def _filled(raw: list[Token], fillings: Mapping[str, list[Token]]) -> list[Token]:
    """Each blank that something fills as the words that fill it, standing where the blank stands."""
    filled: list[Token] = []
    for token in raw:
        name = " ".join(token.text[1:-1].split()) if token.kind == BLANK else ""
        words = fillings.get(name, [])
        filled += [word._replace(start=token.start, end=token.end) for word in words] or [token]
    return filled


def read_date(words: str) -> date | None:
    """The day of `1 June 2011` or `2011-06-01`, None where the calendar has no such day."""
    try:
        if "-" in words:
            return date.fromisoformat(words)
        day, month, year = words.split()
        return date(int(year), MONTHS.index(month) + 1, int(day))
    except ValueError:
        return None


def _literal(text: str, kind: str, at: int, end: int) -> Token:
    """A date or number, unless it runs on (`£12,00`, `26weeks`), does not exist (`31 June`) or has too many digits."""
    if kind == "FRACTION" or (kind == "NUMBER" and end - at <= 2):
        wrong = _ODD_DATE.match(text, at)
        if wrong:
            return Token(BAD_DATE, wrong[0], at, wrong.end())
    if _RUNS_ON.match(text, end):
        rest = _REST_OF_NUMBER.match(text, end)
        end = rest.end() if rest else end
        odd = kind == "DATE" or _ODD_DATE.fullmatch(text, at, min(end, at + _LONGEST_NUMBER))
        return Token(BAD_DATE if odd else BAD_NUMBER, text[at:end], at, end)
    words = text[at:end]
    if kind == "DATE":
        return Token("DATE" if read_date(words) else BAD_DATE, words, at, end)
    thousands = kind == "MONEY" and _POINT_FOR_THOUSANDS(words) is not None
    too_long = len(words) > _LONGEST_NUMBER and sum(c.isdigit() for c in words) > _LONGEST_NUMBER
    by_zero = kind == "FRACTION" and not words.partition("/")[2].strip("0")
    return Token(BAD_NUMBER if too_long or by_zero or thousands else kind, words, at, end)


def _odd(text: str, at: int) -> Token:
    """A text that is not closed on its line, or a run of one character that has no meaning here."""
    if text[at] in '"“”„':
        stop = _LINE_END.search(text, at)
        words = text[at : stop.start() if stop else len(text)].rstrip()
        return Token(BAD_TEXT, words, at, at + len(words))
    end = at + 1
    while end < len(text) and text[end] == text[at]:
        end += 1
    return Token(BAD_CHARACTER, text[at:end], at, end)


def _without_pauses(tokens: list[Token]) -> list[Token]:
    """A comma or semicolon before a lower-case word or an enumerator is for the reader: that part has a keyword."""
    kept = []
    for token, following in zip_longest(tokens, tokens[1:]):
        pause = token.kind in ("COMMA", "SEMICOLON") and following is not None
        if not (pause and following and (following.text[0].islower() or following.kind in ("ALPHA", "ROMAN"))):
            kept.append(token)
    return kept


_UNITS = ("_DAY", "_WEEK", "_MONTH", "_YEAR")
"""`at most 3% each year` caps an index; `at most 3%, each once` asks how often."""


def _in_context(tokens: list[Token]) -> list[Token]:
    """One spelling, two meanings, told apart by what follows: the terminals that the grammar only declares."""
    kinds = [token.kind for token in tokens] + [END] * 3
    for at, token in enumerate(tokens):
        after, later = kinds[at + 1], kinds[at + 2]
        if token.kind == "IN" and after == "NUMBER" and later == "EQUAL":
            tokens[at] = token._replace(kind="_IN_INSTALMENTS")
        elif token.kind == "_AT_MOST" and after == "PERCENT" and later == "EACH" and kinds[at + 3] in _UNITS:
            tokens[at] = token._replace(kind="_CAPPED_AT")
        elif token.kind == "_JOINS" and after in ("COMMISSIONER", "PROVIDER", "ASSESSOR", "PARTY"):
            tokens[at] = token._replace(kind="_JOINS_AS")
        elif token.kind in ("_REACHES", "_IS") or (token.kind == "AS" and kinds[at - 1] == "SUCH"):
            last = _ladder(kinds, at + 2 if after == "FURTHER" else at + 1)
            if last:
                tokens[last] = tokens[last]._replace(kind="_LADDER_AND")
    return tokens


def _ladder(kinds: list[str], at: int) -> int | None:
    """The place of the `and` in a ladder that starts here: `3, 6, 12 and 18`, `£768 and £1,631`."""
    rung = kinds[at]
    if rung not in ("NUMBER", "MONEY"):
        return None
    while kinds[at + 1 : at + 3] == ["COMMA", rung]:
        at += 2
    return at + 1 if kinds[at + 1 : at + 3] == ["AND", rung] else None
