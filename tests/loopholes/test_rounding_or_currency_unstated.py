"""rounding-or-currency-unstated: where part of a thing decides, and where it does not."""

from __future__ import annotations

import pytest

from .test_rules import changed, found

NAME = "rounding-or-currency-unstated"
FEE = "insert payment Enrolment Fee: Council pays the Provider £100 for each Jobseeker\n"
LIMIT = "insert limit Enrolment Fee to the Places{}; earliest first; the excess is not paid\n"
PLACES = "insert define Places as {}\n"


def _messages(change: str) -> list[str]:
    return [each.finding.message for each in found(changed(change)).loopholes if each.rule.name == NAME]


def test_a_share_of_a_count_need_not_be_whole() -> None:
    assert _messages(FEE + LIMIT.format("") + PLACES.format("5/6 of the number of Jobseekers")) == [
        "Nothing says what becomes of part of one (£100): the number of Enrolment Fee is a share that need not be whole"
    ]


@pytest.mark.parametrize(
    "number",
    [
        "5/6 of 1,200",
        "5/6 of 1,500",
        "5/6 of the number of Jobseekers, rounded up",
        "the number of Lasting Jobs plus 2 times the number of Complaints",
    ],
)
def test_what_is_whole_rounded_or_never_reached_is_silent(number: str) -> None:
    assert not _messages(FEE + LIMIT.format("") + PLACES.format(number))


def test_a_limit_for_each_group_is_reached_group_by_group() -> None:
    assert _messages(FEE + LIMIT.format(" for each Referral Cohort") + PLACES.format("1/3 of 2,000")) == [
        "Nothing says whether 666 or 667 are paid for: the number is 666 and 2/3"
    ]


def test_parts_of_a_measured_number_are_paid_anyhow() -> None:
    limit = "insert limit Job Payment to the Places; earliest first; the excess is not paid\n"
    assert not _messages(limit + PLACES.format("5/6 of 100"))
