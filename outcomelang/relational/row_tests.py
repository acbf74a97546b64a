"""Tests of one row by what it carries itself, as `evaluation.row_tests`. A test is never NULL: it holds or it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from attrs import evolve
from sqlglot import exp

from outcomelang.core import ir
from outcomelang.core.fixed_values import constant
from outcomelang.core.names import name_key
from outcomelang.evaluation.labels import spellings_of
from outcomelang.relational import numbers, spelling
from outcomelang.relational import primitives as p
from outcomelang.relational.attributes import Attribute, attribute_of
from outcomelang.relational.book import Refused

if TYPE_CHECKING:
    from outcomelang.relational.compiler import Compiler

E = exp.Expr
RowColumn = Callable[[str], E]
"""A column of the row at hand."""


def column_of(name: str) -> str:
    """The column of an attribute within the plan: no name that the plan gives has a blank, so none can be the same."""
    return f"row {name}"


def attribute_named(c: Compiler, event: str, name: str) -> Attribute | None:
    """An attribute of an event with its columns within the plan."""
    found = attribute_of(c.contract, event, name)
    if found is None:
        return None
    return evolve(found, columns=tuple(evolve(column, name=column_of(column.name)) for column in found.columns))


def given(c: Compiler, event: str, name: str, row: RowColumn) -> E:
    """Whether a row carries the attribute at all."""
    attribute = attribute_named(c, event, name)
    return p.flag(False) if attribute is None else p.present(row(attribute.columns[0].name))


def as_text(c: Compiler, event: str, name: str, row: RowColumn, node: ir.Node) -> E:
    """A label as logged, yes or no; NULL where it is not given."""
    attribute = attribute_named(c, event, name)
    if attribute is None:
        return p.cast(exp.null(), "varchar")
    value = row(attribute.columns[0].name)
    match attribute.unit:
        case ir.Unit.LABEL:
            return value
        case ir.Unit.FLAG:
            return p.case((value, p.text("yes")), (exp.not_(value), p.text("no")))
        case _:
            raise Refused(node, f"{name} is a number or a day and is asked for as a label")


def as_number(c: Compiler, event: str, name: str, row: RowColumn, node: ir.Node) -> numbers.Num:
    """A number; no value where it is not given."""
    attribute = attribute_named(c, event, name)
    if attribute is None:
        return numbers.NOTHING
    columns = [row(column.name) for column in attribute.columns]
    match attribute.unit:
        case ir.Unit.MONEY:
            return numbers.Num(columns[0])
        case ir.Unit.NUMBER | ir.Unit.DAYS | ir.Unit.MONTHS | ir.Unit.PERCENTAGE:
            return numbers.Num(columns[0], columns[1])
        case ir.Unit.DATE | ir.Unit.FLAG | ir.Unit.LABEL:
            raise Refused(node, f"{name} is asked for as a number")


def as_day(c: Compiler, event: str, name: str, row: RowColumn) -> E | None:
    """A day; None where the attribute holds none."""
    attribute = attribute_named(c, event, name)
    if attribute is None or attribute.unit is not ir.Unit.DATE:
        return None
    return row(attribute.columns[0].name)


def attribute_test(c: Compiler, event: str, test: ir.Test, row: RowColumn) -> E:
    """One test on an attribute of a row. An attribute that is not given passes neither a test nor its negation."""
    match test:
        case ir.AttributeIs():
            text = as_text(c, event, test.attribute, row, test)
            wanted = {name_key(each) for each in test.labels} | spellings_of(c.contract, test)
            found = spelling.is_one_of(text, wanted)
            return p.holds(p.fails(found) if test.negated else found)
        case ir.AttributeCompares():
            return _compares(c, event, test, row)
        case ir.AttributeGiven():
            return _given(c, event, test, row)
        case ir.AttributeDated() | ir.Has() | ir.InGroup():
            raise TypeError(f"{type(test).__name__} needs a person, not only a row")


def passes(c: Compiler, event: str, tests: Iterable[ir.Test], row: RowColumn) -> list[E]:
    """Tests of a row on its own attributes."""
    return [attribute_test(c, event, test, row) for test in tests]


def plain_passes(c: Compiler, event: str, tests: Iterable[ir.Test], row: RowColumn) -> list[E]:
    """As `passes`, of tests that know no other spelling than the labels as declared (joining, states)."""
    return [_plain(c, event, test, row) for test in tests]


def _plain(c: Compiler, event: str, test: ir.Test, row: RowColumn) -> E:
    if isinstance(test, ir.AttributeIs):
        text = as_text(c, event, test.attribute, row, test)
        found = spelling.is_one_of(text, {name_key(each) for each in test.labels})
        return p.holds(p.fails(found) if test.negated else found)
    return attribute_test(c, event, test, row)


def _compares(c: Compiler, event: str, test: ir.AttributeCompares, row: RowColumn) -> E:
    attribute = attribute_named(c, event, test.attribute)
    if attribute is None or attribute.unit is ir.Unit.LABEL:
        return p.flag(False)
    if attribute.unit is ir.Unit.DATE:
        signs = {">=": exp.GTE, "<=": exp.LTE, ">": exp.GT, "<": exp.LT, "==": exp.EQ}
        if not isinstance(test.value.value, date):
            raise Refused(test, f"{test.attribute} is a day and is held against a number")
        day = p.day(test.value.value)
        return p.holds(signs[test.comparator](this=row(attribute.columns[0].name), expression=day))
    number = as_number(c, event, test.attribute, row, test)
    return p.holds(numbers.compared(number, test.comparator, numbers.fixed(constant(test.value))))


def _given(c: Compiler, event: str, test: ir.AttributeGiven, row: RowColumn) -> E:
    attribute = attribute_named(c, event, test.attribute)
    if attribute is None:
        return p.flag(test.negated)
    value = row(attribute.columns[0].name)
    match attribute.unit:
        case ir.Unit.FLAG:
            found = p.holds(value)
        case ir.Unit.LABEL:
            none = spelling.is_one_of(value, {"none"})
            found = p.all_of(p.present(value), p.fails(p.holds(none)))
        case _:
            found = p.present(value)
    return p.fails(found) if test.negated else found
