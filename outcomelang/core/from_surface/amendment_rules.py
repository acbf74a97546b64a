"""What an amendment must say, what it may change, and what is said where its versions do not fit together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from attrs import frozen

from outcomelang.core.calendar import day_text
from outcomelang.core.diagnostics import code_of
from outcomelang.core.from_surface.declare import declared, template_of
from outcomelang.core.from_surface.rounding import span_of
from outcomelang.core.from_surface.variants import Change
from outcomelang.core.scope import plural_of, singulars_of, spelling
from outcomelang.core.weaving import Conflict
from outcomelang.diagnostic import Diagnostic, Remedy
from outcomelang.source import Span
from outcomelang.surface import ast


@frozen
class Block:
    """An amendment with its changes; `population` is that of the people whom alone it governs."""

    clause: ast.Amendment
    number: int
    day: date
    population: str | None
    changes: tuple[Change, ...]


def blocks(
    terms: tuple[ast.Clause, ...], amending: tuple[ast.Clause, ...]
) -> tuple[tuple[Block, ...], list[Diagnostic]]:
    """The amendments in the order of the text, and what is wrong with their numbers, days and people."""
    found: list[Block] = []
    findings: list[Diagnostic] = []
    for position, clause in enumerate(amending):
        if not isinstance(clause, ast.Amendment):
            continue
        after = amending[position + 1 :]
        length = next((n for n, each in enumerate(after) if isinstance(each, ast.Amendment)), len(after))
        changes = tuple(each for each in after[:length] if isinstance(each, Change))
        population = None
        if clause.for_joining is not None:
            population = _population(terms, clause.for_joining)
            if population is None:
                findings.append(_nobody(clause.for_joining))
                continue
        found.append(Block(clause, int(clause.number.value), clause.effective.day, population, changes))
    return tuple(found), [*findings, *_out_of_order(found), *_outside(terms, found)]


def _population(terms: tuple[ast.Clause, ...], term: ast.Term) -> str | None:
    """The participants that are meant, named in the singular or in the plural."""
    word = spelling(term.text)
    for clause in terms:
        if isinstance(clause, ast.Participant):
            name = spelling(clause.name.text)
            other = () if clause.name.other is None else (spelling(clause.name.other),)
            if word in (name, plural_of(name), *singulars_of(name), *other):
                return name
    return None


def _nobody(term: ast.Term) -> Diagnostic:
    message = f"Nobody joins as “{term.text}”: an amendment for those who join later names a kind of participant."
    return _finding("unknown-name", term.span, message, "no kind of participant")


def _out_of_order(found: list[Block]) -> Iterator[Diagnostic]:
    for block in found:
        if block.clause.number.value.denominator != 1 or block.number < 1:
            message = "Amendments are counted 1, 2, 3: this one has no such number, and no entry could name it."
            yield _finding("amendment-out-of-order", block.clause.span, message, "a whole number")
    for earlier, later in pairwise(found):
        if later.number <= earlier.number or later.day < earlier.day:
            yield _finding(
                "amendment-out-of-order",
                later.clause.span,
                f"It is not clear which of two amendments changes the other: amendment {later.number} of "
                f"{day_text(later.day.toordinal())} stands after amendment {earlier.number} of "
                f"{day_text(earlier.day.toordinal())}.",
                "numbers rise, and days do not fall",
                Remedy("amendments in the order of their numbers and days"),
            )


MOST_VERSIONS = 200
"""Each version is read as a contract of its own: this bounds the work, and what anybody could check."""


MOST_CLAUSES = 20_000
"""How many clauses all versions may have together: each is read as a contract of its own."""


def too_many(found: tuple[Block, ...], clauses: int) -> Diagnostic | None:
    """The finding for amendments that make more versions (of so many clauses) than are calculated."""
    dated = [block for block in found if block.population is None]
    later = [sum(own.number < each.number for each in dated) + 1 for own in found if own.population is not None]
    count = len(dated) + 1 + sum(later)
    most = min(MOST_VERSIONS, MOST_CLAUSES // max(clauses, 1))
    if count <= max(most, 1):
        return None
    return _finding(
        "too-many-versions",
        found[-1].clause.span,
        f"These amendments make {count} versions of the contract, and at most {most} are calculated.",
        "the last of them",
        Remedy('contract "…" based on "…"', "the contract as it now stands, written anew, for what comes after"),
    )


def _outside(terms: tuple[ast.Clause, ...], found: list[Block]) -> Iterator[Diagnostic]:
    term = next((clause for clause in terms if isinstance(clause, ast.ContractTerm)), None)
    for block in found:
        if term is not None and not term.first.day <= block.day <= term.last.day:
            yield _finding(
                "amendment-outside-term",
                block.clause.span,
                f"Amendment {block.number} would take effect on {day_text(block.day.toordinal())}, outside the term.",
                f"the term is {day_text(term.first.day.toordinal())} to {day_text(term.last.day.toordinal())}",
                Remedy("a day of the term", "the amendment governs what is earned from that day on"),
                Remedy("the term itself", "written anew where the contract states it, if it was extended"),
            )


# ---------------------------------------------------------------- what may be changed

_FIXED: dict[type, str] = {
    ast.Header: "the title",
    ast.Purpose: "the purpose",
    ast.Currency: "the currency",
    ast.ContractTerm: "the term",
    ast.Claims: "the last day for claims",
    ast.Value: "the value of the contract",
    ast.Rounding: "how amounts are rounded",
    ast.Holidays: "the holidays",
    ast.Participant: "who takes part",
    ast.Comparison: "who is compared",
    ast.Member: "who belongs to a participant",
    ast.Accept: "what is accepted",
    ast.Assume: "what is assumed",
    ast.Cost: "what things cost",
    ast.Benefit: "what things are worth",
    ast.Example: "an example",
}
"""What has one meaning for the whole contract: a version of its own would leave no exact account."""

_WAY = (
    Remedy("write it where the contract states it", "it then holds from the first day"),
    Remedy('contract "…" based on "…"', "a contract of its own for what comes after"),
)


def misfits(terms: tuple[ast.Clause, ...], found: tuple[Block, ...]) -> list[Diagnostic]:
    """Changes of what no amendment can change."""
    declares = {spelling(name[0].text): type(clause) for clause in terms if (name := declared(clause)) is not None}
    return [each for block in found for change in block.changes for each in _misfit(declares, block, change)]


def _misfit(declares: dict[str, type], block: Block, change: Change) -> Iterator[Diagnostic]:
    match change:
        case ast.Insert():
            kind: type | None = type(change.clause)
        case ast.Delete(target=ast.Term() as term) | ast.ChangeTo(target=ast.Term() as term):
            kind = _declared_as(declares, term)
        case _:
            kind = None
    if _from_library(change):
        message = f"Amendment {block.number} cannot take something from a library."
        yield _cannot(change.span, message, "written out, it can be inserted")
    elif kind in _FIXED:
        yield _cannot(change.span, f"Amendment {block.number} cannot change {_FIXED[kind]}.", "for the whole contract")
    elif isinstance(change, ast.Insert) and isinstance(change.clause, ast.Suspension) and block.population:
        yield _reaches(change.span, f"Amendment {block.number} would suspend time limits for everybody.")


def is_misfit_insertion(change: Change) -> bool:
    """Whether a change inserts what no amendment can: it is reported, and has no part in any version."""
    return _from_library(change) or (isinstance(change, ast.Insert) and type(change.clause) in _FIXED)


def _from_library(change: Change) -> bool:
    """Whether a change inserts what a library says: libraries are worked in before amendments are."""
    if not isinstance(change, ast.Insert):
        return False
    return isinstance(change.clause, ast.Use) or template_of(change.clause) is not None


def _declared_as(declares: dict[str, type], term: ast.Term) -> type | None:
    word = spelling(term.text)
    return next((declares[name] for name in (word, plural_of(word), *singulars_of(word)) if name in declares), None)


def conflicting(conflict: Conflict) -> Diagnostic:
    """The finding for versions that do not fit together."""
    span = span_of(conflict.origin)
    return _reaches(span, conflict.message) if conflict.reaches else _cannot(span, conflict.message, conflict.label)


def _cannot(span: Span, message: str, label: str) -> Diagnostic:
    return _finding("amendment-cannot-change", span, message, label, *_WAY)


def _reaches(span: Span, message: str) -> Diagnostic:
    return _finding(
        "amendment-reaches-others",
        span,
        message,
        "not of those who join alone",
        Remedy("amendment … effective …", "without “for …”: for everybody, from that day on"),
        Remedy("limit … for each …", "or another measure of each of them alone"),
    )


def _finding(name: str, span: Span, message: str, label: str, *remedies: Remedy) -> Diagnostic:
    return Diagnostic(code_of(name), name, message, span, label=label, remedies=remedies)
