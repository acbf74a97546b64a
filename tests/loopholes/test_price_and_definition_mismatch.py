"""price-and-definition-mismatch: what counts as a use of an outcome, and what as a price that nobody reads."""

from __future__ import annotations

import pytest

from outcomelang.diagnostic import Severity

from .test_rules import changed, found

NAME = "price-and-definition-mismatch"
LONG = "insert outcome Long Job of a Jobseeker\n  when Employment reaches 26 weeks in total\n  once\n"


def _of(change: str) -> set[str]:
    return {each.finding.of[0] for each in found(changed(change)).loopholes if each.rule.name == NAME}


@pytest.mark.parametrize(
    "use",
    [
        "insert payment Long Fee: Council pays the Provider £10 for each Long Job",
        "insert define Long Jobs Seen as the number of Long Jobs",
        "insert payment Late Fee: Council pays the Provider £10 for each Complaint, when Long Job is achieved",
        "insert cost £100 for each Long Job",
        "insert outcome Calm Job of a Jobseeker, when Long Job is achieved, once, monitor only",
    ],
)
def test_an_outcome_on_which_something_rests_needs_no_price(use: str) -> None:
    assert _of(LONG + use) == set()


def test_an_outcome_that_only_another_unpaid_one_rests_on_has_no_price() -> None:
    assert _of(LONG + "insert outcome Calm Job of a Jobseeker, when Long Job is achieved, once") == {
        "Long Job",
        "Calm Job",
    }


def test_a_table_of_prices_that_nothing_reads_is_found() -> None:
    prices = 'insert table Old Prices by Referral Cohort\n  "First year"   £100\n  "Second year"  £200\n'
    paid = "insert payment Old Fee: Council pays the Provider the Old Prices for each Added Job, parts in proportion"
    assert _of(prices) == {"Old Prices"}
    assert _of(prices + paid) == set()


def test_where_no_outcome_is_paid_for_it_is_only_noted() -> None:
    change = (
        "delete Job Payment\ndelete Added Job\ndelete Jobs\ndelete Jobs Expected\n"
        "insert payment Block: Council pays the Provider £10,000"
    )
    severities = {each.severity for each in found(changed(change)).loopholes if each.rule.name == NAME}
    assert severities == {Severity.NOTE}
