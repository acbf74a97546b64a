"""OC31: a change is given in per cent where it could be percentage points, or per cent of what stood before."""

from __future__ import annotations

from outcomelang.diagnostic import Severity
from outcomelang.loopholes.rule import Means, Rule, of_form

_RATES = (
    "insert define Job Rate of each Referral Cohort as the proportion of Jobseekers with a Lasting Job\n"
    "insert define Complaint Rate of each Referral Cohort as the proportion of Jobseekers with a Complaint\n"
    "insert outcome Good Year of a Referral Cohort, when Job Rate is at least "
)

RULE = Rule(
    code="OC31",
    name="percent-or-points-unclear",
    severity=Severity.ERROR,
    means=Means.COMPILER,
    summary="A change of a percentage is written in per cent: points and per cent of the base are both meant by it.",
    rationale=(
        "“5% below 58%” is 53% or 55.1%. In the prison contract at Doncaster the two readings differ by £1,250,000. "
        "A sum, a number, a percentage, days and months are different things, and the contract says which."
    ),
    guards=(
        "“5 percentage points below”, or “at most 95% of”",
        "“the percentage fall” or “the percentage-point fall”",
    ),
    blind="A unit that is written out, and not the one that the parties meant.",
    source="HMP Doncaster reports",
    bad=f"{_RATES}5% above Complaint Rate, once, monitor only",
    good=f"{_RATES}5 percentage points above Complaint Rate, once, monitor only",
    check=of_form,
    diagnostics=("OL113",),
)
