"""Loopholes that the fixed probes of their rules pass by and the search finds, and look-alikes."""

from __future__ import annotations

from datetime import date

import pytest

from outcomelang.compiler import compile_text
from outcomelang.core import ir
from outcomelang.histories.paid import replayed
from outcomelang.loopholes.finding import Finding, Verdict
from outcomelang.loopholes.rules import RULES
from outcomelang.loopholes.search import Report, find
from outcomelang.loopholes.seeking.engine import seek
from outcomelang.loopholes.study import Study

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
participant Client, joins on Referral, once, selected by the Council, up to 200
event Referral of a Client is an input, recorded by the Council
event Moving In of a Client is an outcome, recorded by the Landlord, more is better, observed until 31 March 2028
event Moving Out of a Client is an outcome, recorded by the Landlord, fewer is better, observed until 31 March 2028
event Award of a Client is an outcome, recorded by the Registrar, more is better
event Arrest of a Client is an outcome, recorded by the Registrar, fewer is better, observed until 31 March 2028
event Review of a Client is an input, recorded by the Charity
event Session of a Client is an activity, recorded by the Charity, has Hours as a number
event Exclusion of a Client is an input, recorded by the Charity
event Support Start of a Client is an activity, recorded by the Charity
event Support End of a Client is an activity, recorded by the Charity
event Licence is an outcome, recorded by the Registrar, more is better
state Housed beginning on Moving In and ending the day before Moving Out, more is better
state Support beginning on Support Start and ending on Support End
{clauses}
"""

SHAPES = {
    "a success in one narrow window loses a payment": (
        "more-success-pays-less",
        (
            "outcome Quiet of a Client, when all of: (a) a Moving In occurs in the 2 months after "
            "Referral; and (b) no Award occurs between 1 May 2026 and 30 June 2026, once\n"
            "payment Fee: the Council pays the Charity £500 for each Quiet\n"
        ),
    ),
    "a spell that lasts too long pays nothing": (
        "more-success-pays-less",
        (
            "define Days Housed of each Client as the days of Housed in the 24 months after Referral\n"
            "outcome Briefly Housed of a Client, when all of: (a) Days Housed is at least 30; and (b) "
            "Days Housed is at most 200, once\n"
            "payment Fee: the Council pays the Charity £500 for each Briefly Housed\n"
        ),
    ),
    "one more success lowers what all are worth": (
        "more-success-pays-less",
        (
            "outcome Homed of a Client, when a Moving In occurs in the 12 months after Referral, once\n"
            "outcome Learned of a Client, when an Award occurs in the 12 months after Referral, once\n"
            "payment Home Fee: the Council pays the Charity £900 for each Homed\n"
            "payment Award Fee: the Council pays the Charity £100 for each Learned\n"
            "limit Home Fee and Award Fee to 1 for each Client; earliest first; the excess is not paid\n"
        ),
    ),
    "one row does for two payments if a review comes early": (
        "same-outcome-paid-twice",
        (
            "outcome Early Home of a Client, when a Moving In occurs in the 3 months after Referral, once\n"
            "outcome Reviewed Home of a Client, when a Moving In occurs in the 6 months before the first "
            "Review, once\n"
            "payment Early Fee: the Council pays the Charity £500 for each Early Home\n"
            "payment Review Fee: the Council pays the Charity £400 for each Reviewed Home\n"
        ),
    ),
    "one row entered as two pays more": (
        "same-outcome-paid-twice",
        (
            "table Hour Price by Hours\n"
            "  below 100  £100\n"
            "  from 100  £150\n"
            "payment Session Fee: the Council pays the Charity the Hour Price for each Session\n"
        ),
    ),
    "a service broken off pays more": (
        "re-enrolment-pays-again",
        (
            "outcome Supported of a Client, when Support reaches 4 weeks without a break, each time\n"
            "payment Fee: the Council pays the Charity £300 for each Supported\n"
        ),
    ),
    "a review can be put off for more than two years": (
        "provider-chooses-test-date",
        (
            "outcome Homed of a Client, when a Moving In occurs in the 24 months before the first Review,"
            " once\n"
            "payment Fee: the Council pays the Charity £300 for each Homed\n"
        ),
    ),
    "support ends just after its limit of a hundred weeks": (
        "longer-support-loses-pay",
        (
            "event Discharge of a Client is an output, recorded by the Charity\n"
            "outcome Done of a Client, when all of: (a) a Discharge occurs in the 100 weeks after "
            "Referral; and (b) a Moving In occurs in the 12 months after Referral, once\n"
            "payment Fee: the Council pays the Charity £300 for each Done\n"
        ),
    ),
    "a row that nobody calls good or bad need not be recorded": (
        "missing-record-counts-as-success",
        (
            "event Warning of a Client is an outcome, recorded by the Charity\n"
            "outcome Quiet of a Client, when all of: (a) a Moving In occurs in the 12 months after "
            "Referral; and (b) no Warning occurs in the 12 months after Referral, once\n"
            "payment Fee: the Council pays the Charity £300 for each Quiet\n"
        ),
    ),
    "an exclusion counts in the first fortnight only": (
        "provider-shrinks-denominator",
        (
            "define Counted as the number of Clients without an Exclusion in the 14 days after Referral\n"
            "outcome Homed of a Client, when a Moving In occurs in the 12 months after Referral, once\n"
            "define Surplus as the excess of the number of Homed over 50% of Counted\n"
            "payment Fee: the Council pays the Charity £100 times Surplus\n"
        ),
    ),
    "a certificate from before joining is judged at a review that comes early": (
        "pays-for-state-already-true",
        (
            "event Certificate of a Client is an outcome, recorded by the Charity, more is better\n"
            "outcome Certified of a Client, when a Certificate occurs in the 6 months before the first "
            "Review, once\n"
            "payment Fee: the Council pays the Charity £300 for each Certified\n"
        ),
    ),
    "a date for everybody decides over all": (
        "payment-cliff",
        (
            "outcome Licensed, when a Licence occurs between 1 April 2024 and 30 June 2026, once\n"
            "payment Fee: the Council pays the Charity £90,000 for each Licensed\n"
        ),
    ),
}


def compiled(clauses: str) -> ir.Contract:
    return compile_text(SCHEME.format(clauses=clauses)).core


def probed(contract: ir.Contract, name: str) -> list[Finding]:
    """What the rule finds by its own probes."""
    (rule,) = [each for each in RULES if each.name == name]
    return [each for each in rule.check(Study(contract)) if isinstance(each, Finding)]


def searched(contract: ir.Contract, name: str) -> Report:
    """What is found when only this rule is asked, by its probes and the search."""
    report = find(contract, [each for each in RULES if each.name == name], date(2026, 1, 1))
    assert [fault.why for fault in report.faults] == []
    return report


@pytest.mark.parametrize("shape", SHAPES)
def test_the_search_finds_what_probes_pass_by(shape: str) -> None:
    name, clauses = SHAPES[shape]
    contract = compiled(clauses)
    assert probed(contract, name) == []
    (hit, *_) = searched(contract, name).loopholes
    assert hit.finding.verdict is Verdict.WITNESS
    assert hit.finding.witness is not None
    for told in hit.finding.witness.told:
        assert replayed(contract, told.history) == told.total


LOOK_ALIKES = {
    "a success in that window loses nothing": (
        "more-success-pays-less",
        (
            "outcome Quiet of a Client, when all of: (a) a Moving In occurs in the 2 months after Referral; and "
            "(b) no Arrest occurs between 1 May 2026 and 30 June 2026, once\n"
            "payment Fee: the Council pays the Charity £500 for each Quiet\n"
        ),
    ),
    "a spell is paid however long it lasts": (
        "more-success-pays-less",
        (
            "define Days Housed of each Client as the days of Housed in the 24 months after Referral\n"
            "outcome Long Housed of a Client, when Days Housed is at least 30, once\n"
            "payment Fee: the Council pays the Charity £500 for each Long Housed\n"
        ),
    ),
    "of the same places the dearer is served first": (
        "more-success-pays-less",
        (
            "outcome Homed of a Client, when a Moving In occurs in the 12 months after Referral, once\n"
            "outcome Learned of a Client, when an Award occurs in the 12 months after Referral, once\n"
            "payment Home Fee: the Council pays the Charity £900 for each Homed\n"
            "payment Award Fee: the Council pays the Charity £100 for each Learned\n"
            "limit Home Fee and Award Fee to £1,000 for each Client; earliest first; the excess is not paid\n"
        ),
    ),
    "the later payment asks for a row of its own": (
        "same-outcome-paid-twice",
        (
            "outcome Early Home of a Client, when a Moving In occurs in the 3 months after Referral, once\n"
            "outcome Later Home of a Client, when a Moving In occurs in the 6 months beginning with 1 June 2026, once\n"
            "payment Early Fee: the Council pays the Charity £500 for each Early Home\n"
            "payment Later Fee: the Council pays the Charity £400 for each Later Home\n"
        ),
    ),
    "hours are paid at one price": (
        "same-outcome-paid-twice",
        (
            "define Hour as the total Hours of Sessions\n"
            "payment Session Fee: the Council pays the Charity £10 times Hour\n"
        ),
    ),
    "a service is paid once": (
        "re-enrolment-pays-again",
        (
            "outcome Supported of a Client, when Support reaches 4 weeks without a break, once\n"
            "payment Fee: the Council pays the Charity £300 for each Supported\n"
        ),
    ),
    "others say when the review is": (
        "provider-chooses-test-date",
        (
            "outcome Homed of a Client, when a Moving In occurs in the 24 months before the first Award, once\n"
            "payment Fee: the Council pays the Charity £300 for each Homed\n"
        ),
    ),
    "support may end at any time": (
        "longer-support-loses-pay",
        (
            "event Discharge of a Client is an output, recorded by the Charity\n"
            "outcome Done of a Client, when all of: (a) a Discharge occurs; and "
            "(b) a Moving In occurs in the 12 months after Referral, once\n"
            "payment Fee: the Council pays the Charity £300 for each Done\n"
        ),
    ),
    "somebody else records it": (
        "missing-record-counts-as-success",
        (
            "event Warning of a Client is an outcome, recorded by the Registrar, fewer is better, "
            "observed until 31 March 2028\n"
            "outcome Quiet of a Client, when all of: (a) a Moving In occurs in the 12 months after Referral; and "
            "(b) no Warning occurs in the 12 months after Referral, once\n"
            "payment Fee: the Council pays the Charity £300 for each Quiet\n"
        ),
    ),
    "everybody counts": (
        "provider-shrinks-denominator",
        (
            "outcome Homed of a Client, when a Moving In occurs in the 12 months after Referral, once\n"
            "define Surplus as the excess of the number of Homed over 50% of the number of Clients\n"
            "payment Fee: the Council pays the Charity £100 times Surplus\n"
        ),
    ),
    "a certificate from after joining": (
        "pays-for-state-already-true",
        (
            "event Certificate of a Client is an outcome, recorded by the Charity, more is better\n"
            "outcome Certified of a Client, when a Certificate occurs in the 6 months after Referral, once\n"
            "payment Fee: the Council pays the Charity £300 for each Certified\n"
        ),
    ),
    "no date decides": (
        "payment-cliff",
        (
            "outcome Licensed, when a Licence occurs, once\n"
            "payment Fee: the Council pays the Charity £90,000 for each Licensed\n"
        ),
    ),
}


@pytest.mark.parametrize("shape", LOOK_ALIKES)
def test_nothing_is_found_in_what_only_looks_like_it(shape: str) -> None:
    name, clauses = LOOK_ALIKES[shape]
    assert searched(compiled(clauses), name).loopholes == ()


def test_the_same_contract_gives_the_same_findings() -> None:
    for name, clauses in SHAPES.values():
        first, second = searched(compiled(clauses), name), searched(compiled(clauses), name)
        assert [each.finding for each in first.loopholes] == [each.finding for each in second.loopholes]


def test_what_a_rule_has_told_of_a_clause_is_not_told_again() -> None:
    name, clauses = SHAPES["a service broken off pays more"]
    contract = compiled(clauses)
    study = Study(contract)
    assert list(seek(study, {name: {"Fee"}})) == []
    assert [rule for rule, _ in seek(Study(contract), {name: set()})] == [name]


def test_only_rules_that_are_asked_are_sought_for() -> None:
    contract = compiled(SHAPES["a service broken off pays more"][1])
    study = Study(contract)
    before = study.pay.accounts
    assert list(seek(study, {"rounding-or-currency-unstated": set()})) == []
    assert study.pay.accounts == before
