"""Exact numbers as text. No binary float comes near them."""

from __future__ import annotations

from fractions import Fraction

SIGNS = {"GBP": "£", "USD": "$", "EUR": "€"}


def exact(value: Fraction | int, least: int = 0) -> str:
    """A decimal with at least `least` places where a decimal is exact (12.5, 0.10), else `n/d`."""
    value = Fraction(value)
    places = decimal_places(value.denominator)
    if places is None:
        return f"{value.numerator}/{value.denominator}"
    places = max(places, least)
    digits = f"{abs(value.numerator) * 10**places // value.denominator:0{places + 1}d}"
    return ("-" if value < 0 else "") + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def decimal_places(denominator: int) -> int | None:
    """How many places a decimal needs to be exact; None if none suffice."""
    twos = fives = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    return max(twos, fives) if denominator == 1 else None


def major(minor: Fraction | int, digits: int) -> str:
    """Minor units as an amount in the currency: 123456 pence is 1234.56."""
    return exact(Fraction(minor) / 10**digits, digits)


def money(minor: Fraction | int, currency: str, digits: int) -> str:
    """For people: £1,234.56, -£0.10, CHF 5.00; an amount between two pennies keeps its fraction."""
    whole, dot, rest = major(abs(Fraction(minor)), digits).partition(".")
    grouped = f"{int(whole):,}" if whole.isdigit() else whole
    return ("-" if minor < 0 else "") + SIGNS.get(currency, currency + " ") + grouped + dot + rest


def count(value: Fraction) -> str:
    """For people: 1,250 or 12.5 or 1/3."""
    whole, dot, rest = exact(value).partition(".")
    return (f"{int(whole):,}" if whole.removeprefix("-").isdigit() and whole != "-0" else whole) + dot + rest
