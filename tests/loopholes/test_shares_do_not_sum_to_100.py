"""shares-do-not-sum-to-100: tranches of the contract's value and of a price, and what is no split."""

from __future__ import annotations

import pytest

from outcomelang.diagnostic import Severity

from .test_rules import changed, found

NAME = "shares-do-not-sum-to-100"
GROUND = """\
delete Job Payment
delete Added Job
delete Jobs
delete Jobs Expected
insert value £1,000,000
insert period Half-Year is every 6 months from 1 April 2024 up to and including 31 March 2026
insert define Full Price as £4,000
insert outcome Enough Jobs
  when the number of Lasting Jobs is at least 100
  once
insert outcome Enough Jobs Then in each Half-Year
  when the number of Lasting Jobs is at least 10
  once
insert outcome Good Job of a Jobseeker
  when Employment begun after Referral reaches 26 weeks in total
  once
"""
CORE = "insert payment Core Fee: Council pays the Provider 65% of the Contract Value\n"
INTERIM = "insert payment Interim Fee: Council pays the Provider {} of the Contract Value for each Enough Jobs Then\n"
FINAL = "insert payment Final Fee: Council pays the Provider {}% of the Contract Value for each Enough Jobs\n"


def _found(change: str) -> dict[str, Severity]:
    loopholes = found(changed(GROUND + change)).loopholes
    return {each.finding.message: each.severity for each in loopholes if each.rule.name == NAME}


def test_tranches_of_the_contract_value_come_to_more() -> None:
    said = _found(CORE + "insert payment Late Fee: Council pays the Provider 40% of the Contract Value\n")
    assert list(said) == [
        "£50,000 more than the contract’s value is due when everything is achieved: its shares come to 105%"
    ]
    assert set(said.values()) == {Severity.ERROR}


def test_tranches_of_the_contract_value_come_to_less() -> None:
    said = _found(CORE + INTERIM.format("1/4 of 25%") + FINAL.format(5))
    assert list(said) == ["£50,000 of the contract’s value can never be paid to anybody: its shares come to 95%"]


def test_each_period_is_counted() -> None:
    assert not _found(CORE + INTERIM.format("1/4 of 25%") + FINAL.format(10))


def test_shares_beside_a_payment_of_another_kind_may_come_to_less() -> None:
    other = "insert payment Job Fee: Council pays the Provider £100 for each Good Job\n"
    assert not _found(CORE + FINAL.format(10) + other)


def test_of_alternatives_one_is_paid() -> None:
    whole = "insert payment Best Fee: Council pays the Provider 35% of the Contract Value for each Enough Jobs\n"
    part = (
        "insert payment Next Fee: Council pays the Provider 20% of the Contract Value for each Enough Jobs,\n"
        "  instead of Best Fee\n"
    )
    assert not _found(CORE + whole + part)


FEES = (("Head Fee", "Jobseeker"), ("Job Fee", "Lasting Job"), ("Good Job Fee", "Good Job"))


def _of_price(*shares: int) -> dict[str, Severity]:
    fees = [
        f"insert payment {fee}: Council pays the Provider {share}% of the Full Price for each {unit}\n"
        for share, (fee, unit) in zip(shares, FEES, strict=False)
    ]
    return _found("".join(fees))


def test_tranches_of_a_price() -> None:
    assert list(_of_price(65, 25, 15)) == [
        "5% more than Full Price is due when everything is achieved: its shares come to 105%"
    ]
    assert list(_of_price(65, 25)) == ["10% of Full Price is never paid: its shares come to 90%"]
    assert set(_of_price(65, 25).values()) == {Severity.WARNING}


@pytest.mark.parametrize("shares", [(65, 25, 10), (100, 50, 25), (75, 50), (20,)])
def test_prices_that_are_no_split(shares: tuple[int, ...]) -> None:
    assert not _of_price(*shares)
