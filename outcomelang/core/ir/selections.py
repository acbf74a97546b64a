"""Which rows, people, members, achievements or periods are meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcomelang.core.ir.node import Node
from outcomelang.tree import node

if TYPE_CHECKING:
    from outcomelang.core.ir.quantities import Const
    from outcomelang.core.ir.time import Window


@node
class Rows(Node):
    """Rows of an event."""

    event: str


@node
class People(Node):
    """Episodes of participation in a population."""

    population: str


@node
class Members(Node):
    member: str


@node
class Achievements(Node):
    """Achievements of an outcome."""

    outcome: str


@node
class Periods(Node):
    calendar: str


Domain = Rows | People | Members | Achievements | Periods


@node
class AttributeIs(Node):
    """The attribute of the row is one of these labels (labels as declared or as logged, compared as names are)."""

    attribute: str
    labels: tuple[str, ...]
    negated: bool = False


@node
class AttributeCompares(Node):
    """The attribute compares with a constant. `comparator` is one of >= <= > < ==."""

    attribute: str
    comparator: str
    value: Const


@node
class AttributeDated(Node):
    """The date in the attribute lies in the window."""

    attribute: str
    window: Window


@node
class AttributeGiven(Node):
    """The attribute is given: not empty, not the label "none"; for yes or no: it is "yes"."""

    attribute: str
    negated: bool = False


@node
class Has(Node):
    """The person (or row's participant) has at least one such row, achievement or member."""

    select: Select
    negated: bool = False


@node
class InGroup(Node):
    """The person belongs to one of these rows of a group or cohort."""

    partition: str
    labels: tuple[str, ...]


Test = AttributeIs | AttributeCompares | AttributeDated | AttributeGiven | Has | InGroup


@node
class Select(Node):
    """Things of a domain, in the subject at hand, that pass every test and whose day lies in the window.

    The day of a row is its date, of a person the joining, of an achievement its day. Without a window, and inside a
    subject "in each PERIOD", the period is the window. `among` names a comparison population (or a group's label set)
    whose people are counted instead of the subject's own.
    """

    of: Domain
    tests: tuple[Test, ...] = ()
    window: Window | None = None
    among: str | None = None
