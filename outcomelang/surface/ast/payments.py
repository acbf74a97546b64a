"""Clauses about payments, rate cards, and how a payment is divided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from outcomelang.surface.ast.node import Node
from outcomelang.surface.ast.parts import Cite, EvidencedBy, Silence, VerifiedBy
from outcomelang.surface.ast.tables import Indexed
from outcomelang.tree import node

if TYPE_CHECKING:
    from outcomelang.surface.ast.conditions import Condition
    from outcomelang.surface.ast.quantities import Expr
    from outcomelang.surface.ast.selections import Select
    from outcomelang.surface.ast.windows import Day
    from outcomelang.surface.ast.words import Date, Duration, Money, Percent, Ref, Term


@node
class ForEach(Node):
    """`for each Attachment with …`"""

    select: Select


@node
class ForEachPartly(Node):
    """`for each Home partly achieved`"""

    outcome: Ref


@node
class ForEachSlot(Node):
    """`for each outcome [partly achieved] in the PLAN`"""

    plan: Term
    partly: bool


@node
class ForEachPoint(Node):
    """`for each [whole] percentage point of Q`"""

    of: Ref
    whole: bool


Driver = ForEach | ForEachPartly | ForEachSlot | ForEachPoint


@node
class InEach(Node):
    """`in each Quarter`, `in each Quarter, in advance`"""

    period: Term
    in_advance: bool = False


@node
class Instalments(Node):
    """`in 12 equal monthly instalments from 30 April 2013`"""

    number: int
    every: Literal["weekly", "monthly", "quarterly", "yearly"]
    first: Date


@node
class InAdvance(Node):
    pass


Spread = InEach | Instalments | InAdvance


@node
class ClaimedWithin(Node):
    length: Duration


@node
class DueAfter(Node):
    """`due 30 days after verification` (`day` is None) or after a day"""

    length: Duration
    day: Day | None


@node
class WithheldUntil(Node):
    day: Day


@node
class PartsInProportion(Node):
    pass


@node
class StacksWith(Node):
    names: tuple[Term, ...]


@node
class InsteadOf(Node):
    names: tuple[Term, ...]


@node
class LessAny(Node):
    payment: Term


@node
class UpToAmountPaid(Node):
    pass


@node
class ShownBy(Node):
    key: Term


PaymentModifier = (
    VerifiedBy
    | Silence
    | EvidencedBy
    | Indexed
    | Cite
    | ClaimedWithin
    | DueAfter
    | WithheldUntil
    | PartsInProportion
    | StacksWith
    | InsteadOf
    | LessAny
    | UpToAmountPaid
    | ShownBy
)


@node
class Payment(Node):
    """`payment NAME: PAYER pays PAYEE AMOUNT …`; `repayment` when `repays`"""

    repays: bool
    name: Term
    payer: Term
    payee: Term
    amount: Expr
    driver: Driver | None
    spread: Spread | None
    when: Condition | None
    modifiers: tuple[PaymentModifier, ...]


@node
class CardLine(Node):
    outcome: Ref
    price: Money


@node
class RateCard(Node):
    name: Term
    payer: Term
    payee: Term
    lines: tuple[CardLine, ...]
    spread: Spread | None
    when: Condition | None
    modifiers: tuple[PaymentModifier, ...]


@node
class ShareTo(Node):
    """`£2,400 of each to Sub A`; `part` is None for `the rest to Prime`"""

    part: Money | Percent | None
    to: Term


@node
class Divide(Node):
    payment: Term
    shares: tuple[ShareTo, ...]
    cite: Cite | None = None
