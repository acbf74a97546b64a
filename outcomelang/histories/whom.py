"""Of whom something is made to happen: made-up people who have joined, alone or together, perhaps in a period."""

from __future__ import annotations

from attrs import evolve, field, frozen

from outcomelang.core import ir
from outcomelang.core.calendar import LAST_DAY, shift


@frozen
class Somebody:
    """A made-up participant. `labels` are the rows of groups and cohorts to which they belong."""

    name: str
    population: str
    joined: int
    labels: tuple[tuple[str, str], ...] = ()


@frozen
class Whom:
    """The people of a subject; `first` and `last` bound its `period` (calendar and label).

    `member` is the one of somebody's members, `row` the day of the row that is the
    subject, `compared` are those with whom they are compared.
    """

    people: tuple[Somebody, ...] = ()
    first: int | None = None
    last: int | None = None
    period: tuple[str, str] | None = None
    member: str = ""
    row: int | None = None
    compared: tuple[Somebody, ...] = field(default=(), repr=False)

    @property
    def joined(self) -> int | None:
        """The last day on which one of them joined."""
        return max((each.joined for each in self.people), default=None)

    @property
    def labels(self) -> dict[str, str]:
        """The rows of groups of the first of them, and the period, by which tables are read."""
        own = dict(self.people[0].labels) if self.people else {}
        return own | dict((self.period,) if self.period is not None else ())

    def each(self) -> tuple[Whom, ...]:
        """One after the other."""
        return tuple(evolve(self, people=(one,)) for one in self.people)


def in_period(whom: Whom, calendar: ir.Calendar, day: int) -> Whom:
    """The same people in the period in which a day lies: before the first one in that, after the last in none."""
    start, number = calendar.first.toordinal(), 0
    while True:
        first = shift(start, calendar.months * number, calendar.days * number)
        last = shift(start, calendar.months * (number + 1), calendar.days * (number + 1)) - 1
        number += 1
        if (calendar.last is not None and first > calendar.last.toordinal()) or first >= LAST_DAY - 400:
            return whom
        if day <= last:
            return evolve(whom, first=first, last=last, period=(calendar.name, f"{calendar.name} {number}"))


def joining_days(contract: ir.Contract, population: ir.Population) -> tuple[int, int]:
    """The first and the last permitted day of joining: what the ways in say, else the term."""
    term_first = contract.first_day.toordinal() if contract.first_day is not None else _LONG_AGO
    term_last = contract.last_day.toordinal() if contract.last_day is not None else term_first + _LONG
    windows = [way.select.window for way in population.ways]
    first = [fixed(window.first) if window is not None else None for window in windows]
    last = [fixed(window.last) if window is not None else None for window in windows]
    return (
        min((term_first if day is None else day for day in first), default=term_first),
        max((term_last if day is None else day for day in last), default=term_last),
    )


_LONG_AGO = 730_120  # 1 January 2000: any day does for a contract without a term
_LONG = 3_652


def fixed(edge: ir.Edge | None) -> int | None:
    """The day of an edge that the contract writes out."""
    if edge is None or not isinstance(edge.anchor, ir.Fixed):
        return None
    return shift(edge.anchor.day.toordinal(), edge.months, edge.days)
