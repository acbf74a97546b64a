"""Who counts, who comes, and who is worth helping: each guard of these rules, and what they must not flag."""

from __future__ import annotations

from outcomelang.diagnostic import Severity

from .schemes import BY_CHARITY, FEE, GOOD, PRICED, flagged, picked_by, said

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
    assert flagged(SHRINKS, rate("the Charity").replace("is an outcome", "is an output"))


def test_people_who_are_marked_when_they_come_in() -> None:
    unmarked = "participant Client, joins on a Referral without In Work, once, selected by the Council, up to 200"
    share = (
        "define Rate as the proportion of Clients with a Moving In\n"
        "payment Fee: the Council pays the Charity £1,000 for each percentage point of the Rate, parts in proportion"
    )
    assert flagged(SHRINKS, share, unmarked, BY_CHARITY)
    assert not flagged(SHRINKS, share, unmarked)


def test_a_rate_of_everybody_who_was_referred() -> None:
    clauses = (
        "event Exit of a Client is an outcome, recorded by the Charity, fewer is better\n"
        "define Rate as the proportion of Clients with a Moving In\n"
        "payment Fee: the Council pays the Charity £1,000 for each percentage point of the Rate, parts in proportion"
    )
    assert not flagged(SHRINKS, clauses)


def test_what_nobody_calls_a_return_is_only_noted() -> None:
    outside = (
        "event Care Start of a Client is an outcome, recorded by {0}, fewer is better, observed until 31 March 2028\n"
        "event Care End of a Client is an outcome, recorded by {0}, more is better, observed until 31 March 2028\n"
        "state Care beginning on Care Start and ending on Care End, fewer is better\n"
        "state At Home is not Care, more is better\n"
        "outcome Good of a Client, when At Home counted from Referral reaches 182 days without a break, once\n"
    )
    assert said(SHRINKS, outside.format("the Landlord") + FEE) == [("Fee", Severity.NOTE)]
    assert not flagged(SHRINKS, outside.format("the Registrar") + FEE)


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
    counted = "define Good as the number of Clients without an Arrest in the 12 months after Referral"
    assert said(PARKED, f"{counted}\n{FEE}") == [("Fee", Severity.WARNING)]


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


def test_a_number_in_the_condition_of_a_payment() -> None:
    once = "payment Fee: the Council pays the Charity £60,000, when the number of Goods is at least 20"
    assert flagged(STARVES, f"{GOOD}\n{once}")


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
    assert ("In Work", Severity.NOTE) in said(MIX, clauses)
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
