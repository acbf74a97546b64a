"""Quantities reckoned from supposed counts and sums: what a measure is if so many were counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.declared import Declared
from outcomelang.core.fixed_values import computed, fixed_value

Atom = ir.Counted | ir.Summed | ir.DaysIn | ir.Observed
"""What only events decide: everything else is arithmetic over them."""
AtomOf = tuple[Atom, ir.Subject]
"""A count or sum with the subject of whom it is: one for all places that say the same."""
Supposed = Mapping[AtomOf, Fraction]


def atoms(names: Declared, node: ir.Quantity, here: ir.Subject) -> Iterator[AtomOf]:
    """The counts and sums that a quantity is made of, each with the subject of whom it is counted."""
    match node:
        case ir.Counted() | ir.Summed() | ir.DaysIn() | ir.Observed():
            yield node, here
        case ir.Read(name):
            measure = names.measures[name]
            yield from atoms(names, measure.quantity, measure.subject)
        case ir.Arith(_, left, right) | ir.Excess(left, right) | ir.ChangeOf(left, right):
            yield from atoms(names, left, here)
            yield from atoms(names, right, here)
        case ir.Rounded(of) | ir.Indexed(of):
            yield from atoms(names, of, here)
        case ir.Lookup(name):
            for key in names.tables[name].by:
                if isinstance(key, ir.KeyByQuantity):
                    yield from atoms(names, key.quantity, here)
        case ir.Const() | ir.Attribute() | ir.ContractValue():
            return


def reckoned(names: Declared, node: ir.Quantity, here: ir.Subject, supposed: Supposed) -> Fraction | None:
    """The value of a quantity if the counts and sums are as supposed; None where that does not settle it."""
    match node:
        case ir.Counted() | ir.Summed() | ir.DaysIn() | ir.Observed():
            return supposed.get((node, here))
        case ir.Read(name):
            measure = names.measures[name]
            return reckoned(names, measure.quantity, measure.subject, supposed)
        case ir.Arith(op, left, right):
            return _computed(op, reckoned(names, left, here, supposed), reckoned(names, right, here, supposed))
        case ir.Excess(of, over):
            more = _computed("-", reckoned(names, of, here, supposed), reckoned(names, over, here, supposed))
            return None if more is None else max(more, Fraction(0))
        case ir.ChangeOf(base, new, fall, relative):
            one, other = reckoned(names, base, here, supposed), reckoned(names, new, here, supposed)
            change = _computed("-", one, other) if fall else _computed("-", other, one)
            return _computed("/", change, one) if relative else change
        case ir.Rounded() | ir.Indexed():
            return reckoned(names, node.of, here, supposed)
        case ir.Const() | ir.ContractValue() | ir.Lookup() | ir.Attribute():
            value = fixed_value(names, node, {})
            return None if value is None else Fraction(value)


def _computed(op: str, left: Fraction | None, right: Fraction | None) -> Fraction | None:
    if left is None or right is None:
        return None
    value = computed(op, left, right)
    return None if value is None else Fraction(value)
