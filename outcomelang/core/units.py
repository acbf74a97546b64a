"""The unit of a quantity: written in it, or given by its kind."""

from __future__ import annotations

from typing import assert_never

from outcomelang.core import ir


def unit_of(quantity: ir.Quantity) -> ir.Unit:
    """The unit of a quantity's value, as elaboration found it."""
    match quantity:
        case ir.Counted() | ir.DaysIn():
            return ir.Unit.NUMBER
        case ir.ChangeOf():
            return ir.Unit.PERCENTAGE
        case ir.ContractValue():
            return ir.Unit.MONEY
        case (
            ir.Const(unit=unit) | ir.Summed(unit=unit) | ir.Attribute(unit=unit) | ir.Read(unit=unit)
            | ir.Lookup(unit=unit) | ir.Arith(unit=unit) | ir.Excess(unit=unit) | ir.Rounded(unit=unit)
            | ir.Observed(unit=unit) | ir.Indexed(unit=unit)
        ):  # fmt: skip
            return unit
        case _:
            assert_never(quantity)
