"""Quantities as noun phrases. Every amount stands in the currency of the contract."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.money import count
from outcomelang.core.scope import plural_of
from outcomelang.prose.english import selections, values
from outcomelang.prose.english.scope import Scope

OPERATIONS = {"+": "plus", "-": "less", "*": "times", "/": "divided by"}


def quantity(of: ir.Quantity, scope: Scope) -> str:
    match of:
        case ir.Const():
            return values.const(of, scope.contract)
        case ir.Counted(select):
            return f"the number of {selections.select(select, scope)}"
        case ir.Summed(attribute, select):
            return f"the sum of {attribute} over all {selections.select(select, scope)}"
        case ir.DaysIn():
            return days_in(of, scope)
        case ir.Attribute(name):
            return f"the recorded {name}"
        case ir.Read(measure):
            return f"the {called(measure, scope.contract)}"
        case ir.Lookup(table):
            return f"the {table}"
        case ir.Arith():
            return arith(of, scope)
        case ir.Excess(inner, over):
            return f"the excess, if any, of {bracketed(inner, scope)} over {bracketed(over, scope)}"
        case ir.ChangeOf():
            return change(of, scope)
        case ir.Rounded(inner, mode):
            return f"{bracketed(inner, scope)}, rounded {values.ROUNDINGS[mode]} to a whole number"
        case ir.ContractValue():
            return "the value of the contract"
        case ir.Observed():
            return observed(of, scope)
        case ir.Indexed():
            return indexed(of, scope)
        case _:
            assert_never(of)


def called(name: str, contract: ir.Contract) -> str:
    """A calculated number under the plural of its name, where the contract gives it one of its own (People Seen)."""
    found = next((each.plural for each in contract.measures if each.name == name), "")
    return name if found in ("", plural_of(name)) or name.endswith("s") else found


def fitted(of: ir.Quantity, scope: Scope) -> str:
    return scope.fitted(quantity(of, scope))


def bracketed(of: ir.Quantity, scope: Scope) -> str:
    """A part of a sum: in brackets where it is a sum itself, so that what belongs together cannot be mistaken."""
    whole = quantity(of, scope)
    said = scope.fitted(whole)
    plain = isinstance(of, ir.Const | ir.Read | ir.Lookup | ir.Attribute | ir.ContractValue | ir.Indexed) or bare(of)
    return said if plain or said != whole else f"({said})"


def arith(of: ir.Arith, scope: Scope) -> str:
    if of.op in ("min", "max"):
        which = "lesser" if of.op == "min" else "greater"
        return f"the {which} of {bracketed(of.left, scope)} and {bracketed(of.right, scope)}"
    if of.op == "*" and is_share(of.left):
        return f"{bracketed(of.left, scope)} of {bracketed(of.right, scope)}"
    return f"{bracketed(of.left, scope)} {OPERATIONS[of.op]} {points(of) or bracketed(of.right, scope)}"


def points(of: ir.Arith) -> str:
    """50% less 5% could be less a twentieth of it: between percentages these are percentage points."""
    right = of.right
    if of.op not in ("+", "-") or not isinstance(right, ir.Const) or right.unit is not ir.Unit.PERCENTAGE:
        return ""
    assert isinstance(right.value, Fraction)
    return values.several(right.value * 100, "percentage point")


def bare(of: ir.Quantity) -> bool:
    """A number of things of which nothing else is said: it needs no brackets."""
    return isinstance(of, ir.Counted) and not (of.select.tests or of.select.window or of.select.among)


def is_share(of: ir.Quantity) -> bool:
    return isinstance(of, ir.Const | ir.Read | ir.Lookup) and of.unit is ir.Unit.PERCENTAGE


def days_in(of: ir.DaysIn, scope: Scope) -> str:
    unit = (
        "days"
        if of.days_each == 1
        else "whole weeks"
        if of.days_each == 7
        else f"whole stretches of {of.days_each} days"
    )
    which = selections.tested(of.tests, scope)
    whose = f" of those in {of.among}" if of.among else ""
    when = f" falling {selections.timed(of.window, scope)}" if of.window else ""
    return f"the number of {unit} of {of.state}{whose}{',' if whose and which else ''}{which}{when}"


def change(of: ir.ChangeOf, scope: Scope) -> str:
    how = "fall" if of.fall else "rise"
    said = f"from {fitted(of.base, scope)} to {fitted(of.new, scope)}"
    return f"the {how} {said}, {'as a percentage of the first' if of.relative else 'in percentage points'}"


def observed(of: ir.Observed, scope: Scope) -> str:
    if of.answered_by is None:
        return f"the reported {of.figure}"
    share = "" if of.least is None else f", valid only if at least {count(of.least * 100)}% of them answered"
    return f"the mean of the answers of {selections.people(of.answered_by, scope.contract)} to {of.figure}{share}"


def indexed(of: ir.Indexed, scope: Scope) -> str:
    cap = "" if of.cap is None else f", by at most {count(of.cap * 100)}% each time"
    return f"{bracketed(of.of, scope)} (indexed by {of.figure} on each anniversary of {values.dated(of.since)}{cap})"
