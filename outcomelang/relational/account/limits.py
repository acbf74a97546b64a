"""Limits in the order of days, shared out by levels: totals of days, their running total, single rows on one day only.

With amounts from nothing on, a day is paid whole while the running total is within the limit, and not at all once the
days before have used it up; on the one day between, units are served one after the other. So what a limit leaves behind
is a small table of the days on which it takes something.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from attrs import frozen
from sqlglot import exp

from outcomelang.relational.account.state import (
    ORDER,
    State,
    alias,
    both,
    column,
    inner_join,
    left_join,
    quoted,
    same,
    table,
    when,
)
from outcomelang.relational.primitives import (
    NULL_DAY,
    E,
    greatest,
    minus,
    over,
    plus,
    rounded,
    times,
    whole,
    whole_sum,
    widened,
)


@frozen
class Claim:
    """What claims a limit: drafts for which `where` holds, `value` of each, on the day `at`; those alike in `of` share
    one. `rank` goes before the day. `periods` has number, first and last day of each period with a limit of its own."""

    name: str
    where: E
    of: Mapping[str, E]
    at: E
    value: E
    rank: E | None = None
    periods: exp.Expr | None = None
    bounds: Bounds | None = None
    alone: bool = False
    """A unit has one part only under this limit."""


@frozen
class Bounds:
    """How much there is: a number for all, or a table with a bound by some of the columns `of` and `period`."""

    amount: E
    source: exp.Expr | None = None
    by: tuple[str, ...] = ()


def fate(state: State, claim: Claim, comment: str, clause: str) -> State:
    """Leave behind the days on which the limit takes something: `room` is what is left on such a day, and with room
    the unit where it ends stands beside it, with what is kept of its parts."""
    state = totals_by_day(state, claim, comment, clause)
    state = state.check(_negative(claim), "amounts below nothing come under a limit")
    state = _short_days(state, claim, comment, clause)
    state = _edges(state, claim, comment, clause)
    odd = exp.select(whole(1)).from_(table(f"{claim.name}_edge")).where(column("odd")).limit(1)
    return state.check(odd, "several units stand at one place in the order where a limit ends")


def kept(state: State, claim: Claim) -> tuple[E, exp.Join]:
    """What a limit leaves of the value of each draft, and the table to be joined for it."""
    met = f"{claim.name}_fate"
    mine = claim.at if claim.where == exp.true() else when(claim.where, claim.at, NULL_DAY)
    on: list[E] = [exp.EQ(this=mine, expression=column("at", met))]
    on += [same(value, column(name, met)) for name, value in claim.of.items()]
    if claim.rank is not None:
        on.append(exp.EQ(this=claim.rank.copy(), expression=column("rank", met)))
    own = [(state.col(name), column(f"edge_{name}", met)) for name in ORDER]
    parts = [
        exp.If(this=exp.EQ(this=state.col("place"), expression=whole(place)), true=column(f"kept_{place}", met))
        for place in range(_parts(state, claim))
    ]
    at_edge = parts[0].args["true"] if len(parts) == 1 else exp.Case(ifs=parts[:-1], default=parts[-1].args["true"])
    value = exp.Case(
        ifs=[
            exp.If(this=exp.Is(this=column("at", met), expression=exp.null()), true=claim.value.copy()),
            exp.If(this=exp.Is(this=column("edge_day", met), expression=exp.null()), true=whole(0)),
            exp.If(this=_before(own), true=claim.value.copy()),
            exp.If(this=both(*(exp.EQ(this=a.copy(), expression=b.copy()) for a, b in own)), true=at_edge),
        ],
        default=whole(0),
    )
    return value, left_join(table(met), exp.and_(*on))


def _parts(state: State, claim: Claim) -> int:
    return 1 if claim.alone else state.parts


def _before(pairs: list[tuple[E, E]]) -> E:
    """Whether one stands before the other in the total order."""
    own, other = pairs[0]
    less = exp.LT(this=own.copy(), expression=other.copy())
    if len(pairs) == 1:
        return less
    alike = exp.EQ(this=own.copy(), expression=other.copy())
    return exp.paren(exp.or_(less, exp.and_(alike, _before(pairs[1:]))))


# ---------------------------------------------------------------- totals of days


def _ranked(claim: Claim) -> dict[str, E]:
    return {**claim.of, **({} if claim.rank is None else {"rank": claim.rank}), "at": claim.at}


def totals_by_day(state: State, claim: Claim, comment: str, clause: str) -> State:
    """By whom and day what is claimed, and the least of it."""
    by = _ranked(claim)
    query = (
        exp.select(
            *(alias(value, name) for name, value in by.items()),
            alias(whole_sum(claim.value), "total"),
            alias(exp.Min(this=claim.value.copy()), "least"),
        )
        .from_(state.source())
        .group_by(*(value.copy() for value in by.values()))
    )
    if claim.where != exp.true():
        query = query.where(claim.where.copy())
    if claim.of and claim.periods is None and claim.bounds is not None:
        state = _crowded(state, claim, comment, clause)
        crowd = f"{claim.name}_crowd"
        on = exp.and_(*(same(value, column(name, crowd)) for name, value in claim.of.items()))
        query = query.join(table(crowd), on=on)
    return state.keep(f"{claim.name}_days", query, f"{comment}: what is claimed on each day", clause)


def _crowded(state: State, claim: Claim, comment: str, clause: str) -> State:
    """Those who claim more than there is for them; of all others nothing is taken."""
    assert claim.bounds is not None
    totals = (
        exp.select(
            *(alias(value, name) for name, value in claim.of.items()),
            alias(whole_sum(claim.value), "total"),
            alias(exp.Min(this=claim.value.copy()), "least"),
        )
        .from_(state.source())
        .group_by(*(value.copy() for value in claim.of.values()))
    )
    if claim.where != exp.true():
        totals = totals.where(claim.where.copy())
    query = exp.select(*(column(name, "claimed") for name in claim.of)).from_(totals.subquery(quoted("claimed")))
    query = with_bounds(query, claim.bounds, "claimed")
    more = exp.GT(this=column("total", "claimed"), expression=claim.bounds.amount.copy())
    below = exp.LT(this=column("least", "claimed"), expression=whole(0))
    return state.keep(
        f"{claim.name}_crowd", query.where(exp.or_(more, below)), f"{comment}: who claims more than that", clause
    )


def with_bounds(query: exp.Select, bounds: Bounds, claimed: str) -> exp.Select:
    if bounds.source is None:
        return query
    on = both(*(same(column(name, claimed), column(name, "bounds")) for name in bounds.by))
    query.append("joins", left_join(bounds.source.copy(), on))
    return query


def _negative(claim: Claim) -> exp.Query:
    below = exp.LT(this=column("least"), expression=whole(0))
    return exp.select(whole(1)).from_(table(f"{claim.name}_days")).where(below).limit(1)


# ---------------------------------------------------------------- days that go short


def dated(claim: Claim) -> tuple[exp.Select, list[E]]:
    """What is claimed on each day with the period of the day, and the columns by which a limit is shared (of
    `claimed`)."""
    days, by = f"{claim.name}_days", tuple(_ranked(claim))
    query = exp.select(*(column(name, days) for name in (*by, "total"))).from_(table(days))
    if claim.periods is not None:
        between = exp.Between(this=column("at", days), low=column("first", "periods"), high=column("last", "periods"))
        query.append("joins", left_join(claim.periods.copy(), between))
        query = query.select(column("period", "periods"))
    return query, [column(name, "claimed") for name in (*claim.of, *(() if claim.periods is None else ("period",)))]


def _short_days(state: State, claim: Claim, comment: str, clause: str) -> State:
    assert claim.bounds is not None
    by = tuple(_ranked(claim))
    found, of = dated(claim)
    claimed = found.subquery(quoted("claimed"))
    turn = [column(name, "claimed") for name in by if name not in claim.of]
    running = over(exp.Sum(this=column("total", "claimed")), of, turn)
    summed = exp.select(
        *(column(name, "claimed") for name in (*by, "total")),
        alias(exp.cast(running, "bigint"), "upto"),
        alias(claim.bounds.amount, "bound"),
    ).from_(claimed)
    summed = with_bounds(summed, claim.bounds, "claimed")
    before = minus(column("upto", "summed"), column("total", "summed"))
    query = (
        exp.select(
            *(column(name, "summed") for name in by),
            alias(greatest(minus(column("bound", "summed"), before), whole(0)), "room"),
        )
        .from_(summed.subquery(quoted("summed")))
        .where(exp.GT(this=column("upto", "summed"), expression=column("bound", "summed")))
    )
    return state.keep(f"{claim.name}_short", query, f"{comment}: days on which something is taken", clause)


# ---------------------------------------------------------------- the unit where a limit ends


def _edges(state: State, claim: Claim, comment: str, clause: str) -> State:
    """On the days with room for some: the unit at which it ends, what its parts keep, whether it is one unit."""
    state = state.keep(f"{claim.name}_edge", _edge(state, claim), f"{comment}: the unit at which it ends", clause)
    short, edge = f"{claim.name}_short", f"{claim.name}_edge"
    by = tuple(_ranked(claim))
    kept_columns = [f"kept_{place}" for place in range(_parts(state, claim))]
    query = exp.select(
        *(column(name, short) for name in by),
        *(alias(column(name, edge), f"edge_{name}") for name in ORDER),
        *(column(name, edge) for name in kept_columns),
    ).from_(table(short))
    on = exp.and_(*(same(column(name, short), column(name, edge)) for name in by))
    query.append("joins", left_join(table(edge), on))
    return state.keep(f"{claim.name}_fate", query, f"{comment}: what each day is left with", clause)


def _edge(state: State, claim: Claim) -> exp.Query:
    units = _units(state, claim).subquery(quoted("units"))
    by, parts = tuple(_ranked(claim)), _parts(state, claim)
    upto = over(
        exp.Sum(this=column("total", "units")),
        [column(name, "units") for name in by],
        [column(name, "units") for name in ORDER],
    )
    running = exp.select(exp.Column(this=exp.Star(), table=quoted("units")), alias(exp.cast(upto, "bigint"), "upto"))
    found = running.from_(units).subquery(quoted("found"))
    before = minus(column("upto", "found"), column("total", "found"))
    keeps = minus(column("room", "found"), before)
    is_edge = exp.and_(
        exp.GT(this=column("upto", "found"), expression=column("room", "found")),
        exp.LTE(this=before, expression=column("room", "found")),
    )
    return (
        exp.select(
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
        upto.append(exp.cast(share, "bigint"))
    return [upto[0], *(minus(now, before) for before, now in pairwise(upto))]


def _units(state: State, claim: Claim) -> exp.Select:
    """The units of the days with room for some, each with the values of its parts."""
    by, short = _ranked(claim), f"{claim.name}_short"
    keys = {**by, **{name: state.col(name) for name in ORDER}}
    parts = _parts(state, claim)
    values = []
    if parts > 1:
        for place in range(parts):
            here = exp.EQ(this=state.col("place"), expression=whole(place))
            values.append(alias(whole_sum(when(here, claim.value, whole(0))), f"value_{place}"))
    on = [same(value, column(name, short)) for name, value in by.items()]
    on.append(exp.GT(this=column("room", short), expression=whole(0)))
    query = exp.select(
        *(alias(value, name) for name, value in keys.items()),
        column("room", short),
        alias(whole_sum(claim.value), "total"),
        *values,
        alias(_copies(state, parts), "many"),
    ).from_(state.source())
    query.append("joins", inner_join(table(short), exp.and_(*on)))
    if claim.where != exp.true():
        query = query.where(claim.where.copy())
    return query.group_by(*(value.copy() for value in keys.values()), column("room", short))


def _copies(state: State, parts: int) -> E:
    """More than 1 where a unit, or a part of it, stands there several times."""
    every = exp.Count(this=exp.Star())
    if parts == 1:
        return every
    each = exp.Count(this=exp.Distinct(expressions=[state.col("place")]))
    return plus(minus(every, each), whole(1))
