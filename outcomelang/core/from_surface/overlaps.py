"""Two limits of one step that bound the same payments: the one that is written first works first.

Where the narrower of the two stands first, that is how everybody would read them: a limit for one person, then one for
all; one on some payments, then one on more. Where the wider stands first, or neither is the narrower, the reader is
told, if there is a history on which it moves money (`outcomelang.readings` finds it).
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from outcomelang.core import ir
from outcomelang.core.from_surface.context import Elaboration
from outcomelang.core.from_surface.rounding import span_of
from outcomelang.diagnostic import Edit, Remedy, Severity
from outcomelang.source import Span


def overlaps(e: Elaboration, steps: Iterable[tuple[ir.MoneyLimit, ...]]) -> None:
    """Tell of limits whose order decides; `steps` are the limits of each step in the order of the text."""
    for limits in steps:
        for first, second in combinations(limits, 2):
            one, other = span_of(first.origin), span_of(second.origin)
            if one.path == other.path and one != other and not _in_turn(first, second):
                _order_decides(e, first, one, second, other)


def _in_turn(first: ir.MoneyLimit, second: ir.MoneyLimit) -> bool:
    """Whether the two have nothing in common, or the narrower stands first."""
    if first.flows and second.flows and not set(first.flows) & set(second.flows):
        return True
    within = not second.flows or (bool(first.flows) and set(first.flows) <= set(second.flows))
    return within and _breadth(first) <= _breadth(second) and first.payer == second.payer


def _breadth(limit: ir.MoneyLimit) -> int:
    """A limit for each of them in each period is narrower than one for each of them, and that than one for a period."""
    if limit.per is not None:
        return 0 if limit.calendar is not None else 1
    return 2 if limit.calendar is not None else 3


def _order_decides(e: Elaboration, first: ir.MoneyLimit, one: Span, second: ir.MoneyLimit, other: Span) -> None:
    e.cite = second.origin.clause
    e.say(
        "order-of-limits",
        other,
        f"The {first.title} works before the {second.title}, because it is written first.",
        label="works second",
        related=((one, "works first"),),
        severity=Severity.NOTE,
        remedies=(
            Remedy("as it is written", edits=(Edit(other, (other,)),)),
            Remedy("the two limits the other way round", edits=(Edit(one, (other,)), Edit(other, (one,)))),
        ),
    )
