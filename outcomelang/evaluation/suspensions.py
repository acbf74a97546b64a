"""Time limits while a contract is suspended: the clock of `within 12 months of …` stops, and nothing else does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcomelang.core import ir
from outcomelang.evaluation.days import Runs
from outcomelang.evaluation.scope import Scope
from outcomelang.evaluation.selections import Bounds, window

if TYPE_CHECKING:
    from outcomelang.evaluation.meaning import Meaning


def time_limit(m: Meaning, node: ir.Window) -> Bounds:
    """The days of a time limit. One of a length ends so many days later as it is suspended; a written date stays."""
    bounds, suspended = window(m, node), m.world.suspended
    if not suspended or not has_length(node):
        return bounds

    def paused(scope: Scope) -> tuple[int, int] | None:
        limits = bounds(scope)
        return None if limits is None else (limits[0], extended(limits[0], limits[1], suspended))

    return paused


def has_length(node: ir.Window) -> bool:
    """Whether a window is a length of time from one day: both edges are counted from the same anchor."""
    return node.first is not None and node.last is not None and node.first.anchor == node.last.anchor


def extended(first: int, last: int, suspended: Runs) -> int:
    """The last day moved on by each suspended day from the first day up to it, those met while it moves included.

    The runs stand in order and are apart. One that begins after the last day comes too late to move it.
    """
    for begin, end in suspended:
        if begin > last:
            break
        if end >= first:
            last += end - max(begin, first) + 1
    return last
