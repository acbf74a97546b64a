"""Civil dates as day numbers, and the corresponding date of English law.

A day is a proleptic Gregorian ordinal (`date.toordinal()`), so that days are counted by subtraction. Months are only
ever added to an original anchor, never step by step: 31 January plus two months is 31 March, not 28 March.
Source of the rule: Dodds v Walker [1981] 1 WLR 1027 (no corresponding date: the last day of that month).
"""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date
from functools import lru_cache

FIRST_DAY = date.min.toordinal()
LAST_DAY = date.max.toordinal()
_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def month_length(year: int, month: int) -> int:
    """Days in a month of the Gregorian calendar."""
    if month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):
        return 29
    return _MONTH_LENGTHS[month - 1]


@lru_cache(maxsize=65_536)
def corresponding(day: int, months: int) -> int:
    """The corresponding date `months` later (earlier if negative), clamped to the calendar's first and last day."""
    start = date.fromordinal(day)
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if year < MINYEAR:
        return FIRST_DAY
    if year > MAXYEAR:
        return LAST_DAY
    return date(year, month, min(start.day, month_length(year, month))).toordinal()


def shift(day: int, months: int, days: int) -> int:
    """The corresponding date `months` on, then `days` on, clamped to the calendar's first and last day."""
    moved = (corresponding(day, months) if months else day) + days
    return moved if FIRST_DAY <= moved <= LAST_DAY else FIRST_DAY if moved < FIRST_DAY else LAST_DAY


def day_text(day: int | None) -> str:
    """A day as people write it: 1 June 2011."""
    if day is None or not FIRST_DAY < day < LAST_DAY:
        return "an unknown day"
    civil = date.fromordinal(day)
    return f"{civil.day} {civil:%B %Y}"
