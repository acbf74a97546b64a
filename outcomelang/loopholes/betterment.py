"""Pairs of histories of which the second went better: by one good event more, or one bad event fewer."""

from __future__ import annotations

from collections.abc import Iterator

from outcomelang.core import ir
from outcomelang.exposure.polarity import Way
from outcomelang.histories.history import Fact, History
from outcomelang.histories.making import Making
from outcomelang.histories.shrinking import smallest
from outcomelang.loopholes.study import Study


def pairs(study: Study, flow: ir.Flow, history: History) -> Iterator[tuple[History, History, str]]:
    """Pairs of histories that differ by one event, the better one second."""
    left_out = study.joining | spells_of(study) | records_of(study, flow)
    events = [event for event in study.events_of(study.earned_by(flow)) if event.name not in left_out]
    ways = {event.name: study.polarity.event(event.name) for event in events}
    joined = {who: _joined(study, history, who) for who in history.participants}
    for fact in history.happened:
        way = ways.get(fact.event) if fact.day >= joined.get(fact.participant, fact.day) else None
        if way is Way.RISES:
            yield history.without(fact), history, f"one {fact.event} more"
        elif way is Way.FALLS:
            yield history, history.without(fact), f"one {fact.event} fewer"
    yield from _without_state(study, flow, history)
    for event in events:
        way = ways[event.name]
        for more in _added(study, history, event) if way in (Way.RISES, Way.FALLS) else ():
            if way is Way.RISES:
                yield history, history.plus(more), f"one {event.name} more"
            else:
                yield history.plus(more), history, f"one {event.name} fewer"


def _without_state(study: Study, flow: ir.Flow, history: History) -> Iterator[tuple[History, History, str]]:
    """The state never began."""
    for state in study.contract.states:
        days = state.days
        if isinstance(days, ir.Spells) and any(node == days for node in study.rests_on(study.earned_by(flow))):
            never = history.without(*(fact for fact in history.happened if fact.event in (days.begins, days.ends)))
            way = study.polarity.state(state.name)
            if way is Way.RISES and days.begins not in study.joining:
                yield never, history, f"a spell of {state.name} more"
            elif way is Way.FALLS and days.begins not in study.joining:
                yield history, never, f"a spell of {state.name} fewer"


def _joined(study: Study, history: History, who: str) -> int:
    """The day from which what happens to somebody counts as better or worse: before it everything is a beginning."""
    days = [fact.day for fact in history.happened if fact.participant == who and fact.event in study.joining]
    return min(days, default=0)


def records_of(study: Study, flow: ir.Flow) -> set[str]:
    """Events whose rows are records with a figure, or say by an attribute whether they are good or bad: one more of
    them is no better or worse life."""
    found: set[str] = set()
    asked: dict[str, set[tuple[ir.Test, ...]]] = {}
    for node in study.rests_on(study.earned_by(flow)):
        match node:
            case ir.Summed(_, ir.Select(ir.Rows(event))):
                found.add(event)
            case ir.Select(ir.Rows(event), tests):
                by = (ir.AttributeIs, ir.AttributeGiven, ir.AttributeCompares)
                asked.setdefault(event, set()).add(tuple(test for test in tests if isinstance(test, by)))
            case _:
                continue
    return found | {event for event, tests in asked.items() if len(tests) > 1}


def spells_of(study: Study) -> set[str]:
    """Events that begin or end a state: one more of them is no better or worse life by itself."""
    found: set[str] = set()
    for state in study.contract.states:
        for node in study.rests_on(state):
            if isinstance(node, ir.Spells):
                found |= {node.begins} if node.ends is None else {node.begins, node.ends}
    return found


def _added(study: Study, history: History, event: ir.Event) -> Iterator[Fact]:
    """A row of the event on the day after each day on which something happens, and a day before."""
    for who in history.participants[:1]:
        days = {fact.day + step for fact in history.happened for step in (-1, 1)}
        for day in sorted(day for day in days if day >= _joined(study, history, who))[:8]:
            yield Making(study.names, known=history).row(who, event.name, day)


def shrunk(study: Study, worse: History, better: History, needed: tuple[Fact, ...] = ()) -> tuple[History, History]:
    """Both made smaller by the same facts, as long as the better one pays less; some are needed to call it so."""
    common = [fact for fact in better.facts if any(fact is other for other in worse.facts)]
    left = History(tuple(common))

    def still(tried: History) -> bool:
        gone = [fact for fact in common if not any(fact is other for other in tried.facts)]
        if any(fact is other for fact in gone for other in needed):
            return False
        return study.pay(better.without(*gone)).total < study.pay(worse.without(*gone)).total

    kept = smallest(left, still) if still(left) else left
    gone = [fact for fact in common if not any(fact is other for other in kept.facts)]
    return worse.without(*gone), better.without(*gone)
