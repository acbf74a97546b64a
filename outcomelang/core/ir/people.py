"""Who takes part, their members, and the groups and cohorts they fall into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcomelang.core.ir.node import Node
from outcomelang.tree import node

if TYPE_CHECKING:
    from outcomelang.core.ir.facts import Spelling
    from outcomelang.core.ir.quantities import Const
    from outcomelang.core.ir.selections import Select, Test


@node
class Way(Node):
    """One way in: the first, or each, row that `select` finds (`window` there bounds the joining day)."""

    select: Select
    first: bool


@node
class Population(Node):
    """Participants. An episode begins on the first of its ways; `again_*` allows a new one that long after it.

    `comparison_of` names the partition or population for which this one is a comparison (never participants).
    """

    name: str
    plural: str
    ways: tuple[Way, ...]
    once: bool
    again_months: int = 0
    again_days: int = 0
    selected_by: str | None = None
    most: int | None = None
    comparison_of: str | None = None
    tests: tuple[Test, ...] = ()
    method: str | None = None
    chosen_by: str | None = None
    logged: tuple[str, ...] = ()
    """How a log calls them where they are those who choose: `client`."""


@node
class Member(Node):
    name: str
    plural: str
    of: str
    event: str
    attribute: str
    tests: tuple[Test, ...] = ()


@node
class Bounds(Node):
    """A range of a group row or table row: open ends are None."""

    first: Const | None
    first_included: bool
    last: Const | None
    last_included: bool


@node
class PartitionRow(Node):
    label: str
    bounds: Bounds | None = None
    logged: tuple[str, ...] = ()
    logged_from: tuple[Spelling, ...] = ()


@node
class ByLabel(Node):
    """The label that the log carries: in `attribute` of the person's row of `event`."""

    event: str
    attribute: str


@node
class ByValue(Node):
    """The row whose bounds hold the value: of `attribute` of the person's first row of `event`, or its date (None)."""

    event: str
    attribute: str | None


@node
class ByMeasured(Node):
    """The row whose bounds hold a measure."""

    measure: str


@node
class ByOwnLabel(Node):
    """Set by a party with no row of its own: the log carries it in a column of the group's name on the joining row."""


Classifier = ByLabel | ByValue | ByMeasured | ByOwnLabel


@node
class Partition(Node):
    """A group or cohort (`word`) of a population or calendar. Fixed at joining."""

    name: str
    word: str
    of: str
    classifier: Classifier
    rows: tuple[PartitionRow, ...]
    set_by: tuple[str, ...] = ()
