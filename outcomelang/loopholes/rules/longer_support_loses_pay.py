"""OC50: keeping somebody longer, or taking them back after a relapse, forfeits money already within reach."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from outcomelang.core import ir
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.histories.history import Fact, History
from outcomelang.histories.making import Making
from outcomelang.histories.shrinking import smallest
from outcomelang.loopholes.finding import Cleared, Finding, Said, Told, Verdict, Witness
from outcomelang.loopholes.moving import MOST_FACTS, Moved, in_the_hands_of_the_paid, moves, shortest
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study

SUPPORT = 56
"""From so many days after joining on the end of a service is the length of support; before, a step of its start."""
_LONGER = (28, 91, 182, 365, 548)
_BACK = (30, 91, 152, 244)


def check(study: Study) -> Iterator[Said]:
    """The end of a service moved to later days; the service taken up once more."""
    tried, found = False, False
    for flow in study.flows:
        ends, returns = ends_of(study, flow), returns_of(study, flow)
        tried = tried or bool(ends or returns)
        finding = _longer(study, flow, ends) or _again(study, flow, returns)
        if finding is not None:
            found = True
            yield finding
    if tried and not found:
        yield Cleared(
            Verdict.NONE_FOUND, "for one person, up to eighteen months longer or one return: no payment is lost"
        )
    elif not tried:
        yield Cleared(Verdict.PROVED, "no payment rests on when a service ends or on whether it is taken up again")


# ---------------------------------------------------------------- longer


def ends_of(study: Study, flow: ir.Flow) -> tuple[ir.Event, ...]:
    """Events with which those who are paid end what they do for somebody, and whose happening the payment asks for."""
    parts = tuple(study.rests_on(study.earned_by(flow)))
    happening = {n.select.of.event for n in parts if isinstance(n, ir.Happens) and isinstance(n.select.of, ir.Rows)}
    return tuple(
        event
        for event in study.contract.events
        if event.name in happening - study.joining
        and in_the_hands_of_the_paid(study, event)
        and (_ends_a_state(study, event) or _ends_by_its_kind(study, event))
    )


def _ends_a_state(study: Study, event: ir.Event) -> bool:
    """Whether a state that begins with joining ends with it."""
    parts = (node for state in study.contract.states for node in study.rests_on(state))
    return any(isinstance(n, ir.Spells) and n.begins in study.joining and n.ends == event.name for n in parts)


def _ends_by_its_kind(study: Study, event: ir.Event) -> bool:
    """Whether it is a thing delivered or taken in once, and not an activity such as sessions, of which there are many
    and none of which is the last; nor a result."""
    if event.kind in ("input", "output"):
        return event.name not in _counted(study)
    return event.kind == "activity" and event.name in _anchors(study)


def _counted(study: Study) -> set[str]:
    """Events of which there may be many: they are counted, summed or paid row by row."""
    found: set[str] = set()
    for node in study.rests_on(study.contract.flows):
        match node:
            case (
                ir.Counted(ir.Select(ir.Rows(name)))
                | ir.Summed(_, ir.Select(ir.Rows(name)))
                | ir.EachRow(ir.Select(ir.Rows(name)))
            ):
                found.add(name)
            case _:
                continue
    return found


def _anchors(study: Study) -> set[str]:
    """Events from which the time after a service is counted."""
    rows = (node.select.of for node in study.rests_on(study.contract.flows) if isinstance(node, ir.RowOf))
    return {of.event for of in rows if isinstance(of, ir.Rows)}


def _longer(study: Study, flow: ir.Flow, ends: tuple[ir.Event, ...]) -> Finding | None:
    earned = study.earned(flow) if ends else None
    if earned is None:
        return None
    for event in ends:
        for moved in moves(study, earned.history, event.name, _LONGER):
            lost = study.pay(moved.cheaper).of(flow.name) < study.pay(moved.dearer).of(flow.name)
            if lost and not isinstance(flow.driver, ir.EachRow) and is_support(study, flow, moved):
                return of_length(study, flow, event, shortest(study, moved))
    return None


def is_support(study: Study, flow: ir.Flow, moved: Moved) -> bool:
    """Whether the end still pays when support has lasted for a while: what must be done at once is no length."""
    joined = [fact.day for fact in moved.dearer.happened if fact.event in study.joining]
    day = min(joined, default=moved.fact.day) + SUPPORT
    return moved.fact.day >= day or bool(study.pay(moved.dearer.moved(moved.fact, day)).of(flow.name))


def of_length(study: Study, flow: ir.Flow, event: ir.Event, moved: Moved) -> Finding:
    more = moved.day - moved.fact.day
    return forfeited(
        study,
        flow,
        event,
        moved.dearer,
        moved.cheaper,
        f"if the service goes on for {more} days more, and {event.name} comes later",
        (f"{event.name} sooner:", f"{event.name} {more} days later:"),
    )


# ---------------------------------------------------------------- again


def returns_of(study: Study, flow: ir.Flow) -> tuple[ir.Event, ...]:
    """What the paid do for people (or how these come to them) that must not happen (again) if the payment is due."""
    found: dict[str, None] = {}
    for node in study.rests_on(study.earned_by(flow)):
        match node:
            case ir.Happens(ir.Select(ir.Rows(name)), True):
                found[name] = None
            case ir.Compares(ir.Counted(ir.Select(ir.Rows(name))), "<=" | "<" | "=="):
                found[name] = None
            case _:
                continue
    events = (study.names.events[name] for name in found)
    return tuple(e for e in events if e.kind not in ("outcome", "figure") and _serves(study, e))


def _serves(study: Study, event: ir.Event) -> bool:
    return event.name in study.joining or in_the_hands_of_the_paid(study, event)


def _again(study: Study, flow: ir.Flow, returns: tuple[ir.Event, ...]) -> Finding | None:
    earned = study.earned(flow) if returns else None
    if earned is None or len(earned.history.facts) > MOST_FACTS:
        return None
    for event in returns:
        for who in earned.history.participants[:1]:
            days = [fact.day for fact in earned.history.happened if fact.participant == who]
            for day in sorted({max(days) + more for more in _BACK} | {min(days) + more for more in _BACK}):
                fact = Making(study.names, known=earned.history).row(who, event.name, day)
                if _loses(study, flow, earned.history, earned.history.plus(fact)):
                    kept = smallest(earned.history, partial(loses_with, study, flow, fact))
                    return forfeited(
                        study, flow, event, kept, kept.plus(fact), f"if {event.name} happens once more",
                        ("As it was:", f"With one more {event.name}:"),
                    )  # fmt: skip
    return None


def loses_with(study: Study, flow: ir.Flow, fact: Fact, history: History) -> bool:
    return _loses(study, flow, history, history.plus(fact))


def _loses(study: Study, flow: ir.Flow, once: History, again: History) -> bool:
    first, second = study.pay(once), study.pay(again)
    return second.total < first.total and second.of(flow.name) < first.of(flow.name)


def forfeited(
    study: Study, flow: ir.Flow, event: ir.Event, kept: History, lost: History, how: str, titles: tuple[str, str]
) -> Finding:
    one, other = study.pay(kept).total, study.pay(lost).total
    return Finding(
        of=(flow.name,),
        origin=flow.origin,
        message=f"{study.money(one - other)} is forfeited {how}",
        label="longer support costs money already within reach",
        stake=one - other,
        verdict=Verdict.WITNESS,
        witness=Witness(
            (Told(kept, one, titles[0]), Told(lost, other, titles[1])),
            f"more was done for the same person, and {study.money(one - other)} less is due",
        ),
        argument=f"Two histories that differ in {event.name} alone",
        remedies=(
            Remedy(
                "drop the time limit, or stop its clock while an extension is agreed", "longer support costs nothing"
            ),
            Remedy("let a return begin a new participation", "what was earned stays earned"),
        ),
        related=((event.origin, "what comes later, or again"),),
    )


RULE = Rule(
    code="OC50",
    name="longer-support-loses-pay",
    severity=Severity.WARNING,
    means=Means.HISTORIES,
    summary="Keeping somebody in the service longer, or taking them back, forfeits money already within reach.",
    rationale=(
        "Providers have forfeited payment to go on helping people who needed more time. Whoever does not want to "
        "forfeit it closes the case on the last day that pays, and does not take anybody back."
    ),
    guards=(
        "no limit of time on the end of a service",
        "the end of the service is an outcome that others record or verify",
        "a step at the start of a service: a limit of less than eight weeks",
        "an activity that happens many times, such as a session",
    ),
    blind=(
        "Services whose end is declared an outcome or an activity, and is neither the end of a state nor an anchor: "
        "whether the last of many sessions is the end is not in the terms."
    ),
    source="Revolving Doors Agency, payment by results and multiple needs (2015): forfeited payment for longer support",
    bad=(
        "insert event Discharge of a Jobseeker is an output, recorded by the Provider\n"
        "insert outcome Prompt Success of a Jobseeker\n"
        "  when all of:\n"
        "    (a) a Discharge occurs in the 26 weeks after Referral; and\n"
        "    (b) Employment begun after Referral reaches 4 weeks in total\n"
        "  once\n"
        "insert payment Discharge Payment: Council pays the Provider £500 for each Prompt Success"
    ),
    good=(
        "insert event Discharge of a Jobseeker is an output, recorded by the Provider\n"
        "insert outcome Planned Success of a Jobseeker\n"
        "  when all of:\n"
        "    (a) a Discharge occurs; and\n"
        "    (b) Employment begun after Referral reaches 4 weeks in total\n"
        "  once\n"
        "insert payment Discharge Payment: Council pays the Provider £500 for each Planned Success, "
        "stacks with Job Payment"
    ),
    check=check,
)
