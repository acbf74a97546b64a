"""Limits in the order of days, shared out by levels: totals of days, their running total, single rows on one day only.

With amounts from nothing on, a day is paid whole while the running total is within the limit, and not at all once the
days before have used it up; on the one day between, units are served one after the other. So what a limit leaves behind
is a small table of the days on which it takes something.
"""

from __future__ import annotations

from sqlglot import exp

from outcomelang.relational.account.claim import Bounds, Claim, parts_of, ranked
from outcomelang.relational.account.edges import edges
from outcomelang.relational.account.state import ORDER, State
from outcomelang.relational.account.words import (
    alias,
    both,
    column,
    left_join,
    quoted,
    same,
    table,
    when,
)
from outcomelang.relational.primitives import NULL_DAY, E, all_of, any_of, cast, greatest, minus, over, whole, whole_sum
from outcomelang.relational.trees import select


def fate(state: State, claim: Claim, comment: str, clause: str) -> State:
    """Leave behind the days on which the limit takes something: `room` is what is left on such a day, and with room
    the unit where it ends stands beside it, with what is kept of its parts."""
    state = totals_by_day(state, claim, comment, clause)
    state = state.check(_negative(claim), "amounts below nothing come under a limit")
    state = _short_days(state, claim, comment, clause)
    state = edges(state, claim, comment, clause)
    odd = select(whole(1)).from_(table(f"{claim.name}_edge")).where(column("odd")).limit(1)
    return state.check(odd, "several units stand at one place in the order where a limit ends")


def kept(state: State, claim: Claim) -> tuple[E, exp.Join]:
    """What a limit leaves of the value of each draft, and the table to be joined for it."""
    met = f"{claim.name}_fate"
    mine = claim.at if claim.where == exp.true() else when(claim.where, claim.at, NULL_DAY)
    on: list[E] = [exp.EQ(this=mine, expression=column("at", met))]
    on += [same(value, column(name, met)) for name, value in claim.of.items()]
    if claim.rank is not None:
        on.append(exp.EQ(this=claim.rank, expression=column("rank", met)))
    own = [(state.col(name), column(f"edge_{name}", met)) for name in ORDER]
    parts = [
        exp.If(this=exp.EQ(this=state.col("place"), expression=whole(place)), true=column(f"kept_{place}", met))
        for place in range(parts_of(state, claim))
    ]
    at_edge = parts[0].args["true"] if len(parts) == 1 else exp.Case(ifs=parts[:-1], default=parts[-1].args["true"])
    value = exp.Case(
        ifs=[
            exp.If(this=exp.Is(this=column("at", met), expression=exp.null()), true=claim.value),
            exp.If(this=exp.Is(this=column("edge_day", met), expression=exp.null()), true=whole(0)),
            exp.If(this=_before(own), true=claim.value),
            exp.If(this=both(*(exp.EQ(this=a, expression=b) for a, b in own)), true=at_edge),
        ],
        default=whole(0),
    )
    return value, left_join(table(met), all_of(*on))


def _before(pairs: list[tuple[E, E]]) -> E:
    """Whether one stands before the other in the total order."""
    own, other = pairs[0]
    less = exp.LT(this=own, expression=other)
    if len(pairs) == 1:
        return less
    alike = exp.EQ(this=own, expression=other)
    return exp.Paren(this=any_of(less, all_of(alike, _before(pairs[1:]))))


# ---------------------------------------------------------------- totals of days


def totals_by_day(state: State, claim: Claim, comment: str, clause: str) -> State:
    """By whom and day what is claimed, and the least of it."""
    by = ranked(claim)
    query = (
        select(
            *(alias(value, name) for name, value in by.items()),
            alias(whole_sum(claim.value), "total"),
            alias(exp.Min(this=claim.value), "least"),
        )
        .from_(state.source())
        .group_by(*by.values())
    )
    if claim.where != exp.true():
        query = query.where(claim.where)
    if claim.of and claim.periods is None and claim.bounds is not None:
        state = _crowded(state, claim, comment, clause)
        crowd = f"{claim.name}_crowd"
        on = all_of(*(same(value, column(name, crowd)) for name, value in claim.of.items()))
        query = query.join(table(crowd), on=on)
    return state.keep(f"{claim.name}_days", query, f"{comment}: what is claimed on each day", clause)


def _crowded(state: State, claim: Claim, comment: str, clause: str) -> State:
    """Those who claim more than there is for them; of all others nothing is taken."""
    assert claim.bounds is not None
    totals = (
        select(
            *(alias(value, name) for name, value in claim.of.items()),
            alias(whole_sum(claim.value), "total"),
            alias(exp.Min(this=claim.value), "least"),
        )
        .from_(state.source())
        .group_by(*claim.of.values())
    )
    if claim.where != exp.true():
        totals = totals.where(claim.where)
    query = select(*(column(name, "claimed") for name in claim.of)).from_(totals.subquery(quoted("claimed")))
    query = with_bounds(query, claim.bounds, "claimed")
    more = exp.GT(this=column("total", "claimed"), expression=claim.bounds.amount)
    below = exp.LT(this=column("least", "claimed"), expression=whole(0))
    return state.keep(
        f"{claim.name}_crowd", query.where(any_of(more, below)), f"{comment}: who claims more than that", clause
    )


def with_bounds(query: exp.Select, bounds: Bounds, claimed: str) -> exp.Select:
    if bounds.source is None:
        return query
    on = both(*(same(column(name, claimed), column(name, "bounds")) for name in bounds.by))
    query.append("joins", left_join(bounds.source, on))
    return query


def _negative(claim: Claim) -> exp.Query:
    below = exp.LT(this=column("least"), expression=whole(0))
    return select(whole(1)).from_(table(f"{claim.name}_days")).where(below).limit(1)


# ---------------------------------------------------------------- days that go short


def dated(claim: Claim) -> tuple[exp.Select, list[E]]:
    """What is claimed on each day with the period of the day, and the columns by which a limit is shared (of
    `claimed`)."""
    days, by = f"{claim.name}_days", tuple(ranked(claim))
    query = select(*(column(name, days) for name in (*by, "total"))).from_(table(days))
    if claim.periods is not None:
        between = exp.Between(this=column("at", days), low=column("first", "periods"), high=column("last", "periods"))
        query.append("joins", left_join(claim.periods, between))
        query = query.select(column("period", "periods"))
    return query, [column(name, "claimed") for name in (*claim.of, *(() if claim.periods is None else ("period",)))]


def _short_days(state: State, claim: Claim, comment: str, clause: str) -> State:
    assert claim.bounds is not None
    by = tuple(ranked(claim))
    found, of = dated(claim)
    claimed = found.subquery(quoted("claimed"))
    turn = [column(name, "claimed") for name in by if name not in claim.of]
    running = over(exp.Sum(this=column("total", "claimed")), of, turn)
    summed = select(
        *(column(name, "claimed") for name in (*by, "total")),
        alias(cast(running, "bigint"), "upto"),
        alias(claim.bounds.amount, "bound"),
    ).from_(claimed)
    summed = with_bounds(summed, claim.bounds, "claimed")
    before = minus(column("upto", "summed"), column("total", "summed"))
    query = (
        select(
            *(column(name, "summed") for name in by),
            alias(greatest(minus(column("bound", "summed"), before), whole(0)), "room"),
        )
        .from_(summed.subquery(quoted("summed")))
        .where(exp.GT(this=column("upto", "summed"), expression=column("bound", "summed")))
    )
    return state.keep(f"{claim.name}_short", query, f"{comment}: days on which something is taken", clause)
