"""What is above a limit in one period goes into the limit of the next, before what is earned there.

Period by period, in their order, as far as the day of the account: of the last period the excess is not paid.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from outcomelang.core import ir
from outcomelang.evaluation import limits
from outcomelang.evaluation.drafts import Draft, Key
from outcomelang.evaluation.scope import Num, Scope, in_period

if TYPE_CHECKING:
    from outcomelang.evaluation.meaning import Meaning


class _Turn(NamedTuple):
    """One period of one limit: of whom, its number and first day, the limit's subject and what is earned in it."""

    of: object
    calendar: ir.Calendar
    bounds: tuple[int, int, int]
    scope: Scope
    own: list[Draft]


def carry_money(m: Meaning, stage: ir.MoneyLimit, limited: list[Draft], bound: limits.Bound) -> list[Draft]:
    """Cut what is above the limit of its period; the entries that later periods pay of it are returned."""
    paid: list[Draft] = []
    for turns in _turns(m, stage, limited):
        waiting: list[tuple[Draft, Draft]] = []
        for turn in turns:
            asked = [*waiting, *((draft, draft) for draft in turn.own)]
            source = {id(claim): draft for claim, draft in asked}
            waiting, room = [], bound((turn.of, turn.bounds[0] or None), turn.scope)
            for claim, excess in limits.shares(stage, [claim for claim, _ in asked], room):
                draft = source[id(claim)]
                if claim is not draft and claim.amount > excess:
                    paid.append(_paid_later(stage, draft, claim.amount - excess, turn))
                elif claim is draft:
                    draft.cut(stage.title, stage.origin.clause, excess)
                if excess > 0:
                    waiting.append((_claim(draft, excess), draft))
    return paid


def _claim(draft: Draft, amount: Num) -> Draft:
    claim = draft.copy()
    claim.amount = amount
    return claim


def _paid_later(stage: ir.MoneyLimit, draft: Draft, amount: Num, turn: _Turn) -> Draft:
    """The part of an amount that a later period pays, on its first day; the units stay where they were earned."""
    number, first, last = turn.bounds
    later = draft.copy()
    later.scope, later.day = in_period(draft.scope, turn.calendar, number, first, last), first
    later.units = later.counted = later.earned = later.rounding = 0
    later.cuts, later.amount = ((f"carried forward by {stage.title}", stage.origin.clause, -amount),), amount
    later.due = max(first, draft.due) if draft.due is not None else None
    return later


def carry_things(m: Meaning, stage: ir.CountLimit, limited: list[Draft], bound: limits.Bound) -> None:
    """Things above the number count in the next period that has room, on its first day; else they are not paid."""
    for turns in _turns(m, stage, limited):
        waiting: list[Draft] = []
        for turn in turns:
            left = bound((turn.of, turn.bounds[0] or None), turn.scope)
            refused = []
            for draft in limits.in_rank(stage, [*waiting, *turn.own]):
                if draft.counted > left:
                    refused.append(draft)
                    continue
                left -= draft.counted
                if draft in waiting:
                    _move(stage, draft, turn)
            waiting = refused
        for draft in waiting:
            draft.cut(f"limit on {draft.flow.name}", stage.origin.clause, draft.amount)
            draft.counted = 0


def _move(stage: ir.CountLimit, draft: Draft, turn: _Turn) -> None:
    """The thing counts on the first day of a later period; nothing is taken from it."""
    number, first, _ = turn.bounds
    said = f"carried into {turn.calendar.name} {number} by {stage.title}"
    draft.cuts = (*draft.cuts, (said, stage.origin.clause, 0))
    draft.day = first
    draft.due = max(first, draft.due) if draft.due is not None else None


def _turns(m: Meaning, stage: ir.CountLimit | ir.MoneyLimit, limited: list[Draft]) -> Iterator[list[_Turn]]:
    """For each subject of a limit its periods up to the day of the account, from the first in which it earns.

    What is earned on a day of no period comes under a limit of its own, and nothing of it is carried forward.
    """
    assert stage.calendar is not None, "what is carried forward has a period"
    calendar, period = m.world.calendars[stage.calendar], limits.belonging(m, stage)
    by_subject: dict[object, dict[int | None, list[Draft]]] = {}
    for draft in limited:
        of, number = _split(period(draft))
        by_subject.setdefault(of, {}).setdefault(number, []).append(draft)
    for of, of_subject in by_subject.items():
        outside = of_subject.pop(None, [])
        if outside:
            scope = limits.limit_scope(m, stage.per, outside[0])
            yield [_Turn(of, calendar, (0, 0, 0), scope, outside)]
        if of_subject:
            yield list(_periods(m, stage, of, calendar, of_subject))


def _split(key: Key) -> tuple[object, int | None]:
    of, number = key
    assert number is None or isinstance(number, int)
    return of, number


def _periods(
    m: Meaning,
    stage: ir.CountLimit | ir.MoneyLimit,
    of: object,
    calendar: ir.Calendar,
    own: dict[int | None, list[Draft]],
) -> Iterator[_Turn]:
    begun = min(number for number in own if number is not None)
    base = limits.limit_scope(m, stage.per, own[begun][0])
    for bounds in m.world.periods(calendar):
        if bounds[0] >= begun and bounds[1] <= m.world.as_of:
            yield _Turn(of, calendar, bounds, in_period(base, calendar, *bounds), own.get(bounds[0], []))
