"""The reference's own drafts as the relation that a plan makes: what the account is made of, without the plan."""

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import frozen

from outcomelang.core import ir
from outcomelang.evaluation.account import due
from outcomelang.evaluation.drafts import Draft
from outcomelang.evaluation.ledger import Ledger
from outcomelang.evaluation.meaning import Meaning
from outcomelang.evaluation.reference import Account
from outcomelang.evaluation.units import units
from outcomelang.relational.fold import Known
from outcomelang.relational.people.together import Together
from outcomelang.relational.relations import Column
from outcomelang.relational.written_drafts import draft_columns, records


@frozen
class Exported:
    """The account of the reference, and what it was made of as relations."""

    contract: ir.Contract
    known: Known
    columns: tuple[Column, ...]
    drafts: tuple[tuple[Any, ...], ...]
    pending: tuple[tuple[Any, ...], ...]
    reports: tuple[tuple[Any, ...], ...]
    endings: dict[str, date]
    ledger: Ledger


def exported(account: Account, meaning: Meaning) -> Exported:
    """Nothing else may have been reckoned of the account before."""
    contract = account.contract
    drafts = units(meaning, account.waiting)
    written = tuple(records(meaning, drafts))
    account.report_spells()
    found = Together(contract)
    found.add(account)
    ledger = _Given(account, meaning, drafts).ledger()
    known = Known(
        files=account.log.files,
        last_day=account.log.last_day,
        log_ends=account.facts.log_end,
        as_of=None if account.final else date.fromordinal(account.as_of),
        reports=account.log.reports,
    )
    pending, reports = tuple(found.pending()), tuple(found.reports())
    return Exported(contract, known, draft_columns(contract), written, pending, reports, dict(found.endings()), ledger)


class _Given:
    """The reference's ledger of drafts that were made already."""

    def __init__(self, account: Account, meaning: Meaning, drafts: list[Draft]) -> None:
        self.account, self.meaning, self.drafts = account, meaning, drafts

    def ledger(self) -> Ledger:
        account = self.account
        account.prepare = lambda: self.meaning  # type: ignore[method-assign]
        account._due = lambda meaning: due(meaning, self.drafts)  # type: ignore[method-assign]
        account.report_spells = lambda: None  # type: ignore[method-assign]
        return account.ledger("")
