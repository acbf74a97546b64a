"""The numbers that a contract defines: measures, and tables looked up by group, period or quantity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcomelang.core.ir.node import Node
from outcomelang.core.ir.people import Bounds
from outcomelang.tree import node

if TYPE_CHECKING:
    from outcomelang.core.ir.quantities import Const, Quantity, Unit
    from outcomelang.core.ir.subjects import Subject


@node
class Measure(Node):
    """A defined number: `name` of `subject`."""

    name: str
    subject: Subject
    quantity: Quantity
    unit: Unit
    plural: str = ""


@node
class LabelKey(Node):
    label: str


@node
class PointKey(Node):
    value: Const


TableKey = LabelKey | Bounds | PointKey


@node
class KeyByGroup(Node):
    partition: str


@node
class KeyByPeriod(Node):
    calendar: str


@node
class KeyByQuantity(Node):
    """A measure or an attribute, looked up by range, point or label."""

    quantity: Quantity


KeySource = KeyByGroup | KeyByPeriod | KeyByQuantity


@node
class TableRow(Node):
    keys: tuple[TableKey, ...]
    value: Const | None
    """None is "nothing"."""


@node
class UntilPaid(Node):
    """A price (or share) until so much has been paid under it, then another; the unit at the margin is split."""

    threshold: int
    after: Const | None


@node
class Table(Node):
    """With `until_paid` there is one row without keys: the value before the threshold."""

    name: str
    by: tuple[KeySource, ...]
    rows: tuple[TableRow, ...]
    unit: Unit
    straight_line: bool = False
    until_paid: UntilPaid | None = None
