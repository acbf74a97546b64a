"""The text of one cell as a value, exactly or not at all: nothing is guessed, and no amount is ever a binary float."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from functools import partial
from typing import assert_never

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.names import name_key
from outcomelang.evaluation.event_log import Value
from outcomelang.evaluation.log import errors
from outcomelang.evaluation.log.errors import Fault

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DECIMAL = re.compile(r"(-?)([0-9]{1,15})(?:\.([0-9]{1,30}))?")
_MONEY_WITH_SIGN = re.compile(r"[-−(]\s*[^0-9]?[0-9]")
_FLAGS = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}


@frozen
class Flaw:
    """Why a cell has no value. `choices` are the texts that might have been meant."""

    fault: Fault
    choices: tuple[str, ...] = ()


Reader = Callable[[str], Value | Flaw]
"""From the stripped, non-empty text of a cell to its value."""


def day_of(text: str, first: int, last: int) -> int | Flaw:
    """The ordinal of an ISO date (`2024-04-03`) between two ordinals, both included."""
    if not _ISO.fullmatch(text):
        return Flaw(errors.TEXT_DATE)
    year, month, day = int(text[:4]), int(text[5:7]), int(text[8:])
    if year == 0:
        return Flaw(errors.BEYOND_BELIEF)
    try:
        ordinal = date(year, month, day).toordinal()
    except ValueError:
        return Flaw(errors.IMPOSSIBLE_DATE)
    return ordinal if first <= ordinal <= last else Flaw(errors.BEYOND_BELIEF)


def money_of(text: str, minor_digits: int) -> int | Flaw:
    """Minor units of a plain decimal amount (`1234.50`), not negative."""
    match = _DECIMAL.fullmatch(text)
    if match is None:
        negative = _MONEY_WITH_SIGN.match(text)
        return Flaw(errors.NEGATIVE_MONEY if negative else errors.NOT_MONEY)
    sign, whole, decimals = match.group(1), match.group(2), match.group(3) or ""
    if sign:
        return Flaw(errors.NEGATIVE_MONEY)
    if len(decimals) > minor_digits:
        return Flaw(errors.FRACTION_OF_PENNY)
    return int(whole + decimals.ljust(minor_digits, "0"))


def number_of(text: str, negative: bool) -> int | Fraction | Flaw:
    """An exact decimal number: int where it is whole."""
    match = _DECIMAL.fullmatch(text)
    if match is None or (match.group(1) and not negative):
        return Flaw(errors.NOT_A_NUMBER)
    decimals = match.group(3)
    if decimals is None:
        return int(text)
    exact = Fraction(int(match.group(2) + decimals), 10 ** len(decimals))
    exact = -exact if match.group(1) else exact
    return exact.numerator if exact.denominator == 1 else exact


def percentage_of(text: str) -> Fraction | Flaw:
    """A fraction of one from a number with its sign (`52.3%`)."""
    if not text.endswith("%"):
        return Flaw(errors.NOT_PERCENTAGE)
    number = number_of(text[:-1].rstrip(), negative=True)
    return Flaw(errors.NOT_PERCENTAGE) if isinstance(number, Flaw) else Fraction(number) / 100


def flag_of(text: str) -> bool | Flaw:
    """Yes or no."""
    flag = _FLAGS.get(text.casefold())
    return Flaw(errors.NOT_YES_OR_NO) if flag is None else flag


def label_of(text: str, known: Mapping[str, str]) -> str | Flaw:
    """A label as logged. `known` maps name keys to labels; without any, every label is good. `none` means no label."""
    if known and name_key(text) not in known and name_key(text) != "none":
        return Flaw(errors.UNKNOWN_LABEL, tuple(known.values()))
    return text


def value_reader(unit: ir.Unit, minor_digits: int, labels: Mapping[str, str]) -> Reader:
    """How cells of an attribute of this unit are read."""
    match unit:
        case ir.Unit.MONEY:
            return partial(money_of, minor_digits=minor_digits)
        case ir.Unit.NUMBER:
            return partial(number_of, negative=True)
        case ir.Unit.DAYS | ir.Unit.MONTHS:
            return partial(number_of, negative=False)
        case ir.Unit.PERCENTAGE:
            return percentage_of
        case ir.Unit.DATE:
            return partial(day_of, first=date(1900, 1, 1).toordinal(), last=date(2100, 12, 31).toordinal())
        case ir.Unit.FLAG:
            return flag_of
        case ir.Unit.LABEL:
            return partial(label_of, known=labels)
        case _:
            assert_never(unit)
