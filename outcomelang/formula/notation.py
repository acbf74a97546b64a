"""Expressions in one line of text, as in a school book: what a terminal shows and a document quotes."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from outcomelang.core.money import exact
from outcomelang.formula import expression as ex
from outcomelang.formula.expression import Expression, Truth

_SUM, _PRODUCT, _ATOM = 1, 2, 3
_ROUNDINGS = {"down": "round_down", "up": "round_up", "half up": "round_half_up", "half even": "round_half_even"}
_COMPARED = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "==": "=", "!=": "≠"}


def written(of: Expression) -> str:
    """One line."""
    return _written(of, 0)


def _written(of: Expression, around: int) -> str:
    match of:
        case ex.Number(value):
            return amount(value) if value >= 0 or not around else f"({amount(value)})"
        case ex.Ref(symbol, index):
            return f"{symbol}[{index}]" if index else symbol
        case ex.Plus(parts):
            said = _written(parts[0], _SUM)
            for part in parts[1:]:
                sign, rest = _signed(part)
                said += f" {sign} {_written(rest, _PRODUCT)}"
            return f"({said})" if around >= _PRODUCT else said
        case ex.Times(parts):
            sign, rest = _signed(of)
            if sign == "-":
                return f"-{_written(rest, _ATOM)}" if around < _PRODUCT else f"(-{_written(rest, _ATOM)})"
            return _bracketed(" × ".join(_written(part, _PRODUCT) for part in parts), around > _PRODUCT)
        case ex.Quotient(above, below):
            return _bracketed(f"{_written(above, _PRODUCT)} / {_written(below, _ATOM)}", around > _PRODUCT)
        case ex.Least(parts):
            return f"min({', '.join(_written(part, 0) for part in parts)})"
        case ex.Greatest(parts):
            return f"max({', '.join(_written(part, 0) for part in parts)})"
        case ex.Rounding(inner, mode, step):
            return f"{_ROUNDINGS[mode]}({_written(inner, 0)}, to {amount(step)})"
        case ex.Total(index, inner):
            return f"sum over {index} of {_bracketed(_written(inner, 0), isinstance(inner, ex.Plus | ex.Times))}"
        case ex.Cases(branches, otherwise):
            said = "; ".join(f"{_written(each.value, 0)} if {truth(each.when)}" for each in branches)
            return f"{{{said}; else {_written(otherwise, 0)}}}"
        case _:
            assert_never(of)


def _bracketed(said: str, needed: bool) -> str:
    return f"({said})" if needed else said


def _signed(of: Expression) -> tuple[str, Expression]:
    """A term of a sum, with its sign in front."""
    match of:
        case ex.Number(value) if value < 0:
            return "-", ex.Number(-value)
        case ex.Times((ex.Number(value), *rest)) if value < 0:
            return "-", ex.times(ex.Number(-value), *rest)
        case _:
            return "+", of


def truth(of: Truth) -> str:
    match of:
        case ex.Relation(left, comparator, right):
            return f"{_written(left, 0)} {_COMPARED[comparator]} {_written(right, 0)}"
        case ex.All(parts):
            return " and ".join(_inner(part) for part in parts)
        case ex.Any(parts):
            return " or ".join(_inner(part) for part in parts)
        case ex.Not(inner):
            return f"not {_inner(inner)}"
        case _:
            assert_never(of)


def _inner(of: Truth) -> str:
    return truth(of) if isinstance(of, ex.Relation) else f"({truth(of)})"


def amount(value: Fraction) -> str:
    return exact(value)
