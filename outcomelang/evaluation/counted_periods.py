"""Periods as things: how many there are, in how many something happened, and the same one of another year."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY, shift
from outcomelang.evaluation import selections
from outcomelang.evaluation.scope import Scope, in_period

if TYPE_CHECKING:
    from outcomelang.evaluation.meaning import Meaning

PeriodsFound = Callable[[Scope, int], list[int]]


def periods_found(m: Meaning, select: ir.Select) -> PeriodsFound:
    """The periods of a calendar that lie whole in the window and in which each test is met for the subject."""
    assert isinstance(select.of, ir.Periods)
    calendar, bounds = m.world.calendars[select.of.calendar], selections.window(m, select.window)
    tests = [selections.person_test(m, test) for test in select.tests]

    def found(scope: Scope, until: int) -> list[int]:
        limits = bounds(scope)
        if limits is None:
            return []
        return [
            number
            for number, first, last in m.world.periods(calendar)
            if limits[0] <= first and last <= limits[1]
            if all(test(in_period(scope, calendar, number, first, last), until) for test in tests)
        ]

    return found


def settled(m: Meaning, select: ir.Select) -> Callable[[Scope], int]:
    """How many periods there are is known from the beginning; in how many something happened, when the last is over."""
    assert isinstance(select.of, ir.Periods)
    calendar, bounds = m.world.calendars[select.of.calendar], selections.window(m, select.window)

    def day(scope: Scope) -> int:
        limits = bounds(scope)
        ends = [last for _, _, last in m.world.periods(calendar) if limits is None or last <= limits[1]]
        return max(ends, default=FIRST_DAY) if select.tests else FIRST_DAY

    return day


def same_period(m: Meaning, node: ir.SamePeriod) -> Callable[[Scope], int | None]:
    """The first or last day of the period with the same place in another year: so many whole years back or on."""
    calendar = m.world.calendars[node.calendar]
    first, year = calendar.first.toordinal(), node.year.toordinal()
    after = shift(year, 12, 0)

    def day(scope: Scope) -> int | None:
        if scope.period is None or scope.period[0] != node.calendar:
            return None
        begins = calendar.months * (scope.period[1] - 1)
        while shift(first, begins, 0) >= after:
            begins -= 12
        while shift(first, begins, 0) < year:
            begins += 12
        return shift(first, begins + calendar.months, 0) - 1 if node.last else shift(first, begins, 0)

    return day
