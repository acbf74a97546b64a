"""How sure a difference of two rates is: the normal approximation, as it stands in textbooks.

Only for judging a contract: no money is reckoned here. The same figures come out on every machine to the digits shown.
"""

from __future__ import annotations

from math import ceil, erf, sqrt

POWER = 0.8
"""How often a real difference should be told from chance."""
CHANCE = 0.05
"""How often chance alone may be taken for a difference."""
_Z_CHANCE, _Z_POWER = 1.959963984540054, 0.8416212335729143
"""Two-sided 5%, and 80%."""


def _normal(z: float) -> float:
    return 0.5 * (1 + erf(z / sqrt(2)))


def size_needed(spread: float, difference: float) -> int:
    """People in each arm, for a difference to be told from chance. `spread` is the variance of one person, of all
    arms together: a 10% fall from 60% with two arms has 0.24 + 0.2484, and needs 1,065."""
    return ceil((_Z_CHANCE + _Z_POWER) ** 2 * spread / difference**2)


def power(spread: float, difference: float, size: float) -> float:
    """How often a real difference is told from chance."""
    return _normal(difference * sqrt(size / spread) - _Z_CHANCE)


def paid_by_chance(spread: float, difference: float, size: float) -> float:
    """How often the line is reached although nothing differs."""
    return 1 - _normal(difference * sqrt(size / spread))
