"""What is taken for granted where histories are weighed; no payment reads it."""

from __future__ import annotations

from outcomelang.core import ir
from outcomelang.core.from_surface import conditions, subjects
from outcomelang.core.from_surface.context import NO_CONDITION, Elaboration
from outcomelang.surface import ast


def assumption(e: Elaboration, clause: ast.Assume) -> ir.Assumption | None:
    """A condition on the contract as a whole, or on each of whom it is said."""
    subject = subjects.written(e, clause.subject)
    if subject is None:
        return None
    found = conditions.condition(e, clause.condition, subjects.scene_of(e, subject))
    return ir.Assumption(found, subject, origin=e.at(clause.span)) if found is not NO_CONDITION else None
