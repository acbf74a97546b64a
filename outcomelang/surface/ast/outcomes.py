"""Clauses about outcomes and plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcomelang.surface.ast.node import Node
from outcomelang.surface.ast.parts import Cite, EvidencedBy, Logged, Silence, VerifiedBy
from outcomelang.surface.ast.people import Once
from outcomelang.surface.ast.windows import Deadline
from outcomelang.tree import node

if TYPE_CHECKING:
    from outcomelang.surface.ast.conditions import Condition
    from outcomelang.surface.ast.libraries import Meant, Stated
    from outcomelang.surface.ast.parts import Subject
    from outcomelang.surface.ast.words import Duration, Name, Number, Ref, Term, Text


@node
class When(Node):
    condition: Condition


@node
class PartlyWhen(Node):
    condition: Condition


@node
class AfterOutcome(Node):
    """`after Job Outcome`: only later days count"""

    outcome: Ref


@node
class UpToTimes(Node):
    number: Number | Term


@node
class EachOnce(Node):
    pass


@node
class EachTime(Node):
    pass


@node
class IsTemplate(Node):
    """`is Sustained Job with 26 weeks and 12 months`, `is Sustained Job, where Length is 26 weeks and Work is Job`"""

    template: Term
    values: tuple[Stated, ...]
    meant: tuple[Meant, ...] = ()


@node
class MonitorOnly(Node):
    pass


@node
class Maintenance(Node):
    pass


@node
class DecidedBy(Node):
    role: Term
    length: Duration
    otherwise_achieved: bool


OutcomeModifier = (
    When
    | PartlyWhen
    | Deadline
    | AfterOutcome
    | Once
    | UpToTimes
    | EachOnce
    | EachTime
    | IsTemplate
    | MonitorOnly
    | Maintenance
    | DecidedBy
    | VerifiedBy
    | Silence
    | EvidencedBy
    | Logged
    | Cite
)


@node
class Outcome(Node):
    name: Name
    subject: Subject | None
    modifiers: tuple[OutcomeModifier, ...]


@node
class SlotAll(Node):
    outcomes: tuple[Ref, ...]


@node
class SlotBy(Node):
    group: Term
    choices: tuple[tuple[Text, Ref], ...]


@node
class SlotAny(Node):
    number: Number
    outcomes: tuple[Ref, ...]
    chosen_by: Term
    deadline: Deadline | None = None


Slot = SlotAll | SlotBy | SlotAny


@node
class Plan(Node):
    """`read from ATTRIBUTE and CHOOSER of EVENT`"""

    name: Term
    of: Term
    attribute: Term | None
    chooser: Term | None
    event: Term | None
    slots: tuple[Slot, ...]
    cite: Cite | None = None
