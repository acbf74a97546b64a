"""Whether something is never below nothing: only then does a limit come to the lesser of two sums."""

from __future__ import annotations

from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.declared import Declared
from outcomelang.formula import expression as ex
from outcomelang.formula.expression import Expression, Truth
from outcomelang.formula.workspace import Workspace

_NEVER_NEGATIVE = (ir.Unit.MONEY, ir.Unit.DAYS, ir.Unit.MONTHS)


def positive(w: Workspace, of: Expression) -> bool:
    """Never below nothing, whatever its symbols are."""
    signed = {symbol.name for symbol in w.symbols.values() if symbol.signed}
    return _positive(of, signed, frozenset())


def _positive(of: Expression, signed: set[str], known: frozenset[Expression]) -> bool:
    if of in known:
        return True
    match of:
        case ex.Number(value):
            return value >= 0
        case ex.Ref(symbol):
            return symbol not in signed
        case ex.Plus(parts) | ex.Times(parts) | ex.Least(parts):
            return all(_positive(part, signed, known) for part in parts)
        case ex.Greatest(parts):
            return any(_positive(part, signed, known) for part in parts)
        case ex.Quotient(above, below):
            return _positive(above, signed, known) and _positive(below, signed, known)
        case ex.Rounding(inner) | ex.Total(_, inner):
            return _positive(inner, signed, known)
        case ex.Cases(branches, otherwise):
            return _positive(otherwise, signed, known) and all(
                _positive(each.value, signed, known | _shown(each.when)) for each in branches
            )
        case _:
            assert_never(of)


def _shown(when: Truth) -> frozenset[Expression]:
    """What is not below nothing where a condition holds."""
    match when:
        case ex.Relation(left, ">=" | ">" | "==", ex.Number(value)) if value >= 0:
            return frozenset({left})
        case ex.All(parts):
            return frozenset().union(*map(_shown, parts))
        case _:
            return frozenset()


def positive_quantity(names: Declared, of: ir.Quantity) -> bool:
    """Whether a quantity is never below nothing by its form."""
    match of:
        case ir.Counted() | ir.DaysIn() | ir.Excess() | ir.ContractValue():
            return True
        case ir.Const(value):
            return not isinstance(value, str) and not hasattr(value, "toordinal") and value >= 0
        case ir.Read(name):
            return positive_quantity(names, names.measures[name].quantity)
        case ir.Lookup(name):
            rows = names.tables[name].rows
            return all(row.value is None or positive_quantity(names, row.value) for row in rows)
        case ir.Arith("+" | "*" | "/" | "min", left, right):
            return positive_quantity(names, left) and positive_quantity(names, right)
        case ir.Arith("max", left, right):
            return positive_quantity(names, left) or positive_quantity(names, right)
        case ir.Rounded(inner) | ir.Indexed(inner):
            return positive_quantity(names, inner)
        case ir.Summed(_, _, unit) | ir.Attribute(_, unit) | ir.Observed(_, unit):
            return unit in _NEVER_NEGATIVE
        case ir.Arith() | ir.ChangeOf():
            return False
        case _:
            assert_never(of)
