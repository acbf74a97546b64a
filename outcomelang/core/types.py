"""What a quantity is, and which quantities go together. Nothing here knows names or places, only kinds.

Beside the units of the core there are percentage points (a difference of two percentages, which is no percentage of
anything) and a number of days, which compares with a plain number as well as with a length of days or weeks.
"""

from __future__ import annotations

from enum import StrEnum
from typing import assert_never

from outcomelang.core.ir import Unit


class Kind(StrEnum):
    """A kind of value; the words are those of the diagnostics."""

    MONEY = "an amount of money"
    NUMBER = "a number"
    PERCENTAGE = "a percentage"
    POINTS = "percentage points"
    DATE = "a date"
    LABEL = "a label"
    FLAG = "a yes or no"
    DAYS = "a length in days or weeks"
    MONTHS = "a length in months or years"
    DAY_COUNT = "a number of days"


def unit_of(kind: Kind) -> Unit:
    """The unit under which the core holds a kind."""
    match kind:
        case Kind.MONEY:
            return Unit.MONEY
        case Kind.NUMBER | Kind.DAY_COUNT:
            return Unit.NUMBER
        case Kind.PERCENTAGE | Kind.POINTS:
            return Unit.PERCENTAGE
        case Kind.DATE:
            return Unit.DATE
        case Kind.LABEL:
            return Unit.LABEL
        case Kind.FLAG:
            return Unit.FLAG
        case Kind.DAYS:
            return Unit.DAYS
        case Kind.MONTHS:
            return Unit.MONTHS
        case _:
            assert_never(kind)


def kind_of(unit: Unit) -> Kind:
    """The kind of a value that the core holds under a unit."""
    match unit:
        case Unit.MONEY:
            return Kind.MONEY
        case Unit.NUMBER:
            return Kind.NUMBER
        case Unit.PERCENTAGE:
            return Kind.PERCENTAGE
        case Unit.DATE:
            return Kind.DATE
        case Unit.LABEL:
            return Kind.LABEL
        case Unit.FLAG:
            return Kind.FLAG
        case Unit.DAYS:
            return Kind.DAYS
        case Unit.MONTHS:
            return Kind.MONTHS
        case _:
            assert_never(unit)


_ADDABLE = frozenset({Kind.MONEY, Kind.NUMBER, Kind.PERCENTAGE, Kind.POINTS, Kind.DAYS, Kind.MONTHS, Kind.DAY_COUNT})


def same(left: Kind, right: Kind) -> Kind | None:
    """The kind that two quantities share, if they compare with each other."""
    if left is right:
        return left
    if Kind.DAY_COUNT in (left, right):
        other = right if left is Kind.DAY_COUNT else left
        return other if other in (Kind.NUMBER, Kind.DAYS) else None
    return None


def added(left: Kind, right: Kind) -> Kind | None:
    """The kind of `left plus right`."""
    if {left, right} == {Kind.PERCENTAGE, Kind.POINTS}:
        return Kind.PERCENTAGE
    kind = same(left, right)
    return kind if kind in _ADDABLE else None


def subtracted(left: Kind, right: Kind) -> Kind | None:
    """The kind of `left less right`: two percentages differ by points."""
    if left is right is Kind.PERCENTAGE:
        return Kind.POINTS
    if left is Kind.POINTS and right is Kind.PERCENTAGE:
        return None
    return added(left, right)


def multiplied(left: Kind, right: Kind) -> Kind | None:
    """The kind of `left times right`: one of them is a plain number."""
    plain = (Kind.NUMBER, Kind.DAY_COUNT)
    if left in plain and right in plain:
        return Kind.NUMBER
    if left in plain or right in plain:
        other = right if left in plain else left
        return other if other in (Kind.MONEY, Kind.DAYS) else None
    return None


def shared(of: Kind) -> Kind | None:
    """The kind of a portion: `80% of £4,000`, `95% of the Baseline Rate`, `5/6 of the Families`."""
    if of is Kind.DAY_COUNT:
        return Kind.NUMBER
    return of if of in (Kind.MONEY, Kind.NUMBER, Kind.PERCENTAGE, Kind.POINTS) else None
