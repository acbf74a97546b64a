"""What a clause with two meanings would pay under each of them.

A finding that offers ways out says, with some of them, what would then stand in the text. Each such reading is compiled
and computed on small histories, the smallest first; the first on which two readings pay differently is told in the
finding, with the day from which they differ and what each of them pays. Nothing here decides anything: a contract with
two meanings stays refused. It is loaded only where there is such a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from outcomelang.core import ir
from outcomelang.diagnostic import Diagnostic, Edit, Remedy, Severity, is_doubt
from outcomelang.readings.comparing import parting
from outcomelang.readings.rewriting import rewritten
from outcomelang.readings.telling import told
from outcomelang.source import Source

Texts = Mapping[str, str]
Compile = Callable[[Texts], ir.Contract | tuple[Diagnostic, ...]]
"""Compiles the contract again with other texts of its files; what is wrong, where it still does not compile."""

MOST = 3
"""Findings that are computed: a contract with more of them is far from being signed."""


def with_readings(
    found: tuple[Diagnostic, ...], sources: Sequence[Source], compiled: Compile
) -> tuple[Diagnostic, ...]:
    """The findings, those with several readings with what each reading pays."""
    texts = {source.path: source.text for source in sources}
    wrong = _wrong(found)
    found = tuple(each for each in found if not is_doubt(each)) if wrong else _that_matter(found, texts, compiled)
    if not all(map(_first_edits, wrong)):
        return found  # the contract says too little to be computed in any reading
    several = [each for each in wrong if sum(bool(remedy.edits) for remedy in each.remedies) > 1][:MOST]
    return tuple(_with_pay(each, wrong, texts, compiled) if each in several else each for each in found)


def _that_matter(found: tuple[Diagnostic, ...], texts: Texts, compiled: Compile) -> tuple[Diagnostic, ...]:
    """The findings without the doubts that move no money on any history that was tried."""
    doubts = {each: _with_pay(each, (), texts, compiled) for each in [each for each in found if is_doubt(each)][:MOST]}
    return tuple(doubts.get(each, each) for each in found if not is_doubt(each) or doubts.get(each, each).story)


def _wrong(found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    return tuple(each for each in found if each.severity is Severity.ERROR)


def _first_edits(found: Diagnostic) -> tuple[Edit, ...]:
    return next((remedy.edits for remedy in found.remedies if remedy.edits), ())


def _with_pay(found: Diagnostic, wrong: tuple[Diagnostic, ...], texts: Texts, compiled: Compile) -> Diagnostic:
    """The finding with what its readings pay, where two of them pay differently. The others stand closed in one way."""
    closed = tuple(edit for other in wrong if other is not found for edit in _first_edits(other))
    readings: dict[Remedy, ir.Contract] = {}
    for remedy in found.remedies:
        contract = _read(texts, (*closed, *remedy.edits), compiled) if remedy.edits else None
        if contract is not None:
            readings[remedy] = contract
    parted = parting(tuple(readings.values())) if len(readings) > 1 else None
    return found if parted is None else told(found, tuple(readings), parted)


def _read(texts: Texts, edits: tuple[Edit, ...], compiled: Compile) -> ir.Contract | None:
    """One reading; what it leaves open in its turn (a fraction of a penny, say) stands closed in one way as well."""
    changed = rewritten(texts, edits)
    read = compiled(changed) if changed is not None else ()
    if changed is None or isinstance(read, ir.Contract):
        return read if isinstance(read, ir.Contract) else None
    more = [_first_edits(each) for each in _wrong(read)]
    again = rewritten(changed, (edit for edits in more for edit in edits)) if more and all(more) else None
    last = compiled(again) if again is not None else ()
    return last if isinstance(last, ir.Contract) else None
