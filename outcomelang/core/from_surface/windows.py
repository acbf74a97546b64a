"""Days and windows: every wording of a window becomes a pair of edges, every anchor a way to find one day.

The table of intervals is section 4 of the language's design: `within 12 months of D` includes the corresponding date,
`in the 12 months beginning with D` leaves it out (Trow v Ind Coope [1967] 2 QB 899).
"""

from __future__ import annotations

from datetime import date
from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.from_surface import refs, working_days
from outcomelang.core.from_surface.context import NOBODY, Elaboration, Scene
from outcomelang.core.from_surface.edits import before
from outcomelang.core.scope import Sort, Symbol
from outcomelang.core.types import Kind
from outcomelang.diagnostic import Remedy
from outcomelang.surface import ast


def length(e: Elaboration, duration: ast.Duration) -> tuple[int, int]:
    """A written length as whole months and whole days, one of them 0."""
    if duration.working:
        working_days.out_of_place(e, duration)
    factors = {"day": (0, 1), "week": (0, 7), "month": (1, 0), "year": (12, 0)}
    months, days = factors[duration.unit]
    count = duration.count
    if count.denominator != 1:
        e.say(
            "part-of-a-day",
            duration.span,
            f"Nobody can say on which day {refs.number_words(count)} {duration.unit}s end.",
            label="a whole number is needed",
            remedies=(Remedy("write the length in whole days, weeks or months"),),
        )
    return months * int(count), days * int(count)


def window(e: Elaboration, written: ast.Window, here: Scene) -> ir.Window:
    """The days that a window covers, both edges included."""
    at = e.at(written.span)
    match written:
        case ast.After():
            day = anchor(e, written.day, here)
            return ir.Window(ir.Edge(day, days=1), _far_edge(e, written.length, day), origin=at)
        case ast.Before():
            day = anchor(e, written.day, here)
            return ir.Window(_far_edge(e, written.length, day, sign=-1), ir.Edge(day, days=-1), origin=at)
        case ast.BeginningWith():
            return _beginning_with(e, written, here)
        case ast.SamePeriod():
            return _same_period(e, written, here)
        case ast.Between():
            first, last = anchor(e, written.first, here), anchor(e, written.last, here)
            in_order(e, written)
            return ir.Window(ir.Edge(first), ir.Edge(last), origin=at)
        case ast.On():
            day = anchor(e, written.day, here)
            return ir.Window(ir.Edge(day), ir.Edge(day), origin=at)
        case _:
            assert_never(written)


def _same_period(e: Elaboration, written: ast.SamePeriod, here: Scene) -> ir.Window:
    """`in the same Quarter of the year from D`: the period of that year that has the place of the one at hand."""
    at = e.at(written.span)
    symbol = e.find(written.period, "the period", Sort.PERIOD)
    calendar = e.calendars.get(symbol.name) if symbol is not None else None
    if symbol is None or calendar is None:
        return ir.Window(None, None, origin=at)
    subject, wrong = here.subject, ""
    if subject != NOBODY and not (isinstance(subject, ir.PerPeriod) and subject.calendar == symbol.name):
        wrong = f"it is not said for each {symbol.name}"
    elif not calendar.months or 12 % calendar.months:
        wrong = f"a year is no whole number of {e.other_number(symbol.name)}"
    if wrong:
        e.say(
            "period-does-not-fit",
            written.span,
            f"There is no “same {symbol.name}” of another year: {wrong}.",
            label="the same as which?",
            remedies=(Remedy(f"define … in each {symbol.name} as …"), Remedy("between … and …", "the days themselves")),
        )
    first, last = (ir.SamePeriod(symbol.name, written.first.day, last, origin=at) for last in (False, True))
    return ir.Window(ir.Edge(first), ir.Edge(last), origin=at)


def deadline(e: Elaboration, written: ast.Deadline, here: Scene) -> ir.Window:
    """The days on which an outcome may be achieved."""
    at = e.at(written.span)
    match written:
        case ast.Within():
            day = anchor(e, written.day, here)
            return ir.Window(ir.Edge(day), _far_edge(e, written.length, day), origin=at)
        case ast.BeginningWith():
            return _beginning_with(e, written, here)
        case ast.BeforeDay():
            return ir.Window(None, ir.Edge(anchor(e, written.day, here), days=-1), origin=at)
        case _:
            assert_never(written)


def _beginning_with(e: Elaboration, written: ast.BeginningWith, here: Scene) -> ir.Window:
    day = anchor(e, written.day, here)
    return ir.Window(ir.Edge(day), _far_edge(e, written.length, day, from_itself=True), origin=e.at(written.span))


def _far_edge(
    e: Elaboration, written: ast.Duration, day: ir.Anchor, sign: int = 1, from_itself: bool = False
) -> ir.Edge:
    """The edge of a window that lies so long after a day, or before it."""
    if written.working:
        count = working_days.number(e, written)
        return ir.Edge(working_days.day(e, ir.WorkingDay(day, sign * count, from_itself, origin=e.at(written.span))))
    months, days = length(e, written)
    return ir.Edge(day, sign * months, sign * days - (1 if from_itself else 0))


def delay(e: Elaboration, written: ast.Duration, anchor: ir.Anchor | None = None) -> ir.Delay:
    """So long after a day: civil days, months, or working days."""
    if written.working:
        return ir.Delay(0, 0, anchor, working_days.number(e, written), origin=e.at(written.span))
    months, days = length(e, written)
    return ir.Delay(months, days, anchor, origin=e.at(written.span))


def in_order(e: Elaboration, written: ast.Between) -> None:
    """Report two dates of which the second is before the first."""
    first, last = written.first, written.last
    if isinstance(first, ast.Date) and isinstance(last, ast.Date) and first.day > last.day:
        e.say(
            "dates-out-of-order",
            written.span,
            f"No day lies between {_day(first)} and {_day(last)}: the second day is before the first.",
            label="nothing can ever fall into this window",
        )


def _day(date: ast.Date) -> str:
    return f"{date.day.day} {date.day:%B %Y}"


# ---------------------------------------------------------------- anchors

_UNKNOWN_DAY = ir.Fixed(date.min)
"""Stands where a day could not be told, and that is said; what is built on it is thrown away."""


def anchor(e: Elaboration, day: ast.Day, here: Scene) -> ir.Anchor:
    """One day for the subject at hand."""
    match day:
        case ast.Date():
            return ir.Fixed(day.day)
        case ast.First():
            return _row_of(e, day.term, "first", here)
        case ast.Latest():
            return _row_of(e, day.term, "latest", here)
        case ast.Ref():
            return _named_day(e, day, here)
        case _:
            assert_never(day)


def words(day: ast.Day) -> str:
    """A day as the account shows it."""
    match day:
        case ast.Date():
            return _day(day)
        case ast.First(term):
            return f"the first {term.text}"
        case ast.Latest(term):
            return f"the latest {term.text}"
        case ast.Ref(term, at):
            return term.text if at is None else f"{term.text} at {refs.literal_words(at)}"
        case _:
            assert_never(day)


def _row_of(e: Elaboration, term: ast.Term, which: str, here: Scene) -> ir.Anchor:
    symbol = e.find(term, f"the {which} of something that happens", Sort.EVENT, Sort.OUTCOME)
    if symbol is None:
        return _UNKNOWN_DAY
    if symbol.sort is Sort.OUTCOME:
        name = refs.outcome(e, ast.Ref(term, span=term.span), here)
        return ir.RowOf(ir.Select(ir.Achievements(name)), which) if name else _UNKNOWN_DAY
    return ir.RowOf(ir.Select(ir.Rows(symbol.name)), which, origin=e.at(term.span))


def _named_day(e: Elaboration, ref: ast.Ref, here: Scene) -> ir.Anchor:
    symbol = e.scope.find(ref.term.text)
    if refs.row_attribute(e, ref.term, here) is not None:
        return _value_day(e, ref, here)
    if symbol is None or symbol.sort in (Sort.MEASURE, Sort.TABLE):
        return _value_day(e, ref, here)
    if symbol.sort is Sort.EVENT:
        refs.must_be_stepless(e, ref, symbol.name, str(symbol.sort))
        return _event_day(e, ref.term, symbol, here)
    if symbol.sort is Sort.OUTCOME:
        return _outcome_day(e, ref, symbol, here)
    if symbol.sort is not Sort.UNREAD:
        e.wrong_sort(ref.term, symbol, "a day", (Sort.EVENT, Sort.OUTCOME, Sort.TABLE, Sort.MEASURE))
    return _UNKNOWN_DAY


def _value_day(e: Elaboration, ref: ast.Ref, here: Scene) -> ir.Anchor:
    typed = refs.read(e, ref, here)
    if typed.kind is not None and typed.kind is not Kind.DATE:
        e.say(
            "not-a-day",
            ref.span,
            f"“{ref.term.text}” is {typed.kind}, so no window can be counted from it.",
            label="a day is needed",
        )
    return ir.DayValue(typed.quantity, origin=e.at(ref.span))


def _event_day(e: Elaboration, term: ast.Term, symbol: Symbol, here: Scene) -> ir.Anchor:
    if here.row == symbol.name:
        return ir.RowDay(origin=e.at(term.span))
    if here.subject == NOBODY or any(joins_only_on(e, population, symbol.name) for population in here.populations):
        return ir.Joining(origin=e.at(term.span))
    if e.scope.incomplete and not here.populations:
        return _UNKNOWN_DAY
    if any(population not in e.populations or not e.populations[population] for population in here.populations):
        return _UNKNOWN_DAY  # of whom it is not known how they join
    e.say(
        "repeatable-anchor",
        term.span,
        f"It is not clear from which day to count: “{term.text}” can happen more than once.",
        label="which one?",
        remedies=(
            Remedy(f"the first {symbol.name}", "counts from the earliest", before(term.span, "the first")),
            Remedy(f"the latest {symbol.name}", "counts from the last one known", before(term.span, "the latest")),
        ),
    )
    return _UNKNOWN_DAY


def joins_only_on(e: Elaboration, population: str, event: str) -> bool:
    """Whether joining the population is that event and no other: then the event names the joining day."""
    ways = e.populations.get(population, ())
    return bool(ways) and all(way == event for way in ways)


def _outcome_day(e: Elaboration, ref: ast.Ref, symbol: Symbol, here: Scene) -> ir.Anchor:
    name = refs.outcome(e, ref, here)
    shape = e.outcomes.get(symbol.name)
    if name is None or shape is None:
        return _UNKNOWN_DAY
    if shape.repeats:
        e.say(
            "repeatable-anchor",
            ref.span,
            f"It is not clear from which day to count: “{ref.term.text}” can be achieved more than once.",
            label="which one?",
            remedies=(
                Remedy(f"the first {symbol.name}", edits=before(ref.span, "the first")),
                Remedy(f"the latest {symbol.name}", edits=before(ref.span, "the latest")),
            ),
        )
    return ir.AchievedOn(name, origin=e.at(ref.span))
