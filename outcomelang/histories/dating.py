"""On which day something is made to happen, so that it lies in the window that the contract asks for."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY, LAST_DAY, shift
from outcomelang.core.fixed_values import fixed_value
from outcomelang.core.working_days import WorkingDays
from outcomelang.histories.making import Making
from outcomelang.histories.paid import pay
from outcomelang.histories.whom import Whom

_LATE = 400
"""Days after joining on which a day is put that nothing else fixes, so that windows before it lie after joining."""


def anchor_day(w: Making, node: ir.Anchor, whom: Whom) -> int:
    """The day of an anchor for somebody; a row that it names is made if there is none yet."""
    match node:
        case ir.Fixed(day):
            return day.toordinal()
        case ir.Joining():
            return start(w, whom)
        case ir.RowDay():
            return whom.row if whom.row is not None else start(w, whom)
        case ir.RowOf(select, which):
            return _row_day(w, select, which, whom)
        case ir.AchievedOn(outcome):
            w.achieved(outcome, whom)
            return achieved_day(w, outcome, whom)
        case ir.DayValue(quantity):
            written = fixed_value(w.names, quantity, whom.labels)
            return start(w, whom) if written is None else int(written)
        case ir.SamePeriod(_, year, last):
            return _same_period(w, year, last, whom)
        case ir.WorkingDay(anchor, count, from_itself):
            working, base = WorkingDays(w.names.contract.holidays), anchor_day(w, anchor, whom)
            return working.from_itself(base, count) if from_itself else working.after(base, count)


def start(w: Making, whom: Whom) -> int:
    """The day from which things happen to somebody: joining, else the beginning of the term."""
    if whom.joined is not None:
        return whom.joined
    first = w.names.contract.first_day
    return first.toordinal() if first is not None else FIRST_DAY


def _row_day(w: Making, select: ir.Select, which: str, whom: Whom) -> int:
    assert isinstance(select.of, ir.Rows), "an anchor is the day of a row"
    event, who = select.of.event, whom.people[0].name if whom.people else ""
    days = [fact.day for fact in w.facts if fact.event == event and fact.participant == who]
    if days:
        return max(days) if which == "latest" else min(days)
    day = w.anchors if w.anchors is not None else min(start(w, whom) + _LATE, _last_day(w))
    w.row(who, event, day, select.tests)
    return day


def _last_day(w: Making) -> int:
    last = w.names.contract.last_day
    return last.toordinal() if last is not None else LAST_DAY


def _same_period(w: Making, year: date, last: bool, whom: Whom) -> int:
    """The first or last day of the period that has the same place in another year."""
    here = whom.first if whom.first is not None else start(w, whom)
    until = whom.last if whom.last is not None else here
    months = (date.fromordinal(here).year - year.year) * 12
    while shift(here, -months, 0) < year.toordinal():
        months -= 12
    while shift(here, -months - 12, 0) >= year.toordinal():
        months += 12
    return shift(until + 1, -months, 0) - 1 if last else shift(here, -months, 0)


def achieved_day(w: Making, outcome: str, whom: Whom) -> int:
    """The day on which somebody last achieved an outcome, by the evaluator; the start, if it was not."""
    who = whom.people[0].name if whom.people else ""
    result = pay(w.names.contract, w.history()).result(outcome, who)
    return result.achievements[-1].day if result is not None and result.achievements else start(w, whom)


def edges(w: Making, window: ir.Window, whom: Whom) -> tuple[int | None, int | None]:
    """The first and the last day of a window for somebody."""
    first, last = (
        None if edge is None else shift(anchor_day(w, edge.anchor, whom), edge.months, edge.days)
        for edge in (window.first, window.last)
    )
    return first, last


def anchored(w: Making, window: ir.Window | None, whom: Whom) -> None:
    """What the window of something that does not happen is counted from has happened."""
    if window is not None:
        for part in whom.each() or (whom,):
            edges(w, window, part)


def placed(w: Making, window: ir.Window | None, whom: Whom) -> int:
    """A day in the window, else in the period: the first one after joining that there is, else the window's last."""
    first, last = edges(w, window, whom) if window is not None else (whom.first, whom.last)
    begun = start(w, whom) + (1 if whom.people else 0)
    day = begun if first is None else max(first, begun)
    return day if last is None or day <= last else max(last, first if first is not None else last)


def since(w: Making, whom: Whom, day: int) -> Whom:
    """The same people, of whom everything happens from a day on."""
    return evolve(whom, people=tuple(evolve(each, joined=max(each.joined, day)) for each in whom.people))
