"""OC28: the contract, the claims, or what is paid for going on, have no end."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.loopholes.absence import parts_of
from outcomelang.loopholes.finding import Cleared, Finding, Said, Verdict
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study


def check(study: Study) -> Iterator[Said]:
    """The dates of the contract, and every outcome that is paid for each time."""
    found = False
    missing = _missing(study.contract)
    if missing and study.flows:
        found = True
        yield _without(study, missing)
    for flow in study.flows:
        outcome = _endless(study, flow)
        if outcome is not None:
            found = True
            yield _finding(study, flow, outcome)
    if not found:
        yield Cleared(Verdict.PROVED, "the term, the claims and everything that is paid for going on have an end")


def _missing(contract: ir.Contract) -> str:
    if contract.last_day is None:
        return "last day"
    return "last day for claims" if contract.last_claim is None else ""


def _endless(study: Study, flow: ir.Flow) -> ir.Outcome | None:
    """An outcome that is paid each time, without a deadline, a largest number, or a limit on what it pays."""
    if not isinstance(flow.driver, ir.EachAchievement):
        return None
    outcome = study.names.outcomes[flow.driver.outcome]
    bounded = outcome.deadline is not None or any(_limits(stage, flow) for stage in study.contract.stages)
    return outcome if outcome.each_time and not bounded else None


def _limits(stage: ir.Stage, flow: ir.Flow) -> bool:
    if not isinstance(stage, ir.CountLimit | ir.MoneyLimit):
        return False
    return not stage.flows or flow.name in stage.flows


def _without(study: Study, missing: str) -> Finding:
    flow = study.flows[0]
    return Finding(
        of=(flow.card or flow.name, missing),
        origin=flow.origin,
        message=f"The contract has no {missing}: {flow.name} may be claimed for ever, and no account is ever final",
        label="may be claimed without end",
        stake=study.full_prices.get(flow.name, Fraction(0)),
        argument=f"the {missing} is not stated",
        remedies=(Remedy(f"state the {missing}", "the account can be closed"),),
    )


def _finding(study: Study, flow: ir.Flow, outcome: ir.Outcome) -> Finding:
    lasts = any(isinstance(part, ir.Reaches) for part in parts_of(study.names, outcome.when))
    price = study.full_prices.get(flow.name, Fraction(0))
    due = f"{study.money(price)} for {flow.name}" if price else flow.name
    return Finding(
        of=(flow.card or flow.name, outcome.name),
        origin=outcome.origin,
        message=f"{due} is due each time {outcome.name} is achieved, and nothing says how often that may be",
        label="each time, without end",
        stake=price,
        argument="it has neither a deadline nor a largest number, and no limit covers what it pays",
        remedies=(
            Remedy("“up to 13 times” in place of “each time”", "the most that one person can earn is then known"),
            Remedy(f"“limit {flow.name} to … for each person”", "what is paid beyond it is nothing"),
        ),
        severity=None if lasts else Severity.NOTE,
    )


_FEE = "insert payment Months Fee: Council pays the Provider £200 for each Month In Work"

RULE = Rule(
    code="OC28",
    name="no-end-or-claim-deadline",
    severity=Severity.WARNING,
    means=Means.TERMS,
    summary="The contract, its claims, or what is paid for going on, have no end.",
    rationale=(
        "What is paid for every four weeks in work, without a largest number, is paid as long as the person works: it "
        "turns from an outcome into a pension. Without an end, or a last day for claims, no account is ever closed."
    ),
    guards=(
        "a term and a last day for claims; a contract without them is refused where its payments need them",
        "a largest number of times, a deadline, or a limit that covers the payment",
    ),
    blind="Whether the largest number is sensible; services that are paid for each row are for other rules.",
    source="Work Programme terms (House of Commons)",
    bad=(
        "insert outcome Month In Work of a Jobseeker after Lasting Job when Employment begun after Referral reaches a "
        f"further 4 weeks without a break, each time\n{_FEE}"
    ),
    good=(
        "insert outcome Month In Work of a Jobseeker after Lasting Job when Employment begun after Referral reaches a "
        f"further 4 weeks without a break, up to 6 times\n{_FEE}"
    ),
    check=check,
    also=("pays-for-what-happens-anyway",),
)
