"""Two limits of one step that bound the same payments: the one that is written first works first.

Where the narrower of the two stands first, that is how everybody would read them: a limit for one person, then one for
all; one on some payments, then one on more. Where the wider stands first, or neither is the narrower, the reader is
told, if there is a history on which it moves money (`outcomelang.readings` finds it).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.from_surface.context import Elaboration
from outcomelang.core.from_surface.rounding import span_of
from outcomelang.diagnostic import Edit, Remedy, Severity
from outcomelang.source import Span

MOST_TOLD = 50
"""So many places at which an order decides are told of: each is tried with histories, and nobody reads more."""


def overlaps(e: Elaboration, steps: Iterable[tuple[ir.MoneyLimit, ...]]) -> None:
    """Tell of limits whose order decides; `steps` are the limits of each step in the order of the text."""
    for limits in steps:
        for first, second in islice(_out_of_turn(limits), MOST_TOLD):
            _order_decides(e, first, span_of(first.origin), second, span_of(second.origin))


@frozen
class _Kind:
    """What decides whether one limit stands in its turn before another; many limits are of one kind."""

    path: str
    flows: frozenset[str]
    breadth: int
    payer: str | None


def _out_of_turn(limits: Iterable[ir.MoneyLimit]) -> Iterator[tuple[ir.MoneyLimit, ir.MoneyLimit]]:
    """Pairs that have something in common of which the narrower does not stand first. Of one kind, none does."""
    before: dict[_Kind, list[ir.MoneyLimit]] = {}
    touching: dict[str, dict[_Kind, None]] = {"": {}}
    for second in limits:
        own = _Kind(second.origin.path, frozenset(second.flows), _breadth(second), second.payer)
        kinds = [touching.get(name, {}) for name in ("", *second.flows)] if second.flows else [dict.fromkeys(before)]
        for kind in dict.fromkeys(kind for some in kinds for kind in some):
            if kind != own and kind.path == own.path and not _in_turn(kind, own):
                yield from (
                    (first, second) for first in before[kind] if span_of(first.origin) != span_of(second.origin)
                )
        before.setdefault(own, []).append(second)
        for name in own.flows or ("",):
            touching.setdefault(name, {})[own] = None


def _in_turn(first: _Kind, second: _Kind) -> bool:
    """Whether of two kinds that have something in common the narrower stands first."""
    within = not second.flows or (bool(first.flows) and first.flows <= second.flows)
    return within and first.breadth <= second.breadth and first.payer == second.payer


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
