"""A library as it is written: what it names, its blanks, and which text stands between which quotes.

A library is a file of definitions with blanks in square brackets. With its samples in the blanks it is a contract like
any other, and that is how its own examples are computed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cached_property
from typing import assert_never

from attrs import frozen

from outcomelang.core.from_surface.declare import UNITS, declared
from outcomelang.core.scope import Scope, Sort, spelling
from outcomelang.source import Source, Span
from outcomelang.surface import ast
from outcomelang.tree import Tree, evolve

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

    @cached_property
    def offered(self) -> tuple[str, ...]:
        """What a contract can use: everything but the people and parties that it must name itself."""
        return tuple(name for name in self.clauses if self.scope.symbols[name].sort not in OWN)


OWN = frozenset({Sort.PARTY, Sort.JOINT, Sort.POPULATION, Sort.COMPARISON, Sort.MEMBER, Sort.UNREAD})
"""What a contract never takes from a library."""

HIDDEN = frozenset({Sort.MEASURE, Sort.TABLE, Sort.OUTCOME})
"""What a definition reckons with: it comes along under a name that no author can write."""


# ---------------------------------------------------------------- terms


def terms(node: object) -> Iterator[ast.Term]:
    """Every name that stands in a part of the tree."""
    if isinstance(node, ast.Term):
        yield node
    elif isinstance(node, Tree):
        for name in node.__match_args__:
            yield from terms(getattr(node, name))
    elif isinstance(node, tuple):
        for each in node:
            yield from terms(each)


def renamed(node: object, change: Callable[[ast.Term | ast.Name], ast.Term | ast.Name]) -> object:
    """The same part of the tree with other names."""
    if isinstance(node, ast.Term | ast.Name):
        return change(node)
    if isinstance(node, tuple):
        return tuple(renamed(each, change) for each in node)
    if isinstance(node, Tree):
        parts = {name: getattr(node, name) for name in node.__match_args__}
        new = {name: renamed(part, change) for name, part in parts.items()}
        return evolve(node, **new) if any(new[name] is not part for name, part in parts.items()) else node
    return node


# ---------------------------------------------------------------- what stands in a blank


def kind(filling: ast.Filling) -> str:
    """What sort of thing is given, in the words of a finding."""
    match filling:
        case ast.Term():
            return "a name"
        case ast.Money():
            return "an amount of money"
        case ast.Percent():
            return "a percentage"
        case ast.Points():
            return "a number of percentage points"
        case ast.Number():
            return "a number"
        case ast.Duration():
            return "a length of time"
        case ast.Date():
            return "a date"
        case ast.Text():
            return "a text in quotation marks"
        case ast.Ladder():
            return "a row of steps"
        case _:
            assert_never(filling)


def written(filling: ast.Stated) -> str:
    """What is given as text that reads back the same."""
    match filling:
        case ast.Money():
            sign = "-" if filling.amount < 0 else ""
            return f"{sign}{filling.currency} {_decimal(abs(filling.amount))}"
        case ast.Percent():
            return f"{_decimal(filling.value * 100)}%"
        case ast.Points():
            return f"{_decimal(filling.value * 100)} percentage points"
        case ast.Number():
            return _decimal(filling.value)
        case ast.Duration():
            return f"{_decimal(filling.count)} {'working ' if filling.working else ''}{filling.unit}s"
        case ast.Date():
            return filling.day.isoformat()
        case ast.Text():
            return f"“{filling.value}”" if '"' in filling.value else f'"{filling.value}"'
        case ast.Ladder():
            return _ladder(filling)
        case _:
            assert_never(filling)


def _ladder(ladder: ast.Ladder) -> str:
    steps = [written(rung) for rung in ladder.rungs]
    if isinstance(ladder.rungs[0], ast.Duration):
        steps = [*(step.partition(" ")[0] for step in steps[:-1]), steps[-1]]
    return f"{', '.join(steps[:-1])} and {steps[-1]}"


def _decimal(value: Fraction) -> str:
    """A number of the author's, whose decimals always end."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    digits = str(abs(int(value * 10**places))).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)
