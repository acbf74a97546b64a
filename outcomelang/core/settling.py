"""When something is decided at the earliest, told from the contract alone and never from a log.

For each of those whom a subject stands for (a cohort's rows, the first and the last period, the first and the last
person to join) there is a day before which no log whatever can decide it. Where a day cannot be told, that of the
calendar's beginning stands for it, so that every answer is a lower bound. Over a cohort, a group or everybody the
latest window is that of somebody joining on the last permitted day; what has no window is read on the last day of its
period, else of the term.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cached_property

from attrs import evolve, frozen

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY, shift
from outcomelang.core.plans import outcomes_of
from outcomelang.core.rising import is_constant, known, rises
from outcomelang.core.working_days import WorkingDays


@frozen
class Case:
    """One of those whom a subject stands for. `joins` is the day of joining, of several people the last permitted.

    `first_joins` is the first permitted day of joining; `person` says that it is somebody, or a row of somebody's;
    `first` and `last` bound the period.
    """

    words: str
    first_joins: int
    joins: int
    person: bool = False
    row: bool = False
    group: tuple[str, str] | None = None
    first: int | None = None
    last: int | None = None


class Settling:
    """The days of one contract. Days are ordinals; the contract has a term and nothing is wrong with it."""

    def __init__(self, contract: ir.Contract) -> None:
        assert contract.first_day is not None and contract.last_day is not None
        self.contract = contract
        self.term_first, self.term_last = contract.first_day.toordinal(), contract.last_day.toordinal()
        self.populations = {each.name: each for each in contract.populations}
        self.partitions = {each.name: each for each in contract.partitions}
        self.calendars = {each.name: each for each in contract.calendars}
        self.known = known(contract)
        self.measures, self.tables, self.states = self.known.measures, self.known.tables, self.known.states
        self.outcomes = {each.name: each for each in contract.outcomes}
        self.events = {each.name: each for each in contract.events}
        self.members = {each.name: each for each in contract.members}
        self.working = WorkingDays(contract.holidays)
        self.plans = {each.name: each for each in contract.plans}
        self._under_way: set[str] = set()
        self._decided: dict[tuple[str, Case], int] = {}
        self.watched: dict[str, tuple[tuple[str, int], ...]] = {}
        """For whoever asks on whose absence a measure rests: the events, each with its last day."""
        self._measured: dict[tuple[str, Case], int] = {}

    # ------------------------------------------------------------ of whom

    def cases(self, subject: ir.Subject) -> tuple[Case, ...]:
        """Those whom a subject stands for, the earliest first: of people and periods only the first and the last."""
        match subject:
            case ir.Whole():
                return (self._everybody,)
            case ir.PerPerson(name):
                return self._people(name)
            case ir.PerMember(name):
                return self._people(self.members[name].of)
            case ir.PerGroup(name):
                return self._groups(self.partitions[name])
            case ir.PerPeriod(name, of):
                return self._periods(self.calendars[name], self.cases(of))
            case ir.PerRow():
                everybody = self._everybody
                return (Case("", everybody.first_joins, everybody.first_joins, person=True, row=True),)
            case ir.Pooled(of):
                parts = self.cases(of)
                first = min((part.first_joins for part in parts), default=self.term_first)
                return (Case("", first, max((part.joins for part in parts), default=self.term_last)),)

    @cached_property
    def _everybody(self) -> Case:
        days = [self.joining(each.name) for each in self.contract.populations]
        first, last = min((f for f, _ in days), default=self.term_first), max((d for _, d in days), default=0)
        return Case("", first, last if days else self.term_last)

    def joining(self, population: str) -> tuple[int, int]:
        """The first and the last permitted day of joining: what the ways in say, else the term."""
        ways = self.populations[population].ways
        windows = [way.select.window for way in ways]
        first = [_fixed(window.first) if window is not None else None for window in windows]
        last = [_fixed(window.last) if window is not None else None for window in windows]
        return (
            min((self.term_first if day is None else day for day in first), default=self.term_first),
            min(max((self.term_last if day is None else day for day in last), default=self.term_last), self.term_last),
        )

    def _people(self, population: str) -> tuple[Case, ...]:
        first, last = self.joining(population)
        return tuple(Case("", day, day, person=True) for day in dict.fromkeys((first, last)))

    def _groups(self, partition: ir.Partition) -> tuple[Case, ...]:
        of_people = partition.of in self.populations
        first, last = self.joining(partition.of) if of_people else (self.term_first, self.term_last)
        by_date = isinstance(partition.classifier, ir.ByValue) and partition.classifier.attribute is None
        found = []
        for row in partition.rows:
            begin, end = _days(row.bounds) if by_date and row.bounds is not None else (None, None)
            case = Case(
                f"“{row.label}”",
                first if begin is None else max(begin, first),
                last if end is None else end,
                group=(partition.name, row.label),
            )
            if case.first_joins <= min(case.joins, last):  # else nobody can ever be in it
                found.append(case)
        return tuple(sorted(found, key=lambda case: case.joins))

    def _periods(self, calendar: ir.Calendar, bases: tuple[Case, ...]) -> tuple[Case, ...]:
        first = calendar.first.toordinal()
        end = calendar.last.toordinal() if calendar.last is not None else max(self.term_last, first)
        number = 0
        while shift(first, calendar.months * (number + 1), calendar.days * (number + 1)) <= end:
            number += 1
        found = []
        for index in dict.fromkeys((0, number)):
            begin = shift(first, calendar.months * index, calendar.days * index)
            last = shift(first, calendar.months * (index + 1), calendar.days * (index + 1)) - 1
            words = f"{calendar.name} {index + 1}"
            found += [evolve(base, words=words, first=begin, last=last) for base in bases]
        return tuple(found)

    def projected(self, subject: ir.Subject, case: Case) -> Case:
        """The one whom `subject` stands for that is, or contains, the one at hand."""
        if isinstance(subject, ir.Whole):
            return self._everybody
        if isinstance(subject, ir.PerPerson) and case.person:
            return evolve(case, row=False, first=None, last=None)
        if isinstance(subject, ir.PerGroup) and case.person:
            groups = self._groups(self.partitions[subject.partition])
            return next((group for group in groups if group.first_joins <= case.joins <= group.joins), case)
        return case

    # ------------------------------------------------------------ days

    def anchor(self, node: ir.Anchor, case: Case) -> int:
        """The earliest day that an anchor can be."""
        match node:
            case ir.Fixed(day):
                return day.toordinal()
            case ir.Joining():
                return case.joins
            case ir.SamePeriod(_, year):
                return year.toordinal()
            case ir.AchievedOn(name) if case.person:  # of several people, each has a day of their own
                return self.outcome(self.outcomes[name], self.projected(self.outcomes[name].subject, case))
            case ir.WorkingDay(inner, count, from_itself):
                start = self.anchor(inner, case)
                if start == FIRST_DAY:
                    return start
                return self.working.from_itself(start, count) if from_itself else self.working.after(start, count)
            case ir.RowDay() | ir.RowOf() | ir.AchievedOn() | ir.DayValue():
                return FIRST_DAY

    def edge(self, node: ir.Edge, case: Case) -> int:
        """The earliest day on which an edge of a window can lie."""
        start = self.anchor(node.anchor, case)
        return FIRST_DAY if start == FIRST_DAY else shift(start, node.months, node.days)

    def _last(self, window: ir.Window | None, case: Case) -> int:
        if window is None or window.last is None:
            return case.last if case.last is not None else self.term_last
        return self.edge(window.last, case)

    def first_day(self, window: ir.Window | None, case: Case) -> int:
        """The first day of a window, else of the period."""
        if window is None or window.first is None:
            return case.first if window is None and case.first is not None else FIRST_DAY
        return self.edge(window.first, evolve(case, joins=case.first_joins))

    # ------------------------------------------------------------ quantities

    def quantity(self, node: ir.Quantity, case: Case) -> int:
        """The day on which a quantity is known for good."""
        match node:
            case ir.Const() | ir.ContractValue() | ir.Attribute():
                return FIRST_DAY
            case ir.Counted(select) | ir.Summed(_, select):
                return self._select(select, case)
            case ir.DaysIn():
                return self._last(node.window, case)
            case ir.Observed(answered_by=people):
                return case.last if case.last is not None else self.term_last if people is not None else FIRST_DAY
            case ir.Read(name):
                return self._measure(name, case)
            case ir.Lookup(name):
                keys = [key.quantity for key in self.tables[name].by if isinstance(key, ir.KeyByQuantity)]
                return max((self.quantity(key, case) for key in keys), default=FIRST_DAY)
            case ir.Arith(_, left, right) | ir.Excess(left, right) | ir.ChangeOf(left, right):
                return max(self.quantity(left, case), self.quantity(right, case))
            case ir.Rounded(of) | ir.Indexed(of):
                return self.quantity(of, case)

    def _measure(self, name: str, case: Case) -> int:
        if (name, case) not in self._measured:
            measure = self.measures[name]
            self._measured[name, case] = self.quantity(measure.quantity, self.projected(measure.subject, case))
        return self._measured[name, case]

    def _select(self, select: ir.Select, case: Case) -> int:
        if isinstance(select.of, ir.Periods):
            return FIRST_DAY
        own = select.window is not None or not isinstance(select.of, ir.People)
        days = [self._last(select.window, case) if own else case.joins]
        for test in select.tests:
            if isinstance(test, ir.AttributeDated):
                days.append(self._last(test.window, case))
            elif isinstance(test, ir.Has):
                days.append(self._select(test.select, case))
        return max(days)

    def begins(self, node: ir.Quantity, case: Case) -> int:
        """The first day on which a quantity that only rises can be more than nothing."""
        match node:
            case ir.Counted(select) | ir.Summed(_, select):
                return self.first_day(select.window, case)
            case ir.DaysIn():
                return self.first_day(node.window, case)
            case ir.Read(name):
                return self.begins(self.measures[name].quantity, self.projected(self.measures[name].subject, case))
            case ir.Rounded(of):
                return self.begins(of, case)
            case _:  # a bound from below: anything else may be there from the beginning
                return FIRST_DAY

    # ------------------------------------------------------------ conditions and outcomes

    def condition(self, node: ir.Condition, case: Case) -> int:
        """The earliest day on which a condition can be met."""
        match node:
            case ir.Compares(left, _, right):
                if self.by_rising(node):
                    return self.begins(left, case)
                return max(self.quantity(left, case), self.quantity(right, case))
            case ir.LabelIs() | ir.ValueGiven():
                return FIRST_DAY
            case ir.Happens(select, negated):
                return self._last(select.window, case) if negated else self.first_day(select.window, case)
            case ir.Reaches():
                return self._reaches(node, case)
            case ir.Achieved(name, negated):
                outcome = self.outcomes[name]
                return FIRST_DAY if negated else self.outcome(outcome, self.projected(outcome.subject, case))
            case ir.AtLeast():
                return self._list(node, case)
            case ir.ForMembers(_, _, least, inner):
                return self.condition(inner, case) if least != 0 else FIRST_DAY

    def by_rising(self, node: ir.Compares) -> bool:
        """Whether a comparison is met by what can only rise, on the first day on which it suffices."""
        return node.comparator in (">=", ">") and rises(self.known, node.left) and is_constant(self.known, node.right)

    def _list(self, node: ir.AtLeast, case: Case) -> int:
        """The day of the n-th item. An item with a `where` may be left out, but never all of them."""
        days = sorted(self.condition(item.condition, case) for item in node.items)
        if not days:
            return FIRST_DAY
        if node.least is not None:
            return days[min(max(node.least, 1), len(days)) - 1]
        sure = [self.condition(item.condition, case) for item in node.items if item.where is None]
        return max(sure, default=days[0])

    def _reaches(self, node: ir.Reaches, case: Case) -> int:
        starts = [FIRST_DAY]
        if node.counted_from is not None:
            starts.append(self.anchor(node.counted_from, case))
        if node.begun is not None:
            starts.append(self.first_day(node.begun, case))
        start, length = max(starts), node.target.value if isinstance(node.target, ir.Const) else None
        if start == FIRST_DAY or not isinstance(length, Fraction):
            return start
        months = node.target.unit is ir.Unit.MONTHS if isinstance(node.target, ir.Const) else False
        return shift(start, int(length), -1) if months else shift(start, 0, int(length) - 1)

    def outcome(self, node: ir.Outcome, case: Case) -> int:
        """The earliest day on which an outcome can be achieved."""
        key = (node.name, case)
        if node.name in self._under_way or key in self._decided:
            return self._decided.get(key, FIRST_DAY)
        self._under_way.add(node.name)
        days = [self.condition(node.when, case), self.first_day(node.deadline, case) if node.deadline else FIRST_DAY]
        if node.after is not None:
            earlier = self.outcomes[node.after]
            days.append(self.outcome(earlier, self.projected(earlier.subject, case)))
        self._under_way.discard(node.name)
        self._decided[key] = max(days)
        return self._decided[key]

    def in_plan(self, plan: ir.Plan, partly: bool, case: Case) -> int:
        """The earliest day on which an outcome of a plan, or a part of one, can be achieved."""
        own = [self.outcomes[name] for name in outcomes_of(plan)]
        judged = [self.outcomes[each.partly] for each in own if each.partly is not None] if partly else own
        return min((self.outcome(each, case) for each in judged), default=FIRST_DAY)


def _fixed(edge: ir.Edge | None) -> int | None:
    """The day of an edge that is written in the contract."""
    if edge is None or not isinstance(edge.anchor, ir.Fixed):
        return None
    return shift(edge.anchor.day.toordinal(), edge.months, edge.days)


def _days(bounds: ir.Bounds) -> tuple[int | None, int | None]:
    """The first and the last day of a row by date."""
    first = bounds.first.value if bounds.first is not None else None
    last = bounds.last.value if bounds.last is not None else None
    begin = first.toordinal() + (0 if bounds.first_included else 1) if isinstance(first, date) else None
    end = last.toordinal() - (0 if bounds.last_included else 1) if isinstance(last, date) else None
    return begin, end
