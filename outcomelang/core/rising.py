"""What time does to a quantity: whether more rows can only raise it, and whether it ever changes."""

from __future__ import annotations

from attrs import frozen

from outcomelang.core import ir


@frozen
class Known:
    """What the names in a quantity stand for."""

    measures: dict[str, ir.Measure]
    tables: dict[str, ir.Table]
    states: dict[str, ir.State]


def known(contract: ir.Contract) -> Known:
    """The measures, tables and states of a contract by name."""
    return Known(
        {each.name: each for each in contract.measures},
        {each.name: each for each in contract.tables},
        {each.name: each for each in contract.states},
    )


def rises(c: Known, node: ir.Quantity) -> bool:
    """Whether more rows can only raise a quantity."""
    match node:
        case ir.Const() | ir.ContractValue() | ir.Attribute():
            return True
        case ir.Counted(select):
            return not any(isinstance(test, ir.Has) and test.negated for test in select.tests)
        case ir.Summed(_, _, unit):
            return unit is ir.Unit.MONEY
        case ir.DaysIn(name):
            return not _has_rest(c, c.states[name].days)
        case ir.Read(name):
            return rises(c, c.measures[name].quantity)
        case ir.Rounded(of):
            return rises(c, of)
        case ir.Arith(op, left, right):
            return op in ("+", "min", "max") and rises(c, left) and rises(c, right)
        case ir.Lookup() | ir.Excess() | ir.ChangeOf() | ir.Observed() | ir.Indexed():
            return False


def is_constant(c: Known, node: ir.Quantity) -> bool:
    """Whether time plays no part in a quantity."""
    match node:
        case ir.Const() | ir.ContractValue() | ir.Attribute():
            return True
        case ir.Counted() | ir.Summed() | ir.DaysIn() | ir.Observed() | ir.Indexed():
            return False
        case ir.Read(name):
            return is_constant(c, c.measures[name].quantity)
        case ir.Lookup(name):
            keys = [key.quantity for key in c.tables[name].by if isinstance(key, ir.KeyByQuantity)]
            return all(is_constant(c, key) for key in keys)
        case ir.Arith(_, left, right) | ir.Excess(left, right) | ir.ChangeOf(left, right):
            return is_constant(c, left) and is_constant(c, right)
        case ir.Rounded(of):
            return is_constant(c, of)


def _has_rest(c: Known, node: ir.DaySet) -> bool:
    """Whether a state is, or is made of, the days on which another does not hold."""
    match node:
        case ir.Spells():
            return False
        case ir.NotDays():
            return True
        case ir.InState(name):
            return _has_rest(c, c.states[name].days)
        case ir.AllDays(parts) | ir.AnyDays(parts):
            return any(_has_rest(c, part) for part in parts)
