"""What happens to the entries of an account, in this order."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from outcomelang.core.ir.node import Node
from outcomelang.tree import node

if TYPE_CHECKING:
    from outcomelang.core.ir.payments import Payer
    from outcomelang.core.ir.quantities import Quantity
    from outcomelang.core.ir.selections import Test
    from outcomelang.core.ir.subjects import Subject
    from outcomelang.core.ir.time import Window


class Order(StrEnum):
    """How a limit is shared out. Ties always: date, clause, participant, sequence, id."""

    EARLIEST = "earliest first"
    IN_ORDER = "in the order"
    PROPORTION = "in proportion"
    FROM_TOTAL = "taken from the total"


class Excess_(StrEnum):
    NOT_PAID = "not paid"
    PAID_BY = "paid by"
    CARRIED = "carried forward"


@node
class Bound(Node):
    """What a limit is in some versions of the contract; None: there is none. What was used before counts."""

    versions: tuple[int, ...]
    most: Quantity | None


@node
class Covered(Node):
    """Of what these flows pay for, only things that pass the tests and whose day lies in the window are limited."""

    flows: tuple[str, ...]
    tests: tuple[Test, ...]
    window: Window | None


@node
class CountLimit(Node):
    """At most so many units of these flows (together; empty: of all payments) for each `per` and period.

    The rest is refused whole, paid by another party, or counted in the next period that has room (carried forward).
    Where `covered` names a flow, only what it covers is limited. With `bounds` they hold in place of `most`, each in
    its versions.
    """

    flows: tuple[str, ...]
    most: Quantity
    per: Subject | None
    calendar: str | None
    tests: tuple[Test, ...] = ()
    by_claim_date: bool = False
    order: Order = Order.EARLIEST
    names: tuple[str, ...] = ()
    excess: Excess_ = Excess_.NOT_PAID
    excess_to: str | None = None
    covered: tuple[Covered, ...] = ()
    title: str = ""
    bounds: tuple[Bound, ...] = ()


@node
class Replace(Node):
    """Where `flow` is due, these are not, within one participant, group or period.

    Where both are paid for the outcomes of one plan, within one outcome of it; so does a `SetOff`.
    """

    flow: str
    replaced: tuple[str, ...]
    versions: tuple[int, ...] = ()


@node
class SetOff(Node):
    """`flow` is reduced by what `against` pays within one participant, group or period, never below nothing."""

    flow: str
    against: str
    versions: tuple[int, ...] = ()


@node
class RoundEach(Node):
    """Every amount to whole minor units (`to` = 1) or whole pounds (`to` = 100)."""

    mode: str
    to: int


@node
class MoneyLimit(Node):
    """At most so much for these flows (empty: all payments) for each `per` and period.

    `payer`: only that payer's shares, applied after joint shares. `names`: payees or flows, for the order in-the-order.
    What is carried forward comes first in the next period. Where `covered` names a flow, only what it covers is
    limited. `share_of`: what these flows pay, of which `most` is a share; such a limit comes after all others. With
    `bounds` they hold in place of `most`, each in its versions.
    """

    flows: tuple[str, ...]
    most: Quantity
    per: Subject | None
    calendar: str | None
    by_claim_date: bool
    order: Order
    names: tuple[str, ...]
    excess: Excess_
    excess_to: str | None = None
    payer: str | None = None
    title: str = ""
    covered: tuple[Covered, ...] = ()
    share_of: tuple[str, ...] = ()
    bounds: tuple[Bound, ...] = ()


@node
class Tier(Node):
    """Entries of these flows, whose price reads a table `until … has been paid`, are repriced past its threshold."""

    flows: tuple[str, ...]
    table: str


@node
class Part(Node):
    """What one party gets of a divided payment: so much of each unit (minor units), or a share of it."""

    to: Payer
    each: Fraction | None
    share: Fraction | None


@node
class Division(Node):
    """A payment goes on to several parties: each in turn its part of each unit, as far as it goes, the rest to one."""

    flow: str
    parts: tuple[Part, ...]
    rest_to: Payer | None
    versions: tuple[int, ...] = ()


@node
class FallAway(Node):
    """If an event ends the agreement by a day, what these flows would pay after that day is not due."""

    event: str
    day: date
    flows: tuple[str, ...]
    title: str


@node
class ShareOut(Node):
    """Joint payers (and payees) take their shares."""


@node
class Withhold(Node):
    """What is withheld until a later day than that of the account is not due."""


@node
class Repay(Node):
    """Repayments with a bound are cut to what was paid."""


@node
class RoundTotal(Node):
    """One rounding entry for each payment and payer closes the account."""

    mode: str
    to: int


Stage = (
    CountLimit
    | Replace
    | SetOff
    | Tier
    | RoundEach
    | MoneyLimit
    | ShareOut
    | Division
    | FallAway
    | Withhold
    | Repay
    | RoundTotal
)
