"""Values and how they are reckoned, each with its unit."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from outcomelang.core.ir.node import Node
from outcomelang.tree import node

if TYPE_CHECKING:
    from outcomelang.core.ir.selections import Select, Test
    from outcomelang.core.ir.time import Window


class Unit(StrEnum):
    """What a value is. Money and numbers never mix; days (and weeks) never compare with months (and years)."""

    MONEY = "money"
    NUMBER = "number"
    PERCENTAGE = "percentage"
    DATE = "date"
    LABEL = "label"
    FLAG = "yes or no"
    DAYS = "days"
    MONTHS = "months"


@node
class Const(Node):
    """A written value: `Fraction` for numbers of every unit, `date`, or a label."""

    value: Fraction | date | str
    unit: Unit


@node
class Counted(Node):
    """How many things a selection finds. Unit NUMBER."""

    select: Select


@node
class Summed(Node):
    """The sum of a numeric attribute over selected rows; no value when there is no row."""

    attribute: str
    select: Select
    unit: Unit


@node
class DaysIn(Node):
    """How many days of a state fall into the window (the period, else all observed days). Unit DAYS or NUMBER."""

    state: str
    window: Window | None
    tests: tuple[Test, ...] = ()
    among: str | None = None
    days_each: int = 1
    """1 for days, 7 for whole weeks (rounded down)."""


@node
class Attribute(Node):
    """An attribute of the row that is the subject; no value where it is empty."""

    name: str
    unit: Unit


@node
class Read(Node):
    """A defined measure, read for the subject at hand or for the wider subject that contains it."""

    measure: str
    unit: Unit


@node
class Lookup(Node):
    """The value of a table for the subject at hand; no value where no row fits."""

    table: str
    unit: Unit


@node
class Arith(Node):
    """`op` is + - * / min max. A quotient by zero has no value; neither has anything computed from no value."""

    op: str
    left: Quantity
    right: Quantity
    unit: Unit


@node
class Excess(Node):
    """`of` less `over`, never below nothing."""

    of: Quantity
    over: Quantity
    unit: Unit


@node
class ChangeOf(Node):
    """Fall from base to new (rise if not `fall`); relative to the base, or in points when both are percentages."""

    base: Quantity
    new: Quantity
    fall: bool
    relative: bool


@node
class Rounded(Node):
    """To whole numbers. `mode` is down, up, half up, half even."""

    of: Quantity
    mode: str
    unit: Unit


@node
class ContractValue(Node):
    """The declared value of the contract, in minor units."""


@node
class Observed(Node):
    """What was reported of the subject at hand under a figure; no value while nothing is.

    `answered_by`: the mean of what the people of the subject answered, if at least the share `least` of them did.
    """

    figure: str
    unit: Unit
    answered_by: str | None = None
    least: Fraction | None = None


@node
class Indexed(Node):
    """`of` on the day of the payment, raised or lowered as a figure has changed since a day: a step each year.

    A step is taken on each anniversary of `since`: the figure of the last period over by then, divided by that of the
    step before (first of `since` itself), and at most 1 + `cap`.
    """

    of: Quantity
    figure: str
    since: date
    cap: Fraction | None
    unit: Unit


Quantity = (
    Const
    | Counted
    | Summed
    | DaysIn
    | Attribute
    | Read
    | Lookup
    | Arith
    | Excess
    | ChangeOf
    | Rounded
    | ContractValue
    | Observed
    | Indexed
)
