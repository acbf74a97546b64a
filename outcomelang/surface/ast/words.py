"""Words and literals."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal

from outcomelang.surface.ast.node import Node
from outcomelang.tree import node

TimeUnit = Literal["day", "week", "month", "year"]
Kind = Literal["money", "number", "percentage", "date", "label", "yes or no"]
Comparator = Literal["at least", "at most", "above", "below", "exactly"]


@node
class Term(Node):
    """A Defined Term as the author spelled it, white space folded to single blanks: `Job Start`."""

    text: str


@node
class Name(Node):
    """A name being declared, with its irregular other number: `Child (Children)`."""

    text: str
    other: str | None = None


@node
class Ref(Node):
    """A use of a name, perhaps one rung of its ladder: `Settled at 3 months`."""

    term: Term
    at: Literal_ | None = None


@node
class Money(Node):
    """`amount` in major units (pounds); `currency` is the code (`GBP` for £, `USD` for $, `EUR` for €)."""

    amount: Fraction
    currency: str


@node
class Percent(Node):
    """`value` as a fraction of one: 5% is 1/20."""

    value: Fraction


@node
class Points(Node):
    """Percentage points as a fraction of one: 5 percentage points are 1/20."""

    value: Fraction


@node
class Number(Node):
    value: Fraction


@node
class Duration(Node):
    count: Fraction
    unit: TimeUnit
    working: bool = False


@node
class Date(Node):
    day: date


@node
class Text(Node):
    value: str


Literal_ = Money | Percent | Points | Number | Duration


@node
class Ladder(Node):
    """`3, 6, 12 and 18 months`, `£768 and £1,631`"""

    rungs: tuple[Duration | Money | Number, ...]
