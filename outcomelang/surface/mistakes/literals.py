"""Slips in texts, numbers, amounts, dates and characters."""

from __future__ import annotations

import datetime
import re

from outcomelang.diagnostic import Edit, Remedy
from outcomelang.surface.lexer import BAD_CHARACTER, BAD_DATE, BAD_NUMBER, BAD_TEXT, BLANK, MONTHS, Token
from outcomelang.surface.mistakes.slip import Reason, Slip, short

_ONE_TO_NINETEEN = """one two three four five six seven eight nine ten
eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"""
_TEN_TO_NINETY = "ten twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS = {word: value for value, word in enumerate(_ONE_TO_NINETEEN.split(), 1)}
_TENS = {word: 10 * value for value, word in enumerate(_TEN_TO_NINETY.split(), 1)}
_SYMBOLS = {"pound": "£", "dollar": "$", "euro": "€"}


def unclosed(slip: Slip) -> Reason | None:
    if slip.token.kind != BAD_TEXT:
        return None
    return Reason(
        "unclosed-text",
        "a text is not closed on its line",
        "a quotation mark is missing at the end",
        remedy=f'{slip.token.text}"',
    )


def number(slip: Slip) -> Reason | None:
    if slip.token.kind != BAD_NUMBER:
        return None
    text = slip.token.text
    said = f"“{short(text)}” is not a number that everybody reads alike"
    if found := re.fullmatch(r"(\D*)(\d{1,3})\.(\d{3})", text):
        symbol, whole, rest = found.groups()
        meant = Remedy(f"{symbol}{whole},{rest}", "thousands"), Remedy(f"{symbol}{whole}.{rest}0", "parts of a penny")
        label = "a point sets off the pence, and a comma the thousands"
        return Reason("malformed-number", said, label, remedies=meant)
    if re.fullmatch(r"\d{1,2}[:.]\d\d", text):
        return Reason("malformed-number", said, "times of day are not used; a number of hours is fine")
    if re.search(r",\d{1,2}(?!\d)", text):
        return Reason(
            "malformed-number", said, "commas set off groups of three digits, and a point the pence: £1,200.50"
        )
    if re.search(r"\d[A-Za-z]", text):
        return Reason("malformed-number", said, "a blank stands between a number and its unit: 26 weeks")
    return Reason("malformed-number", said, "write it like 1,200 or 0.5 or £1,200.50")


def blank(slip: Slip) -> Reason | None:
    """`within [Deadline] of Referral`: nothing says what stands there."""
    if slip.token.kind != BLANK:
        return None
    name = " ".join(slip.token.text[1:-1].split())
    said = f"blank {name} such as … “…”"
    return Reason(
        "blank-left-open",
        f"nothing says what stands in “[{short(name)}]”",
        "a blank that nobody filled in",
        (f"a library declares its blanks: {said}",),
    )


def character(slip: Slip) -> Reason | None:
    if slip.token.kind != BAD_CHARACTER:
        return None
    text = slip.token.text[0]
    label = (
        "clauses end without a full stop"
        if text == "."
        else "nothing is written with this character, except inside quotation marks"
    )
    return Reason("unknown-character", f"“{text}” has no meaning here", label)


# ------------------------------------------------------------------------------------------------------------ dates


def date(slip: Slip) -> Reason | None:
    if slip.token.kind != BAD_DATE:
        return None
    text = short(slip.token.text)
    readings = _readings(text)
    absent = [reading for reading in readings if not _exists(reading)]
    if (absent and len(readings) == 1) or re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        said = f"{absent[0][0]} {MONTHS[absent[0][1] - 1]} {absent[0][2]}" if absent else text
        return Reason("no-such-day", f"the calendar has no “{said}”", "write a day that exists, such as 30 June 2011")
    days = [f"{day} {MONTHS[month - 1]} {year}" for day, month, year in readings if (day, month, year) not in absent]
    label = f"write it like {' or '.join(days) or '1 June 2011'}"
    at = slip.lexed.span(slip.token.start, slip.token.end)
    remedies = tuple(Remedy(day, edits=(Edit(at, (day,)),)) for day in days)
    says = "is not how a date is written" if len(days) == 1 else "is not a date that everybody reads alike"
    return Reason("ambiguous-date", f"“{text}” {says}", label, remedies=remedies)


def _readings(text: str) -> list[tuple[int, int, int]]:
    """What a date may mean, as day, month and year: none where the century is missing, two where day and month may
    change places.
    """
    numbers = [int(digits) for digits in re.findall(r"\d+", text)]
    named = re.search(r"(?<![a-z])(?:" + "|".join(month[:3] for month in MONTHS) + ")[a-z]*", text, re.IGNORECASE)
    if not any(number > 999 for number in numbers):
        return []
    if named and len(numbers) == 2:
        month = 1 + [name[:3] for name in MONTHS].index(named[0][:3].capitalize())
        return [(numbers[0], month, numbers[1])]
    if len(numbers) != 3 or (numbers[0] > 999 and numbers[1] > 12):
        return []
    if numbers[0] > 999:
        return [(numbers[2], numbers[1], numbers[0])]
    first, second, year = numbers
    day_first = [(first, second, year)] if second <= 12 else []
    month_first = [(second, first, year)] if first <= 12 and first != second else []
    return day_first + month_first


def _exists(reading: tuple[int, int, int]) -> bool:
    try:
        datetime.date(reading[2], reading[1], reading[0])
    except (ValueError, OverflowError):
        return False
    return True


# ------------------------------------------------------------------------------------- numbers and amounts in words


def number_in_words(slip: Slip) -> Reason | None:
    if slip.at_end or not {"NUMBER", "MONEY"} & set(slip.allowed):
        return None
    tens, _, units = slip.token.text.partition("-")
    value = _TENS.get(tens, 0) + _UNITS.get(units, 0) if units else _TENS.get(tens, 0) or _UNITS.get(tens, 0)
    if not value or (units and not (tens in _TENS and units in _UNITS)):
        return None
    after = slip.near(1)
    meant = f"{value} {after.text}" if after.kind in ("_DAY", "_WEEK", "_MONTH", "_YEAR", "TIMES") else f"{value}"
    return Reason(
        "number-in-words",
        f"“{slip.token.text}” is written in words",
        f"numbers are written in digits: {meant}",
        remedy=meant,
    )


def money_in_words(slip: Slip) -> Reason | None:
    """`50 pounds`, whether the number fitted or not."""
    number, unit = (slip.near(-1), slip.token) if slip.token.kind == "_POUND" else (slip.token, slip.near(1))
    symbol = _SYMBOLS.get(unit.text.removesuffix("s"), "") if unit.kind == "_POUND" else ""
    if number.kind != "NUMBER" or not symbol or slip.at_end:
        return None
    meant = f"{symbol}{number.text}"
    return Reason(
        "not-understood", f"“{number.text} {unit.text}” is not an amount", f"write {meant}", remedy=meant, at=number
    )


def lone_fraction(slip: Slip) -> Reason | None:
    """`Hours times 1/8`: a fraction is always a share of something."""
    fraction = slip.near(-1)
    if fraction.kind != "FRACTION" or (slip.token.kind == "OF" and not slip.at_end):
        return None
    factor = slip.near(-3).text if slip.near(-2).kind == "TIMES" and _simple(slip.near(-3)) else ""
    meant = f"{fraction.text} of {short(factor) if factor else '…'}"
    says = f"“{fraction.text}” is not said to be a share of anything"
    return Reason("not-understood", says, f"write {meant}", remedy=meant, at=fraction)


def without_unit(slip: Slip) -> Reason | None:
    """`in the 12 after Referral`: twelve of what?"""
    number = slip.near(-1)
    if number.kind != "NUMBER" or not {"_DAY", "_WEEK", "_MONTH"} <= set(slip.allowed) or slip.token.kind == "WORD":
        return None
    units = tuple(Remedy(f"{number.text} {unit}") for unit in ("days", "weeks", "months"))
    label = "days, weeks, months or years?"
    return Reason("not-understood", f"“{number.text}” has no unit of time", label, remedies=units, at=number)


def _simple(token: Token) -> bool:
    return token.kind in ("TERM", "MONEY", "NUMBER", "PERCENT")
