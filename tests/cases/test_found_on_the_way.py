"""Wrong figures and silences that invented schemes brought to light, each on a contract as small as it can be."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import outcomelang
from outcomelang.evaluation.log import read_log
from outcomelang.evaluation.why import why

HEAD = """contract "Found on the way"
commissioner Council
provider Charity
assessor Auditor independent
currency GBP
term beginning on 1 January 2024 and ending on 31 December 2024
claims up to and including 31 December 2025
period Quarter is every 3 months from 1 January 2024 until 31 December 2024
event Referral of a Client is an input, recorded by the Council
event Visit of a Client is an activity, recorded by the Charity
event Job Start of a Client is an outcome, recorded by the Charity, verified by the Auditor, more is better
event Job End of a Client is an outcome, recorded by the Charity, verified by the Auditor, fewer is better
state Employment beginning on Job Start and ending on Job End, more is better
"""
CLIENTS = "participant Client, joins on Referral, once, selected by the Council\n"
REFERRED = ("A,Referral,2024-01-01,Council", "B,Referral,2024-01-02,Council", "C,Referral,2024-01-03,Council")


def amounts(tmp_path: Path, terms: str, *rows: str) -> tuple[outcomelang.Ledger, dict[str, int]]:
    contract = outcomelang.compile_contract(HEAD + terms)
    ledger = outcomelang.evaluate(contract, log(tmp_path, *rows))
    return ledger, {line.payment: line.amount for line in ledger.lines}


def log(tmp_path: Path, *rows: str) -> Path:
    numbered = [f"E{number:02},{row}" for number, row in enumerate(rows, 1)]
    path = tmp_path / "events.csv"
    path.write_text("\n".join(["id,participant,event,date,source", *numbered, ""]), encoding="utf-8")
    return path


def test_people_with_an_event_in_each_quarter_are_those_with_one_in_that_quarter(tmp_path: Path) -> None:
    terms = CLIENTS + (
        "define Person Seen (People Seen) in each Quarter as the number of Clients with a Visit\n"
        "payment Reach Fee: the Council pays the Charity £50 for each Person Seen, in each Quarter\n"
    )
    visits = ("A,Visit,2024-01-31,Charity", "A,Visit,2024-03-31,Charity", "B,Visit,2024-03-31,Charity")
    ledger, paid = amounts(tmp_path, terms, *REFERRED, *visits, "B,Visit,2024-04-01,Charity")
    assert paid == {"Reach Fee": 3 * 50_00}
    assert [(entry.period, entry.units, len(entry.rows)) for entry in ledger.entries] == [
        ("Quarter 1", Fraction(2), 3),
        ("Quarter 2", Fraction(1), 1),
    ]


def test_no_more_people_join_than_may(tmp_path: Path) -> None:
    terms = (
        "participant Client, joins on Referral, once, selected by the Council, up to 2\n"
        "payment Entry Fee: the Council pays the Charity £100 for each Client\n"
    )
    ledger, paid = amounts(tmp_path, terms, *REFERRED[::-1])
    assert paid == {"Entry Fee": 2 * 100_00}
    assert {entry.participant for entry in ledger.entries} == {"A", "B"}
    assert "too-many-people" in {report.name for report in ledger.reports}


def test_what_is_due_after_verification_is_not_due_before_it_is_earned(tmp_path: Path) -> None:
    terms = CLIENTS + (
        "outcome Job Held of a Client when Employment begun on or after Referral reaches 26 weeks in total once\n"
        "payment Job Fee: the Council pays the Charity £100 for each Job Held, due 30 days after verification\n"
    )
    rows = ("A,Job Start,2024-01-01,Auditor", "A,Job End,2024-12-31,Auditor")
    ledger, _ = amounts(tmp_path, terms, *REFERRED, *rows)
    (entry,) = ledger.entries
    assert entry.day.isoformat() == "2024-06-30"  # 182 days from 1 January 2024
    assert entry.due is not None
    assert entry.due.isoformat() == "2024-07-30"


def test_why_says_what_is_missing_and_who_never_joined(tmp_path: Path) -> None:
    terms = CLIENTS + (
        "outcome Job Held of a Client when Employment begun on or after Referral reaches 4 weeks in total once\n"
        "outcome Job Kept of a Client after Job Held\n"
        "  when Employment reaches a further 4 weeks without a break\n"
        "  once\n"
        "payment Kept Fee: the Council pays the Charity £100 for each Job Kept\n"
    )
    contract = outcomelang.compile_contract(HEAD + terms)
    rows = ("A,Job Start,2024-01-01,Auditor", "A,Job End,2024-02-24,Auditor", "X,Visit,2024-02-01,Charity")
    facts = read_log(contract.core, [log(tmp_path, *REFERRED, *rows)])
    assert "27 days of 28 days (4 weeks) without a break" in "\n".join(why(contract.core, facts, None, "A"))
    assert "X never joined as Client" in "\n".join(why(contract.core, facts, None, "X"))


def test_what_an_example_gives_of_one_cohort_is_given_of_the_pool_when_nobody_is_in_the_other() -> None:
    terms = CLIENTS + (
        "cohort Half (Halves) of a Client, by date of Referral "
        '"First" from 1 January 2024 to 30 June 2024 "Second" from 1 July 2024\n'
        "define Visits Made of each Half as the number of Visits\n"
        "outcome Busy of all Halves together, when Visits Made is at least 5, once\n"
        "payment Busy Fee: the Council pays the Charity £100 for each Busy\n"
        'example "One half" given Visits Made of "First" 5 expect Busy Fee £100 total £100\n'
    )
    [result] = outcomelang.compile_contract(HEAD + terms).run_examples()
    assert result.passed, result.differences


def test_outcomes_that_an_example_gives_go_to_people_of_a_group_that_a_measure_decides() -> None:
    terms = CLIENTS + (
        "define Visits Before of each Client as the number of Visits\n"
        'group Contact of a Client, by Visits Before "new" below 1 "known" from 1\n'
        'table Job Price by Contact "new" £300 "known" £100\n'
        "outcome Job of a Client when Job Start occurs once\n"
        "payment Job Fee: the Council pays the Charity the Job Price for each Job\n"
        'example "Ann is known, somebody else is made for the second job"\n'
        '  given Client "Ann" 1 January 2024 Visit 2 January 2024 Referral\n'
        '  given Client "Ben" 2 January 2024 Referral 3 January 2024 Visit\n'
        '  given 2 Jobs with Contact "known"\n'
        '  expect Job Fee "Ann" £100 Job Fee £200 total £200\n'
    )
    [result] = outcomelang.compile_contract(HEAD + terms).run_examples()
    assert result.passed, result.differences
