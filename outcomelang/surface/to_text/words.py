"""The words of a file ready to be set in lines: marks joined to their words, comments in the gaps between them.

The tree holds no articles, no commas and no comments, so the formatter sets the author's own words; the tree tells it
where clauses, parts and rows begin.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from attrs import define, field, frozen

from outcomelang.source import Span
from outcomelang.surface.lexer import Written
from outcomelang.surface.to_text.spelling import spelt

LETTERS = ("ALPHA", "ROMAN")
MARKS = {"COMMA": ",", "SEMICOLON": ";", "COLON": ":", "RPAR": ")"}


@define(eq=False)
class Word:
    """`opens` stands before it without a blank (`(`) or with one (`the `), `closes` right after it.

    `start` is where the tree says it begins, `sits` where it is set: of `and (b)` the letter, as `and` ends the line
    before it.
    """

    kind: str
    text: str
    start: int
    sits: int
    end: int
    opens: str = ""
    closes: str = ""

    @property
    def shown(self) -> str:
        return f"{self.opens}{self.text}{self.closes}"


@frozen
class Note:
    """A comment: on the line of the word before it, or on its own (`indent` blanks in), after an empty line or not."""

    text: str
    trailing: bool
    blank_before: bool
    indent: int


@frozen(eq=False)
class Words:
    """`notes[n]` stand before word `n`, those after the last word at the end; `blank[n]`: an empty line before it."""

    words: list[Word]
    notes: list[list[Note]]
    blank: list[bool]
    written: Written
    starts: list[int] = field(init=False)

    @starts.default
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    def offset(self, span: Span) -> int:
        """Where a node begins."""
        return self.written.line_starts[span.line - 1] + span.column - 1

    def at(self, span: Span) -> int:
        """The number of the first word of a node."""
        return bisect_right(self.starts, self.offset(span)) - 1

    def last(self, span: Span) -> int:
        """The number of the last word of a node."""
        end = self.written.line_starts[span.end_line - 1] + span.end_column - 1
        return bisect_left(self.starts, end) - 1

    def line(self, number: int) -> int:
        """The author's line of a word, from 0."""
        return bisect_right(self.written.line_starts, self.words[number].sits) - 1

    def indent(self, number: int) -> int:
        """By how many blanks the author indented the line of a word."""
        start = self.written.line_starts[self.line(number)]
        return _indent(self.written, self.words[number].end, start)


def words_of(written: Written) -> Words:
    words: list[Word] = []
    opens, start, end = "", 0, 0
    for number, token in enumerate(written.tokens):
        article = _article(written, end, token.start)
        end = token.end
        if token.kind in MARKS and words:
            words[-1].closes += MARKS[token.kind]
            words[-1].end = words[-1].end if token.kind != "RPAR" else token.end
        elif token.kind == "LPAR":
            start = start if opens else token.start
            opens += f"{article}("
        else:
            start = start if opens else token.start
            sits = token.end - len(token.text.split()[-1]) if token.kind in LETTERS else start
            words.append(Word(token.kind, spelt(written.tokens, number), start, sits, token.end, opens + article))
            opens = ""
    gaps = list(_gaps(written, words))
    return Words(words, [notes for notes, _ in gaps], [blank for _, blank in gaps], written)


def _article(written: Written, start: int, end: int) -> str:
    """The article between two tokens; of several the last."""
    gap = written.text[start:end]
    for at in reversed(_comments_in(written, start, end)):
        comment = written.comments[at]
        gap = gap[: comment.start - start] + " " + gap[comment.end - start :]
    found = gap.replace("\ufeff", " ").replace("\u200b", " ").split()
    return f"{found[-1]} " if found else ""


def _comments_in(written: Written, start: int, end: int) -> range:
    """The numbers of the comments that begin between two places."""
    first, stop = (bisect_left(written.comments, at, key=lambda each: each.start) for at in (start, end))
    return range(first, stop)


def _gaps(written: Written, words: list[Word]) -> Iterator[tuple[list[Note], bool]]:
    """For each word and for the end of the file: the comments before it, and whether an empty line is."""
    for number in range(len(words) + 1):
        start = words[number - 1].sits if number else 0
        end = words[number].sits if number < len(words) else len(written.text)
        notes: list[Note] = []
        before = words[number - 1].end if number else 0
        for at in _comments_in(written, start, end):
            comment = written.comments[at]
            lines = _lines(written, before, comment.start)
            indent = _indent(written, comment.start)
            trailing = number > 0 and not notes and lines == 0
            notes.append(Note(comment.text.rstrip(), trailing, lines > 1, indent))
            before = max(before, comment.end)
        yield notes, _lines(written, before, end) > 1


def _lines(written: Written, start: int, end: int) -> int:
    """How many lines end between two places."""
    return max(bisect_right(written.line_starts, end) - bisect_right(written.line_starts, start), 0)


def _indent(written: Written, at: int, start: int | None = None) -> int:
    """How far the line of a place is indented; a tab stands for four."""
    start = written.line_starts[bisect_right(written.line_starts, at) - 1] if start is None else start
    lead = written.text[start:at].replace("\ufeff", "").replace("\u200b", "").expandtabs(4)
    return len(lead) - len(lead.lstrip())
