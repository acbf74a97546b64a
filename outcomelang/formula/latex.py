"""Formulas in LaTeX, as people set them: names of symbols as text, terms in the order of the contract.

Only what every renderer of mathematics knows is used. Text of the contract is escaped character by character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import assert_never

from outcomelang.core.money import decimal_places, exact
from outcomelang.formula import expression as ex
from outcomelang.formula.deriving import Formulas
from outcomelang.formula.expression import Expression, Truth
from outcomelang.formula.symbols import Symbol

_SUM, _PRODUCT = 1, 2
_LONGEST = 90
"""Signs of a line, as they are seen."""
_UNSEEN = re.compile(r"\\[a-zA-Z]+|[{}_^\\]")
_COMPARED = {">=": r"\ge", "<=": r"\le", ">": ">", "<": "<", "==": "=", "!=": r"\ne"}
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "£": r"\pounds{}",
    "“": "``",
    "”": "''",
}

SIGNS = tuple(_ESCAPES.values())
"""All that escaping writes."""


def escaped(text: str) -> str:
    """Text that LaTeX prints as it stands: no command, no comment, no change of mode; no control character."""
    return "".join(_ESCAPES.get(mark, mark) for mark in text if unicodedata.category(mark)[0] != "C")


def text(of: str) -> str:
    """Words within mathematics."""
    return f"\\text{{{escaped(of)}}}"


def _seen(of: str) -> int:
    """About how long a formula is on the page."""
    return len(_UNSEEN.sub("", of))


class Setting:
    """Writes expressions with the symbols of one derivation."""

    def __init__(self, of: Formulas) -> None:
        self.names = _letters(of.symbols)

    def equation(self, left: str, of: Expression) -> str:
        """`left = …`, a long sum broken into lines."""
        terms = list(self._terms(of))
        whole = "".join(terms)
        if _seen(left + whole) <= _LONGEST:
            return f"{left} = {whole}"
        lines, line = [], ""
        for term in terms:
            if line and _seen(line + term) > _LONGEST and not term.startswith(("\\bigr", ",")):
                lines.append(line)
                line = ""
            line += term
        return "\\begin{aligned}\n" + f"{left} ={{}}& " + " \\\\\n& ".join([*lines, line]) + "\n\\end{aligned}"

    def _terms(self, of: Expression) -> Iterator[str]:
        """The terms of a sum each with its sign; what holds a long sum is opened for it."""
        match of:
            case ex.Plus(parts):
                for place, part in enumerate(parts):
                    sign, rest = _signed(part)
                    yield from self._term(" - " if sign else " + " if place else "", rest)
            case ex.Least(parts) | ex.Greatest(parts) if any(isinstance(part, ex.Plus | ex.Total) for part in parts):
                yield f"\\{'min' if isinstance(of, ex.Least) else 'max'}\\bigl("
                for place, part in enumerate(parts):
                    if place:
                        yield ",\\; "
                    yield from self._terms(part)
                yield "\\bigr)"
            case ex.Total(index, ex.Plus() | ex.Least() | ex.Greatest() as inner):
                yield f"\\sum_{{{letter(index)}}} \\bigl("
                yield from self._terms(inner)
                yield "\\bigr)"
            case _:
                yield self.write(of)

    def _term(self, lead: str, of: Expression) -> Iterator[str]:
        """A term of a sum: one piece, unless it is long and can be opened itself."""
        whole = self.write(of, _PRODUCT)
        if _seen(whole) <= _LONGEST or not isinstance(of, ex.Least | ex.Greatest | ex.Total):
            yield lead + whole
            return
        first, *rest = self._terms(of)
        yield lead + first
        yield from rest

    def write(self, of: Expression, around: int = 0) -> str:
        match of:
            case ex.Number(value):
                return number(value)
            case ex.Ref(symbol, index):
                return self.symbol(symbol, index)
            case ex.Plus(parts):
                return _bracketed("".join(self._terms(of)), around >= _PRODUCT)
            case ex.Times(parts):
                sign, rest = _signed(of)
                if sign:
                    return _bracketed(f"-{self.write(rest, _PRODUCT)}", around >= _PRODUCT)
                return " \\cdot ".join(self.write(part, _PRODUCT) for part in parts)
            case ex.Quotient(above, below):
                return f"\\frac{{{self.write(above)}}}{{{self.write(below)}}}"
            case ex.Least(parts):
                return f"\\min\\left({self._listed(parts)}\\right)"
            case ex.Greatest(parts):
                return f"\\max\\left({self._listed(parts)}\\right)"
            case ex.Rounding(inner, mode, step):
                return (
                    f"\\operatorname{{round}}^{{\\text{{{mode}}}}}_{{{number(step)}}}\\left({self.write(inner)}\\right)"
                )
            case ex.Total(index, inner):
                return f"\\sum_{{{letter(index)}}} {self.write(inner, _PRODUCT)}"
            case ex.Cases(branches, otherwise):
                rows = [f"{self.write(each.value)} & \\text{{if }} {self.truth(each.when)}" for each in branches]
                rows.append(f"{self.write(otherwise)} & \\text{{otherwise}}")
                return "\\begin{cases} " + " \\\\ ".join(rows) + " \\end{cases}"
            case _:
                assert_never(of)

    def _listed(self, parts: tuple[Expression, ...]) -> str:
        return ",\\; ".join(map(self.write, parts))

    def truth(self, of: Truth) -> str:
        match of:
            case ex.Relation(left, comparator, right):
                return f"{self.write(left)} {_COMPARED[comparator]} {self.write(right)}"
            case ex.All(parts):
                return " \\text{ and } ".join(self._part(part) for part in parts)
            case ex.Any(parts):
                return " \\text{ or } ".join(self._part(part) for part in parts)
            case ex.Not(inner):
                return f"\\text{{not }} {self._part(inner)}"
            case _:
                assert_never(of)

    def _part(self, of: Truth) -> str:
        return self.truth(of) if isinstance(of, ex.Relation) else f"({self.truth(of)})"

    def symbol(self, name: str, index: str = "") -> str:
        """n with the name of what it counts below, and the index behind it."""
        first, said = self.names[name]
        below = f"\\text{{{escaped(said)}}}" + (f",\\,{letter(index)}" if index else "")
        return f"{first}_{{{below}}}"


def _letters(symbols: Iterable[Symbol]) -> dict[str, tuple[str, str]]:
    """The letter and the words of each symbol; where words are met again, with a number."""
    found: dict[str, tuple[str, str]] = {}
    taken: set[tuple[str, str, str]] = set()
    for each in symbols:
        first, words, number = each.name[0], each.short, 1
        while (first, words, each.index) in taken:
            number += 1
            words = f"{each.short} {number}"
        taken.add((first, words, each.index))
        found[each.name] = first, words
    return found


def letter(index: str) -> str:
    """i, i₂ …"""
    return index if len(index) == 1 else f"{index[0]}_{{{index[1:]}}}"


def number(value: Fraction) -> str:
    if decimal_places(value.denominator) is None:
        sign = "-" if value < 0 else ""
        return f"{sign}\\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"
    whole, dot, rest = exact(value).partition(".")
    grouped = f"{int(whole):,}".replace(",", "{,}") if whole not in ("-0", "") else whole
    return grouped + dot + rest


def _bracketed(said: str, needed: bool) -> str:
    return f"\\left({said}\\right)" if needed else said


def _signed(of: Expression) -> tuple[bool, Expression]:
    """Whether a term is taken off, and the term without its sign."""
    match of:
        case ex.Number(value) if value < 0:
            return True, ex.Number(-value)
        case ex.Times((ex.Number(value), *rest)) if value < 0:
            return True, ex.times(ex.Number(-value), *rest)
        case _:
            return False, of


def fragment(of: Formulas) -> str:
    """What a LaTeX document can take in as it is: one displayed equation for each formula, then the symbols."""
    set_ = Setting(of)
    lines: list[str] = []
    for left, formula in equations(of):
        lines += ["\\[", set_.equation(text(left), formula), "\\]"]
    shown = of.shown()
    if shown:
        lines.append("\\begin{description}")
        for each in shown:
            clause = f" (clause {escaped(each.clause)})" if each.clause else ""
            said = f"{escaped(each.said)} [{escaped(each.unit)}]{clause}"
            lines.append(f"\\item[$ {set_.symbol(each.name, each.index)} $] {said}")
        indices = [index for index in of.indices if any(each.index == index.name for each in shown)]
        lines += [f"\\item[$ {letter(index.name)} $] {escaped(index.said)}" for index in indices]
        lines.append("\\end{description}")
    for without in of.without:
        names = escaped(", ".join(without.payments))
        lines.append(
            f"{names}: without closed form from {escaped(without.step)} on, because {escaped(without.because)}.\n"
        )
    return "\n".join(lines) + "\n"


def equations(of: Formulas, repeated: bool = True) -> Iterator[tuple[str, Expression]]:
    """What stands on the left, and the formula: what is due of each payment, together, and in all.

    With `repeated` what each payment earns before limits too, where a formula that it has with others says it as well.
    """
    for each in of.payments:
        if each.due is not None:
            yield each.name, each.due
        elif each.earned is not None and (repeated or not each.shared):
            yield f"{each.name} before limits", each.earned
    for shared in of.shared:
        yield (_together(shared.payments) if shared.payments else shared.title), shared.due
    if of.total is not None and not of.says_total_elsewhere:
        yield "In all", of.total


def _together(names: tuple[str, ...]) -> str:
    return " and ".join(names) + " together" if len(names) < 4 else f"These {len(names)} payments together"
