"""OC49: one price or target for years, while the conditions on which results depend differ from year to year."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.exposure.liability import together
from outcomelang.histories.whom import joining_days
from outcomelang.loopholes.counterfactual import Held, held_against, is_most, paid_for_outcomes
from outcomelang.loopholes.finding import Cleared, Finding, Said, Verdict
from outcomelang.loopholes.judging import is_of_a_market
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study

YEARS = 2
"""For how long one price may hold for all who join (catalogue)."""


def check(study: Study) -> Iterator[Said]:
    """Payments for outcomes whose price and line are the same for all years, and that nobody is compared for."""
    flows = paid_for_outcomes(study)
    years = _years(study)
    alike = [
        flow
        for flow in flows
        if _is_of_a_market(study, flow) and not _varies(study, flow) and held_against(study, flow) < Held.EARLIER
    ]
    if study.contract.versions or not flows or years <= YEARS or not alike or not is_most(study, alike, flows):
        yield Cleared(
            Verdict.PROVED,
            "prices or lines differ by period or group, people join for two years at most, or it is not jobs or homes",
        )
        return
    yield _finding(study, alike, years)


def _is_of_a_market(study: Study, flow: ir.Flow) -> bool:
    """Whether what is paid for is jobs or housing, by the names and labels of what has to happen."""
    for node in study.rests_on(study.earned_by(flow)):
        match node:
            case ir.Rows(name) | ir.Spells(name) | ir.State(name) | ir.Outcome(name) if is_of_a_market(name):
                return True
            case ir.AttributeIs(_, labels) if any(is_of_a_market(label) for label in labels):
                return True
            case _:
                continue
    return False


def _years(study: Study) -> Fraction:
    """For how long people join: the longest of all who take part; where nobody does, the term."""
    joined = [joining_days(study.contract, each) for each in study.contract.populations if each.comparison_of is None]
    first, last = study.contract.first_day, study.contract.last_day
    if not joined:
        joined = [(first.toordinal(), last.toordinal())] if first is not None and last is not None else []
    days = max((last - first + 1 for first, last in joined), default=0)
    return Fraction(round(days * 10 / 365.25), 10)


def _varies(study: Study, flow: ir.Flow) -> bool:
    """Whether a table by period or group, an index, or what others reach at the time, enters a payment."""
    for node in study.rests_on(study.earned_by(flow)):
        match node:
            case ir.Table(by=by) if any(isinstance(key, ir.KeyByGroup | ir.KeyByPeriod) for key in by):
                return True
            case ir.Indexed():
                return True
            case _:
                continue
    return False


def _finding(study: Study, flows: list[ir.Flow], years: Fraction) -> Finding:
    names = tuple(dict.fromkeys(flow.card or flow.name for flow in flows))
    own = {flow.name for flow in flows}
    most = together(study.names, [each for each in study.liability.flows if each.flow.name in own])
    tenths = round(years * 10)
    said = f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"
    return Finding(
        of=names,
        origin=flows[0].origin,
        message=(
            f"A good year is paid and a bad one is not, whatever the service does: {names[0]} has one price, and one "
            f"line, for all who join in {said} years, and nobody is compared"
        ),
        label="is the same in every year and place",
        stake=most or Fraction(0),
        argument="no table by period or group, no index and no comparison stands in what decides over it",
        remedies=(
            Remedy("a price by cohort, by area or by year", "it moves with what is known of the conditions"),
            Remedy("compare with others in the same place and year", "what changes for all falls out"),
            Remedy("index the price", "it follows a figure that both sides trust"),
        ),
        severity=Severity.NOTE,
    )


_LONG = """delete Jobseeker
insert participant Jobseeker, joins on Referral between 1 April 2024 and 30 September 2026, once,
  selected by the Jobcentre, up to 1,000"""
_FLAT = """delete Job Payment
insert payment Job Price: Council pays the Provider £3,000 for each Lasting Job"""

RULE = Rule(
    code="OC49",
    name="local-conditions-move-pay",
    severity=Severity.WARNING,
    means=Means.TERMS,
    summary=(
        "One price for jobs or housing holds for all who join in more than two years, and follows nothing around them."
    ),
    rationale=(
        "When there are jobs, people find them; when there are none, the best service finds few. Under one price for "
        "years, and for all places, the money follows the labour market or the housing market."
    ),
    guards=(
        "a table by period, cohort or group in the price or in the line",
        "an index, or an amendment",
        "a comparison group at the same time",
        "people join for two years at most",
        "most of the money is for something else than jobs or housing, as the names of what has to happen say",
    ),
    blind=(
        "Which groups are places, and what depends on jobs or homes under another name: jobs and housing are known by "
        "words. It is only noted."
    ),
    source="DrugScope, Payment by Results questions and answers (2010)",
    bad=f"{_LONG}\n{_FLAT}",
    good=_LONG,
    check=check,
    also=("pays-for-what-happens-anyway",),
)
