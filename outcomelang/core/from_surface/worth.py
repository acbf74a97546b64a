"""What things cost and what they are worth: kept beside the terms for those who weigh them; no payment reads them."""

from __future__ import annotations

from outcomelang.core import ir
from outcomelang.core.from_surface import payments, selections, subjects
from outcomelang.core.from_surface.context import Elaboration
from outcomelang.core.from_surface.literals import minor
from outcomelang.core.scope import Sort
from outcomelang.surface import ast


def cost(e: Elaboration, clause: ast.Cost) -> ir.Cost | None:
    """What each of some people, rows or achievements costs."""
    chosen = _chosen(e, clause)
    return ir.Cost(minor(e, clause.amount), chosen, origin=e.at(clause.span)) if chosen is not None else None


def benefit(e: Elaboration, clause: ast.Benefit) -> ir.Benefit | None:
    """What each of them is worth to a party."""
    chosen, to = _chosen(e, clause), e.find(clause.to, "who has the benefit", Sort.PARTY)
    if chosen is None or to is None:
        return None
    return ir.Benefit(minor(e, clause.amount), chosen, to.name, origin=e.at(clause.span))


def _chosen(e: Elaboration, clause: ast.Cost | ast.Benefit) -> ir.Select | None:
    payments.not_negative(e, clause.amount)
    chosen = selections.select(e, clause.select, subjects.scene_of(e, ir.Whole()))
    return chosen.select if chosen is not None else None
