"""What comes under a limit of the contract, whose limit it is, and how much there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from attrs import evolve
from sqlglot import exp

from outcomelang.core import ir
from outcomelang.core.calendar import LAST_DAY
from outcomelang.evaluation.limits import own_title
from outcomelang.evaluation.meaning import Meaning
from outcomelang.evaluation.quantities import rounded
from outcomelang.evaluation.scope import Num, Scope, in_period
from outcomelang.relational import primitives as p
from outcomelang.relational.account.limits import Bounds, Claim, fate, kept
from outcomelang.relational.account.parties import label_of
from outcomelang.relational.account.proportion import shared_in_proportion
from outcomelang.relational.account.state import (
    State,
    Unsaid,
    alias,
    both,
    column,
    doubled,
    known,
    left_join,
    quoted,
    table,
    values,
    when,
)
from outcomelang.relational.cuts import Cuts
from outcomelang.relational.primitives import E, whole, whole_sum
from outcomelang.relational.stage_needs import outcome_places

_Limit = ir.CountLimit | ir.MoneyLimit


def money_limit(m: Meaning, state: State, stage: ir.MoneyLimit, number: int) -> State:
    """Earliest first, or in the order; what is above is not paid."""
    if not state.whole:
        raise Unsaid("amounts under the limit are not rounded one by one")
    if stage.order is ir.Order.FROM_TOTAL:
        raise Unsaid("the limit is taken from the total")
    claim = _claim(state, stage, number, state.col("amount_n"))
    state, bounds = _paid(m, state, stage, claim) if stage.share_of else (state, _bounds(m, state, stage))
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


def _passed_on(m: Meaning, state: State, stage: _Limit, number: int) -> State:
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
    said = exp.Concat(expressions=[p.text("excess of "), state.col("payer"), p.text(f" over {own_title(m, stage)}")])
    own = exp.Nullif(this=state.col("part"), expression=p.text(""))
    moved: dict[str, E] = {
        "payer": p.text(stage.excess_to),
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
    every, more = (
        exp.select(*(alias(changed.get(name, state.col(name)), name) for name in columns)).from_(state.source())
        for changed in (kept, moved)
    )
    more = more.where(exp.NEQ(this=state.col(f"{taken}_n"), expression=whole(0)))
    comment = f"{stage.title}: {stage.excess_to} pays what is above it"
    query = exp.union(every, more, distinct=False)
    passed = state.replaced(f"due_passed_on_{number}", columns, query, comment, stage.origin.clause)
    return evolve(passed, sides=None, parts=2 * state.parts, cuts=(*state.cuts, gave))


def _in_periods(flow: ir.Flow) -> bool:
    return isinstance(flow.subject, ir.PerPeriod) and not isinstance(flow.subject.of, ir.Whole)


def count_limits(m: Meaning, state: State, stages: Sequence[ir.CountLimit], number: int) -> State:
    """Whole things beyond the number are refused, the last in the order first. Limits on different payments, each for
    the same whom, are done at once."""
    claims = [_count(state, stage, number) for stage in stages]
    bounds = [_bounds(m, state, stage) for stage in stages]
    claim, bound = claims[0], bounds[0]
    if len(stages) > 1:
        which = [
            next((at for at, stage in enumerate(stages) if flow.name in stage.flows), -1)
            for flow in state.contract.flows
        ]
        source = values(((at, each.amount) for at, each in enumerate(bounds)), "bounds", ("which", "bound"))
        bound = Bounds(column("bound", "bounds"), source, ("which",))
        of = {**claim.of, "which": state.by_flow([whole(at) for at in which])}
        where = exp.paren(exp.or_(*(each.where for each in claims)))
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
    return _claim(state, stage, number, state.col("counted_n"))


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
        if not alike or not stage.flows or named & set(stage.flows) or _bounds(m, state, stage).source is not None:
            break
        found.append(stage)
        named |= set(stage.flows)
    return found


def _claim(state: State, stage: _Limit, number: int, value: E) -> Claim:
    if stage.excess is ir.Excess_.CARRIED:
        raise Unsaid(f"what is above the limit is {stage.excess.value}")
    if stage.bounds:
        raise Unsaid("an amendment changes the limit")
    if any(flow.repays for flow in state.contract.flows if flow.name in stage.flows) and not all(
        flow.repays for flow in state.contract.flows if flow.name in stage.flows
    ):
        raise Unsaid("payments and repayments come under one limit")
    return Claim(
        name=f"due_limit_{number}",
        where=_where(state, stage),
        of=_of(state, stage.per),
        at=state.col("claimed" if stage.by_claim_date else "day"),
        value=value,
        rank=_rank(state, stage) if stage.order is ir.Order.IN_ORDER else None,
        periods=None if stage.calendar is None else periods(state, stage.calendar),
    )


# ---------------------------------------------------------------- what comes under it


def _where(state: State, stage: _Limit) -> E:
    places = [at for at in state.flows(stage.flows) if stage.flows or not state.contract.flows[at].repays]
    tests = [state.is_flow(places)]
    if isinstance(stage, ir.MoneyLimit) and stage.payer is not None:
        tests.append(exp.EQ(this=state.col("payer"), expression=p.text(stage.payer)))
    if isinstance(stage, ir.CountLimit):
        tests += [_passes(state, test) for test in stage.tests]
    if stage.covered:
        tests.append(exp.paren(exp.or_(*(_covers(state, part) for part in stage.covered))))
    return both(*tests)


def _covers(state: State, part: ir.Covered) -> E:
    return both(
        state.is_flow(state.flows(part.flows)),
        *(_passes(state, test) for test in part.tests),
        *([] if part.window is None else _within(state, part.window)),
    )


def _within(state: State, window: ir.Window) -> Iterator[E]:
    for edge, begins in ((window.first, True), (window.last, False)):
        if edge is None:
            continue
        match edge.anchor:
            case ir.Fixed(day=fixed):
                start = p.day(fixed)
            case ir.Joining():
                start = state.col("joined")
                yield known(start)
            case _:
                raise Unsaid("the time of what comes under the limit is told by rows of the log")
        day = p.shift(start, edge.months, edge.days)
        yield (
            exp.GTE(this=state.col("day"), expression=day) if begins else exp.LTE(this=state.col("day"), expression=day)
        )


def _passes(state: State, test: ir.Test) -> E:
    match test:
        case ir.InGroup(partition=partition, labels=labels):
            value = label_of(state, partition)
            within = exp.In(this=value, expressions=[p.text(label) for label in labels])
            return both(known(value), within)
        case ir.AttributeIs() | ir.AttributeCompares() | ir.AttributeGiven() | ir.AttributeDated() | ir.Has():
            raise Unsaid("what comes under the limit is told by rows of the log")
        case _:
            assert_never(test)


def _rank(state: State, stage: _Limit) -> E:
    """The place of the first of its names in the order: of the payee, the payment, the rate card."""
    last = len(stage.names)
    ranks = {name: rank for rank, name in enumerate(stage.names)}
    own = [min(ranks.get(flow.name, last), ranks.get(flow.card, last)) for flow in state.contract.flows]
    payee = exp.Case(
        ifs=[
            exp.If(this=exp.EQ(this=state.col("payee"), expression=p.text(name)), true=whole(rank))
            for name, rank in ranks.items()
        ],
        default=whole(last),
    )
    return p.least(payee, state.by_flow([whole(rank) for rank in own]))


# ---------------------------------------------------------------- whose it is


def _of(state: State, per: ir.Subject | None) -> dict[str, E]:
    match per:
        case None | ir.Whole():
            return {}
        case ir.PerPerson():
            somebody = known(state.col("population"))
            return {
                "of": when(somebody, state.col("participant"), state.col("label")),
                "turn": when(somebody, state.col("episode"), whole(0)),
            }
        case ir.PerGroup(partition=partition):
            return {"of": label_of(state, partition)}
        case ir.PerPeriod() | ir.PerRow() | ir.PerMember() | ir.Pooled():
            raise Unsaid("the limit is one for each row, member, period or pool")
        case _:
            assert_never(per)


def periods(state: State, calendar: str, called: str = "periods") -> exp.Expr:
    """The periods of a calendar: number, first and last day."""
    found = state.periods[calendar]
    if not found:
        raise Unsaid("the calendar of the limit has no period")
    rows = [(number, p.ordinal(first), p.ordinal(last)) for number, first, last in found]
    return values(rows, called, ("period", "first", "last"))


# ---------------------------------------------------------------- how much there is


def _bounds(m: Meaning, state: State, stage: _Limit) -> Bounds:
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


def _subjects(m: Meaning, stage: _Limit) -> Iterator[tuple[str | None, int | None, Scope]]:
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
    from outcomelang.core.declared import declared, rests_on

    return any(isinstance(part, ir.KeyByGroup) for part in rests_on(declared(m.contract), node))


def _amount(m: Meaning, state: State, stage: _Limit, scope: Scope) -> int:
    found = m.number(stage.most)(scope, LAST_DAY)
    if found is None:
        raise Unsaid("the limit has no value for some")
    return _room(state, stage, max(found, 0))


def _room(state: State, stage: _Limit, amount: Num) -> int:
    if isinstance(stage, ir.CountLimit):
        return rounded(amount, "down")
    if state.mode is not None:
        return rounded(amount, *state.mode)
    if amount.denominator != 1:
        raise Unsaid("the limit is no whole number of pennies")
    return amount.numerator


def _paid(m: Meaning, state: State, stage: ir.MoneyLimit, claim: Claim) -> tuple[State, Bounds]:
    """A share of what other payments pay of the same person or group, in the same period."""
    shares = {_share(m, stage, scope) for _, _, scope in _subjects(m, stage)}
    if len(shares) > 1 or state.mode is None:
        raise Unsaid("the share differs, or amounts are not rounded one by one")
    share = next(iter(shares))
    by = {**claim.of, "at": claim.at}
    where = state.is_flow(state.flows(stage.share_of))
    keys = dict(claim.of) if claim.periods is None else by
    paid = (
        exp.select(
            *(alias(value, name) for name, value in keys.items()), alias(whole_sum(state.col("amount_n")), "paid")
        )
        .from_(state.source())
        .where(where)
        .group_by(*(value.copy() for value in keys.values()))
    )
    names = (*claim.of, *(() if claim.periods is None else ("period",)))
    if claim.periods is not None:
        dated = exp.select(
            *(column(name, "dated") for name in claim.of), column("period", "periods"), column("paid", "dated")
        ).from_(paid.subquery(quoted("dated")))
        between = exp.Between(
            this=column("at", "dated"), low=column("first", "periods"), high=column("last", "periods")
        )
        dated.append("joins", left_join(claim.periods.copy(), between))
        each = [column(name, "each") for name in names]
        paid = (
            exp.select(*each, alias(whole_sum(column("paid", "each")), "paid"))
            .from_(dated.subquery(quoted("each")))
            .group_by(*(value.copy() for value in each))
        )
    name = f"{claim.name}_paid"
    state = state.keep(name, paid, f"{stage.title}: what was paid", stage.origin.clause)
    given = exp.Coalesce(this=column("paid", "bounds"), expressions=[whole(0)])
    amount = p.rounded(p.times(given, share[0]), share[1], *(state.mode or ("half up", 1)))
    if not names:
        return state, Bounds(amount, table(name, "bounds"), ())
    return state, Bounds(amount, table(name, "bounds"), names)


def _share(m: Meaning, stage: ir.MoneyLimit, scope: Scope) -> tuple[int, int]:
    found = m.number(stage.most)(scope, LAST_DAY)
    if found is None or found < 0:
        raise Unsaid("the limit has no value for some")
    return found.as_integer_ratio()
