"""OC25: a history makes a payment negative, or the repayments larger than what was ever paid."""

from __future__ import annotations

from collections.abc import Iterator

from outcomelang.core import ir
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.exposure.bounds import most
from outcomelang.exposure.liability import units
from outcomelang.histories.earning import Earned
from outcomelang.histories.shrinking import smallest
from outcomelang.loopholes.finding import Cleared, Finding, Said, Told, Verdict, Witness
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study


def check(study: Study) -> Iterator[Said]:
    """Payments that subtract something are made as small as can be; unbounded repayments as large."""
    found = False
    for flow in study.flows:
        if _subtracts(study, flow):
            below = next((each for each in study.earning.lowered(flow) if each.paid.of(flow.name) < 0), None)
            if below is not None:
                found = True
                yield _negative(study, flow, below)
            else:
                yield Cleared(Verdict.NOT_DECIDED, "no history was found in which it is below nothing", (flow.name,))
    for flow in study.repayments:
        if _is_unbounded(study, flow):
            owed = next((each for each in study.earning.tried(flow) if each.paid.total < 0), None)
            if owed is not None:
                found = True
                yield _owed(study, flow, owed)
    if not found and not any(_subtracts(study, flow) for flow in study.flows):
        yield Cleared(Verdict.PROVED, "no payment subtracts, and every repayment is bounded")


def _subtracts(study: Study, flow: ir.Flow) -> bool:
    """Whether a price, or a number of units, is a difference that nothing keeps from falling below nothing."""
    of = (flow.amount, flow.driver.quantity if isinstance(flow.driver, ir.EachUnit) else None)
    nodes = [node for node in study.rests_on(of) if isinstance(node, ir.Arith | ir.ChangeOf)]
    return any(isinstance(node, ir.ChangeOf) or node.op == "-" for node in nodes)


def _is_unbounded(study: Study, flow: ir.Flow) -> bool:
    bounded = units(study.names, flow) is not None and most(study.names, flow.amount, flow.subject) is not None
    return not flow.up_to_paid and not bounded


def _negative(study: Study, flow: ir.Flow, below: Earned) -> Finding:
    history = smallest(below.history, lambda tried: study.pay(tried).of(flow.name) < 0)
    paid = study.pay(history)
    owed = -paid.of(flow.name)
    return Finding(
        of=(flow.name,),
        origin=flow.origin,
        message=f"{flow.name} falls below nothing: {study.money(owed)} is owed to the payer, and no floor stops it",
        label="can be less than nothing",
        stake=owed,
        verdict=Verdict.WITNESS,
        witness=Witness((Told(history, paid.total),), f"{flow.name} is {study.money(-owed)}"),
        argument="what it subtracts grew larger than what it subtracts from",
        remedies=(
            Remedy("pay for the excess of the one over the other", "it is then never below nothing"),
            Remedy("write a repayment up to the amount paid", "the risk is then said, and bounded"),
        ),
    )


def _owed(study: Study, flow: ir.Flow, owed: Earned) -> Finding:
    history = smallest(owed.history, lambda tried: study.pay(tried).total < 0)
    paid = study.pay(history)
    return Finding(
        of=(flow.name,),
        origin=flow.origin,
        message=f"{flow.name} can take back {study.money(-paid.total)} more than was ever paid, and without a bound",
        label="is not bounded by what was paid",
        stake=-paid.total,
        verdict=Verdict.WITNESS,
        witness=Witness((Told(history, paid.total),), f"{study.money(-paid.total)} is owed in all"),
        argument="nothing bounds what is repaid",
        remedies=(Remedy("… up to the amount paid", "nobody then owes more than they were paid"),),
    )


RULE = Rule(
    code="OC25",
    name="payment-below-zero",
    severity=Severity.WARNING,
    means=Means.HISTORIES,
    summary="Some history makes a payment negative, or repayments larger than what was paid, without a bound.",
    rationale=(
        "A price times a difference turns into a debt as soon as the difference turns round. A provider that did not "
        "see it coming may go under, and the people whom it serves with it."
    ),
    guards=(
        "the excess of one over the other, which is never below nothing",
        "a repayment up to the amount paid, or of a bounded amount",
    ),
    blind="A difference that no history found here makes negative.",
    source="London Rough Sleepers terms",
    bad=(
        "insert define Job Difference as the number of Lasting Jobs less 100\n"
        "insert payment Difference Fee: Council pays the Provider £3,000 times the Job Difference"
    ),
    good=(
        "insert define Job Surplus as the excess of the number of Lasting Jobs over 100\n"
        "insert payment Surplus Fee: Council pays the Provider £30 times the Job Surplus"
    ),
    check=check,
)
