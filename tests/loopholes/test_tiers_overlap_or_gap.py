"""tiers-overlap-or-gap: what can never be reached, and what is only the end of a table."""

from __future__ import annotations

import pytest

from outcomelang.diagnostic import Severity

from .test_rules import changed, found

NAME = "tiers-overlap-or-gap"
RATE = "insert define Job Rate as the proportion of Jobseekers with a Lasting Job\n"
FALL = "insert define Job Fall as the percentage fall from 40 to the number of Lasting Jobs\n"
COUNT = "insert define Job Count as the number of Lasting Jobs\n"


def _found(change: str) -> dict[str, Severity]:
    loopholes = found(changed(change)).loopholes
    return {each.finding.message: each.severity for each in loopholes if each.rule.name == NAME}


def _table(by: str, last: str) -> str:
    return f"insert table Step by {by}\n  below {last.split()[0]} £100\n  from {last}\n"


@pytest.mark.parametrize(
    ("measure", "last", "said"),
    [
        (RATE, "101% £200", "Job Rate is at most 100%, and its row begins at 101%"),
        (FALL, "150% £200", "Job Fall is at most 100%, and its row begins at 150%"),
        (COUNT, "1001 £200", "Job Count is at most 1,000, and its row begins at 1,001"),
    ],
)
def test_a_row_beyond_what_there_can_be(measure: str, last: str, said: str) -> None:
    by = measure.split(" as ")[0].removeprefix("insert define ")
    assert list(_found(measure + _table(by, last))) == [f"£200 of Step can never be reached: {said}"]


@pytest.mark.parametrize("last", ["100% £200", "120% nothing", "120% £100"])
def test_the_end_of_a_table_is_no_loophole(last: str) -> None:
    assert not _found(RATE + _table("Job Rate", last))


def test_what_nothing_bounds_may_be_any_size() -> None:
    rise = "insert define Job Rise as the percentage rise from 40 to the number of Lasting Jobs\n"
    assert not _found(rise + _table("Job Rise", "150% £200"))


def _outcome(condition: str) -> str:
    return (
        f"insert outcome Enough\n  when {condition}\n  once\n"
        "insert payment Bonus: Council pays the Provider £10 for each Enough\n"
    )


def test_an_outcome_that_asks_for_more_than_there_can_be() -> None:
    assert list(_found(COUNT + _outcome("Job Count is above 1,000"))) == [
        "Enough can never be due: Job Count is at most 1,000, and more than 1,000 is asked for"
    ]
    assert not _found(COUNT + _outcome("Job Count is at least 1,000"))
    assert not _found(COUNT + _outcome("Job Count is below 2,000"))


def test_a_second_price_that_is_never_reached() -> None:
    price = (
        "insert table Fee Price until £{} has been paid, £50; then £20\n"
        "insert payment Fee: Council pays the Provider the Fee Price for each Jobseeker\n"
    )
    late = "at most £50,000 can be due before it, and it holds after £60,000"
    assert list(_found(price.format("60,000"))) == [f"The second price of Fee Price can never be paid: {late}"]
    assert not _found(price.format("40,000"))


def test_a_cohort_into_which_nobody_can_come_is_only_noted() -> None:
    cohort = (
        "insert cohort Wave of a Jobseeker, by date of Referral\n"
        '  "Now"    from 1 April 2024 to 31 March 2026\n  "Later"  from 1 April 2026 to 31 March 2027\n'
    )
    assert _found(cohort) == {
        "Nobody can ever be in “Later” of Wave: people join on other days": Severity.NOTE,
    }
