"""What holds of a subject, or does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcomelang.core.ir.node import Node
from outcomelang.tree import node

if TYPE_CHECKING:
    from outcomelang.core.ir.quantities import Quantity
    from outcomelang.core.ir.selections import Select, Test
    from outcomelang.core.ir.time import Anchor, Window


@node
class Compares(Node):
    """`comparator` is one of >= <= > < ==."""

    left: Quantity
    comparator: str
    right: Quantity


@node
class LabelIs(Node):
    """The label of a quantity (an attribute, a table) or of a group is one of these."""

    of: Quantity | GroupLabel
    labels: tuple[str, ...]
    negated: bool = False


@node
class GroupLabel(Node):
    """The row of a partition to which the subject at hand belongs."""

    partition: str


@node
class ValueGiven(Node):
    of: Quantity
    negated: bool = False


@node
class Happens(Node):
    """At least one thing is selected (`occurs`); `negated`: none is, known once the window has been observed."""

    select: Select
    negated: bool = False


@node
class Reaches(Node):
    """A state reaches a length.

    `target` has unit DAYS or MONTHS. `mode`: "in total", "without a break", "in any" (then `span_months`/`span_days`
    is the rolling span). `allowed_break` is the longest break in days that does not count as one. `begun` keeps the
    runs of the state whose first day lies in the window; `counted_from` cuts off the days before it. `further`:
    successive blocks, the first starting the day after the outcome named by `after` (else at `counted_from`), each
    later one the day after the last ended.
    """

    state: str
    target: Quantity
    mode: str
    begun: Window | None = None
    counted_from: Anchor | None = None
    further: bool = False
    allowed_break: int = 0
    span_months: int = 0
    span_days: int = 0


@node
class Achieved(Node):
    """An outcome is achieved (negated: is not) for the subject at hand."""

    outcome: str
    negated: bool = False


@node
class Item(Node):
    """A part of a list; where `where` fails it is left out."""

    condition: Condition
    where: Condition | None = None


@node
class AtLeast(Node):
    """At least `least` of the applicable items hold; None: all of them (and at least one is applicable)."""

    items: tuple[Item, ...]
    least: int | None


@node
class ForMembers(Node):
    """`least` members hold; None: every one; 0: not one."""

    member: str
    tests: tuple[Test, ...]
    least: int | None
    condition: Condition


Condition = Compares | LabelIs | ValueGiven | Happens | Reaches | Achieved | AtLeast | ForMembers
