"""What one more of something adds: the slope of an expression, piece by piece, and expressions with values put in.

The slope is that to the right, so that on the line of a limit it says what the next one brings. It looks through
roundings: they move an amount by less than their step. Where a case begins an amount may also jump; a slope does not
say by how much (`turning` names those places).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import assert_never

from outcomelang.formula import expression as ex
from outcomelang.formula.evaluating import compared
from outcomelang.formula.expression import Expression, Truth
from outcomelang.tree import Tree


def holds_symbol(of: Expression | Truth, symbol: str) -> bool:
    return any(ref.symbol == symbol for ref in ex.refs(of))


def marginal(of: Expression, symbol: str) -> Expression:
    """By how much an expression rises for each one more of a symbol. Of a sum over many: for one of them."""
    if not holds_symbol(of, symbol):
        return ex.NOTHING
    match of:
        case ex.Number():
            return ex.NOTHING
        case ex.Ref():
            return ex.ONE
        case ex.Plus(parts):
            return ex.plus(*(marginal(part, symbol) for part in parts))
        case ex.Times(parts):
            return ex.plus(*_of_product(parts, symbol))
        case ex.Quotient(above, below):
            over = ex.less(ex.times(marginal(above, symbol), below), ex.times(above, marginal(below, symbol)))
            return ex.quotient(over, ex.times(below, below))
        case ex.Least(parts):
            return _of_extreme(parts, symbol, "<")
        case ex.Greatest(parts):
            return _of_extreme(parts, symbol, ">")
        case ex.Rounding(of=inner) | ex.Total(of=inner):
            return marginal(inner, symbol)
        case ex.Cases(branches, otherwise):
            return chosen([(each.when, marginal(each.value, symbol)) for each in branches], marginal(otherwise, symbol))
        case _:
            assert_never(of)


def _of_product(parts: tuple[Expression, ...], symbol: str) -> Iterator[Expression]:
    for place, part in enumerate(parts):
        if holds_symbol(part, symbol):
            yield _scaled(ex.times(*parts[:place], marginal(part, symbol), *parts[place + 1 :]))


def _scaled(of: Expression) -> Expression:
    """A number in front of cases goes into each of them."""
    match of:
        case ex.Times((ex.Number() as factor, ex.Cases(branches, otherwise))):
            within = [(each.when, _scaled(ex.times(factor, each.value))) for each in branches]
            return chosen(within, _scaled(ex.times(factor, otherwise)))
        case _:
            return of


def _of_extreme(parts: tuple[Expression, ...], symbol: str, before: str) -> Expression:
    """Of the lesser (or greater) of two it is the slope of the one that counts; where both are equal, of the one that
    counts next."""
    first, *others = parts
    build = ex.least if before == "<" else ex.greatest
    rest = build(*others) if len(others) > 1 else others[0]
    slope, other = marginal(first, symbol), marginal(rest, symbol)
    if slope == other:
        return slope
    steeper = _is_steeper(slope, other)
    if steeper is not None:
        wins_a_tie = steeper if before == ">" else not steeper
        return chosen([(ex.Relation(first, f"{before}=" if wins_a_tie else before, rest), slope)], other)
    counts = ex.Relation(first, before, rest)
    equal = ex.Relation(first, "==", rest)
    return chosen([(counts, slope), (equal, build(slope, other))], other)


def _is_steeper(slope: Expression, other: Expression) -> bool | None:
    """Whether the first is never the lesser of two slopes; None: that cannot be told."""
    if isinstance(slope, ex.Number) and isinstance(other, ex.Number):
        return slope.value >= other.value
    if other == ex.NOTHING and _never_falls(slope):
        return True
    return False if slope == ex.NOTHING and _never_falls(other) else None


def _never_falls(slope: Expression) -> bool:
    match slope:
        case ex.Number(value):
            return value >= 0
        case ex.Plus(parts) | ex.Times(parts) | ex.Least(parts):
            return all(map(_never_falls, parts))
        case ex.Cases(branches, otherwise):
            return _never_falls(otherwise) and all(_never_falls(each.value) for each in branches)
        case _:
            return False


def chosen(branches: list[tuple[Truth, Expression]], otherwise: Expression) -> Expression:
    """Cases without those that are settled, and none at all where every case gives the same."""
    kept: list[tuple[Truth, Expression]] = []
    for when, value in branches:
        known = settled(when)
        if known is None:
            kept.append((when, value))
        elif known:
            otherwise = value
            break
    while kept and kept[-1][1] == otherwise:
        kept.pop()
    return ex.cases(kept, otherwise) if kept else otherwise


def settled(of: Truth) -> bool | None:
    """Whether something holds whatever the symbols are; None: that depends on them."""
    match of:
        case ex.Relation(ex.Number(left), comparator, ex.Number(right)):
            return compared(left, comparator, right)
        case ex.Relation():
            return None
        case ex.All(parts):
            known = [settled(part) for part in parts]
            return False if False in known else True if all(known) else None
        case ex.Any(parts):
            known = [settled(part) for part in parts]
            return True if True in known else False if all(each is False for each in known) else None
        case ex.Not(inner):
            inside = settled(inner)
            return None if inside is None else not inside
        case _:
            assert_never(of)


def free_index(of: Expression) -> str:
    """The index of which an expression is one instance; empty where it is summed over all of each."""
    return next(_free(of, frozenset()), "")


def _free(of: Expression | Truth | ex.Case, bound: frozenset[str]) -> Iterator[str]:
    match of:
        case ex.Ref(_, index):
            if index and index not in bound:
                yield index
        case ex.Total(index, inner):
            yield from _free(inner, bound | {index})
        case _:
            for part in ex.inner(of):
                yield from _free(part, bound)


def turning(of: Expression, symbol: str) -> tuple[ex.Relation, ...]:
    """The comparisons on which cases turn and that hold a symbol: there an amount can jump."""
    found = (
        each
        for case in ex.every(of)
        if isinstance(case, ex.Case)
        for each in ex.every(case.when)
        if isinstance(each, ex.Relation) and each.comparator != "!=" and holds_symbol(each, symbol)
    )
    return tuple(dict.fromkeys(found))


def named(of: Expression, names: Mapping[Expression, Expression]) -> Expression:
    """An expression with names in place of parts that are said elsewhere."""
    found = _named(of, names)
    assert isinstance(found, ex.Expression)
    return found


def _named(of: object, names: Mapping[Expression, Expression]) -> object:
    if isinstance(of, ex.Expression) and of in names:
        return names[of]
    if isinstance(of, tuple):
        return tuple(_named(each, names) for each in of)
    if isinstance(of, Tree):
        return type(of)(*(_named(getattr(of, field), names) for field in of.__match_args__))
    return of


# ---------------------------------------------------------------- values put in


def put(of: Expression, values: Mapping[str, Fraction]) -> Expression:
    """An expression with these symbols as numbers; every instance of an indexed one has the same."""
    match of:
        case ex.Number():
            return of
        case ex.Ref(symbol):
            return ex.number(values[symbol]) if symbol in values else of
        case ex.Plus(parts):
            return ex.plus(*(put(part, values) for part in parts))
        case ex.Times(parts):
            return ex.times(*(put(part, values) for part in parts))
        case ex.Quotient(above, below):
            return ex.quotient(put(above, values), put(below, values))
        case ex.Least(parts):
            return ex.least(*(put(part, values) for part in parts))
        case ex.Greatest(parts):
            return ex.greatest(*(put(part, values) for part in parts))
        case ex.Rounding(inner, mode, step):
            return ex.rounding(put(inner, values), mode, step)
        case ex.Total(index, inner):
            return ex.total(index, put(inner, values))
        case ex.Cases(branches, otherwise):
            return _put_cases(branches, otherwise, values)
        case _:
            assert_never(of)


def _put_cases(branches: tuple[ex.Case, ...], otherwise: Expression, values: Mapping[str, Fraction]) -> Expression:
    """A case whose condition fails is not looked into: there something could be divided by nothing."""
    kept: list[tuple[Truth, Expression]] = []
    for each in branches:
        when = put_truth(each.when, values)
        known = settled(when)
        if known is False:
            continue
        value = put(each.value, values)
        if known:
            return chosen(kept, value)
        kept.append((when, value))
    return chosen(kept, put(otherwise, values))


def put_truth(of: Truth, values: Mapping[str, Fraction]) -> Truth:
    """A condition with these symbols as numbers. What follows a part that fails is not looked into."""
    match of:
        case ex.Relation(left, comparator, right):
            return ex.Relation(put(left, values), comparator, put(right, values))
        case ex.All(parts):
            return ex.All(tuple(_until(parts, values, False)))
        case ex.Any(parts):
            return ex.Any(tuple(_until(parts, values, True)))
        case ex.Not(inner):
            return ex.Not(put_truth(inner, values))
        case _:
            assert_never(of)


def _until(parts: tuple[Truth, ...], values: Mapping[str, Fraction], decisive: bool) -> Iterator[Truth]:
    for part in parts:
        made = put_truth(part, values)
        yield made
        if settled(made) is decisive:
            return


def unindexed(of: Expression) -> Expression:
    """One instance of an expression: its symbols without their index."""
    found = _unindexed(of)
    assert isinstance(found, ex.Expression)
    return found


def _unindexed(of: object) -> object:
    if isinstance(of, ex.Ref):
        return ex.Ref(of.symbol)
    if isinstance(of, tuple):
        return tuple(_unindexed(each) for each in of)
    if isinstance(of, Tree):
        return type(of)(*(_unindexed(getattr(of, field)) for field in of.__match_args__))
    return of
