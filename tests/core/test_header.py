"""Parties, dates, events, states, groups, tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.ir import Const, Unit
from outcomelang.diagnostic import Diagnostic

Compile = Callable[[str], ir.Contract]
Findings = Callable[[str], tuple[Diagnostic, ...]]


def test_the_head_of_a_contract(on_ground: Compile) -> None:
    core = on_ground('purpose "More lasting work"\nvalue £1,200,000\nparty Register "The register" logged as "reg"')
    assert (core.title, core.purpose, core.currency) == ("A small contract", "More lasting work", "GBP")
    assert (core.first_day, core.last_day) == (date(2025, 4, 1), date(2028, 3, 31))
    assert (core.last_claim, core.value) == (date(2028, 9, 30), 120_000_000)
    assert core.parties[-1] == ir.Party("Register", "party", "The register", False, ("reg",))
    assert core.parties[2].independent


def test_an_origin_says_where_and_in_which_clause(on_ground: Compile) -> None:
    core = on_ground('payment Fee: the Council pays the Provider £30 for each Job, clause "Schedule 4, 2.1"')
    origin = core.flows[-1].origin
    assert (origin.path, origin.clause) == ("contract.outcome", "Schedule 4, 2.1")
    assert origin.line > 27 and origin.column == 1


def test_an_event_with_everything(on_ground: Compile) -> None:
    event = on_ground(
        "event Placement is an outcome, recorded by Provider or Council, verified by HMRC within 20 days;\n"
        '  silence counts as verified, evidenced by "payslip" or "letter", fewer is better, logged as "placed",\n'
        '  has Wage as money logged as "amount" and Night as yes or no'
    ).events[-1]
    assert event.recorded_by == ("Provider", "Council")
    assert event.verification == ir.Verification(("HMRC",), 20, None, True)
    assert (event.evidenced_by, event.polarity) == (("payslip", "letter"), ir.Polarity.FEWER)
    assert event.attributes == (
        ir.AttributeSpec("Wage", Unit.MONEY, ("amount",)),
        ir.AttributeSpec("Night", Unit.FLAG),
    )
    assert event.logged == ("placed",)


def test_the_two_events_of_a_state_are_observed_until_one_day(on_ground: Compile) -> None:
    core = on_ground(
        "event Illness is an outcome, recorded by HMRC, fewer is better, observed until 31 March 2027\n"
        "event Recovery is an outcome, recorded by HMRC, more is better\n"
        "state Ill beginning on Illness and ending the day before Recovery, fewer is better"
    )
    until = ir.Fixed(date(2027, 3, 31))
    assert [event.observed_until for event in core.events[-2:]] == [until, until]
    assert core.states[-1] == ir.State("Ill", ir.Spells("Illness", "Recovery", False), ir.Polarity.FEWER)


def test_states_of_states_and_states_of_some_spells(on_ground: Compile) -> None:
    core = on_ground(
        "state Full Time beginning on Job Start and ending on Job End, with Weekly Hours of at least 30\n"
        "state Part Time is Employment and not Full Time\nstate Idle is not Employment\n"
        "state Some is Full Time or Idle"
    )
    days = [state.days for state in core.states[-4:]]
    thirty = ir.AttributeCompares("Weekly Hours", ">=", Const(Fraction(30), Unit.NUMBER))
    employment, full, idle = ir.InState("Employment"), ir.InState("Full Time"), ir.InState("Idle")
    assert days == [
        ir.Spells("Job Start", "Job End", True, (thirty,)),
        ir.AllDays((employment, ir.NotDays(full))),
        ir.NotDays(employment),
        ir.AnyDays((full, idle)),
    ]


def test_how_people_join(on_ground: Compile) -> None:
    core = on_ground(
        "participant Helper, joins on Job Start with Weekly Hours of at least 16 between 1 May 2025 and 1 May 2026\n"
        "  or the first Review, again after 6 months, selected by HMRC, up to 40\n"
        "participant Visitor, joins on its first row, once"
    )
    helper, visitor = core.populations[-2:]
    hours = ir.AttributeCompares("Weekly Hours", ">=", Const(Fraction(16), Unit.NUMBER))
    window = ir.Window(ir.Edge(ir.Fixed(date(2025, 5, 1))), ir.Edge(ir.Fixed(date(2026, 5, 1))))
    assert helper.ways == (
        ir.Way(ir.Select(ir.Rows("Job Start"), (hours,), window), False),
        ir.Way(ir.Select(ir.Rows("Review")), True),
    )
    assert (helper.once, helper.again_months, helper.selected_by, helper.most) == (False, 6, "HMRC", 40)
    assert [way.select.of for way in visitor.ways] == [ir.Rows(event.name) for event in core.events]


def test_how_one_comes_into_a_group(on_ground: Compile) -> None:
    core = on_ground(
        'group Need of a Client, set by HMRC "High" logged as "H" "Low"\n'
        'group Hours of a Client, by Weekly Hours of Job Start "Few" below 16 "Many" from 16\n'
        "define Reviews Seen of each Client as the number of Reviews\n"
        'group Care of a Client, by Reviews Seen "None" at most 0 "Some" above 0'
    )
    need, hours, care = core.partitions[-3:]
    assert (need.classifier, need.set_by, need.rows[0].logged) == (ir.ByOwnLabel(), ("HMRC",), ("H",))
    assert hours.classifier == ir.ByValue("Job Start", "Weekly Hours")
    assert hours.rows[0].bounds == ir.Bounds(None, False, Const(Fraction(16), Unit.NUMBER), False)
    assert care.classifier == ir.ByMeasured("Reviews Seen")


def test_tables_by_label_range_point_period_and_two_keys(on_ground: Compile) -> None:
    core = on_ground(
        "define Fall of each Year as the percentage fall from 58% to Offence Rate\n"
        'table Share by Fall and Year  below 10% and "Year 1" nothing  from 10% and "Year 1" 5%\n'
        '  below 10% and "Later" nothing  from 10% and "Later" 6%\n'
        "table Curve by Fall, straight line between points  below 5% nothing  at 5% £0  at 10% £200  above 10% £200\n"
        'table Baseline by Quarter "Quarter 1" 120'
    )
    share, curve, baseline = core.tables[-3:]
    fall = ir.KeyByQuantity(ir.Read("Fall", Unit.PERCENTAGE))
    assert share.by == (fall, ir.KeyByGroup("Year")) and share.rows[0].value is None
    assert curve.straight_line and curve.rows[1].keys == (ir.PointKey(Const(Fraction(1, 20), Unit.PERCENTAGE)),)
    assert baseline.by == (ir.KeyByPeriod("Quarter"),)


def test_ranges_of_a_proportion_need_only_reach_from_nothing_to_everything(findings: Findings) -> None:
    rows = "table Share by Offence Rate  from 0% to below 10% £5  from 10% to 100% nothing"
    assert findings(rows) == ()
    fall = "define Fall of each Year as the percentage fall from 58% to Offence Rate\n"
    said = findings(fall + rows.replace("by Offence Rate", "by Fall"))
    assert [found.name for found in said] == ["gap-in-ranges", "gap-in-ranges"]


def test_dates_meet_when_one_ends_on_the_day_before_the_other(findings: Findings) -> None:
    rows = 'cohort Half of a Client, by date of Referral "A" from 1 April 2025 to {} "B" from 1 May 2025'
    assert findings(rows.format("30 April 2025")) == ()
    assert [found.name for found in findings(rows.format("29 April 2025"))] == ["gap-in-ranges"]
    assert [found.name for found in findings(rows.format("1 May 2025"))] == ["overlap-in-ranges"]


def test_a_state_made_of_itself_is_said_once_for_each_state(findings: Findings) -> None:
    said = findings("state A is B and Employment\nstate B is not A")
    assert [found.name for found in said] == ["defined-by-itself", "defined-by-itself"]
