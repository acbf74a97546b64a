"""What is only computed, and what a version says otherwise: a copy of it under a name of its own.

Names that mean the same in a version keep one body; whatever reads a copied name is copied as well, until nothing
changes any more.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define

from outcomelang.core import ir
from outcomelang.core.invariants import names_in
from outcomelang.tree import evolve

Names = dict[tuple[str, str], str]
"""From a kind and a name as written to the name that it has in the whole contract."""
Copied = ir.Table | ir.Measure | ir.State | ir.JointParty

_KINDS = {ir.Table: "table", ir.Measure: "measure", ir.State: "state", ir.JointParty: "joint party"}


def renamed(node: ir.Node, names: Names) -> ir.Node:
    """The node with the names in it replaced; its own name stays."""
    if not names:
        return node
    kinds = dict(names_in(type(node)))
    changed: dict[str, object] = {}
    fields: tuple[str, ...] = node.__match_args__
    for name in fields:
        old = getattr(node, name)
        new = _renamed(old, kinds.get(name), names)
        if new is not old:
            changed[name] = new
    return evolve(node, **changed) if changed else node


def _renamed(value: object, kind: str | None, names: Names) -> object:
    if isinstance(value, ir.Node):
        return renamed(value, names)
    if isinstance(value, tuple):
        parts = tuple(_renamed(part, kind, names) for part in value)
        return parts if any(new is not old for new, old in zip(parts, value, strict=True)) else value
    if isinstance(value, str) and kind is not None:
        return names.get((kind, value), value)
    return value


@define
class Copies:
    """Every body of what is computed, under its name in the whole contract."""

    bodies: dict[tuple[str, str], Copied]
    copied: dict[tuple[str, str], list[str]]
    """The names of copies, by kind and the name they were written under."""

    def names_of(self, contract: ir.Contract, amendment: int) -> Names:
        """Under which names a version's tables, definitions, states and shares stand; new bodies are kept."""
        own = [(_KINDS[type(each)], each) for each in _computed(contract)]
        names: Names = {}
        while self._moved(own, names, amendment):
            continue
        for kind, each in own:
            name = names.get((kind, each.name), each.name)
            if (kind, name) not in self.bodies:
                self.bodies[kind, name] = _under(each, name, names)
                if name != each.name:
                    self.copied.setdefault((kind, each.name), []).append(name)
        return names

    def _moved(self, own: list[tuple[str, Copied]], names: Names, amendment: int) -> bool:
        """Go on to the next name wherever the body under the present one says something else."""
        moved = False
        for kind, each in own:
            name = names.get((kind, each.name), each.name)
            known = self.bodies.get((kind, name))
            if known is not None and known != _under(each, name, names):
                names[kind, each.name] = self._next(kind, each.name, name, amendment)
                moved = True
        return moved

    def _next(self, kind: str, written: str, name: str, amendment: int) -> str:
        known = self.copied.get((kind, written), [])
        place = known.index(name) + 1 if name in known else 0
        if place < len(known):
            return known[place]
        fresh = f"{written} under amendment {amendment}"
        return fresh if fresh not in known else f"{fresh}, {sum(each.startswith(fresh) for each in known) + 1}"

    def of_kind(self, kind: str) -> Iterator[Copied]:
        """Every body of a kind."""
        return (each for (of, _), each in self.bodies.items() if of == kind)


def _under(node: Copied, name: str, names: Names) -> Copied:
    body = evolve(node, name=name)
    made = renamed(body, names)
    assert isinstance(made, Copied)
    return made


def _computed(contract: ir.Contract) -> Iterator[Copied]:
    yield from contract.tables
    yield from contract.measures
    yield from contract.states
    yield from contract.joint_parties
