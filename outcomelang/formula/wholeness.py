"""Whether an amount is always a whole multiple of a step, so that rounding to it changes nothing."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from outcomelang.core import ir
from outcomelang.formula import expression as ex
from outcomelang.formula.expression import Expression
from outcomelang.formula.symbols import AmountsOf, AttributeOf, Symbol, ValueOf
from outcomelang.formula.workspace import Workspace


def is_whole(w: Workspace, of: Expression, step: Fraction) -> bool:
    """Whether it is always a whole multiple of `step`."""
    return _whole(w, {symbol.name: symbol for symbol in w.symbols.values()}, of, step)


def _whole(w: Workspace, symbols: dict[str, Symbol], of: Expression, step: Fraction) -> bool:
    match of:
        case ex.Number(value):
            return (value / step).denominator == 1
        case ex.Ref(symbol):
            found = symbols[symbol]
            return _is_amount(w, found, step) or (found.whole and (1 / step).denominator == 1)
        case ex.Plus(parts) | ex.Least(parts) | ex.Greatest(parts):
            return all(_whole(w, symbols, part, step) for part in parts)
        case ex.Times(parts):
            return _product(w, symbols, parts, step)
        case ex.Rounding(_, _, own):
            return (own / step).denominator == 1
        case ex.Total(_, inner):
            return _whole(w, symbols, inner, step)
        case ex.Cases(branches, otherwise):
            return all(_whole(w, symbols, part, step) for part in (*(each.value for each in branches), otherwise))
        case ex.Quotient():
            return False
        case _:
            assert_never(of)


def _product(w: Workspace, symbols: dict[str, Symbol], parts: tuple[Expression, ...], step: Fraction) -> bool:
    """One factor is a whole multiple of the step, and all others are whole numbers."""
    return any(
        _whole(w, symbols, part, step) and all(_whole(w, symbols, p, Fraction(1)) for p in parts if p is not part)
        for part in parts
    )


def _is_amount(w: Workspace, symbol: Symbol, step: Fraction) -> bool:
    """Money that a log carries is whole in the minor unit; so is what was rounded to it."""
    if symbol.unit != w.contract.currency or step != w.step(1):
        return False
    match symbol.source:
        case AttributeOf() | ValueOf(ir.Attribute() | ir.Summed()):
            return True
        case AmountsOf(mode=mode):
            return mode != ""
        case _:
            return False
