"""OC36: a guaranteed volume without a period, or a price that depends on volume which nobody guarantees."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.fixed_values import constant
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.loopholes.control import counts_who_joins, guarantees
from outcomelang.loopholes.finding import Cleared, Finding, Said, Verdict
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study


def check(study: Study) -> Iterator[Said]:
    """Every guarantee by when it has to be kept; every price by the number who join, with nobody who promises it.

    A guarantee without a consequence, or of several parties without a scope, does not compile.
    """
    promised = guarantees(study.names)
    found = False
    for flow in promised:
        if isinstance(flow.subject, ir.Whole) and not _bounded(study, flow):
            found = True
            yield _without_period(flow)
    for table in study.contract.tables:
        if not promised and _by_volume(study, table):
            found = True
            yield _nobody_promises(study, table)
    if not found and promised:
        yield Cleared(Verdict.PROVED, "each guarantee says for whom, by when, and what a shortfall costs")


def _bounded(study: Study, flow: ir.Flow) -> bool:
    """Whether a day is written by which the number must have come: in the guarantee, or as the end of the term."""
    windows = (node.last for node in study.rests_on(flow.driver) if isinstance(node, ir.Window))
    return study.contract.last_day is not None or any(last is not None for last in windows)


def _by_volume(study: Study, table: ir.Table) -> bool:
    """Whether a payment reads its price from ranges of the number of people who join."""
    by_number = any(isinstance(k, ir.KeyByQuantity) and counts_who_joins(study.names, k.quantity) for k in table.by)
    prices = {row.value for row in table.rows}
    if not by_number or len(prices) < 2:
        return False
    read = (node for flow in study.flows for node in study.rests_on((flow.amount, flow.driver)))
    return any(isinstance(node, ir.Lookup) and node.table == table.name for node in read)


def _without_period(flow: ir.Flow) -> Finding:
    return Finding(
        of=(flow.name,),
        origin=flow.origin,
        message=f"{flow.name} is never broken: nothing says by when the guaranteed number must have come",
        label="has no period",
        argument="the guarantee has no period and the contract no last day",
        remedies=(
            Remedy("… in each YEAR", "a shortfall of one year is then due in that year"),
            Remedy("give the contract a term", "the shortfall is then due when it ends"),
        ),
    )


def _nobody_promises(study: Study, table: ir.Table) -> Finding:
    values = [Fraction(constant(row.value)) for row in table.rows if row.value is not None]
    gap = max(values, default=Fraction(0)) - min(values, default=Fraction(0))
    money = table.unit is ir.Unit.MONEY
    apart = f" (up to {study.money(gap)} for one unit)" if money and gap else ""
    return Finding(
        of=(table.name,),
        origin=table.origin,
        message=f"What is paid by {table.name} depends on how many join{apart}, and nobody guarantees how many do",
        label="is read by a number that nobody promises",
        stake=gap if money else Fraction(0),
        argument="the table is looked up by the number of people who join, and there is no guarantee",
        remedies=(
            Remedy("guarantee NAME: PARTY guarantees 100 …; each pays … short", "the risk of few people has a price"),
            Remedy("write one price for any number", "nobody then gains or loses by the number who come"),
        ),
    )


RULE = Rule(
    code="OC36",
    name="volume-promise-unscoped",
    severity=Severity.WARNING,
    means=Means.TERMS,
    summary="A guaranteed volume has no scope, period or consequence, or a price depends on a volume nobody promises.",
    rationale=(
        "A provider hires staff for the number of people that it was told to expect. A promise that does not say for "
        "whom, by when and at what cost is none; nor is a price that falls when fewer are sent. Of 384 families "
        "guaranteed to one partnership, 328 started."
    ),
    guards=(
        "each guarantor’s number stands by itself, or one party answers for all",
        "a period, or a last day of the term",
        "a fee for each that is missing: without one a guarantee does not compile",
    ),
    blind="Promises that stand outside the contract.",
    source="Bridges, Payment for Inputs vs Payment for Outcomes (2023)",
    bad=(
        "insert define Number Joined as the number of Jobseekers\n"
        "insert table Support Price by Number Joined below 500 £200 from 500 £150\n"
        "insert payment Support Fee: Council pays the Provider the Support Price for each Lasting Job, "
        "stacks with Job Payment"
    ),
    good=(
        "insert payment Support Fee: Council pays the Provider £150 for each Lasting Job, stacks with Job Payment\n"
        "insert guarantee Volume: Council guarantees 500 Referrals; each pays the Provider £50 for each Referral short"
    ),
    check=check,
)
