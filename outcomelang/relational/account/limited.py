"""The limits of the contract as stages: on numbers of things, and on money."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve
from sqlglot import exp

from outcomelang.core import ir
from outcomelang.evaluation.limits import own_title
from outcomelang.evaluation.meaning import Meaning
from outcomelang.relational import primitives as p
from outcomelang.relational import trees
from outcomelang.relational.account.amounts import bounds_of, share_of_paid
from outcomelang.relational.account.claim import Bounds, Claim
from outcomelang.relational.account.coming_under import Limit, claim_of
from outcomelang.relational.account.limits import fate, kept
from outcomelang.relational.account.proportion import shared_in_proportion
from outcomelang.relational.account.state import State, Unsaid
from outcomelang.relational.account.words import (
    alias,
    column,
    doubled,
    values,
    when,
)
from outcomelang.relational.cuts import Cuts
from outcomelang.relational.primitives import E, whole
from outcomelang.relational.stage_needs import outcome_places
from outcomelang.relational.trees import select


def money_limit(m: Meaning, state: State, stage: ir.MoneyLimit, number: int) -> State:
    """Earliest first, or in the order; what is above is not paid."""
    if not state.whole:
        raise Unsaid("amounts under the limit are not rounded one by one")
    if stage.order is ir.Order.FROM_TOTAL:
        raise Unsaid("the limit is taken from the total")
    claim = claim_of(state, stage, number, state.col("amount_n"))
    state, bounds = share_of_paid(m, state, stage, claim) if stage.share_of else (state, bounds_of(m, state, stage))
    claim = evolve(claim, bounds=bounds)
    said, name = f"{stage.title}: {stage.order.value}", f"due_after_limit_{number}"
    if stage.order is ir.Order.PROPORTION:
        titled = stage.title, stage.origin.clause
        state = shared_in_proportion(state, claim, name, titled, said, stage.origin.clause)
        return _passed_on(m, state, stage, number)
    state = fate(state, claim, said, stage.origin.clause)
    value, join = kept(state, claim)
    titles = [(stage.title, stage.origin.clause) for _ in state.contract.flows]
    state = state.cut(name, value, titles, said, stage.origin.clause, [join])
    return _passed_on(m, state, stage, number)


def _passed_on(m: Meaning, state: State, stage: Limit, number: int) -> State:
    """Where another party pays what is above the limit, an entry for each of its amounts: money moves, units do not."""
    if stage.excess is not ir.Excess_.PAID_BY or stage.excess_to is None:
        return state
    if outcome_places(state.contract) or any(_in_periods(flow) for flow in state.contract.flows):
        raise Unsaid("another party pays what is above the limit, of units that the order does not tell apart")
    taken = state.cuts[-1].name
    gave = Cuts(
        f"cut_{len(state.cuts)}",
        tuple((f"excess over {stage.title}", stage.origin.clause) for _ in state.contract.flows),
    )
    columns = (*state.columns, f"{gave.name}_n", f"{gave.name}_d")
    kept: dict[str, E] = {f"{gave.name}_n": whole(0), f"{gave.name}_d": whole(1)}
    moved = _taken_over(state, p.text(stage.excess_to), own_title(m, stage), taken, gave)
    every, more = (
        select(*(alias(changed.get(name, state.col(name)), name) for name in columns)).from_(state.source())
        for changed in (kept, moved)
    )
    more = more.where(exp.NEQ(this=state.col(f"{taken}_n"), expression=whole(0)))
    comment = f"{stage.title}: {stage.excess_to} pays what is above it"
    query = trees.together([every, more])
    passed = state.replaced(f"due_passed_on_{number}", columns, query, comment, stage.origin.clause)
    return evolve(passed, sides=None, parts=2 * state.parts, cuts=(*state.cuts, gave))


def _taken_over(state: State, to: E, title: str, taken: str, gave: Cuts) -> dict[str, E]:
    """What differs in the entry of whoever pays instead."""
    said = exp.Concat(expressions=[p.text("excess of "), state.col("payer"), p.text(f" over {title}")])
    own = exp.Nullif(this=state.col("part"), expression=p.text(""))
    return {
        "payer": to,
        "place": p.plus(state.col("place"), whole(state.parts)),
        "part": exp.Anonymous(this="CONCAT_WS", expressions=[p.text(" / "), own, doubled(said)]),
        "units_n": whole(0),
        "counted_n": whole(0),
        "amount_n": state.col(f"{taken}_n"),
        "amount_d": state.col(f"{taken}_d"),
        "rounding_n": whole(0),
        "rounding_d": whole(1),
        **{f"{cut.name}_n": whole(0) for cut in state.cuts},
        f"{gave.name}_n": exp.Neg(this=state.col(f"{taken}_n")),
        f"{gave.name}_d": state.col(f"{taken}_d"),
    }


def _in_periods(flow: ir.Flow) -> bool:
    return isinstance(flow.subject, ir.PerPeriod) and not isinstance(flow.subject.of, ir.Whole)


def count_limits(m: Meaning, state: State, stages: Sequence[ir.CountLimit], number: int) -> State:
    """Whole things beyond the number are refused, the last in the order first. Limits on different payments, each for
    the same whom, are done at once."""
    claims = [_count(state, stage, number) for stage in stages]
    bounds = [bounds_of(m, state, stage) for stage in stages]
    claim, bound = claims[0], bounds[0]
    if len(stages) > 1:
        which = [
            next((at for at, stage in enumerate(stages) if flow.name in stage.flows), -1)
            for flow in state.contract.flows
        ]
        source = values(((at, each.amount) for at, each in enumerate(bounds)), "bounds", ("which", "bound"))
        bound = Bounds(column("bound", "bounds"), source, ("which",))
        of = {**claim.of, "which": state.by_flow([whole(at) for at in which])}
        where = exp.Paren(this=p.any_of(*(each.where for each in claims)))
        claim = evolve(claim, of=of, where=where)
    claim = evolve(claim, bounds=bound)
    said = "; ".join(f"{stage.title or 'limit on the number'}: the last in the order are refused" for stage in stages)
    clause = stages[0].origin.clause
    state = fate(state, claim, said, clause)
    value, join = kept(state, claim)
    refused = exp.LT(this=value, expression=state.col("counted_n"))
    clauses = {name: stage.origin.clause for stage in stages for name in stage.flows}
    titles = [(f"limit on {flow.name}", clauses.get(flow.name, clause)) for flow in state.contract.flows]
    left = when(refused, whole(0), state.col("amount_n"))
    name = f"due_after_limit_{number}"
    state = state.cut(name, left, titles, said, clause, [join], uncounted=refused)
    return _passed_on(m, state, stages[0], number)


def _count(state: State, stage: ir.CountLimit, number: int) -> Claim:
    flows = [state.contract.flows[place] for place in state.flows(stage.flows)]
    if any(isinstance(flow.driver, ir.EachUnit) or flow.instalments is not None for flow in flows):
        raise Unsaid("the number limits what is measured, or paid in parts")
    return claim_of(state, stage, number, state.col("counted_n"))


def together(m: Meaning, state: State, stages: Sequence[ir.Stage]) -> Sequence[ir.CountLimit]:
    """The limits on numbers, from the first on, that can be done at once: on different payments, one number for all."""
    found: list[ir.CountLimit] = []
    named: set[str] = set()
    for stage in stages:
        if not isinstance(stage, ir.CountLimit) or stage.bounds or stage.order is not ir.Order.EARLIEST:
            break
        first = found[0] if found else stage
        alike = (stage.per, stage.calendar, stage.by_claim_date) == (first.per, first.calendar, first.by_claim_date)
        alike = alike and stage.excess is ir.Excess_.NOT_PAID
        if not alike or not stage.flows or named & set(stage.flows) or bounds_of(m, state, stage).source is not None:
            break
        found.append(stage)
        named |= set(stage.flows)
    return found
