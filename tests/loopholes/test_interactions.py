"""Where closing one loophole opens another, and where one thing in a contract closes two."""

from __future__ import annotations

from datetime import date

import pytest

from outcomelang.compiler import compile_text
from outcomelang.diagnostic import Severity
from outcomelang.loopholes.rules import RULES
from outcomelang.loopholes.search import find

from .schemes import PARTICIPANT, SCHEME
from .test_rules import changed, found

JOINING = """\
delete Jobseeker
insert participant Jobseeker, joins on Referral between 1 April 2024 and 31 March 2026, once, selected by {by},
  up to {most}
"""
OPEN = "participant Client, joins on Referral, once, selected by the Council"


def said(
    clauses: str, *codes: str, participant: str = PARTICIPANT, referred_by: str = "the Council"
) -> dict[str, Severity]:
    """Which of these rules find something, and how grave it is."""
    text = SCHEME.format(clauses=clauses, participant=participant, referred_by=referred_by)
    report = find(compile_text(text).core, [rule for rule in RULES if rule.code in codes], date(2026, 1, 1))
    assert [fault.why for fault in report.faults] == []
    return {each.rule.code: each.severity for each in report.loopholes}


# ---------------------------------------------------------------- limits

FEES = """\
outcome Home Found of a Client, when Moving In occurs within 12 months of Referral, once
outcome Reviewed of a Client, when a Review occurs within 12 months of Referral, once
payment Home Fee: the Council pays the Charity £700 for each Home Found
payment Review Fee: the Council pays the Charity £600 for each Reviewed
"""
LIMITS = ("OC13", "OC14", "OC18")


def test_without_a_limit_nothing_bounds_what_is_due() -> None:
    assert set(said(FEES, *LIMITS, participant=OPEN)) == {"OC13"}


def test_a_limit_that_bounds_it_makes_the_last_outcome_worthless_and_the_order_matter() -> None:
    for_all = "limit all payments to £100,000; in proportion; the excess is not paid\n"
    assert not said(FEES + for_all, *LIMITS, participant=OPEN)
    each = "limit Home Fee and Review Fee to £1,000 for each Client; earliest first; the excess is not paid\n"
    assert set(said(FEES + each, *LIMITS)) == {"OC14", "OC18"}


def test_in_proportion_no_order_decides_and_the_last_outcome_is_still_worth_less() -> None:
    each = "limit Home Fee and Review Fee to £1,000 for each Client; in proportion; the excess is not paid\n"
    assert set(said(FEES + each, *LIMITS)) == {"OC14"}


def test_a_limit_at_what_everybody_can_earn_bounds_it_and_kills_nothing() -> None:
    enough = "limit all payments to £260,000; in proportion; the excess is not paid\n"
    assert not said(FEES + enough, *LIMITS)


# ---------------------------------------------------------------- thresholds and lines

RATE = """\
define Job Rate of each Referral Cohort as the proportion of Jobseekers with a Lasting Job
insert define Other Rate of each Referral Cohort as
  the proportion of Jobseekers among the Comparison Group with a Lasting Job
"""
STEP = """\
insert outcome Better Rate of a Referral Cohort
  when Job Rate is at least 5 percentage points above Other Rate
  once
insert payment Bonus: Council pays the Provider £400,000 for each Better Rate
"""
LINE = """\
insert define Points More of each Referral Cohort as the excess of Job Rate over Other Rate
insert payment Bonus: Council pays the Provider £10,000 for each percentage point of the Points More,
  parts in proportion
"""


def changed_to(change: str, *codes: str) -> set[str]:
    return {each.rule.code for each in found(changed(change)).loopholes if each.rule.code in codes}


def test_a_threshold_makes_a_cliff_and_a_straight_line_none() -> None:
    assert changed_to(f"insert {RATE}{STEP}", "OC08", "OC21") >= {"OC08"}
    assert "OC08" not in changed_to(f"insert {RATE}{LINE}", "OC08", "OC21")


def test_of_few_people_chance_decides_over_a_threshold() -> None:
    few = JOINING.format(by="the Jobcentre", most=60)
    assert changed_to(f"{few}insert {RATE}{STEP}", "OC21") == {"OC21"}


# ---------------------------------------------------------------- what was true already

KEPT = """\
outcome Home Kept of a Client, when Housed reaches 3 months without a break, within 12 months of Referral, once{}
"""
KEPT_FEE = "payment Kept Fee: the Council pays the Charity £500 for each Home Kept\n"


@pytest.mark.parametrize(("declared", "grave"), [("", Severity.WARNING), (", maintenance", Severity.NOTE)])
def test_maintenance_says_openly_that_nothing_has_to_change(declared: str, grave: Severity) -> None:
    assert said(KEPT.format(declared) + KEPT_FEE, "OC10") == {"OC10": grave}


# ---------------------------------------------------------------- one fact, two payments

RUNGS = """\
outcome Home of a Client
  when Housed begun after Referral reaches 3 and 6 months without a break
  each once
payment Card: the Council pays the Charity for each:
  Home at 3 months  £500
  Home at 6 months  £700
"""
TWICE = """\
outcome Home Found of a Client, when Moving In occurs within 12 months of Referral, once
outcome Off The Street of a Client, when Moving In occurs within 12 months of Referral, once
payment Home Fee: the Council pays the Charity £700 for each Home Found
payment Street Fee: the Council pays the Charity £600 for each Off The Street{}
"""


def test_the_steps_of_a_ladder_are_not_one_outcome_paid_twice() -> None:
    assert not said(RUNGS, "OC09")


@pytest.mark.parametrize(("declared", "expected"), [("", {"OC09"}), (", stacks with Home Fee", set())])
def test_two_names_for_one_fact_are_unless_they_are_meant_to_stack(declared: str, expected: set[str]) -> None:
    assert set(said(TWICE.format(declared), "OC09")) == expected


# ---------------------------------------------------------------- lottery


def test_a_lottery_with_everybody_counted_closes_two() -> None:
    by_provider = JOINING.format(by="the Provider", most=1000)
    flat = (
        "delete Job Payment\ndelete Added Job\ndelete Jobs\ndelete Jobs Expected\n"
        "insert payment Job Fee: Council pays the Provider £3,000 for each Lasting Job\n"
    )
    assert changed_to(by_provider, "OC05", "OC20") == set()
    assert changed_to(by_provider + flat, "OC05", "OC20") == {"OC05", "OC20"}


# ---------------------------------------------------------------- coming back

ENTRY = "payment Entry Fee: the Council pays the Charity £300 for each {unit}\n"
STEPS = """\
outcome Home of a Client
  when Housed begun after Referral reaches 3 months without a break
  once
payment Home Fee: the Council pays the Charity £900 for each Home
"""


def test_a_relapse_that_may_start_anew_pays_no_second_entry() -> None:
    """A home that is lost starts a new count of months (no loss of what is earned), and nobody is paid to lose it."""
    assert not said(STEPS, "OC17")
    assert not said(STEPS + ENTRY.format(unit="Client"), "OC17")
    assert set(said(STEPS + ENTRY.format(unit="Referral"), "OC17", referred_by="the Charity")) == {"OC17"}
