"""OC34: most of the money comes more than a year after the service began."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY, shift
from outcomelang.core.settling import Case, Settling
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.loopholes.control import guarantees
from outcomelang.loopholes.finding import Cleared, Finding, Said, Verdict
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study, percent

A_YEAR = 12
LONG = 24
"""Months after which it is more than noted, where all the money comes so late; a final test for a tenth is noted."""
HALF, TENTH = Fraction(1, 2), Fraction(1, 10)


@frozen
class _Waits:
    """A payment, what it is worth, and how many whole months pass at least before it can be earned.

    Of people: for the first to join; `last` for the last, where it is all paid on one day.
    """

    flow: ir.Flow
    worth: Fraction
    months: int
    person: bool
    last: int = 0


def check(study: Study) -> Iterator[Said]:
    """How long each payment takes at the earliest: from joining, of what is for everybody from the first day."""
    contract = study.contract
    if contract.first_day is None or contract.last_day is None:
        yield Cleared(Verdict.NOT_DECIDED, "the contract has no term")
        return
    settling, worth = Settling(contract), _worth(study)
    short = guarantees(study.names)
    flows = [flow for flow in study.flows if flow not in short]
    waits = [each for flow in flows if (each := _waits(study, settling, flow, worth)) is not None]
    whole = _sum(waits)
    slow = [each for each in waits if each.months >= A_YEAR]
    if any(each.months < A_YEAR and _is_open(study, each.flow) for each in waits):
        yield Cleared(Verdict.PROVED, "nothing bounds what is paid within a year")
        return
    final = [each for each in slow if each.months >= LONG and isinstance(each.flow.driver, ir.EachAchievement)]
    for late, share in ((slow, HALF), (final, TENTH)):
        if late and (not whole or _sum(late) >= share * whole):
            yield _finding(study, waits, late, _sum(late), whole)
            return
    yield Cleared(Verdict.PROVED, "at least half of what can be earned can come within a year")


def _is_open(study: Study, flow: ir.Flow) -> bool:
    """Whether it is paid for each of so many rows, however many there are: a running income."""
    bounds = {each.flow.name: each.within for each in study.liability.flows}
    return isinstance(flow.driver, ir.EachRow) and bounds.get(flow.name) is None


def _sum(waits: list[_Waits]) -> Fraction:
    return sum((each.worth for each in waits), Fraction(0))


def _worth(study: Study) -> dict[str, Fraction]:
    """What each payment can come to in all, where the terms bound every one; else its price for one person."""
    bounds = {each.flow.name: each.within for each in study.liability.flows}
    known = {name: most for name, most in bounds.items() if most is not None}
    return known if len(known) == len(bounds) else study.full_prices


def _waits(study: Study, s: Settling, flow: ir.Flow, worth: dict[str, Fraction]) -> _Waits | None:
    cases = s.cases(flow.subject)
    if isinstance(flow.driver, ir.EachAchievement):
        cases = s.cases(study.names.outcomes[flow.driver.outcome].subject)
    if not cases:
        return None
    first, price = cases[0], worth.get(flow.name, Fraction(0))
    if first.group is not None or first.first is not None or isinstance(flow.subject, ir.Pooled):
        return _Waits(flow, price, 0, first.person)  # a cohort or a period: others come before it and after it
    first_waits, last_waits = _wait(s, flow, first), _wait(s, flow, cases[-1])
    return _Waits(flow, price, first_waits, first.person, last_waits)


def _wait(s: Settling, flow: ir.Flow, case: Case) -> int:
    """Whole months: somebody's from joining, else those of the term. A year to the day is within a year."""
    own = _earliest(s, flow, case)
    gate = s.condition(flow.gate, case) if flow.gate is not None else FIRST_DAY
    if gate > own:
        return _months(case.joins if case.person else s.term_first, gate + 1)
    return _months(case.joins + 1 if case.person else s.term_first - 1, own)


def _earliest(s: Settling, flow: ir.Flow, case: Case) -> int:
    """The earliest day on which a payment can be due, whatever its gate."""
    days = [s.quantity(flow.amount, case)]
    if flow.instalments is not None:
        return flow.instalments.first.toordinal()
    match flow.driver:
        case ir.EachAchievement(name):
            outcome = s.outcomes[name]
            days.append(s.outcome(outcome, case))
        case ir.EachUnit(quantity):
            days.append(s.begins(quantity, case) if flow.in_advance else s.quantity(quantity, case))
        case ir.EachRow(select):
            days.append(s.first_day(select.window, case))
        case ir.EachInPlan(name, partly):
            days.append(s.in_plan(s.plans[name], partly, case))
        case ir.OneEach():
            pass
    return FIRST_DAY if flow.in_advance else max(days)


def _months(begins: int, day: int) -> int:
    """Whole months from a day to another; none where the other is not known."""
    if day == FIRST_DAY or day < begins:
        return 0
    months = 0
    while shift(begins, months + 1, 0) <= day:
        months += 1
    return months


def _finding(study: Study, waits: list[_Waits], late: list[_Waits], share: Fraction, whole: Fraction) -> Finding:
    first, soonest = max(late, key=lambda each: each.worth), min(each.months for each in waits)
    everything = len(late) == len(waits)
    whose = "begins" if all(each.last >= each.months for each in late) else "begins for the first to join"
    part = "Everything" if everything else f"{percent(share, whole)} of what can be earned"
    return Finding(
        of=tuple(dict.fromkeys(each.flow.card or each.flow.name for each in late)),
        origin=first.flow.origin,
        message=(
            f"{part} comes {min(each.months for each in late)} months or more after the service {whose}: until then "
            "somebody has to lend the money for it"
        ),
        label=f"not before {first.months} months",
        stake=share,
        argument="the earliest day on which each payment can be earned, by the windows of the contract",
        details=(f"The first money can come after {soonest} months",),
        remedies=(
            Remedy("pay 30% for milestones in the first six months", "less has to be lent"),
            Remedy("an advance that later payments are set against", "the provider need not borrow"),
        ),
        severity=None if everything and all(each.person and each.last >= LONG for each in late) else Severity.NOTE,
    )


_LONG_JOB = (
    "insert outcome Long Job of a Jobseeker when Employment begun after Referral reaches 18 months without a break, "
    "once\n"
    "insert payment Long Fee: Council pays the Provider {} for each Long Job\n"
)

RULE = Rule(
    code="OC34",
    name="money-arrives-too-late",
    severity=Severity.WARNING,
    means=Means.TERMS,
    summary="Most of what can be earned comes more than a year after the service begins.",
    rationale=(
        "Staff are paid each month. Whoever is paid only when an outcome has lasted for two years must borrow until "
        "then, and small charities cannot. New York paid for the whole of its programme once, at the end."
    ),
    guards=(
        "at least half of what can be earned can come within twelve months",
        "no final test for a tenth or more of it comes after two years",
        "it is only noted unless everything comes after two years or more of each person",
    ),
    blind=(
        "What the service costs, and when. Payments for cohorts and periods count as coming in time: what is counted "
        "by a day can be claimed by it. The earliest day counts, not the likely one; what depends only on a row of the "
        "log counts as coming at once."
    ),
    source=(
        "Bridges, Payment for Inputs vs Payment for Outcomes (2023); DrugScope, Payment by Results questions and "
        "answers (2010)"
    ),
    bad=_LONG_JOB.format("£7,000"),
    good=_LONG_JOB.format("£2,000"),
    check=check,
    also=("pays-for-what-happens-anyway",),
)
