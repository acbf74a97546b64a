"""The contract as a whole, how its terms change with time, and what things cost and are worth."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from outcomelang.core.ir.node import Node
from outcomelang.tree import node

if TYPE_CHECKING:
    from outcomelang.core.ir.facts import Event, State
    from outcomelang.core.ir.measures import Measure, Table
    from outcomelang.core.ir.outcomes import Outcome, Plan
    from outcomelang.core.ir.parties import JointParty, Party
    from outcomelang.core.ir.payments import Flow
    from outcomelang.core.ir.people import Member, Partition, Population
    from outcomelang.core.ir.proof import Acceptance, Assumption, Example
    from outcomelang.core.ir.selections import Select
    from outcomelang.core.ir.stages import Stage
    from outcomelang.core.ir.time import Calendar


@node
class Suspension(Node):
    """Days, both included, on which time limits of a length (`within 12 months of …`) do not run."""

    first: date
    last: date


@node
class Version(Node):
    """The terms from a day on as `amendment` left them (0: as signed).

    With `population`: for those of it who joined on `joined_from` or later, all their life, in place of everybody's.
    Of several the last holds whose day has come.
    """

    amendment: int
    first: date | None = None
    population: str | None = None
    joined_from: date | None = None


@node
class Cost(Node):
    """What each of these costs whoever provides for it, in minor units; changes no payment."""

    amount: Fraction
    select: Select


@node
class Benefit(Node):
    """What each of these is worth to a party, in minor units; changes no payment."""

    amount: Fraction
    select: Select
    to: str


@node
class Contract(Node):
    """A compiled contract. Every name used anywhere is declared here exactly once; invariants are tested.

    `minor_digits` of the currency: 2 for GBP. `stages` stand in the order of calculation. Flows that are due in some
    `versions` only may share a name.
    """

    title: str
    currency: str
    minor_digits: int
    first_day: date | None
    last_day: date | None
    last_claim: date | None
    value: int | None
    parties: tuple[Party, ...]
    joint_parties: tuple[JointParty, ...]
    populations: tuple[Population, ...]
    members: tuple[Member, ...]
    partitions: tuple[Partition, ...]
    calendars: tuple[Calendar, ...]
    events: tuple[Event, ...]
    states: tuple[State, ...]
    measures: tuple[Measure, ...]
    tables: tuple[Table, ...]
    outcomes: tuple[Outcome, ...]
    flows: tuple[Flow, ...]
    stages: tuple[Stage, ...]
    examples: tuple[Example, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()
    purpose: str = ""
    holidays: tuple[date, ...] = ()
    """Days that are no working days, beside Saturdays and Sundays."""
    costs: tuple[Cost, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    plans: tuple[Plan, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    versions: tuple[Version, ...] = ()
    """None: nothing in the contract changes with time. Else everybody's first, as signed and after each amendment."""
    assumptions: tuple[Assumption, ...] = ()
