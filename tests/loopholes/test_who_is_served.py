"""Who is served: each guard of these rules, and what they must not flag, in small schemes of their own."""

from __future__ import annotations

from datetime import date

import pytest

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


# ---------------------------------------------------------------- already true at the start

ALREADY = "pays-for-state-already-true"
FEE = "payment Fee: the Council pays the Charity £500 for each Good"


@pytest.mark.parametrize(
    "outcome",
    [
        "outcome Good of a Client, when Housed reaches 6 months without a break, once",
        (
            "define Days Housed of each Client as the days of Housed in the 6 months after Referral\n"
            "outcome Good of a Client, when Days Housed is at least 100, once"
        ),
        "outcome Good of a Client, when Moving In occurs, once",
        "outcome Good of a Client, when no Arrest occurs in the 12 months after Referral, once",
        "outcome Good of a Client, when a Review with In Work occurs within 12 months of Referral, once",
        "outcome Good of a Client, when a Review with Score of at least 20 occurs, once",
        (
            "define End Score of each Client as the total Score of Reviews on the latest Review\n"
            "outcome Good of a Client, when End Score is at least 20, once"
        ),
    ],
)
def test_what_was_true_before_joining_is_paid_without_a_change(outcome: str) -> None:
    assert said(ALREADY, f"{outcome}\n{FEE}") == [("Fee", Severity.WARNING)]


@pytest.mark.parametrize(
    "outcome",
    [
        "outcome Good of a Client, when Housed begun on or after Referral reaches 6 months without a break, once",
        "outcome Good of a Client, when Moving In occurs within 12 months of Referral, once",
        (
            "outcome Good of a Client, when all of: (a) an Arrest occurs in the 12 months before Referral; and "
            "(b) no Arrest occurs in the 12 months after Referral, once"
        ),
        (
            "define Arrests Before of each Client as the number of Arrests in the 12 months before Referral\n"
            "define Arrests After of each Client as the number of Arrests in the 12 months after Referral\n"
            "outcome Good of a Client, when Arrests After is below Arrests Before, once"
        ),
        (
            "define Start Score of each Client as the total Score of Referrals on Referral\n"
            "define End Score of each Client as the total Score of Reviews on the latest Review\n"
            "define Goal of each Client as Start Score plus 1\n"
            "outcome Good of a Client, when End Score is at least Goal, once"
        ),
    ],
)
def test_a_change_after_joining_is_asked_for(outcome: str) -> None:
    assert not flagged(ALREADY, f"{outcome}\n{FEE}")


def test_a_new_job_is_a_change_whatever_hours_were_held_before() -> None:
    clauses = (
        "event Job Start of a Client is an outcome, recorded by the Registrar, more is better, has Score as a number\n"
        "event Job End of a Client is an outcome, recorded by the Registrar, fewer is better\n"
        "state Job beginning on Job Start and ending on Job End, more is better\n"
        "outcome Good of a Client, when a Job Start with Score of at least 16 occurs within 12 months of Referral, once\n"
    )
    assert not flagged(ALREADY, clauses + FEE)


def test_what_is_openly_paid_for_not_getting_worse_is_noted() -> None:
    outcome = "outcome Good of a Client, when no Arrest occurs in the 12 months after Referral, once, maintenance"
    assert said(ALREADY, f"{outcome}\n{FEE}") == [("Fee", Severity.NOTE)]


def test_an_entry_counts_as_new_where_only_new_homes_count() -> None:
    lasting = "outcome Kept of a Client, when Housed begun after Referral reaches 6 months without a break, once"
    entry = "outcome Good of a Client, when Moving In occurs, once"
    assert not flagged(
        ALREADY, f"{entry}\n{lasting}\n{FEE}\npayment More: the Council pays the Charity £5 for each Kept"
    )


def test_what_happens_and_is_told_by_others_is_no_state() -> None:
    certificate = "event Certificate of a Client is an outcome, recorded by the Registrar, more is better"
    assert not flagged(ALREADY, f"{certificate}\noutcome Good of a Client, when Certificate occurs, once\n{FEE}")


def test_what_the_provider_records_itself_may_have_been_so_before() -> None:
    result = "event Result of a Client is an outcome, recorded by the Charity, more is better"
    clauses = f"{result}\noutcome Good of a Client, when Result occurs, once\n{FEE}"
    assert said(ALREADY, clauses) == [("Fee", Severity.NOTE)]


# ---------------------------------------------------------------- coming a second time

AGAIN = "re-enrolment-pays-again"
START_FEE = "payment Fee: the Council pays the Charity £500 for each Referral"
BY_CHARITY = "the Charity"


def test_a_fee_for_each_enrolment_that_the_provider_records() -> None:
    assert said(AGAIN, START_FEE, referred_by=BY_CHARITY) == [("Fee", Severity.WARNING)]
    assert said(AGAIN, START_FEE) == [("Fee", Severity.NOTE)]


def test_a_fee_for_each_participation_of_those_who_may_come_again() -> None:
    again = "participant Client, joins on Referral, again after 6 months, selected by the Charity, up to 200"
    head = "payment Fee: the Council pays the Charity £500 for each Client"
    assert flagged(AGAIN, head, again)
    assert not flagged(AGAIN, head)


@pytest.mark.parametrize(
    "clauses",
    [
        f"{START_FEE}\nlimit Fee to £500 for each Client; earliest first; the excess is not paid",
        "payment Fee: the Council pays the Charity £500 for each Client",
        "payment Fee: the Council pays the Charity £500 for each Review",
        "outcome Good of a Client, when Moving In occurs within 12 months of Referral, once\n" + FEE,
    ],
)
def test_a_second_enrolment_pays_nothing(clauses: str) -> None:
    assert not flagged(AGAIN, clauses, referred_by=BY_CHARITY)


def test_where_only_the_first_row_is_the_way_in_later_rows_are_services() -> None:
    first = "participant Client, joins on the first Referral, once, selected by the Charity, up to 200"
    assert not flagged(AGAIN, START_FEE, first, BY_CHARITY)


# ---------------------------------------------------------------- who selects

PICKS = "provider-picks-easy-clients"
GOOD = "outcome Good of a Client, when Moving In occurs within 12 months of Referral, once"


def picked_by(party: str) -> str:
    return f"participant Client, joins on Referral, once, selected by {party}, up to 200"


def test_the_provider_selects_at_a_flat_price() -> None:
    assert said(PICKS, f"{GOOD}\n{FEE}", picked_by("the Charity")) == [("Client", Severity.WARNING)]


def test_somebody_selects_who_gains_nothing_by_it() -> None:
    assert not flagged(PICKS, f"{GOOD}\n{FEE}")
    assert not flagged(PICKS, f"{GOOD}\n{FEE}", picked_by("the Registrar"))
    assert said(PICKS, f"{GOOD}\n{FEE}", picked_by("the Landlord")) == [("Client", Severity.NOTE)]


def test_a_price_by_a_group_that_others_set_silences_it_and_one_by_its_own_does_not() -> None:
    price = (
        'table Price by Need "low" £200 "high" £900\npayment Fee: the Council pays the Charity the Price for each Good'
    )
    others = f'group Need of a Client, set by the Registrar "low" "high"\n{price}\n{GOOD}'
    own = f'group Need of a Client, set by the Charity "low" "high"\n{price}\n{GOOD}'
    assert not flagged(PICKS, others, picked_by("the Charity"))
    assert flagged(PICKS, own, picked_by("the Charity"))


def test_who_passes_people_on_is_paid_too() -> None:
    chain = "provider Partner\npayment Part: the Charity pays the Partner £100 for each Good"
    assert flagged(PICKS, f"{GOOD}\n{FEE}\n{chain}", picked_by("the Charity"))


# ---------------------------------------------------------------- who classifies

BAND = "provider-sets-complexity-band"
PRICED = 'table Price by Need "low" £200 "high" £900\npayment Fee: the Council pays the Charity the Price for each Good'
SCORED = 'group Need of a Client, by Points of Assessment "low" below 10 "high" from 10'


def assessed(words: str) -> str:
    return f"event Assessment of a Client is an activity, {words}, has Points as a number\n{SCORED}\n{PRICED}\n{GOOD}"


def test_the_provider_assesses_what_the_price_goes_by() -> None:
    assert said(BAND, assessed("recorded by the Charity")) == [("Need", Severity.WARNING)]
    assert not flagged(BAND, assessed("recorded by the Charity, verified by the Registrar"))
    assert not flagged(BAND, assessed("recorded by the Council"))
    assert not flagged(BAND, assessed("recorded by the Landlord"))


def test_who_assesses_those_whom_it_selects_takes_part_in_the_service() -> None:
    assert flagged(BAND, assessed("recorded by the Landlord"), picked_by("the Landlord"))
    assert not flagged(BAND, assessed("recorded by the Registrar"), picked_by("the Registrar"))


def test_a_group_of_which_the_prices_are_equal_is_no_band() -> None:
    equal = PRICED.replace("£900", "£200")
    clauses = f'group Need of a Client, set by the Charity "low" "high"\n{equal}\n{GOOD}'
    assert not flagged(BAND, clauses)


def test_a_group_that_only_says_who_pays_is_no_band() -> None:
    payer = "commissioner North\ncommissioner South\n"
    group = 'group Area of a Client, set by the Charity "North" "South"\n'
    assert not flagged(BAND, f"{payer}{group}{GOOD}\npayment Fee: the Area pays the Charity £500 for each Good")


# ---------------------------------------------------------------- exits and exclusions

SHRINKS = "provider-shrinks-denominator"


def rate(recorded_by: str) -> str:
    return (
        f"event Exit of a Client is an outcome, recorded by {recorded_by}, has Restored as a yes or no\n"
        "define Exit Rate as the proportion of Exits with Restored\n"
        "payment Fee: the Council pays the Charity £1,000 for each percentage point of the Exit Rate, "
        "parts in proportion"
    )


def test_open_cases_that_no_denominator_counts() -> None:
    assert said(SHRINKS, rate("the Charity")) == [("Fee", Severity.WARNING)]
    assert not flagged(SHRINKS, rate("the Registrar"))
    assert not flagged(SHRINKS, rate("the Charity, verified by the Registrar"))


def test_a_rate_of_everybody_who_was_referred() -> None:
    clauses = (
        "event Exit of a Client is an outcome, recorded by the Charity, fewer is better\n"
        "define Rate as the proportion of Clients with a Moving In\n"
        "payment Fee: the Council pays the Charity £1,000 for each percentage point of the Rate, parts in proportion"
    )
    assert not flagged(SHRINKS, clauses)


def test_a_planned_exit_by_the_word_of_the_provider() -> None:
    def planned(recorded_by: str) -> str:
        return (
            f"event Leaving of a Client is an outcome, recorded by {recorded_by}, fewer is better, "
            "observed until 31 March 2028, has Reason as a label\n"
            "outcome Good of a Client, when any of: (a) Housed begun after Referral reaches 365 days in total; or "
            '(b) a Leaving with Reason "planned" occurs, once\n' + FEE
        )

    assert said(SHRINKS, planned("the Charity")) == [("Fee", Severity.WARNING)]
    assert not flagged(SHRINKS, planned("the Registrar"))


# ---------------------------------------------------------------- nothing more to earn

PARKED = "hard-cases-earn-nothing-more"
NO_ARREST = "outcome Good of a Client, when no Arrest occurs in the 12 months after Referral, once"


def test_one_failure_ends_everything() -> None:
    assert said(PARKED, f"{NO_ARREST}\n{FEE}") == [("Fee", Severity.WARNING)]


def test_another_payment_remains_or_each_one_fewer_counts() -> None:
    home = "outcome Home of a Client, when Moving In occurs within 12 months of Referral, once"
    other = f"{home}\npayment Home Fee: the Council pays the Charity £200 for each Home"
    assert not flagged(PARKED, f"{NO_ARREST}\n{FEE}\n{other}")
    fewer = (
        "define Before of each Client as the number of Arrests in the 12 months before Referral\n"
        "define After of each Client as the number of Arrests in the 12 months after Referral\n"
        "define Arrest Less (Arrests Less) of each Client as the excess of Before over After\n"
        "payment Fee: the Council pays the Charity £300 for each Arrest Less"
    )
    assert not flagged(PARKED, fewer)


def test_an_outcome_that_is_worth_nothing_when_others_fail() -> None:
    share = "define Home Rate as the proportion of Clients with a Good"
    assert flagged(PARKED, f"{GOOD}\n{share}\n{FEE}, when Home Rate is at least 30%")
    assert not flagged(PARKED, f"{GOOD}\n{share}\n{FEE}")


# ---------------------------------------------------------------- how many come

STARVES = "payer-starves-referrals"
ENOUGH = (
    f"{GOOD}\ndefine All Homes as the number of Goods\noutcome Enough when All Homes is at least 20 once\n"
    "payment Fee: the Council pays the Charity £60,000 for each Enough"
)


def test_a_number_that_is_needed_while_the_payer_selects() -> None:
    assert said(STARVES, ENOUGH) == [("Fee", Severity.WARNING)]
    assert not flagged(STARVES, ENOUGH, picked_by("the Landlord"))


def test_a_guarantee_or_a_share_silences_it() -> None:
    promise = (
        "guarantee Volume: the Council guarantees 50 Referrals; each pays the Charity £100 for each Referral short"
    )
    assert not flagged(STARVES, f"{ENOUGH}\n{promise}")
    share = ENOUGH.replace("at least 20 ", "at least Needed ")
    assert not flagged(STARVES, f"define Needed as 20% of the number of Clients\n{share}")


VOLUME = "volume-promise-unscoped"
BY_NUMBER = (
    "define Number Joined as the number of Clients\ntable Price by Number Joined below 50 £900 from 50 £700\n"
    f"payment Fee: the Council pays the Charity the Price for each Good\n{GOOD}"
)


def test_a_price_by_volume_that_nobody_guarantees() -> None:
    promise = (
        "guarantee Volume: the Council guarantees 50 Referrals; each pays the Charity £100 for each Referral short"
    )
    assert flagged(VOLUME, BY_NUMBER)
    assert not flagged(VOLUME, f"{BY_NUMBER}\n{promise}")
    assert not flagged(VOLUME, f"{GOOD}\n{FEE}\n{promise}")


MIX = "referral-mix-unpriced"


def test_a_group_that_nothing_depends_on() -> None:
    group = 'group Need of a Client, set by the Registrar "low" "high"'
    clauses = f"{GOOD}\n{FEE}\n{group}"
    assert ("Need", Severity.WARNING) in said(MIX, clauses)
    assert ("Need", Severity.WARNING) not in said(MIX, clauses, picked_by("the Charity"))
    priced = f"{group}\n{PRICED}\n{GOOD}"
    assert ("Need", Severity.WARNING) not in said(MIX, priced)


LARGE = "large-families-penalised"
FAMILY = (
    "event Record of a Client is an input, recorded by the Council, has Child Name as a label\n"
    "member Child (Children) of a Client, read from Child Name of a Record\n"
    "event Return of a Child is an outcome, recorded by the Registrar, more is better\n"
)


def test_a_result_of_every_child_at_one_price() -> None:
    every = "outcome Good of a Client, when for every Child: Return occurs within 12 months of Referral, once"
    assert said(LARGE, f"{FAMILY}{every}\n{FEE}") == [("Fee", Severity.NOTE)]
    scaled = "define Price of each Client as £200 times the number of Children"
    assert not flagged(LARGE, f"{FAMILY}{every}\n{scaled}\n{FEE.replace('£500', 'the Price')}")
    one = "outcome Good of a Child, when Return occurs, once"
    assert not flagged(LARGE, f"{FAMILY}{one}\n{FEE}")
