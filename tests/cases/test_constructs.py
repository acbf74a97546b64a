"""Every construct of the language is used by a contract of `contracts/` or a definition of `stdlib/`.

A construct is a kind of node of either tree (a clause, a part of one, a node of the core), or an optional part of a
clause that has no node of its own. What nobody uses yet is named here; whoever uses it takes it off the list.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import attrs

from outcomelang.compiler import compile_path
from outcomelang.core import ir
from outcomelang.source import Source
from outcomelang.surface import ast
from outcomelang.surface.from_text import parse
from outcomelang.tree import Tree

ROOT = Path(__file__).parents[2]
FILES = sorted(path for folder in ("contracts", "stdlib") for path in (ROOT / folder).rglob("*.outcome"))
REVIEWS = sorted((ROOT / "contracts").rglob("*.review"))

UNUSED: frozenset[str] = frozenset({"ast.Accept.until"})
"""As written (`ast`) and as meant (`ir`); `ast.CLASS.part` is an optional part. An acceptance that runs out would one
day be found in a shipped contract: golden pages and the tests of acceptances have it."""

NO_CONSTRUCT = {"span", "cite"}
"""Where a node stands; and `clause "…"`, which every clause may have."""


def test_every_construct_is_used_or_listed() -> None:
    print(f"not used by any contract yet ({len(UNUSED)}):", *sorted(UNUSED), sep="\n    ")
    used, all_of_them = in_use(), constructs()
    assert sorted(all_of_them - used - UNUSED) == [], "no contract uses these: write one that does"
    assert sorted(used & UNUSED) == [], "contracts use these now: take them off the list"
    assert sorted(UNUSED - all_of_them) == [], "the language does not have these"


def constructs() -> frozenset[str]:
    kinds = [kind for tree in (ast, ir) for kind in kinds_of(tree)]
    return frozenset({name(kind) for kind in kinds}.union(*map(optional_parts, kinds_of(ast)))) - {"ast.File.unread"}


def kinds_of(tree: ModuleType) -> list[type[Tree]]:
    kinds = [kind for kind in vars(tree).values() if isinstance(kind, type) and issubclass(kind, tree.Node)]
    return [kind for kind in kinds if kind is not tree.Node]


def name(kind: type) -> str:
    """`ast.CLASS` or `ir.CLASS`, whichever family of the tree it belongs to."""
    return f"{kind.__module__.split('.')[2]}.{kind.__name__}"


def optional_parts(kind: type) -> set[str]:
    optional = (part for part in attrs.fields(kind) if part.default is not attrs.NOTHING)
    return {f"{name(kind)}.{part.name}" for part in optional} - {f"{name(kind)}.{part}" for part in NO_CONSTRUCT}


@cache
def in_use() -> frozenset[str]:
    trees = [*map(written, (*FILES, *REVIEWS)), *(compile_path(path).core for path in FILES)]
    return frozenset(found for tree in trees for found in used_by(tree))


def written(path: Path) -> ast.File:
    return parse(Source(str(path), path.read_text("utf-8")))[0]


def used_by(node: object) -> Iterator[str]:
    if isinstance(node, Tree):
        yield name(node.__class__)
        for part in attrs.fields(node.__class__):
            value = getattr(node, part.name)
            if value != part.default:
                yield f"{name(node.__class__)}.{part.name}"
            yield from used_by(value)
    elif isinstance(node, tuple):
        for each in node:
            yield from used_by(each)
