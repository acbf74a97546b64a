"""Quantities."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from outcomelang.surface.ast.node import Node
from outcomelang.surface.ast.words import Date, Literal_, Ref
from outcomelang.tree import node

if TYPE_CHECKING:
    from outcomelang.surface.ast.selections import Select
    from outcomelang.surface.ast.words import Percent, Term, TimeUnit


@node
class Sum_(Node):
    """`A plus B`"""

    left: Expr
    right: Expr


@node
class Difference(Node):
    """`A less B`"""

    left: Expr
    right: Expr


@node
class Product(Node):
    """`A times B`"""

    left: Expr
    right: Expr


@node
class Fraction_(Node):
    """`5/6`"""

    value: Fraction


@node
class Portion(Node):
    """`80% of £4,000`, `5/6 of A`, `the Attachment Share of £4,000`"""

    share: Percent | Fraction_ | Ref
    of: Expr


@node
class Excess(Node):
    """`the excess of A over B`"""

    of: Expr
    over: Expr


@node
class Lesser(Node):
    left: Expr
    right: Expr


@node
class Greater(Node):
    left: Expr
    right: Expr


@node
class Change(Node):
    """`the percentage fall from A to B`; `in_points` for `the percentage-point fall`"""

    direction: Literal["fall", "rise"]
    in_points: bool
    base: Expr
    new: Expr


@node
class Count(Node):
    """`the number of SELECT`"""

    select: Select


@node
class Total(Node):
    """`the total ATTRIBUTE of SELECT`"""

    attribute: Term
    select: Select


@node
class DaysOf(Node):
    """`the days of STATE …`"""

    unit: TimeUnit
    select: Select


@node
class Proportion(Node):
    """`the proportion of SELECT`"""

    select: Select


Expr = (
    Literal_
    | Date
    | Ref
    | Sum_
    | Difference
    | Product
    | Portion
    | Excess
    | Lesser
    | Greater
    | Change
    | Count
    | Total
    | DaysOf
    | Proportion
)
