"""OC03: something is paid for, and the contract does not say what it is or when it is achieved."""

from __future__ import annotations

from outcomelang.diagnostic import Severity
from outcomelang.loopholes.rule import Means, Rule, of_form

RULE = Rule(
    code="OC03",
    name="outcome-without-definition",
    severity=Severity.ERROR,
    means=Means.COMPILER,
    summary="A payment names an outcome that the contract does not define, or one without a condition.",
    rationale=(
        "Where nobody wrote down when a family is turned around, whoever claims decides it. The dispute comes after "
        "the money was spent, and there is nothing to settle it by."
    ),
    guards=(
        "the outcome has a condition over declared events",
        "an outcome that is only watched is declared “monitor only”, and still says when it is achieved",
    ),
    blind="Whether the event that a condition counts is what the parties had in mind (see words-instead-of-numbers).",
    source="Knowledge Exchange blog on outcomes-based commissioning",
    bad=(
        "insert outcome Steady Life of a Jobseeker\n"
        "  once\n"
        "insert payment Steady Life Fee: Council pays the Provider £100 for each Steady Life\n"
        "insert payment Turnaround Fee: Council pays the Provider £1,000 for each Life Turned Around"
    ),
    good=(
        "insert outcome Steady Life of a Jobseeker\n"
        "  when no Complaint occurs in the 12 months after Referral\n"
        "  once\n"
        "  monitor only"
    ),
    check=of_form,
    diagnostics=("OL101", "OL134"),
)
