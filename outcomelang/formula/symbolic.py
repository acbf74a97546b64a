"""Formulas as SymPy objects, ready for `diff`, `lambdify` and `latex`. Here and in `roundings.py` alone SymPy is known.

Nothing is parsed: every object is built from the tree, and names were made safe before (`naming.py`). Numbers are exact
rationals. Counts are non-negative integers, sums of money non-negative; what a log may carry below nothing is real.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, assert_never

import sympy
from attrs import field, frozen

from outcomelang.formula import expression as ex
from outcomelang.formula.deriving import Formulas
from outcomelang.formula.expression import Expression, Truth
from outcomelang.formula.roundings import ROUNDINGS
from outcomelang.formula.symbols import Index, Symbol


@frozen
class SymbolicFormulas:
    """The algebra of a contract in SymPy, amounts in the major unit of its currency.

    `due` has what each payment comes to after every limit, for payments that have a closed form of their own; `earned`
    what it earns before any. `shared` has what several payments come to together (or what a limit takes from a total,
    under its title), `total` what all do; None: some part has no closed form. `plain` has the same derivation without
    SymPy, with every symbol, and with what has no closed form and why.

    `symbols` and `sizes` are the SymPy symbols by name: single ones, indexed ones (`IndexedBase`), and how many values
    each index takes.
    """

    plain: Formulas
    earned: Mapping[str, sympy.Expr]
    due: Mapping[str, sympy.Expr]
    shared: Mapping[tuple[str, ...], sympy.Expr]
    total: sympy.Expr | None
    symbols: Mapping[str, sympy.Symbol | sympy.IndexedBase]
    sizes: Mapping[str, sympy.Symbol]
    objects: Objects = field(repr=False, eq=False)

    def meaning(self, symbol: sympy.Basic) -> str:
        """What a symbol is, in English; `KeyError` where it is none of these formulas."""
        name = str(symbol.base.label if isinstance(symbol, sympy.Indexed) else getattr(symbol, "label", symbol))
        return next(_sizes_said(self.plain, name), None) or self.plain.symbol(name).said

    def without_rounding(self, of: sympy.Expr) -> sympy.Expr:
        """The same with every rounding left out: for derivatives, which no rounding has where it jumps."""
        return of.replace(lambda part: isinstance(part, tuple(ROUNDINGS.values())), lambda part: part.args[0])


def symbolic(of: Formulas) -> SymbolicFormulas:
    """The formulas of a contract as SymPy objects."""
    made = Objects(of)
    return SymbolicFormulas(
        of,
        {each.name: made.expression(each.earned) for each in of.payments if each.earned is not None},
        {each.name: made.expression(each.due) for each in of.payments if each.due is not None},
        {each.payments or (each.title,): made.expression(each.due) for each in of.shared},
        None if of.total is None else made.expression(of.total),
        made.symbols,
        made.sizes,
        made,
    )


def _sizes_said(of: Formulas, name: str) -> Iterator[str]:
    return (f"how many there are: {each.said}" for each in of.indices if size_name(each) == name)


def size_name(of: Index) -> str:
    """The symbol for how many values an index takes."""
    return f"N_{of.name}"


class Objects:
    """The SymPy symbols of one derivation, and expressions made of them."""

    def __init__(self, of: Formulas) -> None:
        self.symbols = {each.name: _symbol(each) for each in of.symbols}
        self.sizes = {each.name: sympy.Symbol(size_name(each), integer=True, nonnegative=True) for each in of.indices}
        self.indices = {each.name: sympy.Symbol(each.name, integer=True, positive=True) for each in of.indices}

    def expression(self, of: Expression) -> sympy.Expr:
        match of:
            case ex.Number(value):
                return sympy.Rational(value.numerator, value.denominator)
            case ex.Ref(symbol, index):
                found = self.symbols[symbol]
                return found[self.indices[index]] if isinstance(found, sympy.IndexedBase) else found
            case ex.Plus(parts):
                return sympy.Add(*map(self.expression, parts))
            case ex.Times(parts):
                return sympy.Mul(*map(self.expression, parts))
            case ex.Quotient(above, below):
                return self.expression(above) / self.expression(below)
            case ex.Least(parts):
                return sympy.Min(*map(self.expression, parts), evaluate=False)
            case ex.Greatest(parts):
                return sympy.Max(*map(self.expression, parts), evaluate=False)
            case ex.Rounding(inner, mode, step):
                return ROUNDINGS[mode](self.expression(inner), sympy.Rational(step.numerator, step.denominator))
            case ex.Total(index, inner):
                return sympy.Sum(self.expression(inner), (self.indices[index], 1, self.sizes[index]))
            case ex.Cases(branches, otherwise):
                pairs = [(self.expression(each.value), self.truth(each.when)) for each in branches]
                return sympy.Piecewise(*pairs, (self.expression(otherwise), True), evaluate=False)
            case _:
                assert_never(of)

    def truth(self, of: Truth) -> sympy.Basic:
        match of:
            case ex.Relation(left, comparator, right):
                return _RELATIONS[comparator](self.expression(left), self.expression(right))
            case ex.All(parts):
                return sympy.And(*map(self.truth, parts))
            case ex.Any(parts):
                return sympy.Or(*map(self.truth, parts))
            case ex.Not(inner):
                return sympy.Not(self.truth(inner))
            case _:
                assert_never(of)


_RELATIONS = {">=": sympy.Ge, "<=": sympy.Le, ">": sympy.Gt, "<": sympy.Lt, "==": sympy.Eq, "!=": sympy.Ne}


def _symbol(of: Symbol) -> sympy.Symbol | sympy.IndexedBase:
    known: dict[str, bool] = {"integer": True} if of.whole else {"real": True}
    if not of.signed:
        known["nonnegative"] = True
    return sympy.IndexedBase(of.name, **known) if of.index else sympy.Symbol(of.name, **known)


def source(of: SymbolicFormulas) -> str:
    """Python that builds the same SymPy objects again. Texts of the contract stand in it as literals."""
    lines = [
        "from sympy import *",
        f"from outcomelang.formula.roundings import {', '.join(each.__name__ for each in ROUNDINGS.values())}",
        "",
        *_mapping("earned", of.earned),
        *_mapping("due", of.due),
        *_mapping("together", of.shared),
        f"total = {'None' if of.total is None else sympy.srepr(of.total)}",
        *_mapping("meanings", {each.name: each.said for each in of.plain.symbols}),
    ]
    return "\n".join(lines) + "\n"


def _mapping(name: str, values: Mapping[Any, object]) -> list[str]:
    written = (repr(value) if isinstance(value, str) else sympy.srepr(value) for value in values.values())
    return [f"{name} = {{", *(f"    {key!r}: {said}," for key, said in zip(values, written, strict=True)), "}"]
