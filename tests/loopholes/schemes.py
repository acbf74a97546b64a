"""A small scheme into which clauses are put, and what one rule finds in it."""

from __future__ import annotations

from datetime import date

from outcomelang.compiler import compile_text
from outcomelang.diagnostic import Severity
from outcomelang.loopholes.rules import RULES
from outcomelang.loopholes.search import find

SCHEME = """contract "Homes"
purpose "To bring people into homes"
commissioner Council
provider Charity
assessor Registrar independent
party Landlord
currency GBP
term beginning on 1 April 2024 and ending on 31 March 2027
claims up to and including 30 September 2028
rounding each amount to the nearest penny, half up
{participant}
event Referral of a Client is an input, recorded by {referred_by}, has In Work as a yes or no and Score as a number
event Moving In of a Client is an outcome, recorded by the Landlord, more is better, observed until 31 March 2028
event Moving Out of a Client is an outcome, recorded by the Landlord, fewer is better, observed until 31 March 2028
event Arrest of a Client is an outcome, recorded by the Registrar, fewer is better, observed until 31 March 2028
event Review of a Client is an outcome, recorded by the Registrar, more is better, has In Work as a yes or no
  and Score as a number
state Housed beginning on Moving In and ending the day before Moving Out, more is better
{clauses}
"""
FEE = "payment Fee: the Council pays the Charity £500 for each Good"
GOOD = "outcome Good of a Client, when Moving In occurs within 12 months of Referral, once"
BY_CHARITY = "the Charity"
PRICED = 'table Price by Need "low" £200 "high" £900\npayment Fee: the Council pays the Charity the Price for each Good'
PARTICIPANT = "participant Client, joins on Referral, once, selected by the Council, up to 200"


def said(
    rule: str, clauses: str, participant: str = PARTICIPANT, referred_by: str = "the Council"
) -> list[tuple[str, Severity]]:
    """What one rule finds: the first clause that each finding is about, and how grave it is."""
    text = SCHEME.format(clauses=clauses, participant=participant, referred_by=referred_by)
    report = find(compile_text(text).core, [each for each in RULES if each.name == rule], date(2026, 1, 1))
    assert [fault.why for fault in report.faults] == []
    return [(each.finding.of[0], each.severity) for each in report.loopholes]


def flagged(rule: str, clauses: str, participant: str = PARTICIPANT, referred_by: str = "the Council") -> bool:
    return bool(said(rule, clauses, participant, referred_by))


def picked_by(party: str) -> str:
    return f"participant Client, joins on Referral, once, selected by {party}, up to 200"
