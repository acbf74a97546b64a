"""From rows of the relation of drafts back to drafts, each with the subject it is for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from outcomelang.core import ir
from outcomelang.evaluation.drafts import Draft
from outcomelang.evaluation.episodes import Episode
from outcomelang.evaluation.event_log import Row
from outcomelang.evaluation.quantities import rounded
from outcomelang.evaluation.scope import Num, Scope, in_period, of_person
from outcomelang.evaluation.world import World
from outcomelang.relational.cuts import Cuts
from outcomelang.relational.stage_needs import WORDS, labels_read

Record = Sequence[Any]
"""One row of a relation, as an engine gives it: a value for each column."""

_NOTHING: Mapping[str, Any] = {}


class Drafted:
    """Makes drafts of the rows of one relation, whose columns have these names. People and groups are shared."""

    def __init__(self, contract: ir.Contract, world: World, columns: Sequence[str], cuts: Sequence[Cuts] = ()) -> None:
        self.contract, self.world, self.cuts = contract, world, cuts
        self._at = {name: place for place, name in enumerate(columns)}
        lines: dict[str, int] = {}
        self._lines = [lines.setdefault(flow.name, place) for place, flow in enumerate(contract.flows)]
        self._subjects = [_subject_of(contract, flow) for flow in contract.flows]
        self._labels = [
            (contract.partitions[place].name, self._at[f"label_{place}"]) for place in labels_read(contract)
        ]
        self._mode = next(((s.mode, s.to) for s in contract.stages if isinstance(s, ir.RoundEach)), None)
        self._people: dict[tuple[str, str, int], Scope] = {}
        self._rows: dict[str, Row] = {}

    def drafts(self, records: Iterable[Record]) -> Iterator[Draft]:
        return (self.draft(record) for record in records)

    def draft(self, record: Record) -> Draft:
        at = self._at
        place = record[at["flow"]]
        draft = Draft(
            self.contract.flows[place],
            self._lines[place],
            self._scope(record, self._subjects[place]),
            record[at["day"]].toordinal(),
            record[at["sequence"]],
            number(record[at["units_n"]], record[at["units_d"]]),
            number(record[at["price_n"]], record[at["price_d"]]),
            record[at["outcome"]],
        )
        draft.tie = record[at["tie"]]
        draft.words = record[at[WORDS]] if WORDS in at else None
        draft.verified = _ordinal(record[at["verified"]])
        draft.due = _ordinal(record[at["due"]])
        draft.released = _ordinal(record[at["released"]])
        draft.rows = self._behind(record[at["rows"]], draft.tie, record[at["claimed"]].toordinal())
        if "payer" in at:
            self._settled(draft, record)
        else:
            self._part_of_whole(draft)
        return draft

    def _settled(self, draft: Draft, record: Record) -> None:
        """What stages have made of it already."""
        at = self._at
        draft.payer, draft.payee = record[at["payer"]], record[at["payee"]]
        draft.counted = number(record[at["counted_n"]], record[at["counted_d"]])
        draft.amount = number(record[at["amount_n"]], record[at["amount_d"]])
        draft.rounding = number(record[at["rounding_n"]], record[at["rounding_d"]])
        if part := record[at["part"]]:
            draft.part = tuple([each.replace("//", "/") for each in part.split(" / ")])
        taken = (
            (*cut.said[record[at["flow"]]], number(record[at[f"{cut.name}_n"]], record[at[f"{cut.name}_d"]]))
            for cut in self.cuts
        )
        draft.cuts = tuple([each for each in taken if each[2]])

    def _part_of_whole(self, draft: Draft) -> None:
        """What an instalment comes to: rounded parts add up to the rounded whole."""
        plan = draft.flow.instalments
        if plan is None:
            return
        upto, before = (self._of_parts(draft, plan.number, parts) for parts in (draft.sequence, draft.sequence - 1))
        draft.rounding, draft.amount = (upto - before) - draft.earned, upto - before

    def _of_parts(self, draft: Draft, of: int, parts: int) -> Num:
        """So many parts of a unit together."""
        exact = draft.price * Fraction(parts, of)
        return exact if self._mode is None else rounded(exact, *self._mode)

    def _behind(self, places: Iterable[Any] | None, tie: str, claimed: int) -> tuple[Row, ...]:
        """The rows of a draft: the one that makes it first, which stands for the day of the claim."""
        rows = [self._row(*_values(place)) for place in places or ()]
        rows.sort(key=lambda row: row.id != tie)
        if rows and rows[0].recorded < claimed:
            rows[0] = rows[0]._replace(recorded=claimed)
        return tuple(rows)

    def _row(self, day: date, name: str, file: int, line: int) -> Row:
        known = self._rows.get(name)
        if known is None:
            known = self._rows[name] = Row(day.toordinal(), name, 0, "", "", "", _NOTHING, file, line, True)
        return known

    # ------------------------------------------------------------ of whom

    def _scope(self, record: Record, subject: ir.Subject) -> Scope:
        at, kind = self._at, record[self._at["kind"]]
        match kind:
            case "whole":
                return self.world.whole
            case "pooled":
                return Scope("pooled", ("pooled", subject), "")
            case "person":
                return self._person(record)
            case "group":
                return self.world.group(record[at["partition"]], record[at["group"]])
            case "period":
                calendar = self.world.calendars[record[at["calendar"]]]
                bounds = self.world.bounds_of_period(calendar.name, record[at["period"]])
                return in_period(self._base(record), calendar, *bounds)
            case "member":
                return self._member(record, subject)
            case "row":
                return self._of_row(record)
            case _:
                raise ValueError(kind)

    def _base(self, record: Record) -> Scope:
        """Of whom a period is."""
        if record[self._at["population"]] is not None:
            return self._person(record)
        if record[self._at["partition"]] is not None:
            return self.world.group(record[self._at["partition"]], record[self._at["group"]])
        return self.world.whole

    def _person(self, record: Record) -> Scope:
        at = self._at
        key = record[at["population"]], record[at["participant"]], record[at["episode"]]
        known = self._people.get(key)
        if known is None:
            population, participant, turn = key
            joined, by = record[at["joined"]].toordinal(), record[at["joined_by"]]
            row = None if by is None else Row(joined, by, joined, participant, "", "", _NOTHING, 0, 0, True)
            episode = Episode(participant, population, turn, joined, row)
            episode.labels = {name: record[place] for name, place in self._labels}
            known = self._people[key] = of_person(episode)
        return known

    def _member(self, record: Record, subject: ir.Subject) -> Scope:
        person, label, name = self._person(record), record[self._at["label"]], record[self._at["member"]]
        assert isinstance(subject, ir.PerMember)
        scope = Scope("member", ("member", subject.member, name, *person.key), label)
        scope.person, scope.people = person.person, person.people
        scope.member_name = label.removeprefix(f"{person.label}, ")
        scope.latest_joining = person.latest_joining
        return scope

    def _of_row(self, record: Record) -> Scope:
        at = self._at
        row, label = record[at["row"]], record[at["label"]]
        scope = Scope("row", ("row", row), label)
        participant = label
        if record[at["population"]] is not None:
            scope.person = self._person(record).person
            participant = record[at["participant"]]
        scope.row = Row(0, row, 0, participant, "", "", _NOTHING, 0, 0, True)
        return scope


def _subject_of(contract: ir.Contract, flow: ir.Flow) -> ir.Subject:
    """Whose the units of a payment are."""
    match flow.driver:
        case ir.EachAchievement(outcome=name):
            return next(outcome.subject for outcome in contract.outcomes if outcome.name == name)
        case ir.OneEach() | ir.EachRow() | ir.EachUnit() | ir.EachInPlan():
            return flow.subject


def number(n: int, d: int) -> Num:
    """An exact number; a whole one is an int, with which all that follows is quicker."""
    return int(n) if d == 1 else Fraction(int(n), int(d))


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()


def _values(place: Any) -> Iterable[Any]:
    """The fields of a row's place: engines give a mapping, or a tuple with names."""
    return place.values() if isinstance(place, dict) else place


Batches = Iterable[Sequence[Record]]
"""A relation as it is fetched, some rows at a time."""
