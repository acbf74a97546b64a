"""An earlier ledger, read back: what `evaluate --format json` wrote, checked before anything is built upon it.

A ledger that somebody has edited does not add up; one of another contract, another currency or a later day is no base
for this account. Each is refused by name, and nothing is computed from it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from outcomelang.evaluation.ledger import Adjustment, Cut, Entry, Ledger, Line, Posted
from outcomelang.evaluation.ledger_faults import (
    LATER_DAY,
    NOT_ADDING_UP,
    OTHER_CONTRACT,
    OTHER_CURRENCY,
    Unfit,
    quoted,
    refused,
)
from outcomelang.evaluation.ledger_records import Record, parsed


def read_ledger(content: bytes, name: str, currency: str, digits: int) -> Ledger:
    """The ledger in the JSON of `evaluate`, for a contract in this currency. Raises UsageError for anything else."""
    try:
        ledger = _ledger(parsed(content), currency, digits)
        add_up(ledger)
    except Unfit as problem:
        raise refused(name, problem) from None
    return ledger


def suits(earlier: Ledger, name: str, digest: str, currency: str, as_of: date) -> None:
    """Raise UsageError unless the earlier ledger is a base for an account of this contract on this day."""
    if earlier.digest != digest:
        said = (
            f"is an account of {quoted(earlier.contract)} ({earlier.digest[:16]}), and this contract is {digest[:16]}"
        )
        raise refused(name, Unfit(OTHER_CONTRACT, said))
    if earlier.currency != currency:
        said = f"is an account in {earlier.currency}, and this contract pays in {currency}"
        raise refused(name, Unfit(OTHER_CURRENCY, said))
    if earlier.as_of > as_of:
        said = f"is an account as of {earlier.as_of}, which is later than {as_of}, the day of this one"
        raise refused(name, Unfit(LATER_DAY, said))


# ---------------------------------------------------------------- what adds up


def add_up(ledger: Ledger) -> None:
    """Unfit unless amounts, lines, total and the series of accounts agree."""
    for name, times in Counter(entry.id for entry in ledger.entries).items():
        if times > 1:
            raise Unfit(NOT_ADDING_UP, f"holds the entry {quoted(name)} {times} times")
    for entry in ledger.entries:
        if entry.earned - sum(cut.taken for cut in entry.cuts) + entry.rounding != entry.amount:
            said = "does not add up: earned, less what was cut, plus rounding is not the amount of the entry"
            raise Unfit(NOT_ADDING_UP, f"{said} {quoted(entry.id)}")
    by_line, by_entry = _between(ledger.lines), _between(ledger.entries)
    for payer, payee in sorted(by_line.keys() | by_entry.keys()):
        if by_line[payer, payee] != by_entry[payer, payee]:
            said = "does not add up: the entries do not make the lines of what"
            raise Unfit(NOT_ADDING_UP, f"{said} {payer} pays {payee}")
    if sum(line.amount for line in ledger.lines) != ledger.total:
        raise Unfit(NOT_ADDING_UP, "does not add up: its lines do not make its total")
    _series_adds_up(ledger)


def _between(amounts: Iterable[Line] | Iterable[Entry]) -> dict[tuple[str, str], Fraction]:
    """What stands between each payer and payee."""
    sums: defaultdict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for each in amounts:
        sums[each.payer, each.payee] += each.amount
    return sums


def _series_adds_up(ledger: Ledger) -> None:
    for before, after in zip(ledger.accounts, ledger.accounts[1:], strict=False):
        if before.total + sum(made.amount for made in after.adjustments) != after.total:
            said = f"does not add up: its adjustments do not make the account as of {after.as_of}"
            raise Unfit(NOT_ADDING_UP, said)
        if after.as_of < before.as_of:
            raise Unfit(NOT_ADDING_UP, f"holds an account as of {before.as_of} before one as of {after.as_of}")
    if ledger.accounts:
        last = ledger.accounts[-1]
        if (last.total, last.as_of) != (ledger.total, ledger.as_of):
            raise Unfit(NOT_ADDING_UP, "does not add up: its series of accounts does not end with its own")


# ---------------------------------------------------------------- from JSON


def _ledger(value: object, currency: str, digits: int) -> Ledger:
    record = Record(value, "it", digits)
    named = record.text("currency")
    if named != currency:
        raise Unfit(OTHER_CURRENCY, f"is an account in {quoted(named)}, and this contract pays in {currency}")
    return Ledger(
        contract=record.text("contract"),
        digest=record.text("digest"),
        as_of=record.day("as_of"),
        final=False,
        log_ends=record.maybe_day("log_ends"),
        currency=named,
        minor_digits=digits,
        total=record.pennies("total"),
        lines=record.each("lines", _line),
        entries=record.each("entries", _entry),
        pending=(),
        reports=(),
        accounts=record.each("accounts", _posted) if record.has("accounts") else (),
    )


def _line(record: Record) -> Line:
    payment, payer, payee = record.text("payment"), record.text("payer"), record.text("payee")
    return Line(payment, payer, payee, record.number("count"), record.pennies("amount"))


def _entry(record: Record) -> Entry:
    return Entry(
        id=record.text("id"),
        payment=record.text("payment"),
        card=record.text("card"),
        clause=record.text("clause"),
        payer=record.text("payer"),
        payee=record.text("payee"),
        participant=record.text("participant"),
        subject=record.text("subject"),
        period=record.text("period"),
        day=record.day("day"),
        sequence=record.whole("sequence"),
        units=record.number("units"),
        counted=record.number("counted"),
        price=record.minor("price"),
        earned=record.minor("earned"),
        cuts=record.each("cuts", lambda cut: Cut(cut.text("by"), cut.text("clause"), cut.minor("taken"))),
        rounding=record.minor("rounding"),
        amount=record.minor("amount"),
        verified=record.maybe_day("verified"),
        due=record.maybe_day("due"),
        rows=record.rows("rows"),
        amendment=record.whole("amendment") if record.has("amendment") else 0,
    )


def _posted(record: Record) -> Posted:
    days = record.day("as_of"), record.maybe_day("log_ends")
    return Posted(*days, record.pennies("total"), record.each("adjustments", _adjustment))


def _adjustment(record: Record) -> Adjustment:
    return Adjustment(
        id=record.text("id"),
        entry=record.text("entry"),
        kind=record.text("kind"),
        cause=record.text("cause"),
        why=record.text("why"),
        payment=record.text("payment"),
        card=record.text("card"),
        clause=record.text("clause"),
        payer=record.text("payer"),
        payee=record.text("payee"),
        participant=record.text("participant"),
        subject=record.text("subject"),
        period=record.text("period"),
        day=record.day("day"),
        due=record.maybe_day("due"),
        before=record.minor("before"),
        after=record.minor("after"),
        amount=record.minor("amount"),
    )
