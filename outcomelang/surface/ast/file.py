"""One file, and every kind of clause that can stand in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcomelang.surface.ast.amendments import Amendment, ChangeTo, Delete, Insert, Joins
from outcomelang.surface.ast.contract import (
    Benefit,
    Claims,
    ContractTerm,
    Cost,
    Currency,
    Header,
    Holidays,
    Joint,
    Party,
    Purpose,
    Rounding,
    Suspension,
    Value,
)
from outcomelang.surface.ast.facts import Event, Figure, State, StateIs
from outcomelang.surface.ast.libraries import Blank, Use
from outcomelang.surface.ast.limits import Exit, Guarantee, Limit
from outcomelang.surface.ast.node import Node
from outcomelang.surface.ast.outcomes import Outcome, Plan
from outcomelang.surface.ast.payments import Divide, Payment, RateCard
from outcomelang.surface.ast.people import Comparison, Group, Member, Participant, Period
from outcomelang.surface.ast.proof import Accept, Assume, Example
from outcomelang.surface.ast.tables import Define, Table, UntilPaid
from outcomelang.tree import node

if TYPE_CHECKING:
    from outcomelang.surface.ast.words import Term

Clause = (
    Header
    | Blank
    | Purpose
    | Party
    | Joint
    | Currency
    | ContractTerm
    | Claims
    | Value
    | Rounding
    | Holidays
    | Participant
    | Member
    | Group
    | Comparison
    | Period
    | Event
    | Figure
    | State
    | StateIs
    | Define
    | Table
    | UntilPaid
    | Outcome
    | Plan
    | Payment
    | RateCard
    | Divide
    | Limit
    | Guarantee
    | Exit
    | Suspension
    | Amendment
    | ChangeTo
    | Delete
    | Insert
    | Joins
    | Use
    | Assume
    | Cost
    | Benefit
    | Accept
    | Example
)


@node
class File(Node):
    """One file of clauses in the author's order.

    `unread` holds the names that clauses with a mistake would have declared, so that nobody calls them unknown as well.
    """

    path: str
    clauses: tuple[Clause, ...]
    unread: tuple[Term, ...] = ()
