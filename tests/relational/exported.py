"""The reference's own drafts as the relation that a plan makes: what the account is made of, without the plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY
from outcomelang.evaluation.account import due
from outcomelang.evaluation.drafts import Draft, claim_day
from outcomelang.evaluation.ledger import Ledger
from outcomelang.evaluation.meaning import Meaning
from outcomelang.evaluation.reference import Account
from outcomelang.evaluation.scope import Num
from outcomelang.evaluation.units import units
from outcomelang.relational.fold import Known
from outcomelang.relational.relations import DRAFTS, Column, Type
from outcomelang.relational.stage_needs import labels_read


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
    records = tuple(_record(account, meaning, draft) for draft in drafts)
    account.report_spells()
    pending = tuple(
        (what, verdict, count, subject, _day(until))
        for (what, verdict), (count, subject, until) in account.waiting.found.items()
    )
    reports = tuple(_reports(account))
    ledger = _Given(account, meaning, drafts).ledger()
    known = Known(
        files=account.log.files,
        last_day=account.log.last_day,
        log_ends=account.facts.log_end,
        as_of=None if account.final else date.fromordinal(account.as_of),
        reports=account.log.reports,
    )
    columns = (*DRAFTS, *(Column(f"label_{place}", Type.TEXT, nullable=True) for place in labels_read(contract)))
    return Exported(contract, known, columns, records, pending, reports, _endings(contract, meaning), ledger)


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


def _reports(account: Account) -> Iterator[tuple[Any, ...]]:
    notes = account.facts.notes
    for (name, message), count in notes._count.items():
        row = notes._first[name, message]
        place = (None,) * 4 if row is None else (_day(row.day), row.id, row.file, row.line)
        yield (name, message, count, *place)


def _endings(contract: ir.Contract, meaning: Meaning) -> dict[str, date]:
    events = {stage.event for stage in contract.stages if isinstance(stage, ir.FallAway)}
    found = ((event, [row.day for row in meaning.world.whole.rows_of(event)]) for event in events)
    return {event: date.fromordinal(min(days)) for event, days in found if days}


def _record(account: Account, meaning: Meaning, draft: Draft) -> tuple[Any, ...]:
    scope, contract = draft.scope, meaning.contract
    person = scope.person
    calendar, period = scope.period or (None, None)
    partition, group = scope.group or (None, None)
    row = scope.row.id if scope.kind == "row" and scope.row is not None else None
    member = scope.key[2] if scope.kind == "member" else None
    labels = (
        None if person is None else meaning.world.label(person, contract.partitions[place].name)
        for place in labels_read(contract)
    )
    rows = sorted({each.id: each for each in draft.rows}.values(), key=lambda each: (each.day, each.id))
    return (
        next(place for place, flow in enumerate(contract.flows) if flow is draft.flow),
        scope.kind,
        scope.label,
        None if person is None else person.participant,
        None if person is None else person.population,
        None if person is None else person.number,
        None if person is None else _day(person.joined),
        None if person is None or person.row is None else person.row.id,
        *(partition, group, calendar, period, member, row, draft.outcome),
        *(_day(draft.day), draft.sequence, draft.tie),
        *_pair(draft.units),
        *_pair(draft.price),
        *(_day(draft.verified), _day(draft.due), _day(draft.released), _day(claim_day(draft))),
        [{"day": _day(each.day), "id": each.id, "file": each.file, "line": each.line} for each in rows],
        *labels,
    )


def _pair(value: Num) -> tuple[int, int]:
    return Fraction(value).as_integer_ratio()


def _day(day: int | None) -> date | None:
    return None if day is None else date.fromordinal(max(day, FIRST_DAY))
