"""OC08: a row that is nobody's own, a day later: what turns on it for everybody at once."""

from __future__ import annotations

from functools import partial

from outcomelang.core import ir
from outcomelang.core.calendar import day_text
from outcomelang.diagnostic import Remedy
from outcomelang.histories.history import Fact, History
from outcomelang.histories.paid import Paid
from outcomelang.loopholes.betterment import shrunk
from outcomelang.loopholes.control import PERSONAL
from outcomelang.loopholes.finding import Finding, Told, Verdict, Witness
from outcomelang.loopholes.rules.payment_cliff import CLIFF, RULE
from outcomelang.loopholes.seeking.trial import Ground, Option, Seeker, Trial, fallen, happenings
from outcomelang.loopholes.study import Study, percent


def _flows(study: Study) -> list[ir.Flow]:
    """Payments that are not for single people, for which a row of an outcome of nobody must fall into a window."""
    return [flow for flow in study.flows if not isinstance(flow.subject, PERSONAL) and _dated(study, flow)]


def _dated(study: Study, flow: ir.Flow) -> set[str]:
    asked = (
        node.select.of.event
        for node in study.rests_on((flow.gate, flow.driver))
        if isinstance(node, ir.Happens) and not node.negated and isinstance(node.select.of, ir.Rows)
    )
    return {name for name in asked if study.names.events[name].of is None}


def _options(ground: Ground, history: History) -> list[Option]:
    study = ground.study
    names = {name for flow in _flows(study) for name in _dated(study, flow)}
    return [
        partial(_a_day, study, history, fact, day)
        for fact in happenings(study, history, names)
        for day in ground.days(history, fact.participant)
        if day not in _ends(study)  # every contract comes to an end
    ]


def _ends(study: Study) -> tuple[int, ...]:
    k = study.contract
    return tuple(day.toordinal() for day in (k.last_day, k.last_claim) if day is not None)


def _a_day(study: Study, history: History, fact: Fact, day: int) -> Trial:
    """On a day, and on the next."""
    one, next_ = history.moved(fact, day), history.moved(fact, day + 1)
    return Trial(one, next_, partial(_jump, study), partial(_finding, study, fact.event, day))


def _jump(study: Study, one: Paid, other: Paid) -> ir.Flow | None:
    return fallen(_flows(study), one, other) if one.total - other.total >= CLIFF * study.payable > 0 else None


def _finding(study: Study, event: str, day: int, flow: ir.Flow, one: Paid, other: Paid) -> Finding:
    sooner, later = (study.pay(each) for each in shrunk(study, one.history, other.history))
    jump = sooner.total - later.total
    return Finding(
        of=(flow.name,),
        origin=flow.origin,
        message=(
            f"{study.money(jump)} ({percent(jump, study.payable)} of what can be paid) turns on a single day: on "
            f"whether {event} comes on {day_text(day)} or a day later"
        ),
        label="all or nothing by one day",
        stake=jump,
        verdict=Verdict.WITNESS,
        witness=Witness(
            (Told(sooner.history, sooner.total, "On the day:"), Told(later.history, later.total, "A day later:")),
            f"one day makes a difference of {study.money(jump)}",
        ),
        argument=f"the two histories differ in the day of {event} alone",
        remedies=(Remedy("take off a part for each day or week of delay", "a day then moves a few pounds"),),
    )


SEEKER = Seeker(RULE.name, _options, lambda study: bool(_flows(study)))
