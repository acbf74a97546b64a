"""Outcomes: every achievement by a subject, within its deadline, after what must come before, as often as it may."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY, LAST_DAY
from outcomelang.evaluation import amended
from outcomelang.evaluation.conditions import occasions
from outcomelang.evaluation.event_log import Row
from outcomelang.evaluation.observation import decided_until
from outcomelang.evaluation.rulings import by_rulings, ruled
from outcomelang.evaluation.scope import Number, Scope
from outcomelang.evaluation.suspensions import time_limit
from outcomelang.evaluation.verdict import Achievement, Result, Standing, Verdict

if TYPE_CHECKING:
    from outcomelang.evaluation.meaning import Meaning

Resulting = Callable[[Scope], Result]
Occasions = Sequence[tuple[int, tuple[Row, ...]]]


def outcome(m: Meaning, node: ir.Outcome) -> Resulting:
    """The result of one outcome for one subject, computed once."""
    judge = amended.in_turn(m, node) if node.amended else _judged(m, node)
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


def _judged(m: Meaning, node: ir.Outcome) -> Resulting:
    several = occasions(m, node.when)
    deadline = time_limit(m, node.deadline) if node.deadline is not None else None
    earlier = preceding(m, node.after) if node.after is not None else None
    most, unmet = most_times(m, node), unmet_by(m, node)
    rule = ruled(m, node.name, node.rulings) if node.rulings else None

    def judge(scope: Scope) -> Result:
        after = FIRST_DAY - 1 if earlier is None else earlier(scope)
        if isinstance(after, Result):
            return after
        limits = deadline(scope) if deadline is not None else (FIRST_DAY, LAST_DAY)
        if limits is None:
            return Result((), m.unanchored)
        found, otherwise = several(scope, after)
        if found:
            first, last = max(limits[0], after + 1), min(limits[1], m.world.as_of)
            within = [occasion for occasion in found if first <= occasion[0] <= last]
            if rule is not None:
                candidates = [rule(scope, *occasion) for occasion in within]
                return by_rulings(candidates, most(scope, LAST_DAY), unmet(scope, limits[1], found, otherwise))
            times = most(scope, LAST_DAY)
            kept = within if times is None else within[: int(times)]
            if kept:
                return _achieved(kept)
        return Result((), unmet(scope, limits[1], found, otherwise))

    return judge


def preceding(m: Meaning, name: str) -> Callable[[Scope], int | Result]:
    """The day of the outcome that must come before, or where it stands while it is not achieved."""
    earlier, subject = m.outcome(name), m.outcomes[name].subject

    def before_it(scope: Scope) -> int | Result:
        before = earlier(m.world.projected(subject, scope))
        if before.achievements:
            return before.achievements[0].day
        return Result((), before.verdict._replace(rows=())) if before.verdict.rows or before.waits else before

    return before_it


def unmet_by(m: Meaning, node: ir.Outcome) -> Callable[[Scope, int, Occasions, Verdict], Verdict]:
    """How an outcome stands that is not achieved: by the end of its deadline, what was found and how that stands."""
    decided = decided_until(m, node.when)

    def unmet(scope: Scope, last: int, found: Occasions, otherwise: Verdict) -> Verdict:
        too_late = any(day > last for day, _ in found)
        return _unmet(m, last, too_late or last <= decided(scope), otherwise)

    return unmet


def _achieved(occasions: Sequence[tuple[int, tuple[Row, ...]]]) -> Result:
    achievements = tuple([Achievement(day, number, rows) for number, (day, rows) in enumerate(occasions, 1)])
    return Result(achievements, Verdict(Standing.MET, occasions[0][0], occasions[0][1]))


def most_times(m: Meaning, node: ir.Outcome) -> Number:
    """How often the outcome counts; None: each time."""
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
