"""OC33: all money for outcomes hangs on one measure, and nothing beside it is asked for or watched."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.loopholes.beside import asked_of, facts_of
from outcomelang.loopholes.counterfactual import is_cost
from outcomelang.loopholes.finding import Cleared, Finding, Said, Verdict
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study


def check(study: Study) -> Iterator[Said]:
    """The measures on which payments for outcomes rest; gates are among them."""
    paid_for = (flow for flow in study.contract.flows if not is_cost(study, flow))
    flows = [flow for flow in paid_for if study.rests_on_an_outcome(flow)]
    paid = {measure for flow in flows for measure in _measures(study, flow)}
    if not paid:
        return
    watched = {measure for each in study.contract.outcomes if each.monitor_only for measure in _asked(study, each)}
    if len(paid) > 1 or watched - paid:
        yield Cleared(Verdict.PROVED, "more than one measure is paid for, asked for or watched")
    elif any(isinstance(node, ir.Attribute) for flow in flows for node in study.rests_on(flow.amount)):
        yield Cleared(Verdict.PROVED, "each row has a price of its own: it stands for what was agreed for one person")
    elif all(_counts_every_harm(study, flow) for flow in flows):
        yield Cleared(Verdict.PROVED, "every single harm counts, so that none can be hidden behind another")
    else:
        yield _finding(study, flows, next(iter(paid)))


def _measures(study: Study, flow: ir.Flow) -> Iterator[str]:
    """The facts of a payment, a state as one: rows that are told apart by a label are a measure each."""
    kinds = {event.name for event in study.contract.events if event.kind in ("outcome", "figure")}
    for event in facts_of(study, flow) & kinds:
        labels = asked_of(study, flow, event).labels
        if not labels:
            yield _state_of(study, event)
        for attribute, values in labels.items():
            yield from (f"{event} with {attribute} {value}" for value in values)
    yield from (node.figure for node in study.rests_on(study.earned_by(flow)) if isinstance(node, ir.Observed))


def _state_of(study: Study, event: str) -> str:
    """The event that begins the state which an event ends."""
    for state in study.contract.states:
        if isinstance(state.days, ir.Spells) and event in (state.days.begins, state.days.ends):
            return state.days.begins
    return event


def _asked(study: Study, outcome: ir.Outcome) -> Iterator[str]:
    return (_state_of(study, event.name) for event in study.events_of(outcome.when))


def _counts_every_harm(study: Study, flow: ir.Flow) -> bool:
    """Whether a payment falls with each bad event, or each day of it, and not only with the first of somebody."""
    polarity = {event.name: event.polarity for event in study.contract.events}
    polarity |= {state.name: state.polarity for state in study.contract.states}
    for node in study.rests_on(study.earned_by(flow)):
        match node:
            case ir.Counted(ir.Select(ir.Rows(name))) | ir.Summed(_, ir.Select(ir.Rows(name))) | ir.DaysIn(name):
                if polarity.get(name) is ir.Polarity.FEWER:
                    return True
            case _:
                continue
    return False


def _finding(study: Study, flows: list[ir.Flow], measure: str) -> Finding:
    bounds = [each.within for each in study.liability.flows if each.flow in flows]
    return Finding(
        of=tuple(dict.fromkeys(flow.card or flow.name for flow in flows)),
        origin=flows[0].origin,
        message=(
            f"Only {measure} is worth anything: harm that is done on the way to it costs nothing, and nobody sees it"
        ),
        label="hangs on one measure alone",
        stake=max((each for each in bounds if each is not None), default=Fraction(0)),
        argument="no other measure is paid for, asked for or watched",
        remedies=(
            Remedy("an outcome that is “monitor only”", "harm is seen, and no payment changes"),
            Remedy("“when … is not achieved” on the payment", "harm costs the payment"),
            Remedy("pay for a second measure", "one alone does not decide"),
        ),
    )


RULE = Rule(
    code="OC33",
    name="one-metric-no-safeguard",
    severity=Severity.NOTE,
    means=Means.TERMS,
    summary="All money for outcomes hangs on one measure, and nothing beside it is asked for or watched.",
    rationale=(
        "What is paid for gets done, and what is not, does not. Patients who have to be discharged within seven days "
        "are discharged, and some come back; a watched rate of readmission shows it."
    ),
    guards=(
        "a second measure that is paid for, or that a payment asks for",
        "an outcome that is monitored only",
        "every bad event counts, so that the measure is the harm itself",
        "each row has a price of its own: what was agreed for one person, which may be anything",
    ),
    blind="Whether the second measure would show the harm that is to be feared.",
    source="Revolving Doors Agency, payment by results and multiple needs (2015)",
    bad="delete Complaint Made",
    good=(
        "insert outcome Second Complaint of a Jobseeker\n"
        "  when the number of Complaints in the 12 months after Referral is at least 2\n"
        "  once\n"
        "  monitor only"
    ),
    check=check,
)
