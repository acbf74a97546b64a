"""Whose word a payment rests on, what is known in time, and what silence means: each guard once, in a small scheme."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from outcomelang.compiler import compile_path, compile_text
from outcomelang.diagnostic import Severity
from outcomelang.loopholes.rules import (
    evidence_arrives_too_late,
    late_entrants_worth_nothing,
    missing_record_counts_as_success,
    money_arrives_too_late,
    no_end_or_claim_deadline,
    no_rule_for_relapse,
    payer_gains_by_not_verifying,
    provider_marks_own_work,
)
from outcomelang.loopholes.search import Loophole, find

RULES = (
    provider_marks_own_work.RULE,
    no_rule_for_relapse.RULE,
    evidence_arrives_too_late.RULE,
    missing_record_counts_as_success.RULE,
    no_end_or_claim_deadline.RULE,
    money_arrives_too_late.RULE,
    late_entrants_worth_nothing.RULE,
    payer_gains_by_not_verifying.RULE,
)
CONTRACTS = Path(__file__).parents[2] / "contracts"

HEAD = """contract "Allotments"
purpose "To help people who are alone to grow things with others"
commissioner Parish
provider Society
assessor Warden independent
party Doctor
currency GBP
term beginning on 1 January 2025 and ending on 31 December 2028
claims up to and including 31 December 2029
rounding each amount to the nearest penny, half up

participant Gardener, joins on Referral between 1 January 2025 and 31 December 2026, once, selected by the Doctor,
  up to 100

event Referral of a Gardener is an input, recorded by the Doctor
event Visit of a Gardener is an outcome, recorded by {visit}, more is better{visit_more}
event Plot Taken of a Gardener is an outcome, recorded by the Warden, more is better, observed until 31 December 2029
event Plot Left of a Gardener is an outcome, recorded by {left}, fewer is better, observed until 31 December 2029
event Relapse of a Gardener is an outcome, recorded by {relapse}, fewer is better{relapse_more}

state Gardening beginning on Plot Taken and ending on Plot Left, more is better
"""


def loopholes(
    body: str,
    visit: str = "the Warden",
    visit_more: str = "",
    left: str = "the Warden",
    relapse: str = "the Doctor",
    relapse_more: str = ", observed until 31 December 2029",
) -> list[Loophole]:
    head = HEAD.format(visit=visit, visit_more=visit_more, left=left, relapse=relapse, relapse_more=relapse_more)
    report = find(compile_text(head + body).core, RULES, date(2026, 1, 1))
    assert report.faults == ()
    return list(report.loopholes)


def grades(found: list[Loophole]) -> dict[str, Severity]:
    return {each.rule.code: each.severity for each in found}


VISITED = """
outcome Visited of a Gardener when Visit occurs, within 6 months of Referral, once{ruling}
payment Visit Fee: the Parish pays the Society £200 for each Visited
"""


@pytest.mark.parametrize(
    ("visit", "more", "ruling"),
    [
        ("the Warden", "", ""),
        ("the Society", ", verified by the Warden", ""),
        ("the Society", "", ", verified by the Warden"),
        ("the Society", "", ', evidenced by "doctor\'s letter"'),
        ("the Warden", ', evidenced by "doctor\'s letter"', ""),
    ],
)
def test_somebody_else_has_to_say_so(visit: str, more: str, ruling: str) -> None:
    assert "OC04" not in grades(loopholes(VISITED.format(ruling=ruling), visit, more))


@pytest.mark.parametrize(
    ("visit", "more", "ruling"),
    [
        ("the Society", "", ""),
        ("the Warden or the Society", "", ""),
        ("the Warden", ', evidenced by "self-certification"', ""),
        ("the Society", "", ', evidenced by "Society case note"'),
        ("the Society", ", verified by the Society", ""),
    ],
)
def test_the_weakest_path_of_evidence_counts(visit: str, more: str, ruling: str) -> None:
    assert grades(loopholes(VISITED.format(ruling=ruling), visit, more))["OC04"] is Severity.WARNING


def test_of_several_ways_the_one_that_the_payee_proves_alone_counts() -> None:
    both = """
outcome Active of a Gardener when {}: (a) Visit occurs; {} (b) Plot Taken occurs; once
payment Activity Fee: the Parish pays the Society £200 for each Active
"""
    assert "OC04" in grades(loopholes(both.format("any of", "or"), "the Society"))
    assert "OC04" not in grades(loopholes(both.format("all of", "and"), "the Society"))


@pytest.mark.parametrize(
    ("more", "found"),
    [
        (", verified by the Parish", True),
        (", verified by the Parish within 20 days, silence counts as not verified", True),
        (", verified by the Parish within 20 days, silence counts as verified", False),
        (", verified by the Warden", False),
        (", verified by the Parish or the Warden", False),
    ],
)
def test_a_payer_gains_by_its_silence(more: str, found: bool) -> None:
    assert ("OC47" in grades(loopholes(VISITED.format(ruling=""), "the Society", more))) is found
    assert ("OC47" in grades(loopholes(VISITED.format(ruling=more), "the Warden"))) is found


WELL = """
outcome Well of a Gardener when no Relapse occurs in the 12 months after {since}, once
payment Well Fee: the Parish pays the Society £200 for each Well
"""


def test_a_record_that_nobody_is_known_to_keep_counts_as_success() -> None:
    watched, unwatched = ", observed until 31 December 2029", ""
    of = WELL.format(since="Referral")
    assert "OC23" not in grades(loopholes(of, relapse_more=watched))
    assert grades(loopholes(of, relapse_more=unwatched))["OC23"] is Severity.WARNING
    assert grades(loopholes(of, relapse="the Society", relapse_more=watched))["OC23"] is Severity.WARNING


def test_after_something_later_than_joining_nobody_may_know_of_the_person() -> None:
    found = loopholes(VISITED.format(ruling="") + WELL.format(since="Visited"))
    assert grades(found)["OC23"] is Severity.NOTE


KEPT = """
outcome Kept of a Gardener when Gardening begun after Referral reaches {length} without a break, once
payment Keeping Fee: the Parish pays the Society £900 for each Kept
"""


def test_whoever_is_paid_as_long_as_no_end_is_recorded_keeps_no_record_of_it() -> None:
    body = KEPT.format(length="6 months")
    assert "OC23" not in grades(loopholes(body))
    found = next(each for each in loopholes(body, left="the Society") if each.rule.code == "OC23")
    recorded, missing = found.finding.witness.told if found.finding.witness else ()
    assert missing.total - recorded.total == 90_000
    assert set(missing.history.facts) < set(recorded.history.facts)


def test_the_last_day_of_joining_leaves_time_or_does_not() -> None:
    assert "OC35" not in grades(loopholes(KEPT.format(length="24 months")))
    found = next(each for each in loopholes(KEPT.format(length="40 months")) if each.rule.code == "OC35")
    before, after = found.finding.witness.told if found.finding.witness else ()
    assert [before.total, after.total] == [90_000, 0]
    assert after.history.happened[0].day - before.history.happened[0].day == 1


def test_a_month_short_at_the_end_of_joining_is_not_said() -> None:
    assert "OC35" not in grades(loopholes(KEPT.format(length="36 months")))


_SPOKEN = "verified by the Warden within 20 days, silence counts as not verified"


@pytest.mark.parametrize(
    ("outcome", "found"),
    [
        ("when Visit occurs, within 24 months of Referral, once", False),
        ("when Visit occurs, within 40 months of Referral, once", True),
        ("when no Relapse occurs in the 12 months after Referral, once", False),
        ("when no Relapse occurs in the 37 months after Referral, once", True),
        (
            (
                "when Gardening begun after Referral reaches 6 months without a break,\n"
                "  within 3 months of Referral, once"
            ),
            True,
        ),
        (f"when Visit occurs, within 36 months of Referral, once, {_SPOKEN}", True),
        (f"when Visit occurs, within 24 months of Referral, once, {_SPOKEN}", False),
    ],
)
def test_everything_is_known_before_claims_end(outcome: str, found: bool) -> None:
    body = f"\noutcome Result of a Gardener {outcome}\npayment Fee: the Parish pays the Society £200 for each Result\n"
    assert ("OC12" in grades(loopholes(body))) is found


ENTRY = """
outcome Plot Found of a Gardener when Plot Taken occurs, within 6 months of Referral, once
payment Entry Fee: the Parish pays the Society £300 for each Plot Found
"""


def test_what_is_paid_on_entry_is_paid_for_lasting_too() -> None:
    assert "OC11" in grades(loopholes(ENTRY))
    assert "OC11" not in grades(loopholes(ENTRY + KEPT.format(length="6 months")))
    assert "OC11" not in grades(loopholes(VISITED.format(ruling="")))


def test_what_was_paid_for_a_state_is_taken_back_when_it_ends() -> None:
    back = "repayment Return: the Society repays the Parish £300 for each Plot Left, up to the amount paid\n"
    assert "OC11" in grades(loopholes(ENTRY + KEPT.format(length="6 months") + back))


@pytest.mark.parametrize(
    ("times", "limit", "found"),
    [
        ("each time", "", True),
        ("up to 6 times", "", False),
        ("each time", "limit Month Fee to £600 for each Gardener; earliest first; the excess is not paid\n", False),
    ],
)
def test_what_is_paid_for_going_on_has_an_end(times: str, limit: str, found: bool) -> None:
    months = f"""
outcome Month Kept of a Gardener after Kept when Gardening begun after Referral reaches a further 4 weeks
  without a break, {times}
payment Month Fee: the Parish pays the Society £100 for each Month Kept
"""
    assert ("OC28" in grades(loopholes(KEPT.format(length="13 weeks") + months + limit))) is found


def test_all_the_money_after_two_years_is_more_than_noted() -> None:
    assert grades(loopholes(KEPT.format(length="26 months")))["OC34"] is Severity.WARNING
    assert grades(loopholes(KEPT.format(length="18 months")))["OC34"] is Severity.NOTE
    assert "OC34" not in grades(loopholes(KEPT.format(length="12 months")))
    advance = "payment Advance: the Parish pays the Society £2,000 for each Gardener\n"
    assert grades(loopholes(KEPT.format(length="26 months") + advance))["OC34"] is Severity.NOTE
    assert "OC34" not in grades(loopholes(KEPT.format(length="18 months") + advance))


def _codes(scheme: str, severity: Severity) -> set[str]:
    contract = compile_path(str(CONTRACTS / scheme / "contract.outcome")).core
    return {each.rule.code for each in find(contract, RULES, date(2026, 1, 1)).loopholes if each.severity is severity}


def test_schemes_as_their_histories_tell_them() -> None:
    assert _codes("work-programme", Severity.WARNING) == {"OC11", "OC12", "OC35"}
    assert _codes("nhs-hip-fracture-tariff", Severity.WARNING) == set()
    assert _codes("peterborough-sib", Severity.WARNING) == set()
    assert _codes("entrenched-rough-sleeping-sib", Severity.WARNING) == {"OC04"}
    assert _codes("troubled-families", Severity.WARNING) == {"OC04"}
    assert "OC35" not in _codes("fair-chance-fund", Severity.WARNING)
    assert "OC23" in _codes("london-rough-sleepers-sib", Severity.NOTE)
