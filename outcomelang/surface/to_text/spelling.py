"""One spelling for each word, name and literal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from outcomelang.surface.lexer import BLANK, MONTHS, Token, read_date

_FIRST_SPELLINGS = {"_AT_LEAST": "at least", "_AT_MOST": "at most", "_ABOVE": "above", "_BELOW": "below"}
_IN_FULL = {"_IN_ORDER": "in the order"}
_SYMBOLS = {"GBP": "£", "USD": "$", "EUR": "€"}
_MONEY = re.compile(r"(-?)([£$€]|[A-Z]{3})\s*([\d,]+)(?:\.(\d+))?\s*(million|billion|m|bn)?")
_NUMBER = re.compile(r"(-?)([\d,]+)(\.\d+)?")
_ZEROS = {"m": 6, "million": 6, "bn": 9, "billion": 9}


def spelt(tokens: Sequence[Token], at: int) -> str:
    """The word at a place as the formatter writes it. It means what it meant."""
    token = tokens[at]
    match token.kind:
        case "TERM":
            return " ".join(token.text.replace("’", "'").split())
        case "TEXT":
            return token.text if '"' in token.text[1:-1] else f'"{token.text[1:-1]}"'
        case "DATE":
            return _date(token.text)
        case "MONEY":
            return _money(token.text)
        case "NUMBER":
            return _number(token.text)
        case "PERCENT":
            return token.text.partition("%")[0].split()[0] + "%"
        case "ALPHA" | "ROMAN":
            return token.text[token.text.index("(") :]
        case "_PERCENTAGE_POINT":
            return _points(tokens, at)
        case "_UP_TO" if _compares(tokens, at):
            return "at most"
        case kind if kind == BLANK:
            return f"[{' '.join(token.text[1:-1].split())}]"
        case kind:
            return _FIRST_SPELLINGS.get(kind) or _IN_FULL.get(kind) or token.text


def _date(text: str) -> str:
    day = read_date(text)
    assert day is not None, "a text that was read has no other date"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _number(text: str) -> str:
    found = _NUMBER.fullmatch(text)
    assert found is not None, "the lexer lets no other number pass"
    return f"{found[1]}{int(found[2].replace(',', '')):,}{found[3] or ''}"


def _money(text: str) -> str:
    """`GBP 1200` as £1,200, `£1.25m` as £1,250,000. Pennies that the author wrote stay: £20.00 beside £19.99."""
    found = _MONEY.fullmatch(text)
    assert found is not None, "the lexer lets no other amount pass"
    sign, currency, whole, decimals, scale = found.groups()
    digits, zeros = decimals or "", _ZEROS.get(scale or "", 0)
    places = max(len(digits) - zeros, 0)
    units = Fraction(f"{whole.replace(',', '')}.{digits or 0}") * 10 ** (zeros + places)
    pounds, part = divmod(int(units), 10**places)
    shown = f".{part:0{places}}".ljust(3, "0") if places else ""
    return f"{sign}{_SYMBOLS.get(currency) or (currency if len(currency) == 1 else currency + ' ')}{pounds:,}{shown}"


def _points(tokens: Sequence[Token], at: int) -> str:
    """`5 percentage points`, `1 percentage point`, `the percentage-point fall`."""
    if at + 1 < len(tokens) and tokens[at + 1].kind in ("_FALL", "_RISE"):
        return "percentage-point"
    number = tokens[at - 1] if at and tokens[at - 1].kind in ("NUMBER", BLANK) else None
    return "percentage point" if number is None or number.text == "1" else "percentage points"


def _compares(tokens: Sequence[Token], at: int) -> bool:
    """Whether `up to` says `at most`; before `3% each year` that would be read as the cap of an index."""
    kinds = [token.kind for token in tokens[at + 1 : at + 3]]
    return at > 0 and tokens[at - 1].kind == "_IS" and kinds != ["PERCENT", "EACH"]
