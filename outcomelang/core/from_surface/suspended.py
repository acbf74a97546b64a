"""Suspensions: days on which time limits do not run."""

from __future__ import annotations

from outcomelang.core import ir
from outcomelang.core.from_surface import windows
from outcomelang.core.from_surface.context import Elaboration
from outcomelang.surface import ast


def suspension(e: Elaboration, clause: ast.Suspension) -> ir.Suspension | None:
    """The days between two dates, both included. A suspension that lasts from event to event is refused by name."""
    first, last = clause.window.first, clause.window.last
    if not isinstance(first, ast.Date) or not isinstance(last, ast.Date):
        e.refuse("suspensions from event to event", clause.span, "suspension between …")
        return None
    windows.in_order(e, clause.window)
    return ir.Suspension(first.day, last.day, origin=e.at(clause.span))
