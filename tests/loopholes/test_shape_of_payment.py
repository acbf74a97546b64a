"""Cliffs, prices that fall with success, orders, exits, pools, support that costs money, and days that are chosen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from outcomelang.compiler import compile_path, compile_text
from outcomelang.core import ir
from outcomelang.diagnostic import Severity
from outcomelang.loopholes import search
from outcomelang.loopholes.finding import Finding, Verdict
from outcomelang.loopholes.rule import Rule
from outcomelang.loopholes.rules import (
    failing_party_leaves_free,
    harder_group_paid_less,
    longer_support_loses_pay,
    more_success_pays_less,
    order_decides_payment,
    payment_cliff,
    provider_chooses_test_date,
    success_cancels_failure_elsewhere,
)

CLIFF = payment_cliff.RULE
LESS = more_success_pays_less.RULE
ORDER = order_decides_payment.RULE
HARDER = harder_group_paid_less.RULE
LEAVES = failing_party_leaves_free.RULE
POOLED = success_cancels_failure_elsewhere.RULE
LONGER = longer_support_loses_pay.RULE
DATE = provider_chooses_test_date.RULE
OURS = (CLIFF, ORDER, LEAVES, HARDER, LESS, POOLED, DATE, LONGER)
CONTRACTS = Path(__file__).parents[2] / "contracts"

FOUND = {
    "a number of outcomes of all, for one sum": (
        CLIFF,
        """
insert outcome Target Met when the number of Lasting Jobs is at least 100 once
insert payment Target Payment: Council pays the Provider £600,000 for each Target Met
""",
        "£600,000",
    ),
    "a table of bands": (
        CLIFF,
        """
delete Job Payment
insert table Ladder Price by Added Job  below 20 nothing  from 20 to below 50 £60,000  from 50 £400,000
insert payment Ladder Payment: Council pays the Provider the Ladder Price, for each Referral Cohort
""",
        "£340,000",
    ),
    "a straight line that begins with a step": (
        CLIFF,
        """
delete Job Payment
insert table Ladder Price by Added Job straight line between points
  below 10 nothing  at 10 £100,000  at 100 £400,000  above 100 £400,000
insert payment Ladder Payment: Council pays the Provider the Ladder Price, for each Referral Cohort
""",
        "£100,000",
    ),
    "a figure that somebody reports": (
        CLIFF,
        """
insert figure Local Rate of each Referral Cohort, reported by HMRC, as a percentage
insert outcome Rate Met of a Referral Cohort when Local Rate is at most 20% once
insert payment Rate Payment: Council pays the Provider £500,000 for each Rate Met
""",
        "at 20%",
    ),
    "outcomes of people that count only if enough of them succeed": (
        CLIFF,
        """
insert define Job Share of each Referral Cohort as the proportion of Jobseekers with a Lasting Job
insert payment Bonus: Council pays the Provider £700 for each Lasting Job,
  when Job Share is at least 40%
""",
        "Job Share at 40%",
    ),
    "a band that pays less for everything": (
        LESS,
        """
insert define Jobs In All as the number of Lasting Jobs
insert table Band Price by Jobs In All  below 50 £500  from 50 to below 100 £700  from 100 £600
insert payment Band Payment: Council pays the Provider the Band Price for each Lasting Job
""",
        "£9,300 less is due when Jobs In All goes from 99 to 100",
    ),
    "a band that pays less for one cohort only": (
        LESS,
        """
delete Job Payment
insert define Job Share of each Referral Cohort as the proportion of Jobseekers with a Lasting Job
insert table Coupon by Job Share and Referral Cohort
  below 60% and "First year" £60,000  below 60% and "Second year" £300,000
  from 60% and "First year" £70,000  from 60% and "Second year" £200,000
insert payment Coupon Payment: Council pays the Provider the Coupon, for each Referral Cohort
""",
        "from 59 to 60, which is better (Second year)",
    ),
    "two payments that take turns": (
        LESS,
        """
insert define Jobs In All as the number of Lasting Jobs
insert payment Small: Council pays the Provider £100 for each Lasting Job,
  when Jobs In All is at most 100
insert payment Large: Council pays the Provider £80 for each Lasting Job, when Jobs In All is above 100
""",
        "£1,920 less is due",
    ),
    "a cheaper payment in place of a dearer one": (
        LESS,
        """
insert outcome Quick Job of a Jobseeker when a Job Start occurs in the 3 months after Referral once
insert payment Slow Payment: Council pays the Provider £900 for each Lasting Job
insert payment Quick Payment: Council pays the Provider £500 for each Quick Job, instead of Slow Payment
""",
        "Doing better pays £400 less",
    ),
    "a repayment for each success": (
        LESS,
        """
delete Job Payment
insert payment Start Grant: Council pays the Provider £100,000, in advance
insert repayment Return: the Provider repays the Council £100
  for each Lasting Job, up to the amount paid
""",
        "Doing better pays £100 less",
    ),
    "a price that rises with what is bad": (
        LESS,
        """
insert define Trouble of each Jobseeker as the number of Complaints
insert table Calm Price by Trouble  below 1 £100  from 1 £300
insert payment Calm Payment: Council pays the Provider the Calm Price for each Lasting Job
""",
        "Doing better pays £200 less",
    ),
    "places that a cheaper thing uses up": (
        ORDER,
        """
insert event Award of a Jobseeker is an outcome, recorded by HMRC, more is better
insert outcome Awarded of a Jobseeker when an Award occurs within 9 months of Referral once
insert payment Award Fee: Council pays the Provider £700 for each Awarded
insert payment Work Fee: Council pays the Provider £300 for each Lasting Job
insert limit Award Fee and Work Fee to 100; earliest first; the excess is not paid
""",
        "£400 turns on which comes first",
    ),
    "two who are paid until the money is gone": (
        ORDER,
        """
insert provider Second
insert payment Other Fee: Council pays the Second £300 for each Lasting Job
insert payment Work Fee: Council pays the Provider £500 for each Lasting Job
insert limit Other Fee and Work Fee to £10,000; earliest first; the excess is not paid
""",
        "Who is paid",
    ),
    "a price that falls with trouble before": (
        HARDER,
        """
insert define Past Complaints of each Jobseeker as the number of Complaints in the 12 months before Referral
insert group Past of a Jobseeker, by Past Complaints  "few" below 3  "many" from 3
insert table Past Price by Past  "few" £900  "many" £700
insert payment Past Payment: Council pays the Provider the Past Price for each Lasting Job
""",
        "£200 less is paid for “many”",
    ),
    "a person who costs more than can be earned": (
        HARDER,
        """
insert group Need of a Jobseeker, set by the Jobcentre  "standard"  "complex"
insert cost £200 for each Jobseeker with Need "standard"
insert cost £9,000 for each Jobseeker with Need "complex"
insert table Lasting Price by Need  "standard" £700  "complex" £900
insert payment Lasting Payment: Council pays the Provider the Lasting Price for each Lasting Job
""",
        "more than can be earned",
    ),
    "a test at the end that leaving avoids": (
        LEAVES,
        """
insert payment Start Grant: Council pays the Provider £100,000, in advance
insert outcome Cohort Success of a Referral Cohort when Added Job is at least 10 once
insert repayment Return: the Provider repays the Council £40,000 for each Referral Cohort,
  when Cohort Success is not achieved, up to the amount paid
insert event Notice is an input, recorded by the Jobcentre
insert exit Break: the Council or the Provider may end the agreement on 30 September 2024 by Notice;
  then any Return not yet due on that day falls away
""",
        "by leaving on 30 September 2024",
    ),
    "a pooled test beside that of each cohort": (
        POOLED,
        """
insert outcome Cohort Success of a Referral Cohort when Jobs is at least 10 once
insert outcome Pooled Success of all Referral Cohorts together when Jobs is at least 30 once
insert payment Cohort Bonus: Council pays the Provider £5,000 for each Cohort Success
insert payment Final Bonus: Council pays the Provider £9,000 for each Pooled Success
""",
        "Final Bonus pays again for what Cohort Bonus has paid for",
    ),
    "a discharge in time": (
        LONGER,
        """
insert event Discharge of a Jobseeker is an output, recorded by the Provider
insert outcome Quick Discharge of a Jobseeker when a Discharge occurs within 26 weeks of Referral once
insert payment Discharge Payment: Council pays the Provider £500 for each Quick Discharge
""",
        "£500 is forfeited if the service goes on",
    ),
    "the end of a state that begins with joining": (
        LONGER,
        """
insert event Discharge of a Jobseeker is an outcome, recorded by the Provider
insert state In Service beginning on Referral and ending on Discharge
insert outcome Short Stay of a Jobseeker when a Discharge occurs within 26 weeks of Referral once
insert payment Discharge Payment: Council pays the Provider £500 for each Short Stay
""",
        "£500 is forfeited if the service goes on",
    ),
    "nobody may be taken back": (
        LONGER,
        """
insert event Discharge of a Jobseeker is an output, recorded by the Provider
insert event Return of a Jobseeker is an input, recorded by the Provider
insert outcome Clean Discharge of a Jobseeker when all of:
    (a) a Discharge occurs; and
    (b) no Return occurs in the 6 months after the first Discharge
  once
insert payment Discharge Payment: Council pays the Provider £500 for each Clean Discharge
""",
        "£500 is forfeited if Return happens once more",
    ),
    "work on the day on which the provider closes the case": (
        DATE,
        """
insert event Case Closure of a Jobseeker is an activity, recorded by the Provider
insert define Closing Days of each Jobseeker as the days of Employment on the first Case Closure
insert outcome In Work At Closure of a Jobseeker when Closing Days is at least 1 once
insert payment Closure Payment: Council pays the Provider £500 for each In Work At Closure
""",
        "£500 turns on the day that the Provider chooses for Case Closure",
    ),
    "a window that begins on a day of the provider’s choice": (
        DATE,
        """
insert event Case Closure of a Jobseeker is an activity, recorded by the Provider
insert outcome Job After of a Jobseeker when a Job Start occurs in the 13 weeks after the
  latest Case Closure once
insert payment Closure Payment: Council pays the Provider £500 for each Job After
""",
        "£500 turns on the day that the Provider chooses for Case Closure",
    ),
}

SILENT = {
    "a straight line": (
        CLIFF,
        """
delete Job Payment
insert table Ladder Price by Added Job straight line between points
  at 0 nothing  at 50 £100,000  at 100 £400,000  above 100 £400,000
insert payment Ladder Payment: Council pays the Provider the Ladder Price, for each Referral Cohort
""",
    ),
    "a price by how many come": (
        CLIFF,
        """
insert define Number Joined as the number of Jobseekers
insert table Support Price by Number Joined  below 500 £200  from 500 £150
insert payment Support Fee: Council pays the Provider the Support Price for each Lasting Job
""",
    ),
    "a milestone of one person": (
        CLIFF,
        """
insert define Weeks Worked of each Jobseeker as the weeks of Employment in the 12 months after Referral
insert outcome Half Year of a Jobseeker when Weeks Worked is at least 26 once
insert payment Half Year Payment: Council pays the Provider £900 for each Half Year
""",
    ),
    "a price for each week": (
        CLIFF,
        """
insert define Weeks Worked of each Jobseeker as the weeks of Employment in the 12 months after Referral
insert payment Weekly Payment: Council pays the Provider £50 for each Weeks Worked
""",
    ),
    "a small bonus on a line": (
        CLIFF,
        """
insert outcome Target Met when the number of Lasting Jobs is at least 100 once
insert payment Target Payment: Council pays the Provider £60,000 for each Target Met
""",
    ),
    "a price that changes at the margin": (
        LESS,
        """
insert table Tier Price until £100,000 has been paid, £900; then £500
insert payment Tier Payment: Council pays the Provider the Tier Price for each Lasting Job
""",
    ),
    "two payments that take turns, the later the dearer": (
        LESS,
        """
insert define Jobs In All as the number of Lasting Jobs
insert payment Small: Council pays the Provider £80 for each Lasting Job,
  when Jobs In All is at most 100
insert payment Large: Council pays the Provider £100 for each Lasting Job, when Jobs In All is above 100
""",
    ),
    "a dearer payment in place of a cheaper one": (
        LESS,
        """
insert outcome Quick Job of a Jobseeker when a Job Start occurs in the 3 months after Referral once
insert payment Slow Payment: Council pays the Provider £500 for each Lasting Job
insert payment Quick Payment: Council pays the Provider £900 for each Quick Job, instead of Slow Payment
""",
    ),
    "set-off": (
        LESS,
        """
insert event Award of a Jobseeker is an outcome, recorded by HMRC, more is better
insert outcome Awarded of a Jobseeker when an Award occurs within 9 months of Referral once
insert payment Award Fee: Council pays the Provider £700 for each Awarded
insert payment Work Fee: Council pays the Provider £900 for each Lasting Job, less any Award Fee
""",
    ),
    "care that is openly paid for": (
        LESS,
        """
insert payment Care Payment: Council pays the Provider £100 for each Complaint
""",
    ),
    "a limit in proportion": (
        ORDER,
        """
insert event Award of a Jobseeker is an outcome, recorded by HMRC, more is better
insert outcome Awarded of a Jobseeker when an Award occurs within 9 months of Referral once
insert payment Award Fee: Council pays the Provider £700 for each Awarded
insert payment Work Fee: Council pays the Provider £500 for each Lasting Job
insert limit Award Fee and Work Fee to £1,000 for each Jobseeker; in proportion; the excess is not paid
""",
    ),
    "places of one price": (
        ORDER,
        """
insert event Award of a Jobseeker is an outcome, recorded by HMRC, more is better
insert outcome Awarded of a Jobseeker when an Award occurs within 9 months of Referral once
insert payment Award Fee: Council pays the Provider £700 for each Awarded
insert payment Work Fee: Council pays the Provider £700 for each Lasting Job
insert limit Award Fee and Work Fee to 100; earliest first; the excess is not paid
""",
    ),
    "no order of need is declared": (
        HARDER,
        """
insert group Need of a Jobseeker, set by the Jobcentre  "standard"  "complex"
insert table Lasting Price by Need  "standard" £900  "complex" £700
insert payment Lasting Payment: Council pays the Provider the Lasting Price for each Lasting Job
""",
    ),
    "the repayment is due before anybody can leave": (
        LEAVES,
        """
insert payment Start Grant: Council pays the Provider £100,000, in advance
insert outcome Early Complaint of a Jobseeker when a Complaint occurs in the 4 weeks after Referral once
insert repayment Return: the Provider repays the Council £500 for each Early Complaint,
  up to the amount paid
insert event Notice is an input, recorded by the Jobcentre
insert exit Break: the Council or the Provider may end the agreement on 31 March 2027 by Notice;
  then any Return not yet due on that day falls away
""",
    ),
    "a pool without what was paid alone": (
        POOLED,
        """
insert outcome Cohort Success of a Referral Cohort when Added Job is at least 10 once
insert define Pooled Added Job of all Referral Cohorts together, except where Cohort Success is achieved,
  as the excess of Jobs over Jobs Expected
insert payment Final Payment: Council pays the Provider £500 for each Pooled Added Job, parts in proportion
""",
    ),
    "a first step that must be done soon": (
        LONGER,
        """
insert event Plan Meeting of a Jobseeker is an activity, recorded by the Provider
insert outcome Planned Job of a Jobseeker when all of:
    (a) a Plan Meeting occurs in the 4 weeks after Referral; and
    (b) Employment begun after Referral reaches 4 weeks in total
  once
insert payment Plan Payment: Council pays the Provider £500 for each Planned Job
""",
    ),
    "a session in time": (
        LONGER,
        """
insert event Session of a Jobseeker is an activity, recorded by the Provider
insert outcome Seen of a Jobseeker when a Session occurs within 6 months of Referral once
insert payment Session Payment: Council pays the Provider £100 for each Seen
""",
    ),
    "a job in time": (
        LONGER,
        """
insert outcome Prompt Job of a Jobseeker when a Job Start occurs within 26 weeks of Referral once
insert payment Prompt Payment: Council pays the Provider £500 for each Prompt Job
""",
    ),
    "the day of a success": (
        DATE,
        """
insert event Award of a Jobseeker is an outcome, recorded by the Provider, more is better
insert outcome Kept Award of a Jobseeker when no Complaint occurs in the 13 weeks after the first Award once
insert payment Award Payment: Council pays the Provider £500 for each Kept Award
""",
    ),
    "a day that somebody else verifies": (
        DATE,
        """
insert event Case Closure of a Jobseeker is an activity, recorded by the Provider,
  verified by HMRC within 20 days, silence counts as not verified
insert outcome Job After of a Jobseeker when a Job Start occurs in the 13 weeks after the
  latest Case Closure once
insert payment Closure Payment: Council pays the Provider £500 for each Job After
""",
    ),
}


def changed(change: str) -> ir.Contract:
    """The clean contract with a change."""

    def read(path: str) -> str:
        return Path(search.__file__).with_name(path).read_text(encoding="utf-8")

    return compile_text(f'contract "Changed" based on "clean.outcome"\n{change}\n', "changed.outcome", read).core


def findings(rule: Rule, contract: ir.Contract) -> list[Finding]:
    report = search.find(contract, (rule,), date(2026, 1, 1))
    assert [fault.why for fault in report.faults] == []
    return [loophole.finding for loophole in report.loopholes]


@pytest.mark.parametrize(("rule", "change", "says"), FOUND.values(), ids=FOUND)
def test_it_is_found(rule: Rule, change: str, says: str) -> None:
    found = findings(rule, changed(change))
    assert any(says in each.message for each in found), [each.message for each in found]


@pytest.mark.parametrize(("rule", "change"), SILENT.values(), ids=SILENT)
def test_it_is_not_found(rule: Rule, change: str) -> None:
    assert [each.message for each in findings(rule, changed(change))] == []


CARDS = [
    ("denver-supportive-housing-sib", CLIFF, "$5,518.80"),
    ("hmp-doncaster", CLIFF, "£1,250,000"),
    ("local-justice-reinvestment", CLIFF, "Adult Fall at 5%"),
    ("nhs-hip-fracture-tariff", CLIFF, "6 of the 7 criteria"),
    ("nyc-able", CLIFF, "$4,800,000"),
    ("peterborough-sib", CLIFF, "Reduction at 7.5%"),
    ("prime-provider-waterfall", CLIFF, "£90,000"),
    ("rhino-bond", CLIFF, "$5,503,500"),
    ("tri-borough-reducing-reoffending", CLIFF, "£120,000"),
    ("dwp-innovation-fund", ORDER, "if it comes later"),
    ("fair-chance-fund", ORDER, "if it comes later"),
    ("prime-provider-waterfall/x5.outcome", ORDER, "the ranking decides"),
    ("youth-justice-reinvestment-pathfinder", LEAVES, "Clawback falls away"),
    ("pfp-referral-guarantee/x2.outcome", POOLED, "What Tower Hamlets has too many makes up for what Sutton is short"),
    ("utah-preschool", DATE, "The School District chooses the day"),
]


@pytest.mark.parametrize(("where", "rule", "says"), CARDS)
def test_what_is_known_of_real_contracts_is_found(where: str, rule: Rule, says: str) -> None:
    path = CONTRACTS / where if where.endswith(".outcome") else CONTRACTS / where / "contract.outcome"
    assert any(says in each.message for each in findings(rule, compile_path(path).core))


QUIET = [
    ("dwp-innovation-fund", (CLIFF,)),
    ("massachusetts-juvenile-justice-pfs", (CLIFF, LESS)),
    ("positive-families-partnership", OURS),
    ("work-programme", OURS),
    ("denver-supportive-housing-sib", (LESS, LONGER, DATE)),
    ("nhs-hip-fracture-tariff", (LESS,)),
    ("nyc-able", (LESS,)),
    ("peterborough-sib", (POOLED, LESS)),
    ("troubled-families", OURS),
    ("drug-and-alcohol-recovery", OURS),
    ("domestic-abuse-refuge", OURS),
]


@pytest.mark.parametrize(("where", "rules"), QUIET, ids=[where for where, _ in QUIET])
def test_what_is_sound_in_real_contracts_is_not_found(where: str, rules: tuple[Rule, ...]) -> None:
    contract = compile_path(CONTRACTS / where / "contract.outcome").core
    report = search.find(contract, rules, date(2026, 1, 1))
    assert [each.finding.message for each in report.loopholes] == []


def test_a_cliff_of_real_sums_is_shown_by_two_histories_that_differ_by_one_unit() -> None:
    found = findings(CLIFF, compile_path(CONTRACTS / "nyc-able" / "contract.outcome").core)
    assert found[0].verdict is Verdict.WITNESS and found[0].witness is not None
    one, other = found[0].witness.told
    assert abs(one.total - other.total) == 480_000_000
    assert len(one.history.facts) < 10


def test_a_split_between_lines_alone_is_a_note_and_one_between_parties_is_more() -> None:
    contract = compile_path(CONTRACTS / "fair-chance-fund" / "contract.outcome").core
    assert [each.severity for each in findings(ORDER, contract)] == [Severity.NOTE]
    assert [
        each.severity for each in findings(ORDER, changed(FOUND["two who are paid until the money is gone"][1]))
    ] == [None]
