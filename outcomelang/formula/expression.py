"""The algebra: exact expressions over symbols, small enough that every export is one `match` over them.

Amounts of money are in the currency's major unit, percentages are fractions of one. The functions that build an
expression fold what is fixed and keep the order of the contract.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import assert_never

from outcomelang.tree import Tree, node


@node
class Number(Tree):
    value: Fraction


@node
class Ref(Tree):
    """A symbol by its name; `index` names the variable (or is the number) that tells its instances apart."""

    symbol: str
    index: str = ""


@node
class Plus(Tree):
    parts: tuple[Expression, ...]


@node
class Times(Tree):
    parts: tuple[Expression, ...]


@node
class Quotient(Tree):
    """It stands only where a case rules out that `below` is nothing."""

    above: Expression
    below: Expression


@node
class Least(Tree):
    parts: tuple[Expression, ...]


@node
class Greatest(Tree):
    parts: tuple[Expression, ...]


@node
class Rounding(Tree):
    """To a whole multiple of `step`. `mode` is down, up, half up, half even, as for amounts: by the absolute value."""

    of: Expression
    mode: str
    step: Fraction


@node
class Case(Tree):
    when: Truth
    value: Expression


@node
class Cases(Tree):
    """The first case that holds."""

    cases: tuple[Case, ...]
    otherwise: Expression


@node
class Total(Tree):
    """The sum of an expression over every value of an index."""

    index: str
    of: Expression


@node
class Relation(Tree):
    """`comparator` is one of >= <= > < == !=."""

    left: Expression
    comparator: str
    right: Expression


@node
class All(Tree):
    parts: tuple[Truth, ...]


@node
class Any(Tree):
    parts: tuple[Truth, ...]


@node
class Not(Tree):
    of: Truth


Expression = Number | Ref | Plus | Times | Quotient | Least | Greatest | Rounding | Cases | Total
Truth = Relation | All | Any | Not

NOTHING, ONE = Number(Fraction(0)), Number(Fraction(1))


def number(value: Fraction | int) -> Number:
    return Number(Fraction(value))


def plus(*parts: Expression) -> Expression:
    """A sum without sums in it; equal terms are counted together, and what comes to nothing is left out."""
    counted: dict[Expression, Fraction] = {}
    fixed = Fraction(0)
    for term, factor in _terms(parts):
        if term == ONE:
            fixed += factor
        else:
            counted[term] = counted.get(term, Fraction(0)) + factor
    terms = [times(Number(factor), term) for term, factor in counted.items() if factor]
    if fixed or not terms:
        first = fixed > 0 and all(factor <= 0 for factor in counted.values())
        terms.insert(0 if first else len(terms), Number(fixed))
    return terms[0] if len(terms) == 1 else Plus(tuple(terms))


def _terms(parts: Iterable[Expression]) -> Iterator[tuple[Expression, Fraction]]:
    for part in parts:
        match part:
            case Plus(inner):
                yield from _terms(inner)
            case Number(value):
                yield ONE, value
            case Times((Number(value), *rest)):
                yield (rest[0] if len(rest) == 1 else Times(tuple(rest))), value
            case _:
                yield part, Fraction(1)


def times(*parts: Expression) -> Expression:
    """A product without products in it, its number first."""
    fixed, rest = Fraction(1), list[Expression]()
    for part in parts:
        for factor in part.parts if isinstance(part, Times) else (part,):
            if isinstance(factor, Number):
                fixed *= factor.value
            else:
                rest.append(factor)
    if not fixed or not rest:
        return Number(fixed)
    if fixed != 1:
        if len(rest) == 1 and isinstance(rest[0], Plus):
            return plus(*(times(Number(fixed), part) for part in rest[0].parts))
        rest.insert(0, Number(fixed))
    return rest[0] if len(rest) == 1 else Times(tuple(rest))


def less(left: Expression, right: Expression) -> Expression:
    return plus(left, times(number(-1), right))


def least(*parts: Expression) -> Expression:
    return _chosen(Least, min, parts)


def greatest(*parts: Expression) -> Expression:
    return _chosen(Greatest, max, parts)


def _chosen(
    cls: type[Least | Greatest], pick: Callable[[list[Fraction]], Fraction], parts: Iterable[Expression]
) -> Expression:
    every = [inner for part in parts for inner in (part.parts if isinstance(part, cls) else (part,))]
    fixed = [part.value for part in every if isinstance(part, Number)]
    rest = list(dict.fromkeys(part for part in every if not isinstance(part, Number)))
    kept = [*rest, Number(pick(fixed))] if fixed else rest
    return kept[0] if len(kept) == 1 else cls(tuple(kept))


def quotient(above: Expression, below: Expression) -> Expression:
    if isinstance(below, Number) and below.value:
        return times(Number(1 / below.value), above)
    return Quotient(above, below)


def rounding(of: Expression, mode: str, step: Fraction) -> Expression:
    if isinstance(of, Number):
        return Number(rounded(of.value, mode, step))
    return of if isinstance(of, Rounding) and of.step == step else Rounding(of, mode, step)


def rounded(value: Fraction, mode: str, step: Fraction) -> Fraction:
    """To a whole multiple of `step`; half up and half even act on the absolute value, so -2.5 half up is -3."""
    sign, size = (-1 if value < 0 else 1), abs(value) / step
    whole, rest = divmod(size, 1)
    match mode:
        case "down":
            up = False
        case "up":
            up = rest > 0
        case "half up":
            up = rest >= Fraction(1, 2)
        case "half even":
            up = rest > Fraction(1, 2) or (rest == Fraction(1, 2) and whole % 2 == 1)
        case _:
            raise ValueError(f"{mode} is no rounding")
    return sign * (whole + up) * step


def total(index: str, of: Expression) -> Expression:
    """A number in front of what is summed stands in front of the sum."""
    match of:
        case Number() if of.value == 0:
            return NOTHING
        case Times((Number() as factor, *rest)):
            return times(factor, Total(index, rest[0] if len(rest) == 1 else Times(tuple(rest))))
        case _:
            return Total(index, of)


def cases(branches: Iterable[tuple[Truth, Expression]], otherwise: Expression = NOTHING) -> Expression:
    return Cases(tuple(Case(when, value) for when, value in branches), otherwise)


def inner(of: Expression | Truth | Case) -> tuple[Expression | Truth | Case, ...]:
    """The parts that an expression is directly made of."""
    match of:
        case Number() | Ref():
            return ()
        case Plus(parts) | Times(parts) | Least(parts) | Greatest(parts):
            return parts
        case Quotient(above, below):
            return above, below
        case Rounding(of=inside) | Total(of=inside) | Not(of=inside):
            return (inside,)
        case Cases(branches, otherwise):
            return (*branches, otherwise)
        case Case(when, value):
            return when, value
        case Relation(left, _, right):
            return left, right
        case All(truths) | Any(truths):
            return truths
        case _:
            assert_never(of)


def every(of: Expression | Truth | Case) -> Iterator[Expression | Truth | Case]:
    """An expression and all that it is made of, in the order of writing."""
    waiting = [of]
    while waiting:
        found = waiting.pop()
        yield found
        waiting += reversed(inner(found))


def refs(of: Expression | Truth | Case) -> Iterator[Ref]:
    return (each for each in every(of) if isinstance(each, Ref))


def renamed(of: Expression, names: Mapping[str, str]) -> Expression:
    """The same over symbols of other names."""
    found = _renamed(of, names)
    assert isinstance(found, Expression)
    return found


def _renamed(of: object, names: Mapping[str, str]) -> object:
    if isinstance(of, Ref):
        return Ref(names[of.symbol], of.index)
    if isinstance(of, tuple):
        return tuple(_renamed(each, names) for each in of)
    if isinstance(of, Tree):
        return type(of)(*(_renamed(getattr(of, field), names) for field in of.__match_args__))
    return of
