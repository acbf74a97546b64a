"""The lines that decide over payments: where a measure of many people, of a period or of all meets a number."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.declared import Declared
from outcomelang.tree import nodes


@frozen
class Threshold:
    """`measured` of `subject` is compared with `line`: by `outcome` or by `table`, else by a payment itself."""

    subject: ir.Subject
    measured: ir.Quantity
    line: ir.Quantity
    outcome: str = ""
    table: str = ""


def of_many(subject: ir.Subject) -> bool:
    """Whether it is said of a cohort, a period of many, a pool or the whole contract, and not of one person or row."""
    match subject:
        case ir.Whole() | ir.PerGroup() | ir.Pooled():
            return True
        case ir.PerPeriod(_, of):
            return of_many(of)
        case ir.PerPerson() | ir.PerMember() | ir.PerRow():
            return False


def thresholds(names: Declared, flow: ir.Flow) -> tuple[Threshold, ...]:
    """Every line of many that decides over a payment, each once, in the order in which the payment names them."""
    seen: set[str] = set()
    found = list(_in_quantity(names, flow.amount, flow.subject, seen))
    match flow.driver:
        case ir.EachAchievement(outcome):
            found += _in_outcome(names, outcome, seen)
        case ir.EachUnit(quantity):
            found += _in_quantity(names, quantity, flow.subject, seen)
        case ir.OneEach() | ir.EachRow() | ir.EachInPlan():
            pass
    if flow.gate is not None:
        found += _in_condition(names, flow.gate, flow.subject, "", seen)
    return tuple(dict.fromkeys(each for each in found if of_many(each.subject)))


def subject_read(names: Declared, quantity: ir.Quantity, here: ir.Subject) -> ir.Subject:
    """Of whom a quantity is: of the measure that it reads, unless what reads it is itself of many."""
    if isinstance(quantity, ir.Read) and not of_many(here):
        return names.measures[quantity.measure].subject
    return here


def _in_outcome(names: Declared, name: str, seen: set[str]) -> Iterator[Threshold]:
    if name not in seen:
        seen.add(name)
        outcome = names.outcomes[name]
        yield from _in_condition(names, outcome.when, outcome.subject, name, seen)


def _in_condition(
    names: Declared, condition: ir.Condition, here: ir.Subject, outcome: str, seen: set[str]
) -> Iterator[Threshold]:
    match condition:
        case ir.Compares(left, _, right):
            yield Threshold(subject_read(names, left, here), left, right, outcome)
            yield from _in_quantity(names, left, here, seen)
        case ir.Achieved(name):
            yield from _in_outcome(names, name, seen)
        case ir.AtLeast(items):
            for item in items:
                yield from _in_condition(names, item.condition, here, outcome, seen)
        case ir.LabelIs() | ir.ValueGiven() | ir.Happens() | ir.Reaches() | ir.ForMembers():
            return


def _in_quantity(names: Declared, quantity: ir.Quantity, here: ir.Subject, seen: set[str]) -> Iterator[Threshold]:
    """The lines of tables that a quantity looks up, also through what it reads."""
    for node in nodes(quantity):
        match node:
            case ir.Read(name) if name not in seen:
                seen.add(name)
                measure = names.measures[name]
                yield from _in_quantity(names, measure.quantity, measure.subject, seen)
            case ir.Lookup(name):
                yield from _in_table(names, names.tables[name], here)
            case _:
                continue


def _in_table(names: Declared, table: ir.Table, here: ir.Subject) -> Iterator[Threshold]:
    for place, source in enumerate(table.by):
        if not isinstance(source, ir.KeyByQuantity):
            continue
        subject = subject_read(names, source.quantity, here)
        for row in table.rows:
            for line in _lines(row.keys[place]):
                yield Threshold(subject, source.quantity, line, table=table.name)


def _lines(key: ir.TableKey) -> tuple[ir.Const, ...]:
    match key:
        case ir.Bounds(first, _, last, _):
            return tuple(each for each in (first, last) if each is not None)
        case ir.PointKey(value) if not isinstance(value.value, str):
            return (value,)
        case ir.PointKey() | ir.LabelKey():
            return ()
