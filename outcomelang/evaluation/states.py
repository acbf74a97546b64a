"""States as sets of days: spells formed from rows, and their combinations, as far as they have been observed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest
from operator import itemgetter
from typing import TYPE_CHECKING

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY, LAST_DAY
from outcomelang.evaluation.days import Run, complement, intersection, union
from outcomelang.evaluation.episodes import NO_ROWS
from outcomelang.evaluation.event_log import Row
from outcomelang.evaluation.observation import events_of
from outcomelang.evaluation.row_tests import passes
from outcomelang.evaluation.scope import Scope

if TYPE_CHECKING:
    from outcomelang.evaluation.meaning import Meaning

Observed = tuple[list[Run], int]
"""The days of a state, and the last day on which it is known whether somebody is in it."""
Spell = tuple[Row, Row | None]
"""The row that begins a spell and the one that ends it."""
_DAY = itemgetter(Row._fields.index("day"))


def state(m: Meaning, name: str) -> Callable[[Scope], Observed]:
    """The days of a declared state, computed once for each subject."""
    observed = day_set(m, m.states[name].days)

    def days(scope: Scope) -> Observed:
        known = scope.states.get(name)
        if known is None:
            known = scope.states[name] = observed(scope)
        return known

    return days


def day_set(m: Meaning, node: ir.DaySet) -> Callable[[Scope], Observed]:
    """A day beyond what is observed is neither in a state nor in its opposite."""
    match node:
        case ir.Spells():
            return _spells(m, node)
        case ir.InState(state=name):
            return state(m, name)
        case ir.NotDays(of=of):
            inner = day_set(m, of)

            def opposite(scope: Scope) -> Observed:
                runs, until = inner(scope)
                return complement(runs, until), until

            return opposite
        case ir.AllDays(parts=parts):
            return _in_all(m, node, [day_set(m, part) for part in parts])
        case ir.AnyDays(parts=parts):
            several = [day_set(m, part) for part in parts]
            observed = m.observed_by(events_of(m, node))
            return lambda scope: (union([run for part in several for run in part(scope)[0]]), observed(scope))


def _in_all(m: Meaning, node: ir.AllDays, parts: list[Callable[[Scope], Observed]]) -> Callable[[Scope], Observed]:
    """Where one part has no days, nobody asks for those of the next."""
    observed = m.observed_by(events_of(m, node))

    def days(scope: Scope) -> Observed:
        runs, _ = parts[0](scope)
        for part in parts[1:]:
            if runs:
                runs = intersection(runs, part(scope)[0])
        return runs, observed(scope)

    return days


def _spells(m: Meaning, node: ir.Spells) -> Callable[[Scope], Observed]:
    observed = m.observed_by([event for event in (node.begins, node.ends) if event is not None])
    not_counted = 0 if node.end_counts else 1

    def days(scope: Scope) -> Observed:
        until, runs = observed(scope), []
        for begin, end in spells_of(node, scope):
            first, last = begin.day, until if end is None else end.day - not_counted
            if last > until:
                last = until
            if first <= last:
                runs.append((first, last))
        return union(runs) if len(runs) > 1 else runs, until

    return days


def spells_of(node: ir.Spells, scope: Scope) -> list[Spell]:
    """The spells of a subject whose first row passes the tests, formed once."""
    known = scope.spells.get(id(node))
    if known is None:
        rows = scope.rows
        spells = formed(node, rows.get(node.begins, NO_ROWS), rows.get(node.ends, NO_ROWS) if node.ends else NO_ROWS)
        known = [spell for spell in spells if passes(node.tests, spell[0])] if node.tests else spells
        scope.spells[id(node)] = known
    return known


def formed(node: ir.Spells, begins: Sequence[Row], ends: Sequence[Row], odd: list[Row] | None = None) -> list[Spell]:
    """Pair rows, given in order, into spells; `odd` receives starts inside an open spell and ends without one.

    An end closes the open spell. On one day ends come before starts, except that an end with no earlier spell open
    closes a spell whose only other row is that day's single start.
    """
    if node.matched_by is not None:
        return _matched(node, begins, ends, odd)
    return list(zip_longest(begins, ends)) if in_turn(begins, ends) else _formed_of_any(node, begins, ends, odd)


def in_turn(begins: Sequence[Row], ends: Sequence[Row]) -> bool:
    """Whether each start is followed by its end, on a later day, and that by the next start: nearly always. Then the
    rows pair as they stand, and none is odd."""
    if not 0 <= len(begins) - len(ends) <= 1:
        return False
    free = FIRST_DAY
    for begin, end in zip(begins, ends, strict=False):
        if begin.day < free or end.day <= begin.day:
            return False
        free = end.day
    return len(begins) == len(ends) or begins[-1].day >= free


def _formed_of_any(node: ir.Spells, begins: Sequence[Row], ends: Sequence[Row], odd: list[Row] | None) -> list[Spell]:
    spells: list[Spell] = []
    open_row: Row | None = None
    closed_at_once: Row | None = None
    for row in sorted((*ends, *begins), key=_DAY):
        if row.event == node.begins:
            if row is closed_at_once:
                continue
            if open_row is None:
                open_row = row
            elif odd is not None:
                odd.append(row)
        elif open_row is not None:
            spells.append((open_row, row))
            open_row = None
        elif (start := _single_start(begins, row.day)) is not None and start is not closed_at_once:
            spells.append((start, row))
            closed_at_once = start
        elif odd is not None:
            odd.append(row)
    if open_row is not None:
        spells.append((open_row, None))
    return spells


def _single_start(begins: Sequence[Row], day: int) -> Row | None:
    """The start of a day that has just one."""
    starts = [row for row in begins if row.day == day]
    return starts[0] if len(starts) == 1 else None


def _matched(node: ir.Spells, begins: Sequence[Row], ends: Sequence[Row], odd: list[Row] | None) -> list[Spell]:
    """Pair rows that carry the same value of an attribute; rows without it pair with one another."""
    key = node.matched_by or ""
    plain = ir.Spells(begins=node.begins, ends=node.ends, end_counts=node.end_counts, tests=node.tests)
    values = {str(row.attributes.get(key, "")) for row in (*begins, *ends)}
    spells = [
        spell
        for value in sorted(values)
        for spell in formed(
            plain,
            [row for row in begins if str(row.attributes.get(key, "")) == value],
            [row for row in ends if str(row.attributes.get(key, "")) == value],
            odd,
        )
    ]
    return sorted(spells, key=lambda spell: (spell[0].day, spell[0].id))


def rows_behind(m: Meaning, node: ir.DaySet) -> Callable[[Scope, int, int], list[Row]]:
    """The rows from which the days of a state between two days follow."""
    kinds = _kinds_of_spells(m, node)

    def behind(scope: Scope, first: int = FIRST_DAY, last: int = LAST_DAY) -> list[Row]:
        return [
            row
            for kind in kinds
            for spell in spells_of(kind, scope)
            if spell[1] is None or spell[1].day >= first
            for row in spell
            if row is not None and row.day <= last
        ]

    return behind


def _kinds_of_spells(m: Meaning, node: ir.DaySet) -> tuple[ir.Spells, ...]:
    match node:
        case ir.Spells():
            return (node,)
        case ir.InState(state=name):
            return _kinds_of_spells(m, m.states[name].days)
        case ir.NotDays(of=of):
            return _kinds_of_spells(m, of)
        case ir.AllDays(parts=parts) | ir.AnyDays(parts=parts):
            return tuple([kind for part in parts for kind in _kinds_of_spells(m, part)])
