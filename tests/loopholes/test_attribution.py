"""Whether money follows results that are nobody else's: each guard once, in small contracts of their own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from outcomelang.compiler import compile_text
from outcomelang.diagnostic import Severity
from outcomelang.loopholes import search
from outcomelang.loopholes.finding import Verdict
from outcomelang.loopholes.power import paid_by_chance, power, size_needed
from outcomelang.loopholes.rule import Rule
from outcomelang.loopholes.rules import (
    activity_priced_as_outcome,
    advance_never_recovered,
    cohort_too_small_to_tell,
    local_conditions_move_pay,
    one_metric_no_safeguard,
    payer_is_not_saver,
    pays_for_what_happens_anyway,
    provider_picks_menu_late,
    same_outcome_paid_twice,
    target_ratchets_or_goes_stale,
    two_contracts_pay_one_outcome,
)

HEAD = """contract "Small"
commissioner Council
provider Provider
assessor HMRC independent
party Jobcentre
currency GBP
term beginning on 1 April 2024 and ending on 31 March 2027
claims up to and including 30 September 2027
rounding each amount to the nearest penny, half up
participant Jobseeker, joins on Referral between 1 April 2024 and 31 March 2026, once, selected by the Jobcentre,
  up to 1,000
event Referral of a Jobseeker is an input, recorded by the Jobcentre
event Job Start of a Jobseeker is an outcome, recorded by HMRC, more is better, observed until 30 September 2027
event Job End of a Jobseeker is an outcome, recorded by HMRC, fewer is better, observed until 30 September 2027
event Arrest of a Jobseeker is an outcome, recorded by HMRC, fewer is better, observed until 30 September 2027
state Employment beginning on Job Start and ending on Job End, more is better
"""


def report(rule: Rule, body: str, head: str = HEAD) -> search.Report:
    said = search.find(compile_text(head + body).core, (rule,), date(2026, 1, 1))
    assert [(fault.rule.name, fault.why) for fault in said.faults] == []
    return said


def found(rule: Rule, body: str, head: str = HEAD) -> list[tuple[str, ...]]:
    return [loophole.finding.of for loophole in report(rule, body, head).loopholes]


# ---------------------------------------------------------------- same-outcome-paid-twice

ENTRY = """outcome Job Entry of a Jobseeker
  when a Job Start occurs in the 12 months after Referral
  once
payment Entry Fee: Council pays the Provider £500 for each Job Entry
"""
EXIT = """outcome Benefit Exit of a Jobseeker
  when a Job Start occurs in the 12 months after Referral
  once
payment Exit Fee: Council pays the Provider £400 for each Benefit Exit"""


def test_two_outcomes_of_one_row_are_paid_twice() -> None:
    said = report(same_outcome_paid_twice.RULE, ENTRY + EXIT)
    (loophole,) = said.loopholes
    assert loophole.finding.of == ("Entry Fee", "Exit Fee")
    assert loophole.finding.stake == 40_000
    assert loophole.finding.message == ("One Job Start is paid for twice: £500 under Entry Fee and £400 under Exit Fee")
    assert loophole.finding.witness is not None
    whole, without = loophole.finding.witness.told
    assert [whole.total, without.total] == [90_000, 0]


def test_the_same_row_sooner_is_the_same_fact() -> None:
    assert found(same_outcome_paid_twice.RULE, ENTRY + EXIT.replace("12 months", "3 months")) == [
        ("Entry Fee", "Exit Fee")
    ]


def test_an_outcome_that_is_only_another_word_for_one_is_paid_twice() -> None:
    body = "outcome Benefit Exit of a Jobseeker\n  when Job Entry is achieved\n  once\n"
    fee = "payment Exit Fee: Council pays the Provider £400 for each Benefit Exit"
    assert found(same_outcome_paid_twice.RULE, ENTRY + body + fee) == [("Entry Fee", "Exit Fee")]


def test_that_nothing_bad_happens_is_paid_twice_where_the_periods_overlap() -> None:
    body = """outcome Quiet Year of a Jobseeker
  when no Arrest occurs in the 12 months after Referral
  once
define Arrest Less (Arrests Less) of each Jobseeker as
  the excess of 3 over the number of Arrests in the 6 months after Referral
payment Year Fee: Council pays the Provider £500 for each Quiet Year
payment Arrest Fee: Council pays the Provider £100 for each Arrest Less"""
    assert found(same_outcome_paid_twice.RULE, body) == [("Year Fee", "Arrest Fee")]
    apart = body.replace("in the 6 months after", "in the 6 months before")
    assert found(same_outcome_paid_twice.RULE, apart) == []


@pytest.mark.parametrize(
    "more",
    [
        pytest.param(f"{EXIT}, stacks with Entry Fee", id="stacks with"),
        pytest.param(f"{EXIT}, instead of Entry Fee", id="instead of"),
        pytest.param(f"{EXIT}, less any Entry Fee", id="less any"),
        pytest.param("payment Part: Council pays the Provider £400 for each Job Entry", id="parts of one price"),
        pytest.param(
            "outcome Kept Job of a Jobseeker\n"
            "  when Employment begun after Referral reaches 13 weeks in total\n  once\n"
            "payment Kept Fee: Council pays the Provider £400 for each Kept Job",
            id="a step further",
        ),
        pytest.param(
            "outcome Quiet Job of a Jobseeker\n  when all of:\n    (a) Job Entry is achieved; and\n"
            "    (b) no Arrest occurs in the 6 months after Referral\n  once\n"
            "payment Quiet Fee: Council pays the Provider £400 for each Quiet Job",
            id="asks for more",
        ),
    ],
)
def test_payments_that_are_meant_beside_each_other_are_silent(more: str) -> None:
    assert found(same_outcome_paid_twice.RULE, ENTRY + more) == []


def test_rows_of_other_labels_and_other_readings_of_a_row_are_other_facts() -> None:
    head = HEAD.replace("event Arrest", "event Report of a Jobseeker is an outcome, recorded by HMRC, "
        "has Kind as a label, Health as a number and Home as a number\nevent Arrest")  # fmt: skip
    kinds = """outcome Registered of a Jobseeker
  when a Report with Kind "doctor" occurs
  once
outcome Enrolled of a Jobseeker
  when a Report with Kind "college" occurs
  once
payment Doctor Fee: Council pays the Provider £100 for each Registered
payment College Fee: Council pays the Provider £100 for each Enrolled"""
    assert found(same_outcome_paid_twice.RULE, kinds, head) == []
    scores = kinds.replace('with Kind "doctor"', "with Health of at least 5").replace(
        'with Kind "college"', "with Home of at least 5"
    )
    assert found(same_outcome_paid_twice.RULE, scores, head) == []


def test_peterborough_pays_cohorts_again_if_the_final_test_takes_them_in() -> None:
    text = Path("contracts/peterborough-sib/contract.outcome").read_text(encoding="utf-8").split("\nexample")[0]
    assert found(same_outcome_paid_twice.RULE, "", text) == []
    again = text.replace(" together, except where Cohort Reduction is achieved", " together")
    assert found(same_outcome_paid_twice.RULE, "", again) == [("Cohort Payment", "Final Payment")]


def test_two_records_of_something_bad_may_tell_of_the_same_days() -> None:
    text = Path("contracts/denver-supportive-housing-sib/contract.outcome").read_text(encoding="utf-8")
    text = text.split("\nexample")[0]
    (loophole,) = report(same_outcome_paid_twice.RULE, "", text).loopholes
    assert loophole.finding.of == ("First Housing Payment", "Jail Payment")
    assert loophole.severity is Severity.NOTE
    undeducted = text.replace("Tenancy and not In Jail", "Tenancy")
    assert found(same_outcome_paid_twice.RULE, "", undeducted) == []


# ---------------------------------------------------------------- pays-for-what-happens-anyway

LASTING = """outcome Lasting Job of a Jobseeker
  when Employment begun after Referral reaches 13 weeks in total
  once
"""


def severities(rule: Rule, body: str, head: str = HEAD) -> list[Severity]:
    return [loophole.severity for loophole in report(rule, body, head).loopholes]


@pytest.mark.parametrize(
    ("payment", "severity"),
    [
        ("payment Fee: Council pays the Provider £3,000 for each Lasting Job", Severity.WARNING),
        (
            (
                "define Paid Job as 5/6 of the number of Lasting Jobs, rounded down\n"
                "payment Fee: Council pays the Provider £3,000 for each Paid Job"
            ),
            Severity.NOTE,
        ),
        (
            (
                "define Extra Job as the excess of the number of Lasting Jobs over 300\n"
                "payment Fee: Council pays the Provider £3,000 for each Extra Job"
            ),
            Severity.NOTE,
        ),
        (
            (
                "define Before of each Jobseeker as the number of Arrests in the 12 months before Referral\n"
                "define After of each Jobseeker as the number of Arrests in the 12 months after Referral\n"
                "define Arrest Less (Arrests Less) of each Jobseeker as the excess of Before over After\n"
                "payment Fee: Council pays the Provider £3,000 for each Arrest Less"
            ),
            Severity.NOTE,
        ),
        (
            (
                "define Expected Jobs as 100% of the number of Job Starts\n"
                "define Job Less (Jobs Less) as the excess of Expected Jobs over the number of Job Starts\n"
                "payment Fee: Council pays the Provider £3,000 for each Job Less"
            ),
            Severity.WARNING,
        ),
    ],
)
def test_a_baseline_is_weak_and_nothing_is_worse(payment: str, severity: Severity) -> None:
    assert severities(pays_for_what_happens_anyway.RULE, LASTING + payment) == [severity]


def test_a_payer_that_selects_can_leave_out_those_who_would_manage_anyway() -> None:
    own = HEAD.replace("selected by the Jobcentre", "selected by the Council")
    fee = "payment Fee: Council pays the Provider £3,000 for each Lasting Job\n"
    assert severities(pays_for_what_happens_anyway.RULE, LASTING + fee, own) == [Severity.NOTE]
    unused = own.replace("by the Jobcentre\n", "by the Jobcentre, has Arm as a label\n", 1)
    unused += 'comparison Others for each Jobseeker, where Arm is "other", by lottery, chosen by HMRC\n'
    assert severities(pays_for_what_happens_anyway.RULE, LASTING + fee, unused) == [Severity.WARNING]


@pytest.mark.parametrize(("method", "found_so"), [("lottery", []), ("matching", []), ("history", [Severity.WARNING])])
def test_others_at_the_same_time_are_a_comparison_and_earlier_ones_are_none(
    method: str, found_so: list[Severity]
) -> None:
    head = HEAD.replace("by the Jobcentre\n", "by the Jobcentre, has Arm as a label\n", 1)
    body = f"""comparison Others for each Jobseeker, where Arm is "other", by {method}, chosen by HMRC
define Expected as the number of Lasting Jobs per Jobseeker among the Others times the number of Jobseekers
define Added Job as the excess of the number of Lasting Jobs over Expected
payment Fee: Council pays the Provider £3,000 for each Added Job, parts in proportion"""
    assert severities(pays_for_what_happens_anyway.RULE, LASTING + body, head) == found_so


def test_what_a_natural_rate_costs_is_said() -> None:
    fee = "payment Fee: Council pays the Provider £3,000 for each Lasting Job"
    (loophole,) = report(pays_for_what_happens_anyway.RULE, LASTING + fee).loopholes
    assert loophole.finding.details[1] == (
        "30% who would have managed anyway: £900 for each who takes part, up to £900,000 for 1,000"
    )


def test_the_cost_of_a_bad_event_is_no_outcome_payment() -> None:
    fee = "payment Fee: Council pays the Provider £100 for each Arrest"
    assert found(pays_for_what_happens_anyway.RULE, fee) == []


# ---------------------------------------------------------------- activity-priced-as-outcome

REVIEWS = HEAD + (
    "event Review of a Jobseeker is an activity, recorded by the Provider, has Score as a number\n"
    "event Form (Forms) of a Jobseeker is an output, recorded by the Provider\n"
)
FEE = "payment Fee: Council pays the Provider £500 for each "
JOB_FEE = "payment Job Fee: Council pays the Provider £3,000 for each Lasting Job\n"


@pytest.mark.parametrize(
    ("outcome", "severity"),
    [
        ("when a Review occurs\n  once", [Severity.WARNING]),
        ("when the number of Forms is at least 3\n  once", [Severity.WARNING]),
        ("when all of: (a) a Review occurs; and (b) a Form occurs\n  once", [Severity.WARNING]),
        ("when all of: (a) a Review occurs; and (b) Lasting Job is achieved\n  once", []),
        ("when Last Score is above First Score\n  once", []),
        ("when Last Score is at most 10\n  once", []),
        ("when Last Score is at least 10\n  once", [Severity.WARNING]),
    ],
)
def test_what_is_done_is_no_outcome(outcome: str, severity: list[Severity]) -> None:
    body = f"""{LASTING}{JOB_FEE}define First Score of each Jobseeker as the total Score of Reviews on the first Review
define Last Score of each Jobseeker as the total Score of Reviews on the latest Review
outcome Done (Dones) of a Jobseeker
  {outcome}
{FEE}Done"""
    assert severities(activity_priced_as_outcome.RULE, body, REVIEWS) == severity


def test_a_small_part_is_noted_and_rows_that_are_called_what_they_are_belong_to_other_rules() -> None:
    done = "outcome Done (Dones) of a Jobseeker\n  when a Review occurs\n  once\n"
    small = LASTING + JOB_FEE + done + FEE.replace("£500", "£300") + "Done"
    assert severities(activity_priced_as_outcome.RULE, small, REVIEWS) == [Severity.NOTE]
    assert severities(activity_priced_as_outcome.RULE, LASTING + JOB_FEE + FEE + "Review", REVIEWS) == [Severity.NOTE]
    assert severities(activity_priced_as_outcome.RULE, LASTING + JOB_FEE + FEE + "Form", REVIEWS) == []


# ---------------------------------------------------------------- advance-never-recovered

START = "payment Start Fee: Council pays the Provider £2,000 for each Jobseeker"
JOBS = LASTING + JOB_FEE


@pytest.mark.parametrize(
    ("advance", "of"),
    [
        (START, [("Start Fee",)]),
        (START.replace("£2,000", "£1,000"), []),
        (START + ", withheld until Lasting Job", []),
        (START.replace("Jobseeker", "Job Start"), []),
        ("payment Lump: Council pays the Provider £2,000,000", [("Lump",)]),
        ("payment Lump: Council pays the Provider £300,000", []),
        ("payment Lump: Council pays the Provider £2,000,000 in 12 equal monthly instalments from 1 May 2024", []),
        ("payment Lump: Council pays the Provider £600,000 in 2 equal yearly instalments from 1 May 2024", []),
        (
            (
                "payment Lump: Council pays the Provider £2,000,000\n"
                "define Jobs as the number of Lasting Jobs\n"
                "define Job Short (Jobs Short) as the excess of 500 over Jobs\n"
                "repayment Back: the Provider repays the Council £1,000 for each Job Short, up to the amount paid"
            ),
            [],
        ),
    ],
)
def test_an_advance_that_is_large_and_kept(advance: str, of: list[tuple[str, ...]]) -> None:
    assert found(advance_never_recovered.RULE, JOBS + advance) == of


def test_where_no_outcome_is_paid_for_none_can_fail() -> None:
    assert found(advance_never_recovered.RULE, START) == []


# ---------------------------------------------------------------- cohort-too-small-to-tell


def test_a_tenth_less_than_sixty_per_cent_needs_more_than_a_thousand_on_each_side() -> None:
    spread = 0.6 * 0.4 + 0.54 * 0.46
    assert size_needed(spread, 0.06) == 1_065
    assert round(power(spread, 0.06, 1_065), 3) == 0.8
    assert round(paid_by_chance(2 * 0.24, 0.06, 100), 3) == 0.193


RATE = """define Arrest Rate as the proportion of Jobseekers with an Arrest
define Usual Rate as 60%
outcome Fewer Arrested
  when Arrest Rate is at least {} percentage points below Usual Rate
  once
payment Fee: Council pays the Provider £100,000 for each Fewer Arrested"""


@pytest.mark.parametrize(
    ("people", "points", "of"),
    [
        ("30", 5, [("Fewer Arrested", "Fee")]),
        ("30", 30, []),
        ("1,000", 5, []),
        ("1,000", 2, [("Fewer Arrested", "Fee")]),
    ],
)
def test_a_line_that_few_people_reach_by_luck(people: str, points: int, of: list[tuple[str, ...]]) -> None:
    head = HEAD.replace("up to 1,000", f"up to {people}")
    assert found(cohort_too_small_to_tell.RULE, RATE.format(points), head) == of


def test_without_a_number_of_people_what_would_be_needed_is_said() -> None:
    head = HEAD.replace(",\n  up to 1,000", "")
    (favour,) = report(cohort_too_small_to_tell.RULE, RATE.format(6), head).favours
    assert favour.said.verdict is Verdict.NOT_DECIDED
    assert favour.said.argument == (
        "of how many people is not known: a fall of 6 points from 60% needs about 542 people"
    )
    assumed = "\nassume at most 100 Jobseekers"
    assert found(cohort_too_small_to_tell.RULE, RATE.format(6) + assumed, head) == [("Fewer Arrested", "Fee")]


def test_peterborough_is_too_small_with_three_hundred_men() -> None:
    text = Path("contracts/peterborough-sib/contract.outcome").read_text(encoding="utf-8").split("\nexample")[0]
    few = text.replace("selected by the Prison Service\n", "selected by the Prison Service, up to 300\n", 1)
    assert found(cohort_too_small_to_tell.RULE, "", text) == []
    assert found(cohort_too_small_to_tell.RULE, "", few) == [
        ("Cohort Reduction", "Cohort Payment"),
        ("Pooled Reduction", "Final Payment"),
    ]


# ---------------------------------------------------------------- provider-picks-menu-late


@pytest.mark.parametrize(
    ("slot", "severity"),
    [
        ("any 1 of Lasting Job, Job Entry chosen by the Provider within 30 days of Referral", [Severity.WARNING]),
        ("any 1 of Lasting Job, Job Entry chosen by the Jobseeker", [Severity.NOTE]),
        ("any 1 of Lasting Job, Job Entry chosen by the Jobseeker within 30 days of Referral", []),
        ("any 1 of Lasting Job, Job Entry chosen by the Jobcentre within 30 days of Referral", []),
        ("any 2 of Lasting Job, Job Entry chosen by the Provider", []),
        ("all of Lasting Job and Job Entry", []),
    ],
)
def test_who_chooses_and_until_when(slot: str, severity: list[Severity]) -> None:
    entry = ENTRY.split("payment")[0]
    fee = "payment Plan Fee: Council pays the Provider £500 for each outcome in the Own Plan"
    body = f"{LASTING}{entry}plan Own Plan of a Jobseeker: {slot}\n{fee}"
    assert severities(provider_picks_menu_late.RULE, body) == severity


# ---------------------------------------------------------------- target-ratchets-or-goes-stale

GROWTH = """define First Jobs as the number of Job Starts between 1 April 2024 and 31 March 2025
define Second Jobs as the number of Job Starts between 1 April 2025 and 31 March 2026
define Second Target as First Jobs plus 10
outcome Better Year
  when Second Jobs is at least Second Target
  once
payment Growth Fee: Council pays the Provider £100,000 for each Better Year
"""
NIGHTS = """define Usual Arrests as 500
define Arrests Made as the number of Arrests between 1 April 2024 and 31 March 2027
define Arrest Less (Arrests Less) as the excess of Usual Arrests over Arrests Made
payment Fee: Council pays the Provider £100 for each Arrest Less"""


def test_a_target_made_of_results_that_are_paid_for_ratchets() -> None:
    assert found(target_ratchets_or_goes_stale.RULE, GROWTH) == []
    paid = "define Job (Jobs) as the number of Job Starts\npayment Job Fee: Council pays the Provider £100 for each Job"
    assert found(target_ratchets_or_goes_stale.RULE, GROWTH + paid) == [("Second Target", "Growth Fee")]
    before = GROWTH.replace("1 April 2024 and 31 March 2025", "1 April 2023 and 31 March 2024")
    assert severities(target_ratchets_or_goes_stale.RULE, before + paid) == []


def test_a_baseline_that_stands_for_more_than_three_years_is_stale() -> None:
    assert severities(target_ratchets_or_goes_stale.RULE, NIGHTS) == [Severity.NOTE]
    longer = HEAD.replace("ending on 31 March 2027", "ending on 31 March 2029").replace("2027\n", "2029\n")
    assert severities(target_ratchets_or_goes_stale.RULE, NIGHTS, longer) == [Severity.WARNING]


def test_a_baseline_of_each_period_is_renewed() -> None:
    body = """period Year is every 12 months from 1 April 2024 up to and including 31 March 2027
table Usual Arrests by Year  "Year 1" 500  "Year 2" 450  "Year 3" 400
define Arrests Made in each Year as the number of Arrests
define Arrest Less (Arrests Less) in each Year as the excess of Usual Arrests over Arrests Made
payment Fee: Council pays the Provider £100 for each Arrest Less, in each Year"""
    assert found(target_ratchets_or_goes_stale.RULE, body) == []


# ---------------------------------------------------------------- payer-is-not-saver


def test_who_gains_and_does_not_pay() -> None:
    to = LASTING + JOB_FEE + "benefit £6,500 for each {} to {}"
    assert found(payer_is_not_saver.RULE, to.format("Lasting Job", "HMRC")) == [("HMRC", "Job Fee")]
    assert found(payer_is_not_saver.RULE, to.format("Job Start", "HMRC")) == [("HMRC", "Job Fee")]
    assert found(payer_is_not_saver.RULE, to.format("Lasting Job", "the Council")) == []
    assert found(payer_is_not_saver.RULE, to.format("Arrest", "HMRC")) == []


def test_who_pays_a_part_is_a_payer() -> None:
    joint = HEAD.replace("provider Provider\n", "provider Provider\njoint Both: Council 60%, Jobcentre 40%\n")
    body = (
        LASTING + JOB_FEE.replace("Council pays", "Both pay") + "benefit £6,500 for each Lasting Job to the Jobcentre"
    )
    assert found(payer_is_not_saver.RULE, body, joint) == []


# ---------------------------------------------------------------- two-contracts-pay-one-outcome

PLACE = """event Demand is an outcome, recorded by HMRC, fewer is better, has Paid Elsewhere as a yes or no
define Demand Made as the number of {}
define Demand Less as the excess of 5,000 over Demand Made
payment Demand Fee: Council pays the Provider £10 times Demand Less"""


@pytest.mark.parametrize(
    ("counted", "of"),
    [
        ("Demands", [("Demand Fee",)]),
        ("Demands without Paid Elsewhere", []),
        ("Arrests", []),
    ],
)
def test_what_is_counted_for_everybody_may_be_paid_for_elsewhere(counted: str, of: list[tuple[str, ...]]) -> None:
    assert found(two_contracts_pay_one_outcome.RULE, PLACE.format(counted)) == of


# ---------------------------------------------------------------- one-metric-no-safeguard


@pytest.mark.parametrize(
    ("more", "of"),
    [
        ("", [("Job Fee",)]),
        ("outcome Arrested of a Jobseeker\n  when an Arrest occurs\n  once\n  monitor only", []),
        ("outcome Started of a Jobseeker\n  when a Job Start occurs\n  once\n  monitor only", [("Job Fee",)]),
        (
            (
                "define Arrests Made as the number of Arrests\n"
                "define Arrest Less as the excess of 500 over Arrests Made\n"
                "payment Arrest Fee: Council pays the Provider £10 times Arrest Less"
            ),
            [],
        ),
    ],
)
def test_one_measure_and_nothing_beside_it(more: str, of: list[tuple[str, ...]]) -> None:
    assert found(one_metric_no_safeguard.RULE, LASTING + JOB_FEE + more) == of


def test_a_payment_asks_for_a_second_measure() -> None:
    gate = "outcome Arrested of a Jobseeker\n  when an Arrest occurs in the 6 months after Referral\n  once\n"
    fee = JOB_FEE.replace("\n", ", when Arrested is not achieved\n")
    assert found(one_metric_no_safeguard.RULE, LASTING + gate + fee) == []


def test_where_every_harm_counts_none_is_hidden() -> None:
    assert found(one_metric_no_safeguard.RULE, NIGHTS) == []


# ---------------------------------------------------------------- local-conditions-move-pay


@pytest.mark.parametrize(
    ("until", "price", "severity"),
    [
        ("31 March 2026", "£3,000", []),
        ("30 September 2026", "£3,000", [Severity.NOTE]),
        ("30 September 2026", "the Job Price", []),
    ],
)
def test_one_price_for_years(until: str, price: str, severity: list[Severity]) -> None:
    body = f"""cohort Year of a Jobseeker, by date of Referral
  "First"   from 1 April 2024 to 31 March 2025
  "Second"  from 1 April 2025 to 30 September 2026
table Job Price by Year  "First" £3,000  "Second" £3,500
payment Job Fee: Council pays the Provider {price} for each Lasting Job"""
    head = HEAD.replace("and 31 March 2026", f"and {until}")
    assert severities(local_conditions_move_pay.RULE, LASTING + body, head) == severity


def test_an_event_for_everything_says_little_of_what_is_an_outcome() -> None:
    head = HEAD + "event Milestone of a Jobseeker is an outcome, recorded by HMRC, has Line as a label\n"
    labels = ("plan agreed", "course begun", "course ended", "job begun", "job kept")
    said = [
        f'outcome Step {letter} of a Jobseeker\n  when a Milestone with Line "{label}" occurs\n  once\n'
        f"payment Fee {letter}: Council pays the Provider £100 for each Step {letter}\n"
        for letter, label in zip("ABCDE", labels, strict=True)
    ]
    assert severities(activity_priced_as_outcome.RULE, "".join(said), head) == [Severity.NOTE]
    assert severities(activity_priced_as_outcome.RULE, "".join(said[1:]), head) == []
