"""How long a row of clauses may be of which each is said by the next.

Whoever reads such a row, a person or a program, has to keep all of it in mind at once. Rows in contracts have a handful
of clauses; without a bound a text made by a program could ask for more than there is room for. The same holds of
clauses that use others several times: written out in full, twenty that each use the one before twice are a million.
"""

from __future__ import annotations

from outcomelang.core.from_surface.context import Elaboration
from outcomelang.core.scope import spelling
from outcomelang.diagnostic import Remedy
from outcomelang.surface import ast
from outcomelang.tree import Tree

DEEPEST = 200
"""How many parts within parts a row of clauses may have in all: fifty short definitions have about as many."""
WIDEST = 2_000
"""How many names a clause may come to when every name in it is written out in full."""

Link = ast.Define | ast.Outcome | ast.State | ast.StateIs | ast.Group | ast.Table


def bounded(e: Elaboration, file: ast.File) -> bool:
    """Whether no row of clauses is deeper than that; the first one that is gets reported."""
    links = {spelling(clause.name.text): clause for clause in file.clauses if isinstance(clause, Link)}
    row = _Rows(links)
    too_much = next(filter(None, map(row.too_much_at, links)), None)
    if too_much is None:
        return True
    name, deep = too_much
    term = links[name].name
    said = (
        f"Nobody can follow what “{term.text}” is: it rests on a clause that rests on another, too many times over."
        if deep
        else f"Nobody can follow what “{term.text}” is: written out in full, it is more than {WIDEST:,} names long."
    )
    e.say(
        "row-too-long",
        term.span,
        said,
        label="one too many",
        remedies=(Remedy("define …", "says several steps of the row in one"),),
    )
    return False


class _Rows:
    """How deep and how long each clause is with everything that it names."""

    def __init__(self, links: dict[str, Link]) -> None:
        self.own: dict[str, int] = {}
        self.uses: dict[str, dict[str, int]] = {}
        for name, clause in links.items():
            self.own[name], used = _parts(clause)
            self.uses[name] = {each: count for each, count in used.items() if each in links and each != name}
        self.depths: dict[str, int] = {}
        self.lengths: dict[str, int] = {}

    def too_much_at(self, start: str) -> tuple[str, bool] | None:
        """A clause below this one at which it is too deep (or else too long), without going down it call by call."""
        row = {start: self.own[start]} if start not in self.depths else {}
        while row:
            name = next(reversed(row))
            further = next((each for each in self.uses[name] if each not in self.depths and each not in row), None)
            if further is not None:
                row[further] = row[name] + self.own[further]
                deep = row[further]
            else:
                del row[name]
                deep = self._known(name)
            if deep > DEEPEST:
                return further or name, True
            if self.lengths.get(name, 0) > WIDEST:
                return name, False
        return None

    def _known(self, name: str) -> int:
        used = self.uses[name]
        self.depths[name] = self.own[name] + max((self.depths.get(each, 0) for each in used), default=0)
        self.lengths[name] = sum(count * (1 + self.lengths.get(each, 0)) for each, count in used.items())
        return self.depths[name]


def _parts(clause: Link) -> tuple[int, dict[str, int]]:
    """How deep a clause is written, and how often it has each name."""
    deepest, used = 0, dict[str, int]()
    waiting: list[tuple[object, int]] = [(clause, 1)]
    while waiting:
        part, depth = waiting.pop()
        if isinstance(part, ast.Term):
            name = spelling(part.text)
            used[name] = used.get(name, 0) + 1
        elif isinstance(part, tuple):
            waiting += [(each, depth) for each in part]
        elif isinstance(part, Tree):
            deepest = max(deepest, depth)
            waiting += [(getattr(part, field), depth + 1) for field in part.__match_args__]
    return deepest, used
