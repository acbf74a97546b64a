"""Which groups are harder to help, where the contract or its review says so, and what each of them is paid for.

A group is harder by what it is said to cost, or by a measure of what is declared better or worse: more offences before
joining where fewer is better, fewer days in work where more is better. Nothing else orders groups.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.declared import Declared
from outcomelang.core.fixed_values import constant, fixed_value


@frozen
class Harder:
    """Of the rows of a group, how hard each is: the greater, the harder; `why` in words."""

    partition: str
    hardness: Mapping[str, Fraction]
    why: str


@frozen
class Priced:
    """What one clause pays for each row of a group."""

    name: str
    origin: ir.Origin
    prices: Mapping[str, Fraction]


def orders(d: Declared) -> Iterator[Harder]:
    """Each group whose rows are ordered by difficulty."""
    for name, partition in d.partitions.items():
        costs = _costs(d, partition)
        if len(set(costs.values())) > 1:
            yield Harder(name, costs, "costs more")
        elif isinstance(partition.classifier, ir.ByMeasured):
            worse = _worse(d, d.measures[partition.classifier.measure].quantity)
            if worse is not None:
                sign = 1 if worse else -1
                rows = {row.label: Fraction(sign * at) for at, row in enumerate(_rising(partition.rows))}
                yield Harder(name, rows, f"has {'more' if worse else 'less'} of {partition.classifier.measure}")


def _costs(d: Declared, partition: ir.Partition) -> dict[str, Fraction]:
    """What one person of each row is said to cost; none where a row has no cost of its own."""
    found: dict[str, Fraction] = {}
    for row in partition.rows:
        own = [cost for cost in d.contract.costs if cost.select.of == ir.People(partition.of)]
        told = [cost for cost in own if cost.select.tests and _is_of(cost.select.tests, partition.name, row.label)]
        if told:
            everybody = sum((cost.amount for cost in own if not cost.select.tests), Fraction(0))
            found[row.label] = sum((cost.amount for cost in told), everybody)
    return found


def _is_of(tests: tuple[ir.Test, ...], partition: str, label: str) -> bool:
    return all(isinstance(test, ir.InGroup) and test.partition == partition and label in test.labels for test in tests)


def _worse(d: Declared, quantity: ir.Quantity) -> bool | None:
    """Whether more of a measure is a worse life (False: a better one; None: nothing says so)."""
    match quantity:
        case ir.Counted(ir.Select(ir.Rows(event))):
            polarity = d.events[event].polarity
        case ir.DaysIn(state):
            polarity = d.states[state].polarity
        case ir.Read(name):
            return _worse(d, d.measures[name].quantity)
        case _:
            return None
    return None if polarity is ir.Polarity.UNSTATED else polarity is ir.Polarity.FEWER


def _rising(rows: tuple[ir.PartitionRow, ...]) -> list[ir.PartitionRow]:
    """Rows by their lower end; one without an end comes first."""

    def lower(row: ir.PartitionRow) -> tuple[bool, Fraction]:
        first = row.bounds.first if row.bounds is not None else None
        return (first is not None, Fraction(constant(first)) if first is not None else Fraction(0))

    return sorted(rows, key=lower)


# ---------------------------------------------------------------- prices


def priced(d: Declared, partition: str, tables: frozenset[str]) -> Iterator[Priced]:
    """What tables that payments read, and payments for one row of a group each, pay for its rows."""
    for table in d.contract.tables:
        if table.name in tables and table.unit is ir.Unit.MONEY:
            yield from _in_table(table, partition)
    yield from _in_clauses(d, partition)


def _in_table(table: ir.Table, partition: str) -> Iterator[Priced]:
    places = [at for at, source in enumerate(table.by) if source == ir.KeyByGroup(partition)]
    if len(places) != 1:
        return
    place = places[0]
    rows: dict[tuple[ir.TableKey, ...], dict[str, Fraction]] = {}
    for row in table.rows:
        key, others = row.keys[place], (*row.keys[:place], *row.keys[place + 1 :])
        if isinstance(key, ir.LabelKey):
            value = Fraction(constant(row.value)) if row.value is not None else Fraction(0)
            rows.setdefault(others, {})[key.label] = value
    for prices in rows.values():
        yield Priced(table.name, table.origin, prices)


def _in_clauses(d: Declared, partition: str) -> Iterator[Priced]:
    """Payments for one outcome (or head) by people of different rows, each at its own price."""
    found: dict[object, dict[str, Fraction]] = {}
    first: dict[object, ir.Flow] = {}
    for flow in d.contract.flows:
        price, labels = fixed_value(d, flow.amount, {}), _labels(flow, partition)
        if flow.repays or price is None or not labels:
            continue
        unit: object = flow.driver.outcome if isinstance(flow.driver, ir.EachAchievement) else flow.subject
        for label in labels:
            found.setdefault(unit, {})[label] = Fraction(price)
        first.setdefault(unit, flow)
    for unit, prices in found.items():
        yield Priced(first[unit].name, first[unit].origin, prices)


def _labels(flow: ir.Flow, partition: str) -> tuple[str, ...]:
    """The rows of a group for which alone a payment is; none where it is for all, or tells them apart otherwise."""
    match flow.driver, flow.gate:
        case ir.EachAchievement(tests=(ir.InGroup(group, labels),)), None if group == partition:
            return labels
        case ir.OneEach(tests=()), ir.LabelIs(ir.GroupLabel(group), labels, False) if group == partition:
            return labels
        case _:
            return ()
