"""Which tables are read for whom: by the price of a payment, by an outcome, by a quantity, by a limit."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.calendar import LAST_DAY
from outcomelang.core.fixed_values import constant
from outcomelang.evaluation.drafts import Draft
from outcomelang.evaluation.meaning import Meaning
from outcomelang.evaluation.quantities import fits, key_of
from outcomelang.evaluation.scope import Num, Scope
from outcomelang.tree import nodes


@frozen
class Reading:
    """A table that is read for a subject, or for the units of a payment (`flow`)."""

    table: ir.Table
    subject: ir.Subject
    flow: str = ""
    versions: tuple[int, ...] = ()
    """Where a payment has several terms, those that are meant."""


def readings(contract: ir.Contract) -> Iterator[Reading]:
    """Every place at which a table is read."""
    tables = {table.name: table for table in contract.tables}
    measures = {measure.name: measure for measure in contract.measures}
    for flow in contract.flows:
        for name in dict.fromkeys(_tables(flow, tables, measures)):
            yield Reading(tables[name], flow.subject, flow.name, flow.versions)
    for outcome in contract.outcomes:
        for name in dict.fromkeys(_tables(outcome, tables, measures)):
            yield Reading(tables[name], outcome.subject)
    for stage in contract.stages:
        if isinstance(stage, ir.CountLimit | ir.MoneyLimit):
            for name in dict.fromkeys(_tables((stage.most, stage.bounds), tables, measures)):
                yield Reading(tables[name], stage.per or ir.Whole())


def _tables(node: object, tables: dict[str, ir.Table], measures: dict[str, ir.Measure]) -> Iterator[str]:
    """The tables that stand in a part of the core, and in the quantities and tables that it reads."""
    for found in nodes(node):
        if isinstance(found, ir.Lookup) and found.table in tables:
            yield found.table
            yield from _tables(tables[found.table].by, tables, measures)
        elif isinstance(found, ir.Read) and found.measure in measures:
            yield from _tables(measures[found.measure].quantity, tables, measures)


def fitting_rows(m: Meaning, reads: tuple[Reading, ...], drafts: list[Draft]) -> Iterator[tuple[ir.Table, int]]:
    """Each row of a table that was read, by its number."""
    for read in reads:
        if read.table.until_paid is not None:
            continue
        keys = [key_of(m, source) for source in read.table.by]
        for scope in _scopes(m, read, drafts):
            values = tuple(key(scope, LAST_DAY) for key in keys)
            yield from ((read.table, number) for number in _rows(read.table, values))


def _scopes(m: Meaning, read: Reading, drafts: list[Draft]) -> Iterator[Scope]:
    if read.flow:
        terms = (read.flow, read.versions)
        yield from (draft.scope for draft in drafts if (draft.flow.name, draft.flow.versions) == terms)
    else:
        yield from (scope for scope in m.world.instances(read.subject) if not m.world.is_empty(scope))


def _rows(table: ir.Table, values: tuple[Num | str | None, ...]) -> Iterator[int]:
    for number, row in enumerate(table.rows):
        if all(fits(key, value) for key, value in zip(row.keys, values, strict=True)):
            yield number
            return
    if table.straight_line and not isinstance(values[0], str) and values[0] is not None:
        yield from _ends(table, values[0])


def _ends(table: ir.Table, value: Num) -> Iterator[int]:
    """The two points between which a value lies."""
    points = [(constant(r.keys[0].value), n) for n, r in enumerate(table.rows) if isinstance(r.keys[0], ir.PointKey)]
    below = [each for each in points if each[0] < value]
    above = [each for each in points if each[0] > value]
    if below and above:
        yield max(below)[1]
        yield min(above)[1]
