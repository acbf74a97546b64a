"""What a clause with two meanings would pay under each of them.

A finding that offers ways out says, with some of them, what would then stand in the text. Each such reading is compiled
and computed on small histories, the smallest first; the first on which two readings pay differently is told in the
finding, with the day from which they differ and what each of them pays. Nothing here decides anything: a contract with
two meanings stays refused. It is loaded only where there is such a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from outcomelang.core import ir
from outcomelang.diagnostic import Diagnostic, Edit, Remedy, Severity
from outcomelang.readings.comparing import parting
from outcomelang.readings.rewriting import rewritten
from outcomelang.readings.telling import told
from outcomelang.source import Source

Compile = Callable[[Mapping[str, str]], ir.Contract | None]
"""Compiles the contract again with other texts of its files; None where it still does not compile."""

MOST = 3
"""Findings that are computed: further ones of the same kind tell nothing new."""


def with_readings(
    found: tuple[Diagnostic, ...], sources: Sequence[Source], compiled: Compile
) -> tuple[Diagnostic, ...]:
    """The findings, those with several readings with what each reading pays."""
    texts = {source.path: source.text for source in sources}
    wrong = [each for each in found if each.severity is Severity.ERROR]
    if not all(_first_edits(each) for each in wrong):
        return found
    told_of = [each for each in wrong if several(each)][:MOST]
    return tuple(_with_pay(each, wrong, texts, compiled) if each in told_of else each for each in found)


def several(found: Diagnostic) -> bool:
    """Whether a finding has two readings that can be computed."""
    return sum(bool(remedy.edits) for remedy in found.remedies) > 1


def _first_edits(found: Diagnostic) -> tuple[Edit, ...]:
    return next((remedy.edits for remedy in found.remedies if remedy.edits), ())


def _with_pay(found: Diagnostic, wrong: list[Diagnostic], texts: Mapping[str, str], compiled: Compile) -> Diagnostic:
    """The finding with what its readings pay, where two of them pay differently. The others stand closed in one way."""
    closed = tuple(edit for other in wrong if other is not found for edit in _first_edits(other))
    readings: dict[Remedy, ir.Contract] = {}
    for remedy in found.remedies:
        changed = rewritten(texts, (*closed, *remedy.edits)) if remedy.edits else None
        contract = compiled(changed) if changed is not None else None
        if contract is not None:
            readings[remedy] = contract
    if len(readings) < 2:
        return found
    parted = parting(tuple(readings.values()))
    return found if parted is None else told(found, tuple(readings), parted, next(iter(readings.values())))
