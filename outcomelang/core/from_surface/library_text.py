"""A library as it is written: what it names, and its blanks.

A library is a file of definitions with blanks in square brackets. With its samples in the blanks it is a contract like
any other, and that is how its own examples are computed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from attrs import frozen

from outcomelang.core.from_surface.declare import UNITS, declared
from outcomelang.core.from_surface.renaming import terms
from outcomelang.core.scope import Scope, Sort, spelling
from outcomelang.source import Source, Span
from outcomelang.surface import ast

_BLANK = re.compile(r"\[([^\[\]\r\n]+)\]")
_COMMENT = re.compile(r"--[^\r\n]*")


@frozen(slots=False)
class Library:
    """A library with something in its blanks; `taken_by` says where it takes a thing from another library itself."""

    source: Source
    file: ast.File
    taken_by: dict[str, tuple[Span, ...]]

    @cached_property
    def scope(self) -> Scope:
        """What the library names."""
        scope = Scope()
        for clause in self.file.clauses:
            found = declared(clause)
            if found is not None:
                name, sort = found
                scope.declare(name.text, name.other if isinstance(name, ast.Name) else None, sort, name.span)
            if isinstance(clause, ast.Event):
                for each in clause.attributes:
                    scope.declare_attribute(
                        spelling(clause.name.text), each.name.text, UNITS[each.kind], each.name.span
                    )
        return scope

    @cached_property
    def clauses(self) -> dict[str, ast.Clause]:
        """Its clauses by the names that they declare."""
        found: dict[str, ast.Clause] = {}
        for clause in self.file.clauses:
            name = declared(clause)
            if name is not None and spelling(name[0].text) in self.scope.symbols:
                found.setdefault(spelling(name[0].text), clause)
        return found

    @cached_property
    def blanks(self) -> dict[str, ast.Blank]:
        return {spelling(clause.name.text): clause for clause in self.file.clauses if isinstance(clause, ast.Blank)}

    def blanks_in(self, name: str) -> Iterator[str]:
        """The blanks on which a thing of the library rests: those in its clause and in what says what is taken."""
        own = self.clauses[name].span
        for span in self.taken_by.get(name, (own,)):
            lines = self.source.text.splitlines()[span.line - 1 : span.end_line]
            text = "\n".join(_COMMENT.sub("", line) for line in lines)
            yield from (blank for found in _BLANK.finditer(text) if (blank := spelling(found[1])) in self.blanks)

    def rests_on(self, name: str) -> Iterator[str]:
        """The names of the library that stand in the clause of one of them."""
        for term in terms(self.clauses[name]):
            symbol = self.scope.find(term.text)
            if symbol is not None and symbol.name != name:
                yield symbol.name

    def only(self, names: tuple[str, ...]) -> Source:
        """The text with the lines of these clauses alone, so that no more is read again than what is taken."""
        if self.taken_by:
            return self.source
        spans = [self.clauses[name].span for name in names]
        kept = {line for span in spans for line in range(span.line, span.end_line + 1)}
        lines = self.source.text.splitlines()
        return Source(self.source.path, "\n".join(line if n in kept else "" for n, line in enumerate(lines, 1)))

    def is_filled(self, span: Span) -> bool:
        """Whether a blank stands here in the text of the library."""
        return span.path == self.source.path and self.source.line(span.line)[span.column - 1 : span.column] == "["

    @cached_property
    def offered(self) -> tuple[str, ...]:
        """What a contract can use: everything but the people and parties that it must name itself."""
        return tuple(name for name in self.clauses if self.scope.symbols[name].sort not in OWN)


OWN = frozenset({Sort.PARTY, Sort.JOINT, Sort.POPULATION, Sort.COMPARISON, Sort.MEMBER, Sort.UNREAD})
"""What a contract never takes from a library."""

HIDDEN = frozenset({Sort.MEASURE, Sort.TABLE, Sort.OUTCOME})
"""What a definition reckons with: it comes along under a name that no author can write."""
