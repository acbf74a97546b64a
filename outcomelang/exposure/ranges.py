"""Ranges of exact numbers, perhaps open on a side, and what becomes of them in a computation."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from attrs import frozen

from outcomelang.exposure.numbers import Most, least_of, times


@frozen
class Range:
    """`low` to `high`, both included; None: no bound on that side."""

    low: Most
    high: Most

    @property
    def positive(self) -> bool:
        """Never below nothing."""
        return self.low is not None and self.low >= 0


ANY = Range(None, None)
NOT_NEGATIVE = Range(Fraction(0), None)


def exactly(value: Fraction) -> Range:
    return Range(value, value)


def down(value: Most) -> Most:
    return None if value is None else Fraction(value // 1)


def less(left: Most, right: Most) -> Most:
    return None if left is None or right is None else left - right


def not_below(value: Most) -> Most:
    return None if value is None else max(value, Fraction(0))


def followed(of: Range, steps: int | None, cap: Fraction | None) -> Range:
    """A fall is followed whole; of a rise each step is at most the cap."""
    least = Fraction(0) if of.positive else None
    if of.high is None or steps is None or cap is None:
        return Range(least, None)
    return Range(least, max(of.high, Fraction(0)) * Fraction((1 + cap) ** steps))


def computed(op: str, left: Range, right: Range, proportion: bool, whole: bool) -> Range:
    """`left op right`; a quotient may be known to be a proportion, or to have a whole number below the line."""
    match op:
        case "+":
            return Range(_plus(left.low, right.low), _plus(left.high, right.high))
        case "-":
            return Range(less(left.low, right.high), less(left.high, right.low))
        case "max":
            low = max((x for x in (left.low, right.low) if x is not None), default=None)
            return Range(low, None if left.high is None or right.high is None else max(left.high, right.high))
        case "min":
            low = None if left.low is None or right.low is None else min(left.low, right.low)
            return Range(low, least_of(iter((left.high, right.high))))
        case "*":
            return _product(left, right)
        case "/":
            return _quotient(left, right, proportion, whole)
        case _:
            raise ValueError(f"{op} is no operation")


def _plus(left: Most, right: Most) -> Most:
    return None if left is None or right is None else left + right


def _product(left: Range, right: Range) -> Range:
    if left.positive and right.positive:
        return Range(times(left.low, right.low), times(left.high, right.high))
    if left.positive or right.positive:
        factor, other = (left, right) if left.positive else (right, left)
        least = None if other.low is None else times(min(other.low, Fraction(0)), factor.high)
        return Range(least, times(not_below(other.high), factor.high))
    corners = [times(a, b) for a in (left.low, left.high) for b in (right.low, right.high)]
    known = [corner for corner in corners if corner is not None]
    bounded = None not in (left.low, left.high, right.low, right.high)
    return Range(min(known), max(known)) if bounded else ANY


def _quotient(left: Range, right: Range, proportion: bool, whole: bool) -> Range:
    """A proportion of people is at most one; a whole divisor is at least 1 wherever there is a quotient."""
    if not right.positive:
        return ANY
    if proportion:
        return Range(Fraction(0), Fraction(1))
    low, high = Fraction(0) if left.positive else None, not_below(left.high)
    if right.low is not None and right.low > 0:
        return Range(low, None if high is None else high / right.low)
    return Range(low, high if whole else None)


def in_all(amounts: Iterable[Most]) -> Most:
    """A sum of bounds; None as soon as one has none."""
    total = Fraction(0)
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total
