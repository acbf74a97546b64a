"""Every wording of a window is one pair of edges, and every anchor one way to find a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from outcomelang.core import ir
from outcomelang.core.ir import Edge, Fixed, Joining, Window

Compile = Callable[[str], ir.Contract]
D = Fixed(date(2026, 1, 31))
DAY = "31 January 2026"

WINDOWS = [
    (f"in the 12 months after {DAY}", Window(Edge(D, 0, 1), Edge(D, 12, 0))),
    (f"in the 2 weeks after {DAY}", Window(Edge(D, 0, 1), Edge(D, 0, 14))),
    (f"in the 12 months before {DAY}", Window(Edge(D, -12, 0), Edge(D, 0, -1))),
    (f"in the 30 days before {DAY}", Window(Edge(D, 0, -30), Edge(D, 0, -1))),
    (f"in the 12 months beginning with {DAY}", Window(Edge(D), Edge(D, 12, -1))),
    (f"in the 728 days beginning with {DAY}", Window(Edge(D), Edge(D, 0, 727))),
    (f"in the 2 years beginning with {DAY}", Window(Edge(D), Edge(D, 24, -1))),
    (f"between {DAY} and 1 May 2026", Window(Edge(D), Edge(Fixed(date(2026, 5, 1))))),
    (f"on {DAY}", Window(Edge(D), Edge(D))),
]


@pytest.mark.parametrize(("words", "window"), WINDOWS)
def test_a_window_in_a_count(on_ground: Compile, words: str, window: Window) -> None:
    measure = on_ground(f"define Seen as the number of Reviews {words}").measures[-1]
    assert measure.quantity == ir.Counted(ir.Select(ir.Rows("Review"), (), window))


DEADLINES = [
    ("within 104 weeks of Referral", Window(Edge(Joining()), Edge(Joining(), 0, 728))),
    ("within 12 months of Referral", Window(Edge(Joining()), Edge(Joining(), 12, 0))),
    ("within the 728 days beginning with Referral", Window(Edge(Joining()), Edge(Joining(), 0, 727))),
    ("before Referral", Window(None, Edge(Joining(), 0, -1))),
]


@pytest.mark.parametrize(("words", "window"), DEADLINES)
def test_the_deadline_of_an_outcome(on_ground: Compile, words: str, window: Window) -> None:
    outcome = on_ground(f"outcome Quick of a Client, when Review occurs, {words}, once").outcomes[-1]
    assert outcome.deadline == window


def first_edge(core: ir.Contract) -> ir.Anchor:
    when = core.outcomes[-1].when
    assert isinstance(when, ir.Happens) and when.select.window is not None and when.select.window.first is not None
    return when.select.window.first.anchor


ANCHORS = [
    ("of a Client", "Referral", Joining()),
    ("of a Client", "the first Review", ir.RowOf(ir.Select(ir.Rows("Review")), "first")),
    ("of a Client", "the latest Review", ir.RowOf(ir.Select(ir.Rows("Review")), "latest")),
    ("of a Client", "Job", ir.AchievedOn("Job")),
    ("of a Client", "Settled at 3 months", ir.AchievedOn("Settled at 3 months")),
    ("of a Review", "Review", ir.RowDay()),
    ("of a Review", "Referral", Joining()),
    ("of a Year", "Referral", Joining()),
    ("of a Client", "the Clock", ir.DayValue(ir.Lookup("Clock", ir.Unit.DATE))),
    ("of a Client", "the Clock Day", ir.DayValue(ir.Read("Clock Day", ir.Unit.DATE))),
]


@pytest.mark.parametrize(("subject", "words", "anchor"), ANCHORS)
def test_an_anchor(on_ground: Compile, subject: str, words: str, anchor: ir.Anchor) -> None:
    core = on_ground(
        'table Clock by Area "North" 1 May 2025 "South" 1 June 2025\n'
        "define Clock Day as 1 May 2025\n"
        f"outcome Quick {subject}, when Job Start occurs in the 6 months after {words}, once"
    )
    assert first_edge(core) == anchor


def test_joining_by_one_of_two_events_is_no_anchor(findings: Callable[[str], tuple[object, ...]]) -> None:
    said = findings(
        "participant Helper, joins on Review or Job Start, once\n"
        "outcome Quick of a Helper, when Offence occurs in the 6 months after Review, once"
    )
    assert [finding.name for finding in said] == ["repeatable-anchor"]  # type: ignore[attr-defined]


def test_a_repeated_outcome_says_which_one(on_ground: Compile) -> None:
    core = on_ground(
        "outcome Visit of a Client, when Review occurs, each time\n"
        "outcome Quick of a Client, when Job Start occurs in the 6 months after the first Visit, once"
    )
    assert first_edge(core) == ir.RowOf(ir.Select(ir.Achievements("Visit")), "first")
