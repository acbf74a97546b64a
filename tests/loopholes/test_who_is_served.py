"""Who is served: each guard of these rules, and what they must not flag, in small schemes."""

from __future__ import annotations

import pytest

from outcomelang.diagnostic import Severity

from .schemes import BY_CHARITY, FEE, GOOD, PRICED, flagged, picked_by, said

# ---------------------------------------------------------------- already true at the start

ALREADY = "pays-for-state-already-true"


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
        "define Good as the number of Clients without an Arrest in the 12 months after Referral",
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
        "outcome Good of a Client, when a Job Start with Score of at least 16 occurs within 1 year of Referral, once\n"
    )
    assert not flagged(ALREADY, clauses + FEE)


def test_what_is_openly_paid_for_not_getting_worse_is_noted() -> None:
    outcome = "outcome Good of a Client, when no Arrest occurs in the 12 months after Referral, once, maintenance"
    assert said(ALREADY, f"{outcome}\n{FEE}") == [("Fee", Severity.NOTE)]


def test_an_entry_counts_as_new_where_only_new_homes_count() -> None:
    lasting = "outcome Kept of a Client, when Housed begun after Referral reaches 6 months without a break, once"
    entry = "outcome Good of a Client, when Moving In occurs, once"
    card = "payment Card: the Council pays the Charity for each:\n  Good  £200\n  Kept  £800"
    apart = f"{FEE}\npayment More: the Council pays the Charity £800 for each Kept"
    assert not flagged(ALREADY, f"{entry}\n{lasting}\n{card}")
    assert flagged(ALREADY, f"{entry}\n{lasting}\n{apart}")


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


def test_a_fee_for_each_enrolment_that_the_provider_records() -> None:
    assert said(AGAIN, START_FEE, referred_by=BY_CHARITY) == [("Fee", Severity.WARNING)]
    assert said(AGAIN, START_FEE) == [("Fee", Severity.NOTE)]


def test_a_fee_for_each_participation_of_those_who_may_come_again() -> None:
    soon = "participant Client, joins on Referral, again after 28 days, selected by the Charity, up to 200"
    late = "participant Client, joins on Referral, again after 12 months, selected by the Charity, up to 200"
    head = "payment Fee: the Council pays the Charity £500 for each Client"
    assert flagged(AGAIN, head, soon)
    assert not flagged(AGAIN, head, late)
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


def test_where_only_the_first_activity_is_the_way_in_later_ones_are_services() -> None:
    session = "event Session of a Client is an activity, recorded by the Charity\n"
    first = "participant Client, joins on the first {0}, once, selected by the Charity, up to 200"
    fee = "payment Fee: the Council pays the Charity £500 for each {0}"
    assert not flagged(AGAIN, session + fee.format("Session"), first.format("Session"), BY_CHARITY)
    assert flagged(AGAIN, session + fee.format("Referral"), first.format("Referral"), BY_CHARITY)


# ---------------------------------------------------------------- who selects

PICKS = "provider-picks-easy-clients"


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


def test_rows_of_a_group_that_are_paid_alike_are_noted() -> None:
    rows = 'table Price by Need "low" £200 "middle" £200 "high" £900'
    group = 'group Need of a Client, set by the Council "low" "middle" "high"'
    pay = "payment Fee: the Council pays the Charity the Price for each Good"
    assert said(PICKS, f"{group}\n{rows}\n{pay}\n{GOOD}") == [("Need", Severity.NOTE)]
    apart = rows.replace('"middle" £200', '"middle" £500')
    assert not flagged(PICKS, f"{group}\n{apart}\n{pay}\n{GOOD}")


def test_where_nobody_is_said_to_select_whoever_takes_people_in_does() -> None:
    open_door = "participant Client, joins on Referral, once, up to 200"
    assert flagged(PICKS, f"{GOOD}\n{FEE}", open_door, BY_CHARITY)
    assert not flagged(PICKS, f"{GOOD}\n{FEE}", open_door)


def test_who_passes_people_on_is_paid_too() -> None:
    chain = "provider Partner\npayment Part: the Charity pays the Partner £100 for each Good"
    assert flagged(PICKS, f"{GOOD}\n{FEE}\n{chain}", picked_by("the Charity"))


# ---------------------------------------------------------------- who classifies

BAND = "provider-sets-complexity-band"
SCORED = 'group Need of a Client, by Points of Assessment "low" below 10 "high" from 10'


def assessed(words: str) -> str:
    return f"event Assessment of a Client is an activity, {words}, has Points as a number\n{SCORED}\n{PRICED}\n{GOOD}"


def test_the_provider_assesses_what_the_price_goes_by() -> None:
    assert said(BAND, assessed("recorded by the Charity")) == [("Need", Severity.WARNING)]
    assert not flagged(BAND, assessed("recorded by the Charity, verified by the Registrar"))
    assert not flagged(BAND, assessed("recorded by the Council"))
    assert not flagged(BAND, assessed('recorded by the Charity, evidenced by "benefit letter"'))
    assert not flagged(BAND, assessed("recorded by the Landlord"))


def test_a_price_by_a_score_that_the_provider_gives() -> None:
    def by_score(recorded_by: str) -> str:
        return (
            f"event Assessment of a Client is an activity, recorded by {recorded_by}, has Points as a number\n"
            "define First Points of each Client as the total Points of Assessments on the first Assessment\n"
            "table Price by First Points below 10 £200 from 10 £900\n"
            f"payment Fee: the Council pays the Charity the Price for each Good\n{GOOD}"
        )

    assert said(BAND, by_score("the Charity")) == [("Price", Severity.WARNING)]
    assert not flagged(BAND, by_score("the Registrar"))


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
