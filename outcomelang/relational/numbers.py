"""Exact numbers in queries: a whole numerator over a denominator that is written, or a column of its own.

A numerator that is NULL is "no value"; so is whatever is reckoned from it.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from attrs import frozen
from sqlglot import exp

from outcomelang.relational import primitives as p
from outcomelang.relational.sheets import Sheet

E = exp.Expr


@frozen
class Num:
    """`n` over `d`; the denominator is above nothing."""

    n: E
    d: E | int = 1

    @property
    def over(self) -> E:
        return p.whole(self.d) if isinstance(self.d, int) else self.d


def fixed(value: int | Fraction) -> Num:
    """A written number."""
    exact = Fraction(value)
    return Num(p.whole(exact.numerator), exact.denominator)


def kept(sheet: Sheet, hint: str, value: Num) -> Num:
    """The same number as columns of a sheet, so that it is reckoned once."""
    d = value.d if isinstance(value.d, int) else sheet.let(f"{hint} d", value.d)
    return Num(sheet.let(f"{hint} n" if not isinstance(d, int) or d != 1 else hint, value.n), d)


def known(value: Num) -> E:
    """Whether there is a value."""
    return p.present(value.n)


NOTHING = Num(p.cast(exp.null(), "bigint"))


def _times(a: E | int, b: E | int) -> E | int:
    if isinstance(a, int) and isinstance(b, int):
        return a * b
    if isinstance(a, int):
        a, b = b, a
    assert not isinstance(a, int)
    return _wide_times(a, b)


def _common(a: Num, b: Num) -> tuple[E, E, E | int]:
    """Both numerators over one denominator."""
    if isinstance(a.d, int) and isinstance(b.d, int):
        d = lcm(a.d, b.d)
        return p.times(a.n, d // a.d), p.times(b.n, d // b.d), d
    return _wide_times(a.n, b.d), _wide_times(b.n, a.d), _times(a.d, b.d)


def _wide_times(a: E, b: E | int) -> E:
    """With room for what comes of denominators that only rows tell."""
    return p.times(p.widened(a), b if isinstance(b, int) else p.widened(b))


def added(a: Num, b: Num) -> Num:
    one, other, d = _common(a, b)
    return Num(p.plus(one, other), d)


def subtracted(a: Num, b: Num) -> Num:
    one, other, d = _common(a, b)
    return Num(p.minus(one, other), d)


def multiplied(a: Num, b: Num) -> Num:
    times = p.times if isinstance(a.d, int) and isinstance(b.d, int) else _wide_times
    n = b.n if _is_one(a.n) else a.n if _is_one(b.n) else times(a.n, b.n)
    return Num(n, _times(a.d, b.d))


def _is_one(value: E) -> bool:
    return isinstance(value, exp.Literal) and value.this == "1"


def divided(a: Num, b: Num) -> Num:
    """No value where the divisor is nothing."""
    negative = exp.LT(this=b.n, expression=p.whole(0))
    nothing = exp.EQ(this=b.n, expression=p.whole(0))
    top = _wide_times(a.n, b.d)
    size = _wide_times(exp.Abs(this=b.n), a.d)
    common = p.common_divisor(exp.Abs(this=top), size)
    none = p.widened(exp.null())
    n = p.case(
        (nothing, none),
        (negative, exp.Neg(this=exp.Paren(this=p.wide_quotient(top, common)))),
        default=p.wide_quotient(top, common),
    )
    return Num(n, p.case((nothing, p.widened(p.whole(1))), default=p.wide_quotient(size, common)))


def lesser(a: Num, b: Num) -> Num:
    return _chosen(a, b, exp.LTE)


def greater(a: Num, b: Num) -> Num:
    return _chosen(a, b, exp.GTE)


def _chosen(a: Num, b: Num, sign: type[exp.Binary]) -> Num:
    one, other, d = _common(a, b)
    either = exp.Case(
        ifs=[
            exp.If(this=exp.Not(this=p.present(p.plus(one, other))), true=p.cast(exp.null(), "bigint")),
            exp.If(this=sign(this=one, expression=other), true=one),
        ],
        default=other,
    )
    return Num(either, d)


def excess(a: Num, b: Num) -> Num:
    less = subtracted(a, b)
    nothing = exp.LT(this=less.n, expression=p.whole(0))
    return Num(exp.Case(ifs=[exp.If(this=nothing, true=p.whole(0))], default=less.n), less.d)


def compared(a: Num, comparator: str, b: Num) -> E:
    """`a comparator b`; NULL where one of them has no value."""
    signs = {">=": exp.GTE, "<=": exp.LTE, ">": exp.GT, "<": exp.LT, "==": exp.EQ}
    one, other, _ = _common(a, b)
    return signs[comparator](this=one, expression=other)


def rounded(a: Num, mode: str, to: int = 1) -> Num:
    if a.d == 1 and to == 1:
        return a
    return Num(p.rounded(a.n, a.d, mode, to))


def chosen(cases: list[tuple[E, Num]], otherwise: Num) -> Num:
    """The number of the first case that holds."""
    every = [*(value for _, value in cases), otherwise]
    if all(isinstance(value.d, int) for value in every):
        d = lcm(*(value.d for value in every if isinstance(value.d, int)))
        ifs = [exp.If(this=test, true=p.times(value.n, d // int(str(value.d)))) for test, value in cases]
        return Num(exp.Case(ifs=ifs, default=p.times(otherwise.n, d // int(str(otherwise.d)))), d)
    ns = [exp.If(this=test, true=value.n) for test, value in cases]
    ds = [exp.If(this=test, true=value.over) for test, value in cases]
    return Num(exp.Case(ifs=ns, default=otherwise.n), exp.Case(ifs=ds, default=otherwise.over))
