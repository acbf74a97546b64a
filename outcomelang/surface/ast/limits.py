"""Clauses about limits, guarantees and early exit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from outcomelang.surface.ast.node import Node
from outcomelang.surface.ast.parts import Cite
from outcomelang.tree import node

if TYPE_CHECKING:
    from outcomelang.surface.ast.quantities import Expr
    from outcomelang.surface.ast.selections import Select
    from outcomelang.surface.ast.words import Date, Money, Number, Term


@node
class AllPayments(Node):
    """`all payments [by PAYER]`"""

    payer: Term | None = None


@node
class EachLineOf(Node):
    card: Term


@node
class NamedPayments(Node):
    selects: tuple[Select, ...]


Limited = AllPayments | EachLineOf | NamedPayments


@node
class ForEachSubject(Node):
    """`for each Client` in a limit"""

    term: Term


@node
class InEachPeriod(Node):
    """`in each Financial Year by date achieved`"""

    period: Term
    by_date: Literal["achieved", "claimed"] | None


@node
class EarliestFirst(Node):
    pass


@node
class InTheOrder(Node):
    names: tuple[Term, ...]


@node
class InProportion(Node):
    pass


@node
class FromTheTotal(Node):
    pass


@node
class ExcessNotPaid(Node):
    pass


@node
class ExcessPaidBy(Node):
    party: Term


@node
class ExcessCarriedForward(Node):
    pass


LimitModifier = (
    ForEachSubject
    | InEachPeriod
    | EarliestFirst
    | InTheOrder
    | InProportion
    | FromTheTotal
    | ExcessNotPaid
    | ExcessPaidBy
    | ExcessCarriedForward
    | Cite
)


@node
class Limit(Node):
    """`limit … to £3,000,000 …`; `basis` for `p% of X achieved / paid`"""

    limited: Limited
    to: Expr
    basis: Literal["achieved", "paid"] | None
    modifiers: tuple[LimitModifier, ...]


@node
class Guaranteed(Node):
    """`Sutton guarantees 78 Referrals [in each Year]`"""

    party: Term
    number: Number
    select: Select
    period: Term | None


@node
class CountedBy(Node):
    group: Term


@node
class Shortfall(Node):
    """`each pays P £1,000 for each Referral short`"""

    payee: Term
    price: Money
    thing: Term


@node
class Guarantee(Node):
    name: Term
    rows: tuple[Guaranteed, ...]
    modifiers: tuple[CountedBy | Shortfall | Cite, ...]


@node
class Exit(Node):
    name: Term
    parties: tuple[Term, ...]
    day: Date
    event: Term | None
    falls_away: tuple[Term, ...]
    cite: Cite | None = None
