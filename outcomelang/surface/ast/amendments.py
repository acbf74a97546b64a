"""Clauses that change others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcomelang.surface.ast.node import Node
from outcomelang.tree import node

if TYPE_CHECKING:
    from outcomelang.surface.ast.contract import Party
    from outcomelang.surface.ast.file import Clause
    from outcomelang.surface.ast.limits import Limited
    from outcomelang.surface.ast.outcomes import OutcomeModifier
    from outcomelang.surface.ast.parts import Cite
    from outcomelang.surface.ast.quantities import Expr
    from outcomelang.surface.ast.tables import RowKey
    from outcomelang.surface.ast.words import Date, Number, Term


@node
class Amendment(Node):
    number: Number
    effective: Date
    for_joining: Term | None
    cite: Cite | None = None


@node
class LimitOn(Node):
    """`the limit on each line of the Rate Card`"""

    limited: Limited


@node
class ChangeTo(Node):
    """`change TARGET to …`: a quantity (perhaps `for "ESA ex-IB"`), or the parts of an outcome"""

    target: Term | LimitOn
    to: Expr | tuple[OutcomeModifier, ...]
    rows: tuple[RowKey, ...] = ()
    cite: Cite | None = None


@node
class Delete(Node):
    target: Term | LimitOn
    cite: Cite | None = None


@node
class Insert(Node):
    clause: Clause


@node
class Joins(Node):
    """`joins COMMISSIONER …`: a party that joins by amendment"""

    party: Party
