"""The subject at hand: somebody, a cohort, a period, a row, or the contract as one, with what belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cached_property

from outcomelang.core import ir
from outcomelang.core.names import name_key
from outcomelang.evaluation.episodes import NO_ROWS, Episode, RowsByEvent
from outcomelang.evaluation.event_log import Row
from outcomelang.evaluation.verdict import Result

Num = int | Fraction
Number = Callable[["Scope", int], Num | None]
"""A compiled quantity: its value for a subject from what happened up to and including a day; None is "no value"."""


class Scope:
    """One instance of a subject.

    `key` tells instances apart; `label` is how people call it ("P001", "Cohort 1", "Quarter 3"), `period` the label
    of its period. `person` is set for a person, a row of a person, and their periods. `people` by population;
    `latest_joining` is the last day on which somebody in it may join. `first`/`last` bound the period. `states`,
    `spells` and `results` keep what was computed for this subject, `members` the members met so far. What is pooled
    has `parts`, and is `undecided` while it is open who belongs to it.
    """

    person: Episode | None = None
    row: Row | None = None
    group: tuple[str, str] | None = None
    period: tuple[str, int] | None = None
    period_label = ""
    first: int | None = None
    last: int | None = None
    latest_joining = 0
    claimed = False
    member_name = ""
    parts: tuple[Scope, ...] = ()
    undecided = False

    # Most subjects differ from these defaults in little, and there is one for every participant.
    def __init__(self, kind: str, key: tuple[object, ...], label: str) -> None:
        self.kind = kind
        self.key = key
        self.label = label
        self.rows: RowsByEvent = {}
        self.states: dict[str, tuple[list[tuple[int, int]], int]] = {}
        self.spells: dict[int, list[tuple[Row, Row | None]]] = {}
        self.results: dict[str, Result] = {}

    @cached_property
    def people(self) -> dict[str, Sequence[Episode]]:
        return {} if self.person is None else {self.person.population: (self.person,)}

    @cached_property
    def members(self) -> dict[str, dict[str, Scope]]:
        return {}

    def rows_of(self, event: str) -> Sequence[Row]:
        """Rows of an event that belong to the subject, in order of day and id."""
        return self.rows.get(event, NO_ROWS)

    def episodes(self, population: str) -> Sequence[Episode]:
        return self.people.get(population, ())


def of_person(episode: Episode, claimed: bool = False) -> Scope:
    """A person as subject; with `claimed`, unverified facts count as well."""
    key = ("person", episode.population, episode.participant, episode.number, claimed)
    scope = Scope("person", key, episode.title)
    scope.person = episode
    scope.rows = episode.claimed if claimed and episode.claimed is not None else episode.rows
    scope.latest_joining = episode.joined
    scope.claimed = claimed
    return scope


def of_row(row: Row, person: Episode | None) -> Scope:
    """A row as subject, read together with the person it belongs to."""
    scope = Scope("row", ("row", row.id), person.title if person is not None else row.participant)
    scope.row = row
    scope.person = person
    if person is not None:
        scope.rows = person.rows
        scope.latest_joining = person.joined
    else:
        scope.rows = {row.event: [row]}
        scope.latest_joining = row.day
    return scope


def of_member(person: Scope, member: ir.Member, row: Row, named_events: set[str]) -> Scope:
    """A member of a participant as subject: the rows that name it, and of other events all that the participant has."""
    written = str(row.attributes[member.attribute])
    name = name_key(written)
    scope = Scope("member", ("member", member.name, name, *person.key), f"{person.label}, {written}")
    scope.person, scope.people, scope.row, scope.member_name = person.person, person.people, row, written
    scope.latest_joining, scope.claimed = person.latest_joining, person.claimed
    for event, rows in person.rows.items():
        if event in named_events:
            scope.rows[event] = [r for r in rows if name_key(str(r.attributes.get(member.attribute, ""))) == name]
        else:
            scope.rows[event] = rows
    return scope


def in_period(base: Scope, calendar: ir.Calendar, index: int, first: int, last: int) -> Scope:
    """`base` in one period of a calendar."""
    name = f"{calendar.name} {index}"
    label = name if base.kind == "whole" or (base.period and base.label == base.period_label) else base.label
    scope = Scope("period", ("period", calendar.name, index, *base.key), label)
    for slot in ("person", "row", "rows", "people", "group", "latest_joining", "claimed"):
        setattr(scope, slot, getattr(base, slot))
    scope.period, scope.period_label, scope.first, scope.last = (calendar.name, index), name, first, last
    return scope


def in_same_period(person: Scope, scope: Scope) -> Scope:
    """A person within the period of a wider subject."""
    if scope.first is None or scope.period is None:
        return person
    copy = Scope("person", (*person.key, scope.period), person.label)
    for slot in ("person", "rows", "people", "latest_joining", "claimed"):
        setattr(copy, slot, getattr(person, slot))
    copy.first, copy.last, copy.period, copy.period_label = scope.first, scope.last, scope.period, scope.period_label
    return copy
