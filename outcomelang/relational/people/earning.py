"""The reference's earning over some people at a time, written into the engine as the relations of a plan.

Memory goes by the batch: a batch is forgotten before the next is read. What is pending and what is reported is added
up on the way. It is of few kinds.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager

from outcomelang.core import ir
from outcomelang.evaluation.event_log import EventLog
from outcomelang.evaluation.reference import Account, no_collector
from outcomelang.evaluation.units import units
from outcomelang.relational.engines import Engine
from outcomelang.relational.handing_back import HandedBack
from outcomelang.relational.log.right_after_all import LARGEST
from outcomelang.relational.people.locality import Local
from outcomelang.relational.people.logs import LogOf
from outcomelang.relational.people.together import Together
from outcomelang.relational.people.writing import write
from outcomelang.relational.relations import ENDINGS, PENDING, REPORTS, Column
from outcomelang.relational.written_drafts import Record, draft_columns, records

Step = Callable[[str], None]


def earn(log: LogOf, local: Local, step: Step) -> None:
    """Make the relations `drafts`, `pending`, `reports` and `endings` in the engine.

    Raises `HandedBack` where only the log shows that it cannot be done.
    """
    found = Together(log.contract)
    with _nothing_else_collected():
        _write(log.engine, "drafts", draft_columns(log.contract), _drafts(log, local, found, step))
    _write(log.engine, "pending", PENDING, iter([found.pending()]))
    _write(log.engine, "reports", REPORTS, iter([found.reports()]))
    _write(log.engine, "endings", ENDINGS, iter([found.endings()]))


def _write(engine: Engine, name: str, columns: tuple[Column, ...], batches: Iterator[list[Record]]) -> None:
    write(engine, name, {column.name: column.type for column in columns}, batches)


def _drafts(log: LogOf, local: Local, found: Together, step: Step) -> Iterator[list[Record]]:
    """First what the contract as a whole earns, once; then what people earn."""
    own = log.own()
    others = frozenset(range(len(log.contract.flows))) - local.of_people
    yield _earned(log, own, others, found)
    reckoned = 0
    for some in log.logs(own):
        yield _earned(log, some, local.of_people, found)
        gc.collect()
        reckoned += len(some.rows) - len(own.rows)
        step(f"Reckoning person by person: {reckoned:,} rows")


def _earned(log: LogOf, some: EventLog, places: Container[int], found: Together) -> list[Record]:
    """What these people earn."""
    with no_collector():
        account = Account(log.contract, some, log.day)
        meaning = account.prepare()
        drafts = units(meaning, account.waiting, places)
        account.report_spells()
        found.add(account)
        earned = list(records(meaning, drafts))
    _fitting(log.contract, earned)
    return earned


def _fitting(contract: ir.Contract, earned: list[Record]) -> None:
    """Whether the engine's whole numbers hold every exact number."""
    names: Mapping[str, int] = {column.name: place for place, column in enumerate(draft_columns(contract))}
    places = [names[name] for name in ("units_n", "units_d", "price_n", "price_d")]
    if any(abs(record[place]) > LARGEST for record in earned for place in places):
        raise HandedBack("what is earned has more digits than the engine's whole numbers")


@contextmanager
def _nothing_else_collected() -> Iterator[None]:
    """Between batches only what they left is looked through: all that stood before is put aside."""
    aside = not gc.get_freeze_count()
    if aside:
        gc.freeze()
    try:
        yield
    finally:
        if aside:
            gc.unfreeze()


