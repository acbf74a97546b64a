"""What is kept while formulas are derived: the symbols and indices met so far, and the scale of money."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from attrs import Factory, define, frozen

from outcomelang.core import ir
from outcomelang.core.declared import Declared
from outcomelang.formula.expression import Number, Ref, Truth
from outcomelang.formula.naming import fresh
from outcomelang.formula.symbols import Axis, ByLimit, BySubject, ByUnit, ByUnitsOf, Index, Source, Symbol

MOST_SYMBOLS, MOST_STEPS = 2_000, 20_000
"""More of them nobody reads; a definition that names itself twice over and over would take for ever."""


class NoForm(Exception):
    """There is no faithful closed form; the reason follows “because”."""

    def __init__(self, because: str) -> None:
        super().__init__(because)
        self.because = because


@frozen
class At:
    """Where a quantity is read: for a subject, of a group the row `label`, of many the instance `index`.

    `needs` collects what must hold for there to be a value at all.
    """

    subject: ir.Subject
    label: str = ""
    index: str = ""
    needs: list[Truth] = Factory(list)

    def of(self, subject: ir.Subject) -> At:
        return At(subject, self.label, self.index, self.needs)


@define
class Workspace:
    """One derivation."""

    names: Declared
    kept: frozenset[str] = frozenset()
    """Measures and tables that stay symbols."""
    symbols: dict[tuple[Source, str], Symbol] = Factory(dict)
    indices: dict[Axis, Index] = Factory(dict)
    _taken: set[str] = Factory(set)
    _steps: int = 0

    @property
    def contract(self) -> ir.Contract:
        return self.names.contract

    def step_taken(self) -> None:
        """One more part of a definition written out; `NoForm` where there is no end of them."""
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise NoForm("written out it would be too long for anybody to read")

    def money(self, minor: Fraction | int) -> Number:
        """An amount in the major unit."""
        return Number(Fraction(minor) / 10**self.contract.minor_digits)

    def step(self, to: int) -> Fraction:
        """What a rounding to `to` minor units rounds to."""
        return Fraction(to, 10**self.contract.minor_digits)

    def symbol(self, letter: str, base: str, source: Source, index: str, made: Callable[[str], Symbol]) -> Ref:
        """The symbol for a source, the same wherever it is met; `made` is given the name if it is new."""
        key = source, index
        if key not in self.symbols:
            if len(self.symbols) >= MOST_SYMBOLS:
                raise NoForm(f"it would need more than {MOST_SYMBOLS:,} symbols")
            name = fresh(letter, base, self._taken)
            self._taken.add(name)
            self.symbols[key] = made(name)
        return self.symbols[key].ref

    def index(self, axis: Axis, said: str) -> str:
        """The variable that runs over an axis: i over people, t over periods, u over units, k over anything else."""
        if axis not in self.indices:
            name = fresh_letter(_letter(axis), {each.name for each in self.indices.values()})
            self.indices[axis] = Index(name, said, axis)
        return self.indices[axis].name


def _letter(axis: Axis) -> str:
    match axis:
        case ByUnit():
            return "u"
        case ByLimit(per, calendar):
            return "t" if per is None or isinstance(per, ir.Whole) else "k" if calendar is not None else "i"
        case BySubject(subject=ir.PerPeriod(of=ir.Whole())):
            return "t"
        case BySubject() | ByUnitsOf():
            return "k"


def fresh_letter(letter: str, taken: set[str]) -> str:
    """i, i2, i3 …"""
    found, number = letter, 1
    while found in taken:
        number += 1
        found = f"{letter}{number}"
    return found
