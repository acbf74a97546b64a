"""Tests of one row by what it carries itself, and the comparisons they share with conditions."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from outcomelang.core import ir
from outcomelang.core.fixed_values import constant
from outcomelang.core.names import name_key
from outcomelang.evaluation.event_log import Row


def passes(tests: Iterable[ir.Test], row: Row) -> bool:
    """Whether one row passes tests on its own attributes (joining and states use no other tests)."""
    return all(attribute_test(test, row) for test in tests)


def attribute_test(test: ir.Test, row: Row) -> bool:
    """One test on an attribute of a row. An attribute that is not given passes neither a test nor its negation."""
    match test:
        case ir.AttributeIs():
            value = row.attributes.get(test.attribute)
            if value is None:
                return False
            label = ("yes" if value else "no") if isinstance(value, bool) else str(value)
            return (name_key(label) in {name_key(wanted) for wanted in test.labels}) != test.negated
        case ir.AttributeCompares():
            number = row.attributes.get(test.attribute)
            if number is None or isinstance(number, str):
                return False
            return holds(number, test.comparator, constant(test.value))
        case ir.AttributeGiven():
            value = row.attributes.get(test.attribute)
            given = (
                value is not None and value is not False and (not isinstance(value, str) or name_key(value) != "none")
            )
            return given != test.negated
        case ir.AttributeDated() | ir.Has() | ir.InGroup():
            raise TypeError(f"{type(test).__name__} needs a person, not only a row")
    raise AssertionError(test)


_COMPARATORS: dict[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "==": operator.eq,
}


def holds(left: int | Fraction, comparator: str, right: int | Fraction) -> bool:
    """`left comparator right` for exact numbers."""
    return _COMPARATORS[comparator](left, right)
