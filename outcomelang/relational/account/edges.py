"""The unit at which a limit ends, on the days that leave room for some, and what its parts keep of it."""

from __future__ import annotations

from itertools import pairwise

from sqlglot import exp

from outcomelang.relational.account.claim import Claim, parts_of, ranked
from outcomelang.relational.account.state import ORDER, State
from outcomelang.relational.account.words import (
    alias,
    column,
    inner_join,
    left_join,
    quoted,
    same,
    table,
    when,
)
from outcomelang.relational.primitives import (
    E,
    all_of,
    cast,
    minus,
    over,
    plus,
    rounded,
    times,
    whole,
    whole_sum,
    widened,
)
from outcomelang.relational.trees import select


def edges(state: State, claim: Claim, comment: str, clause: str) -> State:
    """On the days with room for some: the unit at which it ends, what its parts keep, whether it is one unit."""
    state = state.keep(f"{claim.name}_edge", _edge(state, claim), f"{comment}: the unit at which it ends", clause)
    short, edge = f"{claim.name}_short", f"{claim.name}_edge"
    by = tuple(ranked(claim))
    kept_columns = [f"kept_{place}" for place in range(parts_of(state, claim))]
    query = select(
        *(column(name, short) for name in by),
        *(alias(column(name, edge), f"edge_{name}") for name in ORDER),
        *(column(name, edge) for name in kept_columns),
    ).from_(table(short))
    on = all_of(*(same(column(name, short), column(name, edge)) for name in by))
    query.append("joins", left_join(table(edge), on))
    return state.keep(f"{claim.name}_fate", query, f"{comment}: what each day is left with", clause)


def _edge(state: State, claim: Claim) -> exp.Query:
    units = _units(state, claim).subquery(quoted("units"))
    by, parts = tuple(ranked(claim)), parts_of(state, claim)
    upto = over(
        exp.Sum(this=column("total", "units")),
        [column(name, "units") for name in by],
        [column(name, "units") for name in ORDER],
    )
    running = select(exp.Column(this=exp.Star(), table=quoted("units")), alias(cast(upto, "bigint"), "upto"))
    found = running.from_(units).subquery(quoted("found"))
    before = minus(column("upto", "found"), column("total", "found"))
    keeps = minus(column("room", "found"), before)
    is_edge = all_of(
        exp.GT(this=column("upto", "found"), expression=column("room", "found")),
        exp.LTE(this=before, expression=column("room", "found")),
    )
    return (
        select(
            *(column(name, "found") for name in (*by, *ORDER)),
            *(alias(value, f"kept_{place}") for place, value in enumerate(_kept_parts(keeps, parts))),
            alias(exp.GT(this=column("many", "found"), expression=whole(1)), "odd"),
        )
        .from_(found)
        .where(is_edge)
    )


def _kept_parts(keeps: E, parts: int) -> list[E]:
    """What the parts of the unit keep of what it keeps: in proportion, their running totals rounded half up."""
    if parts == 1:
        return [keeps]
    upto: list[E] = []
    running: E | None = None
    for place in range(parts):
        value = widened(column(f"value_{place}", "found"))
        running = value if running is None else plus(running, value)
        share = rounded(times(running, keeps), widened(column("total", "found")), "half up")
        upto.append(cast(share, "bigint"))
    return [upto[0], *(minus(now, before) for before, now in pairwise(upto))]


def _units(state: State, claim: Claim) -> exp.Select:
    """The units of the days with room for some, each with the values of its parts."""
    by, short = ranked(claim), f"{claim.name}_short"
    keys = {**by, **{name: state.col(name) for name in ORDER}}
    parts = parts_of(state, claim)
    values = []
    if parts > 1:
        for place in range(parts):
            here = exp.EQ(this=state.col("place"), expression=whole(place))
            values.append(alias(whole_sum(when(here, claim.value, whole(0))), f"value_{place}"))
    on = [same(value, column(name, short)) for name, value in by.items()]
    on.append(exp.GT(this=column("room", short), expression=whole(0)))
    query = select(
        *(alias(value, name) for name, value in keys.items()),
        column("room", short),
        alias(whole_sum(claim.value), "total"),
        *values,
        alias(_copies(state, parts), "many"),
    ).from_(state.source())
    query.append("joins", inner_join(table(short), all_of(*on)))
    if claim.where != exp.true():
        query = query.where(claim.where)
    return query.group_by(*keys.values(), column("room", short))


def _copies(state: State, parts: int) -> E:
    """More than 1 where a unit, or a part of it, stands there several times."""
    every = exp.Count(this=exp.Star())
    if parts == 1:
        return every
    each = exp.Count(this=exp.Distinct(expressions=[state.col("place")]))
    return plus(minus(every, each), whole(1))
