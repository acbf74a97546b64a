"""OC51: what an outcome saves falls to a body that pays nothing for it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.plans import outcomes_of
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.loopholes.finding import Cleared, Finding, Said, Verdict
from outcomelang.loopholes.payers import payees_of, payers_of
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study, percent


def check(study: Study) -> Iterator[Said]:
    """Each declared benefit: whether it goes to somebody who pays for what brings it."""
    found = False
    for benefit in study.contract.benefits:
        flows = [flow for flow in study.flows if _is_for(study, flow, benefit)]
        if flows and benefit.to not in payers_of(study, flows) | payees_of(study, flows):
            found = True
            yield _finding(study, benefit, flows)
    if not study.contract.benefits:
        yield Cleared(Verdict.NOT_DECIDED, "the contract declares no benefit")
    elif not found:
        yield Cleared(Verdict.PROVED, "everybody to whom a benefit goes pays for it, or nothing is paid for it")


def _is_for(study: Study, flow: ir.Flow, benefit: ir.Benefit) -> bool:
    """Whether a payment is for the outcome, or rests on the events, from which the benefit comes."""
    match benefit.select.of:
        case ir.Achievements(outcome):
            named = ir.EachAchievement | ir.Achieved | ir.Achievements
            nodes = study.rests_on(study.earned_by(flow))
            plans = (each for each in study.contract.plans if flow.driver == ir.EachInPlan(each.name, False))
            in_plan = any(outcome in outcomes_of(plan) for plan in plans)
            return in_plan or any(isinstance(node, named) and node.outcome == outcome for node in nodes)
        case ir.Rows(event):
            return any(each.name == event for each in study.events_of(study.earned_by(flow)))
        case ir.People() | ir.Members() | ir.Periods():
            return study.rests_on_an_outcome(flow)


def _finding(study: Study, benefit: ir.Benefit, flows: list[ir.Flow]) -> Finding:
    payers = sorted(payers_of(study, flows))
    who = payers[0] if len(payers) == 1 else f"{', '.join(payers[:-1])} and {payers[-1]}"
    own = {each.to for each in study.contract.benefits} & set(payers)
    whole = sum((each.amount for each in study.contract.benefits), Fraction(0))
    share = f" ({percent(benefit.amount, whole)} of all that is declared)" if own else ""
    amount, what = study.money(benefit.amount), _named(benefit)
    return Finding(
        of=(benefit.to, flows[0].name),
        origin=benefit.origin if benefit.origin.line else flows[0].origin,
        message=(
            f"{who} may stop paying, because the gain is another’s: {amount}{share} for each {what} goes to "
            f"{benefit.to}, who pays nothing for it"
        ),
        label="gains, and does not pay",
        stake=benefit.amount,
        argument="no payment for it has this party among its payers",
        remedies=(
            Remedy(f"{benefit.to} pays a share of {flows[0].name}", "who gains has a reason to go on"),
            Remedy("a joint payer to whom all of them contribute", "savings and payments meet in one budget"),
        ),
        related=((flows[0].origin, f"is paid by {who}"),),
    )


def _named(benefit: ir.Benefit) -> str:
    match benefit.select.of:
        case ir.Achievements(name) | ir.Rows(name) | ir.People(name) | ir.Members(name) | ir.Periods(name):
            return name


RULE = Rule(
    code="OC51",
    name="payer-is-not-saver",
    severity=Severity.NOTE,
    means=Means.TERMS,
    summary="A benefit that is declared for an outcome goes to a party that pays nothing for it.",
    rationale=(
        "A council that pays for fewer nights in prison saves the ministry’s money and not its own. As long as nobody "
        "shares the price with it, it has every reason to stop when its own budget shrinks."
    ),
    guards=(
        "the party that gains is one of the payers, alone or jointly",
        "nothing is paid for what brings the benefit",
    ),
    blind="Savings that nobody declares; budgets that are shared outside the contract.",
    source=(
        "Revolving Doors Agency, payment by results and multiple needs (2015); Cabinet Office investment into outcomes "
        "partnerships"
    ),
    bad="insert benefit £6,500 for each Lasting Job to HMRC",
    good="insert benefit £6,500 for each Lasting Job to the Council",
    check=check,
)
