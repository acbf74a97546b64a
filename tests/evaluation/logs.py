"""Generated lives: one person, with days that lie just before, on and just after every boundary."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from outcomelang.core import ir
from outcomelang.evaluation.event_log import Row

from . import build

LENGTHS = (1, 7, 14, 28, 30)
GAPS = sorted({0, 1, 2, 3} | {n + d for n in (7, 14, 28, 30, 60, 91) for d in (-1, 0, 1)})
JOININGS = ("2015-12-31", "2016-01-31", "2016-02-28", "2016-02-29", "2016-03-01", "2016-04-30", "2016-08-31")
CARE = ir.Spells("Enter Care", "Leave Care", False)
STATES = (
    ir.State("Job", ir.Spells("Work", "Leave", True), build.MORE),
    ir.State("Half-open Job", ir.Spells("Work", "Leave", False), build.MORE),
    ir.State("Good Job", ir.Spells("Work", "Leave", True, (ir.AttributeIs("Kind", ("good",)),)), build.MORE),
    ir.State("Endless Job", ir.Spells("Work", None, True), build.MORE),
    ir.State("Care", CARE, build.FEWER),
    ir.State("Home", ir.NotDays(CARE), build.MORE),
    ir.State("Job at Home", ir.AllDays((ir.InState("Job"), ir.NotDays(ir.InState("Care")))), build.MORE),
    ir.State("Job or Care", ir.AnyDays((ir.InState("Job"), CARE)), build.MORE),
    ir.State("Idle", ir.NotDays(ir.AnyDays((ir.InState("Job"), ir.InState("Care")))), build.MORE),
)
WITHOUT_BEGINNING = ("Home", "Idle")
"""Nobody was in the opposite state in the Middle Ages either: lengths of these are counted from a day."""
KIND = ir.AttributeSpec("Kind", ir.Unit.LABEL)
FEE = ir.AttributeSpec("Fee", ir.Unit.MONEY)
NAMES = ("Work", "Leave", "Enter Care", "Leave Care", "Visit", "Arrest")

anchors = st.sampled_from(
    (
        ir.Joining(),
        ir.Fixed(date(2016, 2, 29)),
        ir.RowOf(ir.Select(ir.Rows("Visit")), "first"),
        ir.RowOf(ir.Select(ir.Rows("Work")), "latest"),
        ir.AchievedOn("Base"),
    )
)


@st.composite
def edges(draw: st.DrawFn) -> ir.Edge:
    return ir.Edge(draw(anchors), draw(st.sampled_from((0, 0, 1, 3, 6))), draw(st.sampled_from((-1, 0, 1, 28, 182))))


@st.composite
def windows(draw: st.DrawFn) -> ir.Window:
    """All that the wordings of windows come down to."""
    anchor, months, days = draw(anchors), draw(st.sampled_from((0, 1, 3, 6))), draw(st.sampled_from((0, 28, 91, 182)))
    shape = draw(st.sampled_from(("within", "after", "beginning", "before", "on or after", "ever before", "on")))
    match shape:
        case "within":
            return build.within(anchor, months, days)
        case "after":
            return build.following(anchor, months, days)
        case "beginning":
            return build.beginning(anchor, months, days)
        case "before":
            return ir.Window(ir.Edge(anchor, -months, -days), ir.Edge(anchor, 0, -1))
        case "on or after":
            return ir.Window(ir.Edge(anchor), None)
        case "ever before":
            return ir.Window(None, ir.Edge(anchor, 0, -1))
    return ir.Window(ir.Edge(anchor), ir.Edge(anchor))


maybe_windows = st.none() | windows()


@st.composite
def reachings(draw: st.DrawFn) -> ir.Reaches:
    """A state reaches a length, in every way that can be written."""
    mode = draw(st.sampled_from(("in total", "without a break", "without a break", "in any")))
    state = draw(st.sampled_from(STATES)).name
    in_months = mode == "without a break" and draw(st.booleans())
    return ir.Reaches(
        state,
        build.months(draw(st.sampled_from((1, 2, 3)))) if in_months else build.days(draw(st.sampled_from(LENGTHS))),
        mode,
        begun=draw(maybe_windows),
        counted_from=draw(anchors if state in WITHOUT_BEGINNING else st.none() | anchors),
        further=mode != "in any" and draw(st.booleans()),
        allowed_break=draw(st.sampled_from((0, 1, 7))) if mode == "without a break" else 0,
        span_months=(span := draw(st.sampled_from((0, 1, 2)))) if mode == "in any" else 0,
        span_days=draw(st.sampled_from((28, 30, 60))) if mode == "in any" and not span else 0,
    )


@st.composite
def selects(draw: st.DrawFn) -> ir.Select:
    name = draw(st.sampled_from(("Visit", "Work", "Arrest")))
    test = ir.AttributeIs("Kind", ("good",), draw(st.booleans()))
    return ir.Select(ir.Rows(name), (test,) if draw(st.booleans()) else (), draw(maybe_windows))


@st.composite
def rising(draw: st.DrawFn) -> ir.Compares:
    """A count, a sum or a number of days that is at least so much."""
    kind = draw(st.sampled_from(("count", "sum", "days", "weeks")))
    if kind == "count":
        return ir.Compares(ir.Counted(draw(selects())), ">=", build.number(draw(st.sampled_from((1, 2, 3)))))
    if kind == "sum":
        select = ir.Select(ir.Rows("Visit"), (), draw(maybe_windows))
        wanted_sum = build.pounds(draw(st.sampled_from((0, 2, 3))))
        return ir.Compares(ir.Summed("Fee", select, ir.Unit.MONEY), ">=", wanted_sum)
    state = draw(st.sampled_from(("Job", "Care", "Good Job", "Job or Care")))
    each, wanted = (7, st.sampled_from((1, 2, 4))) if kind == "weeks" else (1, st.sampled_from(LENGTHS))
    fixed = st.sampled_from((None, build.within(ir.Joining(), 3), build.beginning(ir.Fixed(date(2016, 2, 29)), 1)))
    return ir.Compares(ir.DaysIn(state, draw(fixed), days_each=each), ">=", build.number(draw(wanted)))


simple = reachings() | selects().map(ir.Happens) | selects().map(lambda s: ir.Happens(s, negated=True)) | rising()


@st.composite
def conditions(draw: st.DrawFn) -> ir.Condition:
    if draw(st.integers(0, 3)):
        return draw(simple)
    items = tuple(map(ir.Item, draw(st.lists(simple, min_size=2, max_size=3))))
    return ir.AtLeast(items, draw(st.sampled_from((None, 1, 2))))


@st.composite
def outcomes(draw: st.DrawFn) -> tuple[ir.Outcome, ir.Outcome]:
    """An outcome `Base`, and one that may come after it, within a deadline, several times."""
    base = ir.Select(ir.Rows("Visit"), (), draw(st.none() | st.just(build.within(ir.Joining(), 3))))
    times = draw(st.sampled_from((None, build.number(2), build.number(13), "each")))
    main = build.outcome(
        "Main",
        draw(conditions()),
        after=draw(st.none() | st.just("Base")),
        deadline=draw(maybe_windows),
        times=None if times == "each" else times,
        each_time=times == "each",
    )
    return build.outcome("Base", ir.Happens(base)), main


@st.composite
def lives(draw: st.DrawFn, most: int = 10) -> list[Row]:
    """A joining, and rows some of which come before it, on one day, or at a boundary's distance from another."""
    joined = build.day(draw(st.sampled_from(JOININGS)))
    on = joined - draw(st.sampled_from((0, 0, 0, 1, 30)))
    found = [build.row("E00", "A", "Join", joined)]
    for number in range(draw(st.integers(1, most))):
        if draw(st.integers(0, 9)) == 0:
            on = joined + draw(st.sampled_from(GAPS))
        on += draw(st.sampled_from(GAPS))
        name = draw(st.sampled_from(NAMES))
        attributes = {}
        if name in ("Visit", "Work", "Arrest") and (kind := draw(st.sampled_from((None, "good", "bad")))):
            attributes["Kind"] = kind
        if name == "Visit" and draw(st.booleans()):
            attributes["Fee"] = 100
        found.append(build.row(f"E{draw(st.integers(1, 5))}{number:02}", "A", name, on, **attributes))
    return found


def contract(of: tuple[ir.Outcome, ...], observed: ir.Anchor | None = None) -> ir.Contract:
    events = [build.event("Join")]
    for name in NAMES:
        polarity = build.FEWER if name in ("Leave", "Enter Care", "Arrest") else build.MORE
        events.append(build.event(name, polarity, attributes=(KIND, FEE), observed_until=observed))
    return build.contract(events=tuple(events), states=STATES, outcomes=of, last_claim=date(2018, 12, 31))
