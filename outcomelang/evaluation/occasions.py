"""What may happen several times: each happening, and each time that a state reaches a length."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from math import ceil
from typing import TYPE_CHECKING

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY, LAST_DAY, shift
from outcomelang.core.units import unit_of
from outcomelang.evaluation.days import Run, bridged, clipped, reached_in_any, reached_in_total, reached_without_break
from outcomelang.evaluation.event_log import Row
from outcomelang.evaluation.members import members_found
from outcomelang.evaluation.scope import Scope
from outcomelang.evaluation.selections import anchor, window
from outcomelang.evaluation.states import rows_behind
from outcomelang.evaluation.suspensions import time_limit
from outcomelang.evaluation.verdict import Standing, Verdict

if TYPE_CHECKING:
    from outcomelang.evaluation.meaning import Meaning

MET, FAILED, OPEN = Standing.MET, Standing.FAILED, Standing.OPEN


Occasions = Callable[[Scope, int], tuple[Sequence[tuple[int, tuple[Row, ...]]], Verdict]]
"""The occasions (day, rows) after a day, in order, and the verdict if none of them serves."""


def happening(m: Meaning, select: ir.Select) -> Occasions:
    """Each row (person, achievement) selected is an occasion; absence is known when the window has been observed."""
    bounds = window(m, select.window)
    until = m.observed_until(select.of.event) if isinstance(select.of, ir.Rows) else m.as_of_day
    days = _days_selected(m, select)

    def happening(scope: Scope, after: int) -> tuple[Sequence[tuple[int, tuple[Row, ...]]], Verdict]:
        found = [(day, rows) for day, rows in days(scope) if day > after]
        limits = bounds(scope)
        if limits is None:
            return found, m.unanchored
        last = min(limits[1], m.last_day)
        return found, Verdict(FAILED, last) if last <= until(scope) else Verdict(OPEN, last)

    return happening


def _days_selected(m: Meaning, select: ir.Select) -> Callable[[Scope], list[tuple[int, tuple[Row, ...]]]]:
    match select.of:
        case ir.Rows():
            rows = m.rows_found(select)
            return lambda scope: [(row.day, (row,)) for row in rows(scope, m.world.as_of)]
        case ir.Achievements():
            achieved = m.achievements_found(select)
            return lambda scope: sorted(
                ((a.day, a.rows) for _, a in achieved(scope, m.world.as_of)), key=lambda occasion: occasion[0]
            )
        case ir.People():
            people = m.people_found(select)
            return lambda scope: [
                (e.joined, (e.row,) if e.row is not None else ()) for e in people(scope, m.world.as_of)
            ]
        case ir.Members(member=member):
            members = members_found(m, member, select.tests)
            return lambda scope: [
                (one.row.day, (one.row,)) for one in members(scope, m.world.as_of) if one.row is not None
            ]
        case ir.Periods():
            raise TypeError("periods do not happen: refused before evaluation")


def reaching(m: Meaning, node: ir.Reaches) -> Occasions:
    """The days on which a state reaches a length, again and again; blocks of `further` follow one another."""
    state, target, behind_of = m.state(node.state), m.number(node.target), rows_behind(m, m.states[node.state].days)
    in_months, counted = unit_of(node.target) is ir.Unit.MONTHS, _counted_runs(m, node)
    still_open, failed = Verdict(OPEN, m.last_day), Verdict(FAILED, m.last_day)

    def reaching(scope: Scope, after: int) -> tuple[Sequence[tuple[int, tuple[Row, ...]]], Verdict]:
        runs, until = state(scope)
        never = still_open if until < m.last_day else failed
        if not runs:
            return [], never
        amount, counting = target(scope, LAST_DAY), counted(scope, runs)
        if amount is None or amount <= 0:
            return [], Verdict(FAILED, None)
        if counting is None:
            return [], m.unanchored
        runs, first, closes = counting
        if closes <= until and (not runs or runs[-1][1] < until):
            never = Verdict(FAILED, closes)  # nothing that counts can still begin, and nothing goes on
        if node.further and after >= FIRST_DAY:
            first = max(first, after + 1)
        reached = _days_reached(node, clipped(runs, first, LAST_DAY), ceil(amount), in_months)
        found = _resting_on(behind_of(scope, first, LAST_DAY), [day for day in reached if day <= m.world.as_of])
        return found if node.further else [occasion for occasion in found if occasion[0] > after], never

    return reaching


def _resting_on(rows: list[Row], reached: list[int]) -> list[tuple[int, tuple[Row, ...]]]:
    """Each day with the rows up to it; days between which no row lies share theirs."""
    found: list[tuple[int, tuple[Row, ...]]] = []
    days, number = sorted([row.day for row in rows]), 0
    shared: tuple[Row, ...] = ()
    for day in reached:
        by_then = bisect_right(days, day)
        if by_then != number:
            number, shared = by_then, tuple([row for row in rows if row.day <= day])
        found.append((day, shared))
    return found


def _counted_runs(m: Meaning, node: ir.Reaches) -> Callable[[Scope, list[Run]], tuple[list[Run], int, int] | None]:
    """The runs begun when they must, the day from which days count, and the last day on which a run may begin.

    None while an anchor is unknown.
    """
    begun = time_limit(m, node.begun) if node.begun is not None else None
    counted_from = anchor(m, node.counted_from) if node.counted_from is not None else None

    def counted(scope: Scope, runs: list[Run]) -> tuple[list[Run], int, int] | None:
        first, closes = FIRST_DAY if counted_from is None else counted_from(scope), LAST_DAY
        if begun is not None:
            limits = begun(scope)
            if limits is None:
                return None
            runs, closes = [run for run in runs if limits[0] <= run[0] <= limits[1]], limits[1]
        return None if first is None else (runs, first, closes)

    return counted


def _days_reached(node: ir.Reaches, runs: list[tuple[int, int]], amount: int, in_months: bool) -> list[int]:
    months, days = (amount, 0) if in_months else (0, amount)
    match node.mode:
        case "in total":
            reached = reached_in_total(runs, days)
        case "without a break":
            stretches = bridged(runs, node.allowed_break)
            if not node.further:  # once in each stretch
                ends = ((shift(first, months, days) - 1, last) for first, last in stretches)
                return [day for day, last in ends if day <= last]
            reached = reached_without_break(stretches, months, days)
        case "in any":
            day = reached_in_any(runs, days, node.span_months, node.span_days)
            return [] if day is None else [day]
        case _:
            raise ValueError(node.mode)
    return list(reached) if node.further else [day for day in [next(reached, None)] if day is not None]
