"""What payments do to one another, and what time does: replacing, setting off, falling away, withholding, repaying."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from outcomelang.core import ir
from outcomelang.relational import primitives as p
from outcomelang.relational.account.claim import Bounds, Claim
from outcomelang.relational.account.limits import fate, kept
from outcomelang.relational.account.state import State, Unsaid
from outcomelang.relational.account.words import alias, both, column, known, left_join, quoted, table, when
from outcomelang.relational.primitives import E, minus, whole
from outcomelang.relational.trees import select

_SUBJECT = ("s_population", "s_who", "s_turn", "s_kind", "s_calendar", "s_period")


def _subject(state: State) -> dict[str, E]:
    """Within what two payments act on each other: one participant, group or period. No value is unknown."""
    somebody = known(state.col("population"))
    nothing = p.text("")
    return dict(
        zip(
            _SUBJECT,
            (
                when(somebody, state.col("population"), nothing),
                when(somebody, state.col("participant"), state.col("label")),
                when(somebody, state.col("episode"), whole(0)),
                when(somebody, nothing, state.col("kind")),
                when(somebody, nothing, _or(state.col("calendar"), nothing)),
                when(somebody, whole(0), _or(state.col("period"), whole(0))),
            ),
            strict=True,
        )
    )


def _or(value: E, otherwise: E) -> E:
    return exp.Coalesce(this=value, expressions=[otherwise])


def _in_plans(state: State, names: Sequence[str]) -> bool:
    flows = state.contract.flows
    return any(isinstance(flow.driver, ir.EachInPlan) for flow in flows if {flow.name, flow.card} & set(names))


def replace(state: State, stage: ir.Replace, number: int) -> State:
    """Where the payment is due, the replaced ones are not, for the same subject."""
    if _in_plans(state, (stage.flow,)):
        raise Unsaid("payments for outcomes of a plan replace one another")
    keys = _subject(state)
    due = both(state.is_flow(state.flows((stage.flow,))), exp.NEQ(this=state.col("amount_n"), expression=whole(0)))
    acting = select(*(alias(value, name) for name, value in keys.items())).distinct().from_(state.source()).where(due)
    name = f"due_acting_{number}"
    said = f"Where {stage.flow} is due, it replaces others"
    state = state.keep(name, acting, said, stage.origin.clause)
    replaced = state.is_flow(state.flows(stage.replaced))
    who = when(replaced, keys["s_who"], exp.null())
    on = p.all_of(
        exp.EQ(this=who, expression=column("s_who", name)),
        *(exp.EQ(this=value, expression=column(key, name)) for key, value in keys.items() if key != "s_who"),
    )
    met = known(column("s_who", name))
    titles = [(f"replaced by {stage.flow}", stage.origin.clause) for _ in state.contract.flows]
    left = when(met, whole(0), state.col("amount_n"))
    joins = [left_join(table(name), on)]
    return state.cut(f"due_after_replacing_{number}", left, titles, said, stage.origin.clause, joins, uncounted=met)


def set_off(state: State, stage: ir.SetOff, number: int) -> State:
    """A payment is reduced by what another pays for the same subject, each of its amounts once, in the order."""
    flows = state.contract.flows
    reduced = state.flows((stage.flow,))
    against = [place for place, flow in enumerate(flows) if stage.against in (flow.name, flow.card)]
    if _in_plans(state, (stage.flow,)) or not state.whole_flows >= {*reduced, *against}:
        raise Unsaid("a payment of outcomes of a plan, or of fractions of a penny, is set off")
    if set(reduced) & set(against):
        raise Unsaid("a payment is set off against itself")
    keys = _subject(state)
    amount = state.col("amount_n")
    given = amount if state.mode is None else p.rounded(amount, 1, *state.mode)
    pots = state.summed(keys, given, "pot", state.is_flow(against))
    name = f"due_set_off_{number}"
    said = f"{stage.flow} is reduced by what {stage.against} pays"
    state = state.keep(name, pots, said, stage.origin.clause)
    state = _nothing_negative(state, against)
    claim = Claim(
        name=f"due_setting_off_{number}",
        where=(mine := state.is_flow(reduced)),
        of=keys,
        at=p.FIRST,
        value=amount,
        bounds=Bounds(_or(column("pot", "bounds"), whole(0)), table(name, "bounds"), _SUBJECT),
    )
    state = fate(state, claim, said, stage.origin.clause)
    taken, join = kept(state, claim)
    titles = [(f"less {stage.against}", stage.origin.clause) for _ in flows]
    left = when(mine, minus(amount, taken), amount)
    return state.cut(f"due_after_set_off_{number}", left, titles, said, stage.origin.clause, [join])


def _nothing_negative(state: State, flows: Sequence[int]) -> State:
    below = both(state.is_flow(flows), exp.LT(this=state.col("amount_n"), expression=whole(0)))
    negative = select(whole(1)).from_(state.source()).where(below).limit(1)
    return state.check(negative, "an amount below nothing is set off")


def fall_away(state: State, stage: ir.FallAway, number: int) -> State:
    """Nothing is due after the day, if the event happened by then."""
    last = p.day(stage.day)
    ended = (
        select(alias(exp.Count(this=exp.Star()), "ended"))
        .from_(table("endings"))
        .where(
            exp.EQ(this=column("event"), expression=p.text(stage.event)), exp.LTE(this=column("day"), expression=last)
        )
    )
    on_day = p.greatest(state.col("day"), state.col("released"))
    name = f"ended_{number}"
    gone = both(
        state.is_flow(state.flows(stage.flows)),
        exp.GT(this=on_day, expression=last),
        exp.GT(this=column("ended", name), expression=whole(0)),
    )
    titles = [(stage.title, stage.origin.clause) for _ in state.contract.flows]
    left = when(gone, whole(0), state.col("amount_n"))
    join = exp.Join(this=ended.subquery(quoted(name)), kind="CROSS")
    said = f"{stage.title}: nothing after the day is due if the agreement has ended"
    return state.cut(f"due_after_ending_{number}", left, titles, said, stage.origin.clause, [join], uncounted=gone)


def withhold(state: State, stage: ir.Withhold) -> State:
    """What is withheld until a later day than that of the account is not due."""
    flows = state.contract.flows
    held = [flow.withheld for flow in flows]
    later = exp.GT(this=state.col("released"), expression=p.ordinal(state.as_of))
    kept_back = both(
        state.is_flow([place for place, flow in enumerate(flows) if flow.withheld is not None]),
        known(state.col("released")),
        later,
    )
    titles = [("", "") if each is None else (each.title, each.origin.clause) for each in held]
    left = when(kept_back, whole(0), state.col("amount_n"))
    return state.cut("due_after_withholding", left, titles, "What is withheld is not due yet", stage.origin.clause)


def repay(state: State, stage: ir.Repay) -> State:
    """Repayments, the earliest first, are cut to what their payer has been paid."""
    flows = state.contract.flows
    repaying = [place for place, flow in enumerate(flows) if flow.repays]
    if not state.whole:
        raise Unsaid("amounts to be repaid are not rounded one by one")
    if not all(flows[place].up_to_paid for place in repaying):
        raise Unsaid("some repayments are bounded by what was paid, and some are not")
    between = {"payer": state.col("payer"), "payee": state.col("payee")}
    paid = state.summed(between, state.col("amount_n"), "paid", exp.Not(this=state.is_flow(repaying)))
    said = "Repayments are cut to what was paid, the earliest first"
    state = state.keep("due_paid_between", paid, said)
    below = exp.LT(this=column("paid"), expression=whole(0))
    negative = select(whole(1)).from_(table("due_paid_between")).where(below).limit(1)
    state = state.check(negative, "what was paid is below nothing")
    bound = _or(column("paid", "bounds"), whole(0))
    claim = Claim(
        name="due_repaid",
        where=state.is_flow(repaying),
        of=between,
        at=state.col("day"),
        value=state.col("amount_n"),
        bounds=Bounds(bound, table("due_paid_between", "bounds"), ("payer", "payee")),
        alone=True,
    )
    state = fate(state, claim, said, stage.origin.clause)
    value, join = kept(state, claim)
    titles = [("the amount paid", flow.origin.clause) for flow in flows]
    return state.cut("due_after_repaying", value, titles, said, stage.origin.clause, [join])
