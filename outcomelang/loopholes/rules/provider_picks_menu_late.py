"""OC39: the paid outcomes are chosen by those who are paid for them, or when it is already known which come about."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.loopholes.finding import Cleared, Finding, Said, Verdict
from outcomelang.loopholes.payers import payees_of
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study


def check(study: Study) -> Iterator[Said]:
    """Who chooses each outcome of a plan that is paid for, and until when."""
    found = False
    for flow in study.flows:
        if not isinstance(flow.driver, ir.EachInPlan) or flow.driver.partly:
            continue
        plan = study.names.plans[flow.driver.plan]
        for slot in plan.slots:
            if isinstance(slot, ir.Chosen) and len(slot.outcomes) > slot.number:
                finding = _finding(study, flow, plan, slot)
                if finding is not None:
                    found = True
                    yield finding
    if not found:
        yield Cleared(Verdict.PROVED, "nobody who is paid chooses what is paid for, and what is chosen is so by a day")


def _finding(study: Study, flow: ir.Flow, plan: ir.Plan, slot: ir.Chosen) -> Finding | None:
    by_payee = slot.by is not None and slot.by in _paid(study, flow)
    late = slot.window is None or slot.window.last is None
    if not by_payee and not late:
        return None
    price = study.full_prices.get(flow.name, Fraction(0)) * slot.number
    who = slot.by or study.names.populations[plan.population].name
    of_those = f"{slot.number} of {len(slot.outcomes)} outcomes"
    chooses = f"{who} chooses {of_those} that {who} is paid for" if by_payee else f"{who} chooses {of_those}"
    when = ", at any time, also when it is known which come about" if late else ""
    return Finding(
        of=(plan.name, flow.name),
        origin=slot.origin if slot.origin.line else plan.origin,
        message=f"{study.money(price)} for each person goes to what is easiest: {chooses}{when}",
        label="is chosen by whom it pays" if by_payee else "may be chosen after the facts",
        stake=price,
        argument=f"the choice is {who}’s" + ("" if not late else ", and no day ends it"),
        remedies=_remedies(study, plan, by_payee, late),
        related=((flow.origin, "is paid for each of them"),),
        severity=None if by_payee else Severity.NOTE,
    )


def _paid(study: Study, flow: ir.Flow) -> set[str]:
    """Those to whom a payment goes, and all providers."""
    providers = {party.name for party in study.contract.parties if party.role == "provider"}
    return providers | payees_of(study, (flow,))


def _remedies(study: Study, plan: ir.Plan, by_payee: bool, late: bool) -> tuple[Remedy, ...]:
    client = study.names.populations[plan.population].name
    found: list[Remedy] = []
    if by_payee:
        found.append(Remedy(f"chosen by the {client}", "what is paid for is what the person wants"))
    if late:
        found.append(Remedy("chosen … within 30 days of joining", "it is chosen before anybody knows what comes about"))
    found.append(Remedy("all of …, without a choice", "nothing is left to choose"))
    return tuple(found)


_MENU = """insert outcome Early Job of a Jobseeker
  when Employment begun after Referral reaches 4 weeks in total
  within 9 months of Referral
  once
insert plan Own Plan of a Jobseeker: any 1 of Lasting Job, Early Job chosen by {}
insert payment Plan Fee: Council pays the Provider £50 for each outcome in the Own Plan, stacks with Job Payment"""

RULE = Rule(
    code="OC39",
    name="provider-picks-menu-late",
    severity=Severity.WARNING,
    means=Means.TERMS,
    summary="Those who are paid choose which outcomes are paid for, or the choice may be made after the facts.",
    rationale=(
        "Who may choose two of fifteen outcomes when the claim is made, chooses the two that came about, and works for "
        "the two that come about easily. In Birmingham the person who is helped chooses, before the work begins."
    ),
    guards=(
        "the choice is that of the person, or of whoever is not paid for it",
        "a time limit for the choice; without one it is only noted, if those who are paid do not choose",
        "a menu of as many outcomes as are chosen is no choice",
    ),
    blind="Who in truth decides what a person chooses; rows whose label is chosen by whoever records them.",
    source="Revolving Doors Agency, payment by results and multiple needs (2015): Birmingham",
    bad=_MENU.format("the Provider"),
    good=_MENU.format("the Jobseeker within 30 days of Referral"),
    check=check,
)
