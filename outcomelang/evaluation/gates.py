"""The `when` of a payment, for the subject that it would be paid for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcomelang.core import ir
from outcomelang.evaluation.scope import Scope
from outcomelang.evaluation.verdict import Standing, Verdict

if TYPE_CHECKING:
    from outcomelang.evaluation.conditions import Judge
    from outcomelang.evaluation.meaning import Meaning


def gate(m: Meaning, node: ir.Condition) -> Judge:
    """Groups come first: of somebody for whom a payment is not meant, nothing else is asked, and nothing reported."""
    whole = m.condition(node)
    labels = [m.condition(label) for label in _labels(node)]
    if not labels:
        return whole

    def judge(scope: Scope) -> Verdict:
        for label in labels:
            verdict = label(scope)
            if verdict.standing is Standing.FAILED:
                return verdict
        return whole(scope)

    return judge


def _labels(node: ir.Condition) -> list[ir.LabelIs]:
    """What is asked of groups beside something else; all of it must hold."""
    if not isinstance(node, ir.AtLeast) or node.least is not None:
        return []
    return [item.condition for item in node.items if item.where is None and isinstance(item.condition, ir.LabelIs)]
