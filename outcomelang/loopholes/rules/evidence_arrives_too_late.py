"""OC12: what is permitted to happen, or to be known, comes after the last day for claims, or after anybody watches."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from outcomelang.core import ir, observing
from outcomelang.core.calendar import FIRST_DAY, day_text, shift
from outcomelang.core.settling import Case, Settling
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.loopholes.finding import Cleared, Finding, Said, Verdict
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study

A_MONTH = 31
"""How many days of a window may lie after the last claim and not be spoken of."""


@frozen
class _Late:
    """What comes on `day`: later than claims (or, of evidence, than anybody watches)."""

    day: int
    message: str
    label: str
    argument: str


def check(study: Study) -> Iterator[Said]:
    """The dates of every outcome that is paid for, and of every measure, for the last for whom it can be."""
    contract = study.contract
    if contract.first_day is None or contract.last_day is None or contract.last_claim is None:
        yield Cleared(Verdict.NOT_DECIDED, "the contract has no term or no last day for claims")
        return
    settling, claims, found = Settling(contract), contract.last_claim.toordinal(), False
    for node, flows in _paid(study):
        cases = settling.cases(node.subject)
        late = _late(study, settling, node, cases, claims) if cases else None
        if late is not None:
            found = True
            yield _finding(study, node, flows, late, claims)
    if not found:
        yield Cleared(Verdict.PROVED, f"everything that is paid for is known by {day_text(claims)}")


def _paid(study: Study) -> Iterator[tuple[ir.Outcome | ir.Flow, list[ir.Flow]]]:
    """Outcomes with the payments for them, then payments by measures that rest on no outcome."""
    by_outcome: dict[str, list[ir.Flow]] = {}
    for flow in study.flows:
        named = [node.name for node in study.rests_on(study.earned_by(flow)) if isinstance(node, ir.Outcome)]
        for name in named:
            by_outcome.setdefault(name, []).append(flow)
        if not named and isinstance(flow.driver, ir.EachUnit | ir.OneEach):
            yield flow, [flow]
    for name, flows in by_outcome.items():
        yield study.names.outcomes[name], flows


def _late(study: Study, s: Settling, node: ir.Outcome | ir.Flow, cases: tuple[Case, ...], claims: int) -> _Late | None:
    last = cases[-1]
    if isinstance(node, ir.Flow):
        return _decided(node, max(_quantities(s, node, last)), last, claims)
    if (never := _too_short(s, node, cases[0])) is not None:
        return never
    until = FIRST_DAY if node.deadline is None or node.deadline.last is None else s.edge(node.deadline.last, last)
    if until > claims + A_MONTH:
        return _Late(
            until,
            f"What is achieved from {day_text(claims + 1)} on is never paid, though {node.name} may be achieved until "
            f"{day_text(until)} by {_who(last)}",
            f"may be achieved until {day_text(until)}",
            f"the window of {_who(last)} ends on {day_text(until)}, and claims end on {day_text(claims)}",
        )
    if not any(isinstance(each, ir.Reaches) for each in study.rests_on(node.when)):
        decided = _decided(node, s.outcome(node, last), last, claims)
        if decided is not None:
            return decided
    return _verified(study, s, node, last, until, claims) or _unwatched(s, node, last)


def _quantities(s: Settling, flow: ir.Flow, case: Case) -> Iterator[int]:
    yield s.quantity(flow.amount, case)
    if isinstance(flow.driver, ir.EachUnit):
        yield s.quantity(flow.driver.quantity, case)


def _decided(node: ir.Outcome | ir.Flow, day: int, case: Case, claims: int) -> _Late | None:
    if day <= claims:
        return None
    return _Late(
        day,
        f"{node.name} is never paid for {_who(case)}: it cannot be known before {day_text(day)}, and claims end on "
        f"{day_text(claims)}",
        f"not known before {day_text(day)}",
        f"its last window for {_who(case)} ends on {day_text(day)}",
    )


def _too_short(s: Settling, outcome: ir.Outcome, case: Case) -> _Late | None:
    """A deadline that ends before what has to last can have lasted."""
    if outcome.deadline is None or outcome.deadline.last is None:
        return None
    until, earliest = s.edge(outcome.deadline.last, case), s.condition(outcome.when, case)
    if until == FIRST_DAY or earliest <= until:
        return None
    return _Late(
        earliest,
        f"{outcome.name} can never be achieved: its time ends on {day_text(until)} for {_who(case)}, and what it asks "
        f"for takes until {day_text(earliest)}",
        "shorter than what has to last",
        f"the earliest day on which the condition can be met is {day_text(earliest)}",
    )


def _verified(study: Study, s: Settling, outcome: ir.Outcome, case: Case, until: int, claims: int) -> _Late | None:
    """The verifier may take its time, and then claims are over."""
    known = max(until, s.outcome(outcome, case))
    if known == FIRST_DAY or known > claims:
        return None
    for by, spoken in _times_to_verify(study, outcome, known):
        if spoken > claims:
            return _Late(
                spoken,
                f"{outcome.name} may go unpaid for {_who(case)}: {by} may take until {day_text(spoken)}, and claims "
                f"end on {day_text(claims)}",
                f"may be confirmed as late as {day_text(spoken)}",
                f"it may be achieved until {day_text(known)}, and {by} has the whole time after that",
            )
    return None


def _times_to_verify(study: Study, outcome: ir.Outcome, day: int) -> Iterator[tuple[str, int]]:
    for event in study.events_of(outcome.when):
        of = event.verification
        if of is not None and (of.silence_days or of.silence_months or of.silence_working):
            months, days = of.silence_months or 0, of.silence_days or 0
            yield " or ".join(of.by), shift(day, months, days + of.silence_working * 7 // 5)
    for ruling in outcome.rulings:
        if ruling.within is not None:
            within = ruling.within
            yield " or ".join(ruling.by), shift(day, within.months, within.days + within.working * 7 // 5)


def _unwatched(s: Settling, outcome: ir.Outcome, case: Case) -> _Late | None:
    blind = observing.in_condition(s, outcome.when, case)
    if blind is None:
        return None
    return _Late(
        blind.decided,
        f"{outcome.name} is never known for {_who(case)}: it rests on “{blind.event}” up to {day_text(blind.decided)}, "
        f"and that is watched only until {day_text(blind.until)}",
        f"watched only until {day_text(blind.until)}",
        "where nobody watches, it is not known that nothing happened",
    )


def _who(case: Case) -> str:
    return case.words or f"somebody who joins on {day_text(case.joins)}"


def _finding(study: Study, node: ir.Outcome | ir.Flow, flows: list[ir.Flow], late: _Late, claims: int) -> Finding:
    return Finding(
        of=(node.name,),
        origin=node.origin,
        message=late.message,
        label=late.label,
        stake=sum((study.full_prices.get(flow.name, Fraction(0)) for flow in flows), Fraction(0)),
        argument=late.argument,
        remedies=_remedies(late, claims),
    )


def _remedies(late: _Late, claims: int) -> tuple[Remedy, ...]:
    if late.day <= claims:
        return (Remedy("give more time, or watch for longer", "what is asked for can then be known in time"),)
    return (
        Remedy(f"“claims up to and including {day_text(late.day)}”", "what happens in time is paid"),
        Remedy("an earlier last day of joining", "everybody’s time ends before claims do"),
    )


RULE = Rule(
    code="OC12",
    name="evidence-arrives-too-late",
    severity=Severity.WARNING,
    means=Means.TERMS,
    summary="What is permitted to happen, or to become known, comes after the last day for claims.",
    rationale=(
        "An outcome that is achieved in time and known too late is not paid. Reconvictions take a year to happen and "
        "another half to come to court; in the Work Programme the last to join ran out of time."
    ),
    guards=(
        "claims go on until every window of the last to join has ended, and everybody has confirmed what they are to",
        "joining ends earlier; at most a month of a window lies after the last claim",
    ),
    blind="How long evidence really takes where the contract gives no time for it; days that only a log can tell.",
    source=(
        "DrugScope, Payment by Results questions and answers (2010); Revolving Doors Agency, payment by results and "
        "multiple needs (2015); Fair Chance Fund evaluation"
    ),
    bad=(
        "insert outcome Job In Two Years of a Jobseeker when Job Start occurs, within 24 months of Referral, once\n"
        "insert payment Job Fee: Council pays the Provider £400 for each Job In Two Years"
    ),
    good=(
        "insert outcome Job In A Year of a Jobseeker when Job Start occurs, within 12 months of Referral, once\n"
        "insert payment Job Fee: Council pays the Provider £400 for each Job In A Year"
    ),
    check=check,
)
