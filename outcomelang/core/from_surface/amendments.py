"""Amendments: each makes a version of the contract, elaborated as a contract of its own; then all become one.

Every version is the terms as signed with some amendments worked in, in the order of their numbers. Amendments for
everybody follow one another by their days. Those `for Clients joining on or after that date` make versions for these
people alone: they have every amendment numbered before from the beginning, and those numbered after from its day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.from_surface.amendment_rules import (
    Block,
    blocks,
    conflicting,
    is_misfit_insertion,
    misfits,
    too_many,
)
from outcomelang.core.from_surface.declare import declared
from outcomelang.core.from_surface.variants import Changes, without_amendments
from outcomelang.core.scope import spelling
from outcomelang.core.weaving import weave
from outcomelang.diagnostic import Diagnostic, Severity
from outcomelang.surface import ast
from outcomelang.tree import evolve

AsWritten = Callable[[ast.File, bool], tuple[ir.Contract, tuple[Diagnostic, ...]]]
"""Elaborates a file without amendments: a contract (with holes where something is wrong) and the findings."""


@frozen
class _Text:
    """A version, the terms as they stand in it, and the version of everybody that has the same dated amendments."""

    version: ir.Version
    clauses: tuple[ast.Clause, ...]
    twin: int


def elaborated(
    file: ast.File, complete: bool, as_written: AsWritten
) -> tuple[ir.Contract | None, tuple[Diagnostic, ...]]:
    """The contract with all its versions, and what is wrong with any of them, each mistake once."""
    signed, amending = without_amendments(file.clauses)
    terms = tuple(clause for clause in signed if not isinstance(clause, ast.Example))
    found, said = blocks(terms, amending)
    whole = _worked_in(file, terms, found)
    findings = [*said, *misfits(terms, found), *whole.findings]
    many = too_many(found, len(terms))
    if many is not None:
        return None, _once([*findings, many])
    texts = _texts(file, terms, found)
    made = [as_written(ast.File(file.path, text.clauses, file.unread), complete) for text in texts]
    examples = tuple(clause for clause in signed if isinstance(clause, ast.Example))
    proved, proofs = _proved(file, [tuple(whole.clauses), *(text.clauses for text in texts)], examples, as_written)
    findings += [each for _, of_one in made for each in of_one] + proofs
    if any(each.severity is Severity.ERROR for each in findings):
        return None, _once(findings)
    versions = [(text.version, core) for text, (core, _) in zip(texts, made, strict=True)]
    contract, conflicts = weave(versions, [text.twin for text in texts], proved)
    findings += [conflicting(conflict) for conflict in conflicts]
    return (None if conflicts else contract), _once(findings)


def _once(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """A mistake that stands in several versions is one mistake."""
    first: dict[tuple[str, object], Diagnostic] = {}
    for each in findings:
        first.setdefault((each.code, each.span), each)
    return tuple(sorted(first.values(), key=lambda each: (each.span.path, each.span.line, each.span.column)))


# ---------------------------------------------------------------- versions


def _worked_in(file: ast.File, terms: tuple[ast.Clause, ...], found: Iterable[Block]) -> Changes:
    """The terms with these amendments worked in."""
    changes = Changes(list(terms), {spelling(term.text) for term in file.unread}, "The contract")
    for block in found:
        changes.make(change for change in block.changes if not is_misfit_insertion(change))
    return changes


def _texts(file: ast.File, terms: tuple[ast.Clause, ...], found: tuple[Block, ...]) -> list[_Text]:
    """Everybody's versions, then those of people who joined from a day on.

    Where a version lacks what a later amendment changes, that amendment has nothing to change in it.
    """
    dated = [block for block in found if block.population is None]
    texts = []
    for count in range(len(dated) + 1):
        version = _version(dated[count - 1] if count else None, dated[count - 1].day if count else None)
        texts.append(_Text(version, tuple(_worked_in(file, terms, dated[:count]).clauses), count))
    for block in found:
        if block.population is None:
            continue
        own = [b for b in found if b.population == block.population and b.number <= block.number]
        before = sum(b.number < block.number for b in dated)
        for count in range(before, len(dated) + 1):
            included = sorted([*own, *dated[:count]], key=lambda b: b.number)
            last = block if count == before else dated[count - 1]
            version = evolve(
                _version(last, None if count == before else last.day),
                population=block.population,
                joined_from=block.day,
            )
            texts.append(_Text(version, tuple(_worked_in(file, terms, included).clauses), count))
    return texts


def _version(last: Block | None, first: date | None) -> ir.Version:
    return ir.Version(last.number if last is not None else 0, first)


# ---------------------------------------------------------------- examples


def _proved(
    file: ast.File, texts: list[tuple[ast.Clause, ...]], examples: tuple[ast.Clause, ...], as_written: AsWritten
) -> tuple[tuple[ir.Example, ...], list[Diagnostic]]:
    """The examples, which may speak of whatever any version declares; only what is wrong with themselves is said."""
    if not examples:
        return (), []
    known: dict[str, ast.Clause] = {}
    nameless = [clause for clause in texts[0] if declared(clause) is None]
    for clause in (clause for text in texts for clause in text):
        found = declared(clause)
        if found is not None:
            known.setdefault(spelling(found[0].text), clause)
    clauses = (*nameless, *known.values(), *examples)
    core, findings = as_written(ast.File(file.path, clauses, file.unread), False)
    return core.examples, [each for each in findings if any(_inside(each, example) for example in examples)]


def _inside(finding: Diagnostic, clause: ast.Clause) -> bool:
    own, whole = finding.span, clause.span
    return own.path == whole.path and whole.line <= own.line <= whole.end_line
