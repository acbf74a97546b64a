"""Outcomes: subjects, ladders, lengths reached, and how often."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from outcomelang.core import ir
from outcomelang.core.ir import Const, Reaches, Unit
from outcomelang.diagnostic import Diagnostic

Compile = Callable[[str], ir.Contract]
Findings = Callable[[str], tuple[Diagnostic, ...]]


def days(count: int) -> Const:
    return Const(Fraction(count), Unit.DAYS)


def months(count: int) -> Const:
    return Const(Fraction(count), Unit.MONTHS)


SUBJECTS = [
    ("", ir.Whole()),
    ("of a Client", ir.PerPerson("Client")),
    ("of each Client", ir.PerPerson("Client")),
    ("of a Year", ir.PerGroup("Year")),
    ("of a Referral", ir.PerRow("Referral")),
    ("in each Quarter", ir.PerPeriod("Quarter", ir.Whole())),
    ("of a Client in each Quarter", ir.PerPeriod("Quarter", ir.PerPerson("Client"))),
    ("of all Years together", ir.Pooled(ir.PerGroup("Year"), None)),
    ("of all Clients together", ir.Pooled(ir.PerPerson("Client"), None)),
]


@pytest.mark.parametrize(("words", "subject"), SUBJECTS)
def test_the_subject_of_an_outcome(on_ground: Compile, words: str, subject: ir.Subject) -> None:
    outcome = on_ground(f"outcome Result {words}, when the number of Reviews is at least 3").outcomes[-1]
    assert outcome.subject == subject


def test_those_for_whom_something_holds_are_left_out_of_the_pool(on_ground: Compile) -> None:
    core = on_ground(
        "outcome Fall of a Year, when Offence Rate is at most 50%\n"
        "outcome All of all Years together, except where Fall is achieved, when Offence Rate is at most 55%"
    )
    assert core.outcomes[-1].subject == ir.Pooled(ir.PerGroup("Year"), ir.Achieved("Fall"))


REACHES = [
    ("reaches 26 weeks in total", Reaches("Employment", days(182), "in total")),
    ("reaches 6 months without a break", Reaches("Employment", months(6), "without a break")),
    (
        "reaches 26 weeks without a break longer than 7 days",
        Reaches("Employment", days(182), "without a break", allowed_break=7),
    ),
    ("reaches 52 weeks in any 61 weeks", Reaches("Employment", days(364), "in any", span_days=427)),
    (
        "begun on or after Referral reaches 26 weeks in total",
        Reaches("Employment", days(182), "in total", ir.Window(ir.Edge(ir.Joining()), None)),
    ),
    (
        "begun after Referral reaches 26 weeks in total",
        Reaches("Employment", days(182), "in total", ir.Window(ir.Edge(ir.Joining(), 0, 1), None)),
    ),
    (
        "begun within the 104 weeks beginning with Referral reaches 26 weeks in total",
        Reaches("Employment", days(182), "in total", ir.Window(ir.Edge(ir.Joining()), ir.Edge(ir.Joining(), 0, 727))),
    ),
    (
        "counted from Referral reaches a further 4 weeks without a break",
        Reaches("Employment", days(28), "without a break", None, ir.Joining(), True),
    ),
]


@pytest.mark.parametrize(("words", "when"), REACHES)
def test_a_length_that_is_reached(on_ground: Compile, words: str, when: Reaches) -> None:
    assert on_ground(f"outcome Kept of a Client, when Employment {words}, once").outcomes[-1].when == when


def test_a_ladder_is_one_outcome_for_each_of_its_rungs(on_ground: Compile) -> None:
    rungs = on_ground("").outcomes[-2:]
    assert [(rung.name, rung.family) for rung in rungs] == [
        ("Settled at 3 months", "Settled"),
        ("Settled at 6 months", "Settled"),
    ]
    assert [rung.when for rung in rungs] == [
        Reaches("Employment", months(3), "without a break"),
        Reaches("Employment", months(6), "without a break"),
    ]


def test_a_ladder_of_amounts_compares_a_measure(on_ground: Compile) -> None:
    core = on_ground(
        "event Pay Day is an outcome, recorded by HMRC, more is better, has Wage as money\n"
        "define Earnings of each Client as the total Wage of Pay Days\n"
        "outcome Earned of a Client, when Earnings reach £768 and £1,631, each once\n"
        "payment Earned Fee: the Council pays the Provider £10 for each Earned at £1,631"
    )
    assert [outcome.name for outcome in core.outcomes[-2:]] == ["Earned at £768", "Earned at £1,631"]
    read = ir.Read("Earnings", Unit.MONEY)
    assert core.outcomes[-1].when == ir.Compares(read, ">=", Const(Fraction(163_100), Unit.MONEY))
    assert core.flows[-1].driver == ir.EachAchievement("Earned at £1,631")


def test_a_rung_may_be_named_in_another_unit_of_the_same_length(on_ground: Compile) -> None:
    core = on_ground(
        "outcome Kept of a Client, when Employment reaches 6 and 12 months without a break, each once\n"
        "payment Kept Fee: the Council pays the Provider £10 for each Kept at 1 year"
    )
    assert core.flows[-1].driver == ir.EachAchievement("Kept at 12 months")


FREQUENCIES = [
    ("once", None, False),
    ("up to 13 times", Const(Fraction(13), Unit.NUMBER), False),
    ("up to the Most times", ir.Lookup("Most", Unit.NUMBER), False),
    ("each time", None, True),
]


@pytest.mark.parametrize(("words", "times", "each_time"), FREQUENCIES)
def test_how_often(on_ground: Compile, words: str, times: ir.Quantity | None, each_time: bool) -> None:
    core = on_ground(f'table Most by Area "North" 3 "South" 4\noutcome Visit of a Client, when Review occurs, {words}')
    assert (core.outcomes[-1].times, core.outcomes[-1].each_time) == (times, each_time)


@pytest.mark.parametrize(
    "words",
    [
        "of a Year, when Offence Rate is below 50%",
        "of a Client, when the number of Reviews is at least 3",
        "of a Client, when no Offence occurs in the 6 months after Referral",
        "of a Review, when Job Start occurs in the 6 months after Review",
        "of a Client, when Review occurs, monitor only",
    ],
)
def test_what_cannot_come_again_need_not_say_how_often(findings: Findings, words: str) -> None:
    assert findings(f"outcome Result {words}") == ()


def test_lists_leave_out_what_does_not_apply(on_ground: Compile) -> None:
    core = on_ground(
        "outcome Result of a Client, once, when at least 1 of:\n"
        "  (a) where Offence occurs: no Offence occurs in the 12 months after Referral; or\n"
        "  (b) Job is achieved"
    )
    offence = ir.Happens(ir.Select(ir.Rows("Offence")))
    window = ir.Window(ir.Edge(ir.Joining(), 0, 1), ir.Edge(ir.Joining(), 12))
    none = ir.Happens(ir.Select(ir.Rows("Offence"), (), window), negated=True)
    assert core.outcomes[-1].when == ir.AtLeast((ir.Item(none, offence), ir.Item(ir.Achieved("Job"))), 1)


def test_and_is_all_or_is_any(on_ground: Compile) -> None:
    core = on_ground(
        "outcome Both of a Client, when Job is achieved and Review occurs, once\n"
        "outcome Either of a Client, when Job is achieved or Review occurs, once"
    )
    assert [outcome.when.least for outcome in core.outcomes[-2:] if isinstance(outcome.when, ir.AtLeast)] == [None, 1]


MEMBERS = """
participant Family, joins on Enrolment, once, selected by the Council
member Child (Children) of a Family, read from Member of a Family Record with Role "child"
event Enrolment is an input, recorded by the Council
event Family Record is an input, recorded by the Council,
  has Member as a label, Role as a label and At School as yes or no
event Exclusion of a Child is an outcome, recorded by the Council, fewer is better
"""


@pytest.mark.parametrize(("words", "least"), [("every", None), ("no", 0), ("at least 2", 2)])
def test_for_members(on_ground: Compile, words: str, least: int | None) -> None:
    noun = "Children" if words == "at least 2" else "Child"
    core = on_ground(
        f"{MEMBERS}outcome Calm of a Family, once, when for {words} {noun} with At School: "
        "the number of Exclusions in the 12 months after Enrolment is below 3"
    )
    window = ir.Window(ir.Edge(ir.Joining(), 0, 1), ir.Edge(ir.Joining(), 12))
    below = ir.Compares(ir.Counted(ir.Select(ir.Rows("Exclusion"), (), window)), "<", Const(Fraction(3), Unit.NUMBER))
    assert core.outcomes[-1].when == ir.ForMembers("Child", (ir.AttributeGiven("At School"),), least, below)
    assert core.members[0].tests == (ir.AttributeIs("Role", ("child",)),)


def test_an_attribute_of_the_row_that_is_the_subject(on_ground: Compile) -> None:
    core = on_ground("outcome Long of a Job Start, when Weekly Hours is at least 16")
    hours = ir.Attribute("Weekly Hours", Unit.NUMBER)
    assert core.outcomes[-1].when == ir.Compares(hours, ">=", Const(Fraction(16), Unit.NUMBER))


def test_a_group_is_one_of_its_labels(on_ground: Compile) -> None:
    core = on_ground('outcome Northern of a Client, when Area is not "North"')
    assert core.outcomes[-1].when == ir.LabelIs(ir.GroupLabel("Area"), ("North",), negated=True)


ADULTS = "member Adult of a Client, read from Area of Referral\noutcome Work of a Client, once, when "
SOME = "for at least 1 Adult: {} occurs"


def test_two_members_asked_for_in_one_list_may_be_one_or_two(findings: Findings) -> None:
    both = f"{{}}: (a) {SOME.format('Job Start')}; {{}} (b) {SOME.format('Review')}"
    (found,) = findings(ADULTS + both.format("all of", "and"))
    assert (found.name, len(found.remedies)) == ("same-or-another", 2)
    assert findings(ADULTS + both.format("any of", "or")) == ()
