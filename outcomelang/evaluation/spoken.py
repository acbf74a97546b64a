"""Rows that speak of outcomes and payments: as what they rest on, and of whom they can speak."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import TYPE_CHECKING

from outcomelang.core import ir
from outcomelang.evaluation.event_log import Row, Verdict

if TYPE_CHECKING:
    from outcomelang.evaluation.notes import Notes

Spoken = dict[tuple[str, str], list[Verdict]]
"""What is said of each outcome (or payment) and of whose it is; of two on one day what is against it comes first."""

_AGAINST_AND_FOR = {
    "decided": ("not achieved", "achieved"),
    "verified": ("rejected", "verified"),
    "evidenced": ("", "evidenced"),
}


def row_of(verdict: Verdict) -> Row:
    """What was said of an outcome or payment, as a row on which it rests."""
    event = _AGAINST_AND_FOR[verdict.kind][verdict.verified]
    return Row(
        *(verdict.day, verdict.id, verdict.recorded, verdict.whose, event, verdict.source, {}),
        *(verdict.file, verdict.line, True),
    )


def spoken(heard: Iterable[Verdict], of_somebody: Container[str], joined: Container[str], notes: Notes) -> Spoken:
    """What is said of outcomes and payments; of somebody who never joins nothing can be said."""
    found: Spoken = {}
    for verdict in heard:
        if verdict.about in of_somebody and verdict.whose not in joined:
            said = f"what is said of {verdict.about} speaks of somebody who never joins: the row does not count"
            notes.add("never-joined", said, row_of(verdict))
        found.setdefault((verdict.about, verdict.whose), []).append(verdict)
    for words in found.values():
        words.sort(key=lambda verdict: (verdict.day, verdict.verified, verdict.id))
    return found


def named_of_somebody(contract: ir.Contract) -> frozenset[str]:
    """The outcomes and payments of which a row speaks by naming a participant."""
    outcomes = {outcome.name for outcome in contract.outcomes if isinstance(outcome.subject, ir.PerPerson)}
    return frozenset((*outcomes, *(flow.name for flow in contract.flows if _of_somebody(flow, outcomes))))


def _of_somebody(flow: ir.Flow, outcomes: set[str]) -> bool:
    match flow.driver:
        case ir.EachAchievement(outcome=outcome):
            return outcome in outcomes
        case ir.EachRow():
            return False
        case ir.OneEach() | ir.EachUnit() | ir.EachInPlan():
            return isinstance(flow.subject, ir.PerPerson)
