"""What a way out would write into the text, so that the contract can be read that way."""

from __future__ import annotations

from outcomelang.core.from_surface.context import Elaboration
from outcomelang.diagnostic import Edit
from outcomelang.source import Span
from outcomelang.surface import ast


def added(after: Span, words: str, joined_by: str = ", ") -> tuple[Edit, ...]:
    """Words behind what is written there."""
    end = Span(after.path, after.end_line, after.end_column, after.end_line, after.end_column)
    return (Edit(end, (joined_by + words,)),)


def before(what: Span, words: str) -> tuple[Edit, ...]:
    """Words in front of what is written there."""
    return (Edit(_start(what), (words + " ",)),)


def clause_more(near: Span, *parts: str | Span) -> tuple[Edit, ...]:
    """A clause more, at the head of the file in which something stands."""
    return (Edit(Span(near.path, 1, 1, 1, 1), (*parts, "\n")),)


def one_meets_both(e: Elaboration, written: ast.ListOf, member: str) -> tuple[Edit, ...]:
    """`for at least 1 Adult: all of: (i) …; and (ii) …` in place of a list that asks for some Adult twice."""
    both = _two_of_all(written)
    if both is None:
        return ()
    one, other = both
    parts = (f"for at least 1 {member}: all of: (i) ", one.condition.span, "; and (ii) ", other.condition.span)
    return (Edit(written.span, parts),)


def each_by_one(e: Elaboration, written: ast.ListOf, member: str) -> tuple[Edit, ...]:
    """An outcome for each of the two: `One Adult Met is achieved` in place of the item."""
    both, of = _two_of_all(written), e.members[member].of if member in e.members else None
    if both is None or of is None:
        return ()
    edits: tuple[Edit, ...] = ()
    for name, item, asks in zip(("First", "Second"), written.items, both, strict=True):
        outcome = f"{name} {member} Met"
        edits += clause_more(written.span, f"outcome {outcome} of a {of}, when ", asks.span, ", once")
        edits += (Edit(item.condition.span, (f"{outcome} is achieved",)),)
    return edits


def _two_of_all(written: ast.ListOf) -> tuple[ast.ForMembers, ast.ForMembers] | None:
    """The two conditions of a list of two, each on at least one member out of all of them."""
    if written.least != "all" or len(written.items) != 2 or any(item.where is not None for item in written.items):
        return None
    found = [item.condition for item in written.items]
    one, other = found
    if not isinstance(one, ast.ForMembers) or not isinstance(other, ast.ForMembers):
        return None
    alike = one.quantifier == other.quantifier == 1 and one.select == other.select
    return (one, other) if alike else None


def _start(span: Span) -> Span:
    return Span(span.path, span.line, span.column, span.line, span.column)
