"""What a language must be able to say. A second language is a second folder beside `english`, and nothing else."""

from __future__ import annotations

from enum import Enum, auto
from typing import Protocol

from outcomelang.core import ir
from outcomelang.prose.points import Clause


class Topic(Enum):
    """The chapters, in their order."""

    AGREEMENT = auto()
    READING = auto()
    PARTIES = auto()
    PEOPLE = auto()
    GROUPS = auto()
    PERIODS = auto()
    EVENTS = auto()
    STATES = auto()
    NUMBERS = auto()
    TABLES = auto()
    OUTCOMES = auto()
    PLANS = auto()
    PAYMENTS = auto()
    REPAYMENTS = auto()
    CALCULATION = auto()
    ACCOUNT = auto()
    WORTH = auto()
    RISKS = auto()
    ASSUMPTIONS = auto()
    EXAMPLES = auto()


Declaration = (
    ir.Party
    | ir.JointParty
    | ir.Population
    | ir.Member
    | ir.Partition
    | ir.Calendar
    | ir.Event
    | ir.State
    | ir.Measure
    | ir.Table
    | ir.Outcome
    | ir.Plan
    | ir.Flow
    | ir.Stage
    | ir.Cost
    | ir.Benefit
    | ir.Acceptance
    | ir.Assumption
    | ir.Example
)
"""What has a clause of its own."""


class Language(Protocol):
    """Every word that a reader sees comes from here."""

    def notice(self, contract: ir.Contract) -> str: ...

    def heading(self, topic: Topic) -> str: ...

    def opening(self, topic: Topic, contract: ir.Contract) -> tuple[Clause, ...]:
        """What the chapter says before its clauses: of the contract as a whole, or of how to read it."""
        ...

    def clause(self, declared: Declaration, contract: ir.Contract) -> Clause: ...

    def letter(self, depth: int, number: int) -> str:
        """The mark of an item of a list: (a), (i) …"""
        ...
