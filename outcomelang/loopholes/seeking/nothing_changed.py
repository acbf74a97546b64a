"""OC10: what earns a payment lies before joining, while the day from which it is looked at lies near any line."""

from __future__ import annotations

from functools import partial

from outcomelang.core import ir
from outcomelang.diagnostic import Remedy
from outcomelang.histories.history import Fact, History
from outcomelang.histories.paid import Paid
from outcomelang.histories.shrinking import smallest
from outcomelang.loopholes.control import is_for_people
from outcomelang.loopholes.finding import Finding, Told, Verdict, Witness
from outcomelang.loopholes.rules import pays_for_state_already_true as already
from outcomelang.loopholes.seeking.trial import Ground, Option, Seeker, Trial, fallen, happenings, joined_on
from outcomelang.loopholes.study import Study


def _flows(study: Study) -> list[ir.Flow]:
    return [flow for flow in study.flows if already.can_be_asked(study, flow)]


def _options(ground: Ground, history: History) -> list[Option]:
    """Good things on the day before joining or further back, and each other thing near every line."""
    study, flows = ground.study, _flows(ground.study)
    before = already.begun_before(study, history)
    tried: list[Option] = [partial(_trial, study, flows, already.joined_only(study, history))]
    if again := _bad_again(ground, history if before is None else before):
        tried.append(partial(_goes_on, study, flows, again))
    if before is None:
        return tried
    good = _good_events(study)
    for fact in happenings(study, before, (event.name for event in study.contract.events)):
        if fact.event in good:
            tried += (partial(_moved, study, flows, before, fact, day) for day in _earlier(ground, before, fact))
        else:
            days = ground.days(before, fact.participant)
            tried += (partial(_moved, study, flows, before, fact, day) for day in days if day != fact.day)
    return tried


def _good_events(study: Study) -> frozenset[str]:
    """Events that are results, whatever is said of them: those that `begun_before` may move."""
    kinds = (event for event in study.contract.events if event.polarity is not ir.Polarity.FEWER)
    return frozenset(e.name for e in kinds if e.kind == "outcome" or e.polarity is ir.Polarity.MORE)


def _earlier(ground: Ground, history: History, fact: Fact) -> list[int]:
    """Days before joining that are as far back as lines are apart."""
    joined = joined_on(ground.study, history, fact.participant)
    ahead = ground.boundaries.near([joined], joined + 1, ground.last)
    return [2 * joined - day for day in ahead]


def _moved(study: Study, flows: list[ir.Flow], history: History, fact: Fact, day: int) -> Trial:
    return _trial(study, flows, history.moved(fact, day))


def _trial(study: Study, flows: list[ir.Flow], history: History) -> Trial:
    return Trial(history, History(), partial(fallen, flows), partial(_finding, study))


def _finding(study: Study, flow: ir.Flow, paid: Paid, _: Paid) -> Finding | None:
    least = smallest(paid.history, lambda shorter: bool(study.pay(shorter).of(flow.name)))
    how = already.how_unchanged(study, flow, least)
    if how is None or (how is already.How.NOTHING_HAPPENS and not _stays_so(study, flow, least)):
        return None
    payment = next(each for each in study.payments if flow in each.flows)
    return already.unchanged_finding(study, payment, [already.Unchanged(flow, least, how)])


# ---------------------------------------------------------------- what was bad goes on


def _bad_again(ground: Ground, history: History) -> History | None:
    """What was bad before somebody came (of nobody: before the term) is there again every two weeks from then on."""
    study = ground.study
    bad = {event.name for event in study.contract.events if event.polarity is ir.Polarity.FEWER}
    old = [
        fact
        for fact in happenings(study, history, bad)
        if fact.day < joined_on(study, history, fact.participant) and ground.last - fact.day < _LONGEST
    ]
    again = (
        fact.on(day)
        for fact in old
        for day in range(joined_on(study, history, fact.participant) + 1, ground.last, _WEEKS)
    )
    return history.plus(*again) if 0 < len(old) <= _MOST_OLD else None


_WEEKS = 14
_MOST_OLD = 6
_LONGEST = 3_000


def _goes_on(study: Study, flows: list[ir.Flow], history: History) -> Trial:
    """With nothing but the beginning and what is bad, against nothing of either."""
    none = study.nothing_achieved(history)
    return Trial(history, none, partial(_due_for_it, flows), partial(_no_better, study))


def _due_for_it(flows: list[ir.Flow], going_on: Paid, none: Paid) -> ir.Flow | None:
    return fallen([flow for flow in flows if not none.of(flow.name)], going_on, none)


def _no_better(study: Study, flow: ir.Flow, paid: Paid, _: Paid) -> Finding:
    amount = paid.of(flow.name)
    event = next(fact.event for fact in paid.history.happened if _is_bad(study, fact.event))
    return Finding(
        of=(flow.name,),
        origin=flow.origin,
        message=f"{study.money(amount)} is due though nothing changes for anybody: no less {event} than before",
        label="is due though what was bad goes on",
        stake=amount,
        verdict=Verdict.WITNESS,
        witness=Witness(
            (Told(paid.history, paid.total),),
            f"no good thing begins after joining, and no less {event} than before",
        ),
        argument=f"{flow.name} is still due where what was bad before happens again every two weeks",
        remedies=(
            Remedy(f"pay for how much less often {event} happens than before", "what goes on as it was earns nothing"),
        ),
    )


def _is_bad(study: Study, event: str) -> bool:
    return study.names.events[event].polarity is ir.Polarity.FEWER


def _stays_so(study: Study, flow: ir.Flow, history: History) -> bool:
    """Whether it is paid for people, for something that was never otherwise: no bad thing lies before they came."""
    bad = {event.name for event in study.contract.events if event.polarity is ir.Polarity.FEWER}
    personal = is_for_people(study.names, flow) and study.rests_on_an_outcome(flow)
    return personal and bool(history.participants) and not any(fact.event in bad for fact in history.happened)


SEEKER = Seeker(already.RULE.name, _options, lambda study: bool(_flows(study)))
