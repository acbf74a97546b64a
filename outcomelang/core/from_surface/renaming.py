"""Names in a part of the tree, and the same part under other names."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from outcomelang.surface import ast
from outcomelang.tree import Tree, evolve


def terms(node: object) -> Iterator[ast.Term]:
    """Every name that stands in a part of the tree."""
    if isinstance(node, ast.Term):
        yield node
    elif isinstance(node, Tree):
        for name in node.__match_args__:
            yield from terms(getattr(node, name))
    elif isinstance(node, tuple):
        for each in node:
            yield from terms(each)


def renamed(node: object, change: Callable[[ast.Term | ast.Name], ast.Term | ast.Name]) -> object:
    """The same part of the tree with other names."""
    if isinstance(node, ast.Term | ast.Name):
        return change(node)
    if isinstance(node, tuple):
        return tuple(renamed(each, change) for each in node)
    if isinstance(node, Tree):
        parts = {name: getattr(node, name) for name in node.__match_args__}
        new = {name: renamed(part, change) for name, part in parts.items()}
        return evolve(node, **new) if any(new[name] is not part for name, part in parts.items()) else node
    return node
