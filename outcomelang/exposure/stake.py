"""What a contract can pay in all, as a measure of how much turns on one thing.

It is no bound: where nothing in the terms bounds a payment, its price counts for a hundred people, or once.
"""

from __future__ import annotations

from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.declared import Declared
from outcomelang.exposure.liability import FlowBound, Liability

USUAL_PEOPLE = 100


def payable(names: Declared, bound: Liability) -> Fraction:
    """The declared value of the contract; else its liability; else, payment by payment, its bound or its usual sum."""
    if names.contract.value is not None:
        return Fraction(names.contract.value)
    if bound.most is not None:
        return bound.most
    return sum((_usual(each) if each.within is None else each.within for each in bound.flows), Fraction(0))


def _usual(bound: FlowBound) -> Fraction:
    if bound.price is None:
        return Fraction(0)
    if bound.units is not None:
        return bound.price * bound.units
    personal = isinstance(bound.flow.subject, ir.PerPerson | ir.PerMember | ir.PerRow)
    return bound.price * (USUAL_PEOPLE if personal else 1)
