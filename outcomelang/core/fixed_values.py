"""What a quantity is before anything happens: written values, and tables by the groups of somebody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.declared import Declared

Num = int | Fraction


def greatest_value(d: Declared, node: ir.Quantity) -> Num | None:
    """The greatest value that a quantity can have for anybody: of a table, that of its dearest row; None: no bound.

    Only what is written bounds it; counts, sums and days have no bound here.
    """
    match node:
        case ir.Const(value=str()):
            return None
        case ir.Const():
            return constant(node)
        case ir.Read(name):
            return greatest_value(d, d.measures[name].quantity)
        case ir.Lookup(name):
            return _dearest(d.tables[name])
        case ir.Arith("+" | "*" | "min" | "max" as op, left, right):
            one, other = greatest_value(d, left), greatest_value(d, right)
            if op == "min" and (one is None or other is None):
                return other if one is None else one
            return None if one is None or other is None else computed(op, Fraction(one), Fraction(other))
        case ir.Rounded(of, mode):
            value = greatest_value(d, of)
            return None if value is None else _rounded(Fraction(value), mode)
        case ir.Indexed(of):
            return greatest_value(d, of)
        case _:
            return fixed_value(d, node, {})


def _dearest(table: ir.Table) -> Num | None:
    values = [row.value for row in table.rows] + [table.until_paid.after if table.until_paid is not None else None]
    written = [constant(value) for value in values if value is not None and not isinstance(value.value, str)]
    return max(written, default=None)


def constant(value: ir.Const) -> Num:
    """A constant as a number: whole numbers as `int`, dates as day numbers."""
    number = value.value
    if isinstance(number, date):
        return number.toordinal()
    assert not isinstance(number, str), "a label is no number"
    return number.numerator if number.denominator == 1 else number


def fixed_value(d: Declared, node: ir.Quantity, labels: Mapping[str, str]) -> Num | None:
    """The value of a quantity that nothing which happens can change; None where something can."""
    match node:
        case ir.Const(value=str()):
            return None
        case ir.Const():
            return constant(node)
        case ir.Read(name):
            return fixed_value(d, d.measures[name].quantity, labels)
        case ir.Lookup(name):
            return _looked_up(d.tables[name], labels)
        case ir.Arith(op, left, right):
            one, other = fixed_value(d, left, labels), fixed_value(d, right, labels)
            return None if one is None or other is None else computed(op, Fraction(one), Fraction(other))
        case ir.Excess(of, over):
            one, other = fixed_value(d, of, labels), fixed_value(d, over, labels)
            return None if one is None or other is None else max(one - other, 0)
        case ir.Rounded(of, mode):
            value = fixed_value(d, of, labels)
            return None if value is None else _rounded(Fraction(value), mode)
        case ir.ContractValue():
            return d.contract.value
        case ir.Indexed(of):
            return fixed_value(d, of, labels)
        case ir.Counted() | ir.Summed() | ir.DaysIn() | ir.Attribute() | ir.ChangeOf() | ir.Observed():
            return None


def _rounded(value: Fraction, mode: str) -> Num:
    floor = value.numerator // value.denominator
    rest, half = value - floor, Fraction(1, 2)
    match mode:
        case "down":
            return floor
        case "up":
            return floor + (rest > 0)
        case "half up":
            return floor + (rest >= half)
        case "half even":
            return floor + (rest > half or (rest == half and floor % 2 == 1))
        case _:
            raise ValueError(f"{mode} is no rounding")


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


def _looked_up(table: ir.Table, labels: Mapping[str, str]) -> Num | None:
    """A table by groups alone, for somebody of these labels."""
    if table.until_paid is not None:
        return constant(table.rows[0].value) if table.rows[0].value is not None else None
    wanted: list[str] = []
    for source in table.by:
        if isinstance(source, ir.KeyByQuantity):
            return None
        key = source.partition if isinstance(source, ir.KeyByGroup) else source.calendar
        if key not in labels:
            return None
        wanted.append(labels[key])
    for row in table.rows:
        if all(
            isinstance(key, ir.LabelKey) and key.label == label for key, label in zip(row.keys, wanted, strict=True)
        ):
            return None if row.value is None else constant(row.value)
    return None
