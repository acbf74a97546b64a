"""Where a finding about a text of a library stands."""

from __future__ import annotations

from outcomelang.diagnostic import Diagnostic
from outcomelang.source import Span
from outcomelang.tree import evolve


def at_the_use(found: Diagnostic, used: dict[str, Span]) -> Diagnostic:
    """A finding about a text of a library, shown where the contract uses it, with the place in the library below.

    `used` gives for each library the place that first uses it: for findings that kept no more than a line.
    """
    steps: list[Span] = []
    span = found.span
    while (outer := span.via or used.get(span.path)) is not None:
        steps.append(span)
        span = outer
    if not steps:
        return found
    places = [
        (step, found.label or "in the library") if n == 0 else (step, "used here") for n, step in enumerate(steps)
    ]
    return evolve(found, span=span, label="what this takes from a library", related=(*places, *found.related))
