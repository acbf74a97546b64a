"""harder-group-paid-less: what orders groups, and what does not."""

from __future__ import annotations

import pytest

from .test_rules import changed, found

NAME = "harder-group-paid-less"
BEFORE = """\
insert define Complaints Before of each Jobseeker as the number of Complaints in the 6 months before Referral
insert define Arms Length of each Jobseeker as the number of Referrals in the 6 months before Referral
insert group Past of a Jobseeker, by {}
  "few"   below 3
  "many"  from 3
"""
TABLE = 'insert table Care Price by Past  "few" £{}  "many" £{}\n'
FEE = "insert payment Care Fee: Council pays the Provider the Care Price for each Jobseeker\n"


def _messages(change: str) -> list[str]:
    return [each.finding.message for each in found(changed(change)).loopholes if each.rule.name == NAME]


def test_more_of_what_is_worse_is_harder() -> None:
    assert _messages(BEFORE.format("Complaints Before") + TABLE.format(100, 60) + FEE) == [
        "Helping somebody of “many” earns £60 and of “few” £100, though “many” has more of Complaints Before"
    ]
    assert not _messages(BEFORE.format("Complaints Before") + TABLE.format(60, 100) + FEE)


def test_what_is_neither_better_nor_worse_orders_nothing() -> None:
    assert not _messages(BEFORE.format("Arms Length") + TABLE.format(100, 60) + FEE)


def test_payments_for_one_row_each_are_prices_as_well() -> None:
    fees = (
        'insert payment Few Fee: Council pays the Provider £100 for each Jobseeker with Past "few"\n'
        'insert payment Many Fee: Council pays the Provider £{} for each Jobseeker with Past "many"\n'
    )
    group = BEFORE.format("Complaints Before")
    assert _messages(group + fees.format(60)) == [
        "Helping somebody of “many” earns £60 and of “few” £100, though “many” has more of Complaints Before"
    ]
    assert not _messages(group + fees.format(100))


HEADS = """\
delete Job Payment
delete Added Job
insert payment Job Fee: Council pays the Provider £2,000 for each Lasting Job
insert payment Head Fee: Council pays the Provider £100 for each Jobseeker
"""


@pytest.mark.parametrize(
    ("cost", "assumed", "earned"),
    [
        ("2,400", "", "£2,100"),
        ("2,100", "", ""),
        ("1,000", "assume the proportion of Jobseekers with a Lasting Job is at most 40%", "£900"),
        ("1,000", "assume the proportion of Jobseekers without a Lasting Job is at least 60%", "£900"),
        ("800", "assume the proportion of Jobseekers with a Lasting Job is at most 40%", ""),
    ],
)
def test_what_a_person_is_expected_to_earn_covers_the_cost(cost: str, assumed: str, earned: str) -> None:
    said = _messages(f"{HEADS}insert cost £{cost} for each Jobseeker\n" + (f"insert {assumed}\n" if assumed else ""))
    expected = f"A Jobseeker is said to cost £{cost} and can be expected to earn {earned} at most"
    assert said == ([f"{expected}: each one is served at a loss"] if earned else [])


def test_beside_a_payment_for_the_service_the_cost_says_nothing() -> None:
    block = "insert payment Block: Council pays the Provider £10,000\n"
    assert not _messages(f"{HEADS}{block}insert cost £9,000 for each Jobseeker\n")
