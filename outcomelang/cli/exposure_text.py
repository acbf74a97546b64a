"""An exposure as people read it: the greatest and the least, their parts in a table each, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterator

from outcomelang.cli.days import in_words
from outcomelang.exposure import said
from outcomelang.exposure.analysis import Exposure, Of
from outcomelang.exposure.breakeven import BreakEven
from outcomelang.exposure.numbers import Most
from outcomelang.exposure.years import Year
from outcomelang.report.plain import columns, one_line, wrapped

_WIDTH = 100


def exposure_text(found: Exposure) -> str:
    """The whole text, ending in a line feed."""
    blocks = [
        [one_line(found.contract.title), "Exposure: what can be due, told from the contract alone"],
        list(_in_all(found)),
        _table(found, "Payment", found.payments, True),
        _table(found, "Payer", found.payers, False) if len(found.payers) > 1 else [],
        _years(found),
        _table(found, "For one", tuple(each for each in found.people if each.most != 0), False),
        [line for each in found.break_even for line in _rate(found, each)],
        _premises(found),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _in_all(found: Exposure) -> Iterator[str]:
    least = found.least
    lines = [
        ("Greatest", amount(found, found.greatest.most), (said.of_greatest(found), said.of_tightness(found))),
        (
            "Least",
            amount(found, least.found.paid.total),
            (("nothing less can be due: " if least.proved else "not shown to be the least: ") + least.argument,),
        ),
        ("With no outcome", amount(found, found.idle.idle.paid.total), (said.of_idle(found),)),
    ]
    shown = max(columns(each[1]) for each in lines)
    for name, value, because in lines:
        yield f"{name:<16}{' ' * (shown - columns(value))}{value}"
        for reason in because:
            yield from (f"  {line}" for line in wrapped(one_line(reason), _WIDTH - 2))


def amount(found: Exposure, value: Most) -> str:
    return "no bound" if value is None else said.money(found.contract, value)


def _table(found: Exposure, title: str, parts: tuple[Of, ...], priced: bool) -> list[str]:
    """At most so much, what a history was found to pay, and what bounds it."""
    if not parts:
        return []
    rows = [(title, "at most", "found", "")]
    for each in parts:
        reached = "tight" if each.tight else said.money(found.contract, each.found)
        rows.append((one_line(each.name), amount(found, each.most), reached, one_line(said.of_part(found, each))))
    return _aligned(rows) + (_prices(found) if priced else [])


def _aligned(rows: list[tuple[str, str, str, str]]) -> list[str]:
    """The first and the last column to the left, amounts to the right."""
    widths = [max(columns(row[column]) for row in rows) for column in range(3)]
    lines = []
    for row in rows:
        gaps = [" " * (width - columns(cell)) for width, cell in zip(widths, row, strict=False)]
        lines.append(f"{row[0]}{gaps[0]}  {gaps[1]}{row[1]}  {gaps[2]}{row[2]}  {row[3]}".rstrip())
    return lines


def _prices(found: Exposure) -> list[str]:
    """What one more unit can add, where nothing bounds the number."""
    open_ended = [each for each in found.payments if each.most is None and each.price is not None]
    return [f"  one more {one_line(each.name)}: {amount(found, each.price)} or less" for each in open_ended]


def _years(found: Exposure) -> list[str]:
    rows = [
        (
            f"Year {number}, to {in_words(year.last)}",
            amount(found, year.liability.most),
            "",
            _binding(year),
        )
        for number, year in enumerate(found.years, 1)
    ]
    return _aligned([("Earned in", "at most", "", ""), *rows]) if rows else []


def _binding(year: Year) -> str:
    if year.liability.most is None:
        return ""
    return "; ".join(one_line(said.limit_named(each)) for each in year.liability.binding)


def _rate(found: Exposure, of: BreakEven) -> list[str]:
    said_of = one_line(said.of_rate(found.contract, of))
    return wrapped(said_of[0].upper() + said_of[1:], _WIDTH, "  ", "")


def _premises(found: Exposure) -> list[str]:
    lines = [line for each in said.premises(found.contract) for line in wrapped(one_line(each), _WIDTH - 2)]
    return ["Under these assumptions:", *(f"  {line}" for line in lines)] if lines else []
