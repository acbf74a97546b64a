"""OC17: coming back on some day pays again, or a service that is broken off pays more than one that goes on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from outcomelang.core import ir
from outcomelang.diagnostic import Remedy
from outcomelang.histories.history import Fact, History
from outcomelang.histories.making import Making
from outcomelang.histories.paid import Paid
from outcomelang.histories.whom import joining_days
from outcomelang.loopholes.control import paid
from outcomelang.loopholes.finding import Finding, Told, Verdict, Witness
from outcomelang.loopholes.rules.re_enrolment_pays_again import (
    LONG_BREAK,
    RULE,
    can_be_due_again,
    found_again,
    shortest,
    ways_in,
)
from outcomelang.loopholes.seeking.paid_twice import shrunk_both
from outcomelang.loopholes.seeking.trial import Ground, Option, Seeker, Trial, fallen
from outcomelang.loopholes.study import Study


def _concerns(study: Study) -> bool:
    return any(_due_again(study)) or any(_services(study))


def _due_again(study: Study) -> Iterator[tuple[ir.Population, ir.Event, tuple[ir.Flow, ...]]]:
    for population, event in ways_in(study):
        flows = tuple(flow for flow in study.flows if can_be_due_again(study, flow, population, event))
        if flows:
            yield population, event, flows


def _options(ground: Ground, history: History) -> list[Option]:
    return [*_back(ground, history), *_cuts(ground, history)]


def _back(ground: Ground, history: History) -> Iterator[Option]:
    """The first who came comes once more, near every line."""
    study = ground.study
    for population, event, flows in _due_again(study):
        first, last = joining_days(study.contract, population)
        rows = [f for f in history.facts if f.event == event.name and f.counts and not f.about]
        for row in rows[:1]:
            for day in ground.days(history, row.participant):
                if max(first, row.day) < day <= last:
                    yield partial(_once_more, study, population, event, flows, history, row, row.on(day))


def _once_more(
    study: Study, population: ir.Population, event: ir.Event, flows: tuple[ir.Flow, ...], history: History, row: Fact,
    back: Fact,
) -> Trial:  # fmt: skip
    def told(flow: ir.Flow, _: Paid, once: Paid) -> Finding | None:
        again = shortest(study, flow, population, event, once.history, row, back)
        return found_again(study, again) if again.twice.of(flow.name) > again.once.of(flow.name) else None

    return Trial(history.plus(back), history, partial(_more, flows), told)


def _more(flows: tuple[ir.Flow, ...], twice: Paid, once: Paid) -> ir.Flow | None:
    """The payment that pays again; one that paid nothing before is no more than late."""
    flow = fallen(flows, twice, once) if twice.total > once.total else None
    return flow if flow is not None and once.of(flow.name) > 0 else None


# ---------------------------------------------------------------- a spell cut in two


def _services(study: Study) -> Iterator[tuple[ir.State, ir.Spells, tuple[ir.Flow, ...]]]:
    """States in which somebody is served, that the paid begin and end, with the payments that rest on them."""
    own = paid(study.names)
    for state in study.contract.states:
        match state.days:
            case ir.Spells(begins, str(ends)) as spells:
                events = (study.names.events[begins], study.names.events[ends])
            case _:
                continue
        if any(event.kind in ("outcome", "figure") or own.isdisjoint(event.recorded_by) for event in events):
            continue
        flows = (flow for flow in study.flows if any(node == spells for node in study.rests_on(study.earned_by(flow))))
        if not _opens_late(study, begins):
            yield state, spells, tuple(flows)


def _opens_late(study: Study, event: str) -> bool:
    """Whether people join by it, and a new participation opens only after a long while."""
    own = [each for each in study.contract.populations if any(w.select.of == ir.Rows(event) for w in each.ways)]
    return any(each.once or each.again_months + each.again_days / 30 >= LONG_BREAK for each in own)


def _cuts(ground: Ground, history: History) -> Iterator[Option]:
    """Each spell as it was, and one that goes on to the end of the term, cut on days near every line."""
    study = ground.study
    for state, spells, flows in _services(study):
        for begun in (fact for fact in history.happened if fact.event == spells.begins and not fact.about):
            for whole, last in _as_long(ground, history, spells, begun) if flows else ():
                for day in ground.days(history, begun.participant):
                    if begun.day < day < last - 1:
                        yield partial(_cut, study, state, spells, flows, whole, begun, day)


def _as_long(ground: Ground, history: History, spells: ir.Spells, begun: Fact) -> Iterator[tuple[History, int]]:
    """The history, and the same in which the spell goes on; with the last day of the spell."""
    own = (f for f in history.happened if f.event == spells.ends and f.participant == begun.participant)
    end = min((fact for fact in own if fact.day >= begun.day), key=lambda fact: fact.day, default=None)
    last = ground.study.contract.last_day
    final = last.toordinal() if last is not None else ground.last
    yield history, end.day if end is not None else final
    if end is not None and end.day < final:
        yield history.moved(end, final), final


def _cut(
    study: Study, state: ir.State, spells: ir.Spells, flows: tuple[ir.Flow, ...], history: History, begun: Fact,
    day: int,
) -> Trial:  # fmt: skip
    assert spells.ends is not None
    given = {name: value for name, value in begun.attributes if name == spells.matched_by}
    end = Making(study.names, known=history).row(begun.participant, spells.ends, day, (), given)
    broken = history.plus(end, begun.on(day + 1))
    return Trial(broken, history, partial(_more, flows), partial(_broken, study, state))


def _broken(study: Study, state: ir.State, flow: ir.Flow, twice: Paid, once: Paid) -> Finding:
    one, two = shrunk_both(study, once.history, twice.history)
    more = two.total - one.total
    return Finding(
        of=(flow.name,),
        origin=flow.origin,
        message=(
            f"{study.money(more)} more is due if {state.name} is broken off and taken up again on the next day, though "
            "nothing more is achieved"
        ),
        label=f"pays more for two spells of {state.name} than for one",
        stake=more,
        verdict=Verdict.WITNESS,
        witness=Witness(
            (
                Told(one.history, one.total, "One continuous spell"),
                Told(two.history, two.total, "The same, broken off for a day"),
            ),
            f"{study.money(more)} more is due under {study.clause(flow)}, and more with each break",
        ),
        argument=f"those who are paid begin and end {state.name}",
        remedies=(
            Remedy(f"pay for the days of {state.name} in all", "a break then pays nothing"),
            Remedy(f"limit {flow.name} to 1 for each person", "coming back then pays nothing by itself"),
        ),
        related=((state.origin, "the spell that is cut in two"),),
    )


SEEKER = Seeker(RULE.name, _options, _concerns)
