"""OC16: what is split over instalments, payers or weights comes to more or less than the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.fixed_values import greatest_value
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.exposure.liability import units
from outcomelang.loopholes.finding import Cleared, Finding, Said, Verdict
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.shares import CONTRACT_VALUE, share, weights
from outcomelang.loopholes.study import Study, percent

NEAR = Fraction(3, 20)
"""How far from the whole the shares of a price may come to be read as parts of it: prices of alternatives, such as half
of it for part-time work, come to anything."""


@frozen
class Part:
    """A payment that pays so much of a base over the life of the contract (None: as often as it happens)."""

    flow: ir.Flow
    base: str
    of: Fraction | None


def check(study: Study) -> Iterator[Said]:
    """The exact sum of the shares of each base, and of the weights in each sum."""
    parts = [part for flow in study.flows if (part := _part(study, flow)) is not None]
    found = [*_of_the_value(study, parts), *_of_prices(parts), *_of_weights(study)]
    yield from found
    if not any(isinstance(each, Finding) for each in found):
        yield Cleared(Verdict.PROVED, "what is split over payments and weights comes to the whole")


def _part(study: Study, flow: ir.Flow) -> Part | None:
    of = share(study.names, flow.amount, flow.subject)
    if of is None or flow.versions:
        return None
    if of.base != CONTRACT_VALUE:
        often = _often(study, flow)
        return Part(flow, of.base, of.of * often if often is not None else None) if of.percent or of.of >= 1 else None
    number = units(study.names, flow)
    return Part(flow, of.base, None if number is None else of.of * number)


def _often(study: Study, flow: ir.Flow) -> Fraction | None:
    """How often one person (or row) has it."""
    if not isinstance(flow.driver, ir.EachAchievement):
        return Fraction(1)
    outcome = study.names.outcomes[flow.driver.outcome]
    if outcome.times is None:
        return None if outcome.each_time else Fraction(1)
    times = greatest_value(study.names, outcome.times)
    return None if times is None else Fraction(times)


# ---------------------------------------------------------------- of the contract's value


def _of_the_value(study: Study, parts: Sequence[Part]) -> Iterator[Said]:
    """More than the whole, where every part can fall due beside the others; less, where nothing else is paid."""
    of = [part for part in parts if part.base == CONTRACT_VALUE]
    value, shares = study.contract.value, [part.of for part in of if part.of is not None]
    total = sum(shares, Fraction(0))
    if len(of) < 2 or value is None or total == 1:
        return
    if total > 1 and _fall_due_together(study, of):
        over = (total - 1) * value
        lost = f"{study.money(over)} more than the contract’s value is due when everything is achieved"
        yield _finding(of, total, lost, over, Severity.ERROR)
    elif total > 1:
        yield Cleared(Verdict.NOT_DECIDED, "no history was found in which all shares of the contract’s value are due")
    elif len(of) == len(study.flows) == len(shares):
        under = (1 - total) * value
        lost = f"{study.money(under)} of the contract’s value can never be paid to anybody"
        yield _finding(of, total, lost, under, Severity.ERROR)


def _fall_due_together(study: Study, parts: Sequence[Part]) -> bool:
    """Whether each of them falls due in one and the same history, none in place of another."""
    due = {draft.flow.name for draft in study.everything.drafts}
    replaced = {name for stage in study.contract.stages if isinstance(stage, ir.Replace) for name in stage.replaced}
    reduced = {stage.flow for stage in study.contract.stages if isinstance(stage, ir.SetOff)}
    return all(part.flow.name in due and part.flow.name not in replaced | reduced for part in parts)


# ---------------------------------------------------------------- of a price


def _of_prices(parts: Sequence[Part]) -> Iterator[Finding]:
    for base in dict.fromkeys(part.base for part in parts if part.base != CONTRACT_VALUE):
        of = [part for part in parts if part.base == base]
        shares = [part.of for part in of if part.of is not None and part.of < 1]
        total = sum(shares, Fraction(0))
        if len(shares) < max(len(of), 2) or total == 1 or abs(total - 1) > NEAR:
            continue
        lost = (
            f"{percent(total - 1, Fraction(1))} more than {base} is due when everything is achieved"
            if total > 1
            else f"{percent(1 - total, Fraction(1))} of {base} is never paid"
        )
        yield _finding(of, total, lost, Fraction(0), Severity.WARNING)


def _finding(of: Sequence[Part], total: Fraction, lost: str, stake: Fraction, severity: Severity) -> Finding:
    last, whole = of[-1].flow, percent(total, Fraction(1))
    names = ", ".join(dict.fromkeys(part.flow.name for part in of))
    return Finding(
        of=tuple(dict.fromkeys(part.flow.name for part in of)),
        origin=last.origin,
        message=f"{lost}: its shares come to {whole}",
        label=f"with this the shares come to {whole}",
        stake=stake,
        argument=f"the exact sum of the shares of {names}",
        details=(
            "Shares: " + "; ".join(f"{part.flow.name} {percent(part.of or Fraction(0), Fraction(1))}" for part in of),
        ),
        remedies=(Remedy("change one share so that they come to 100%", "nothing is paid twice or by nobody"),),
        related=tuple((part.flow.origin, "another share of it") for part in of[:-1]),
        severity=severity,
    )


# ---------------------------------------------------------------- weights


def _of_weights(study: Study) -> Iterator[Finding]:
    """Sums of which every part has a percentage as its weight; of money a share of a saving is no weight."""
    for measure in study.contract.measures:
        of = weights(measure.quantity)
        total = sum(of, Fraction(0))
        if len(of) < 2 or total == 1 or abs(total - 1) > NEAR:
            continue
        if measure.unit is ir.Unit.PERCENTAGE or (measure.unit is ir.Unit.NUMBER and len(of) > 2):
            whole = percent(total, Fraction(1))
            yield Finding(
                of=(measure.name,),
                origin=measure.origin,
                message=f"{measure.name} is {whole}, and not 100%, where every part of it is at 100%",
                label=f"its weights come to {whole}",
                argument="the exact sum of the weights",
                remedies=(Remedy("change one weight so that they come to 100%", "it is then a weighted mean"),),
            )


def _score(other: int) -> str:
    return (
        "insert define Job Rate of each Referral Cohort as the proportion of Jobseekers with a Lasting Job\n"
        "insert define Referral Rate of each Referral Cohort as the proportion of Jobseekers with a Referral\n"
        f"insert define Score of each Referral Cohort as 60% of Job Rate plus {other}% of Referral Rate"
    )


RULE = Rule(
    code="OC16",
    name="shares-do-not-sum-to-100",
    severity=Severity.ERROR,
    means=Means.TERMS,
    summary="A split over instalments, payers or weights is not exactly 100%.",
    rationale=(
        "65% at once, 25% on the way and 15% at the end are 105% of the price: somebody pays what was never agreed, or "
        "refuses to. If they come to less, part of the price is a promise that nothing can earn."
    ),
    guards=(
        "shares of the contract’s value beside payments of another kind may come to less",
        "shares of which one falls due in place of another are alternatives and no split",
        "shares of a price that come to less than 85% or more than 115% are prices and no split",
    ),
    blind="A split of a price that is written as amounts.",
    source="Revolving Doors Agency, payment by results and multiple needs (2015) (tri-borough example)",
    bad=_score(30),
    good=_score(40),
    check=check,
    stopped_by=("OL139", "OL140", "OL184"),
)
