"""Payments: the driver says of whom, and everything else is read there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from outcomelang.core import ir
from outcomelang.core.ir import Const, EachAchievement, EachRow, EachUnit, OneEach, Unit
from outcomelang.diagnostic import Diagnostic

Compile = Callable[[str], ir.Contract]
Findings = Callable[[str], tuple[Diagnostic, ...]]

MORE = """
define Nights of each Client as the days of Employment
define People Seen in each Quarter as the number of Clients with an Offence
define Share Seen in each Quarter as the proportion of Clients with an Offence
table Price by Quarter  "Quarter 1" £30
"""

QUARTER = ir.PerPeriod("Quarter", ir.Whole())

DRIVERS: list[tuple[str, ir.Subject, ir.Driver]] = [
    ("", ir.Whole(), OneEach()),
    ("for each Job", ir.PerPerson("Client"), EachAchievement("Job")),
    (
        'for each Job with Area "North"',
        ir.PerPerson("Client"),
        EachAchievement("Job", (ir.InGroup("Area", ("North",)),)),
    ),
    ("for each Settled at 3 months", ir.PerPerson("Client"), EachAchievement("Settled at 3 months")),
    ("for each Job Start", ir.PerRow("Job Start"), EachRow(ir.Select(ir.Rows("Job Start")))),
    (
        "for each Job Start with Weekly Hours of at least 16",
        ir.PerRow("Job Start"),
        EachRow(
            ir.Select(
                ir.Rows("Job Start"),
                (ir.AttributeCompares("Weekly Hours", ">=", Const(Fraction(16), Unit.NUMBER)),),
            )
        ),
    ),
    ("for each Client", ir.PerPerson("Client"), OneEach()),
    ("for each Year", ir.PerGroup("Year"), OneEach()),
    ("for each Quarter", QUARTER, OneEach()),
    (", in each Quarter", QUARTER, OneEach()),
    ("for each Client, in each Quarter", ir.PerPeriod("Quarter", ir.PerPerson("Client")), OneEach()),
    ("for each Nights", ir.PerPerson("Client"), EachUnit(ir.Read("Nights", Unit.NUMBER), "exact")),
    ("for each People Seen", QUARTER, EachUnit(ir.Read("People Seen", Unit.NUMBER), "exact")),
    ("for each People Seen, in each Quarter", QUARTER, EachUnit(ir.Read("People Seen", Unit.NUMBER), "exact")),
    (
        "for each whole percentage point of the Share Seen",
        QUARTER,
        EachUnit(ir.Read("Share Seen", Unit.PERCENTAGE), "whole", 100),
    ),
]


@pytest.mark.parametrize(("words", "subject", "driver"), DRIVERS)
def test_the_driver_of_a_payment(on_ground: Compile, words: str, subject: ir.Subject, driver: ir.Driver) -> None:
    flow = on_ground(f"{MORE}payment Fee: the Council pays the Provider £30 {words}").flows[-1]
    assert (flow.subject, flow.driver, flow.gate) == (subject, driver, None)
    assert (flow.payer, flow.payee) == (ir.NamedParty("Council"), ir.NamedParty("Provider"))


def test_parts_of_a_unit_are_paid_in_proportion_when_the_contract_says_so(on_ground: Compile) -> None:
    core = on_ground(
        f"{MORE}rounding each amount to the nearest penny, half up\n"
        "payment Fee: the Council pays the Provider £30 for each percentage point of the Share Seen,\n"
        "  parts in proportion"
    )
    assert core.flows[-1].driver == EachUnit(ir.Read("Share Seen", Unit.PERCENTAGE), "proportion", 100)


@pytest.mark.parametrize("words", ["for each Nights", "for each Client"])
def test_a_filter_on_a_head_or_a_figure_is_a_condition_of_the_payment(on_ground: Compile, words: str) -> None:
    flow = on_ground(f'{MORE}payment Fee: the Council pays the Provider £30 {words} with Area "North"').flows[-1]
    assert flow.gate == ir.LabelIs(ir.GroupLabel("Area"), ("North",))


def test_a_condition_is_read_where_the_payment_is_counted(on_ground: Compile) -> None:
    flow = on_ground(
        "payment Fee: the Council pays the Provider £30 for each Year, when Offence Rate is below 50%"
    ).flows[-1]
    rate = ir.Read("Offence Rate", Unit.PERCENTAGE)
    assert flow.gate == ir.Compares(rate, "<", Const(Fraction(1, 2), Unit.PERCENTAGE))


def test_the_amount_may_stand_on_the_row_that_is_paid_for(on_ground: Compile) -> None:
    flow = on_ground("payment Fee: the Council pays the Provider the Plan Value for each Referral").flows[-1]
    assert flow.amount == ir.Attribute("Plan Value", Unit.MONEY)


def test_a_rate_card_has_a_flow_for_each_line(on_ground: Compile) -> None:
    card = [flow for flow in on_ground("").flows if flow.card == "Rate Card"]
    assert [(flow.name, flow.amount, flow.driver) for flow in card] == [
        ("Settled at 3 months", Const(Fraction(50_000), Unit.MONEY), EachAchievement("Settled at 3 months")),
        ("Settled at 6 months", Const(Fraction(70_000), Unit.MONEY), EachAchievement("Settled at 6 months")),
    ]


def test_one_outcome_on_two_rate_cards_has_two_lines(on_ground: Compile) -> None:
    core = on_ground("payment Second Card: the Council pays the Provider for each:\n  Settled at 3 months £5  Job £6")
    assert [flow.name for flow in core.flows[1:]] == [
        "Rate Card: Settled at 3 months",
        "Settled at 6 months",
        "Second Card: Settled at 3 months",
        "Job",
    ]


def test_when_it_is_paid(on_ground: Compile) -> None:
    core = on_ground(
        "payment Core Fee: the Council pays the Provider £12,000, in 12 equal monthly instalments from 30 April 2025\n"
        "payment Grant: the Council pays the Provider £12,000, in advance\n"
        "payment Fee: the Council pays the Provider £30 for each Job, claimed within 6 months,\n"
        "  due 30 days after verification, stacks with Job Fee"
    )
    instalments, advance, fee = core.flows[-3:]
    assert instalments.instalments == ir.Instalments(12, 1, 0, date(2025, 4, 30))
    assert advance.in_advance
    assert (fee.claimed_within, fee.due) == (ir.Delay(6, 0), ir.Delay(0, 30))
    assert fee.stacks_with == ("Job Fee",)


def test_a_repayment_is_bounded_by_what_was_paid(on_ground: Compile) -> None:
    core = on_ground("repayment Clawback: the Provider repays the Council £30 for each Offence, up to the amount paid")
    flow = core.flows[-1]
    assert flow.repays and flow.up_to_paid and core.stages == (ir.Repay(),)
    assert (flow.payer, flow.payee) == (ir.NamedParty("Provider"), ir.NamedParty("Council"))


def test_joint_payers_and_the_party_of_a_group(on_ground: Compile) -> None:
    core = on_ground(
        "commissioner North\ncommissioner South\njoint Both: North 50%, South 50%; odd pennies to South\n"
        "payment Fee: Both pay the Provider £30 for each Job\n"
        "payment Area Fee: the Area pays the Provider £30 for each Job"
    )
    assert core.joint_parties == (
        ir.JointParty("Both", (("North", Fraction(1, 2)), ("South", Fraction(1, 2))), "South"),
    )
    assert [flow.payer for flow in core.flows[-2:]] == [ir.Jointly("Both"), ir.PartyOfGroup("Area")]
    assert core.stages == (ir.ShareOut(),)


EXACT = [
    "payment Fee: the Council pays the Provider £30.25 for each Job",
    "payment Fee: the Council pays the Provider 65% of £1,200 for each Job",
    "payment Fee: the Council pays the Provider 5/6 of £12 for each Job",
    "payment Fee: the Council pays the Provider 10% of the Big",
    "payment Fee: the Council pays the Provider £1,200, in 12 equal monthly instalments from 30 April 2025",
    "payment Fee: the Council pays the Provider the Plan Value for each Referral",
    "payment Fee: the Council pays the Provider 50% of the Even for each Job",
    "joint Both: Council 25%, Provider 75%\npayment Fee: Both pay HMRC £30 for each Job",
    "joint Both: Council 33.3%, Provider 66.7%; odd pennies to Provider\npayment Fee: Both pay HMRC £10 for each Job",
]
INEXACT = [
    "payment Fee: the Council pays the Provider 5/6 of £11 for each Job",
    "payment Fee: the Council pays the Provider £0.005 for each Job",
    "payment Fee: the Council pays the Provider £1,000, in 12 equal monthly instalments from 30 April 2025",
    "payment Fee: the Council pays the Provider 50% of the Plan Value for each Referral",
    "payment Fee: the Council pays the Provider 50% of the Odd for each Job",
    "joint Both: Council 33.3%, Provider 66.7%\npayment Fee: Both pay HMRC £0.10 for each Job",
    "limit all payments to 1/3 of £100; earliest first; the excess is not paid",
    "limit all payments to £100; in proportion; the excess is not paid",
]
TABLES = (
    "define Big as £12,500,000\n"
    'table Even by Area "North" £1 "South" £0.02\n'
    'table Odd by Area "North" £1 "South" £0.01\n'
)


@pytest.mark.parametrize("words", EXACT)
def test_whole_pence_need_no_rounding(findings: Findings, words: str) -> None:
    assert findings(TABLES + words) == ()


@pytest.mark.parametrize("words", INEXACT)
def test_a_fraction_of_a_penny_needs_a_rule(findings: Findings, words: str) -> None:
    assert [found.name for found in findings(TABLES + words)] == ["rounding-unstated"]
    assert findings(TABLES + words + "\nrounding the total to the nearest penny, half up") == ()


def test_rounding_is_one_mistake_however_many_payments_it_touches(findings: Findings) -> None:
    said = findings(
        "\n".join(f"payment Fee {'ABC'[i]}: the Council pays the Provider £0.005 for each Job" for i in range(3))
    )
    assert len(said) == 1 and len(said[0].related) == 2


EACH = "rounding each amount to the nearest penny, half up\n"
JOINT = "joint Both: Council 60%, Provider 40%{}\n"
ODD = [
    "payment Fee: Both pay HMRC the Plan Value for each Referral",
    "payment Fee: Both pay HMRC £30.01 for each Job",
    "payment Fee: Both pay HMRC 1/7 of £30 for each Job",
    "payment Fee: Both pay HMRC £30 for each Job\nlimit Fee to £100.01; earliest first; the excess is not paid",
]


@pytest.mark.parametrize("fee", ODD)
def test_shares_that_are_each_rounded_say_who_has_the_odd_penny(findings: Findings, fee: str) -> None:
    (found,) = findings(EACH + JOINT.format("") + fee)
    assert (found.name, len(found.related)) == ("odd-pennies-unsaid", 1)
    assert findings(EACH + JOINT.format("; odd pennies to Council") + fee) == ()
    assert findings(EACH.replace("each amount", "the total") + JOINT.format("") + fee) == ()


def test_shares_that_are_whole_have_no_odd_penny(findings: Findings) -> None:
    fee = "payment Fee: Both pay HMRC £30 for each Job\n"
    limit = "limit Fee to £100 for each Client; earliest first; the excess is not paid"
    assert findings(EACH + JOINT.format("") + fee + limit) == ()
    pounds = EACH.replace("penny", "pound")
    assert [found.name for found in findings(pounds + JOINT.format("") + fee.replace("30", "31"))] == [
        "odd-pennies-unsaid"
    ]


PRICED = [
    "payment Fee: the Council pays the Provider £30 for each Seen",
    "payment Card: the Council pays the Provider for each:  Seen £30  Job £20",
]


@pytest.mark.parametrize("payment", PRICED)
def test_an_outcome_that_is_only_watched_has_no_price(findings: Findings, payment: str) -> None:
    (found,) = findings(f"outcome Seen of a Client, when Review occurs, monitor only\n{payment}")
    assert (found.name, found.span.line) == ("monitored-outcome-paid", found.related[0][0].line + 1)


def test_an_amount_that_is_no_money_is_one_mistake(findings: Findings) -> None:
    (found,) = findings("payment Fee: the Council pays the Provider 10% for each Client")
    assert found.name == "amount-is-not-money"


def test_a_period_is_paid_for_in_advance(on_ground: Compile) -> None:
    core = on_ground(
        "payment Fee: the Council pays the Provider £30, in each Quarter, in advance\n"
        "payment Later Fee: the Council pays the Provider £30, in each Quarter"
    )
    assert [(flow.subject, flow.in_advance) for flow in core.flows[-2:]] == [(QUARTER, True), (QUARTER, False)]
