"""Definitions: each elaborated where it is first needed, so that they may stand in any order and never in a circle."""

from __future__ import annotations

from attrs import define

from outcomelang.core import ir
from outcomelang.core.from_surface.context import HOLE, Elaboration, name_of
from outcomelang.core.from_surface.declare import cite_of
from outcomelang.core.from_surface.quantities import quantity
from outcomelang.core.from_surface.subjects import scene_of
from outcomelang.core.types import Kind, unit_of
from outcomelang.surface import ast
from outcomelang.tree import evolve


@define
class Definitions:
    """The contract's definitions; `read` gives the kind of one, elaborating it if nobody has yet."""

    elaboration: Elaboration
    clauses: dict[str, ast.Define]
    _under_way: list[str]

    def read(self, name: str) -> Kind | None:
        """The kind of a defined quantity, or None for a hole."""
        e = self.elaboration
        if name in e.measures:
            return e.measures[name][1]
        clause = self.clauses.get(name)
        if clause is None or name not in e.subjects:
            return None
        if name in self._under_way:
            self._circle(clause)
            return None
        self._under_way.append(name)
        cite, e.cite = e.cite, cite_of(clause)
        self._elaborate(name, clause)
        e.cite = cite
        self._under_way.pop()
        return e.measures[name][1]

    def _elaborate(self, name: str, clause: ast.Define) -> None:
        e = self.elaboration
        subject = e.subjects[name]
        typed = quantity(e, clause.quantity, evolve(scene_of(e, subject), defining=name))
        core, kind = typed.quantity, typed.kind
        if name in e.measures:  # a circle was found on the way and said
            return
        if clause.rounded is not None and kind is not None:
            core = ir.Rounded(core, clause.rounded, unit_of(kind), origin=e.at(clause.span))
        unit = unit_of(kind) if kind is not None else ir.Unit.NUMBER
        other = e.other_number(name)
        e.measures[name] = ir.Measure(name, subject, core, unit, other, origin=e.at(clause.span)), kind

    def _circle(self, clause: ast.Define) -> None:
        e = self.elaboration
        name = name_of(clause)
        path = " → ".join([*self._under_way[self._under_way.index(name) :], name])
        e.say(
            "defined-by-itself",
            clause.span,
            f"Nobody can work out {name}: it is defined by itself.",
            f"{path}",
            label="leads back to itself",
        )
        e.measures[name] = ir.Measure(name, e.subjects[name], HOLE.quantity, ir.Unit.NUMBER), None
