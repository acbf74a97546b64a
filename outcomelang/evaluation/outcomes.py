"""Outcomes: every achievement by a subject, within its deadline, after what must come before, as often as it may."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY, LAST_DAY
from outcomelang.evaluation.amended import in_turn
from outcomelang.evaluation.conditions import occasions
from outcomelang.evaluation.event_log import Row
from outcomelang.evaluation.observation import decided_until
from outcomelang.evaluation.scope import Number, Scope
from outcomelang.evaluation.suspensions import time_limit
from outcomelang.evaluation.verdict import Achievement, Result, Standing, Verdict

if TYPE_CHECKING:
    from outcomelang.evaluation.meaning import Meaning

Resulting = Callable[[Scope], Result]
Achieved = tuple[Achievement, ...]
Occasion = tuple[int, tuple[Row, ...]]


class JudgedBetween(Protocol):
    """The result by the words of one version: achievements on its days, after those so far."""

    def __call__(
        self, scope: Scope, begins: int = FIRST_DAY, ends: int = LAST_DAY, so_far: Achieved = ()
    ) -> Result: ...


def outcome(m: Meaning, node: ir.Outcome) -> Resulting:
    """The result of one outcome for one subject, computed once."""
    judge = in_turn(m, node, _judged) if node.amended else _judged(m, node)
    stipulated = m.world.stipulated.achieved.get(node.name)

    def result(scope: Scope) -> Result:
        known = scope.results.get(node.name)
        if known is None:
            given = stipulated.get(_stipulated_key(scope)) if stipulated is not None else None
            known = _given(given) if given is not None else judge(scope)
            scope.results[node.name] = known
        return known

    return result


def _stipulated_key(scope: Scope) -> str:
    if scope.row is not None:
        return scope.row.id
    return scope.person.participant if scope.person is not None else scope.period_label or scope.label


def _given(days: list[int]) -> Result:
    achievements = tuple(Achievement(day, number, ()) for number, day in enumerate(days, 1))
    return Result(achievements, Verdict(Standing.MET, days[0]))


def _judged(m: Meaning, node: ir.Outcome) -> JudgedBetween:
    several = occasions(m, node.when)
    deadline = time_limit(m, node.deadline) if node.deadline is not None else None
    earlier = m.outcome(node.after) if node.after is not None else None
    earlier_subject = m.outcomes[node.after].subject if node.after is not None else None
    most, decided = _most(m, node), decided_until(m, node.when)

    def judge(scope: Scope, begins: int = FIRST_DAY, ends: int = LAST_DAY, so_far: Achieved = ()) -> Result:
        after = so_far[-1].day if so_far else FIRST_DAY - 1
        if earlier is not None and earlier_subject is not None:
            before = earlier(m.world.projected(earlier_subject, scope))
            if not before.achievements:
                return Result((), before.verdict._replace(rows=())) if before.verdict.rows else before
            after = max(after, before.achievements[0].day)
        limits = deadline(scope) if deadline is not None else (FIRST_DAY, LAST_DAY)
        if limits is None:
            return Result((), m.unanchored)
        found, otherwise = several(scope, after)
        too_late = False
        if found:
            first, last = max(limits[0], after + 1, begins), min(limits[1], m.world.as_of, ends)
            kept = [occasion for occasion in found if first <= occasion[0] <= last]
            if kept and (times := most(scope, LAST_DAY)) is not None:
                kept = kept[: max(int(times) - len(so_far), 0)]
            if kept:
                return _met(kept, len(so_far))
            too_late = any(day > limits[1] for day, _ in found)
        return Result((), _unmet(m, limits[1], too_late or limits[1] <= decided(scope), otherwise))

    return judge


def _met(kept: Sequence[Occasion], so_far: int) -> Result:
    """So many achievements after those so far."""
    achievements = tuple([Achievement(day, number, rows) for number, (day, rows) in enumerate(kept, so_far + 1)])
    return Result(achievements, Verdict(Standing.MET, kept[0][0], kept[0][1]))


def _most(m: Meaning, node: ir.Outcome) -> Number:
    if node.each_time:
        return lambda scope, until: None
    if node.times is None:
        return lambda scope, until: 1
    times = m.number(node.times)

    def most(scope: Scope, until: int) -> int:
        value = times(scope, until)
        return 0 if value is None else int(value)

    return most


def _unmet(m: Meaning, last: int, decided: bool, otherwise: Verdict) -> Verdict:
    """Failed on the last day of the deadline once that has passed and was observed; else as the condition stands."""
    day = last if otherwise.day is None else min(last, otherwise.day)
    match otherwise.standing:
        case Standing.OPEN:
            if decided and last <= m.world.as_of:
                return Verdict(Standing.FAILED, last)
            return Verdict(Standing.OPEN, day if day < LAST_DAY else m.last_day)
        case Standing.FAILED:
            return Verdict(Standing.FAILED, day if day < LAST_DAY else m.last_day, otherwise.rows)
        case Standing.MET | Standing.LEFT_OUT:
            return Verdict(Standing.FAILED, otherwise.day)
