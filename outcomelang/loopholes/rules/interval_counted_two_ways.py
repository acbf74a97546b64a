"""OC41: “26 weeks in work” without saying whether breaks are allowed and what a month of several stretches is."""

from __future__ import annotations

from outcomelang.diagnostic import Severity
from outcomelang.loopholes.rule import Means, Rule, of_form


def _long_job(length: str) -> str:
    return f"insert outcome Long Job of a Jobseeker\n  when Employment reaches {length}\n  once\n  monitor only"


RULE = Rule(
    code="OC41",
    name="interval-counted-two-ways",
    severity=Severity.ERROR,
    means=Means.COMPILER,
    summary="A length of time in a state does not say whether it is counted in total or without a break.",
    rationale=(
        "Somebody who works 20 weeks, loses the job and works 6 more has 26 weeks in total and never 26 without a "
        "break. In the Work Programme the two readings pay £3,750 or £2,675 for the same history."
    ),
    guards=(
        "“in total”, “without a break”, “in any 104 weeks”, with the break that is allowed",
        "lengths in total are in days or weeks, because months differ in length",
    ),
    blind="A reading that is written out, and not the one that the parties meant.",
    source="Work Programme terms; INDIGO Impact Bond Dataset (INDIGO-POJ-0001, 12 of 14 months)",
    bad=_long_job("26 weeks"),
    good=_long_job("26 weeks in total"),
    check=of_form,
    diagnostics=("OL129",),
)
