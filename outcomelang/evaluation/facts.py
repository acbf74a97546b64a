"""From rows of a log to people: who joined when, which rows are theirs, which facts are verified.

Everything that evaluation may know on the day of the account is here, and nothing else: rows that became known later,
rejected rows and rows from a source that may not report them are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY, LAST_DAY, shift
from outcomelang.core.working_days import WorkingDays
from outcomelang.evaluation.episodes import Episode, RowsByEvent, episodes_of, share_rows
from outcomelang.evaluation.event_log import EventLog, Row, Verdict
from outcomelang.evaluation.notes import Notes, order_of
from outcomelang.evaluation.row_tests import passes
from outcomelang.evaluation.spoken import Spoken, named_of_somebody, spoken


class Refusal(NamedTuple):
    """A row that was rejected, on which day, and whether by the silence of its verifier."""

    row: Row
    day: int
    by_silence: bool


Admitted = Mapping[str, frozenset[str]]
"""By population that is meant for so many: who is among them."""


class Facts:
    """The log as it was known on `as_of`, sorted into people. Where the log is of some people only, `admitted` says who
    joins of all.

    `people` has the episodes of each population in order of joining (day, participant); `rows` every row that counts
    for the contract as a whole, by event. `verified_on` holds the day of verification where an event is verified.
    """

    def __init__(self, contract: ir.Contract, log: EventLog, as_of: int, admitted: Admitted | None = None) -> None:
        self.as_of, self._admitted = as_of, admitted
        self.working = WorkingDays(contract.holidays)
        known = log.known(as_of)
        verdicts = log.known_verdicts(as_of)
        self.log_end = _end_of(known, verdicts, as_of) if as_of < log.last_day else log.last_day or FIRST_DAY
        self.notes = Notes(log.files)
        self.verified_on: dict[str, int] = {}
        self.stipulated = False
        """An example: what is given counts as verified and as evidenced."""
        self.rulings: Spoken = {}
        self.people: dict[str, list[Episode]] = {p.name: [] for p in contract.populations}
        self.of_participant: dict[str, list[Episode]] = {}
        self._verification = {e.name: e.verification for e in contract.events if e.verification is not None}
        self._rejected: set[str] = set()
        self.refusals: dict[str, list[Refusal]] = {}
        """Rows that were rejected, by participant."""
        self._verdicts = _verdicts_by_id(verdicts, as_of)
        verified, claimed = self._by_participant(known)
        self._join_all(contract, verified, claimed)
        self._known = known
        self._compared = {p.name for p in contract.populations if p.comparison_of is not None}
        self._personal = {e.name for e in contract.events if e.of is not None}
        self._report_strangers(verified, claimed)
        if any(verdict.about for verdict in verdicts):
            heard = (each for each in verdicts if each.about and each.counts and each.day <= as_of)
            self.rulings = spoken(heard, named_of_somebody(contract), self.of_participant, self.notes)

    def _by_participant(self, known: Iterable[Row]) -> tuple[dict[str, RowsByEvent], dict[str, RowsByEvent]]:
        """Verified rows of each participant, and all unrejected rows of those who have unverified ones."""
        verified: dict[str, RowsByEvent] = {}
        unverified: dict[str, list[Row]] = {}
        verification, verified_on = self._verification, self.verified_on
        for row in known:
            _, name, recorded, participant, event, source, _, _, _, counts = row  # far cheaper than field by field
            if not counts:
                continue
            rule = verification.get(event)
            if rule is not None:
                if source in rule.by:
                    verified_on[name] = recorded
                elif not self._is_verified(row, rule):
                    if name not in self._rejected:
                        unverified.setdefault(participant, []).append(row)
                    continue
            theirs = verified.get(participant)
            if theirs is None:
                verified[participant] = {event: [row]}
            elif event in theirs:
                theirs[event].append(row)
            else:
                theirs[event] = [row]
        return verified, self._with_unverified(verified, unverified)

    def _with_unverified(
        self, verified: dict[str, RowsByEvent], unverified: dict[str, list[Row]]
    ) -> dict[str, RowsByEvent]:
        """All unrejected rows of those who have unverified ones, in order; each of them stands in `verified` too."""
        claimed: dict[str, RowsByEvent] = {}
        for participant, more in unverified.items():
            both = {event: list(rows) for event, rows in verified.setdefault(participant, {}).items()}
            for row in more:
                both.setdefault(row.event, []).append(row)
            for some in both.values():
                some.sort(key=order_of)
            claimed[participant] = both
        return claimed

    def _is_verified(self, row: Row, rule: ir.Verification) -> bool:
        """Decide a row whose own source does not verify it: by a verdict that names it, or by silence."""
        verdict = self._verdicts.get(row.id)
        limited = rule.silence_days is not None or rule.silence_months is not None or rule.silence_working > 0
        length = rule.silence_months or 0, rule.silence_days or 0, rule.silence_working
        silent = self.later(row.recorded, *length) if limited else LAST_DAY
        if verdict is not None and verdict.day <= silent:
            return self._decide(row, verdict.verified, max(verdict.day, row.recorded), False)
        return silent <= self.log_end and self._decide(row, rule.silence_verifies, silent, True)

    def later(self, day: int, months: int, days: int, working: int) -> int:
        """So long after a day: corresponding date and days, or so many working days."""
        return self.working.after(day, working) if working else shift(day, months, days)

    def _decide(self, row: Row, verified: bool, day: int, by_silence: bool) -> bool:
        if verified:
            self.verified_on[row.id] = day
        else:
            self._rejected.add(row.id)
            self.refusals.setdefault(row.participant, []).append(Refusal(row, day, by_silence))
        return verified

    def _join_all(
        self, contract: ir.Contract, verified: dict[str, RowsByEvent], claimed: dict[str, RowsByEvent]
    ) -> None:
        joined = [p for p in contract.populations if p.comparison_of is None]
        compared = [p for p in contract.populations if p.comparison_of is not None]
        partition_of = {p.name: p.of for p in contract.partitions}
        for participant, rows in verified.items():
            episodes: list[Episode] = []
            for population in joined:
                for episode in episodes_of(population, participant, rows, self.notes):
                    for other in compared:
                        of = partition_of.get(other.comparison_of or "", other.comparison_of)
                        if of == population.name and episode.row is not None and passes(other.tests, episode.row):
                            episode.population = other.name
                            break
                    episodes.append(episode)
            share_rows(episodes, rows, claimed.get(participant))
            if episodes:
                self.of_participant[participant] = episodes
            for episode in episodes:
                self.people[episode.population].append(episode)
        for people in self.people.values():
            people.sort(key=attrgetter("joined", "participant", "number"))
        for population in joined:
            if population.most is not None:
                self._admit(population.name, population.most)

    def _admit(self, population: str, most: int) -> None:
        """Of more people than may join the first ones do; a new episode of one of them is nobody more."""
        people = self.people[population]
        admitted = (
            frozenset(list(dict.fromkeys(episode.participant for episode in people))[:most])
            if self._admitted is None
            else self._admitted[population]
        )
        for episode in people:
            if episode.participant in admitted:
                continue
            left = [e for e in self.of_participant.pop(episode.participant, ()) if e.population != population]
            if left:
                self.of_participant[episode.participant] = left
            said = f"more than {most:,} would join as {population}: no participation begins"
            self.notes.add("too-many-people", said, episode.row)
        self.people[population] = [episode for episode in people if episode.participant in admitted]

    def _report_strangers(self, verified: dict[str, RowsByEvent], claimed: dict[str, RowsByEvent]) -> None:
        """Rows `of` somebody who never joins: they do not count."""
        for participant in verified.keys() - self.of_participant.keys():
            for event, rows in (claimed.get(participant) or verified[participant]).items():
                for row in rows if event in self._personal else ():
                    self.notes.add("never-joined", f"{event} of somebody who never joins: the row does not count", row)

    @cached_property
    def rows(self) -> RowsByEvent:
        """Rows of the contract as a whole: not of comparison people, nor `of` somebody who never joins."""
        verification, verified_on = self._verification, self.verified_on
        return {
            event: [row for row in rows if row.id in verified_on] if event in verification else rows
            for event, rows in self.claimed.items()
        }

    @cached_property
    def claimed(self) -> RowsByEvent:
        """As `rows`, and those that wait for their verification."""
        compared, found = self._compared, RowsByEvent()
        for row in self._known:
            if not row.counts or row.id in self._rejected:
                continue
            episodes = self.of_participant.get(row.participant)
            if episodes is None and row.event in self._personal:
                continue
            if episodes is not None and compared and all(e.population in compared for e in episodes):
                continue
            found.setdefault(row.event, []).append(row)
        return found

    def episode_of(self, row: Row, population: str | None = None) -> Episode | None:
        """The episode to which a row belongs: the last that began by its day, else the participant's first."""
        episodes = self.of_participant.get(row.participant)
        if not episodes:
            return None
        if population is not None:
            episodes = [e for e in episodes if e.population == population]
        begun = [e for e in episodes if e.joined <= row.day]
        return begun[-1] if begun else (episodes[0] if episodes else None)


def _end_of(rows: Iterable[Row], verdicts: Iterable[Verdict], as_of: int) -> int:
    """The last day of the log as it was known on a day: its greatest date or `recorded`."""
    days = (max(row.day, row.recorded) for some in (rows, verdicts) for row in some)
    return min(as_of, max(days, default=FIRST_DAY))


def _verdicts_by_id(verdicts: Iterable[Verdict], as_of: int) -> dict[str, Verdict]:
    """The latest verdict on each row that has been given by the day; of two on one day the rejection stands."""
    latest: dict[str, Verdict] = {}
    for verdict in verdicts:
        if verdict.day > as_of or not verdict.counts or verdict.about:
            continue
        other = latest.get(verdict.target)
        if other is None or (verdict.day, not verdict.verified) > (other.day, not other.verified):
            latest[verdict.target] = verdict
    return latest
