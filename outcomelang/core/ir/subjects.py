"""Of whom, or of what, something is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcomelang.core.ir.node import Node
from outcomelang.tree import node

if TYPE_CHECKING:
    from outcomelang.core.ir.conditions import Condition


@node
class Whole(Node):
    """The contract as one: everybody, every row."""


@node
class PerPerson(Node):
    """Each episode of participation in a population."""

    population: str


@node
class PerMember(Node):
    """Each member (a child of a family) of each participant."""

    member: str


@node
class PerGroup(Node):
    """Each row of a group or cohort: the people who carry its label."""

    partition: str


@node
class PerPeriod(Node):
    """Each period of a calendar, for each `of`."""

    calendar: str
    of: Whole | PerPerson | PerGroup


@node
class PerRow(Node):
    """Each occurrence of an event, read together with the participant it belongs to."""

    event: str


@node
class Pooled(Node):
    """All groups of a partition (or all people) together, except those for whom a condition holds."""

    of: PerGroup | PerPerson | PerPeriod
    except_where: Condition | None


Subject = Whole | PerPerson | PerMember | PerGroup | PerPeriod | PerRow | Pooled
