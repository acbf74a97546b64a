"""Days, windows of days, and periods."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from outcomelang.core.ir.node import Node
from outcomelang.tree import node

if TYPE_CHECKING:
    from outcomelang.core.ir.quantities import Quantity
    from outcomelang.core.ir.selections import Select


@node
class Fixed(Node):
    """A day written in the contract."""

    day: date


@node
class Joining(Node):
    """The day on which the episode of the person at hand began."""


@node
class RowDay(Node):
    """The day of the row that is the subject."""


@node
class RowOf(Node):
    """The day of the first, latest or only row that `select` finds for the person at hand; unknown if there is none.

    `which` is "first", "latest" or "only" (declared once, or refused when the log has two).
    """

    select: Select
    which: str


@node
class AchievedOn(Node):
    """The day on which the person at hand achieved an outcome; unknown while it is not achieved."""

    outcome: str


@node
class DayValue(Node):
    """A day that a quantity of unit DATE gives (a date in a table, an attribute)."""

    quantity: Quantity


@node
class SamePeriod(Node):
    """The first or last day of the period that has the same place in the year from `year` as the one at hand has."""

    calendar: str
    year: date
    last: bool


@node
class WorkingDay(Node):
    """The `count`-th working day after an anchor (before it, where less than nothing).

    With `from_itself` the anchor's own day is the first of them, if it is a working day. A working day is a Monday to
    Friday that is none of the contract's holidays.
    """

    anchor: Anchor
    count: int
    from_itself: bool = False


Anchor = Fixed | Joining | RowDay | RowOf | AchievedOn | DayValue | SamePeriod | WorkingDay


@node
class Edge(Node):
    """The anchor's corresponding date `months` on (or back), then `days` on (or back)."""

    anchor: Anchor
    months: int = 0
    days: int = 0


@node
class Window(Node):
    """Days from `first` up to and including `last`; a missing edge is open.

    within N of D: (D, D+N) · in the N after D: (D+1 day, D+N) · beginning with D: (D, D+N-1 day)
    · before D (with N): (D-N, D-1 day) · before D: (-, D-1 day) · between A and B: (A, B) · on D: (D, D).
    """

    first: Edge | None
    last: Edge | None


@node
class Calendar(Node):
    """Periods of equal length from `first`, each from its own corresponding date; labels are `NAME 1`, `NAME 2` …"""

    name: str
    months: int
    days: int
    first: date
    last: date | None
