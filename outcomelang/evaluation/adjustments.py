"""An account since an earlier one: what was given stays as it was, and every difference is an entry of its own.

The earlier total and the adjustments make the new account to the penny. An entry that the new account does not hold any
more is reversed; one that it holds in addition is new; one whose amount differs has a difference. Where the day of an
entry moves, or the day on which it is due, it is reversed and new: money would else change its period unseen.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.evaluation.causes import Causes, told
from outcomelang.evaluation.earlier_ledger import add_up, suits
from outcomelang.evaluation.event_log import EventLog
from outcomelang.evaluation.ledger import Adjustment, Entry, Ledger, Posted
from outcomelang.evaluation.ledger_faults import Unfit, refused
from outcomelang.evaluation.reference import evaluate

NEW, REVERSAL, DIFFERENCE = "new", "reversal", "difference"


def evaluate_since(
    contract: ir.Contract,
    log: EventLog,
    as_of: date | None,
    digest: str,
    earlier: Ledger,
    name: str = "The earlier ledger",
) -> Ledger:
    """The account of a contract with adjustments against an earlier ledger, which messages call `name`.

    Raises UsageError where the ledger does not add up or belongs to another contract, currency or a later day.
    """
    now = evaluate(contract, log, as_of, digest)
    suits(earlier, name, digest, contract.currency, now.as_of)
    try:
        add_up(earlier)
    except Unfit as problem:
        raise refused(name, problem) from None
    return since(now, earlier, Causes(contract, log, earlier, now))


def since(now: Ledger, earlier: Ledger, causes: Causes) -> Ledger:
    """The new account with the series of accounts that it ends."""
    series = earlier.accounts or (Posted(earlier.as_of, earlier.log_ends, earlier.total, ()),)
    made = tuple(_adjustments(now, earlier, causes, len(series) + 1))
    posted = Posted(now.as_of, now.log_ends, now.total, made)
    assert earlier.total + sum(each.amount for each in made) == now.total, "no two entries of an account share an id"
    return Ledger(
        contract=now.contract,
        digest=now.digest,
        as_of=now.as_of,
        final=now.final,
        log_ends=now.log_ends,
        currency=now.currency,
        minor_digits=now.minor_digits,
        total=now.total,
        lines=now.lines,
        entries=now.entries,
        pending=now.pending,
        reports=now.reports,
        accounts=(*series, posted),
    )


def _adjustments(now: Ledger, earlier: Ledger, causes: Causes, number: int) -> Iterator[Adjustment]:
    """In the order of the new account; what it does not hold any more comes last, in the earlier order."""
    before = {entry.id: entry for entry in earlier.entries}
    for entry in now.entries:
        yield from _between(before.pop(entry.id, None), entry, causes, number)
    for gone in before.values():
        yield from _between(gone, None, causes, number)


def _between(before: Entry | None, after: Entry | None, causes: Causes, number: int) -> Iterator[Adjustment]:
    if before is not None and after is not None and told(before) == told(after):
        return
    reason = causes.of(before, after)
    if before is not None and after is not None and _stands(before, after):
        yield _adjustment(DIFFERENCE, after, before.amount, after.amount, reason, number)
        return
    if before is not None:
        yield _adjustment(REVERSAL, before, before.amount, Fraction(0), reason, number)
    if after is not None:
        yield _adjustment(NEW, after, Fraction(0), after.amount, reason, number)


def _stands(before: Entry, after: Entry) -> bool:
    """Whether an entry belongs to the days it belonged to. What a limit or rounding adds to a line has no day of its
    own: it stands on that of the line's last amount."""
    return (before.day, before.due) == (after.day, after.due) or not (before.units or after.units)


def _adjustment(
    kind: str, entry: Entry, before: Fraction, after: Fraction, reason: tuple[str, str], number: int
) -> Adjustment:
    cause, why = reason
    return Adjustment(
        id=f"adjustment {number} / {kind} / {entry.id}",
        entry=entry.id,
        kind=kind,
        cause=cause,
        why=why,
        payment=entry.payment,
        card=entry.card,
        clause=entry.clause,
        payer=entry.payer,
        payee=entry.payee,
        participant=entry.participant,
        subject=entry.subject,
        period=entry.period,
        day=entry.day,
        due=entry.due,
        before=before,
        after=after,
        amount=after - before,
    )
