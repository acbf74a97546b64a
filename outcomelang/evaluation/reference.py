"""The reference evaluator: the oracle of every other engine. Plain Python over integers and exact fractions."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from fractions import Fraction
from functools import lru_cache
from operator import attrgetter

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY
from outcomelang.evaluation.account import due
from outcomelang.evaluation.amended import amendment_of
from outcomelang.evaluation.drafts import Draft
from outcomelang.evaluation.entry_ids import EntryIds
from outcomelang.evaluation.episodes import NO_ROWS
from outcomelang.evaluation.event_log import EventLog, Row
from outcomelang.evaluation.facts import Facts
from outcomelang.evaluation.ledger import Cut, Entries, Entry, Ledger, Line, Pending
from outcomelang.evaluation.meaning import Meaning
from outcomelang.evaluation.scope import Num
from outcomelang.evaluation.states import formed
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
        self, contract: ir.Contract, log: EventLog, as_of: date | None = None, stipulated: Stipulated | None = None
    ) -> None:
        self.contract = contract
        self.final = as_of is None
        last = as_of or contract.last_claim
        self.as_of = last.toordinal() if last is not None else log.last_day
        self.facts = Facts(contract, log, self.as_of)
        self.log = log
        self.stipulated = stipulated or Stipulated()
        self.waiting = Waiting()
        self.ids = EntryIds(contract)

    def prepare(self) -> Meaning:
        """The meaning of the contract over these facts (built once, after stipulated people have been added)."""
        return Meaning(self.contract, World(self.contract, self.facts, self.stipulated))

    def drafts(self, meaning: Meaning) -> list[Draft]:
        """Every entry with what is due of it, in the total order."""
        return due(meaning, units(meaning, self.waiting))

    def amendment(self, meaning: Meaning, draft: Draft) -> int:
        """The amendment under which an entry was earned; 0: as signed, or by words that none changed."""
        return amendment_of(meaning, draft) if self.contract.versions else 0

    def ledger(self, digest: str) -> Ledger:
        meaning = self.prepare()
        drafts = self.drafts(meaning)
        self.report_spells()
        lines = _lines(self.contract, meaning.world, drafts)
        return Ledger(
            contract=self.contract.title,
            digest=digest,
            as_of=date.fromordinal(self.as_of),
            final=self.final,
            log_ends=date.fromordinal(self.facts.log_end) if self.facts.log_end > FIRST_DAY else None,
            currency=self.contract.currency,
            minor_digits=self.contract.minor_digits,
            total=sum(line.amount for line in lines),
            lines=lines,
            entries=Entries(len(drafts), lambda position: self._entry(meaning, drafts[position])),
            pending=tuple(
                Pending(what, verdict, count, subject, date.fromordinal(until) if until is not None else None)
                for (what, verdict), (count, subject, until) in sorted(self.waiting.found.items())
            ),
            reports=(*self.log.reports, *self.facts.notes.reports()),
        )

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
        odd: list[Row] = []
        formed(spells, starts, stops, odd)
        for row in odd:
            word = "begins while it lasts" if row.event == spells.begins else "ends without beginning"
            self.facts.notes.add("odd-spell", f"{state} {word}: the row does not count", row)

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


def _lines(contract: ir.Contract, world: World, drafts: Iterable[Draft]) -> tuple[Line, ...]:
    """Payment × payer × payee, split by what it is shown by; a line keeps its count when a limit took its money."""
    sums: dict[tuple[int, str, str, str], list[Num]] = {}
    begun: set[tuple[object, ...]] = set()
    for draft in drafts:
        flow = draft.flow
        key = draft.index, flow.name if flow.shown_by is None else _line_name(world, draft), draft.payer, draft.payee
        line = sums.get(key)
        if line is None:
            line = sums[key] = [0, 0]
        line[1] += draft.amount if draft.sign > 0 else -draft.amount
        if flow.instalments is None:
            line[0] += draft.counted
        elif draft.counted and (*key, draft.scope.key, draft.outcome) not in begun:
            begun.add((*key, draft.scope.key, draft.outcome))
            line[0] += 1
    parties = {party.name: position for position, party in enumerate(contract.parties)}
    order = sorted(sums, key=lambda k: (k[0], parties.get(k[2], 0), parties.get(k[3], 0)))
    return tuple(
        Line(payment, payer, payee, Fraction(sums[key][0]), _whole(sums[key][1]))
        for key in order
        for _, payment, payer, payee in [key]
    )


def _line_name(world: World, draft: Draft) -> str:
    """The payment's name, and the group or period that its lines are shown by."""
    label = _shown_label(world, draft)
    return draft.flow.name if label is None else f"{draft.flow.name}, {label}"


def _shown_label(world: World, draft: Draft) -> str | None:
    match draft.flow.shown_by:
        case None:
            return None
        case ir.KeyByGroup(partition=partition):
            return world.scope_label(draft.scope, partition)
        case ir.KeyByPeriod(calendar=calendar):
            own = draft.scope.period
            number = own[1] if own is not None and own[0] == calendar else world.period_at(calendar, draft.day)
            return None if number is None else f"{calendar} {number}"


def _whole(amount: Num) -> int:
    exact = Fraction(amount)
    assert exact.denominator == 1, "a contract in which fractions of a penny arise declares how to round"
    return exact.numerator
