"""The sequential fold: the stages of the account over drafts that an engine made, one draft after the other.

It is the reference's own account (`evaluation.account`) with the drafts given instead of reckoned from a log, so it is
exact for whatever the stages of a contract do, as long as they ask for nothing but what the drafts say (`stage_needs`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import chain

from attrs import field, frozen

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY
from outcomelang.evaluation.account import due
from outcomelang.evaluation.drafts import Draft
from outcomelang.evaluation.event_log import EventLog, Row
from outcomelang.evaluation.ledger import Ledger, Report
from outcomelang.evaluation.meaning import Meaning
from outcomelang.evaluation.reference import Account, no_collector
from outcomelang.relational.drafted import Batches, Drafted, Record
from outcomelang.relational.stage_needs import outcome_places


@frozen
class Known:
    """What an account says of its log beside what is earned. `as_of` is None for the final account; `last_day` and
    `log_ends` are as `EventLog.last_day` and the last day of what was known on the day of the account."""

    files: tuple[str, ...]
    last_day: int
    log_ends: int
    as_of: date | None = None
    digest: str = ""
    reports: tuple[Report, ...] = ()


@frozen
class Drawn:
    """The relations that the account is made of, as an engine gives them; `columns` are those of the drafts."""

    columns: Sequence[str]
    drafts: Batches
    pending: Sequence[Record] = ()
    reports: Sequence[Record] = ()
    endings: Mapping[str, date] = field(factory=dict)
    earned: Sequence[Draft] | None = None
    """The drafts themselves, where they never stood in a relation."""


def fold(contract: ir.Contract, known: Known, drawn: Drawn) -> Ledger:
    """The account of the drafts."""
    with no_collector():
        return Folded(contract, known, drawn).ledger(known.digest)


class Folded(Account):
    """The reference's account, whose units come from a relation."""

    def __init__(self, contract: ir.Contract, known: Known, drawn: Drawn) -> None:
        super().__init__(contract, EventLog(known.files, [], [], known.last_day, known.reports, False), known.as_of)
        self.drawn = drawn
        self.facts.log_end = max(known.log_ends, FIRST_DAY)
        self.facts.rows = {event: [_row(day, "", 0, 0)] for event, day in drawn.endings.items()}
        for what, verdict, count, subject, until in drawn.pending:
            self.waiting.found[what, verdict] = count, subject, None if until is None else until.toordinal()
        for name, message, count, day, of, file, line in drawn.reports:
            self.facts.notes.take(name, message, None if day is None else _row(day, of, file, line), count)

    def _due(self, meaning: Meaning) -> list[Draft]:
        drafts: Iterable[Draft] | None = self.drawn.earned
        if drafts is None:
            drafted = Drafted(self.contract, meaning.world, self.drawn.columns)
            drafts = drafted.drafts(chain.from_iterable(self.drawn.drafts))
        places = outcome_places(self.contract)
        terms = {id(flow): place for place, flow in enumerate(self.contract.flows)}
        return due(meaning, sorted(drafts, key=partial(_as_earned, places, terms)))


def _as_earned(places: Mapping[int, Mapping[str, int]], terms: Mapping[int, int], draft: Draft) -> tuple[object, ...]:
    """The order in which a payment is earned, for what the total order does not tell apart: its terms in turn, people
    as they join, then periods, then the outcomes of a plan."""
    person, period = draft.scope.person, draft.scope.period
    return (
        terms[id(draft.flow)],
        (person.joined, person.participant, person.number) if person is not None else (),
        0 if period is None else period[1],
        places.get(draft.index, {}).get(draft.outcome, 0),
    )


def _row(day: date, name: str, file: int, line: int) -> Row:
    return Row(day.toordinal(), name, day.toordinal(), "", "", "", {}, file, line, True)
