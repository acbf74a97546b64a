"""Whether an expression is small enough to be written, read and computed in bounded time."""

from __future__ import annotations

from fractions import Fraction

from outcomelang.formula.expression import Case, Expression, Number, Truth, inner

MOST_PARTS, DEEPEST, LONGEST_NUMBER = 10_000, 60, 8_000


def is_manageable(of: Expression) -> bool:
    """Whether an expression is small enough to be written, read and computed in bounded time: by its parts, its depth,
    and the bits of its numbers."""
    waiting: list[tuple[Expression | Truth | Case, int]] = [(of, 0)]
    parts = 0
    while waiting:
        found, depth = waiting.pop()
        parts += 1
        if parts > MOST_PARTS or depth > DEEPEST:
            return False
        if isinstance(found, Number) and not is_short(found.value):
            return False
        waiting += [(each, depth + 1) for each in inner(found)]
    return True


def is_short(value: Fraction) -> bool:
    return value.numerator.bit_length() <= LONGEST_NUMBER and value.denominator.bit_length() <= LONGEST_NUMBER
