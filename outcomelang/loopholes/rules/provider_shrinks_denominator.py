"""OC43: an exit, an exclusion or an open case that the provider controls raises a rate, or what is due."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.loopholes.control import PERSONAL, independent, paid
from outcomelang.loopholes.finding import Cleared, Finding, Said, Told, Verdict, Witness
from outcomelang.loopholes.recording import Move, codes, moves
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study


def check(study: Study) -> Iterator[Said]:
    """For whoever fails, the provider writes another exit, an exclusion, or nothing: is more due?"""
    own = paid(study.names) - independent(study.names)
    found: set[str] = set()
    asked = False
    for flow in study.flows:
        written = list(codes(study, flow, own)) if is_for_results(study, flow) else []
        asked = asked or bool(written)
        move = next(moves(study, flow, written), None) if written else None
        if move is not None and move.event.name not in found:
            found.add(move.event.name)
            yield rises_by_record(study, flow, move, sorted(own & set(move.event.recorded_by))[0])
    for flow in study.flows if not found else ():
        outside = _outside(study, flow)
        if outside is not None:
            found.add(outside.name)
            yield _undrawn(study, flow, outside)
    if not found:
        yield Cleared(
            Verdict.NONE_FOUND if asked else Verdict.PROVED,
            "nothing that whoever is paid can record raises what is due for people who fail"
            if asked
            else "whoever is paid records no exit and no exclusion by itself",
        )


def is_for_results(study: Study, flow: ir.Flow) -> bool:
    """Whether it is for outcomes, or for a share of many, by whatever name the rows are recorded."""
    return study.rests_on_an_outcome(flow) or not isinstance(flow.subject, PERSONAL)


# ---------------------------------------------------------------- what nobody calls so


def _outside(study: Study, flow: ir.Flow) -> ir.Event | None:
    """What is paid for are all days outside a spell: the event that begins one, if nobody independent records it."""
    for node in study.rests_on((flow.driver, flow.gate)):
        state = study.names.states.get(node.state) if isinstance(node, ir.Reaches | ir.DaysIn) else None
        inside = state.days.of if state is not None and isinstance(state.days, ir.NotDays) else None
        while isinstance(inside, ir.InState):
            inside = study.names.states[inside.state].days
        if isinstance(inside, ir.Spells):
            event = study.names.events[inside.begins]
            verified = set(event.verification.by) if event.verification is not None else set()
            if independent(study.names).isdisjoint({*event.recorded_by, *verified}):
                return event
    return None


def _undrawn(study: Study, flow: ir.Flow, event: ir.Event) -> Finding:
    return Finding(
        of=(flow.name, event.name),
        origin=flow.origin,
        message=(
            f"Whatever nobody records as {event.name} counts for {flow.name}: an arrangement that is called otherwise "
            "is paid like a success"
        ),
        label=f"counts every day for which there is no {event.name}",
        argument=f"the days paid for are all those outside, and nobody independent records {event.name}",
        remedies=(
            Remedy(f"define what else is a {event.name}, and let somebody independent record it", "no gap is left"),
            Remedy("pay for what is recorded as good", "what nobody records then earns 0"),
        ),
        related=((event.origin, "draws the line"),),
        severity=Severity.NOTE,
    )


# ---------------------------------------------------------------- what it says


def rises_by_record(study: Study, flow: ir.Flow, move: Move, who: str) -> Finding:
    more: Fraction = move.after.of(flow.name) - move.before.of(flow.name)
    return Finding(
        of=(flow.name, move.event.name),
        origin=flow.origin,
        message=(
            f"{study.money(more)} more is due by what {who} alone records in {move.event.name}, though nobody is any "
            "better for it"
        ),
        label=f"rises by a record of {who}",
        stake=more,
        verdict=Verdict.WITNESS,
        witness=Witness(
            (
                Told(move.before.history, move.before.total, move.titles[0]),
                Told(move.after.history, move.after.total, move.titles[1]),
            ),
            f"{study.money(more)} more is due under {study.clause(flow)}",
        ),
        argument=f"the two histories differ only in the rows of {move.event.name}, which {who} records",
        remedies=(
            Remedy(f"let others record or verify {move.event.name}", f"{who} can then not choose it"),
            Remedy("count everybody referred at least so many months ago", "an exit then changes no denominator"),
        ),
        related=((move.event.origin, f"recorded by {who}"),),
    )


RULE = Rule(
    code="OC43",
    name="provider-shrinks-denominator",
    severity=Severity.WARNING,
    means=Means.HISTORIES,
    summary="An exit, an exclusion or an open case that the provider controls raises a rate, or what is due.",
    rationale=(
        "A rate can be raised by helping more people, or by counting fewer. Where the provider says which exits were "
        "planned, who is excluded, or when a case is closed, failures can be made to count no more."
    ),
    guards=(
        "everybody referred is counted, whatever becomes of them",
        "exits and exclusions are recorded or verified by somebody who is not paid",
    ),
    blind=(
        "What definitions leave out, such as placements with relatives that nobody calls care: it is only noted where "
        "all days outside a spell are paid for."
    ),
    source="Denver contract (planned exits); Newpin bond terms",
    bad=(
        "insert event Exclusion of a Jobseeker is an input, recorded by the Provider\n"
        "insert define Jobs Due as 50% of the number of Jobseekers without an Exclusion\n"
        "insert define Surplus Job as the excess of the number of Lasting Jobs over Jobs Due\n"
        "insert payment Surplus Fee: Council pays the Provider £500 for each Surplus Job, parts in proportion, "
        "stacks with Job Payment"
    ),
    good=(
        "insert event Exclusion of a Jobseeker is an input, recorded by the Jobcentre\n"
        "insert define Jobs Due as 50% of the number of Jobseekers without an Exclusion\n"
        "insert define Surplus Job as the excess of the number of Lasting Jobs over Jobs Due\n"
        "insert payment Surplus Fee: Council pays the Provider £500 for each Surplus Job, parts in proportion, "
        "stacks with Job Payment"
    ),
    check=check,
)
