"""Guarantees, second tiers, prices until so much has been paid, early endings, lines shown by a key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from outcomelang.core import ir
from outcomelang.core.ir import Const, Unit
from outcomelang.diagnostic import Diagnostic

Compile = Callable[[str], ir.Contract]
Findings = Callable[[str], tuple[Diagnostic, ...]]

COUNCIL, PROVIDER, HMRC = ir.NamedParty("Council"), ir.NamedParty("Provider"), ir.NamedParty("HMRC")
FEE = "payment Fee: the Council pays the Provider £30 for each Review"
ROUNDED = "rounding each amount to the nearest penny, half up\n"
SHORT = "each pays the Provider £50 for each Referral short"


def percent(value: int) -> Const:
    return Const(Fraction(value, 100), Unit.PERCENTAGE)


def shortfall(number: int, *tests: ir.Test) -> ir.EachUnit:
    counted = ir.Counted(ir.Select(ir.Rows("Referral"), tests))
    return ir.EachUnit(ir.Excess(Const(Fraction(number), Unit.NUMBER), counted, Unit.NUMBER), "exact")


# ---------------------------------------------------------------- guarantees


def test_one_guarantor_pays_for_what_all_fall_short_of(on_ground: Compile) -> None:
    flow = on_ground(f"guarantee Volume: the Council guarantees 100 Referrals; {SHORT}").flows[-1]
    assert (flow.name, flow.card, flow.payer, flow.payee) == ("Volume", "Volume", COUNCIL, PROVIDER)
    assert (flow.amount, flow.subject) == (Const(Fraction(5_000), Unit.MONEY), ir.Whole())
    assert flow.driver == shortfall(100)


def test_each_guarantor_answers_for_its_own_group(on_ground: Compile) -> None:
    flows = on_ground(
        "commissioner North\ncommissioner South\n"
        f"guarantee Volume: North guarantees 10 Referrals; South guarantees 20 Referrals; counted by Area; {SHORT}"
    ).flows[-2:]
    assert [(flow.name, flow.card, flow.payer) for flow in flows] == [
        ("Volume: North", "Volume", ir.NamedParty("North")),
        ("Volume: South", "Volume", ir.NamedParty("South")),
    ]
    assert [flow.driver for flow in flows] == [
        shortfall(10, ir.AttributeIs("Area", ("North",))),
        shortfall(20, ir.AttributeIs("Area", ("South",))),
    ]


def test_one_party_may_guarantee_two_numbers(on_ground: Compile) -> None:
    flows = on_ground(
        "commissioner North\n"
        f"guarantee Volume: North guarantees 10 Referrals; North guarantees 2 Job Starts; counted by Area; {SHORT}"
    ).flows[-2:]
    assert [flow.name for flow in flows] == ["Volume: North", "Volume: North 2"]


def test_a_guarantee_in_each_period_is_counted_there(on_ground: Compile) -> None:
    flow = on_ground(f"guarantee Volume: the Council guarantees 9 Referrals in each Quarter; {SHORT}").flows[-1]
    assert (flow.subject, flow.driver) == (ir.PerPeriod("Quarter", ir.Whole()), shortfall(9))


# ---------------------------------------------------------------- prices until so much has been paid


def test_a_price_until_so_much_is_paid_is_a_table_and_a_stage(on_ground: Compile) -> None:
    core = on_ground(
        "table Share until £400 has been paid, 95%; then 40%\n"
        f"{ROUNDED}payment Fee: the Council pays the Provider the Share of £10 for each Review"
    )
    table = next(table for table in core.tables if table.name == "Share")
    assert (table.by, table.unit, table.rows) == ((), Unit.PERCENTAGE, (ir.TableRow((), percent(95)),))
    assert table.until_paid == ir.UntilPaid(40_000, percent(40))
    assert core.stages[0] == ir.Tier(("Fee",), "Share")


def test_nothing_may_come_after_the_amount(on_ground: Compile) -> None:
    core = on_ground(
        "table Price until £40 has been paid, £10; then nothing\n"
        "payment Fee: the Council pays the Provider the Price for each Review"
    )
    assert core.tables[-1].until_paid == ir.UntilPaid(4_000, None)
    assert core.tables[-1].unit is Unit.MONEY


# ---------------------------------------------------------------- divisions and exits


def test_a_division_stands_after_the_limits(on_ground: Compile) -> None:
    core = on_ground(
        f"{FEE}\ndivide Fee: £20 of each to HMRC, 10% of each to the Council, the rest to the Provider\n"
        "limit all payments to £50; earliest first; the excess is not paid"
    )
    parts = (ir.Part(HMRC, Fraction(2_000), None), ir.Part(COUNCIL, None, Fraction(1, 10)))
    assert core.stages[-1] == ir.Division("Fee", parts, PROVIDER)
    assert isinstance(core.stages[0], ir.MoneyLimit)


def test_a_division_stands_before_a_limit_that_ranks_its_parties(on_ground: Compile) -> None:
    core = on_ground(
        f"{FEE}\ndivide Fee: £20 of each to HMRC, the rest to the Provider\n"
        "limit all payments to £50; in the order HMRC, Provider; the excess is not paid"
    )
    assert [type(stage) for stage in core.stages] == [ir.Division, ir.MoneyLimit]


def test_percentages_that_make_the_whole_leave_no_rest(on_ground: Compile) -> None:
    stage = on_ground(f"{FEE}\ndivide Fee: 70% of each to HMRC, 30% of each to the Provider").stages[-1]
    assert isinstance(stage, ir.Division)
    assert [part.share for part in stage.parts] == [Fraction(7, 10), Fraction(3, 10)]
    assert stage.rest_to is None


def test_an_exit_names_the_event_the_day_and_what_falls_away(on_ground: Compile) -> None:
    core = on_ground(
        f"{FEE}\nexit Early End: the Council may end the agreement on 31 March 2026 by Review;\n"
        "  then any Fee not yet due on that day falls away, then any Rate Card not yet due on that day falls away"
    )
    flows = ("Fee", "Settled at 3 months", "Settled at 6 months")
    assert core.stages[0] == ir.FallAway("Review", date(2026, 3, 31), flows, "Early End")


@pytest.mark.parametrize(("key", "shown"), [("Area", ir.KeyByGroup("Area")), ("Quarter", ir.KeyByPeriod("Quarter"))])
def test_lines_are_shown_by_a_group_or_a_period(on_ground: Compile, key: str, shown: ir.KeySource) -> None:
    assert on_ground(f"{FEE}, shown by {key}").flows[-1].shown_by == shown


# ---------------------------------------------------------------- what is sent back


@pytest.mark.parametrize(
    ("clauses", "code"),
    [
        ("guarantee Volume: the Council guarantees 100 Referrals", "OL182"),
        (f"guarantee V: the Council guarantees 1 Referral; HMRC guarantees 2 Referrals; {SHORT}", "OL183"),
        (f"{FEE}\ndivide Fee: £20 of each to HMRC", "OL184"),
        (f"{FEE}\ndivide Fee: 60% of each to HMRC, 30% of each to the Provider", "OL184"),
        (f"{FEE}\ndivide Fee: 60% of each to HMRC, 50% of each to the Provider, the rest to the Council", "OL184"),
        (f"{FEE}\ndivide Fee: the rest to HMRC, the rest to the Provider", "OL184"),
        ("state Idle is not Employment\noutcome Out of a Client, when Idle reaches 6 weeks in total, once", "OL185"),
    ],
)
def test_what_is_left_open_is_sent_back(findings: Findings, clauses: str, code: str) -> None:
    assert [found.code for found in findings(clauses)] == [code]


@pytest.mark.parametrize("words", ["counted from Referral reaches", "begun on or after Referral reaches"])
def test_a_state_without_a_beginning_may_be_counted_from_a_day(findings: Findings, words: str) -> None:
    clauses = f"state Idle is not Employment\noutcome Out of a Client, when Idle {words} 6 weeks in total, once"
    assert findings(clauses) == ()


SHARE = "table Share until £10 has been paid, 100%; then 50%\n"


@pytest.mark.parametrize(
    ("clauses", "construct"),
    [
        (
            (
                f"{FEE}\nexit End: the Council may end the agreement on 1 May 2026; "
                "then any Fee not yet due on that day falls away"
            ),
            "ending the agreement without an event in the log",
        ),
    ],
)
def test_what_is_not_carried_is_refused_by_name(findings: Findings, clauses: str, construct: str) -> None:
    (found,) = findings(clauses)
    assert found.name == "not-supported-yet"
    assert construct in found.message


# ---------------------------------------------------------------- fractions of a penny

TIER = "payment Fee: the Council pays the Provider the Price for each Review"
OF_THE_SHARE = "payment Fee: the Council pays the Provider the Share of"


@pytest.mark.parametrize(
    "clauses",
    [
        f"table Price until £10 has been paid, £7; then £2\n{TIER}",
        f"table Price until £10 has been paid, £8; then £3.01\n{TIER}",
        f"{SHARE.replace('£10', '£10.01')}{OF_THE_SHARE} £10 for each Review",
        f"{FEE}\ndivide Fee: 0.01% of each to HMRC, the rest to the Provider",
        (
            f"{FEE}\ndivide Fee: 50% of each to HMRC, the rest to the Provider\n"
            "limit Fee to £10.01; earliest first; the excess is not paid"
        ),
        (
            "payment Fee: the Council pays the Provider £30 in 3 equal monthly instalments from 30 April 2025\n"
            "divide Fee: £20 of each to HMRC, the rest to the Provider"
        ),
    ],
)
def test_where_a_fraction_of_a_penny_can_arise_rounding_is_asked_for(findings: Findings, clauses: str) -> None:
    assert [found.name for found in findings(clauses)] == ["rounding-unstated"]
    assert findings(ROUNDED + clauses) == ()


@pytest.mark.parametrize(
    "clauses",
    [
        f"table Price until £15 has been paid, £10; then £4\n{TIER}",
        f"{SHARE}{OF_THE_SHARE} £10 for each Review",
        f"table Share until £400,159 has been paid, 95%; then 40%\n{OF_THE_SHARE} £2,580 for each Offences Seen",
        (
            f"{FEE}\ndivide Fee: 50% of each to HMRC, the rest to the Provider\n"
            "limit Fee to £10; earliest first; the excess is not paid"
        ),
    ],
)
def test_where_none_can_arise_nothing_is_asked(findings: Findings, clauses: str) -> None:
    assert findings(clauses) == ()
