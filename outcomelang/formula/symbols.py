"""The symbols of a formula: what each counts or measures, in which unit, by which clause, and how a log gives it."""

from __future__ import annotations

from datetime import date

from outcomelang.core import ir
from outcomelang.formula.expression import Ref
from outcomelang.tree import Tree, node

# ---------------------------------------------------------------- which of the units of a payment are meant


@node
class Valued(Tree):
    """Units for which a table gives this value (None: “nothing”), read for the subject."""

    table: str
    subject: ir.Subject
    value: ir.Const | None


@node
class UnderLimit(Tree):
    """Units that come under the limit that is the stage of this number, or do not."""

    stage: int
    inside: bool


@node
class InTurn(Tree):
    """Units earned while a limit that an amendment changed has this amount."""

    stage: int
    turn: int


@node
class NotReplaced(Tree):
    """Units that the stage of this number leaves."""

    stage: int


@node
class Released(Tree):
    """Units whose money is no longer withheld on the day of the account."""


@node
class Named(Tree):
    """Units of those for whom a group names a party, or names none."""

    partition: str
    names: bool = True


@node
class EarnedBy(Tree):
    """Units earned (and released) up to and including a day, or after it."""

    day: date
    after: bool


@node
class AfterSteps(Tree):
    """Units earned when an index has taken so many steps."""

    indexed: ir.Indexed
    steps: int


Narrowing = Valued | UnderLimit | InTurn | NotReplaced | Released | Named | EarnedBy | AfterSteps


# ---------------------------------------------------------------- how a log gives a symbol its value


@node
class UnitsOf(Tree):
    """The units that a payment earns (`flow` is its place in the contract), before any limit."""

    flow: int
    narrowed: tuple[Narrowing, ...] = ()


@node
class AttributeOf(Tree):
    """The sum of an attribute over the units that a payment earns."""

    flow: int
    attribute: str
    narrowed: tuple[Narrowing, ...] = ()


@node
class AmountsOf(Tree):
    """The sum of what a payment earns, each amount rounded if `mode` says so, before any limit."""

    flow: int
    narrowed: tuple[Narrowing, ...] = ()
    mode: str = ""
    to: int = 1


@node
class ValueOf(Tree):
    """What a quantity is for a subject (of a group: for the row `label`)."""

    quantity: ir.Quantity
    subject: ir.Subject
    label: str = ""


@node
class WhetherGiven(Tree):
    """1 where a quantity has a value for a subject, else 0 (and then its own symbol is 0)."""

    quantity: ir.Quantity
    subject: ir.Subject
    label: str = ""


@node
class WhetherHolds(Tree):
    """1 where a condition holds for a subject, else 0."""

    condition: ir.Condition
    subject: ir.Subject
    label: str = ""


@node
class WhetherAnybody(Tree):
    """1 where anybody belongs to the row `label` of a group, or to a pool, else 0."""

    subject: ir.Subject
    label: str = ""


@node
class WhetherEnded(Tree):
    """1 where there is a row of the event by the day, else 0."""

    event: str
    day: date


@node
class FactorOf(Tree):
    """By what an index multiplies an amount after so many steps."""

    indexed: ir.Indexed
    steps: int


Source = (
    UnitsOf | AttributeOf | AmountsOf | ValueOf | WhetherGiven | WhetherHolds | WhetherAnybody | WhetherEnded | FactorOf
)


# ---------------------------------------------------------------- what an index runs over


@node
class ByLimit(Tree):
    """Of whom, and in which period, a limit is: every key under which something is earned."""

    per: ir.Subject | None
    calendar: str | None
    by_claim_date: bool


@node
class ByUnit(Tree):
    """Every unit that a payment earns."""

    flow: int
    narrowed: tuple[Narrowing, ...] = ()


@node
class BySubject(Tree):
    """Every instance of a subject for which a payment has a value."""

    flow: int
    subject: ir.Subject


@node
class ByUnitsOf(Tree):
    """Every subject within which two payments act on each other."""

    flow: int


Axis = ByLimit | ByUnit | BySubject | ByUnitsOf


# ---------------------------------------------------------------- the symbols themselves


@node
class Index(Tree):
    """A variable that runs over many of a kind: `said` is “each Person”."""

    name: str
    said: str
    axis: Axis


@node
class Symbol(Tree):
    """`name` is safe in every language it is written in; `said` says in English what it is.

    `unit` is "number", "fraction", "days", "0 or 1" or the currency. `index` names the index of which it has one value
    each; empty for a single value. `whole` values are whole numbers, `signed` ones may be below nothing.
    """

    name: str
    said: str
    unit: str
    clause: str
    source: Source
    index: str = ""
    short: str = ""
    whole: bool = False
    signed: bool = False

    @property
    def ref(self) -> Ref:
        return Ref(self.name, self.index)
