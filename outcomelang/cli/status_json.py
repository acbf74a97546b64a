"""A status for programs: amounts as texts in the currency's major unit, days ISO, a line of text for each record."""

from __future__ import annotations

from outcomelang.cli.ledger_json import Value, document, iso, report_record
from outcomelang.core.money import exact, major
from outcomelang.evaluation.ledger import LimitUse, Standing, Status, Undecided


def status_json(status: Status) -> str:
    """One object; the same status gives the same bytes."""
    digits = status.minor_digits
    head: dict[str, Value] = {
        "contract": status.contract,
        "digest": status.digest,
        "as_of": status.as_of.isoformat(),
        "log_ends": iso(status.log_ends),
        "currency": status.currency,
        "due": major(sum(line.due for line in status.payments), digits),
        "later": major(sum(line.later for line in status.payments), digits),
    }
    blocks = {
        "payments": [standing_record(line, digits) for line in status.payments],
        "undecided": [undecided_record(item, digits) for item in status.undecided],
        "limits": [limit_record(use, digits) for use in status.limits],
        "reports": [report_record(report, places=False) for report in status.reports],
    }
    return document(head, blocks, {})


def standing_record(line: Standing, digits: int) -> dict[str, Value]:
    return {
        "payment": line.payment,
        "payer": line.payer,
        "payee": line.payee,
        "due": major(line.due, digits),
        "later": major(line.later, digits),
    }


def undecided_record(item: Undecided, digits: int) -> dict[str, Value]:
    return {
        "payment": item.payment,
        "what": item.what,
        "verdict": item.verdict,
        "participant": item.participant,
        "subject": item.subject,
        "period": item.period,
        "until": iso(item.until),
        "worth": None if item.worth is None else major(item.worth, digits),
    }


def limit_record(use: LimitUse, digits: int) -> dict[str, Value]:
    """Money in the major unit, numbers as they are."""
    amounts = {"most": use.most, "used": use.used, "left": use.left}
    money = use.kind == "money"
    return {
        "limit": use.title,
        "clause": use.clause,
        "kind": use.kind,
        "subject": use.subject,
        "period": use.period,
        **{
            name: None if amount is None else major(amount, digits) if money else exact(amount)
            for name, amount in amounts.items()
        },
    }
