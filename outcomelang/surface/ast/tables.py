"""Clauses that define numbers: measures and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from outcomelang.surface.ast.node import Node
from outcomelang.surface.ast.words import Date, Literal_, Text
from outcomelang.tree import node

if TYPE_CHECKING:
    from outcomelang.surface.ast.parts import Cite, Subject
    from outcomelang.surface.ast.quantities import Expr
    from outcomelang.surface.ast.words import Money, Name, Percent, Term, TimeUnit


@node
class Define(Node):
    name: Name
    subject: Subject | None
    quantity: Expr
    rounded: Literal["down", "up"] | None = None
    cite: Cite | None = None


@node
class StraightLine(Node):
    pass


@node
class Indexed(Node):
    """`indexed by FIGURE from D, at most 3% each year`"""

    figure: Term
    since: Date
    cap: Percent | None = None
    cap_unit: TimeUnit | None = None


@node
class Nothing(Node):
    pass


@node
class Range(Node):
    """`from A to below B`, `above A`, `at most B` …; a missing end is open"""

    first: Literal_ | Date | None
    first_included: bool
    last: Literal_ | Date | None
    last_included: bool


CellValue = Literal_ | Date | Nothing
RowKey = Text | Range | Literal_
"""A label, a range, or a point (`at 10%`)."""


@node
class TableRow(Node):
    keys: tuple[RowKey, ...]
    value: CellValue


@node
class Table(Node):
    name: Term
    by: tuple[Term, ...]
    modifiers: tuple[StraightLine | Indexed, ...]
    rows: tuple[TableRow, ...]
    cite: Cite | None = None


@node
class UntilPaid(Node):
    """`table Savings Share until $400,159 has been paid, 95%; then 40%`"""

    name: Term
    threshold: Money
    before: CellValue
    after: CellValue
    cite: Cite | None = None
