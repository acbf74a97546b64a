"""The corresponding date, against a calendar that is walked day by day and knows nothing of `datetime`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import MAXYEAR, date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomelang.core.calendar import FIRST_DAY, LAST_DAY, corresponding, month_length, shift

FIRST, LAST = date(1900, 1, 1).toordinal(), date(2100, 12, 31).toordinal()
FARTHEST = 24
DAYS = st.integers(FIRST, LAST)
MONTHS = st.integers(-240, 240)


def walk() -> Iterator[tuple[int, int, int]]:
    """Year, month and day from 1 January 1897 on, one day after another, by the rhyme that every child learns."""
    year, month, day = 1897, 1, 1
    while True:
        yield year, month, day
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        longest = 30 if month in (4, 6, 9, 11) else 31 if month != 2 else 29 if leap else 28
        day += 1
        if day > longest:
            day, month = 1, month + 1
        if month > 12:
            month, year = 1, year + 1


def walked() -> tuple[list[tuple[int, int, int]], list[list[int]]]:
    """Month number, day of the month and ordinal of each day from 1897 to 2103, and the ordinals of each month."""
    days: list[tuple[int, int, int]] = []
    months: list[list[int]] = []
    ordinal = FIRST - 365 * 3
    for year, month, day in walk():
        if year > 2103:
            return days, months
        if day == 1:
            months.append([])
        months[-1].append(ordinal)
        days.append(((year - 1897) * 12 + month - 1, day, ordinal))
        ordinal += 1
    raise AssertionError


def test_every_day_of_two_centuries_and_two_years_of_months_each_way() -> None:
    days, months = walked()
    plain = corresponding.__wrapped__  # 3.6 million different questions would only fill the memory of answers
    wrong = [
        (ordinal, distance)
        for number, day, ordinal in days
        if FIRST <= ordinal <= LAST
        for distance in range(-FARTHEST, FARTHEST + 1)
        if plain(ordinal, distance) != (months[number + distance][:day])[-1]
    ]
    assert wrong == []


def test_the_walked_calendar_covers_the_two_centuries() -> None:
    days, _ = walked()
    assert sum(FIRST <= ordinal <= LAST for _, _, ordinal in days) == LAST - FIRST + 1 == 73_414
    assert (
        next(ordinal for number, day, ordinal in days if (number, day) == ((2000 - 1897) * 12 + 1, 29))
        == date(2000, 2, 29).toordinal()
    )


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-01-31", 2, "2024-03-31"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("1900-02-28", 0, "1900-02-28"),
        ("1899-11-30", 3, "1900-02-28"),
        ("2000-01-30", 1, "2000-02-29"),
        ("2024-03-31", -1, "2024-02-29"),
        ("2024-12-31", 2, "2025-02-28"),
        ("2024-09-30", 4, "2025-01-30"),
    ],
)
def test_cases_that_lawyers_know(day: str, months: int, expected: str) -> None:
    assert corresponding(date.fromisoformat(day).toordinal(), months) == date.fromisoformat(expected).toordinal()


@given(DAYS, MONTHS)
def test_never_step_by_step(day: int, months: int) -> None:
    """Month after month the day of the month can only be lost; from the anchor it is lost once, in the last month."""
    stepped = day
    for _ in range(abs(months)):
        stepped = corresponding(stepped, 1 if months > 0 else -1)
    direct = date.fromordinal(corresponding(day, months))
    assert stepped <= direct.toordinal()
    assert direct.day == min(date.fromordinal(day).day, month_length(direct.year, direct.month))
    assert (direct.year, direct.month) == (date.fromordinal(stepped).year, date.fromordinal(stepped).month)


@given(DAYS, MONTHS)
def test_there_and_back_loses_at_most_the_days_a_month_is_shorter(day: int, months: int) -> None:
    back = corresponding(corresponding(day, months), -months)
    assert 0 <= day - back <= 3
    assert back == day or date.fromordinal(day).day > 28


@given(DAYS, DAYS, MONTHS)
def test_later_days_never_have_an_earlier_corresponding_date(a: int, b: int, months: int) -> None:
    earlier, later = sorted((a, b))
    assert corresponding(earlier, months) <= corresponding(later, months)


@given(DAYS, st.integers(-240, 239))
def test_more_months_are_strictly_later(day: int, months: int) -> None:
    assert corresponding(day, months) < corresponding(day, months + 1)


@given(DAYS, st.integers(0, 240))
def test_the_day_is_in_the_window_before_the_corresponding_date_exactly_if_that_lies_after_it(
    day: int, months: int
) -> None:
    """Looking forward from a day and back from its corresponding date are inverse, but for days a month has not."""
    end = corresponding(day, months)
    first_of_window = corresponding(end, -months)
    assert first_of_window <= day
    assert (first_of_window == day) == (date.fromordinal(day).day <= date.fromordinal(end).day)


@given(DAYS, MONTHS, st.integers(-800, 800))
def test_shift_counts_days_from_the_corresponding_date(day: int, months: int, days: int) -> None:
    assert shift(day, months, days) == corresponding(day, months) + days
    assert shift(day, 0, days) == day + days


@pytest.mark.parametrize("day", [FIRST_DAY, LAST_DAY])
def test_beyond_the_calendar_lies_its_first_or_last_day(day: int) -> None:
    assert corresponding(day, -MAXYEAR * 12) == shift(day, -MAXYEAR * 12, 0) == FIRST_DAY
    assert corresponding(day, MAXYEAR * 12) == shift(day, MAXYEAR * 12, 0) == LAST_DAY
    assert shift(day, 0, -5_000_000) == FIRST_DAY
    assert shift(day, 0, 5_000_000) == LAST_DAY
