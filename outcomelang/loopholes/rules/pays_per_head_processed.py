"""OC01: a line pays merely because a person is referred, enrolled, starts or attends."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.histories.paid import Paid
from outcomelang.histories.shrinking import smallest
from outcomelang.loopholes.finding import Cleared, Finding, Said, Told, Verdict, Witness
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study, percent
from outcomelang.loopholes.work_done import is_a_change, is_tariff

CEILING = Fraction(1, 10)
"""The share of a person's full price up to which a fee for taking part is a service fee (catalogue, OC02)."""
SETTING_UP = Fraction(1, 4)
"""The share up to which a fee at the start is only noted, where the rest is for outcomes (catalogue: 200 of 800)."""
_HEADS = ir.PerPerson | ir.PerMember | ir.PerRow


def check(study: Study) -> Iterator[Said]:
    """A payment that rests on no outcome is due, for each person once more, in a history without any."""
    full = _full(study)
    heads = [flow for flow in study.flows if _is_per_head(study, flow)]
    due = {flow.name: idle for flow in heads if (idle := _idle(study, flow)) is not None}
    fees = sum((due[f.name].of(f.name) for f in heads if f.name in due and not is_tariff(study, f)), Fraction(0))
    for flow in heads:
        if flow.name not in due:
            continue
        each = due[flow.name].of(flow.name)
        together = each if is_tariff(study, flow) else fees
        if together > CEILING * max(full, together):
            yield _finding(study, flow, due[flow.name], max(full, each), together)
    if not heads:
        yield Cleared(Verdict.PROVED, "every payment for people rests on an event that is declared an outcome")


def _idle(study: Study, flow: ir.Flow) -> Paid | None:
    """A history without any outcome in which it is due; None where there is none."""
    earned = study.earned(flow)
    idle = study.pay(study.nothing_achieved(earned.history)) if earned is not None else None
    return idle if idle is not None and idle.of(flow.name) else None


def _full(study: Study) -> Fraction:
    """What one person is worth: by the price list, or in the history of one who achieves everything."""
    own = (flow.name for flow in study.flows if isinstance(flow.subject, _HEADS))
    return max(study.full_price, sum((study.everything.of(name) for name in own), Fraction(0)))


def _is_per_head(study: Study, flow: ir.Flow) -> bool:
    """Whether it is paid for people, or rows of theirs, and neither an outcome nor a score decides over it."""
    if isinstance(flow.driver, ir.EachAchievement) and is_a_change(study, study.names.outcomes[flow.driver.outcome]):
        return False
    return _is_of_somebody(study, flow.subject) and not study.rests_on_an_outcome(flow)


def _is_of_somebody(study: Study, subject: ir.Subject) -> bool:
    """Whether it is paid for people, or rows of theirs: an invoice is nobody's."""
    if isinstance(subject, ir.PerRow):
        return study.names.events[subject.event].of is not None or subject.event in study.joining
    return isinstance(subject, _HEADS)


def _finding(study: Study, flow: ir.Flow, idle: Paid, full: Fraction, together: Fraction) -> Finding:
    history = smallest(idle.history, lambda tried: bool(study.pay(tried).of(flow.name)))
    paid = study.pay(history)
    due = paid.of(flow.name)
    share = percent(due, full)
    fee = study.money(due)
    return Finding(
        of=(flow.name,),
        origin=flow.origin,
        message=f"{fee} of the {study.money(full)} for a person ({share}) is due even if nothing changes for anybody",
        label="due for everybody who takes part, whatever happens next",
        stake=due,
        verdict=Verdict.WITNESS,
        witness=Witness(
            (Told(history, paid.total),), f"{fee} is due under {study.clause(flow)}, and more with each person"
        ),
        argument="No event that is declared an outcome decides over it",
        remedies=(
            Remedy(
                f"move money from {study.clause(flow)} to what is paid for an outcome",
                "at 10% or less the fee is a service fee",
            ),
            Remedy(f"repay {study.clause(flow)} when no outcome follows", "the provider carries the risk"),
        ),
        severity=Severity.NOTE if together <= SETTING_UP * full or is_tariff(study, flow) else None,
    )


RULE = Rule(
    code="OC01",
    name="pays-per-head-processed",
    severity=Severity.WARNING,
    means=Means.HISTORIES,
    summary="A payment is due merely because a person is referred, enrolled, starts or attends.",
    rationale=(
        "Money that comes with the person and not with the result rewards numbers processed: a provider earns most by "
        "enrolling many and helping few. The Troubled Families programme paid 80% of a family’s price at the start."
    ),
    guards=(
        "the payment rests on an event that is declared an outcome, or on a score that has improved or has to be low",
        "all such fees together are at most 10% of what one person can earn; up to 25% they are only noted",
        "it is paid for each row of an activity by which nobody is enrolled, a tariff for work done: only noted",
        "acceptance, which says openly that it is a service fee",
    ),
    blind="Whether an event that is declared an outcome is one.",
    source=(
        "Knowledge Exchange blog on outcomes-based commissioning; "
        "Bridges, Payment for Inputs vs Payment for Outcomes (2023)"
    ),
    bad="insert payment Enrolment Fee: Council pays the Provider £600 for each Jobseeker",
    good="insert payment Enrolment Fee: Council pays the Provider £100 for each Jobseeker",
    check=check,
)
