"""Conditions as functions from a subject to a verdict with its day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from math import ceil
from typing import TYPE_CHECKING

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY, LAST_DAY, shift
from outcomelang.core.names import name_key
from outcomelang.core.rising import is_constant, rises
from outcomelang.evaluation.days import Run, bridged, clipped, reached_in_any, reached_in_total, reached_without_break
from outcomelang.evaluation.event_log import Row
from outcomelang.evaluation.members import for_members, members_found
from outcomelang.evaluation.observation import observed
from outcomelang.evaluation.row_tests import holds
from outcomelang.evaluation.scope import Number, Scope
from outcomelang.evaluation.selections import anchor, exists, window
from outcomelang.evaluation.states import rows_behind
from outcomelang.evaluation.suspensions import time_limit
from outcomelang.evaluation.timing import evidence, select_evidence
from outcomelang.evaluation.verdict import LEFT_OUT, Standing, Verdict, combined

if TYPE_CHECKING:
    from outcomelang.evaluation.meaning import Meaning

Judge = Callable[[Scope], Verdict]
MET, FAILED, OPEN = Standing.MET, Standing.FAILED, Standing.OPEN


def condition(m: Meaning, node: ir.Condition) -> Judge:
    """The verdict on a condition for a subject."""
    match node:
        case ir.Compares():
            return _compares(m, node)
        case ir.LabelIs():
            return _label_is(m, node)
        case ir.ValueGiven():
            return _given(m, node)
        case ir.Happens(select=select, negated=negated):
            return _absent(m, select) if negated else _first_of(_happening(m, select))
        case ir.Reaches():
            return _first_of(_reaching(m, node))
        case ir.Achieved():
            return _achieved(m, node)
        case ir.AtLeast():
            return _at_least(m, node)
        case ir.ForMembers():
            return for_members(m, node)


# ---------------------------------------------------------------- occasions: what may happen several times

Occasions = Callable[[Scope, int], tuple[Sequence[tuple[int, tuple[Row, ...]]], Verdict]]
"""The occasions (day, rows) after a day, in order, and the verdict if none of them serves."""


def occasions(m: Meaning, node: ir.Condition) -> Occasions:
    """Every occasion on which a condition is met: each happening, each further block; for other conditions the one."""
    match node:
        case ir.Happens(select=select, negated=False):
            return _happening(m, select)
        case ir.Reaches():
            return _reaching(m, node)
        case _:
            judge = condition(m, node)

            def single(scope: Scope, after: int) -> tuple[Sequence[tuple[int, tuple[Row, ...]]], Verdict]:
                verdict = judge(scope)
                if verdict.standing is MET and verdict.day is not None:
                    return [(verdict.day, verdict.rows)], Verdict(FAILED, verdict.day, verdict.rows)
                return [], verdict

            return single


def _first_of(several: Occasions) -> Judge:
    def judge(scope: Scope) -> Verdict:
        found, otherwise = several(scope, FIRST_DAY - 1)
        return Verdict(MET, found[0][0], found[0][1]) if found else otherwise

    return judge


def _happening(m: Meaning, select: ir.Select) -> Occasions:
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


def _reaching(m: Meaning, node: ir.Reaches) -> Occasions:
    """The days on which a state reaches a length, again and again; blocks of `further` follow one another."""
    state, target, behind_of = m.state(node.state), m.number(node.target), rows_behind(m, m.states[node.state].days)
    in_months, counted = m.unit(node.target) is ir.Unit.MONTHS, _counted_runs(m, node)

    def reaching(scope: Scope, after: int) -> tuple[Sequence[tuple[int, tuple[Row, ...]]], Verdict]:
        runs, until = state(scope)
        never = Verdict(OPEN if until < m.last_day else FAILED, m.last_day)
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
    days, shared, found = sorted([row.day for row in rows]), {}, []
    for day in reached:
        number = bisect_right(days, day)
        if number not in shared:
            shared[number] = tuple([row for row in rows if row.day <= day])
        found.append((day, shared[number]))
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


# ---------------------------------------------------------------- the other conditions


def _absent(m: Meaning, select: ir.Select) -> Judge:
    """`no EVENT occurs`: met on the window's last day, once observed until then."""
    bounds, anything = window(m, select.window), exists(m, select)
    until = m.observed_until(select.of.event) if isinstance(select.of, ir.Rows) else m.as_of_day
    behind = select_evidence(m, select)

    def judge(scope: Scope) -> Verdict:
        limits = bounds(scope)
        if limits is None:
            return m.unanchored
        if anything(scope, m.world.as_of):
            rows = tuple(behind(scope, m.world.as_of))
            return Verdict(FAILED, min((row.day for row in rows), default=None), rows[:1])
        last = limits[1] if limits[1] < LAST_DAY else m.world.term_last
        return Verdict(MET, last) if last <= min(until(scope), m.world.as_of) else Verdict(OPEN, last)

    return judge


def _compares(m: Meaning, node: ir.Compares) -> Judge:
    left, right = m.number(node.left), m.number(node.right)
    left_rows, right_rows = evidence(m, node.left), evidence(m, node.right)
    rising = node.comparator in (">=", ">") and rises(m.known, node.left) and is_constant(m.known, node.right)
    settled_left, settled_right = m.settled(node.left), m.settled(node.right)
    seen_left, seen_right = observed(m, node.left), observed(m, node.right)
    named = _named_event(m, node)

    def judge(scope: Scope) -> Verdict:
        given = m.is_stipulated(node.left, scope) or m.is_stipulated(node.right, scope)
        settled = max(settled_left(scope), settled_right(scope), named(scope))
        a, b = left(scope, LAST_DAY if given else m.world.as_of), right(scope, LAST_DAY if given else m.world.as_of)
        if rising and not given and a is not None and b is not None and holds(a, node.comparator, b):
            day = max(_first_day(left, node.comparator, right, scope, m.world.as_of), named(scope))
            return Verdict(MET, day, tuple(left_rows(scope, day)))
        if scope.undecided or (not given and settled > min(m.world.as_of, seen_left(scope), seen_right(scope))):
            return Verdict(OPEN, settled)
        if a is None or b is None:
            missing = _named(node.left if a is None else node.right)
            m.world.facts.notes.add("no-value", f"{missing} has no value: no condition on it is met", scope.row)
        rows = () if given else (*left_rows(scope, settled), *right_rows(scope, settled))
        met = a is not None and b is not None and holds(a, node.comparator, b)
        return Verdict(
            MET if met else FAILED, max(settled, m.world.term_first) if settled == FIRST_DAY else settled, rows
        )

    return judge


def _named(node: ir.Quantity) -> str:
    match node:
        case ir.Read(measure=name) | ir.Lookup(table=name) | ir.Attribute(name=name):
            return name
        case ir.Summed(attribute=name):
            return f"The total {name}"
        case _:
            return "A measure"


def _first_day(left: Number, comparator: str, right: Number, scope: Scope, last: int) -> int:
    """The first day on which a rising quantity suffices: it holds on `last`, and never stops holding."""
    low, high = FIRST_DAY, last
    while low < high:
        middle = (low + high) // 2
        a, b = left(scope, middle), right(scope, middle)
        if a is not None and b is not None and holds(a, comparator, b):
            high = middle
        else:
            low = middle + 1
    return low


def _named_event(m: Meaning, node: ir.Compares) -> Callable[[Scope], int]:
    """The day of the row at hand, which a condition on its attributes cannot precede."""
    return lambda scope: scope.row.day if scope.row is not None else FIRST_DAY


def _label_is(m: Meaning, node: ir.LabelIs) -> Judge:
    label = _label_of(m, node.of)
    wanted = {name_key(text) for text in node.labels}

    def judge(scope: Scope) -> Verdict:
        text, day = label(scope), scope.row.day if scope.row is not None else scope.latest_joining
        rows = (scope.row,) if scope.row is not None else ()
        met = text is not None and (name_key(text) in wanted) != node.negated
        return Verdict(MET if met else FAILED, day, rows)

    return judge


def _label_of(m: Meaning, node: ir.Quantity | ir.GroupLabel) -> Callable[[Scope], str | None]:
    match node:
        case ir.GroupLabel(partition=partition):
            return lambda scope: m.world.scope_label(scope, partition)
        case ir.Attribute(name=name):

            def text(scope: Scope) -> str | None:
                value = scope.row.attributes.get(name) if scope.row is not None else None
                if isinstance(value, bool):
                    return "yes" if value else "no"
                return None if value is None else str(value)

            return text
        case _:
            raise TypeError(f"{type(node).__name__} has no label")


def _given(m: Meaning, node: ir.ValueGiven) -> Judge:
    if isinstance(node.of, ir.Attribute):
        name = node.of.name

        def in_row(scope: Scope) -> Verdict:
            row = scope.row
            given = row is not None and name in row.attributes
            return Verdict(MET if given != node.negated else FAILED, row.day if row is not None else None)

        return in_row
    number = m.number(node.of)

    def judge(scope: Scope) -> Verdict:
        given = number(scope, LAST_DAY) is not None
        return Verdict(MET if given != node.negated else FAILED, m.world.term_last)

    return judge


def _achieved(m: Meaning, node: ir.Achieved) -> Judge:
    result, subject = m.outcome(node.outcome), m.outcomes[node.outcome].subject

    def judge(scope: Scope) -> Verdict:
        own = m.world.projected(subject, scope)
        found = result(own)
        achievements, verdict = found.achievements, found.verdict
        if achievements:
            rows = achievements[0].rows if own is scope else ()
            return Verdict(FAILED if node.negated else MET, achievements[0].day, rows)
        if not node.negated or verdict.standing is not FAILED:
            return verdict
        return Verdict(MET, verdict.day if verdict.day is not None else m.last_day, verdict.rows)

    return judge


def _at_least(m: Meaning, node: ir.AtLeast) -> Judge:
    items = [(condition(m, i.where) if i.where is not None else None, condition(m, i.condition)) for i in node.items]
    return listed(items, node.least)


def listed(items: Sequence[tuple[Judge | None, Judge]], least: int | None) -> Judge:
    """All: the latest day of the parts; at least n: the day of the n-th. Items that do not apply are left out."""

    def judge(scope: Scope) -> Verdict:
        verdicts: list[Verdict] = []
        for where, judge_item in items:
            if where is not None and (applies := where(scope)).standing is not MET:
                if applies.standing is OPEN:
                    verdicts.append(applies)
                continue
            verdict = judge_item(scope)
            if verdict.standing is not Standing.LEFT_OUT:
                verdicts.append(verdict)
        if not verdicts:
            return LEFT_OUT
        return combined(verdicts, len(verdicts) if least is None else least)

    return judge
