"""A ledger for programs. Amounts are texts in the currency's major unit: with its decimals in lines and total, exact in
entries (`"1200.00"`, or `"10/3"` where no decimal is exact). Days are ISO. The same ledger gives the same bytes.
"""

from __future__ import annotations

import json
from datetime import date

from outcomelang.core.money import exact, major
from outcomelang.evaluation.ledger import Adjustment, Entry, Ledger, Line, Pending, Posted, Report, RowRef

Value = dict[str, "Value"] | list["Value"] | str | int | None

ENGINE = "reference"


def ledger_json(ledger: Ledger, places: bool = False) -> str:
    """One object; a line of text for each line and entry, so that two accounts can be compared by any diff.

    Rows of the log are named by their ids, so that the order of rows and the files they came in change no byte;
    with `places` by id, file and line.
    """
    digits = ledger.minor_digits
    head: dict[str, Value] = {
        "contract": ledger.contract,
        "digest": ledger.digest,
        "as_of": ledger.as_of.isoformat(),
        "log_ends": iso(ledger.log_ends),
        "currency": ledger.currency,
        "total": major(ledger.total, digits),
    }
    blocks: dict[str, list[dict[str, Value]]] = {
        "lines": [line_record(line, digits) for line in ledger.lines],
        "entries": [entry_record(entry, digits, places) for entry in ledger.entries],
        "pending": [pending_record(pending) for pending in ledger.pending],
        "reports": [report_record(report, places) for report in ledger.reports],
    }
    return document(head, blocks, {"accounts": accounts_text(ledger.accounts, digits)} if ledger.accounts else {})


def document(head: dict[str, Value], blocks: dict[str, list[dict[str, Value]]], more: dict[str, str]) -> str:
    """One object: values, then lists of records with a line for each, then what is JSON already."""
    written = [f" {json.dumps(name)}: {json.dumps(value)}" for name, value in head.items()]
    written += [f" {json.dumps(name)}: {listed(records)}" for name, records in blocks.items()]
    written += [f" {json.dumps(name)}: {text}" for name, text in more.items()]
    written.append(f' "engine": "{ENGINE}"')
    return "{\n" + ",\n".join(written) + "\n}\n"


def listed(records: list[dict[str, Value]]) -> str:
    return "[\n" + ",\n".join(f"  {json.dumps(record)}" for record in records) + "\n ]" if records else "[]"


def accounts_text(accounts: tuple[Posted, ...], digits: int) -> str:
    """The series that ends with this account, a line of text for each adjustment."""
    texts = []
    for posted in accounts:
        days = {
            "as_of": posted.as_of.isoformat(),
            "log_ends": iso(posted.log_ends),
            "total": major(posted.total, digits),
        }
        head = json.dumps(days)[:-1]
        made = [f"   {json.dumps(adjustment_record(each, digits))}" for each in posted.adjustments]
        inside = "[\n" + ",\n".join(made) + "\n  ]" if made else "[]"
        texts.append(f'  {head}, "adjustments": {inside}}}')
    return "[\n" + ",\n".join(texts) + "\n ]"


def whose(of: Entry | Adjustment) -> dict[str, Value]:
    """Between whom it is, for whom, and of which day."""
    return {
        "payer": of.payer,
        "payee": of.payee,
        "participant": of.participant,
        "subject": of.subject,
        "period": of.period,
        "day": of.day.isoformat(),
    }


def adjustment_record(adjustment: Adjustment, digits: int) -> dict[str, Value]:
    return {
        "id": adjustment.id,
        "entry": adjustment.entry,
        "kind": adjustment.kind,
        "cause": adjustment.cause,
        "why": adjustment.why,
        "payment": adjustment.payment,
        "card": adjustment.card,
        "clause": adjustment.clause,
        **whose(adjustment),
        "due": iso(adjustment.due),
        "before": major(adjustment.before, digits),
        "after": major(adjustment.after, digits),
        "amount": major(adjustment.amount, digits),
    }


def line_record(line: Line, digits: int) -> dict[str, Value]:
    return {
        "payment": line.payment,
        "payer": line.payer,
        "payee": line.payee,
        "count": exact(line.count),
        "amount": major(line.amount, digits),
    }


def entry_record(entry: Entry, digits: int, places: bool) -> dict[str, Value]:
    """An entry; that it was earned under an amendment is said where it was."""
    under: dict[str, Value] = {"amendment": entry.amendment} if entry.amendment else {}
    return {
        "id": entry.id,
        "payment": entry.payment,
        "card": entry.card,
        "clause": entry.clause,
        **under,
        **whose(entry),
        "sequence": entry.sequence,
        "units": exact(entry.units),
        "counted": exact(entry.counted),
        "price": major(entry.price, digits),
        "earned": major(entry.earned, digits),
        "cuts": [{"by": c.by, "clause": c.clause, "taken": major(c.taken, digits)} for c in entry.cuts],
        "rounding": major(entry.rounding, digits),
        "amount": major(entry.amount, digits),
        "verified": iso(entry.verified),
        "due": iso(entry.due),
        "rows": [row_record(row, places) for row in entry.rows],
    }


def row_record(row: RowRef, places: bool) -> Value:
    return {"id": row.id, "file": row.file, "line": row.line} if places else row.id


def pending_record(pending: Pending) -> dict[str, Value]:
    return {
        "what": pending.what,
        "verdict": pending.verdict,
        "count": pending.count,
        "subject": pending.subject,
        "until": iso(pending.until),
    }


def report_record(report: Report, places: bool) -> dict[str, Value]:
    return {
        "name": report.name,
        "message": report.message,
        "count": report.count,
        "row": row_record(report.row, places) if report.row else None,
    }


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
