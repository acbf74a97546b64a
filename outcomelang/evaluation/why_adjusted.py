"""Why an account adjusts an earlier one: each adjustment with its reason, then the entry as it stands now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise

from outcomelang.core import ir
from outcomelang.core.calendar import day_text
from outcomelang.core.money import money
from outcomelang.core.names import name_key
from outcomelang.evaluation.adjustments import DIFFERENCE, NEW, evaluate_since
from outcomelang.evaluation.event_log import EventLog
from outcomelang.evaluation.ledger import Adjustment, Ledger, Posted
from outcomelang.evaluation.why import why

Found = tuple[Posted, Posted, Adjustment]
"""An adjustment with the account that it was made in, after the one that it adjusts."""


def why_adjusted(
    contract: ir.Contract, log: EventLog, as_of: date | None, digest: str, wanted: str, earlier: Ledger, name: str
) -> tuple[str, ...]:
    """The adjustments of one id, or to one entry, or for a participant, cohort, period or payment, in every account of
    the series; then what stands now. Where nothing was adjusted, that is said, and what stands is explained.

    Raises `UsageError` where nobody and nothing is called so, and as `evaluate_since` does.
    """
    now = evaluate_since(contract, log, as_of, digest, earlier, name)
    series = now.accounts
    pairs = [
        (before, after, each)
        for before, after in pairwise(series)
        for each in after.adjustments
        if _is_meant(each, wanted)
    ]
    standing = {entry.id for entry in now.entries}
    about = next((each.entry for _, _, each in pairs if wanted in (each.id, each.entry)), wanted)
    lines = [line for found in pairs for line in (*_adjusted(found, now), "")]
    if not pairs:
        lines = [f"Nothing of {wanted} is adjusted since the account as of {_day(earlier.as_of)}.", ""]
    if about in standing or not pairs or _is_known(wanted, now, log):
        return (*lines, f"As of {_day(now.as_of)} it stands so:", "", *why(contract, log, as_of, about))
    return (*lines, f"As of {_day(now.as_of)} nothing of it is left.")


def _is_meant(each: Adjustment, wanted: str) -> bool:
    if wanted in (each.id, each.entry, each.participant, each.subject, each.period):
        return bool(wanted)
    return name_key(wanted) in (name_key(each.payment), name_key(each.card))


def _is_known(wanted: str, now: Ledger, log: EventLog) -> bool:
    """Whether it is more than one entry, or is somebody who is gone from the log."""
    names = {name for entry in now.entries for name in (entry.participant, entry.subject, entry.period)}
    payments = {name_key(name) for entry in now.entries for name in (entry.payment, entry.card)}
    return wanted in names or name_key(wanted) in payments or any(row.participant == wanted for row in log.rows)


def _adjusted(found: Found, now: Ledger) -> Iterator[str]:
    """Head, id, what it changes and why."""
    before, after, each = found
    clause = f" (clause {each.clause})" if each.clause else ""
    period = f", {each.period}" if each.period not in ("", each.subject) else ""
    head = f"{_money(each.amount, now)}  {each.payment}{period}{clause}"
    yield f"{head}, {_verb(each)} in the account as of {_day(after.as_of)}"
    yield f"   adjustment: {each.id}"
    stood = (
        f"{_money(each.before, now)} in the account as of {_day(before.as_of)}, {_money(each.after, now)} in this one"
    )
    yield f"   entry: {each.entry}, of {_day(each.day)}: {stood}"
    if each.due is not None:
        yield f"   due on {_day(each.due)}"
    yield f"   because {each.why}"


def _verb(each: Adjustment) -> str:
    if each.kind == DIFFERENCE:
        return "changed"
    return "new" if each.kind == NEW else "reversed"


def _day(day: date) -> str:
    return day_text(day.toordinal())


def _money(amount: Fraction, ledger: Ledger) -> str:
    return money(amount, ledger.currency, ledger.minor_digits)
