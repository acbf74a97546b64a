"""Days, windows of days and deadlines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcomelang.surface.ast.node import Node
from outcomelang.surface.ast.words import Date, Ref
from outcomelang.tree import node

if TYPE_CHECKING:
    from outcomelang.surface.ast.words import Duration, Term


@node
class First(Node):
    """`the first Release`"""

    term: Term


@node
class Latest(Node):
    """`the latest Release`"""

    term: Term


Day = Date | Ref | First | Latest


@node
class After(Node):
    """`in the 12 months after DAY`"""

    length: Duration
    day: Day


@node
class Before(Node):
    """`in the 12 months before DAY`"""

    length: Duration
    day: Day


@node
class BeginningWith(Node):
    """`in the 12 months beginning with DAY`; as a deadline `within the 728 days beginning with DAY`"""

    length: Duration
    day: Day


@node
class Between(Node):
    """`between DAY and DAY`"""

    first: Day
    last: Day


@node
class SamePeriod(Node):
    """`in the same Quarter of the year from D`: the period in the year from D that corresponds"""

    period: Term
    first: Date


@node
class On(Node):
    """`on DAY`"""

    day: Day


@node
class Within(Node):
    """A deadline: `within 104 weeks of DAY`"""

    length: Duration
    day: Day


@node
class BeforeDay(Node):
    """A deadline: `before DAY`"""

    day: Day


Window = After | Before | BeginningWith | SamePeriod | Between | On
Deadline = Within | BeginningWith | BeforeDay
