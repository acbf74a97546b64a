"""The reference evaluator: the oracle of every other engine. Plain Python over integers and exact fractions."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from fractions import Fraction
from functools import cache, lru_cache
from operator import attrgetter

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY
from outcomelang.evaluation.account import due
from outcomelang.evaluation.amended import amendment_of
from outcomelang.evaluation.drafts import ORDER, Draft
from outcomelang.evaluation.entry_ids import EntryIds
from outcomelang.evaluation.episodes import NO_ROWS
from outcomelang.evaluation.event_log import EventLog, Row
from outcomelang.evaluation.facts import Admitted, Facts
from outcomelang.evaluation.ledger import Cut, Entries, Entry, Ledger, Line, Pending
from outcomelang.evaluation.lines import lines
from outcomelang.evaluation.meaning import Meaning
from outcomelang.evaluation.scope import Num
from outcomelang.evaluation.states import formed, in_turn
from outcomelang.evaluation.units import units
from outcomelang.evaluation.waiting import Waiting
from outcomelang.evaluation.world import Stipulated, World

_TOTAL_ORDER = attrgetter("day", "id")


def evaluate(contract: ir.Contract, log: EventLog, as_of: date | None = None, digest: str = "") -> Ledger:
    """The account of a contract over a log.

    Without `as_of` it is final, as of the last day for claims (without one, of the log's last day). With it, only
    what was known on that day counts. `digest` identifies the contract and is only carried along.
    """
    with no_collector():
        return Account(contract, log, as_of).ledger(digest)


@contextmanager
def no_collector() -> Iterator[None]:
    """The collector finds nothing to free while an account grows: without it the same work takes half the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            _settle()
            gc.enable()


def _settle() -> None:
    """Put all that is new among the old: else the collector would look through every entry as soon as it is on."""
    if not gc.get_freeze_count():
        gc.freeze()
        gc.unfreeze()


class Account:
    """One evaluation: facts, subjects, meaning, and the drafts that stages turned into what is due."""

    def __init__(
        self,
        contract: ir.Contract,
        log: EventLog,
        as_of: date | None = None,
        stipulated: Stipulated | None = None,
        admitted: Admitted | None = None,
    ) -> None:
        self.contract = contract
        self.final = as_of is None
        last = as_of or contract.last_claim
        self.as_of = last.toordinal() if last is not None else log.last_day
        self.facts = Facts(contract, log, self.as_of, admitted)
        self.log = log
        self.stipulated = stipulated or Stipulated()
        self.waiting = Waiting()
        self.ids = EntryIds(contract)

    def prepare(self) -> Meaning:
        """The meaning of the contract over these facts (built once, after stipulated people have been added)."""
        return Meaning(self.contract, World(self.contract, self.facts, self.stipulated))

    def drafts(self, meaning: Meaning) -> list[Draft]:
        """Every entry with what is due of it, in the total order."""
        return sorted(self._due(meaning), key=ORDER)

    def _due(self, meaning: Meaning) -> list[Draft]:
        return due(meaning, units(meaning, self.waiting))

    def amendment(self, meaning: Meaning, draft: Draft) -> int:
        """The amendment under which an entry was earned; 0: as signed, or by words that none changed."""
        return amendment_of(meaning, draft) if self.contract.versions else 0

    def ledger(self, digest: str) -> Ledger:
        meaning = self.prepare()
        drafts = self._due(meaning)
        self.report_spells()
        shown = self._lines(meaning, drafts)
        return Ledger(
            contract=self.contract.title,
            digest=digest,
            as_of=date.fromordinal(self.as_of),
            final=self.final,
            log_ends=date.fromordinal(self.facts.log_end) if self.facts.log_end > FIRST_DAY else None,
            currency=self.contract.currency,
            minor_digits=self.contract.minor_digits,
            total=sum(line.amount for line in shown),
            lines=shown,
            entries=self._entries(meaning, drafts),
            pending=tuple(
                Pending(what, verdict, count, subject, date.fromordinal(until) if until is not None else None)
                for (what, verdict), (count, subject, until) in sorted(self.waiting.found.items())
            ),
            reports=(*self.log.reports, *self.facts.notes.reports()),
        )

    def _lines(self, meaning: Meaning, drafts: list[Draft]) -> tuple[Line, ...]:
        return lines(self.contract, meaning.world, drafts)

    def report_spells(self) -> None:
        """Starts inside an open spell and ends without one."""
        kinds = [(s.name, s.days, s.days.ends or "") for s in self.contract.states if isinstance(s.days, ir.Spells)]
        for episodes in self.facts.of_participant.values():
            for episode in episodes:
                rows = episode.rows
                for name, spells, ends in kinds:
                    starts, stops = rows.get(spells.begins, NO_ROWS), rows.get(ends, NO_ROWS)
                    if len(starts) > 1 or len(stops) > 1 or (stops and not starts):
                        self._report_odd(name, spells, starts, stops)

    def _report_odd(self, state: str, spells: ir.Spells, starts: list[Row], stops: list[Row]) -> None:
        if spells.matched_by is None and in_turn(starts, stops):
            return
        odd: list[Row] = []
        formed(spells, starts, stops, odd)
        for row in odd:
            word = "begins while it lasts" if row.event == spells.begins else "ends without beginning"
            self.facts.notes.add("odd-spell", f"{state} {word}: the row does not count", row)

    def _entries(self, meaning: Meaning, drafts: list[Draft]) -> Entries:
        """Put in order when the first is looked at: a statement needs neither the entries nor their order."""
        ordered = cache(lambda: sorted(drafts, key=ORDER))
        return Entries(len(drafts), lambda position: self._entry(meaning, ordered()[position]))

    def _entry(self, meaning: Meaning, draft: Draft) -> Entry:
        scope, flow, sign = draft.scope, draft.flow, draft.sign
        person = scope.person
        verified = draft.verified
        return Entry(
            id=self.ids.of(draft),
            payment=flow.name,
            card=flow.card,
            clause=flow.origin.clause,
            payer=draft.payer,
            payee=draft.payee,
            participant=person.participant if person is not None else (scope.row.participant if scope.row else ""),
            subject=scope.label,
            period=scope.period_label,
            day=date.fromordinal(draft.day),
            sequence=draft.sequence,
            units=_exact(draft.units),
            counted=_exact(draft.counted),
            price=_exact(draft.price),
            earned=_exact(sign * draft.earned),
            cuts=tuple([Cut(by, clause, _exact(sign * taken)) for by, clause, taken in draft.cuts]),
            rounding=_exact(sign * draft.rounding),
            amount=_exact(sign * draft.amount),
            verified=date.fromordinal(verified) if verified is not None else None,
            due=date.fromordinal(draft.due) if draft.due is not None else None,
            rows=tuple([self.facts.notes.ref(row) for row in _distinct(draft.rows)]),
            amendment=self.amendment(meaning, draft),
        )


@lru_cache(maxsize=4096)
def _whole_number(value: int) -> Fraction:
    return Fraction(value)


def _exact(value: Num) -> Fraction:
    """Units and prices are few: whole ones are made once."""
    return _whole_number(value) if type(value) is int else Fraction(value)


def _distinct(rows: tuple[Row, ...]) -> Iterable[Row]:
    """Each row once, in the total order."""
    return rows if len(rows) < 2 else sorted({row.id: row for row in rows}.values(), key=_TOTAL_ORDER)
