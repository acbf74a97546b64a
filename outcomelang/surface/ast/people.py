"""Clauses about people: participants, members, groups, comparisons; and the periods of their contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from outcomelang.surface.ast.node import Node
from outcomelang.surface.ast.parts import Cite, Logged
from outcomelang.tree import node

if TYPE_CHECKING:
    from outcomelang.surface.ast.conditions import Condition
    from outcomelang.surface.ast.selections import Select
    from outcomelang.surface.ast.tables import Range
    from outcomelang.surface.ast.words import Date, Duration, Name, Number, Ref, Term, Text


@node
class Joining(Node):
    """One way in: `Attachment`, `the first Release`, `a Discharge without Exclusion`, `Referral between D and D`"""

    select: Select
    first: bool = False


@node
class JoinsOn(Node):
    ways: tuple[Joining, ...]


@node
class JoinsOnFirstRow(Node):
    """`joins on its first row`"""


@node
class Once(Node):
    pass


@node
class AgainAfter(Node):
    length: Duration


@node
class SelectedBy(Node):
    party: Term


@node
class UpToPeople(Node):
    number: Number


ParticipantModifier = JoinsOn | JoinsOnFirstRow | Once | AgainAfter | SelectedBy | UpToPeople | Logged | Cite


@node
class Participant(Node):
    name: Name
    modifiers: tuple[ParticipantModifier, ...]


@node
class Member(Node):
    """`member Child (Children) of a Family, read from Member of a Family Record with Role "child"`"""

    name: Name
    of: Term
    attribute: Term
    source: Select | None
    cite: Cite | None = None


@node
class SetBy(Node):
    party: Term


@node
class ByDate(Node):
    event: Ref


@node
class ByMeasure(Node):
    """`by Score of Entry Test`, `by Starting Level`"""

    measure: Term
    event: Term | None


@node
class ReadFrom(Node):
    attribute: Term
    event: Term | None


GroupModifier = SetBy | ByDate | ByMeasure | ReadFrom | Cite


@node
class GroupRow(Node):
    label: Text
    range: Range | None = None
    logged: Logged | None = None


@node
class Group(Node):
    word: Literal["group", "cohort"]
    name: Name
    of: Term
    modifiers: tuple[GroupModifier, ...]
    rows: tuple[GroupRow, ...]


@node
class Where(Node):
    condition: Condition


@node
class By(Node):
    method: Literal["matching", "lottery", "history"]


@node
class ChosenBy(Node):
    party: Term


ComparisonModifier = Where | By | ChosenBy | Cite


@node
class Comparison(Node):
    name: Term
    of: Term
    modifiers: tuple[ComparisonModifier, ...]


@node
class Period(Node):
    name: Name
    every: Duration
    first: Date
    last: Date | None
    cite: Cite | None = None
