"""OC19: what is paid for is counted for everybody in a place, so that another contract can be paid for the same."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.declared import rests_on
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.loopholes.finding import Cleared, Finding, Said, Verdict
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study

_PERSONAL = ir.PerPerson | ir.PerMember | ir.PerRow


def check(study: Study) -> Iterator[Said]:
    """Payments for totals of events that belong to nobody who takes part, and that nothing holds apart from others."""
    own = _of_people(study)
    found = False
    for flow in (*study.flows, *study.repayments):
        events = tuple(event for event in study.events_of(study.earned_by(flow)) if event.kind == "outcome")
        if not events or isinstance(flow.subject, _PERSONAL) or any(event.name in own for event in events):
            continue
        if is_held_apart(study, flow):
            continue
        found = True
        yield _finding(study, flow, events)
    if not found:
        yield Cleared(
            Verdict.NOT_DECIDED,
            "what is paid for belongs to people who take part; whether another contract pays for them too is not known",
        )


def _of_people(study: Study) -> frozenset[str]:
    """The events that are told of single people: those declared so, by which they join, or that outcomes of theirs
    ask for."""
    declared = {event.name for event in study.contract.events if event.of is not None}
    parts = [each for each in study.contract.outcomes if isinstance(each.subject, _PERSONAL)]
    measures = [each for each in study.contract.measures if isinstance(each.subject, _PERSONAL)]
    asked = {node.event for node in rests_on(study.names, (*parts, *measures)) if isinstance(node, ir.Rows)}
    return frozenset(declared | asked | study.joining)


def is_held_apart(study: Study, flow: ir.Flow) -> bool:
    """Whether others are compared, people of a group are meant, or rows of others are left out or taken off."""
    for node in study.rests_on(study.earned_by(flow)):
        match node:
            case ir.InGroup() | ir.Has() | ir.AttributeIs(negated=True) | ir.AttributeGiven(negated=True):
                return True
            case ir.AttributeIs(_, ("no",)):
                return True
            case ir.Select(among=among) | ir.DaysIn(among=among) if among is not None:
                return True
            case _:
                continue
    return any(isinstance(stage, ir.SetOff) and stage.flow == flow.name for stage in study.contract.stages)


def _finding(study: Study, flow: ir.Flow, events: tuple[ir.Event, ...]) -> Finding:
    bound = next((each.within for each in study.liability.flows if each.flow is flow), None)
    names = " and ".join(event.name for event in events[:2])
    return Finding(
        of=(flow.name,),
        origin=flow.origin,
        message=(
            f"Two contracts can be paid for one result: {names} is counted for everybody, and what others pay for is "
            f"not left out of {flow.name}"
        ),
        label="is due whoever brought it about",
        stake=bound or Fraction(0),
        argument="it rests on no event of people who take part, on no comparison and on no row that is left out",
        remedies=(
            Remedy(f"count {names} of the people who take part only", "what others achieve is not paid for"),
            Remedy("leave out rows that another contract pays for, or take off what it pays", "nothing is paid twice"),
            Remedy("agree shares with the other payers", "one price is shared"),
        ),
        severity=Severity.NOTE,
    )


RULE = Rule(
    code="OC19",
    name="two-contracts-pay-one-outcome",
    severity=Severity.WARNING,
    means=Means.TERMS,
    summary="What is paid for is counted for everybody in a place, so that another contract can be paid for the same.",
    rationale=(
        "Where a fall in demand is paid for whoever brought it about, every programme in the place claims it: the "
        "saving is there once, and is paid for as often as there are contracts."
    ),
    guards=(
        "beside another contract: the rows that it pays for are left out, or what it pays is taken off",
        "the events are those of people who take part",
        "a comparison, a group of people, or rows of others that are left out",
        "less any other payment",
    ),
    blind=(
        "Contracts that are not checked together with this one, and results that two contracts call by different names "
        "or take from different records. What one payer pays one payee in two contracts is taken for versions of one."
    ),
    source="Revolving Doors Agency, payment by results and multiple needs (2015)",
    bad=(
        "insert event Benefit Claim is an outcome, recorded by the Jobcentre, fewer is better,\n"
        "  observed until 30 September 2027\n"
        "insert define Claims Less as the excess of 500 over the number of Benefit Claims\n"
        "insert payment Claims Fee: Council pays the Provider £10 times Claims Less"
    ),
    good=(
        "insert event Benefit Claim of a Jobseeker is an outcome, recorded by the Jobcentre, fewer is better,\n"
        "  observed until 30 September 2027\n"
        "insert define Claims Less as the excess of 500 over the number of Benefit Claims\n"
        "insert payment Claims Fee: Council pays the Provider £10 times Claims Less"
    ),
    check=check,
)
