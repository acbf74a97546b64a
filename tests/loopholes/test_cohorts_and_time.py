"""Payments by the number of those of a cohort who succeed: who comes too late for them."""

from __future__ import annotations

from datetime import date

import pytest

from outcomelang.compiler import compile_text
from outcomelang.loopholes.rules import RULES
from outcomelang.loopholes.search import find

SCHEME = """contract "Homes"
purpose "To bring people into homes"
commissioner Council
provider Charity
assessor Registrar independent
currency GBP
term beginning on 1 April 2024 and ending on 31 March 2028
claims up to and including {claims}
participant Client, joins on Referral between 1 April 2024 and 31 March 2027, once, selected by the Council, up to 200
cohort Year of a Client, by date of Referral
  "First"   from 1 April 2024 to 31 March 2025
  "Second"  from 1 April 2025 to 31 March 2026
  "Third"   from 1 April 2026 to 31 March 2027
event Referral of a Client is an input, recorded by the Council
event Moving In of a Client is an outcome, recorded by the Registrar, more is better
event Moving Out of a Client is an outcome, recorded by the Registrar, fewer is better
state Housed beginning on Moving In and ending the day before Moving Out, more is better
outcome Home of a Client, when Housed begun after Referral reaches {months} months without a break, once
define Home Kept (Homes Kept) of each Year as the number of Homes
payment Home Fee: the Council pays the Charity £1,000 for each Home Kept
"""


def found(code: str, months: int, claims: str) -> list[str]:
    contract = compile_text(SCHEME.format(months=months, claims=claims)).core
    report = find(contract, [rule for rule in RULES if rule.code == code], date(2026, 1, 1))
    assert report.faults == ()
    return [each.finding.message for each in report.loopholes]


@pytest.mark.parametrize("months", [18, 24])
def test_who_comes_last_is_worth_nothing_to_a_cohort_either(months: int) -> None:
    (message,) = found("OC35", months, "31 March 2028")
    assert "can no longer reach Home, which Home Fee counts" in message


def test_who_comes_last_can_still_count_where_claims_go_on() -> None:
    assert found("OC35", 12, "31 December 2029") == []
