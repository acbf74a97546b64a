"""How long a row of clauses may be of which each is said by the next.

Whoever reads such a row, a person or a program, has to keep all of it in mind at once. Rows in contracts have a handful
of clauses; without a bound a text made by a program could ask for more than there is room for.
"""

from __future__ import annotations

from outcomelang.core.from_surface.context import Elaboration
from outcomelang.core.scope import spelling
from outcomelang.diagnostic import Remedy
from outcomelang.surface import ast
from outcomelang.tree import Tree

DEEPEST = 200
"""How many parts within parts a row of clauses may have in all: fifty short definitions have about as many."""
ENOUGH = 30
"""So few clauses make no such row."""
MOST = 10_000
"""How many parts a definition may have with every definition written out that it rests on: one that names another twice
doubles it, and thirty of them make a thousand million."""

Link = ast.Define | ast.Outcome | ast.State | ast.StateIs | ast.Group | ast.Table


def bounded(e: Elaboration, file: ast.File) -> bool:
    """Whether no row of clauses is deeper than that; the first one that is gets reported."""
    links = [clause for clause in file.clauses if isinstance(clause, Link)]
    named = {spelling(clause.name.text): clause for clause in links}
    name = _too_deep(named) if len(links) > ENOUGH else None
    name = name or _too_much({key: clause for key, clause in named.items() if isinstance(clause, ast.Define)})
    if name is None:
        return True
    term = named[name].name
    e.say(
        "row-too-long",
        term.span,
        f"Nobody can follow what “{term.text}” is: it rests on a clause that rests on another, too many times over.",
        label="one too many",
        remedies=(Remedy("define …", "says several steps of the row in one"),),
    )
    return False


def _too_deep(named: dict[str, Link]) -> str | None:
    """A clause at which a row is too deep, found without going down the row call by call."""
    parts = {name: _parts(clause) for name, clause in named.items()}
    uses = {name: [each for each in used if each in named and each != name] for name, (_, used) in parts.items()}
    depths: dict[str, int] = {}
    for start in named:
        row = {start: parts[start][0]} if start not in depths else {}
        while row:
            name = next(reversed(row))
            further = next((each for each in uses[name] if each not in depths and each not in row), None)
            if further is not None:
                row[further] = row[name] + parts[further][0]
                deep = row[further]
            else:
                del row[name]
                deep = depths[name] = parts[name][0] + max((depths.get(each, 0) for each in uses[name]), default=0)
            if deep > DEEPEST:
                return further or name
    return None


def _too_much(named: dict[str, ast.Define]) -> str | None:
    """A definition that is too long when all that it rests on is written out, found without writing any out."""
    uses = {name: [each for each in _named_in(clause) if each in named] for name, clause in named.items()}
    sizes: dict[str, int] = {}
    for start in named:
        row = {start: None}
        while row:
            name = next(reversed(row))
            further = next((each for each in uses[name] if each not in sizes and each not in row), None)
            if further is not None:
                row[further] = None
                continue
            del row[name]
            sizes[name] = 1 + sum(1 + sizes.get(each, 0) for each in uses[name])
            if sizes[name] > MOST:
                return name
    return None


def _named_in(clause: ast.Define) -> list[str]:
    """Every name in a definition, as often as it stands there."""
    found: list[str] = []
    waiting: list[object] = [clause]
    while waiting:
        part = waiting.pop()
        if isinstance(part, ast.Term):
            found.append(spelling(part.text))
        elif isinstance(part, tuple):
            waiting += part
        elif isinstance(part, Tree):
            waiting += [getattr(part, name) for name in part.__match_args__]
    return found


def _parts(clause: Link) -> tuple[int, tuple[str, ...]]:
    """How deep a clause is written, and the names in it."""
    deepest, used = 0, dict[str, None]()
    waiting: list[tuple[object, int]] = [(clause, 1)]
    while waiting:
        part, depth = waiting.pop()
        if isinstance(part, ast.Term):
            used[spelling(part.text)] = None
        elif isinstance(part, tuple):
            waiting += [(each, depth) for each in part]
        elif isinstance(part, Tree):
            deepest = max(deepest, depth)
            waiting += [(getattr(part, name), depth + 1) for name in part.__match_args__]
    return deepest, tuple(used)
