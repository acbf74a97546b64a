"""Days, windows and selections as functions of the subject at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY, LAST_DAY, shift
from outcomelang.core.names import name_key
from outcomelang.evaluation import counted_periods
from outcomelang.evaluation.episodes import Episode
from outcomelang.evaluation.event_log import Row
from outcomelang.evaluation.labels import spellings_of
from outcomelang.evaluation.notes import order_of
from outcomelang.evaluation.row_tests import attribute_test
from outcomelang.evaluation.scope import Scope, in_same_period
from outcomelang.evaluation.verdict import Achievement

if TYPE_CHECKING:
    from outcomelang.evaluation.meaning import Meaning

DayOf = Callable[[Scope], int | None]
Bounds = Callable[[Scope], tuple[int, int] | None]
RowTest = Callable[[Row, Scope], bool]
RowsFound = Callable[[Scope, int], Sequence[Row]]


# ---------------------------------------------------------------- days and windows


def anchor(m: Meaning, node: ir.Anchor) -> DayOf:
    """The day of an anchor for a subject; None while there is none."""
    match node:
        case ir.Fixed(day=fixed):
            day = fixed.toordinal()
            return lambda scope: day
        case ir.SamePeriod():
            return counted_periods.same_period(m, node)
        case ir.TermStart():
            return lambda scope: m.world.term_first
        case ir.TermEnd():
            return lambda scope: m.world.term_last
        case ir.Joining():
            return lambda scope: scope.person.joined if scope.person is not None else None
        case ir.RowDay():
            return lambda scope: scope.row.day if scope.row is not None else None
        case ir.RowOf(select=select, which=which):
            return _row_day(m, select, which)
        case ir.AchievedOn(outcome=outcome):
            return _achieved_on(m, outcome)
        case ir.DayValue(quantity=quantity):
            number = m.number(quantity)

            def value(scope: Scope) -> int | None:
                found = number(scope, LAST_DAY)
                return None if found is None else int(found)

            return value
        case ir.WorkingDay(anchor=inner):
            begins = anchor(m, inner)
            return lambda scope: None if (start := begins(scope)) is None else working_day(m, node, start)


def working_day(m: Meaning, node: ir.WorkingDay, start: int) -> int:
    """The working day that is so many from a day."""
    working = m.world.facts.working
    return working.from_itself(start, node.count) if node.from_itself else working.after(start, node.count)


def _row_day(m: Meaning, select: ir.Select, which: str) -> DayOf:
    assert isinstance(select.of, ir.Rows)
    event, found = select.of.event, rows_found(m, select)
    any_of_them = not select.tests and select.window is None and select.among is None

    def day(scope: Scope) -> int | None:
        rows = scope.rows_of(event) if any_of_them and scope.first is None else found(scope, LAST_DAY)
        return (rows[-1] if which == "latest" else rows[0]).day if rows else None

    return day


def _achieved_on(m: Meaning, outcome: str) -> DayOf:
    result = m.outcome(outcome)
    subject = m.outcomes[outcome].subject

    def day(scope: Scope) -> int | None:
        achievements = result(m.world.projected(subject, scope)).achievements
        return achievements[0].day if achievements else None

    return day


def edge(m: Meaning, node: ir.Edge) -> DayOf:
    """The day of an edge of a window."""
    start, months, days = anchor(m, node.anchor), node.months, node.days

    def day(scope: Scope) -> int | None:
        begin = start(scope)
        return None if begin is None else shift(begin, months, days)

    return day


def window(m: Meaning, node: ir.Window | None) -> Bounds:
    """First and last day of a window (without one, of the period, else all days); None: its anchor is unknown."""
    if node is None:

        def period(scope: Scope) -> tuple[int, int] | None:
            if scope.first is None or scope.last is None:
                return FIRST_DAY, LAST_DAY
            return scope.first, scope.last

        return period
    if node.first is not None and node.last is not None and node.first.anchor == node.last.anchor:
        return _around(anchor(m, node.first.anchor), node.first, node.last)
    first = edge(m, node.first) if node.first is not None else None
    last = edge(m, node.last) if node.last is not None else None

    def bounds(scope: Scope) -> tuple[int, int] | None:
        begin = FIRST_DAY if first is None else first(scope)
        end = LAST_DAY if last is None else last(scope)
        return None if begin is None or end is None else (begin, end)

    return bounds


def _around(start: DayOf, first: ir.Edge, last: ir.Edge) -> Bounds:
    def bounds(scope: Scope) -> tuple[int, int] | None:
        day = start(scope)
        if day is None:
            return None
        return shift(day, first.months, first.days), shift(day, last.months, last.days)

    return bounds


def _personal_anchor(node: ir.Anchor) -> bool:
    match node:
        case ir.Joining() | ir.RowOf() | ir.AchievedOn() | ir.RowDay():
            return True
        case ir.Fixed() | ir.TermStart() | ir.TermEnd() | ir.DayValue() | ir.SamePeriod():
            return False
        case ir.WorkingDay(anchor=inner):
            return _personal_anchor(inner)


def is_personal(node: ir.Window | None) -> bool:
    """Whether a window differs from person to person."""
    return node is not None and any(e is not None and _personal_anchor(e.anchor) for e in (node.first, node.last))


def _needs_person(select: ir.Select) -> bool:
    return is_personal(select.window) or any(
        isinstance(test, ir.Has) or (isinstance(test, ir.AttributeDated) and is_personal(test.window))
        for test in select.tests
    )


# ---------------------------------------------------------------- tests


def row_test(m: Meaning, node: ir.Test) -> RowTest:
    """A test of one row, read together with its person."""
    match node:
        case ir.AttributeIs():
            return _label_test(m, node)
        case ir.AttributeCompares() | ir.AttributeGiven():
            return lambda row, scope: attribute_test(node, row)
        case ir.AttributeDated(attribute=attribute, window=node_window):
            bounds = window(m, node_window)

            def dated(row: Row, scope: Scope) -> bool:
                day, limits = row.attributes.get(attribute), bounds(scope)
                return isinstance(day, int) and limits is not None and limits[0] <= day <= limits[1]

            return dated
        case ir.InGroup(partition=partition, labels=labels):

            def in_group(row: Row, scope: Scope) -> bool:
                person = scope.person or m.world.facts.episode_of(row)
                return person is not None and m.world.label(person, partition) in labels

            return in_group
        case ir.Has(select=select, negated=negated):
            decided = _has(m, select, negated)

            def has(row: Row, scope: Scope) -> bool:
                person = scope.person or m.world.facts.episode_of(row)
                return person is not None and decided(in_same_period(m.world.person(person), scope), LAST_DAY)

            return has


def _label_test(m: Meaning, node: ir.AttributeIs) -> RowTest:
    """Labels match as declared or as logged, as names do; the answer for each text met is kept."""
    wanted = spellings_of(m.contract, node)
    known: dict[object, bool] = {}
    attribute, negated = node.attribute, node.negated

    def test(row: Row, scope: Scope) -> bool:
        value = row.attributes.get(attribute)
        if value is None:
            return False
        answer = known.get(value)
        if answer is None:
            text = ("yes" if value else "no") if isinstance(value, bool) else str(value)
            answer = known[value] = (name_key(text) in wanted) != negated
        return answer

    return test


def person_test(m: Meaning, node: ir.Test) -> Callable[[Scope, int], bool]:
    """A test of one person (within a period, perhaps), up to a day; tests on attributes read the joining row."""
    match node:
        case ir.Has(select=select, negated=negated):
            return _has(m, select, negated)
        case ir.InGroup(partition=partition, labels=labels):
            return lambda person, until: m.world.scope_label(person, partition) in labels
        case ir.AttributeIs() | ir.AttributeCompares() | ir.AttributeGiven() | ir.AttributeDated():
            test = row_test(m, node)

            def of_joining(person: Scope, until: int) -> bool:
                row = person.person.row if person.person is not None else None
                return row is not None and test(row, person)

            return of_joining


def _has(m: Meaning, select: ir.Select, negated: bool) -> Callable[[Scope, int], bool]:
    """Whether a person has such a thing, or has none: where a window has no anchor there is neither."""
    anything, known = exists(m, select), anchored(m, select)
    if not negated:
        return anything
    return lambda person, until: (known is None or known(person)) and not anything(person, until)


def anchored(m: Meaning, select: ir.Select) -> Callable[[Scope], bool] | None:
    """Whether the anchors of a selection's windows have come for the person at hand; None: it has no such windows.

    Of a wider subject the people without an anchor are simply not found.
    """
    dated = [test.window for test in select.tests if isinstance(test, ir.AttributeDated)]
    parts = [window(m, node) for node in (select.window, *dated) if is_personal(node)]
    if not parts:
        return None
    return lambda scope: scope.person is None or all(part(scope) is not None for part in parts)


# ---------------------------------------------------------------- what a selection finds


def rows_found(m: Meaning, select: ir.Select) -> RowsFound:
    """Rows of an event in the subject, in order of day and id, read person by person where windows need it."""
    assert isinstance(select.of, ir.Rows)
    event, tests, bounds = select.of.event, [row_test(m, t) for t in select.tests], window(m, select.window)
    by_person, among = _needs_person(select), select.among

    def here(scope: Scope, until: int) -> list[Row]:
        limits = bounds(scope)
        if limits is None:
            return []
        first, last = limits[0], min(limits[1], until)
        rows = [row for row in scope.rows_of(event) if first <= row.day <= last]
        return [row for row in rows if all(test(row, scope) for test in tests)] if tests else rows

    if among is None and not by_person:
        return here

    def of_people(scope: Scope, until: int) -> list[Row]:
        if among is None and scope.person is not None:
            return here(scope, until)
        rows: list[Row] = []
        for episode in _people(m, scope, among):
            person = m.world.person(episode)
            person = m.world.claimed(person) or person if scope.claimed else person
            rows += here(in_same_period(person, scope), until)
        rows.sort(key=order_of)
        return rows

    return of_people


def _people(m: Meaning, scope: Scope, among: str | None) -> Iterator[Episode]:
    """The people counted in a subject: of the comparison population named, else all but comparison people."""
    if among is not None:
        yield from scope.episodes(among)
        return
    for population, people in scope.people.items():
        if m.world.populations[population].comparison_of is None:
            yield from people


def people_found(m: Meaning, select: ir.Select) -> Callable[[Scope, int], list[Episode]]:
    """People who joined in the window (and by the end of the period) and pass the tests, in order of joining."""
    assert isinstance(select.of, ir.People)
    population = select.among or select.of.population
    tests, bounds = [person_test(m, t) for t in select.tests], window(m, select.window)

    def found(scope: Scope, until: int) -> list[Episode]:
        limits = bounds(scope) if select.window is not None else (FIRST_DAY, LAST_DAY)
        if limits is None:
            return []
        first, last = limits[0], min(limits[1], until, LAST_DAY if scope.last is None else scope.last)
        return [
            episode
            for episode in scope.episodes(population)
            if first <= episode.joined <= last
            and all(test(in_same_period(m.world.person(episode), scope), until) for test in tests)
        ]

    return found


def achievements_found(m: Meaning, select: ir.Select) -> Callable[[Scope, int], list[tuple[Scope, Achievement]]]:
    """Achievements of an outcome by subjects within the subject at hand."""
    assert isinstance(select.of, ir.Achievements)
    outcome = m.outcomes[select.of.outcome]
    result, bounds = m.outcome(outcome.name), window(m, select.window)
    tests = [scope_test(m, t) for t in select.tests]

    def found(scope: Scope, until: int) -> list[tuple[Scope, Achievement]]:
        limits = bounds(scope)
        if limits is None:
            return []
        first, last = limits[0], min(limits[1], until)
        return [
            (part, achievement)
            for part in parts_of(m, outcome.subject, scope, select.among)
            if all(test(part) for test in tests)
            for achievement in result(part).achievements
            if first <= achievement.day <= last
        ]

    return found


def scope_test(m: Meaning, node: ir.Test) -> Callable[[Scope], bool]:
    """A test of the subject of an achievement: of its row if it has one, else of its person."""
    match node:
        case ir.InGroup(partition=partition, labels=labels):
            return lambda scope: m.world.scope_label(scope, partition) in labels
        case _:
            of_row, of_person = row_test(m, node), person_test(m, node)

            def test(scope: Scope) -> bool:
                if scope.row is not None:
                    return of_row(scope.row, scope)
                return scope.person is not None and of_person(m.world.person(scope.person), LAST_DAY)

            return test


def parts_of(m: Meaning, subject: ir.Subject, scope: Scope, among: str | None = None) -> Iterator[Scope]:
    """The instances of a subject that lie within the subject at hand."""
    match subject:
        case ir.PerPerson(population=population):
            for episode in scope.episodes(among or population):
                yield scope if scope.kind == "person" else m.world.person(episode)
        case ir.PerRow(event=event):
            if scope.row is not None and scope.row.event == event:
                yield scope
            else:
                for row in scope.rows_of(event):
                    yield m.world.row(row)
        case ir.Whole():
            yield m.world.whole
        case ir.PerGroup() | ir.PerPeriod():
            if scope.kind == "whole":
                yield from m.world.instances(subject)
            else:
                yield scope
        case ir.PerMember(member=member):
            people = [scope] if scope.person is not None else map(m.world.person, _people(m, scope, among))
            for person in people:
                yield from [scope] if scope.kind == "member" else m.world.members_of(person, member)
        case ir.Pooled():
            yield m.world.pooled(subject)


def exists(m: Meaning, select: ir.Select) -> Callable[[Scope, int], bool]:
    """Whether a selection finds anything up to a day."""
    match select.of:
        case ir.Rows():
            rows = rows_found(m, select)
            return lambda scope, until: bool(rows(scope, until))
        case ir.People():
            people = people_found(m, select)
            return lambda scope, until: bool(people(scope, until))
        case ir.Achievements():
            achievements = achievements_found(m, select)
            return lambda scope, until: bool(achievements(scope, until))
        case ir.Members(member=member):
            members = m.members_found(member, select.tests)
            return lambda scope, until: bool(members(scope, until))
        case ir.Periods():
            periods = counted_periods.periods_found(m, select)
            return lambda scope, until: bool(periods(scope, until))
