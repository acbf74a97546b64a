"""OC26: a large part of the money is paid before anything is achieved, and kept when nothing ever is."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.exposure.liability import together
from outcomelang.histories.paid import Paid
from outcomelang.histories.shrinking import smallest
from outcomelang.loopholes.finding import Cleared, Finding, Said, Told, Verdict, Witness
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study, percent

TOO_MUCH = Fraction(3, 10)
"""Of what one person can earn, the part that may be kept: what help costs before it shows results."""
LUMP = Fraction(1, 10)
"""Of all that can be due, the part that may be paid at once, for nobody in particular, and be kept."""
_PERSONAL = ir.PerPerson | ir.PerMember | ir.PerRow


def check(study: Study) -> Iterator[Said]:
    """What is due at the start with nothing achieved, of all that can be due; and whether any of it comes back."""
    if not any(study.rests_on_an_outcome(flow) for flow in study.contract.flows):
        yield Cleared(Verdict.PROVED, "no payment is for an outcome, so that none can fail")
        return
    advances = [flow for flow in study.flows if _is_advance(study, flow)]
    back = next((flow for flow in study.repayments if study.earned(flow) is not None), None)
    if not advances or back is not None:
        what = f"{back.name} takes back what was paid" if back is not None else "nothing is paid in advance"
        yield Cleared(Verdict.PROVED, what)
        return
    heads = [flow for flow in advances if isinstance(flow.subject, _PERSONAL)]
    found = [*_of_heads(study, heads), *_of_lumps(study, [flow for flow in advances if flow not in heads])]
    yield from found
    if not found:
        yield Cleared(Verdict.NONE_FOUND, "at most a small part of what can be due is paid before anything is achieved")


def _is_advance(study: Study, flow: ir.Flow) -> bool:
    """Whether it is due when people come in, or when the contract or a period begins, and nothing else decides."""
    later = flow.withheld is not None or (flow.due is not None and flow.due.anchor is not None)
    if later or not isinstance(flow.driver, ir.OneEach | ir.EachRow) or study.rests_on_an_outcome(flow):
        return False
    events = study.events_of(study.earned_by(flow))
    if isinstance(flow.subject, _PERSONAL):
        return all(event.name in study.joining and event.kind != "activity" for event in events)
    return (isinstance(flow.subject, ir.Whole) or flow.in_advance) and not events


# ---------------------------------------------------------------- for each person


def _of_heads(study: Study, fees: list[ir.Flow]) -> Iterator[Finding]:
    own = [flow for flow in study.flows if isinstance(flow.subject, _PERSONAL)]
    if not fees or not any(study.rests_on_an_outcome(flow) for flow in own):
        yield from _of_lumps(study, fees)
        return
    everything = study.everything
    whole, paid = _sum(everything, own), _sum(everything, fees)
    if not whole or paid <= TOO_MUCH * whole:
        return
    largest = max(fees, key=lambda flow: everything.of(flow.name))
    idle = study.nothing_achieved(everything.history)
    kept = study.pay(idle).of(largest.name)
    history = smallest(idle, lambda tried: study.pay(tried).of(largest.name) >= kept)
    yield _finding(study, largest, study.pay(history), whole, "for a person")


def _sum(paid: Paid, flows: list[ir.Flow]) -> Fraction:
    return sum((paid.of(flow.name) for flow in flows), Fraction(0))


# ---------------------------------------------------------------- for all


def _of_lumps(study: Study, flows: list[ir.Flow]) -> Iterator[Finding]:
    """Each lump (of instalments: each of them) against the most that can be due."""
    most = study.liability.most
    for bound in study.liability.flows:
        if bound.flow not in flows or not most:
            continue
        amount = together(study.names, [bound])
        if amount is None:
            continue
        if bound.units and not isinstance(bound.flow.subject, _PERSONAL):
            amount /= bound.units
        if bound.flow.instalments is not None:
            amount /= bound.flow.instalments.number
        earned = study.earned(bound.flow)
        if amount > LUMP * most and earned is not None:
            idle = study.pay(study.nothing_achieved(earned.history))
            idle = study.nobody if study.nobody.of(bound.flow.name) else idle
            yield _finding(study, bound.flow, idle, most, "that can be due at most", amount)


# ---------------------------------------------------------------- words


def _finding(
    study: Study, flow: ir.Flow, paid: Paid, whole: Fraction, of: str, amount: Fraction | None = None
) -> Finding:
    kept = paid.of(flow.name)
    stake = kept if amount is None else amount
    share = percent(stake, whole)
    allowed = TOO_MUCH if amount is None else LUMP
    return Finding(
        of=(flow.name,),
        origin=flow.origin,
        message=(
            f"{study.money(stake)} of the {study.money(whole)} {of} ({share}) is paid before anything is achieved, and "
            "nothing of it is repaid if nothing ever is"
        ),
        label="is kept, whatever comes of it",
        stake=stake,
        verdict=Verdict.WITNESS,
        witness=Witness(
            (Told(paid.history, paid.total),),
            f"nothing is achieved, {study.money(kept)} is kept under {study.clause(flow)}",
        ),
        argument="no repayment can fall due",
        remedies=_ways_out(study, flow, stake, whole, allowed),
    )


def _ways_out(study: Study, flow: ir.Flow, stake: Fraction, whole: Fraction, allowed: Fraction) -> tuple[Remedy, ...]:
    return (
        Remedy(f"repay {flow.name} in proportion when the outcome is not achieved", f"up to {study.money(stake)}"),
        Remedy(
            f"pay at most {study.money(whole * allowed)} in advance",
            f"{percent(allowed, Fraction(1))} of what can be earned is then all that can be lost",
        ),
        Remedy(f"withhold {flow.name} until the outcome is achieved", "what is kept back need not be recovered"),
    )


RULE = Rule(
    code="OC26",
    name="advance-never-recovered",
    severity=Severity.WARNING,
    means=Means.HISTORIES,
    summary="A large part of what can be due is paid before anything is achieved, and nothing takes it back.",
    rationale=(
        "Whoever has been paid in advance and keeps it when nothing comes of it, earns most by starting much and "
        "finishing little. In the first year of Troubled Families £3,200 a family were kept if nothing followed."
    ),
    guards=(
        "a repayment that can fall due",
        "a payment that is withheld until an outcome, or due on a later day",
        "at most 30% of what one person can earn is paid at the start, or a tenth of all that can be due as a lump",
        "instalments, and fees for each period, count one by one",
    ),
    blind="Whether a repayment takes back enough; what is paid for steps on the way to a result that then fails.",
    source="Troubled Families slide set",
    bad="insert payment Set-Up Fee: Council pays the Provider £4,000,000",
    good=(
        "insert payment Core Fee: Council pays the Provider £4,000,000\n"
        "  in 36 equal monthly instalments from 30 April 2024"
    ),
    check=check,
)
