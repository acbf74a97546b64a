"""A trial: two histories of which the first must not pay more; and the ground on which trials are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import cached_property

from attrs import frozen

from outcomelang.core import ir
from outcomelang.histories.boundaries import Boundaries, boundaries
from outcomelang.histories.history import Fact, History
from outcomelang.histories.paid import Paid
from outcomelang.loopholes.finding import Finding
from outcomelang.loopholes.study import Study

MOST_FACTS = 16
"""Histories with more facts are not changed: what one change does shows in short ones."""


@frozen(eq=False)
class Trial:
    """`clause` says for which payment the first pays more though it must not (None: it does not); `finding` tells."""

    dearer: History
    cheaper: History
    clause: Callable[[Paid, Paid], ir.Flow | None]
    finding: Callable[[ir.Flow, Paid, Paid], Finding | None]


Option = Callable[[], Trial | None]
"""A trial that is made when it is its turn."""


@frozen
class Seeker:
    """`rule` is the name of the rule to which it belongs; `options` are its trials of one history, cheap to list.

    `bases` are histories of its own to begin with, beside those that earn each payment.
    """

    rule: str
    options: Callable[[Ground, History], list[Option]]
    concerns: Callable[[Study], bool]
    bases: Callable[[Study], Iterable[History]] = lambda _: ()


class Ground:
    """A contract on which is searched: the days near its lines."""

    def __init__(self, study: Study) -> None:
        self.study = study

    @cached_property
    def boundaries(self) -> Boundaries:
        return boundaries(self.study.names)

    @cached_property
    def last(self) -> int:
        """The last day on which something happens."""
        k = self.study.contract
        last = k.last_claim or k.last_day
        return last.toordinal() if last is not None else 0

    def days(self, history: History, who: str) -> tuple[int, ...]:
        """The days on which something may happen to somebody (or to nobody) that lie near a line."""
        own = [fact.day for fact in history.happened if fact.participant == who]
        first = joined_on(self.study, history, who)
        return self.boundaries.near(own or [first], first, max(self.last, first))


def joined_on(study: Study, history: History, who: str) -> int:
    """The day on which somebody came; of nobody the beginning of the term."""
    days = [fact.day for fact in history.happened if fact.participant == who and fact.event in study.joining]
    first = study.contract.first_day
    return min(days, default=first.toordinal() if first is not None else 1)


def happenings(study: Study, history: History, events: Iterable[str]) -> Iterator[Fact]:
    """The rows of these events by which nobody joins."""
    asked = frozenset(events) - study.joining
    return (fact for fact in history.happened if fact.event in asked and not fact.about)


def fallen(flows: Iterable[ir.Flow], dearer: Paid, cheaper: Paid) -> ir.Flow | None:
    """The payment that pays most more in the first history; None: none does."""
    lost = [(dearer.of(flow.name) - cheaper.of(flow.name), flow) for flow in flows]
    best = max(lost, key=_first, default=None)
    return best[1] if best is not None and best[0] > 0 else None


def _first(of: tuple[Fraction, object]) -> Fraction:
    return of[0]
