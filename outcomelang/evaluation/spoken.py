"""Rows that speak of outcomes and payments: as what they rest on, and of whom they can speak."""

from __future__ import annotations

from outcomelang.core import ir
from outcomelang.evaluation.event_log import Row, Verdict

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
        case ir.OneEach() | ir.EachUnit():
            return isinstance(flow.subject, ir.PerPerson)
