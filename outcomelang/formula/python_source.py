"""Formulas as a Python module of its own, with nothing but the standard library.

Every text of the contract stands in it as a literal that Python itself would write, never in a comment or as a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, assert_never

from outcomelang.formula import expression as ex
from outcomelang.formula.deriving import Formulas
from outcomelang.formula.expression import Expression, Truth
from outcomelang.formula.naming import fresh

_ROUNDINGS = {"down": "round_down", "up": "round_up", "half up": "round_half_up", "half even": "round_half_even"}
_UP = {
    "down": "False",
    "up": "rest > 0",
    "half up": "2 * rest >= 1",
    "half even": "2 * rest > 1 or (2 * rest == 1 and whole % 2 == 1)",
}

_HEAD = '''"""What each payment comes to, in the major unit of the currency, as exact fractions.

Each function takes its symbols by name: whole numbers or `Fraction`s, and for those of an index a list with one value
for each. `SYMBOLS` says what they are, `FORMULAS` which function is the formula of what, `WITHOUT` what has no closed
form, and why.
"""

from fractions import Fraction
'''


def module(of: Formulas) -> str:
    """The whole module. The same contract gives the same bytes."""
    named = list(_functions(of))
    bodies = [_function(name, said) for name, _, said in named]
    used = {part.mode for _, _, said in named for part in ex.every(said) if isinstance(part, ex.Rounding)}
    blocks = [
        _HEAD,
        f"CONTRACT = {of.contract.title!r}\nCURRENCY = {of.contract.currency!r}\n",
        _literal("SYMBOLS", {s.name: (s.said, s.unit, s.clause, s.index) for s in of.symbols}),
        _literal("INDICES", {index.name: index.said for index in of.indices}),
        _literal("WITHOUT", {n: (w.payments, w.step, w.clause, w.because) for n, w in enumerate(of.without, 1)}),
        *(_rounding(mode) for mode in _ROUNDINGS if mode in used),
        *bodies,
        _table("FORMULAS", {what: name for name, what, _ in named}),
    ]
    return "\n\n".join(block.rstrip("\n") + "\n" for block in blocks)


def _functions(of: Formulas) -> Iterator[tuple[str, tuple[str, ...], Expression]]:
    """A safe name for each formula, what it is the formula of, and the formula."""
    taken: set[str] = set()
    for kind, payments, formula in _formulas(of):
        name = fresh(kind, "_and_".join(payments) if len(payments) < 3 else "together", taken)
        taken.add(name)
        yield name, (kind, *payments), formula
    if of.total is not None:
        yield "total", ("total",), of.total


def _formulas(of: Formulas) -> Iterator[tuple[str, tuple[str, ...], Expression]]:
    for each in of.payments:
        if each.earned is not None:
            yield "earned", (each.name,), each.earned
        if each.due is not None:
            yield "due", (each.name,), each.due
    for shared in of.shared:
        yield "due", shared.payments or (shared.title,), shared.due


def _literal(name: str, values: Mapping[Any, object]) -> str:
    lines = [f"    {key!r}: {value!r}," for key, value in values.items()]
    return "\n".join([f"{name} = {{", *lines, "}"]) + "\n"


def _table(name: str, values: dict[tuple[str, ...], str]) -> str:
    lines = [f"    {what!r}: {function}," for what, function in values.items()]
    return "\n".join([f"{name} = {{", *lines, "}"]) + "\n"


def _rounding(mode: str) -> str:
    return (
        f"def {_ROUNDINGS[mode]}(x, step):\n"
        "    sign = -1 if x < 0 else 1\n"
        "    whole, rest = divmod(abs(Fraction(x)) / step, 1)\n"
        f"    return sign * (whole + ({_UP[mode]})) * step\n"
    )


def _function(name: str, of: Expression) -> str:
    symbols = list(dict.fromkeys(ref.symbol for ref in ex.refs(of)))
    arguments = f"*, {', '.join(symbols)}" if symbols else ""
    return f"def {name}({arguments}):\n    return Fraction({code(of)})\n"


def code(of: Expression) -> str:
    """An expression of Python. Everything that is not plain stands in brackets."""
    match of:
        case ex.Number(value):
            if value.denominator == 1:
                return str(value.numerator) if value >= 0 else f"({value.numerator})"
            return f"Fraction({value.numerator}, {value.denominator})"
        case ex.Ref(symbol, index):
            return f"{symbol}[{index}]" if index else symbol
        case ex.Plus(parts):
            return f"({' + '.join(map(code, parts))})"
        case ex.Times(parts):
            return f"({' * '.join(map(code, parts))})"
        case ex.Quotient(above, below):
            return f"(Fraction({code(above)}) / {code(below)})"
        case ex.Least(parts):
            return f"min({', '.join(map(code, parts))})"
        case ex.Greatest(parts):
            return f"max({', '.join(map(code, parts))})"
        case ex.Rounding(inner, mode, step):
            return f"{_ROUNDINGS[mode]}({code(inner)}, {code(ex.Number(step))})"
        case ex.Total(index, inner):
            first = next(ref.symbol for ref in ex.refs(inner) if ref.index == index)
            return f"sum({code(inner)} for {index} in range(len({first})))"
        case ex.Cases(branches, otherwise):
            said = "".join(f"{code(each.value)} if {condition(each.when)} else " for each in branches)
            return f"({said}{code(otherwise)})"
        case _:
            assert_never(of)


def condition(of: Truth) -> str:
    match of:
        case ex.Relation(left, comparator, right):
            return f"{code(left)} {comparator} {code(right)}"
        case ex.All(parts):
            return f"({' and '.join(map(condition, parts))})"
        case ex.Any(parts):
            return f"({' or '.join(map(condition, parts))})"
        case ex.Not(inner):
            return f"not ({condition(inner)})"
        case _:
            assert_never(of)
