"""As written, to text again: one way to set a contract.

The words are the author's own, each in its one spelling; the tree says where clauses, parts and rows begin. So what was
read is read again, articles and comments stay, and formatting twice is formatting once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from outcomelang.diagnostic import Diagnostic
from outcomelang.source import Source
from outcomelang.surface import ast
from outcomelang.surface.from_text import parse, written
from outcomelang.surface.to_text.lines import WIDTH, Line, Setting
from outcomelang.surface.to_text.places import places
from outcomelang.surface.to_text.words import Note, Words, words_of

_FAR, _NEAR = 5, 2
_FIRST_LINE_END = re.compile("\r\n|\n|\r")


class Altered(Exception):
    """The formatted text would not be read as the same: a fault of the formatter, so nothing is written."""


def formatted(source: Source) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The text as it is set, or None and what is wrong with it. Line ends stay of the kind that comes first."""
    file, said = parse(source)
    if said:
        return None, said
    text = _set(file, words_of(written(source)))
    again, wrong = parse(Source(source.path, text))
    if wrong or again != file:
        raise Altered("the formatted text would mean something else")
    end = _FIRST_LINE_END.search(source.text)
    return (text if end is None or end[0] == "\n" else text.replace("\n", end[0])), ()


def _set(file: ast.File, words: Words) -> str:
    """All clauses with the comments between them, then the comments at the ends of lines in their columns."""
    lines: list[Line] = []
    begins = [words.at(clause.span) for clause in file.clauses]
    for clause, first, stop in zip(file.clauses, begins, [*begins[1:], len(words.words)], strict=True):
        _between(words.notes[first], lines)
        setting = Setting(words, first, stop, places(clause, words)).set()
        setting[0].blank_before = words.blank[first] or _wants_room(clause, words.notes[first])
        lines += setting
    _between(words.notes[len(words.words)], lines)
    return "".join(_text(lines))


def _wants_room(clause: ast.Clause, notes: Sequence[Note]) -> bool:
    """An example stands apart, unless what is said about it stands before it."""
    return isinstance(clause, ast.Example) and not any(not note.trailing for note in notes)


def _between(notes: Sequence[Note], lines: list[Line]) -> None:
    """Comments between two clauses: at the margin, unless they go on with the clause before them, indented."""
    indent = lines[-1].indent if lines else 0
    for note in notes:
        if note.trailing:
            lines[-1].comment = note.text
            continue
        indent = 0 if note.blank_before or not note.indent else indent
        lines.append(Line(indent, note.text, "", note.blank_before))


def _text(lines: Sequence[Line]) -> Iterator[str]:
    """Lines with their comments, those of neighbours in one column."""
    at = 0
    while at < len(lines):
        run = [lines[at]]
        while run[-1].comment and at + len(run) < len(lines):
            following = lines[at + len(run)]
            if not following.comment or following.blank_before:
                break
            run.append(following)
        widest = max(line.width for line in run)
        fits = all(widest + _FAR + len(line.comment) <= WIDTH for line in run)
        for number, line in enumerate(run, at):
            blank = "\n" if line.blank_before and number else ""
            comment = " " * (widest - line.width + (_FAR if fits else _NEAR)) + line.comment if line.comment else ""
            yield f"{blank}{' ' * line.indent}{line.text}{comment}\n"
        at += len(run)
