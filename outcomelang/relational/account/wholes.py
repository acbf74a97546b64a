"""Which amounts are whole pennies whatever a log says: they can be taken from one another without a denominator."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.declared import Declared


def whole_amounts(d: Declared, flow: ir.Flow) -> bool:
    """Whether a payment always comes to whole minor units, before any rounding."""
    if flow.instalments is not None:
        return False
    driver = flow.driver
    if isinstance(driver, ir.EachUnit) and driver.parts == "proportion":
        return is_whole(d, flow.amount) and driver.scale == 1 and is_whole(d, driver.quantity)
    return is_whole(d, flow.amount)


def is_whole(d: Declared, node: ir.Quantity) -> bool:
    match node:
        case ir.Const(value=value):
            return isinstance(value, Fraction) and value.denominator == 1
        case ir.ContractValue():
            return d.contract.value is not None and Fraction(d.contract.value).denominator == 1
        case ir.Counted() | ir.DaysIn() | ir.Rounded():
            return True
        case ir.Summed(unit=unit) | ir.Attribute(unit=unit):
            return unit in (ir.Unit.MONEY, ir.Unit.DATE)
        case ir.Read(measure=name):
            return is_whole(d, d.measures[name].quantity)
        case ir.Lookup(table=name):
            values = (row.value for row in d.tables[name].rows)
            return not d.tables[name].straight_line and all(each is None or is_whole(d, each) for each in values)
        case ir.Arith(op=op, left=left, right=right):
            return op != "/" and is_whole(d, left) and is_whole(d, right)
        case ir.Excess(of=left, over=right):
            return is_whole(d, left) and is_whole(d, right)
        case ir.ChangeOf() | ir.Observed() | ir.Indexed():
            return False
        case _:
            assert_never(node)
