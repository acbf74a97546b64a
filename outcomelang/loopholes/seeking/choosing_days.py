"""OC44 and OC50: the day of a row that the paid party chooses, and the end of a service, put near every line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from outcomelang.core import ir
from outcomelang.histories.history import Fact, History
from outcomelang.histories.making import Making
from outcomelang.histories.paid import Paid
from outcomelang.histories.shrinking import smallest
from outcomelang.loopholes.finding import Finding
from outcomelang.loopholes.moving import Moved, shortest
from outcomelang.loopholes.rules import longer_support_loses_pay as support
from outcomelang.loopholes.rules import provider_chooses_test_date as test_date
from outcomelang.loopholes.seeking.trial import Ground, Option, Seeker, Trial, happenings
from outcomelang.loopholes.study import Study

# ---------------------------------------------------------------- a day of choice


def _has_choice(study: Study) -> bool:
    return any(True for flow in study.flows for _ in test_date.dating(study, flow))


def _chosen(ground: Ground, history: History) -> list[Option]:
    """On a later day it is worth less: who chooses picks the day on which it looks best. Before something is achieved
    a test pays nothing either, and to wait for it is no choice."""
    study = ground.study
    return [
        partial(_on_another_day, study, flow, event, history, fact, day)
        for flow in study.flows
        for event in test_date.dating(study, flow)
        for fact in happenings(study, history, (event.name,))
        for day in ground.days(history, fact.participant)
        if fact.day < day <= _term(study, day)
    ]


def _term(study: Study, day: int) -> int:
    last = study.contract.last_day
    return last.toordinal() if last is not None else day


def _on_another_day(
    study: Study, flow: ir.Flow, event: ir.Event, history: History, fact: Fact, day: int
) -> Trial | None:
    def told(_: ir.Flow, dearer: Paid, __: Paid) -> Finding:
        moved = Moved(dearer.history, dearer.history.moved(fact, day), fact, day)
        return test_date.chosen(study, flow, event, shortest(study, moved))

    return Trial(history, history.moved(fact, day), partial(_loses, flow), told)


def _loses(flow: ir.Flow, dearer: Paid, cheaper: Paid) -> ir.Flow | None:
    less = cheaper.total < dearer.total and cheaper.of(flow.name) < dearer.of(flow.name)
    return flow if less else None


# ---------------------------------------------------------------- longer, and again


def _has_ends(study: Study) -> bool:
    return any(support.ends_of(study, flow) or support.returns_of(study, flow) for flow in study.flows)


def _longer(ground: Ground, history: History) -> list[Option]:
    return [*_later_ends(ground, history), *_returns(ground, history)]


def _later_ends(ground: Ground, history: History) -> Iterator[Option]:
    study = ground.study
    for flow in study.flows:
        if isinstance(flow.driver, ir.EachRow):
            continue
        for event in support.ends_of(study, flow):
            for fact in happenings(study, history, (event.name,)):
                for day in ground.days(history, fact.participant):
                    if fact.day < day <= _term(study, day):
                        yield partial(_later, study, flow, event, history, fact, day)


def _later(study: Study, flow: ir.Flow, event: ir.Event, history: History, fact: Fact, day: int) -> Trial:
    def told(_: ir.Flow, dearer: Paid, __: Paid) -> Finding | None:
        moved = Moved(dearer.history, dearer.history.moved(fact, day), fact, day)
        if not support.is_support(study, flow, moved):
            return None
        return support.of_length(study, flow, event, shortest(study, moved))

    return Trial(history, history.moved(fact, day), partial(_loses, flow), told)


def _returns(ground: Ground, history: History) -> Iterator[Option]:
    study = ground.study
    for flow in study.flows:
        for event in support.returns_of(study, flow):
            for who in history.participants[:1]:
                for day in ground.days(history, who):
                    yield partial(_back, study, flow, event, history, who, day)


def _back(study: Study, flow: ir.Flow, event: ir.Event, history: History, who: str, day: int) -> Trial:
    fact = Making(study.names, known=history).row(who, event.name, day)

    def told(_: ir.Flow, dearer: Paid, __: Paid) -> Finding:
        kept = smallest(dearer.history, partial(support.loses_with, study, flow, fact))
        return support.forfeited(
            study, flow, event, kept, kept.plus(fact), f"if {event.name} happens once more",
            ("As it was:", f"With one more {event.name}:"),
        )  # fmt: skip

    return Trial(history, history.plus(fact), partial(_loses, flow), told)


DAY_OF_CHOICE = Seeker(test_date.RULE.name, _chosen, _has_choice)
LONGER_SUPPORT = Seeker(support.RULE.name, _longer, _has_ends)
