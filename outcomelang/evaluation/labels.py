"""Labels in tests: as declared or as logged, they match as names do."""

from __future__ import annotations

from collections.abc import Iterator

from outcomelang.core import ir
from outcomelang.core.names import name_key
from outcomelang.core.plans import outcome_rows


def spellings_of(contract: ir.Contract, test: ir.AttributeIs) -> set[str]:
    """The keys of every spelling of the labels that are asked for."""
    wanted = {name_key(label) for label in test.labels}
    for row in _rows(contract, test.attribute):
        if name_key(row.label) in wanted:
            wanted |= {name_key(text) for text in row.logged}
    return wanted


def _rows(contract: ir.Contract, attribute: str) -> Iterator[ir.PartitionRow]:
    """What the attribute may hold: rows of the groups that are read from it, outcomes where a plan is."""
    for partition in contract.partitions:
        if isinstance(partition.classifier, ir.ByLabel) and partition.classifier.attribute == attribute:
            yield from partition.rows
    if any(plan.attribute == attribute for plan in contract.plans):
        yield from outcome_rows(contract)
