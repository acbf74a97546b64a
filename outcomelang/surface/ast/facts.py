"""Clauses about facts: events, figures and states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from outcomelang.surface.ast.node import Node
from outcomelang.surface.ast.parts import Cite, EvidencedBy, Logged, RecordedBy, Silence, VerifiedBy
from outcomelang.surface.ast.selections import With, Without
from outcomelang.tree import node

if TYPE_CHECKING:
    from outcomelang.surface.ast.parts import Subject
    from outcomelang.surface.ast.windows import Day
    from outcomelang.surface.ast.words import Kind, Name, Percent, Term


@node
class AttributeDeclaration(Node):
    name: Term
    kind: Kind
    logged: Logged | None = None


@node
class Better(Node):
    """`more is better`, `fewer is better`"""

    direction: Literal["more", "fewer"]


@node
class ObservedUntil(Node):
    day: Day


FactModifier = RecordedBy | VerifiedBy | Silence | EvidencedBy | Better | ObservedUntil | Logged | Cite


@node
class Event(Node):
    name: Name
    of: Term | None
    kind: Literal["input", "activity", "output", "outcome"]
    modifiers: tuple[FactModifier, ...]
    attributes: tuple[AttributeDeclaration, ...] = ()


@node
class AsKind(Node):
    kind: Kind


@node
class AnsweredBy(Node):
    term: Term


@node
class AskedBy(Node):
    party: Term


@node
class ValidWhen(Node):
    """`valid when at least 60% answer`"""

    share: Percent


FigureModifier = FactModifier | AsKind | AnsweredBy | AskedBy | ValidWhen


@node
class Figure(Node):
    name: Name
    subject: Subject | None
    modifiers: tuple[FigureModifier, ...]


@node
class MatchedBy(Node):
    attribute: Term


StateModifier = With | Without | MatchedBy | FactModifier


@node
class State(Node):
    """`state Employment beginning on Job Start and ending on Job End`; `ends_before` for `ending the day before`"""

    name: Name
    of: Term | None
    begins: Term
    ends: Term | None
    ends_before: bool
    modifiers: tuple[StateModifier, ...]


@node
class NotState(Node):
    term: Term


@node
class StateIs(Node):
    """`state In Work is Employment and not Benefit`"""

    name: Name
    of: Term | None
    joined_by: Literal["and", "or"]
    parts: tuple[Term | NotState, ...]
    modifiers: tuple[StateModifier, ...]
