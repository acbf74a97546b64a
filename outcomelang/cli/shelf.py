"""The standard library as somebody meets it who looks for a definition: what each file offers, with which blanks."""

from __future__ import annotations

from attrs import frozen

from outcomelang.core.from_surface.fillings import kind, shown
from outcomelang.core.from_surface.library_text import Library
from outcomelang.core.scope import Sort
from outcomelang.resources import stdlib_names, stdlib_text
from outcomelang.source import Source
from outcomelang.surface import ast
from outcomelang.surface.from_text import parse


@frozen
class Blank:
    name: str
    kind: str
    sample: str
    meaning: str


@frozen
class Definition:
    """`about` is the comment above the clause, `text` the clause itself, `blanks` those that stand in it."""

    name: str
    sort: Sort
    about: str
    text: str
    blanks: tuple[str, ...]


@frozen
class Shelf:
    """One file of the standard library."""

    name: str
    title: str
    purpose: str
    blanks: tuple[Blank, ...]
    definitions: tuple[Definition, ...]
    needs: tuple[str, ...]
    """What a contract declares itself: people and parties."""


def shelves() -> tuple[Shelf, ...]:
    """Every file of the standard library, by name."""
    return tuple(_shelf(name, library(name)) for name in stdlib_names())


def library(name: str) -> Library:
    """A file of the standard library with its samples in its blanks."""
    source = Source(f"stdlib/{name}.outcome", stdlib_text(name))
    return Library(source, parse(source)[0], {})


def _shelf(name: str, found: Library) -> Shelf:
    heads = [clause for clause in found.file.clauses if isinstance(clause, ast.Header)]
    purposes = [clause.text.value for clause in found.file.clauses if isinstance(clause, ast.Purpose)]
    sorts = {each: found.scope.symbols[each].sort for each in found.clauses}
    return Shelf(
        name,
        heads[0].title.value,
        purposes[0] if purposes else "",
        tuple(
            Blank(blank.name.text, kind(blank.sample), shown(blank.sample), blank.meaning.value)
            for blank in found.blanks.values()
        ),
        tuple(_definition(found, each) for each in found.offered if sorts[each] not in (Sort.PAYMENT, Sort.EVENT)),
        tuple(each for each in found.clauses if each not in found.offered),
    )


def _definition(found: Library, name: str) -> Definition:
    clause, sort = found.clauses[name], found.scope.symbols[name].sort
    blanks = tuple(dict.fromkeys(found.blanks_in(name)))
    return Definition(name, sort, about(found.source, clause), text_of(found.source, clause), blanks)


def text_of(source: Source, clause: ast.Clause) -> str:
    """The lines of a clause."""
    return "\n".join(source.text.splitlines()[clause.span.line - 1 : clause.span.end_line])


def about(source: Source, clause: ast.Clause) -> str:
    """The comment that stands right above a clause."""
    lines = source.text.splitlines()[: clause.span.line - 1]
    words: list[str] = []
    while lines and lines[-1].startswith("-- "):
        words.insert(0, lines.pop().removeprefix("-- "))
    return " ".join(words)
