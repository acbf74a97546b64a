"""What a library leaves blank, and what a contract takes from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcomelang.surface.ast.node import Node
from outcomelang.surface.ast.words import Date, Ladder, Literal_, Term, Text
from outcomelang.tree import node

if TYPE_CHECKING:
    from outcomelang.surface.ast.parts import Cite

Stated = Literal_ | Date | Text | Ladder
"""What can stand in a blank of a library."""

Filling = Term | Stated
"""What is given for a blank, or stands for a name, of a library."""


@node
class Meant(Node):
    """`Work is Employment`, `Length is 26 weeks`: what stands for a name or blank of a library"""

    name: Term
    filling: Filling


@node
class Blank(Node):
    """`blank Length such as 26 weeks "how long the job is held"`: what stands in square brackets in a library"""

    name: Term
    sample: Stated
    meaning: Text
    cite: Cite | None = None


@node
class Use(Node):
    """`use NAME from "LIBRARY" [as NAME], where Work is Employment and Length is 26 weeks`"""

    name: Term
    library: Text
    renamed: Term | None = None
    meant: tuple[Meant, ...] = ()
    cite: Cite | None = None
