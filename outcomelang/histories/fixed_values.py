"""What a quantity is before anything happens: written values, and tables by the groups of somebody."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.evaluation.row_tests import constant
from outcomelang.histories.making import Index

Num = int | Fraction


def fixed_value(names: Index, node: ir.Quantity, labels: Mapping[str, str]) -> Num | None:
    """The value of a quantity that nothing which happens can change; None where something can."""
    match node:
        case ir.Const(value=str()):
            return None
        case ir.Const():
            return constant(node)
        case ir.Read(name):
            return fixed_value(names, names.measures[name].quantity, labels)
        case ir.Lookup(name):
            return _looked_up(names, names.tables[name], labels)
        case ir.Arith(op, left, right):
            one, other = fixed_value(names, left, labels), fixed_value(names, right, labels)
            return None if one is None or other is None else computed(op, Fraction(one), Fraction(other))
        case ir.Excess(of, over):
            one, other = fixed_value(names, of, labels), fixed_value(names, over, labels)
            return None if one is None or other is None else max(one - other, 0)
        case ir.Rounded(of, mode):
            value = fixed_value(names, of, labels)
            return None if value is None else _rounded(Fraction(value), mode)
        case ir.ContractValue():
            return names.contract.value
        case ir.Indexed(of):
            return fixed_value(names, of, labels)
        case ir.Counted() | ir.Summed() | ir.DaysIn() | ir.Attribute() | ir.ChangeOf() | ir.Observed():
            return None


def _rounded(value: Fraction, mode: str) -> Num:
    from outcomelang.evaluation.quantities import rounded

    return rounded(value, mode, 1)


def computed(op: str, left: Fraction, right: Fraction) -> Num | None:
    """`left op right`, exactly; nothing for a quotient by zero."""
    match op:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right if right else None
        case "min":
            return min(left, right)
        case "max":
            return max(left, right)
        case _:
            raise ValueError(f"{op} is no operation")


def _looked_up(names: Index, table: ir.Table, labels: Mapping[str, str]) -> Num | None:
    """A table by groups alone, for somebody of these labels."""
    if table.until_paid is not None:
        return constant(table.rows[0].value) if table.rows[0].value is not None else None
    wanted: list[str] = []
    for source in table.by:
        if not isinstance(source, ir.KeyByGroup) or source.partition not in labels:
            return None
        wanted.append(labels[source.partition])
    for row in table.rows:
        if all(isinstance(key, ir.LabelKey) and key.label == label for key, label in zip(row.keys, wanted, strict=True)):
            return None if row.value is None else constant(row.value)
    return None
