"""Working days, counted one by one: the slow way."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomelang.core.calendar import FIRST_DAY, LAST_DAY
from outcomelang.core.working_days import WorkingDays

DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


def is_working(day: date, holidays: set[date]) -> bool:
    return day.weekday() < 5 and day not in holidays


def walk(day: date, count: int, holidays: set[date]) -> date:
    """Go on (or back) day by day; each working day met is one."""
    step = timedelta(1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_working(day, holidays)
    return day


@given(DAYS, st.integers(-60, 60), st.sets(DAYS, max_size=40))
def test_they_are_counted_from_the_day_after(day: date, count: int, holidays: set[date]) -> None:
    found = WorkingDays(holidays).after(day.toordinal(), count)
    assert date.fromordinal(found) == walk(day, count, holidays)


@given(DAYS, st.integers(1, 60), st.sets(DAYS, max_size=40))
def test_beginning_with_a_day_it_is_the_first_of_them_if_it_is_one(day: date, count: int, holidays: set[date]) -> None:
    found = date.fromordinal(WorkingDays(holidays).from_itself(day.toordinal(), count))
    between = [day + timedelta(n) for n in range((found - day).days + 1)]
    assert sum(is_working(each, holidays) for each in between) == count
    assert is_working(found, holidays)


@pytest.mark.parametrize(("count", "found"), [(10**9, LAST_DAY), (-(10**9), FIRST_DAY)])
def test_they_end_with_the_calendar(count: int, found: int) -> None:
    assert WorkingDays(()).after(date(2025, 1, 1).toordinal(), count) == found
