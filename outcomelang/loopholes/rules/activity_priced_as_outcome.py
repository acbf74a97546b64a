"""OC02: an assessment, a plan, a form or a contact is paid for as if it were an outcome."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.declared import asks_for
from outcomelang.core.plans import outcomes_of
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.exposure.liability import together
from outcomelang.loopholes.beside import asked_of, facts_of, outcomes_paid
from outcomelang.loopholes.finding import Cleared, Finding, Said, Verdict
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study, percent
from outcomelang.loopholes.work_done import is_a_change

CEILING = Fraction(1, 10)
"""The share of the price up to which what is done may be paid for (catalogue)."""
CATCH_ALL = 5
"""From how many labels on an event is everything at once, so that its kind says little."""
_RESULTS = ("outcome", "figure")
_PERSONAL = ir.PerPerson | ir.PerMember | ir.PerRow


@frozen
class _Done:
    """Payments for outcomes (without any: for rows) that rest on nothing but what is done, and its events."""

    flows: tuple[ir.Flow, ...]
    outcomes: tuple[str, ...]
    events: tuple[ir.Event, ...]


def check(study: Study) -> Iterator[Said]:
    """Each outcome that is paid for: on events of which kinds it rests. Each payment for rows of an activity."""
    found = [*_grouped(_priced(study)), *_activities(study), *_measured(study)]
    for done in found:
        share = _share(study, done.flows)
        if done.outcomes or share is None or share > CEILING:
            yield _finding(study, done, share)
    catch_all = [] if found else list(_catch_alls(study))
    yield from catch_all
    if not found and not catch_all:
        yield Cleared(Verdict.PROVED, "every outcome that is paid for rests on an event that is declared an outcome")


def _priced(study: Study) -> Iterator[_Done]:
    for flow in study.flows:
        for name in _paid_outcomes(study, flow):
            outcome = study.names.outcomes[name]
            events = _events(study, outcome)
            if events and not any(event.kind in _RESULTS for event in events) and not is_a_change(study, outcome):
                yield _Done((flow,), (name,), events)


def _paid_outcomes(study: Study, flow: ir.Flow) -> tuple[str, ...]:
    match flow.driver:
        case ir.EachAchievement() | ir.EachUnit():
            return tuple(outcome.name for outcome in outcomes_paid(study, flow))
        case ir.EachInPlan(plan, False):
            return outcomes_of(study.names.plans[plan])
        case ir.EachUnit(quantity):
            counted = (node for node in study.rests_on(quantity) if isinstance(node, ir.Achievements))
            return tuple(dict.fromkeys(node.outcome for node in counted))
        case _:
            return ()


def _events(study: Study, outcome: ir.Outcome) -> tuple[ir.Event, ...]:
    """The events that an outcome asks for, without those from which its time limits run."""
    found: set[str] = set()
    for node in asks_for(study.names, (outcome.when, outcome.subject)):
        match node:
            case ir.Rows(event) | ir.PerRow(event):
                found.add(event)
            case ir.Spells(begins, _):
                found.add(begins)
            case ir.Observed(figure):
                found.add(figure)
            case _:
                continue
    return tuple(event for event in study.contract.events if event.name in found)


def _activities(study: Study) -> Iterator[_Done]:
    """Payments for rows of an activity, or what is measured of them, that are not called an outcome: inputs and
    outputs are so by their own word.
    """
    for flow in study.flows:
        paid_by_number = isinstance(flow.driver, ir.EachRow | ir.EachUnit) and not outcomes_paid(study, flow)
        if paid_by_number and not study.rests_on_an_outcome(flow):
            events = study.events_of(flow.driver)
            if any(event.kind == "activity" for event in events):
                yield _Done((flow,), (), events)


def _measured(study: Study) -> Iterator[_Done]:
    """Payments by a measure of what is declared better or worse, and yet no outcome, and by no outcome beside it."""
    for flow in study.flows:
        by_row = isinstance(flow.driver, ir.EachRow | ir.EachAchievement | ir.EachInPlan)
        if by_row or study.rests_on_an_outcome(flow) or _paid_outcomes(study, flow):
            continue
        events = tuple(each for each in study.events_of(study.earned_by(flow)) if each.name not in study.joining)
        valued = [each for each in events if each.polarity in (ir.Polarity.MORE, ir.Polarity.FEWER)]
        if any(each.kind in ("activity", "output") for each in valued):
            yield _Done((flow,), (), events)


def _catch_alls(study: Study) -> Iterator[Finding]:
    """Events declared outcomes of which many are paid for, told apart by a label alone."""
    for event in study.contract.events:
        if event.kind != "outcome":
            continue
        lines: dict[str, ir.Flow] = {}
        for flow in study.flows:
            if isinstance(flow.driver, ir.EachAchievement) and facts_of(study, flow) == {event.name}:
                labels = [labels for labels in asked_of(study, flow, event.name).labels.values() if len(labels) == 1]
                lines |= {min(each): flow for each in labels}
        if len(lines) >= CATCH_ALL:
            yield _catch_all(study, event, lines)


def _grouped(each: Iterator[_Done]) -> Iterator[_Done]:
    """What stands in one payment clause and rests on the same events, together."""
    groups: dict[tuple[str, tuple[ir.Event, ...]], list[_Done]] = {}
    for done in each:
        groups.setdefault((done.flows[0].card or done.flows[0].name, done.events), []).append(done)
    for (_, events), some in groups.items():
        flows = dict.fromkeys(done.flows[0] for done in some)
        yield _Done(tuple(flows), tuple(name for done in some for name in done.outcomes), events)


def _catch_all(study: Study, event: ir.Event, lines: dict[str, ir.Flow]) -> Finding:
    flows = list(dict.fromkeys(lines.values()))
    cards = tuple(dict.fromkeys(flow.card or flow.name for flow in flows))
    least = min(flows, key=lambda flow: study.full_prices.get(flow.name, Fraction(0)))
    return Finding(
        of=(event.name, *cards),
        origin=event.origin,
        message=(
            f"What is only done can be paid for as a result: {event.name} is declared an outcome for all of its "
            f"{len(lines)} labels, of “{next(iter(lines))}” as of any other"
        ),
        label="is one event for everything that is paid for",
        stake=study.full_prices.get(least.name, Fraction(0)),
        argument="nothing but a label tells what is done from what comes of it",
        remedies=(
            Remedy("an event of its own for what is only done, declared an activity or an output", "it is then seen"),
        ),
        severity=Severity.NOTE,
    )


# ---------------------------------------------------------------- shares


def _share(study: Study, flows: tuple[ir.Flow, ...]) -> Fraction | None:
    """Of the price for one person, if all is paid for people, else of the most that can be due; None: no bound."""
    names = {flow.name for flow in flows}
    if all(isinstance(flow.subject, _PERSONAL) for flow in study.flows) and study.full_price:
        own = sum((study.full_prices.get(name, Fraction(0)) for name in names), Fraction(0))
        return own / max(study.full_price, own)
    part = together(study.names, [each for each in study.liability.flows if each.flow.name in names])
    if part is None or not study.liability.most:
        return None
    return part / max(study.liability.most, part)


# ---------------------------------------------------------------- words


def _finding(study: Study, done: _Done, share: Fraction | None) -> Finding:
    first, names = done.flows[0], tuple(dict.fromkeys((*(flow.name for flow in done.flows), *done.outcomes)))
    whole = Fraction(1)
    priced = sum((study.full_prices.get(flow.name, Fraction(0)) for flow in done.flows), Fraction(0))
    of_all = f" ({percent(share, whole)} of what can be earned)" if share is not None else ""
    events, kinds = _listed(tuple(event.name for event in done.events)), {event.kind for event in done.events}
    kind = f"an {kinds.pop()}" if len(kinds) == 1 else "no outcome"
    called = f"called {_listed(done.outcomes)}" if done.outcomes else "for each of them"
    return Finding(
        of=names,
        origin=first.origin,
        message=f"{study.money(priced)} is paid for what is done, {called}{of_all}: {events} is {kind}",
        label="is due for what is done, and not for what comes of it",
        stake=priced,
        argument="No event that is declared an outcome decides over it, and no score is compared with an earlier one",
        remedies=(
            Remedy(
                "pay for a score that is better than an earlier one, or for what comes of it", "a result is paid for"
            ),
            Remedy("pay for each row of the event, at 10% of the price or less", "it is then a fee for a service"),
        ),
        severity=None if done.outcomes and (share is None or share > CEILING) else Severity.NOTE,
    )


def _listed(names: tuple[str, ...]) -> str:
    if len(names) > 3:
        return f"{', '.join(names[:2])} and {len(names) - 2} more"
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


RULE = Rule(
    code="OC02",
    name="activity-priced-as-outcome",
    severity=Severity.WARNING,
    means=Means.TERMS,
    summary="An outcome that is paid for rests on nothing but inputs, activities or outputs.",
    rationale=(
        "An assessment that was made, a plan that was agreed, a form that was filled in: they can be produced in any "
        "number and change nothing for anybody. Paid for as outcomes they are the cheapest ones to produce. In an "
        "Entrenched Rough Sleeping contract £300 was due for three wellbeing forms."
    ),
    guards=(
        "some event on which the outcome rests is declared an outcome",
        "a score is compared with an earlier one, or has to be low",
        "at 10% of the price or less it is only noted",
        "what is paid for each row of an input or output, and is not called an outcome, is left to other rules",
        "what is paid for each row of an activity is noted, above 10%",
        "what is paid by a measure of what is declared better or worse, and yet no outcome, is noted, above 10%",
    ),
    blind=(
        "Whether an event that is declared an outcome is one. Five or more of its labels that are paid for one by one "
        "are noted, unless something that is paid for is declared an activity or an output."
    ),
    source="Bridges, Payment for Inputs vs Payment for Outcomes (2023); INDIGO Impact Bond Dataset (INDIGO-POJ-0154)",
    bad=(
        "insert event Assessment of a Jobseeker is an activity, recorded by the Jobcentre\n"
        "insert outcome Assessed of a Jobseeker\n"
        "  when an Assessment occurs in the 3 months after Referral\n"
        "  once\n"
        "insert payment Assessment Fee: Council pays the Provider £500 for each Assessed"
    ),
    good=(
        "insert event Assessment of a Jobseeker is an activity, recorded by the Jobcentre, has Score as a number\n"
        "insert define First Score of each Jobseeker as the total Score of Assessments on the first Assessment\n"
        "insert define Last Score of each Jobseeker as the total Score of Assessments on the latest Assessment\n"
        "insert outcome Better Score of a Jobseeker\n"
        "  when Last Score is above First Score\n"
        "  once\n"
        "insert payment Score Fee: Council pays the Provider £250 for each Better Score"
    ),
    check=check,
    also=("pays-per-head-processed",),
)
