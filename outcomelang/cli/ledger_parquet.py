"""The entries of a ledger as a Parquet file: one row each, the columns of the CSV, and the amount in minor units.

Exact numbers are text, as in the CSV, for no column of a fixed number of decimals holds 10/3. Days are days.
`amount_minor` is the amount as a whole number of pennies (cents …), and missing where it is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from outcomelang.cli.ledger_csv import COLUMNS
from outcomelang.cli.ledger_json import iso
from outcomelang.core.money import exact, major
from outcomelang.evaluation.ledger import Entry, Ledger

_DAYS = ("day", "verified", "due")
_WHOLE = ("sequence", "amendment", "amount_minor")


def write_parquet(ledger: Ledger, path: Path, records: Iterable[Sequence[object]] | None = None) -> None:
    """Write it to `path`; `records` are those of its entries, if they are there already. Raises UsageError where what
    writes Parquet is not installed."""
    from outcomelang.relational.parquet_files import write_table

    names = (*COLUMNS, "amount_minor")
    kinds = {name: "DATE" if name in _DAYS else "BIGINT" if name in _WHOLE else "VARCHAR" for name in names}
    write_table(kinds, entry_records(ledger) if records is None else records, path)


def entry_records(ledger: Ledger) -> Iterator[tuple[object, ...]]:
    return (_record(entry, ledger) for entry in ledger.entries)


def _record(entry: Entry, ledger: Ledger) -> tuple[object, ...]:
    digits = ledger.minor_digits
    return (
        entry.id, entry.payment, entry.card, entry.clause, entry.payer, entry.payee,
        entry.participant, entry.subject, entry.period,
        entry.day.isoformat(), entry.sequence,
        exact(entry.units), exact(entry.counted), major(entry.price, digits), major(entry.earned, digits),
        "; ".join(f"{cut.by}: {major(cut.taken, digits)}" for cut in entry.cuts),
        major(entry.rounding, digits), major(entry.amount, digits), ledger.currency,
        iso(entry.verified), iso(entry.due), " ".join(row.id for row in entry.rows),
        entry.amendment or None, ledger.digest,
        entry.amount.numerator if entry.amount.denominator == 1 else None,
    )  # fmt: skip
