"""Conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from outcomelang.surface.ast.node import Node
from outcomelang.tree import node

if TYPE_CHECKING:
    from outcomelang.surface.ast.quantities import Expr
    from outcomelang.surface.ast.selections import Select
    from outcomelang.surface.ast.windows import Day, Deadline
    from outcomelang.surface.ast.words import Comparator, Duration, Ladder, Literal_, Ref, Term, Text


@node
class Compare(Node):
    left: Expr
    comparator: Comparator
    right: Expr


@node
class CompareBy(Node):
    """`A is at least 5 percentage points below B`"""

    left: Expr
    comparator: Comparator
    margin: Expr
    direction: Literal["above", "below"]
    right: Expr


@node
class IsLabel(Node):
    """`A is "x"`, `A is one of "x", "y"`, `A is not "x"`"""

    of: Expr
    labels: tuple[Text, ...]
    negated: bool = False


@node
class IsGiven(Node):
    """`A is given`, `A is not given`"""

    of: Expr
    negated: bool


@node
class IsAchieved(Node):
    """`Home is [not] [partly] achieved`"""

    of: Expr
    negated: bool
    partly: bool = False


@node
class Occurs(Node):
    """`SELECT occurs WINDOW…`; the windows after `occurs` are the last entries of `select.counted`"""

    select: Select
    negated: bool


@node
class Begun(Node):
    """`begun on or after DAY` (`strictly_after` false), `begun after DAY`"""

    day: Day
    strictly_after: bool


@node
class BegunWithin(Node):
    """`begun within the 104 weeks beginning with DAY`"""

    deadline: Deadline


@node
class CountedFrom(Node):
    day: Day


Since = Begun | BegunWithin | CountedFrom


@node
class InTotal(Node):
    pass


@node
class WithoutBreak(Node):
    """`without a break`, `without a break longer than 7 days`"""

    longer_than: Duration | None = None


@node
class InAny(Node):
    length: Duration


ReachMode = InTotal | WithoutBreak | InAny


@node
class Reaches(Node):
    """`Employment begun on or after DAY reaches a further 4 weeks without a break`; `Earnings reach £768`"""

    what: Term
    since: tuple[Since, ...]
    further: bool
    target: Literal_ | Ladder | Ref
    modes: tuple[ReachMode, ...]


@node
class Item(Node):
    """One item of a list, perhaps only where something applies: `(a) where X occurs: …`"""

    condition: Condition
    where: Condition | None = None


@node
class ListOf(Node):
    """`all of: …`, `any of: …`, `at least 2 of: …`; `A and B` is `all`, `A or B` is `any`"""

    least: Literal["all", "any"] | int
    items: tuple[Item, ...]


@node
class ForMembers(Node):
    """`for every Child with School Age: …`, `for at least 1 Adult: …`, `for no Child: …`"""

    quantifier: Literal["every", "no"] | int
    select: Select
    condition: Condition


Condition = Compare | CompareBy | IsLabel | IsGiven | IsAchieved | Occurs | Reaches | ListOf | ForMembers
