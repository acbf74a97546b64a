"""The entries of a ledger for a spreadsheet: one line each, the columns of the JSON, rows of the log by their ids.

Amounts and units stand as numbers; a fraction that no decimal gives exactly stands as text (`10/3`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from outcomelang.cli.ledger_json import adjustment_record, iso
from outcomelang.core.money import exact, major
from outcomelang.evaluation.ledger import Adjustment, Entry, Ledger
from outcomelang.report.plain import plain

PIECE = 4_096
COLUMNS = (
    "id", "payment", "card", "clause", "payer", "payee", "participant", "subject", "period", "day", "sequence",
    "units", "counted", "price", "earned", "cuts", "rounding", "amount", "currency", "verified", "due", "rows",
    "amendment", "digest",
)  # fmt: skip


def ledger_csv(ledger: Ledger) -> str:
    """The header and one line for each entry."""
    return "".join(ledger_lines(ledger))


def ledger_lines(ledger: Ledger) -> Iterator[str]:
    """The same in pieces, so that a ledger of millions of entries is never in memory at once."""
    rows = chain([COLUMNS], (cells(entry, ledger) for entry in ledger.entries))
    while some := list(islice(rows, PIECE)):
        yield csv_text(some)


ADJUSTMENT_COLUMNS = (
    "id", "entry", "kind", "cause", "why", "payment", "card", "clause", "payer", "payee", "participant", "subject",
    "period", "day", "due", "before", "after", "amount", "currency", "account", "digest",
)  # fmt: skip


def adjustments_csv(ledger: Ledger) -> str:
    """The header and one line for each adjustment of the last account; `account` is its day."""
    made = ledger.accounts[-1].adjustments
    return csv_text(chain([ADJUSTMENT_COLUMNS], (adjustment_cells(each, ledger) for each in made)))


def adjustment_cells(adjustment: Adjustment, ledger: Ledger) -> list[str]:
    record = adjustment_record(adjustment, ledger.minor_digits)
    texts = [harmless(str(record[name])) for name in ADJUSTMENT_COLUMNS[:13]]
    rest = ["" if record[name] is None else str(record[name]) for name in ADJUSTMENT_COLUMNS[13:18]]
    return [*texts, *rest, ledger.currency, ledger.as_of.isoformat(), ledger.digest]


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows of harmless cells as one text."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def cells(entry: Entry, ledger: Ledger) -> list[str]:
    digits = ledger.minor_digits
    return [
        *map(harmless, (entry.id, entry.payment, entry.card, entry.clause, entry.payer, entry.payee)),
        *map(harmless, (entry.participant, entry.subject, entry.period)),
        entry.day.isoformat(),
        str(entry.sequence),
        exact(entry.units),
        exact(entry.counted),
        major(entry.price, digits),
        major(entry.earned, digits),
        harmless("; ".join(f"{cut.by}: {major(cut.taken, digits)}" for cut in entry.cuts)),
        major(entry.rounding, digits),
        major(entry.amount, digits),
        ledger.currency,
        iso(entry.verified) or "",
        iso(entry.due) or "",
        harmless(" ".join(row.id for row in entry.rows)),
        str(entry.amendment or ""),
        ledger.digest,
    ]


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before what could start one, controls written out."""
    text = plain(text)
    return f"'{text}" if text.lstrip(" \t\n\r")[:1] in tuple("=+-@|%") or text[:1] in tuple("\t\n\r") else text
