"""Groups that a measure decides: the measure must not in turn depend on the group."""

from __future__ import annotations

from collections.abc import Iterable

from outcomelang.core import ir
from outcomelang.core.from_surface.context import Elaboration, name_of
from outcomelang.core.invariants import references
from outcomelang.surface import ast
from outcomelang.tree import nodes

Declared = ir.Partition | ir.Measure | ir.Table | ir.Outcome | ir.State


def circles(e: Elaboration, clauses: Iterable[ast.Group], declared: Iterable[Declared]) -> None:
    """Report groups whose measure leads back to them; `declared` is everything on which a measure can rest."""
    known = {(_KINDS[type(node)], node.name): node for node in declared}
    for clause in clauses:
        partition = known.get(("partition", name_of(clause)))
        if not isinstance(partition, ir.Partition) or not isinstance(partition.classifier, ir.ByMeasured):
            continue
        if ("partition", partition.name) in _rests_on(partition, known):
            e.say(
                "defined-by-itself",
                clause.span,
                f"Nobody can tell who is in which {partition.name}: {partition.classifier.measure} decides it, and "
                f"depends on it.",
                label="leads back to itself",
            )


_KINDS: dict[type[Declared], str] = {
    ir.Partition: "partition",
    ir.Measure: "measure",
    ir.Table: "table",
    ir.Outcome: "outcome",
    ir.State: "state",
}


def _rests_on(partition: ir.Partition, known: dict[tuple[str, str], Declared]) -> set[tuple[str, str]]:
    """Every name that is met on the way from a group into what decides it."""
    met: set[tuple[str, str]] = set()
    waiting: list[Declared] = [partition]
    while waiting:
        node = waiting.pop()
        for reference in (found for each in nodes(node) for found in references(each)):
            if reference not in met:
                met.add(reference)
                waiting += [known[reference]] if reference in known else []
    return met
