"""What every node of the core is made of, and where it was written."""

from __future__ import annotations

from outcomelang.tree import Tree, field, node


@node
class Origin(Tree):
    """Where a part of the core was written. `clause` is the author's own number (`Schedule 4, 2.1`) or empty."""

    path: str = ""
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    clause: str = ""


@node
class Node(Tree):
    """Where a node was written takes no part in what it is."""

    origin: Origin = field(default=Origin(), kw_only=True)
