"""What is given for the blanks of a library: what sort of thing it is, and how it is written."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from outcomelang.surface import ast


def kind(filling: ast.Filling) -> str:
    """What sort of thing is given, in the words of a finding."""
    match filling:
        case ast.Term():
            return "a name"
        case ast.Money():
            return "an amount of money"
        case ast.Percent():
            return "a percentage"
        case ast.Points():
            return "a number of percentage points"
        case ast.Number():
            return "a number"
        case ast.Duration():
            return "a length of time"
        case ast.Date():
            return "a date"
        case ast.Text():
            return "a text in quotation marks"
        case ast.Ladder():
            return "a row of steps"
        case _:
            assert_never(filling)


def written(filling: ast.Filling) -> str:
    """What is given as text that reads back the same."""
    match filling:
        case ast.Term():
            return filling.text
        case ast.Money():
            sign = "-" if filling.amount < 0 else ""
            return f"{sign}{filling.currency} {_decimal(abs(filling.amount))}"
        case ast.Percent():
            return f"{_decimal(filling.value * 100)}%"
        case ast.Points():
            return f"{_decimal(filling.value * 100)} percentage points"
        case ast.Number():
            return _decimal(filling.value)
        case ast.Duration():
            return f"{_decimal(filling.count)} {'working ' if filling.working else ''}{filling.unit}s"
        case ast.Date():
            return filling.day.isoformat()
        case ast.Text():
            return f"“{filling.value}”" if '"' in filling.value else f'"{filling.value}"'
        case ast.Ladder():
            return _ladder(filling)
        case _:
            assert_never(filling)


def _ladder(ladder: ast.Ladder) -> str:
    steps = [written(rung) for rung in ladder.rungs]
    if isinstance(ladder.rungs[0], ast.Duration):
        steps = [*(step.partition(" ")[0] for step in steps[:-1]), steps[-1]]
    return f"{', '.join(steps[:-1])} and {steps[-1]}"


def _decimal(value: Fraction) -> str:
    """A number of the author's, whose decimals always end."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    digits = str(abs(int(value * 10**places))).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def shown(sample: ast.Stated) -> str:
    """A sample as an author writes it."""
    match sample:
        case ast.Date():
            return f"{sample.day.day} {sample.day:%B %Y}"
        case ast.Money():
            return written(sample).replace("GBP ", "£")
        case ast.Duration() | ast.Percent() | ast.Points() | ast.Number() | ast.Text() | ast.Ladder():
            return written(sample)
        case _:
            assert_never(sample)
