"""One date of a history moved while all else stays as it was: what a choice of day is worth."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from outcomelang.core import ir
from outcomelang.histories.history import Fact, History
from outcomelang.histories.shrinking import smallest
from outcomelang.loopholes.control import paid
from outcomelang.loopholes.study import Study

MOST_FACTS = 40
"""Longer histories are not searched: what one date does shows in short ones."""


@frozen
class Moved:
    """The same facts twice, but for the day of one of them: the first pays more."""

    dearer: History
    cheaper: History
    fact: Fact
    day: int


def in_the_hands_of_the_paid(study: Study, event: ir.Event) -> bool:
    """Whether nobody but those who are paid records and verifies it: then the day is theirs to choose."""
    own = paid(study.names)
    verifiers = event.verification.by if event.verification is not None else ()
    return bool(event.recorded_by) and own.issuperset({*event.recorded_by, *verifiers})


def moves(study: Study, history: History, event: str, days: tuple[int, ...]) -> Iterator[Moved]:
    """Each row of the event so many days on (or back), within the term and not before joining; where it pays less."""
    if len(history.facts) > MOST_FACTS:
        return
    whole = study.pay(history).total
    for fact in history.happened:
        if fact.event != event or fact.about:
            continue
        for more in days:
            day = fact.day + more
            if _first(study, history, fact) <= day <= _last(study, day):
                moved = history.moved(fact, day)
                if study.pay(moved).total < whole:
                    yield Moved(history, moved, fact, day)


def shortest(study: Study, found: Moved) -> Moved:
    """The same difference in as few facts as will show it."""

    def still(tried: History) -> bool:
        if not any(fact is found.fact for fact in tried.facts):
            return False
        return study.pay(tried.moved(found.fact, found.day)).total < study.pay(tried).total

    history = smallest(found.dearer, still)
    return Moved(history, history.moved(found.fact, found.day), found.fact, found.day)


def _first(study: Study, history: History, fact: Fact) -> int:
    """The day after which a row of somebody who has joined may lie."""
    joined = [
        each.day for each in history.happened if each.participant == fact.participant and each.event in study.joining
    ]
    return min(joined, default=fact.day)


def _last(study: Study, day: int) -> int:
    last = study.contract.last_day
    return last.toordinal() if last is not None else day
