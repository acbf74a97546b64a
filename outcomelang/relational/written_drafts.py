"""Drafts that the reference earned, as records of the relation of drafts: what `drafted` reads back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY
from outcomelang.evaluation.amended import words_behind
from outcomelang.evaluation.drafts import Draft, claim_day
from outcomelang.evaluation.meaning import Meaning
from outcomelang.evaluation.scope import Num, Scope
from outcomelang.relational.relations import DRAFTS, Column, Type
from outcomelang.relational.stage_needs import WORDS, labels_read, words_told

Record = tuple[Any, ...]


def draft_columns(contract: ir.Contract) -> tuple[Column, ...]:
    """The columns of drafts, and what else the account of this contract reads of them."""
    labels = (Column(f"label_{place}", Type.TEXT, nullable=True) for place in labels_read(contract))
    return (*DRAFTS, *labels, *((Column(WORDS, Type.WHOLE),) if words_told(contract) else ()))


def records(meaning: Meaning, drafts: Iterable[Draft]) -> Iterator[Record]:
    """A record for each draft, in the columns of `draft_columns`."""
    contract = meaning.contract
    places = {id(flow): place for place, flow in enumerate(contract.flows)}
    labels = [contract.partitions[place].name for place in labels_read(contract)]
    told = words_told(contract)
    for draft in drafts:
        person = draft.scope.person
        yield (
            places[id(draft.flow)],
            *_of_whom(draft.scope),
            draft.outcome,
            *_earned(draft),
            *(None if person is None else meaning.world.label(person, label) for label in labels),
            *((words_behind(meaning, draft),) if told else ()),
        )


def _of_whom(scope: Scope) -> Record:
    """The columns from `kind` to `row`."""
    person = scope.person
    calendar, period = scope.period or (None, None)
    partition, group = scope.group or (None, None)
    row = scope.row.id if scope.kind == "row" and scope.row is not None else None
    member = scope.key[2] if scope.kind == "member" else None
    return (
        scope.kind,
        scope.label,
        None if person is None else person.participant,
        None if person is None else person.population,
        None if person is None else person.number,
        None if person is None else _day(person.joined),
        None if person is None or person.row is None else person.row.id,
        *(partition, group, calendar, period, member, row),
    )


def _earned(draft: Draft) -> Record:
    """The columns from `day` to `rows`."""
    rows = sorted({each.id: each for each in draft.rows}.values(), key=lambda each: (each.day, each.id))
    return (
        *(_day(draft.day), draft.sequence, draft.tie),
        *_pair(draft.units),
        *_pair(draft.price),
        *(_day(draft.verified), _day(draft.due), _day(draft.released), _day(claim_day(draft))),
        [{"day": _day(each.day), "id": each.id, "file": each.file, "line": each.line} for each in rows],
    )


def _pair(value: Num) -> tuple[int, int]:
    return Fraction(value).as_integer_ratio()


def _day(day: int | None) -> date | None:
    return None if day is None else date.fromordinal(max(day, FIRST_DAY))
