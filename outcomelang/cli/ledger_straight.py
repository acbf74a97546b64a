"""The entries of a ledger as CSV or for Parquet, from the records of an engine: cell for cell what `ledger_csv` and
`ledger_parquet` make of entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from outcomelang.cli.ledger_csv import COLUMNS, csv_text, harmless
from outcomelang.core.money import exact, major
from outcomelang.evaluation.ledger import Ledger

if TYPE_CHECKING:
    from outcomelang.relational.account.straight import Straight

TEXTS = ("id", "payment", "card", "clause", "payer", "payee", "participant", "subject", "period")
_OF_PEOPLE = [COLUMNS.index(name) for name in (*TEXTS, "cuts", "rows")]
KEPT = 1 << 16
"""Texts of numbers that are kept: most stand in many entries."""

At = Mapping[str, int]


def csv_lines(of: Straight, ledger: Ledger) -> Iterator[str]:
    """What `ledger_lines` gives."""
    yield csv_text([COLUMNS])
    for some in _batches(of, ledger):
        yield csv_text([_cells(record) for record in some])


def records(of: Straight, ledger: Ledger) -> Iterator[tuple[object, ...]]:
    """What `entry_records` gives."""
    for some in _batches(of, ledger):
        yield from some


def _cells(record: Sequence[object]) -> list[str]:
    cells = ["" if cell is None else str(cell) for cell in record[: len(COLUMNS)]]
    for place in _OF_PEOPLE:
        cells[place] = harmless(cells[place])
    return cells


def _batches(of: Straight, ledger: Ledger) -> Iterator[list[tuple[object, ...]]]:
    at = {name: place for place, name in enumerate(of.names)}
    digits = ledger.minor_digits
    for batch in of.batches():
        yield [_record(given, at, digits, ledger) for given in batch]


def _record(given: Sequence[Any], at: At, digits: int, ledger: Ledger) -> tuple[object, ...]:
    def money(name: str) -> str:
        return _major(given[at[f"{name}_n"]], given[at[f"{name}_d"]], digits)

    def number(name: str) -> str:
        return _exact(given[at[f"{name}_n"]], given[at[f"{name}_d"]])

    amount, whole = given[at["amount_n"]], given[at["amount_d"]]
    return (
        *(given[at[name]] for name in TEXTS),
        given[at["day"]].isoformat(), given[at["sequence"]],
        number("units"), number("counted"), money("price"), money("earned"),
        "; ".join(_cuts(given[at["cuts"]], digits)) if "cuts" in at else "",
        money("rounding"), money("amount"), ledger.currency,
        *(None if given[at[name]] is None else given[at[name]].isoformat() for name in ("verified", "due")),
        " ".join(given[at["rows"]] or ()), None, ledger.digest,
        amount // whole if amount % whole == 0 else None,
    )  # fmt: skip


def _cuts(cuts: Sequence[Mapping[str, Any]] | None, digits: int) -> Iterator[str]:
    return (f"{cut['by']}: {_major(cut['taken_n'], cut['taken_d'], digits)}" for cut in cuts or ())


@lru_cache(KEPT)
def _exact(n: int, d: int) -> str:
    return exact(Fraction(int(n), int(d)))


@lru_cache(KEPT)
def _major(n: int, d: int, digits: int) -> str:
    return major(Fraction(int(n), int(d)), digits)
