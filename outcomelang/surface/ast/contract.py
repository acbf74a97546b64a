"""Clauses about the contract as a whole: its head, its parties, its term, what things cost and are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from outcomelang.surface.ast.node import Node
from outcomelang.tree import node

if TYPE_CHECKING:
    from outcomelang.surface.ast.parts import Cite, Logged
    from outcomelang.surface.ast.selections import Select
    from outcomelang.surface.ast.windows import Between
    from outcomelang.surface.ast.words import Date, Money, Percent, Term, Text


@node
class Header(Node):
    """`contract "…" [based on "FILE"]`, and `library "…"`, the head of a file of definitions"""

    title: Text
    based_on: Text | None = None
    cite: Cite | None = None
    is_library: bool = False


@node
class Purpose(Node):
    text: Text
    cite: Cite | None = None


@node
class Party(Node):
    role: Literal["commissioner", "provider", "assessor", "party"]
    name: Term
    description: Text | None = None
    independent: bool = False
    logged: Logged | None = None
    cite: Cite | None = None


@node
class ShareOf(Node):
    party: Term
    share: Percent


@node
class Joint(Node):
    name: Term
    shares: tuple[ShareOf, ...]
    odd_unit_to: Term | None
    cite: Cite | None = None


@node
class Currency(Node):
    code: str
    cite: Cite | None = None


@node
class ContractTerm(Node):
    """`term beginning on D and ending on D`"""

    first: Date
    last: Date
    cite: Cite | None = None


@node
class Claims(Node):
    last: Date
    cite: Cite | None = None


@node
class Value(Node):
    amount: Money
    cite: Cite | None = None


@node
class Rounding(Node):
    what: Literal["each amount", "total"]
    unit: Literal["penny", "pound"]
    mode: Literal["half up", "half even"]
    cite: Cite | None = None


@node
class Holidays(Node):
    file: Text
    cite: Cite | None = None


@node
class Suspension(Node):
    window: Between
    cite: Cite | None = None


@node
class Cost(Node):
    amount: Money
    select: Select
    cite: Cite | None = None


@node
class Benefit(Node):
    amount: Money
    select: Select
    to: Term
    cite: Cite | None = None
