"""Quantities as people would write the sum: the parts by their names, each with its value for the subject."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.calendar import day_text
from outcomelang.core.money import count as number_text
from outcomelang.core.money import money
from outcomelang.core.units import unit_of
from outcomelang.evaluation import indexing
from outcomelang.evaluation.meaning import Meaning
from outcomelang.evaluation.scope import Num, Scope
from outcomelang.prose import english
from outcomelang.prose.english.quantities import OPERATIONS
from outcomelang.tree import evolve

_COMPARED = {"min": "the lesser of", "max": "the greater of"}
_ROUNDED = {"down": "rounded down", "up": "rounded up", "half up": "rounded half up", "half even": "rounded half even"}


class Sums:
    """Says how a value came about: `10% of the Annual Price £12,500,000.00`."""

    def __init__(self, meaning: Meaning) -> None:
        self.m = meaning

    def formula(self, node: ir.Quantity, scope: Scope) -> str:
        """The quantity in words, names with their values. A name stands for what it is made of: see `beneath`."""
        match node:
            case ir.Const(value=value, unit=unit):
                return self.text(value, unit) if isinstance(value, Fraction) else str(value)
            case ir.Arith(op="*"):
                return self._product(node, scope)
            case ir.Arith(op="min" | "max" as op, left=left, right=right):
                return f"{_COMPARED[op]} {self.formula(left, scope)} and {self.formula(right, scope)}"
            case ir.Arith(op=op, left=left, right=right):
                return f"{self._part(left, scope)} {OPERATIONS[op]} {self._part(right, scope)}"
            case ir.Excess(of=of, over=over):
                return f"the excess of {self.formula(of, scope)} over {self.formula(over, scope)}"
            case ir.ChangeOf(base=base, new=new, fall=fall, relative=relative):
                kind = f"percentage{'' if relative else '-point'} {'fall' if fall else 'rise'}"
                return f"the {kind} from {self.formula(base, scope)} to {self.formula(new, scope)}"
            case ir.Indexed(of=of, figure=figure):
                change = indexing.change(self.m, node)
                if change == 0:
                    return self.formula(of, scope)
                word = "plus" if change is None or change >= 0 else "less"
                size = "no value" if change is None else _percentage(abs(change))
                return f"{self._part(of, scope)} {word} {size} by the {figure}"
            case ir.Rounded(of=of, mode=mode):
                return f"{self._part(of, scope)} {_ROUNDED[mode]}"
            case _:
                value = self.text(self.m.value(node, scope), unit_of(node))
                return valued(name_of(node, self.m.contract), value)

    def _product(self, node: ir.Arith, scope: Scope) -> str:
        """A share is a part `of` something; everything else is multiplied."""
        left, right = self._part(node.left, scope), self._part(node.right, scope)
        part = isinstance(node.left, ir.Const) and Fraction(str(node.left.value)).denominator != 1
        share = part or unit_of(node.left) is ir.Unit.PERCENTAGE
        return f"{left} of {right}" if share else f"{left} times {right}"

    def _part(self, node: ir.Quantity, scope: Scope) -> str:
        """A part of a longer sum, in brackets where it is itself made of several."""
        said = self.formula(node, scope)
        return f"({said})" if isinstance(node, ir.Arith | ir.Excess | ir.ChangeOf | ir.Rounded | ir.Indexed) else said

    def beneath(self, node: ir.Quantity, scope: Scope) -> Iterator[tuple[str, str]]:
        """What the names in a formula are themselves made of, each with its value."""
        match node:
            case ir.Read(measure=name):
                own = self.m.world.projected(self.m.measures[name].subject, scope)
                yield from self.named_parts(self.m.measures[name].quantity, own)
            case ir.Lookup(table=name):
                for key in self.m.tables[name].by:
                    if isinstance(key, ir.KeyByQuantity):
                        yield from self.named_parts(key.quantity, scope)
            case ir.Arith(left=left, right=right) | ir.Excess(of=left, over=right) | ir.ChangeOf(base=left, new=right):
                yield from self.beneath(left, scope)
                yield from self.beneath(right, scope)
            case ir.Rounded(of=of) | ir.Indexed(of=of):
                yield from self.beneath(of, scope)
            case ir.Const() | ir.Attribute() | ir.ContractValue() | ir.Counted() | ir.Summed() | ir.DaysIn():
                return
            case ir.Observed():
                return

    def named_parts(self, node: ir.Quantity, scope: Scope) -> Iterator[tuple[str, str]]:
        """Each measure, table, attribute and count in a quantity, and in what it is made of, with its value."""
        match node:
            case ir.Arith(left=left, right=right) | ir.Excess(of=left, over=right) | ir.ChangeOf(base=left, new=right):
                yield from self.named_parts(left, scope)
                yield from self.named_parts(right, scope)
            case ir.Rounded(of=of) | ir.Indexed(of=of):
                yield from self.named_parts(of, scope)
            case ir.Const() | ir.Observed():
                return
            case _:
                name = name_of(node, self.m.contract).removeprefix("the ")
                yield name, self.text(self.m.value(node, scope), unit_of(node))
                yield from self.beneath(node, scope)

    def text(self, value: Num | None, unit: ir.Unit) -> str:
        """A value as people write it."""
        if value is None:
            return "no value"
        number = Fraction(value)
        match unit:
            case ir.Unit.MONEY:
                return money(number, self.m.contract.currency, self.m.contract.minor_digits)
            case ir.Unit.PERCENTAGE:
                return _percentage(number)
            case ir.Unit.DATE:
                return day_text(int(value))
            case ir.Unit.DAYS:
                weeks = f" ({_counted(number / 7, 'week')})" if number % 7 == 0 and number else ""
                return f"{_counted(number, 'day')}{weeks}"
            case ir.Unit.MONTHS:
                return _counted(number, "month")
            case ir.Unit.NUMBER | ir.Unit.LABEL | ir.Unit.FLAG:
                return number_text(number)


def _counted(number: Fraction, word: str) -> str:
    return f"{number_text(number)} {word}{'' if number == 1 else 's'}"


def _percentage(value: Fraction) -> str:
    """Exact where a decimal of four places is, else rounded down to four places and marked so."""
    scaled = value * 100
    if (scaled * 10_000).denominator == 1:
        return f"{number_text(scaled)}%"
    return f"about {number_text(Fraction(int(scaled * 10_000), 10_000))}%"


def valued(name: str, value: str) -> str:
    """A Term with its value behind it; after a description, which may itself end in one, in brackets."""
    return f"{name} {value}" if name.removeprefix("the ")[:1].isupper() else f"{name} ({value})"


def name_of(node: ir.Quantity, contract: ir.Contract) -> str:
    """A quantity by its name or by what it counts, in the words of the reading. Windows are left out: whoever asks why
    is told the days themselves."""
    match node:
        case ir.Counted(select=select) | ir.Summed(select=select):
            return english.quantity(evolve(node, select=evolve(select, window=None)), _words(contract))
        case ir.DaysIn():
            return english.quantity(evolve(node, window=None), _words(contract))
        case ir.Read() | ir.Lookup() | ir.ContractValue():
            return english.quantity(node, _words(contract))
        case ir.Attribute(name=name) | ir.Observed(figure=name):
            return f"the {name}"
        case ir.Arith(op="/", left=ir.Counted(select=select)):
            return f"the proportion of {select_name(select, contract)}"
        case ir.Const() | ir.Arith() | ir.Excess() | ir.ChangeOf() | ir.Rounded() | ir.Indexed():
            return "the measure"


def select_name(select: ir.Select, contract: ir.Contract) -> str:
    """What a selection selects, in the words of the reading, without its days."""
    return english.select(evolve(select, window=None), _words(contract))


def _words(contract: ir.Contract) -> english.Scope:
    return english.Scope(contract, names=False)
