"""Flows of money: who pays whom, how much, for what, and when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from outcomelang.core.ir.node import Node
from outcomelang.tree import node

if TYPE_CHECKING:
    from outcomelang.core.ir.conditions import Condition
    from outcomelang.core.ir.measures import KeyByGroup, KeyByPeriod
    from outcomelang.core.ir.parties import Ruling
    from outcomelang.core.ir.quantities import Quantity
    from outcomelang.core.ir.selections import Select, Test
    from outcomelang.core.ir.subjects import Subject
    from outcomelang.core.ir.time import Anchor, Window


@node
class OneEach(Node):
    """One unit for each instance of the flow's subject (a lump sum for Whole, a head for PerPerson …).

    Of people and members only those whose joining (or first) row passes the tests and lies in the window.
    """

    tests: tuple[Test, ...] = ()
    window: Window | None = None


@node
class EachAchievement(Node):
    """One unit for each achievement of an outcome by people who pass the tests, on a day in the window."""

    outcome: str
    tests: tuple[Test, ...] = ()
    window: Window | None = None


@node
class EachRow(Node):
    """One unit for each selected row; the amount is read with that row as subject."""

    select: Select


@node
class EachUnit(Node):
    """As many units as the quantity gives. `parts`: "proportion" (fractions are paid) or "whole" (rounded down)
    or "exact" (the quantity is a whole number by its construction). `scale` 100 counts percentage points."""

    quantity: Quantity
    parts: str
    scale: int = 1


@node
class EachInPlan(Node):
    """One unit for each outcome of a participant's plan that is achieved (`partly`: of which a part is)."""

    plan: str
    partly: bool


Driver = OneEach | EachAchievement | EachRow | EachUnit | EachInPlan


@node
class NamedParty(Node):
    party: str


@node
class Jointly(Node):
    joint: str


@node
class PartyOfGroup(Node):
    """The party whose name is the label of the person's group."""

    partition: str


Payer = NamedParty | Jointly | PartyOfGroup


@node
class Instalments(Node):
    """One unit paid in `number` equal parts, on `first` and each `months`/`days` after (counted from the first)."""

    number: int
    months: int
    days: int
    first: date


@node
class Delay(Node):
    """Due so long after verification (`anchor` None) or after a day."""

    months: int
    days: int
    anchor: Anchor | None = None
    working: int = 0
    """Working days, in place of months and days."""


@node
class Withheld(Node):
    """Earned on its own day, and kept back until this one; where it never comes, for good."""

    until: Anchor
    title: str


@node
class Flow(Node):
    """A payment (or, if `repays`, a repayment: payer gives back to payee and it counts negative).

    `name` is the line of the statement; `card` the payment clause it belongs to (a rate card has one flow a line).
    `amount` per unit, read in the driver's subject. Earned on the driver's day or the gate's, if later.
    `up_to_paid` bounds a repayment by what the payee has paid.
    """

    name: str
    card: str
    repays: bool
    payer: Payer
    payee: Payer
    amount: Quantity
    subject: Subject
    driver: Driver
    gate: Condition | None = None
    instalments: Instalments | None = None
    in_advance: bool = False
    claimed_within: Delay | None = None
    due: Delay | None = None
    stacks_with: tuple[str, ...] = ()
    up_to_paid: bool = False
    rulings: tuple[Ruling, ...] = ()
    shown_by: KeyByGroup | KeyByPeriod | None = None
    """Splits the line of the statement."""
    versions: tuple[int, ...] = ()
    """The versions of the contract in which it is due; none: in all. Flows of one name are one line, each its time."""
    amendment: int = 0
    """The amendment that it comes from; 0: as signed."""
    withheld: Withheld | None = None
