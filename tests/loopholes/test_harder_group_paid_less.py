"""harder-group-paid-less: a payment for each row of a group, and what a person is said to cost."""

from __future__ import annotations

import pytest

from .test_rules import changed, found

NAME = "harder-group-paid-less"
GROUP = """\
insert define Complaints Before of each Jobseeker as the number of Complaints in the 6 months before Referral
insert group Past of a Jobseeker, by Complaints Before
  "few"   below 3
  "many"  from 3
"""


def _messages(change: str) -> list[str]:
    return [each.finding.message for each in found(changed(change)).loopholes if each.rule.name == NAME]


@pytest.mark.parametrize("unit", ["Jobseeker", "Lasting Job"])
def test_payments_for_one_row_each_are_prices_of_the_group(unit: str) -> None:
    fees = (
        f'insert payment Few Fee: Council pays the Provider £100 for each {unit} with Past "few"\n'
        f'insert payment Many Fee: Council pays the Provider £{{}} for each {unit} with Past "many"\n'
    )
    assert _messages(GROUP + fees.format(60)) == [
        "£40 less is paid for “many” than for “few”, which had less trouble before"
    ]
    assert not _messages(GROUP + fees.format(100))


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
    expected = f"Each Jobseeker is said to cost £{cost} and can be expected to earn {earned} at most"
    assert [each.split(":")[0] for each in said] == ([expected] if earned else [])


def test_beside_a_payment_for_the_service_the_cost_says_nothing() -> None:
    block = "insert payment Block: Council pays the Provider £10,000\n"
    assert not _messages(f"{HEADS}{block}insert cost £9,000 for each Jobseeker\n")
