"""What every node of the tree as written is made of."""

from __future__ import annotations

from outcomelang.source import NOWHERE, Span
from outcomelang.tree import Tree, field, node


@node
class Node(Tree):
    """Where a node stands takes no part in what it says."""

    span: Span = field(default=NOWHERE, kw_only=True)
