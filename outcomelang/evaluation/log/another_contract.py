"""A log that belongs to another contract: one message stands for all its unknown events."""

from __future__ import annotations

from outcomelang.core import ir
from outcomelang.diagnostic import Diagnostic, Remedy
from outcomelang.evaluation.log import errors
from outcomelang.evaluation.log.findings import Findings, closest, quoted
from outcomelang.evaluation.log.vocabulary import Vocabulary


def another_contract(
    contract: ir.Contract, words: Vocabulary, findings: Findings, events_known: int
) -> Diagnostic | None:
    """The message for a log in which most rows name events that are none of this contract's, nor nearly so.

    `events_known` is how many different events of the contract there are in it.
    """
    events, wrong = words.events, findings.count(errors.UNKNOWN_EVENT)
    if wrong < 3 or 2 * wrong <= findings.rows_read:
        return None
    strange = [cell for cell in findings.cells(errors.UNKNOWN_EVENT)[:50] if not closest(cell, events)]
    nearly_all = 10 * wrong >= 9 * findings.rows_read
    if not strange or not (nearly_all or len(strange) > events_known):
        return None
    fault, first = errors.OTHER_CONTRACT, findings.first(errors.UNKNOWN_EVENT)
    return Diagnostic(
        code=fault.code,
        name=fault.name,
        message=f"This log seems to belong to another contract: {wrong:,} of {findings.rows_read:,} rows "
        f"name events that {quoted(contract.title)} does not have",
        span=findings.span(first.place),
        details=(
            f"The log's events are {', '.join(map(quoted, strange[:5]))}{' and others' if strange[5:] else ''}.",
            f"The contract's events are {', '.join(events[:8])}{' and others' if events[8:] else ''}.",
        ),
        remedies=(Remedy(fault.remedy),),
    )
