"""The reference's earning over some people at a time: the relations of a plan, or all that the fold asks for.

Memory goes by the batch: a batch is forgotten before the next is read, but for what was earned where the account is
reckoned one by one. What is pending and what is reported is added up on the way.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from typing import TypeVar

from outcomelang.evaluation.amended import words_behind
from outcomelang.evaluation.drafts import Draft
from outcomelang.evaluation.event_log import EventLog
from outcomelang.evaluation.facts import Admitted
from outcomelang.evaluation.meaning import Meaning
from outcomelang.evaluation.reference import Account, no_collector
from outcomelang.evaluation.units import units
from outcomelang.relational.fold import Drawn
from outcomelang.relational.handing_back import HandedBack
from outcomelang.relational.log.right_after_all import LARGEST
from outcomelang.relational.people.joining import first_to_join
from outcomelang.relational.people.locality import Local
from outcomelang.relational.people.logs import LogOf
from outcomelang.relational.people.together import Together
from outcomelang.relational.people.writing import write
from outcomelang.relational.relations import DRAFTS, ENDINGS, PENDING, REPORTS, Column
from outcomelang.relational.stage_needs import labels_read, words_told
from outcomelang.relational.written_drafts import Record, draft_columns, records

T = TypeVar("T")
Step = Callable[[str], None]
_EXACT = [place for place, column in enumerate(DRAFTS) if column.name in ("units_n", "units_d", "price_n", "price_d")]


def earn(log: LogOf, local: Local, step: Step) -> None:
    """Make the relations `drafts`, `pending`, `reports` and `endings` in the engine.

    Raises `HandedBack` where only the log shows that it cannot be done.
    """
    found = Together(log.contract)
    with _piece_by_piece() as forget:
        _write(log, "drafts", draft_columns(log.contract), _batches(log, local, found, step, forget, _written))
    _write(log, "pending", PENDING, iter([found.pending()]))
    _write(log, "reports", REPORTS, iter([found.reports()]))
    _write(log, "endings", ENDINGS, iter([found.endings()]))


def earned(log: LogOf, local: Local, step: Step) -> Drawn:
    """The same for the fold, which has all drafts in memory: they go into no relation."""
    found = Together(log.contract)
    with _piece_by_piece() as forget:
        drafts = [draft for batch in _batches(log, local, found, step, forget, _bare) for draft in batch]
    return Drawn((), (), found.pending(), found.reports(), dict(found.endings()), drafts)


def _write(log: LogOf, name: str, columns: tuple[Column, ...], batches: Iterator[list[Record]]) -> None:
    write(log.engine, name, {column.name: column.type for column in columns}, batches)


def _batches(
    log: LogOf,
    local: Local,
    found: Together,
    step: Step,
    forget: Callable[[], None],
    kept: Callable[[Meaning, list[Draft]], list[T]],
) -> Iterator[list[T]]:
    """First what the contract as a whole earns, once; then what people earn."""
    own = log.own()
    admitted = first_to_join(log, own, forget)
    yield _of(log, own, frozenset(range(len(log.contract.flows))) - local.of_people, admitted, found, kept)
    reckoned = 0
    for some in log.logs(own):
        yield _of(log, some, local.of_people, admitted, found, kept)
        forget()
        reckoned += len(some.rows) - len(own.rows)
        step(f"Reckoning person by person: {reckoned:,} rows")


def _of(
    log: LogOf,
    some: EventLog,
    places: Container[int],
    admitted: Admitted,
    found: Together,
    kept: Callable[[Meaning, list[Draft]], list[T]],
) -> list[T]:
    """What these people earn."""
    with no_collector():
        account = Account(log.contract, some, log.day, admitted=admitted)
        meaning = account.prepare()
        drafts = units(meaning, account.waiting, places)
        account.report_spells()
        found.add(account)
        return kept(meaning, drafts)


def _written(meaning: Meaning, drafts: list[Draft]) -> list[Record]:
    """As records, where the engine's whole numbers hold every exact number."""
    written = list(records(meaning, drafts))
    if any(abs(record[place]) > LARGEST for record in written for place in _EXACT):
        raise HandedBack("what is earned has more digits than the engine's whole numbers")
    return written


def _bare(meaning: Meaning, drafts: list[Draft]) -> list[Draft]:
    """As drafts that have forgotten the log, but for what a record says of them."""
    contract, told = meaning.contract, words_told(meaning.contract)
    labels = [contract.partitions[place].name for place in labels_read(contract)]
    for draft in drafts:
        if told:
            draft.words = words_behind(meaning, draft)
        for label in labels:
            meaning.world.scope_label(draft.scope, label)
    for draft in drafts:
        scope, person = draft.scope, draft.scope.person
        scope.rows, scope.states, scope.spells, scope.results = {}, {}, {}, {}
        scope.__dict__.pop("members", None)
        if person is not None:
            person.rows, person.claimed = {}, None
    return drafts


@contextmanager
def _piece_by_piece() -> Iterator[Callable[[], None]]:
    """Gives what forgets a batch: only what the batch left is looked through, all that stood before is put aside."""
    aside = not gc.get_freeze_count()

    def forget() -> None:
        gc.collect()
        if aside:
            gc.freeze()

    if aside:
        gc.freeze()
    try:
        yield forget
    finally:
        if aside:
            gc.unfreeze()
