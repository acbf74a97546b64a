"""OC38: somebody's life goes better, and less is due: rows near every line, longer spells, one success more."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from attrs import evolve

from outcomelang.core import ir
from outcomelang.core.calendar import LAST_DAY
from outcomelang.exposure.polarity import Way
from outcomelang.histories.history import Fact, History
from outcomelang.histories.making import Making
from outcomelang.histories.paid import Paid
from outcomelang.loopholes.betterment import records_of, shrunk, spells_of
from outcomelang.loopholes.finding import Finding
from outcomelang.loopholes.people import alike
from outcomelang.loopholes.rules.more_success_pays_less import (
    RULE,
    is_priced_activity,
    never_falls,
    open_stages,
    pays_less,
)
from outcomelang.loopholes.seeking.trial import Ground, Option, Seeker, Trial, fallen, happenings, joined_on
from outcomelang.loopholes.study import Study

_PENNIES = 1_000
"""A smaller part than this of what is due is a matter of rounding."""


def _concerns(study: Study) -> bool:
    return bool(_suspects(study)) or any(open_stages(study))


def _suspects(study: Study) -> list[ir.Flow]:
    """The payments of which the terms do not say that they never fall."""
    return [f for f in study.contract.flows if not never_falls(study, f) and not is_priced_activity(study, f)]


def _options(ground: Ground, history: History) -> list[Option]:
    study = ground.study
    resting = study.contract.flows if any(open_stages(study)) else _suspects(study)
    events = {event.name for flow in resting for event in study.events_of(study.earned_by(flow))}
    left_out = study.joining | spells_of(study) | {name for flow in resting for name in records_of(study, flow)}
    ways = {name: study.polarity.event(name) for name in sorted(events - left_out)}
    return [*_rows(ground, history, ways), *_spells(ground, history), *_one_more(study, history)]


def _rows(ground: Ground, history: History, ways: dict[str, Way]) -> Iterator[Option]:
    """A good row more or a bad one fewer, near every line."""
    study = ground.study
    for fact in happenings(study, history, ways):
        if fact.day >= joined_on(study, history, fact.participant):
            pair = (history.without(fact), history)
            yield _option(study, pair, ways[fact.event], f"one {fact.event}")
    for name, way in ways.items():
        for who in _whose(study, history, name):
            for day in ground.days(history, who):
                yield partial(_added, study, history, name, who, day, way)


def _whose(study: Study, history: History, event: str) -> tuple[str, ...]:
    return history.participants[:1] if study.names.events[event].of is not None else ("",)


def _added(study: Study, history: History, event: str, who: str, day: int, way: Way) -> Trial | None:
    fact = Making(study.names, known=history).row(who, event, day)
    return _trial(study, (history, history.plus(fact)), way, f"one {event}")


def _option(study: Study, pair: tuple[History, History], way: Way, what: str) -> Option:
    return partial(_trial, study, pair, way, what)


def _trial(study: Study, pair: tuple[History, History], way: Way, what: str) -> Trial | None:
    """Of the two the one with less of it, and the one with more."""
    fewer, more = pair
    if way is Way.RISES:
        return _better(study, fewer, more, f"the one with {what} more is the better of the two")
    if way is Way.FALLS:
        return _better(study, more, fewer, f"the one with {what} fewer is the better of the two")
    return None


def _better(study: Study, worse: History, better: History, why: str) -> Trial:
    return Trial(worse, better, partial(_clause, study), partial(_finding, study, why))


def _clause(study: Study, worse: Paid, better: Paid) -> ir.Flow | None:
    less = worse.total - better.total > worse.total / _PENNIES
    flow = fallen(study.flows, worse, better) if less else None
    return None if flow is None or is_priced_activity(study, flow) else flow


def _finding(study: Study, why: str, flow: ir.Flow, worse: Paid, better: Paid, kept: tuple[Fact, ...] = ()) -> Finding:
    return pays_less(study, flow, *shrunk(study, worse.history, better.history, kept), why)


# ---------------------------------------------------------------- spells


def _spells(ground: Ground, history: History) -> Iterator[Option]:
    """What is good lasts longer, what is bad is over sooner."""
    study = ground.study
    for state in study.contract.states:
        way = study.polarity.state(state.name)
        if not isinstance(state.days, ir.Spells) or state.days.ends is None or way not in (Way.RISES, Way.FALLS):
            continue
        if state.days.begins in study.joining:
            continue  # how long somebody is served is no result
        for end in happenings(study, history, (state.days.ends,)):
            began, before = _spell(history, state.days, end)
            if began is None:
                continue
            for day in ground.days(history, end.participant):
                if began.day <= day < before and day != end.day and (way is Way.RISES) == (day > end.day):
                    how = "lasts longer" if way is Way.RISES else "is over sooner"
                    why = f"the one in which {state.name} {how} is better"
                    yield partial(_longer, study, history, (began,), end, day, why)


def _spell(history: History, spells: ir.Spells, end: Fact) -> tuple[Fact | None, int]:
    """The row with which the spell began that a row ends (None: it ends none), and the day of the next row of either
    kind, which would cut it."""
    own = [f for f in history.happened if f.participant == end.participant and f is not end]
    starts = (f for f in own if f.event == spells.begins and f.day <= end.day)
    began = max(starts, key=lambda f: f.day, default=None)
    others = [f.day for f in own if f.event in (spells.begins, spells.ends)]
    if began is None or any(began.day < day <= end.day for day in others):
        return None, LAST_DAY
    return began, min((day for day in others if day > end.day), default=LAST_DAY)


def _longer(study: Study, history: History, kept: tuple[Fact, ...], end: Fact, day: int, why: str) -> Trial:
    told = partial(_finding, study, why, kept=kept)
    return Trial(history, history.moved(end, day), partial(_clause, study), told)


# ---------------------------------------------------------------- one success more


def _one_more(study: Study, history: History) -> Iterator[Option]:
    """Somebody else has come who achieves nothing, or just what the first achieves."""
    more = alike(study, history, 1)
    own = [f for f in history.happened if f.participant in history.participants[:1] and f.event not in study.joining]
    outcomes = {event.name for event in study.contract.events if event.kind == "outcome"}
    if more and own and {fact.event for fact in own} & outcomes:
        name = more[0][0].participant
        done = [evolve(fact, participant=name) for fact in own]
        yield partial(_beside, study, history.plus(*more[0]), done)


def _beside(study: Study, fails: History, done: list[Fact]) -> Trial:
    return _better(
        study, fails, fails.plus(*done), "the one in which one person more succeeds is the better of the two"
    )


SEEKER = Seeker(RULE.name, _options, _concerns)
