"""People added to a history: those who come in like somebody who is there, and of whom nothing more is known."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from outcomelang.histories.history import Fact, History
from outcomelang.loopholes.study import Study


def joined(study: Study, history: History) -> list[Fact]:
    """The rows by which people came in."""
    return [f for f in history.facts if f.event in study.joining and f.participant and f.counts and not f.about]


def alike(study: Study, history: History, number: int) -> list[list[Fact]]:
    """So many more people with the joining rows of the first."""
    rows = joined(study, history)
    first = [fact for fact in rows if fact.participant == rows[0].participant] if rows else []
    taken = len(history.participants)
    return [[evolve(f, participant=f"Person {taken + n + 1}") for f in first] for n in range(number)] if first else []


def with_more(study: Study, history: History, number: int) -> History:
    """The history with so many people more."""
    return history.plus(*(fact for facts in alike(study, history, number) for fact in facts))


def closing(history: History) -> Iterator[Fact]:
    """The row that shows how long the log was kept."""
    return (fact for fact in history.facts if not fact.counts)
