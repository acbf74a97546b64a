"""All subjects of one account: everybody, every cohort, every period, and how one subject is found from another."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import cached_property
from operator import itemgetter

from outcomelang.core import ir
from outcomelang.core.calendar import LAST_DAY, shift
from outcomelang.core.fixed_values import constant
from outcomelang.core.names import name_key
from outcomelang.evaluation.days import union
from outcomelang.evaluation.episodes import NO_ROWS, Episode, RowsByEvent
from outcomelang.evaluation.event_log import Row, Value
from outcomelang.evaluation.facts import Facts
from outcomelang.evaluation.scope import Num, Scope, in_period, of_person, of_row
from outcomelang.evaluation.verdict import Standing, Verdict
from outcomelang.evaluation.versions import Governing


class Stipulated:
    """What an example gives outright: values of measures and tables by (name, label), days by outcome and subject."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], Num | str] = {}
        self.achieved: dict[str, dict[str, list[int]]] = {}
        self.labels: set[str] = set()
        """Labels of groups that count as having members, because a value is given for them."""

    def value(self, name: str, scope: Scope) -> Num | None:
        """What is given for a measure or table: for the period or label, or for every part of a pool together."""
        if not self.values:
            return None
        if scope.kind == "pooled":
            parts = [self.value(name, part) for part in scope.parts if self.has_somebody(part)]
            given = [part for part in parts if part is not None]
            return sum(given, 0) if given and len(given) == len(parts) else None
        labels = (scope.period_label or scope.label, scope.label, scope.member_name)
        given_for = next((self.values[name, label] for label in labels if (name, label) in self.values), None)
        return given_for if isinstance(given_for, (int, Fraction)) else None

    def has_somebody(self, part: Scope) -> bool:
        """A part of a pool to which anybody belongs, or of which something is given."""
        return part.group is None or part.group[1] in self.labels or any(part.people.values())


class World:
    """Subjects over the facts. `as_of` and `term_*` are day numbers."""

    def __init__(self, contract: ir.Contract, facts: Facts, stipulated: Stipulated | None = None) -> None:
        self.contract = contract
        self.facts = facts
        self.stipulated = stipulated or Stipulated()
        self.as_of = facts.as_of
        self.term_first = contract.first_day.toordinal() if contract.first_day else facts.as_of
        self.term_last = contract.last_day.toordinal() if contract.last_day else facts.as_of
        self.partitions = {p.name: p for p in contract.partitions}
        self.calendars = {c.name: c for c in contract.calendars}
        self.populations = {p.name: p for p in contract.populations}
        self.events = {e.name: e for e in contract.events}
        self.suspended = union((s.first.toordinal(), s.last.toordinal()) for s in contract.suspensions)
        self._labels = {
            p.name: {name_key(text): row.label for row in p.rows for text in (*row.logged, row.label)}
            for p in contract.partitions
        }
        self._classified: dict[str, dict[Value, str | None]] = {p.name: {} for p in contract.partitions}
        """The label of every text, number or day met so far: many people, few values."""
        self._groups: dict[str, dict[str, Scope]] = {}
        self._people: dict[int, Scope] = {}
        self._populations: dict[str, list[Scope]] = {}
        self._periods: dict[str, list[tuple[int, int, int]]] = {}
        self._pooled: dict[ir.Pooled, Scope] = {}
        self._periods_around: dict[tuple[object, ...], Scope] = {}
        self.judge: Callable[[ir.Condition], Callable[[Scope], Verdict]]
        self.members_of: Callable[[Scope, str], Iterable[Scope]]
        self.measured: Callable[[str, Scope, int], Num | None]
        """Given by the meaning of the contract: who is excepted from a pool, who are somebody's members, and what a
        measure was on a day."""
        self.governing = Governing(contract, self.first_joining, self.partitions)

    @cached_property
    def whole(self) -> Scope:
        """The contract as one."""
        return self._make_whole(self.facts.rows, claimed=False)

    def _make_whole(self, rows: RowsByEvent, claimed: bool) -> Scope:
        scope = Scope("whole", ("whole", claimed), "")
        scope.rows = rows
        scope.people = dict(self.facts.people)
        scope.latest_joining = max((self._latest_joining(p) for p in self.populations.values()), default=self.term_last)
        scope.claimed = claimed
        return scope

    def _latest_joining(self, population: ir.Population) -> int:
        """The last permitted day of joining: the latest bound of its ways, else the last day of the term."""
        bounds = []
        for way in population.ways:
            edge = way.select.window.last if way.select.window is not None else None
            if edge is None or not isinstance(edge.anchor, ir.Fixed):
                return self.term_last
            bounds.append(shift(edge.anchor.day.toordinal(), edge.months, edge.days))
        return min(max(bounds, default=self.term_last), self.term_last)

    # ------------------------------------------------------------ subjects

    def person(self, episode: Episode) -> Scope:
        scope = self._people.get(id(episode))
        if scope is None:
            scope = self._people[id(episode)] = of_person(episode)
        return scope

    def _everybody(self, population: str) -> list[Scope]:
        known = self._populations.get(population)
        if known is None:
            known = self._populations[population] = [self.person(e) for e in self.facts.people[population]]
        return known

    def claimed(self, scope: Scope) -> Scope | None:
        """The same subject with unverified facts counted, where there are any."""
        if scope.kind == "person" and scope.person is not None and scope.person.claimed is not None:
            return of_person(scope.person, claimed=True)
        return None

    def whole_claimed(self) -> Scope:
        """The contract as one with unverified facts counted."""
        return self._make_whole(self.facts.claimed, claimed=True)

    def row(self, row: Row) -> Scope:
        return of_row(row, self.facts.episode_of(row))

    def group(self, partition: str, label: str) -> Scope:
        if partition not in self._groups:
            self._groups[partition] = self._make_groups(self.partitions[partition])
        return self._groups[partition][label]

    def _make_groups(self, partition: ir.Partition) -> dict[str, Scope]:
        groups: dict[str, Scope] = {}
        for row in partition.rows:
            scope = Scope("group", ("group", partition.name, row.label), row.label)
            scope.group = (partition.name, row.label)
            scope.latest_joining = self._latest_in(partition, row)
            groups[row.label] = scope
        for population, people in self.facts.people.items():
            of = self.populations[population].comparison_of
            if partition.of not in (population, of) and partition.name != of:
                continue
            members: dict[str, list[Episode]] = {}
            for episode in people:
                label = self.label(episode, partition.name)
                if label is not None:
                    members.setdefault(label, []).append(episode)
            for label, some in members.items():
                groups[label].people[population] = some
        for scope in groups.values():
            scope.rows = self._rows_of_people(scope)
        return groups

    def _rows_of_people(self, scope: Scope) -> RowsByEvent:
        rows: RowsByEvent = {}
        for population, people in scope.people.items():
            if self.populations[population].comparison_of is None:
                for episode in people:
                    for event, some in episode.rows.items():
                        rows.setdefault(event, []).extend(some)
        for some in rows.values():
            some.sort(key=lambda row: (row.day, row.id))
        return rows

    def _latest_in(self, partition: ir.Partition, row: ir.PartitionRow) -> int:
        latest = (
            self._latest_joining(self.populations[partition.of]) if partition.of in self.populations else self.term_last
        )
        by_date = isinstance(partition.classifier, ir.ByValue) and partition.classifier.attribute is None
        if by_date and row.bounds is not None and row.bounds.last is not None:
            bound = int(constant(row.bounds.last))
            return bound if row.bounds.last_included else bound - 1
        return latest

    def first_joining(self, scope: Scope) -> int:
        """The first day on which somebody may belong to a group with dates; the first day of the term for others."""
        if scope.group is not None:
            partition = self.partitions[scope.group[0]]
            if isinstance(partition.classifier, ir.ByValue) and partition.classifier.attribute is None:
                bounds = next(row.bounds for row in partition.rows if row.label == scope.group[1])
                if bounds is not None and bounds.first is not None:
                    return max(int(constant(bounds.first)) + (0 if bounds.first_included else 1), self.term_first)
        return self.term_first

    def periods(self, calendar: ir.Calendar) -> list[tuple[int, int, int]]:
        """(number, first day, last day) of each period that begins within the calendar's and the contract's time."""
        known = self._periods.get(calendar.name)
        if known is None:
            known = self._periods[calendar.name] = list(self._make_periods(calendar))
        return known

    def _make_periods(self, calendar: ir.Calendar) -> Iterator[tuple[int, int, int]]:
        first = calendar.first.toordinal()
        end = calendar.last.toordinal() if calendar.last is not None else max(self.term_last, first)
        number = 0
        while (begin := shift(first, calendar.months * number, calendar.days * number)) <= end:
            number += 1
            yield number, begin, min(shift(first, calendar.months * number, calendar.days * number) - 1, LAST_DAY)

    def period_at(self, calendar: str, day: int) -> int | None:
        """The number of the period in which a day lies."""
        periods = self.periods(self.calendars[calendar])
        index = bisect_right(periods, day, key=itemgetter(1)) - 1
        return periods[index][0] if index >= 0 and day <= periods[index][2] else None

    def bounds_of_period(self, calendar: str, number: int) -> tuple[int, int, int]:
        """Number, first and last day of a period."""
        return self.periods(self.calendars[calendar])[number - 1]

    def instances(self, subject: ir.Subject) -> Iterator[Scope]:
        """Every instance of a subject, in a fixed order (people by joining, groups and periods as declared)."""
        match subject:
            case ir.Whole():
                yield self.whole
            case ir.PerPerson():
                yield from self._everybody(subject.population)
            case ir.PerGroup():
                for labelled in self.partitions[subject.partition].rows:
                    yield self.group(subject.partition, labelled.label)
            case ir.PerPeriod():
                calendar = self.calendars[subject.calendar]
                for base in self.instances(subject.of):
                    for number, first, last in self.periods(calendar):
                        yield in_period(base, calendar, number, first, last)
            case ir.PerRow():
                for row in self.facts.rows.get(subject.event, ()):
                    yield self.row(row)
            case ir.PerMember(member=member):
                population = next(node.of for node in self.contract.members if node.name == member)
                for episode in self.facts.people[population]:
                    yield from self.members_of(self.person(episode), member)
            case ir.Pooled():
                yield self.pooled(subject)

    def pooled(self, subject: ir.Pooled) -> Scope:
        """The parts together but for those of whom the exception holds; undecided while that is open for one."""
        known = self._pooled.get(subject)
        if known is not None:
            return known
        scope = self._pooled[subject] = Scope("pooled", ("pooled", subject), "")
        judge = self.judge(subject.except_where) if subject.except_where is not None else None
        parts: list[Scope] = []
        for part in self.instances(subject.of):
            standing = judge(part).standing if judge is not None else Standing.FAILED
            scope.undecided |= standing is Standing.OPEN
            if standing is not Standing.MET:
                parts.append(part)
        scope.parts = tuple(parts)
        for part in parts:
            for population, people in part.people.items():
                scope.people[population] = (*scope.people.get(population, ()), *people)
        scope.rows = self._rows_of_people(scope)
        scope.latest_joining = max((part.latest_joining for part in parts), default=self.term_last)
        return scope

    def is_empty(self, scope: Scope) -> bool:
        """A cohort or group without members (and of which nothing is stipulated); comparison people are none."""
        if scope.kind == "pooled":
            return all(self.is_empty(part) for part in scope.parts)
        if scope.group is None or scope.person is not None or scope.group[1] in self.stipulated.labels:
            return False
        return not any(some for name, some in scope.people.items() if self.populations[name].comparison_of is None)

    def projected(self, subject: ir.Subject, scope: Scope) -> Scope:
        """The subject that `scope` is or that contains it; `scope` where something finer is recomputed."""
        match subject:
            case ir.Whole():
                return self.whole
            case ir.PerPerson():
                if scope.person is None or scope.kind == "person":
                    return scope
                return self.person(scope.person)
            case ir.PerGroup():
                if scope.kind == "group" and scope.group is not None and scope.group[0] == subject.partition:
                    return scope
                if scope.person is not None:
                    label = self.label(scope.person, subject.partition)
                    return scope if label is None else self.group(subject.partition, label)
                return self.group(*scope.group) if scope.group is not None else scope
            case ir.PerPeriod():
                return self._period_around(subject, scope)
            case ir.PerRow() | ir.PerMember() | ir.Pooled():
                return scope

    def _period_around(self, subject: ir.PerPeriod, scope: Scope) -> Scope:
        """The same period of whom the subject is: of the contract, or of the group of somebody, where that is wider."""
        if scope.period is None or scope.period[0] != subject.calendar or scope.first is None or scope.last is None:
            return scope
        if isinstance(subject.of, ir.Whole) and (scope.person or scope.row or scope.group or scope.parts):
            base = self.whole
        elif isinstance(subject.of, ir.PerGroup) and scope.person is not None:
            base = self.projected(subject.of, scope)
        else:
            return scope
        if base is scope:
            return scope
        key = (*scope.period, base.key)
        if key not in self._periods_around:
            calendar = self.calendars[subject.calendar]
            self._periods_around[key] = in_period(base, calendar, scope.period[1], scope.first, scope.last)
        return self._periods_around[key]

    # ------------------------------------------------------------ labels

    def declared_label(self, partition: str, text: str) -> str | None:
        """The label of a partition that a text in the log means."""
        return self._labels[partition].get(name_key(text))

    def label(self, episode: Episode, partition: str) -> str | None:
        """The row of a partition to which a person belongs, fixed at joining; None where it cannot be told."""
        if partition in episode.labels:
            return episode.labels[partition]
        label = episode.given_labels.get(partition)
        if label is None:
            value, known = self._classifying_value(episode, self.partitions[partition]), self._classified[partition]
            if value is not None:
                label = known[value] if value in known else known.setdefault(value, self._classify(partition, value))
        episode.labels[partition] = label
        return label

    def _classify(self, partition: str, value: Value) -> str | None:
        match self.partitions[partition].classifier:
            case ir.ByLabel() | ir.ByOwnLabel():
                return self.declared_label(partition, str(value))
            case ir.ByValue() | ir.ByMeasured():
                return None if isinstance(value, str) else label_in_bounds(self.partitions[partition], value)

    def _classifying_value(self, episode: Episode, partition: ir.Partition) -> Value | None:
        """What a row of the person says: the joining row if it says anything, else the first that does. Or what a
        measure of the person was on the day of joining."""
        match partition.classifier:
            case ir.ByLabel(event=event, attribute=attribute) | ir.ByValue(event=event, attribute=attribute):
                joining = episode.row
                if joining is not None and joining.event == event:
                    value = joining.day if attribute is None else joining.attributes.get(attribute)
                    if value is not None:
                        return value
                values = (
                    row.day if attribute is None else row.attributes.get(attribute)
                    for row in episode.rows.get(event, NO_ROWS)
                )
                return next((value for value in values if value is not None), None)
            case ir.ByOwnLabel():
                return episode.row.attributes.get(partition.name) if episode.row is not None else None
            case ir.ByMeasured(measure=measure):
                return self.measured(measure, self.person(episode), episode.joined)

    def scope_label(self, scope: Scope, partition: str) -> str | None:
        """The row of a partition to which the subject at hand belongs."""
        person = scope.person
        if person is not None:
            return person.labels[partition] if partition in person.labels else self.label(person, partition)
        if scope.group is not None and scope.group[0] == partition:
            return scope.group[1]
        return None


def label_in_bounds(partition: ir.Partition, value: Num) -> str | None:
    """The row of a partition whose range holds the value."""
    return next((row.label for row in partition.rows if row.bounds is not None and within(row.bounds, value)), None)


def within(bounds: ir.Bounds, value: Num) -> bool:
    """Whether an exact number or day lies in a range."""
    if bounds.first is not None:
        first = constant(bounds.first)
        if value < first or (value == first and not bounds.first_included):
            return False
    if bounds.last is not None:
        last = constant(bounds.last)
        if value > last or (value == last and not bounds.last_included):
            return False
    return True
