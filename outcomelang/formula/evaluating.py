"""The value of an expression when its symbols have values: exact, and without SymPy."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import assert_never

from attrs import Factory, frozen

from outcomelang.formula import expression as ex
from outcomelang.formula.expression import Expression, Truth

Key = tuple[object, ...]
"""What tells the instances of an index apart; each of its parts has a hash."""


@frozen
class Values:
    """What symbols are: `single` by name, `many` by name and key, and the keys over which each index runs.

    A key of an index at which a symbol has no value counts as nothing: nothing is earned there.
    """

    single: Mapping[str, Fraction]
    many: Mapping[str, Mapping[Key, Fraction]] = Factory(dict)
    keys: Mapping[str, tuple[Key, ...]] = Factory(dict)


def value(of: Expression, values: Values) -> Fraction:
    """`KeyError` for a symbol that has no value; `ZeroDivisionError` where no case rules out that nothing divides."""
    return _value(of, values, {})


def _value(of: Expression, values: Values, at: Mapping[str, Key]) -> Fraction:
    match of:
        case ex.Number(number):
            return number
        case ex.Ref(symbol, index):
            return values.many[symbol].get(at[index], Fraction(0)) if index else values.single[symbol]
        case ex.Plus(parts):
            return sum((_value(part, values, at) for part in parts), Fraction(0))
        case ex.Times(parts):
            product = Fraction(1)
            for part in parts:
                product *= _value(part, values, at)
            return product
        case ex.Quotient(above, below):
            return _value(above, values, at) / _value(below, values, at)
        case ex.Least(parts):
            return min(_value(part, values, at) for part in parts)
        case ex.Greatest(parts):
            return max(_value(part, values, at) for part in parts)
        case ex.Rounding(inner, mode, step):
            return ex.rounded(_value(inner, values, at), mode, step)
        case ex.Total(index, inner):
            return sum((_value(inner, values, {**at, index: key}) for key in values.keys[index]), Fraction(0))
        case ex.Cases(branches, otherwise):
            for each in branches:
                if holds(each.when, values, at):
                    return _value(each.value, values, at)
            return _value(otherwise, values, at)
        case _:
            assert_never(of)


def holds(of: Truth, values: Values, at: Mapping[str, Key]) -> bool:
    """Parts are looked at in their order, and none after the one that decides."""
    match of:
        case ex.Relation(left, comparator, right):
            return compared(_value(left, values, at), comparator, _value(right, values, at))
        case ex.All(parts):
            return all(holds(part, values, at) for part in parts)
        case ex.Any(parts):
            return any(holds(part, values, at) for part in parts)
        case ex.Not(inner):
            return not holds(inner, values, at)
        case _:
            assert_never(of)


def compared(left: Fraction, comparator: str, right: Fraction) -> bool:
    match comparator:
        case ">=":
            return left >= right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case "<":
            return left < right
        case "==":
            return left == right
        case "!=":
            return left != right
        case _:
            raise ValueError(f"{comparator} compares nothing")
