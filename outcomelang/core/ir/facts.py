"""What is recorded: events with their attributes, and states that last from day to day."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from outcomelang.core.ir.node import Node
from outcomelang.tree import node

if TYPE_CHECKING:
    from outcomelang.core.ir.parties import Verification
    from outcomelang.core.ir.quantities import Unit
    from outcomelang.core.ir.selections import Test
    from outcomelang.core.ir.time import Anchor


@node
class Spelling(Node):
    """How the log spells a name in rows of a day and of later ones."""

    text: str
    first: date


class Polarity(StrEnum):
    """Whether more of an event, or longer in a state, is a better life."""

    MORE = "more is better"
    FEWER = "fewer is better"
    UNSTATED = "unstated"


@node
class AttributeSpec(Node):
    name: str
    unit: Unit
    logged: tuple[str, ...] = ()


@node
class Event(Node):
    """`kind` is input, activity, output or outcome; `of` names a member or population when declared `of a …`.

    The rows of a figure are of kind "figure": the event and its first attribute bear the name of the figure's measure.
    """

    name: str
    kind: str
    polarity: Polarity
    recorded_by: tuple[str, ...]
    of: str | None = None
    verification: Verification | None = None
    evidenced_by: tuple[str, ...] = ()
    observed_until: Anchor | None = None
    attributes: tuple[AttributeSpec, ...] = ()
    logged: tuple[str, ...] = ()
    logged_from: tuple[Spelling, ...] = ()


@node
class Spells(Node):
    """Days between a row of `begins` and the next row of `ends`: the end day itself counts if `end_counts`.

    Without `ends` the state lasts as long as the state is observed. `tests` select spells by their first row;
    `matched_by` pairs a start and an end that carry the same value of that attribute.
    """

    begins: str
    ends: str | None
    end_counts: bool
    tests: tuple[Test, ...] = ()
    matched_by: str | None = None


@node
class InState(Node):
    """The days of another declared state."""

    state: str


@node
class NotDays(Node):
    """Every observed day that is not in `of`."""

    of: DaySet


@node
class AllDays(Node):
    """Days that are in every part."""

    parts: tuple[DaySet, ...]


@node
class AnyDays(Node):
    """Days that are in at least one part."""

    parts: tuple[DaySet, ...]


DaySet = Spells | InState | NotDays | AllDays | AnyDays


@node
class State(Node):
    name: str
    days: DaySet
    polarity: Polarity
    of: str | None = None
