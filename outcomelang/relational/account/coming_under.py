"""What comes under a limit of the contract, and whose limit it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from sqlglot import exp

from outcomelang.core import ir
from outcomelang.relational import primitives as p
from outcomelang.relational.account.claim import Claim
from outcomelang.relational.account.parties import label_of
from outcomelang.relational.account.state import State, Unsaid
from outcomelang.relational.account.words import (
    both,
    known,
    values,
    when,
)
from outcomelang.relational.primitives import E, whole

Limit = ir.CountLimit | ir.MoneyLimit


def claim_of(state: State, stage: Limit, number: int, value: E) -> Claim:
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


def _where(state: State, stage: Limit) -> E:
    places = [at for at in state.flows(stage.flows) if stage.flows or not state.contract.flows[at].repays]
    tests = [state.is_flow(places)]
    if isinstance(stage, ir.MoneyLimit) and stage.payer is not None:
        tests.append(exp.EQ(this=state.col("payer"), expression=p.text(stage.payer)))
    if isinstance(stage, ir.CountLimit):
        tests += [_passes(state, test) for test in stage.tests]
    if stage.covered:
        tests.append(exp.Paren(this=p.any_of(*(_covers(state, part) for part in stage.covered))))
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


def _rank(state: State, stage: Limit) -> E:
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
