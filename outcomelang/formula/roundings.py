"""Roundings as SymPy functions: symbolic on symbols, exact on numbers, and known to `lambdify`."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy

from outcomelang.formula.expression import rounded


class AmountRounding(sympy.Function):
    """`f(x, step)`: x to a whole multiple of step, by the absolute value."""

    nargs = 2
    mode = ""

    @classmethod
    def eval(cls, x: sympy.Expr, step: sympy.Expr) -> sympy.Expr | None:
        if isinstance(x, sympy.Rational) and isinstance(step, sympy.Rational):
            found = rounded(Fraction(int(x.p), int(x.q)), cls.mode, Fraction(int(step.p), int(step.q)))
            return sympy.Rational(found.numerator, found.denominator)
        return None

    def _eval_is_real(self) -> bool | None:
        real: bool | None = self.args[0].is_real
        return real

    def _eval_is_nonnegative(self) -> bool | None:
        return True if self.args[0].is_nonnegative else None


_FINEST = 10**9
"""`lambdify` writes a step of 1/100 as a quotient that Python makes a binary fraction: this finds it again."""


def _in_numbers(mode: str) -> Any:
    """What `lambdify` calls: on exact numbers exact, on others by the simplest fraction that they stand for."""

    def function(x: Any, step: Any) -> Any:
        if isinstance(x, (int, Fraction)):
            return rounded(Fraction(x), mode, Fraction(step).limit_denominator(_FINEST))
        near = Fraction(x).limit_denominator(_FINEST)
        return type(x)(rounded(near, mode, Fraction(step).limit_denominator(_FINEST)))

    return staticmethod(function)


class RoundDown(AmountRounding):
    mode = "down"
    _imp_ = _in_numbers("down")


class RoundUp(AmountRounding):
    mode = "up"
    _imp_ = _in_numbers("up")


class RoundHalfUp(AmountRounding):
    mode = "half up"
    _imp_ = _in_numbers("half up")


class RoundHalfEven(AmountRounding):
    mode = "half even"
    _imp_ = _in_numbers("half even")


ROUNDINGS = {each.mode: each for each in (RoundDown, RoundUp, RoundHalfUp, RoundHalfEven)}
