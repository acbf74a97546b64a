"""Amounts that are written as a share of something: of the contract's value, of a price, of an amount in the log."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.declared import Declared
from outcomelang.core.fixed_values import fixed_value

CONTRACT_VALUE = "the contract’s value"


@frozen
class Share:
    """So much of `base`; `percent`: a percentage is written on the way."""

    base: str
    of: Fraction
    percent: bool = False


def share(d: Declared, amount: ir.Quantity, subject: ir.Subject) -> Share | None:
    """Of what an amount is a share, and how large a one; None: of nothing in particular."""
    match amount:
        case ir.ContractValue():
            return Share(CONTRACT_VALUE, Fraction(1))
        case ir.Attribute(name, ir.Unit.MONEY):
            return Share(name, Fraction(1))
        case ir.Read(name, ir.Unit.MONEY):
            measure = d.measures[name]
            written = isinstance(measure.quantity, ir.Const)
            return Share(name, Fraction(1)) if written else share(d, measure.quantity, measure.subject)
        case ir.Rounded(of) | ir.Indexed(of):
            return share(d, of, subject)
        case ir.Arith("*", left, right):
            return _times(d, left, right, subject) or _times(d, right, left, subject)
        case ir.Arith("/", left, right):
            part, by = share(d, left, subject), fixed_value(d, right, {})
            return Share(part.base, part.of / by, part.percent) if part is not None and by else None
        case _:
            return None


def _times(d: Declared, factor: ir.Quantity, base: ir.Quantity, subject: ir.Subject) -> Share | None:
    by = _all_rows(d, factor, subject) if isinstance(factor, ir.Lookup) else fixed_value(d, factor, {})
    part = share(d, base, subject) if by is not None and _is_number(factor) else None
    if by is None or part is None:
        return None
    return Share(part.base, part.of * by, part.percent or getattr(factor, "unit", None) is ir.Unit.PERCENTAGE)


def _is_number(factor: ir.Quantity) -> bool:
    return getattr(factor, "unit", None) in (ir.Unit.NUMBER, ir.Unit.PERCENTAGE)


def _all_rows(d: Declared, factor: ir.Lookup, subject: ir.Subject) -> Fraction | None:
    """What a table of shares comes to over all groups or periods of the subject, divided by how many they are.

    The payment has one unit for each of them.
    """
    table = d.tables[factor.table]
    keys = tuple(_key(source) for source in table.by)
    if len(keys) != 1 or keys[0] is None or keys[0] != _split_by(subject) or not table.rows:
        return None
    values = [row.value.value for row in table.rows if row.value is not None]
    return sum((value for value in values if isinstance(value, Fraction)), Fraction(0)) / len(table.rows)


def _key(source: ir.KeySource) -> str | None:
    match source:
        case ir.KeyByGroup(name) | ir.KeyByPeriod(name):
            return name
        case ir.KeyByQuantity():
            return None


def _split_by(subject: ir.Subject) -> str | None:
    match subject:
        case ir.PerGroup(name) | ir.PerPeriod(name, ir.Whole()):
            return name
        case _:
            return None


def weights(quantity: ir.Quantity) -> tuple[Fraction, ...]:
    """The percentages by which the parts of a sum are weighted; none where a part has no such weight."""
    found: list[Fraction] = []
    for term in _terms(quantity):
        match term:
            case ir.Arith("*", ir.Const(Fraction() as weight, ir.Unit.PERCENTAGE), _) if weight < 1:
                found.append(weight)
            case _:
                return ()
    return tuple(found)


def _terms(quantity: ir.Quantity) -> Iterator[ir.Quantity]:
    match quantity:
        case ir.Arith("+", left, right):
            yield from _terms(left)
            yield from _terms(right)
        case _:
            yield quantity
