"""Whether an amount is nothing for a group to which nobody belongs, whatever else is so."""

from __future__ import annotations

from typing import assert_never

from outcomelang.core import ir
from outcomelang.formula import expression as ex
from outcomelang.formula.expression import Expression
from outcomelang.formula.symbols import ValueOf
from outcomelang.formula.workspace import Workspace


def vanishes(w: Workspace, of: Expression) -> bool:
    """Whether it is nothing where everything counted of the group's own people is nothing."""
    own = {symbol.name for symbol in w.symbols.values() if _is_own(symbol.source)}
    return _is_nothing(of, own)


def _is_own(source: object) -> bool:
    match source:
        case ValueOf(ir.Counted(ir.Select(among=None)) | ir.DaysIn(among=None), ir.PerGroup() | ir.Pooled()):
            return True
        case _:
            return False


def _is_nothing(of: Expression, own: set[str]) -> bool:
    match of:
        case ex.Number(value):
            return value == 0
        case ex.Ref(symbol):
            return symbol in own
        case ex.Plus(parts) | ex.Least(parts) | ex.Greatest(parts):
            return all(_is_nothing(part, own) for part in parts)
        case ex.Times(parts):
            return any(_is_nothing(part, own) for part in parts)
        case ex.Quotient(above):
            return _is_nothing(above, own)
        case ex.Rounding(inner) | ex.Total(_, inner):
            return _is_nothing(inner, own)
        case ex.Cases(branches, otherwise):
            return all(_is_nothing(part, own) for part in (*(each.value for each in branches), otherwise))
        case _:
            assert_never(of)
