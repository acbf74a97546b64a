"""Which events, people or achievements are meant, and what narrows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcomelang.surface.ast.node import Node
from outcomelang.surface.ast.windows import Window
from outcomelang.tree import node

if TYPE_CHECKING:
    from outcomelang.surface.ast.words import Comparator, Date, Literal_, Ref, Term, Text


@node
class LabelTest(Node):
    """`"a"` or `one of "a", "b"` after `with NAME`"""

    labels: tuple[Text, ...]


@node
class ValueTest(Node):
    """`of at least 16`; plain `of £125,000` is `exactly`"""

    comparator: Comparator
    value: Literal_ | Date


@node
class RangeTest(Node):
    """`from 8 to below 16`; `last_included` tells `to` from `to below`; without `last`, `from 8`"""

    first: Literal_ | Date
    last: Literal_ | Date | None
    last_included: bool


Test = LabelTest | ValueTest | RangeTest


@node
class With(Node):
    """`with Line "behaviour"`, `with a Proven Reoffence`, `with School Age`, `with Settled at 3 months`"""

    term: Term
    test: Test | None
    at: Literal_ | None = None


@node
class Without(Node):
    term: Term
    at: Literal_ | None = None


@node
class Among(Node):
    term: Term


@node
class Per(Node):
    """`per Prisoner`: divided by the number of them"""

    term: Term


Counted = With | Without | Window | Among | Per


@node
class Select(Node):
    """Which events, people or achievements: a name and what narrows it, in the author's order."""

    head: Ref
    counted: tuple[Counted, ...] = ()
