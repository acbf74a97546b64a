"""What is decided after the last day for claims, or later than anybody watches."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from outcomelang.compiler import compile_text
from outcomelang.core import ir
from outcomelang.core.calendar import day_text
from outcomelang.core.diagnostics import GROUND
from outcomelang.core.settling import Settling
from outcomelang.diagnostic import Diagnostic, Severity

Findings = Callable[[str], tuple[Diagnostic, ...]]

SINCE = "define Offences Since of each {} as the number of Offences in the {} after Referral\n"


def test_a_verdict_on_every_cohort_after_the_last_claim_is_a_mistake_with_both_dates(findings: Findings) -> None:
    (found,) = findings(SINCE.format("Year", "60 months") + "outcome Calm of a Year, when Offences Since is below 10")
    assert (found.name, found.severity) == ("settled-after-last-claim", Severity.ERROR)
    assert found.message == (
        "Calm can never be paid: it cannot be achieved before 31 March 2031, and claims end on 30 September 2028."
    )


def test_a_verdict_on_one_cohort_only_is_a_warning_and_the_contract_compiles() -> None:
    clauses = SINCE.format("Year", "30 months") + "outcome Calm of a Year, when Offences Since is below 10\n"
    made = compile_text(GROUND.replace("until 31 March 2028", "until 31 March 2030") + clauses)
    (note,) = made.notes
    assert (note.name, note.severity) == ("settled-after-last-claim", Severity.WARNING)
    assert note.message == (
        "Calm is not always paid: for “Later” it cannot be achieved before 30 September 2029, and claims end on "
        "30 September 2028."
    )


LATE = [
    "outcome Late of a Client, when Job Start occurs between 1 May 2029 and 1 May 2030, once",
    "outcome Late of a Client, when Employment counted from Referral reaches 60 months without a break, once",
    "outcome Late of a Client, when all of: (a) Review occurs; and (b) Job Start occurs on 1 May 2029, once",
    "outcome Late of a Client, when Job Start occurs, within the 2 days beginning with 1 May 2029, once",
    "outcome Late of all Years together, when the number of Reviews in the 3 years after Referral is below 4",
    "payment Late Fee: the Council pays the Provider £1,200, in 12 equal monthly instalments from 30 April 2029",
    "payment Late Fee: the Council pays the Provider £30 for each Job Start between 1 May 2029 and 1 May 2030",
    "payment Late Fee: the Council pays the Provider £30 for each Job, when no Review occurs on 1 May 2029",
    SINCE.format("Year", "60 months") + "payment Late Fee: the Council pays the Provider £30 for each Offences Since",
    SINCE.format("Year", "60 months")
    + "table Price by Offences Since  below 10 £300  from 10 nothing\n"
    + "payment Late Fee: the Council pays the Provider the Price for each Year",
]


@pytest.mark.parametrize("clauses", LATE)
def test_what_no_log_can_earn_in_time_is_said_once(findings: Findings, clauses: str) -> None:
    (found,) = findings(clauses)
    assert (found.name, found.severity) == ("settled-after-last-claim", Severity.ERROR)


IN_TIME = [
    "outcome Soon of a Client, when any of: (a) Review occurs; or (b) Job Start occurs on 1 May 2029, once",
    "outcome Soon of a Client, when Employment reaches 60 months without a break, once",
    "outcome Soon of a Client, monitor only, when Job Start occurs on 1 May 2029",
    "outcome Soon of a Year, when the number of Reviews in the 60 months after Referral is at least 4",
    "define Reviews Since of each Year as the number of Reviews in the 60 months after Referral",
    "outcome Soon of a Client, when Job Start occurs in the 60 months after the first Review, once",
]


@pytest.mark.parametrize("clauses", IN_TIME)
def test_what_some_log_can_earn_in_time_is_no_mistake(findings: Findings, clauses: str) -> None:
    assert findings(clauses) == ()


def test_what_follows_from_a_late_outcome_says_nothing_more(findings: Findings) -> None:
    said = findings(
        "outcome Kept of a Client, when Employment counted from 1 May 2029 reaches 3 and 6 months without a break,\n"
        "  each once\n"
        "outcome Next of a Client, after Kept at 3 months, when Review occurs, once\n"
        "payment Card: the Council pays the Provider for each:  Kept at 3 months £5  Kept at 6 months £6\n"
        "payment Next Fee: the Council pays the Provider £30 for each Next"
    )
    assert [found.name for found in said] == ["settled-after-last-claim"]
    assert said[0].message.startswith("Kept at 3 months")


ILLNESS = "event Illness is an outcome, recorded by HMRC, fewer is better, observed until 31 December 2025\n"
ILL = "define Ill of each Client as the number of Illnesses in the 12 months after Referral\n"
BLIND = [
    "outcome Healthy of a Client, when no Illness occurs in the 12 months after Referral",
    "outcome Healthy of a Client, once, when all of: (a) Review occurs; and (b) no Illness occurs on 1 May 2026",
    "outcome Healthy of a Year, when the number of Illnesses in the 12 months after Referral is at most 3",
    ILL + "payment Ill Fee: the Council pays the Provider £30 for each Ill",
]


@pytest.mark.parametrize("clauses", BLIND)
def test_what_nobody_watches_long_enough_for_anybody_is_a_mistake(findings: Findings, clauses: str) -> None:
    (found,) = findings(ILLNESS + clauses)
    assert found.name == "observed-too-short" and "31 December 2025" in found.message


def test_what_is_watched_long_enough_for_the_first_to_join_is_none(findings: Findings) -> None:
    clauses = "outcome Healthy of a Client, when no Illness occurs in the 6 months after Referral"
    assert findings(ILLNESS + clauses) == ()


def test_nothing_is_said_of_days_while_a_clause_cannot_be_read(findings: Findings) -> None:
    said = findings("outcome Late of a Client, when Job Start occurs on 1 May 2029, once\npayment Fee: the Council pay")
    assert [found.name for found in said if found.code > "OL100"] == []


def test_of_people_and_periods_the_first_and_the_last_are_looked_at() -> None:
    core = compile_text(GROUND.replace(" up to and including 30 June 2025", "")).core
    s = Settling(core)
    people, (quarter, last) = s.cases(core.outcomes[0].subject), s.cases(ir.PerPeriod("Quarter", ir.Whole()))
    assert [day_text(case.joins) for case in people] == ["1 April 2025", "31 March 2028"]
    assert (quarter.words, last.words, day_text(last.last)) == ("Quarter 1", "Quarter 12", "31 March 2028")
