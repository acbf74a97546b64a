"""What a history pays, by the reference evaluator, and what its written log pays when it is read back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import frozen

from outcomelang.core import ir
from outcomelang.evaluation.drafts import Draft
from outcomelang.evaluation.log import read_log
from outcomelang.evaluation.meaning import Meaning
from outcomelang.evaluation.reference import Account, evaluate
from outcomelang.evaluation.verdict import Result
from outcomelang.histories.history import FILE, History, as_csv, event_log


@frozen(eq=False)
class Paid:
    """The account of a history: minor units in all, by payment and by participant (or label); repayments negative."""

    history: History
    total: Fraction
    by_payment: dict[str, Fraction]
    drafts: tuple[Draft, ...]
    meaning: Meaning

    def of(self, payment: str) -> Fraction:
        """What is due under one payment (a rate card: all its lines); a repayment is negative."""
        lines = (d.sign * d.amount for d in self.drafts if payment in (d.flow.name, d.flow.card))
        return Fraction(sum(lines, 0))

    def to(self, participant: str) -> Fraction:
        """What is due for one participant."""
        return Fraction(sum((d.sign * d.amount for d in self.drafts if _whose(d) == participant), 0))

    @property
    def unlimited(self) -> Fraction:
        """What would be due in all if no limit on money took anything."""
        limits = {s.title for s in self.meaning.contract.stages if isinstance(s, ir.MoneyLimit)}
        taken = (draft.sign * cut for draft in self.drafts for by, _, cut in draft.cuts if by in limits)
        return self.total + sum(taken, Fraction(0))

    def earned(self, payment: str) -> Fraction:
        """What one payment would pay before limits, replacement and rounding."""
        return Fraction(sum((d.earned for d in self.drafts if d.flow.name == payment), 0))

    def result(self, outcome: str, participant: str = "") -> Result | None:
        """How an outcome stands for somebody (else for the first of whom it is said); None: it is said of nobody."""
        subject = self.meaning.outcomes[outcome].subject
        scopes = (
            scope
            for scope in self.meaning.world.instances(subject)
            if not participant or (scope.person is not None and scope.person.participant == participant)
        )
        found = next(scopes, None)
        return None if found is None else self.meaning.outcome(outcome)(found)


def _whose(draft: Draft) -> str:
    person, row = draft.scope.person, draft.scope.row
    return person.participant if person is not None else row.participant if row is not None else ""


def account_day(contract: ir.Contract) -> date | None:
    """The day of a final account: of the last claim, else the end of the term (None: of the log's last day)."""
    return None if contract.last_claim is not None else contract.last_day


def pay(contract: ir.Contract, history: History, as_of: date | None = None) -> Paid:
    """Evaluate a history. The same account as `evaluate` gives on its log."""
    account = Account(contract, event_log(history), as_of or account_day(contract))
    meaning = account.prepare()
    drafts = account.drafts(meaning)
    by_payment: dict[str, Fraction] = {}
    for draft in drafts:
        by_payment[draft.flow.name] = by_payment.get(draft.flow.name, Fraction(0)) + draft.sign * draft.amount
    return Paid(history, sum(by_payment.values(), Fraction(0)), by_payment, tuple(drafts), meaning)


class Payer:
    """Pays histories of one contract, each once."""

    def __init__(self, contract: ir.Contract) -> None:
        self.contract = contract
        self.accounts = 0
        self._known: dict[History, Paid] = {}

    def __call__(self, history: History) -> Paid:
        known = self._known.get(history)
        if known is None:
            self.accounts += 1
            known = self._known[history] = pay(self.contract, history)
        return known


def replayed(contract: ir.Contract, history: History) -> Fraction:
    """What `evaluate` says of the log file that the history is written to, in minor units.

    Raises LogError where the file is refused: then the history was none.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        path.write_text(as_csv(contract, history), encoding="utf-8")
        ledger = evaluate(contract, read_log(contract, (path,)), account_day(contract))
    return Fraction(ledger.total)


Paying = Callable[[History], Paid]
