"""The objects of a ledger's JSON, read field by field; what is not as a ledger writes it is refused with its place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import TypeVar

from outcomelang.evaluation.ledger import RowRef
from outcomelang.evaluation.ledger_faults import UNREADABLE, Unfit

_NUMBER = re.compile(r"-?\d{1,300}(\.\d{1,300}|/[1-9]\d{0,299})?", re.ASCII)
_CSV = "id,payment,card,clause"
_Part = TypeVar("_Part")


def parsed(content: bytes) -> object:
    try:
        text = content.decode("utf-8-sig")
        if text.startswith(_CSV):
            raise Unfit(UNREADABLE, "holds entries as CSV, which do not say on which day the account stands")
        return json.loads(text)
    except UnicodeDecodeError:
        raise Unfit(UNREADABLE, "is not UTF-8 text") from None
    except (ValueError, RecursionError):
        raise Unfit(UNREADABLE, "is not JSON, or was cut short") from None


class Record:
    """One object of the file, with its place for messages, and amounts in minor units of `digits` decimals."""

    def __init__(self, value: object, place: str, digits: int) -> None:
        if not isinstance(value, dict):
            raise Unfit(UNREADABLE, f"is no ledger of outcomelang: {place} is no object")
        self._value, self._place, self._digits = value, place, digits

    def _get(self, name: str) -> object:
        if name not in self._value:
            raise Unfit(UNREADABLE, f"is no ledger of outcomelang: {self._place} has no “{name}”")
        return self._value[name]

    def _unfit(self, name: str, what: str) -> Unfit:
        return Unfit(UNREADABLE, f"is no ledger of outcomelang: “{name}” of {self._place} is no {what}")

    def has(self, name: str) -> bool:
        return name in self._value

    def text(self, name: str) -> str:
        value = self._get(name)
        if not isinstance(value, str):
            raise self._unfit(name, "text")
        return value

    def whole(self, name: str) -> int:
        value = self._get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._unfit(name, "whole number")
        return value

    def number(self, name: str) -> Fraction:
        text = self.text(name)
        if not _NUMBER.fullmatch(text):
            raise self._unfit(name, "number as a ledger writes it")
        return Fraction(text)

    def minor(self, name: str) -> Fraction:
        """An amount in minor units."""
        return self.number(name) * Fraction(10**self._digits)

    def pennies(self, name: str) -> int:
        amount = self.minor(name)
        if amount.denominator != 1:
            raise self._unfit(name, "amount in whole pence")
        return amount.numerator

    def day(self, name: str) -> date:
        text = self.text(name)
        try:
            found = date.fromisoformat(text)
        except ValueError:
            found = None
        if found is None or found.isoformat() != text:
            raise self._unfit(name, "day such as 2026-05-03")
        return found

    def maybe_day(self, name: str) -> date | None:
        return None if self._get(name) is None else self.day(name)

    def each(self, name: str, read: Callable[[Record], _Part]) -> tuple[_Part, ...]:
        value = self._get(name)
        if not isinstance(value, list):
            raise self._unfit(name, "list")
        places = (f"number {number:,} of “{name}”" for number in range(1, len(value) + 1))
        return tuple([read(Record(one, place, self._digits)) for one, place in zip(value, places, strict=True)])

    def rows(self, name: str) -> tuple[RowRef, ...]:
        """Ids of rows, or with `--places` objects that hold them."""
        value = self._get(name)
        if not isinstance(value, list):
            raise self._unfit(name, "list")
        ids = [one.get("id") if isinstance(one, dict) else one for one in value]
        if not all(isinstance(one, str) for one in ids):
            raise self._unfit(name, "list of ids of rows")
        return tuple([RowRef("", 0, str(one)) for one in ids])
