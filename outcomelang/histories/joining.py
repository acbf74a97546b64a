"""Histories put together: one beside the other, many people who all do the same, and the same without any outcome."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from outcomelang.core import ir
from outcomelang.core.declared import declared, joining_events
from outcomelang.histories.history import Fact, History

_RESULTS = ("outcome", "figure")


def nothing_achieved(contract: ir.Contract, history: History) -> History:
    """The same people and services, and no outcome: no row of an event of kind outcome, no word on an outcome."""
    kinds = {event.name: event.kind for event in contract.events}
    left = (f for f in history.facts if not f.counts or (not f.about and kinds.get(f.event) not in _RESULTS))
    return History(tuple(left))


def people_of(contract: ir.Contract, history: History) -> tuple[str, ...]:
    """Those who join in a history: of cohorts and periods something can be said that is of nobody."""
    names = declared(contract)
    events = {event for each in contract.populations for event in joining_events(names, each.name)}
    return tuple(dict.fromkeys(fact.participant for fact in history.facts if fact.counts and fact.event in events))


def beside(contract: ir.Contract, one: History, other: History) -> History:
    """Both histories, the people of the second under names of their own; the log is kept as long as the longer one."""
    taken = len(people_of(contract, one))
    names = {name: f"Person {taken + number}" for number, name in enumerate(people_of(contract, other), 1)}
    facts = (*one.facts, *_renamed(other, names))
    closing = max((fact for fact in facts if not fact.counts), key=lambda fact: fact.day, default=None)
    counting = tuple(fact for fact in facts if fact.counts)
    return History(counting if closing is None else (*counting, closing))


def _renamed(history: History, names: dict[str, str]) -> Iterator[Fact]:
    for fact in history.facts:
        yield evolve(fact, participant=names[fact.participant]) if fact.participant in names else fact


def many(contract: ir.Contract, history: History, times: int) -> History:
    """Each of the people so many times; what is said of nobody stays once."""
    people = people_of(contract, history)
    own = History(tuple(fact for fact in history.facts if fact.counts and fact.participant in people))
    facts: list[Fact] = [fact for fact in history.facts if fact.counts]
    for turn in range(1, times):
        names = {name: f"Person {turn * len(people) + number}" for number, name in enumerate(people, 1)}
        facts += _renamed(own, names)
    return History((*facts, *(fact for fact in history.facts if not fact.counts)))
