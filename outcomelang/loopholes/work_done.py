"""What is paid for because it is done: work by the piece, and what is asked of a piece of work beyond that."""

from __future__ import annotations

from outcomelang.core import ir
from outcomelang.loopholes.study import Study


def is_tariff(study: Study, flow: ir.Flow) -> bool:
    """Whether a payment says openly that it is for work: for each row of an activity that is not called an outcome.

    An activity by which people are enrolled is none: there the fee comes with the person. Where people come in with the
    first row of whatever is done with them, nobody is enrolled for it.
    """
    match flow.driver:
        case ir.EachRow(ir.Select(ir.Rows(event))):
            return study.names.events[event].kind == "activity" and not _enrols(study, event)
        case _:
            return False


def _enrols(study: Study, event: str) -> bool:
    ways = (way for population in study.contract.populations for way in population.ways)
    return any(not way.first and way.select.of == ir.Rows(event) for way in ways)


def is_a_change(study: Study, outcome: ir.Outcome) -> bool:
    """Whether a score is compared with an earlier one, or has to be low: more activity alone does not bring it."""
    for node in study.rests_on(outcome.when):
        match node:
            case ir.Compares(left, comparator, right) if _is_scored(study, left):
                if comparator in ("<=", "<", "==") or _is_scored(study, right):
                    return True
            case _:
                continue
    return False


def _is_scored(study: Study, of: ir.Quantity) -> bool:
    return any(isinstance(node, ir.Summed | ir.Attribute) for node in study.rests_on(of))
