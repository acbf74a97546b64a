"""What an evaluation gives: the statement's lines and the entries behind them, each with all that explains it.

Amounts are in minor units (pence); they are whole except under `rounding total`, where entries stay exact and one
rounding entry for each payment and payer closes the account.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from typing import overload

from attrs import frozen


@frozen
class RowRef:
    """A row of the log: its file, its line there (the header is line 1) and its id."""

    file: str
    line: int
    id: str


@frozen
class Cut:
    """What one stage (a limit, a replacement, a set-off) took from an entry, in minor units; negative where it gave."""

    by: str
    clause: str
    taken: Fraction


@frozen
class Entry:
    """One unit (or measured number of units) of one payment, from one payer to one payee.

    `subject` is the participant, cohort or period it is for, empty for the contract as a whole. `units` × `price` is
    `earned`; `earned` less what was cut plus `rounding` is `amount`. `counted` are the units left after count limits
    and set-off (what the statement counts). A repayment is negative. `verified` is the day on
    which the last fact became verified, `due` the day of payment where the contract fixes one. `amendment` is the
    number of the amendment whose words it was earned under; 0: as signed, or by words that no amendment changed.
    `id` is stable: it does not depend on the order of rows or on entries of others.
    """

    id: str
    payment: str
    card: str
    clause: str
    payer: str
    payee: str
    participant: str
    subject: str
    period: str
    day: date
    sequence: int
    units: Fraction
    counted: Fraction
    price: Fraction
    earned: Fraction
    cuts: tuple[Cut, ...]
    rounding: Fraction
    amount: Fraction
    verified: date | None
    due: date | None
    rows: tuple[RowRef, ...]
    amendment: int = 0


class Entries(Sequence[Entry]):
    """The entries of an account in their order, each made when it is looked at: a statement needs none of them."""

    def __init__(self, count: int, made: Callable[[int], Entry]) -> None:
        self._count, self._made = count, made

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Entry: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Entry, ...]: ...

    def __getitem__(self, index: int | slice) -> Entry | tuple[Entry, ...]:
        if isinstance(index, slice):
            return tuple([self._made(position) for position in range(self._count)[index]])
        return self._made(range(self._count)[index])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(Entry.__eq__, self, other))

    def __hash__(self) -> int:
        return hash(tuple(self))


@frozen
class Line:
    """A line of the statement: payment × payer. `count` is in the line's own unit, after count limits and set-off."""

    payment: str
    payer: str
    payee: str
    count: Fraction
    amount: int


@frozen
class Pending:
    """What is not decided, or not verified, on the day of the account: nothing is paid for it yet.

    `what` is an outcome or payment, `verdict` "open", "awaiting verification" or "withheld", `count` for how many
    subjects, `subject` the only or first of them, `until` the earliest day on which one is decided, if known.
    """

    what: str
    verdict: str
    count: int
    subject: str
    until: date | None


@frozen
class Report:
    """Something about the log that a reader should know: a row that does not count, and why."""

    name: str
    message: str
    row: RowRef | None
    count: int = 1


@frozen
class Adjustment:
    """What an account changes of the one before it, on one entry (`entry` is its id): never the entry itself.

    `kind` is "new", "reversal" or "difference"; an entry whose day of achievement or of payment has moved is reversed
    and new. `day`, `due` and `period` are those of the entry adjusted. `before` and `after` are what the two accounts
    hold for it, `amount` what this line adds. `cause` is one of `adjustments.CAUSES`, `why` says it in a sentence.
    """

    id: str
    entry: str
    kind: str
    cause: str
    why: str
    payment: str
    card: str
    clause: str
    payer: str
    payee: str
    participant: str
    subject: str
    period: str
    day: date
    due: date | None
    before: Fraction
    after: Fraction
    amount: Fraction


@frozen
class Posted:
    """An account of a series as it was given: it adds its adjustments to the total of the one before."""

    as_of: date
    log_ends: date | None
    total: int
    adjustments: tuple[Adjustment, ...]


@frozen
class Ledger:
    """The account on the day `as_of`. `total` and `amount` of lines are whole minor units.

    `log_ends` is the last day of which the log known on that day tells anything; None for a log without rows.
    `accounts` is the series that ends with this account, where it was made since an earlier one.
    """

    contract: str
    digest: str
    as_of: date
    final: bool
    log_ends: date | None
    currency: str
    minor_digits: int
    total: int
    lines: tuple[Line, ...]
    entries: Sequence[Entry]
    pending: tuple[Pending, ...]
    reports: tuple[Report, ...]
    accounts: tuple[Posted, ...] = ()


@frozen
class Standing:
    """What one payment comes to between two parties on a day: due by then (so to have been paid), and due later."""

    payment: str
    payer: str
    payee: str
    due: Fraction
    later: Fraction


@frozen
class Undecided:
    """Something for which a payment may still come: `what` (an outcome, or the payment itself) of a subject.

    `verdict` is "open" or "awaiting verification", `until` the day on which it will be decided, if that is known.
    `worth` is the most that the payment can come to for it before limits, where that can be said exactly; None where it
    depends on what is not known yet. A repayment is negative.
    """

    payment: str
    what: str
    verdict: str
    participant: str
    subject: str
    period: str
    until: date | None
    worth: Fraction | None


@frozen
class LimitUse:
    """How much of a limit is used on a day. `kind` is "money" (minor units) or "number"; `subject` and `period` say
    whose limit it is, empty where it is one for all. `most` is None where the limit has no value; then nothing is
    paid under it."""

    title: str
    clause: str
    kind: str
    subject: str
    period: str
    most: Fraction | None
    used: Fraction
    left: Fraction


@frozen
class Breach:
    """Of whom (or of which cohort) and in which period an assumption is broken, or not known; empty for the contract.

    `day` is the day on which it is broken, or until which it is open; None where there is none. `rows` show it.
    """

    subject: str
    period: str
    day: date | None
    rows: tuple[RowRef, ...]


@frozen
class Assumed:
    """An assumption of the contract or its review, in English, and how it stands; no payment depends on it.

    `held` is "holds", "broken" or "not known". `where` has each breach, or if there is none, each case not known.
    """

    said: str
    clause: str
    file: str
    line: int
    held: str
    where: tuple[Breach, ...]


@frozen
class Status:
    """Where a contract stands on the day `as_of`: what is due by then and later, what may still come, what is left."""

    contract: str
    digest: str
    as_of: date
    final: bool
    log_ends: date | None
    currency: str
    minor_digits: int
    payments: tuple[Standing, ...]
    undecided: tuple[Undecided, ...]
    limits: tuple[LimitUse, ...]
    reports: tuple[Report, ...]
    assumptions: tuple[Assumed, ...] = ()
