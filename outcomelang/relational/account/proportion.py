"""Limits that all who claim them share in proportion: running totals in the total order, each share rounded half up.

What is over the limit is known by days; the running total of single drafts is reckoned on those days alone.
"""

from __future__ import annotations

from attrs import evolve
from sqlglot import exp

from outcomelang.relational.account.claim import Claim
from outcomelang.relational.account.limits import dated, totals_by_day, with_bounds
from outcomelang.relational.account.state import State, full_order
from outcomelang.relational.account.words import alias, column, inner_join, left_join, quoted, same, table, when
from outcomelang.relational.cuts import Cuts
from outcomelang.relational.primitives import (
    NULL_DAY,
    E,
    all_of,
    cast,
    minus,
    over,
    plus,
    rounded,
    times,
    whole,
    widened,
)
from outcomelang.relational.trees import select, together


def shared_in_proportion(
    state: State, claim: Claim, name: str, said: tuple[str, str], comment: str, clause: str
) -> State:
    """Each keeps the bound over what is claimed of its amount."""
    state = totals_by_day(state, claim, comment, clause)
    state = state.keep(f"{claim.name}_turns", _turns(claim), f"{comment}: days on which all get less", clause)
    cut = Cuts(f"cut_{len(state.cuts)}", tuple(said for _ in state.contract.flows))
    columns = (*state.columns, f"{cut.name}_n", f"{cut.name}_d")
    query = together([_others(state, claim, columns), _sharing(state, claim, columns, cut)])
    kept = state.replaced(name, columns, query, f"{comment}: what each keeps", clause)
    return evolve(kept, cuts=(*state.cuts, cut))


def _turns(claim: Claim) -> exp.Select:
    """The days of those who claim more than there is: what was claimed before, what in all, and how much there is."""
    assert claim.bounds is not None
    claimed, of = dated(claim)
    before = over(exp.Sum(this=column("total", "claimed")), of, [column("at", "claimed")])
    every = exp.Window(this=exp.Sum(this=column("total", "claimed")), partition_by=list(of))
    by = (*claim.of, "at")
    summed = select(
        *(column(name, "claimed") for name in by),
        alias(minus(cast(before, "bigint"), column("total", "claimed")), "before"),
        alias(cast(every, "bigint"), "every"),
        alias(claim.bounds.amount, "bound"),
    ).from_(claimed.subquery(quoted("claimed")))
    summed = with_bounds(summed, claim.bounds, "claimed")
    return (
        select(*(column(name, "summed") for name in (*by, "before", "every", "bound")))
        .from_(summed.subquery(quoted("summed")))
        .where(exp.GT(this=column("every", "summed"), expression=column("bound", "summed")))
    )


def _on(claim: Claim) -> E:
    turns = f"{claim.name}_turns"
    mine = claim.at if claim.where == exp.true() else when(claim.where, claim.at, NULL_DAY)
    on: list[E] = [exp.EQ(this=mine, expression=column("at", turns))]
    return all_of(*on, *(same(value, column(name, turns)) for name, value in claim.of.items()))


def _others(state: State, claim: Claim, columns: tuple[str, ...]) -> exp.Select:
    """Drafts from which nothing is taken."""
    nothing = {columns[-2]: whole(0), columns[-1]: state.col("amount_d")}
    query = select(*(alias(nothing.get(name, state.col(name)), name) for name in columns)).from_(state.source())
    query.append("joins", left_join(table(f"{claim.name}_turns"), _on(claim)))
    return query.where(exp.Is(this=column("at", f"{claim.name}_turns"), expression=exp.null()))


def _sharing(state: State, claim: Claim, columns: tuple[str, ...], cut: Cuts) -> exp.Select:
    turns = f"{claim.name}_turns"
    of = [column(name, turns) for name in (*claim.of, "at")]
    running = over(exp.Sum(this=claim.value), of, full_order(state))
    upto = plus(column("before", turns), cast(running, "bigint"))
    inner = select(
        *(state.col(name) for name in state.columns),
        *(column(name, turns) for name in ("every", "bound")),
        alias(upto, "upto"),
    ).from_(state.source())
    inner.append("joins", inner_join(table(turns), _on(claim)))
    amount = column("amount_n", "sharing")

    def share(running: E) -> E:
        given = times(widened(running), column("bound", "sharing"))
        return cast(rounded(given, widened(column("every", "sharing")), "half up"), "bigint")

    kept = minus(share(column("upto", "sharing")), share(minus(column("upto", "sharing"), amount)))
    changed = {
        "amount_n": kept,
        f"{cut.name}_n": minus(amount, kept),
        f"{cut.name}_d": column("amount_d", "sharing"),
    }
    chosen = [alias(changed.get(name, column(name, "sharing")), name) for name in columns]
    return select(*chosen).from_(inner.subquery(quoted("sharing")))
