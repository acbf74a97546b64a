"""A status for programs: amounts as texts in the currency's major unit, days ISO, a line of text for each record."""

from __future__ import annotations

from outcomelang.cli.ledger_json import Value, document, iso, report_record
from outcomelang.core.money import exact, major
from outcomelang.evaluation.ledger import Assumed, LimitUse, Standing, Status, Undecided


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
        "assumptions": [assumed_record(assumed) for assumed in status.assumptions],
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


def assumed_record(assumed: Assumed) -> dict[str, Value]:
    """`where` names whom it is broken for or, where it is broken for nobody, not known for."""
    return {
        "assumption": assumed.said,
        "clause": assumed.clause,
        "file": assumed.file,
        "line": assumed.line,
        "held": assumed.held,
        "where": [
            {"subject": one.subject, "period": one.period, "day": iso(one.day), "rows": [row.id for row in one.rows]}
            for one in assumed.where
        ],
    }
