"""OC45: a family outcome needs all members, and the price does not depend on their number."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.fixed_values import greatest_value
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.loopholes.finding import Cleared, Finding, Said, Verdict
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study


def check(study: Study) -> Iterator[Said]:
    """Of every payment for a result of all members: does anything it pays by count them?"""
    found = False
    for flow in study.flows:
        whole = _of_all(study, flow)
        if whole is not None and not _scaled(study, flow, whole.member):
            found = True
            yield _finding(study, flow, whole)
    if not found and study.contract.members:
        yield Cleared(Verdict.PROVED, "no flat price is paid for a result that every member is needed for")


def _of_all(study: Study, flow: ir.Flow) -> ir.ForMembers | None:
    """The condition by which every member (or none, where it must not happen) decides over a payment for a family."""
    if isinstance(flow.subject, ir.PerMember):
        return None
    for node in study.rests_on((flow.driver, flow.gate)):
        if isinstance(node, ir.ForMembers) and not node.least:
            return node
    return None


def _scaled(study: Study, flow: ir.Flow, member: str) -> bool:
    """Whether the number of members enters what is paid."""
    of = (flow.amount, flow.driver.quantity if isinstance(flow.driver, ir.EachUnit) else None)
    return any(isinstance(node, ir.Members) and node.member == member for node in study.rests_on(of))


def _finding(study: Study, flow: ir.Flow, whole: ir.ForMembers) -> Finding:
    price = Fraction(greatest_value(study.names, flow.amount) or 0)
    plural = study.names.members[whole.member].plural
    worth = study.money(price) if price else "the same"
    return Finding(
        of=(flow.name,),
        origin=flow.origin,
        message=(
            f"{flow.name} pays {worth} whether a result is needed of one {whole.member} or of five: the more {plural}, "
            "the less likely it is and the more it costs"
        ),
        label=f"is the same for any number of {plural}",
        stake=price,
        argument=f"every {whole.member} must fulfil the condition, and the price does not count them",
        remedies=(
            Remedy(f"pay for each {whole.member}", "each one is then worth helping"),
            Remedy(f"scale the price by the number of {plural}", "a large family is then worth its cost"),
        ),
        related=((whole.origin, f"needs every {whole.member}"),),
    )


RULE = Rule(
    code="OC45",
    name="large-families-penalised",
    severity=Severity.NOTE,
    means=Means.TERMS,
    summary="A family outcome needs all members, and the price does not depend on their number.",
    rationale=(
        "Where every child must attend for one flat price, a family of five is five times the work and less likely to "
        "succeed. Who counts the cost turns to small families."
    ),
    guards=("a payment for each member", "a price that is scaled by the number of members"),
    blind="Conditions that count members in other words, such as a number of exclusions of the whole family.",
    source="Troubled Families slide set (“disincentive support for larger families”)",
    bad=(
        "insert event Family Record of a Jobseeker is an input, recorded by the Jobcentre, has Child Name as a label\n"
        "insert member Child (Children) of a Jobseeker, read from Child Name of a Family Record\n"
        "insert event School Return of a Child is an outcome, recorded by the Jobcentre, more is better\n"
        "insert outcome All Back of a Jobseeker, when for every Child: School Return occurs in the 12 months after "
        "Referral, once\n"
        "insert payment School Payment: Council pays the Provider £700 for each All Back"
    ),
    good=(
        "insert event Family Record of a Jobseeker is an input, recorded by the Jobcentre, has Child Name as a label\n"
        "insert member Child (Children) of a Jobseeker, read from Child Name of a Family Record\n"
        "insert event School Return of a Child is an outcome, recorded by the Jobcentre, more is better\n"
        "insert outcome One Back of a Jobseeker, when for at least 1 Child: School Return occurs in the 12 months "
        "after Referral, once\n"
        "insert payment School Payment: Council pays the Provider £700 for each One Back"
    ),
    check=check,
)
