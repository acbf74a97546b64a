"""Results that are achieved on a day, and plans: outcomes agreed for each participant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcomelang.core.ir.node import Node
from outcomelang.tree import node

if TYPE_CHECKING:
    from outcomelang.core.ir.conditions import Condition
    from outcomelang.core.ir.parties import Ruling
    from outcomelang.core.ir.quantities import Quantity
    from outcomelang.core.ir.subjects import Subject
    from outcomelang.core.ir.time import Window


@node
class Outcome(Node):
    """A result that is achieved on a day, or has failed, or is open, or awaits what must be said of it (`rulings`).

    `times` None: once. A quantity: up to so many times. `each_time`: without limit. A rung of a ladder is an outcome of
    its own: `name` is "Settled at 3 months", `family` "Settled". `after` bars days up to and including that outcome's.
    `partly` names the outcome that is its lesser success: "Settled in part", which has the same subject, deadline,
    `after` and number of times, and whose own `part_of` names the whole.
    """

    name: str
    subject: Subject
    when: Condition
    deadline: Window | None = None
    after: str | None = None
    times: Quantity | None = None
    each_time: bool = False
    family: str = ""
    plural: str = ""
    monitor_only: bool = False
    maintenance: bool = False
    rulings: tuple[Ruling, ...] = ()
    logged: tuple[str, ...] = ()
    partly: str | None = None
    part_of: str | None = None
    amended: tuple[AmendedOutcome, ...] = ()


@node
class AmendedOutcome(Node):
    """What an outcome is in some versions of the contract (by their places in `Contract.versions`).

    An achievement on a day is judged by the words of the version that governs the day; earlier ones keep standing.
    """

    versions: tuple[int, ...]
    amendment: int
    outcome: Outcome


@node
class Agreed(Node):
    """Each of these outcomes belongs to everybody's plan."""

    outcomes: tuple[str, ...]


@node
class GroupChoice(Node):
    """For those who carry the label, this outcome."""

    label: str
    outcome: str


@node
class AgreedByGroup(Node):
    """The outcome that goes with the participant's row of a group."""

    partition: str
    choices: tuple[GroupChoice, ...]


@node
class Chosen(Node):
    """So many of these, each chosen on a day of the window by a party (None: by the participants themselves)."""

    number: int
    outcomes: tuple[str, ...]
    by: str | None
    window: Window | None = None


Slot = Agreed | AgreedByGroup | Chosen


@node
class Plan(Node):
    """Outcomes of a participant, agreed by rows of `event` that name one each in `attribute`.

    `chooser` is the attribute that says who chose; where there is none, or it is empty, the row's source did.
    With `listed` the rows name the outcomes of every slot, without it only those that are chosen. Nothing is earned
    under a plan before the day on which it keeps every rule.
    """

    name: str
    population: str
    event: str | None
    attribute: str | None
    chooser: str | None
    listed: bool
    slots: tuple[Slot, ...]
