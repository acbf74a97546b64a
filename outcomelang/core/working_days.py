"""Working days: Mondays to Fridays that are no holidays. Counted from the day after an anchor, as `days` are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date

from outcomelang.core.calendar import FIRST_DAY, LAST_DAY


class WorkingDays:
    """Counts working days among day numbers (ordinals); 1 is a Monday."""

    def __init__(self, holidays: Iterable[date]) -> None:
        days = {day.toordinal() for day in holidays}
        self._free = sorted(day for day in days if (day - 1) % 7 < 5)

    def after(self, day: int, count: int) -> int:
        """The `count`-th working day after a day; before it, where `count` is less than nothing."""
        if count < 0:
            return self._at(self._until(day - 1) + count + 1)
        return self._at(self._until(day) + count) if count else day

    def from_itself(self, day: int, count: int) -> int:
        """The `count`-th working day of those that begin with a day."""
        return self.after(day - 1, count)

    def _until(self, day: int) -> int:
        """How many working days there are up to and including a day."""
        return 5 * (day // 7) + min(day % 7, 5) - bisect_right(self._free, day)

    def _at(self, number: int) -> int:
        """The working day of that number, within the calendar."""
        if number < 1:
            return FIRST_DAY
        return bisect_left(range(LAST_DAY), number, FIRST_DAY, LAST_DAY, key=self._until)
