"""Sets of days as runs, and when a state reaches a length.

A run is a pair (first day, last day), both included. A set is a sequence of runs in order, apart by at least one day
(runs that touch are one run: "spells that touch are no break").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from outcomelang.core.calendar import FIRST_DAY, LAST_DAY, shift

Run = tuple[int, int]
Runs = Sequence[Run]


def union(runs: Iterable[Run]) -> list[Run]:
    """Merge runs given in any order; overlapping and touching ones become one."""
    merged: list[Run] = []
    for first, last in sorted(runs):
        if merged and first <= merged[-1][1] + 1:
            if last > merged[-1][1]:
                merged[-1] = (merged[-1][0], last)
        else:
            merged.append((first, last))
    return merged


def intersection(left: Runs, right: Runs) -> list[Run]:
    """The days in both sets."""
    shared: list[Run] = []
    i = j = 0
    while i < len(left) and j < len(right):
        (first, last), (begin, end) = left[i], right[j]
        if begin > first:
            first = begin
        if last < end:
            i += 1
        else:
            last = end
            j += 1
        if first <= last:
            shared.append((first, last))
    return shared


def complement(runs: Runs, until: int) -> list[Run]:
    """The days up to and including `until` that are in no run."""
    outside: list[Run] = []
    next_day = FIRST_DAY
    for first, last in runs:
        if first > until:
            break
        if next_day < first:
            outside.append((next_day, first - 1))
        next_day = last + 1
    if next_day <= until:
        outside.append((next_day, until))
    return outside


def clipped(runs: Runs, first: int, last: int) -> list[Run]:
    """The days of the set from `first` to `last`."""
    return [(a if a > first else first, b if b < last else last) for a, b in runs if b >= first and a <= last]


def length(runs: Runs) -> int:
    """How many days."""
    return sum(last - first + 1 for first, last in runs)


def bridged(runs: Runs, longest_break: int) -> list[Run]:
    """The set in which breaks of up to so many days do not count as breaks."""
    joined: list[Run] = []
    for first, last in runs:
        if joined and first - joined[-1][1] - 1 <= longest_break:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def reached_in_total(runs: Runs, days: int) -> Iterator[int]:
    """The day that completes the first `days` days, the next `days` days, and so on."""
    missing = days
    for start, last in runs:
        first = start
        while last - first + 1 >= missing:
            first += missing
            missing = days
            yield first - 1
        missing -= last - first + 1


def reached_without_break(runs: Runs, months: int, days: int) -> Iterator[int]:
    """In each run the day that completes the length, then the next, each counted from the run's first day.

    A run reaches three months on the day before the corresponding date: from 1 April, on 30 June.
    """
    for first, last in runs:
        if not months:
            yield from range(first + days - 1, last + 1, days)
            continue
        block = 1
        while (day := shift(first, months * block, days * block) - 1) <= last:
            yield day
            block += 1


def reached_in_any(runs: Runs, days: int, span_months: int, span_days: int) -> int | None:
    """The least day at which some span of the given length, ending there, holds so many days of the set.

    The span that first suffices begins with a run, or within one on the first of a month: elsewhere a span that begins
    a day earlier ends no more than a day earlier and holds as many.
    """
    best: int | None = None
    for start in _starts_of_spans(runs, in_months=span_months > 0):
        end_of_span = shift(start, span_months, span_days) - 1
        day = next(reached_in_total(clipped(runs, start, LAST_DAY), days), None)
        if day is not None and day <= end_of_span and (best is None or day < best):
            best = day
    return best


def most_in_any(runs: Runs, span_months: int, span_days: int) -> int:
    """The most days of the set that a span of the given length holds."""
    starts = _starts_of_spans(runs, in_months=span_months > 0)
    return max((length(clipped(runs, start, shift(start, span_months, span_days) - 1)) for start in starts), default=0)


def _starts_of_spans(runs: Runs, in_months: bool) -> Iterator[int]:
    for first, last in runs:
        yield first
        if in_months:
            month = date.fromordinal(first).replace(day=1).toordinal()
            while (month := shift(month, 1, 0)) <= last:
                yield month
