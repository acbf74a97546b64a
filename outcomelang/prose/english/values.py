"""Numbers, amounts, dates, lengths of time and lists, as English writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.calendar import day_text
from outcomelang.core.money import count, money
from outcomelang.core.scope import plural_of

COMPARATORS = {
    ">=": "at least",
    "<=": "at most",
    ">": "more than",
    "<": "less than",
    "==": "exactly",
}
ROUNDINGS = {
    "down": "down",
    "up": "up",
    "half up": "to the nearest, a half being rounded away from zero",
    "half even": "to the nearest, a half being rounded to the even neighbour",
}


def dated(day: date) -> str:
    return day_text(day.toordinal())


def const(value: ir.Const, contract: ir.Contract) -> str:
    if isinstance(value.value, str):
        return quoted(value.value)
    if isinstance(value.value, date):
        return dated(value.value)
    return number(value.value, value.unit, contract)


def number(value: Fraction, unit: ir.Unit, contract: ir.Contract) -> str:
    match unit:
        case ir.Unit.MONEY:
            return amount(value, contract)
        case ir.Unit.PERCENTAGE:
            return f"{count(value * 100)}%"
        case ir.Unit.DAYS:
            return days(value)
        case ir.Unit.MONTHS:
            return several(value, "month")
        case ir.Unit.FLAG:
            return "yes" if value else "no"
        case ir.Unit.NUMBER:
            return count(value)
        case ir.Unit.DATE | ir.Unit.LABEL:
            return f"“{count(value)}”"
        case _:
            assert_never(unit)


def amount(minor: Fraction | int, contract: ir.Contract) -> str:
    return money(minor, contract.currency, contract.minor_digits)


def days(length: Fraction | int) -> str:
    """Whole weeks as weeks, from four on: 26 weeks, 20 days."""
    length = Fraction(length)
    return several(length / 7, "week") if length >= 14 and length % 7 == 0 else several(length, "day")


def several(length: Fraction | int, word: str) -> str:
    return f"{count(Fraction(length))} {word if length == 1 else plural_of(word)}"


def length_of(months: int, days_: int, working: int = 0) -> str:
    """A length of time whose parts are counted one after the other; nothing is no length."""
    said = []
    if working:
        said.append(several(working, "working day"))
    if months:
        said.append(several(months, "month"))
    if days_:
        said.append(days(days_))
    return " and ".join(said) or "no time"


def quoted(text: str) -> str:
    return f"“{text}”"


def listed(words: Iterable[str], joint: str = "and") -> str:
    *first, last = tuple(words) or ("",)
    return f"{', '.join(first)} {joint} {last}" if first else last


def ordinal(number_: int) -> str:
    ending = "th" if 10 <= number_ % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number_ % 10, "th")
    return f"{number_}{ending}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def stopped(text: str) -> str:
    """The author's own sentence, with the full stop that it may lack."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def unit_named(unit: ir.Unit) -> str:
    match unit:
        case ir.Unit.MONEY:
            return "an amount of money"
        case ir.Unit.NUMBER:
            return "a number"
        case ir.Unit.PERCENTAGE:
            return "a percentage"
        case ir.Unit.DATE:
            return "a date"
        case ir.Unit.LABEL:
            return "a label"
        case ir.Unit.FLAG:
            return "yes or no"
        case ir.Unit.DAYS:
            return "a length in days"
        case ir.Unit.MONTHS:
            return "a length in months"
        case _:
            assert_never(unit)


def range_of(bounds: ir.Bounds, contract: ir.Contract) -> str:
    """`from 10% to below 20%`; a bound says whether it belongs."""
    said = []
    days_ = any(end is not None and isinstance(end.value, date) for end in (bounds.first, bounds.last))
    if bounds.first is not None:
        beyond = "after " if days_ else "above "
        said.append(("from " if bounds.first_included else beyond) + const(bounds.first, contract))
    if bounds.last is not None:
        short_of = "before " if days_ else "below "
        if bounds.last_included:
            to = "up to and including "
        elif not said:
            to = short_of
        else:
            to = "up to but excluding " if days_ else f"to {short_of}"
        said.append(to + const(bounds.last, contract))
    return " ".join(said) or "any value"
