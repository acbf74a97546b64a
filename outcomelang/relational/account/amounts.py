"""How much there is under a limit: what the contract fixes, by group and period, or a share of what was paid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlglot import exp

from outcomelang.core import ir
from outcomelang.core.calendar import LAST_DAY
from outcomelang.core.declared import declared, rests_on
from outcomelang.evaluation.meaning import Meaning
from outcomelang.evaluation.quantities import rounded
from outcomelang.evaluation.scope import Num, Scope, in_period
from outcomelang.relational import primitives as p
from outcomelang.relational.account.claim import Bounds, Claim
from outcomelang.relational.account.coming_under import Limit
from outcomelang.relational.account.state import State, Unsaid
from outcomelang.relational.account.words import (
    alias,
    column,
    left_join,
    quoted,
    table,
    values,
)
from outcomelang.relational.primitives import whole, whole_sum
from outcomelang.relational.trees import select


def bounds_of(m: Meaning, state: State, stage: Limit) -> Bounds:
    """By group and period, where the amount differs between them; else one for all."""
    found = {(label, number): _amount(m, state, stage, scope) for label, number, scope in _subjects(m, stage)}
    if len(set(found.values())) == 1:
        return Bounds(whole(next(iter(found.values()))))
    by = (*(("of",) if isinstance(stage.per, ir.PerGroup) else ()), *(() if stage.calendar is None else ("period",)))
    rows = [
        (*((label,) if "of" in by else ()), *((number,) if "period" in by else ()), amount)
        for (label, number), amount in found.items()
    ]
    source = values(rows, "bounds", (*by, "bound"))
    return Bounds(column("bound", "bounds"), source, by)


def _subjects(m: Meaning, stage: Limit) -> Iterator[tuple[str | None, int | None, Scope]]:
    """Whoever may share a limit, in each period of its calendar and outside of all."""
    world = m.world
    whose: list[tuple[str | None, Scope]] = [(None, world.whole)]
    if isinstance(stage.per, ir.PerGroup):
        name = stage.per.partition
        whose += [(row.label, world.group(name, row.label)) for row in world.partitions[name].rows]
    elif isinstance(stage.per, ir.PerPerson) and goes_by_group(m, stage.most):
        raise Unsaid("how much there is for each person goes by a group")
    for label, scope in whose:
        yield label, None, scope
        if stage.calendar is not None:
            calendar = world.calendars[stage.calendar]
            for bounds in world.periods(calendar):
                yield label, bounds[0], in_period(scope, calendar, *bounds)


def goes_by_group(m: Meaning, node: ir.Quantity) -> bool:
    """Whether an amount looks up the group of whom it is read for."""

    return any(isinstance(part, ir.KeyByGroup) for part in rests_on(declared(m.contract), node))


def _amount(m: Meaning, state: State, stage: Limit, scope: Scope) -> int:
    found = m.number(stage.most)(scope, LAST_DAY)
    if found is None:
        raise Unsaid("the limit has no value for some")
    return _room(state, stage, max(found, 0))


def _room(state: State, stage: Limit, amount: Num) -> int:
    if isinstance(stage, ir.CountLimit):
        return rounded(amount, "down")
    if state.mode is not None:
        return rounded(amount, *state.mode)
    if amount.denominator != 1:
        raise Unsaid("the limit is no whole number of pennies")
    return amount.numerator


def share_of_paid(m: Meaning, state: State, stage: ir.MoneyLimit, claim: Claim) -> tuple[State, Bounds]:
    """A share of what other payments pay of the same person or group, in the same period."""
    shares = {_share(m, stage, scope) for _, _, scope in _subjects(m, stage)}
    if len(shares) > 1 or state.mode is None:
        raise Unsaid("the share differs, or amounts are not rounded one by one")
    share = next(iter(shares))
    names = (*claim.of, *(() if claim.periods is None else ("period",)))
    paid = _paid_in_periods(state, stage, claim, names)
    name = f"{claim.name}_paid"
    state = state.keep(name, paid, f"{stage.title}: what was paid", stage.origin.clause)
    given = exp.Coalesce(this=column("paid", "bounds"), expressions=[whole(0)])
    found = p.rounded(p.times(given, share[0]), share[1], *(state.mode or ("half up", 1)))
    amount = p.greatest(found, whole(0))
    return state, Bounds(amount, table(name, "bounds"), names)


def _paid_in_periods(state: State, stage: ir.MoneyLimit, claim: Claim, names: Sequence[str]) -> exp.Select:
    """What the other payments paid, by whom and by period."""
    where, keys = state.is_flow(state.flows(stage.share_of)), dict(claim.of)
    if claim.periods is None:
        return state.summed(keys, state.col("amount_n"), "paid", where)
    paid = state.summed({**keys, "at": claim.at}, state.col("amount_n"), "paid", where)
    dated = select(
        *(column(name, "dated") for name in claim.of), column("period", "periods"), column("paid", "dated")
    ).from_(paid.subquery(quoted("dated")))
    between = exp.Between(this=column("at", "dated"), low=column("first", "periods"), high=column("last", "periods"))
    dated.append("joins", left_join(claim.periods, between))
    each = [column(name, "each") for name in names]
    return (
        select(*each, alias(whole_sum(column("paid", "each")), "paid"))
        .from_(dated.subquery(quoted("each")))
        .group_by(*each)
    )


def _share(m: Meaning, stage: ir.MoneyLimit, scope: Scope) -> tuple[int, int]:
    found = m.number(stage.most)(scope, LAST_DAY)
    if found is None or found < 0:
        raise Unsaid("the limit has no value for some")
    return found.as_integer_ratio()
