"""Limits whose amount an amendment changed, or that stand in some versions of a contract only.

What is earned before the day is shared out under the old amount as if nothing came later; what comes from the day on
shares what the new amount leaves. What was used before counts, and stays paid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from outcomelang.core import ir
from outcomelang.evaluation import limits
from outcomelang.evaluation.drafts import Draft, Key
from outcomelang.evaluation.scope import Num, Scope

if TYPE_CHECKING:
    from outcomelang.evaluation.meaning import Meaning

Limit = ir.CountLimit | ir.MoneyLimit
Turns = Iterator[tuple[list[Draft], Num | None]]


def in_turn(
    m: Meaning, stage: Limit, drafts: list[Draft], allot: Callable[[list[Draft], Num], list[Draft]]
) -> list[Draft]:
    """Share a limit out turn by turn; the entries that the excess makes are returned."""
    extra: list[Draft] = []
    amounts = _amounts(m, stage, drafts)
    for key, group in limits.under_limit(m, stage, drafts).items():
        used: Num = 0
        for turn, (part, bound) in enumerate(_turns(m, stage, key, group, amounts), 1):
            made = [] if bound is None else allot(part, max(bound - used, 0))
            if isinstance(stage, ir.MoneyLimit) and stage.order is ir.Order.FROM_TOTAL:
                for reduction in made:
                    reduction.sequence = turn
            used += _used(stage, part, made)
            extra += made
    return extra


def _used(stage: Limit, part: list[Draft], made: list[Draft]) -> Num:
    """What some drafts use of a limit: what is left of them, less reductions; another party's part uses nothing."""
    if isinstance(stage, ir.CountLimit):
        return sum((draft.counted for draft in part), 0)
    return sum((draft.amount for draft in part), 0) + sum((d.amount for d in made if d.amount < 0), 0)


def _amounts(m: Meaning, stage: Limit, drafts: list[Draft]) -> list[limits.Bound | None]:
    """How much there is by each amount of a limit; None where there is no limit."""
    return [None if each.most is None else limits.bounds(m, stage, drafts, each.most) for each in stage.bounds]


def _turns(m: Meaning, stage: Limit, key: Key, group: list[Draft], amounts: list[limits.Bound | None]) -> Turns:
    """The drafts under each amount of a limit in turn, and how much it is."""
    whose = limits.limit_scope(m, stage.per, group[0])

    def place(draft: Draft) -> int:
        return _place(m, stage, whose, limits.limit_day(draft, stage.by_claim_date))

    for found, part in groupby(group, place):
        drafts, bound = list(part), amounts[found]
        yield drafts, None if bound is None else bound(key, limits.limited_scope(m, stage, drafts[0]))


def _place(m: Meaning, stage: Limit, scope: Scope, day: int) -> int:
    version = m.world.governing.at(scope, day)
    return next(place for place, bound in enumerate(stage.bounds) if version in bound.versions)


# ---------------------------------------------------------------- how a limit stands


def most_on(m: Meaning, stage: Limit, scope: Scope, day: int) -> ir.Quantity | None:
    """The amount of a limit in the version of a day; None where there is no such limit in it."""
    return stage.bounds[_place(m, stage, scope, day)].most if stage.bounds else stage.most


def on_the_day(m: Meaning, stage: Limit, drafts: list[Draft]) -> limits.Bound:
    """How much there is on the day of the account."""
    if not stage.bounds:
        return limits.bounds(m, stage, drafts)
    amounts = _amounts(m, stage, drafts)

    def bound(key: Key, scope: Scope) -> Num:
        found = amounts[_place(m, stage, scope, m.world.as_of)]
        return 0 if found is None else found(key, scope)

    return bound


def kept_of_total(m: Meaning, stage: ir.MoneyLimit, key: Key, group: list[Draft]) -> Num:
    """What a limit taken from the total leaves of the sum of each turn."""
    used: Num = 0
    for part, bound in _turns(m, stage, key, group, _amounts(m, stage, group)):
        total = sum((draft.amount for draft in part), 0)
        used += total if bound is None else min(total, max(bound - used, 0))
    return used
