"""The order of calculation, one list for the whole contract.

Units → count limits → price → replacement → set-off → rounding of each amount → person, outcome and period limits →
joint shares → limits of one payer → the contract's limit → repayments → rounding of the total.
"""

from __future__ import annotations

from outcomelang.core import ir
from outcomelang.core.from_surface import agreements, payments
from outcomelang.core.from_surface.context import Elaboration, name_of
from outcomelang.core.from_surface.declare import cite_of
from outcomelang.core.from_surface.limits import limit, of_what_was_paid_in_order
from outcomelang.core.from_surface.pennies import fractions
from outcomelang.core.from_surface.rounding import Fractional, grain, odd_pennies, span_of, unstated, whole_pence
from outcomelang.surface import ast


def stages(
    e: Elaboration,
    file: ast.File,
    flows: tuple[ir.Flow, ...],
    joints: tuple[ir.JointParty, ...],
    rounding: ast.Rounding | None,
) -> tuple[ir.Stage, ...]:
    """Every stage in the order of calculation; within a group in the order of the text."""
    counts, money = _limits(e, file, flows)
    tiers, divided = agreements.tiers(e, file, flows), agreements.divisions(e, file, flows)
    if rounding is None:
        _needs_rounding(e, flows, joints, money, fractions(e, flows, tiers, divided, money))
    returned = [stage for stage in divided if _of_repayment(stage, flows)]
    divided = [stage for stage in divided if stage not in returned]
    ranked = agreements.divides_before(divided, money)
    before = (
        *agreements.exits(e, file),
        *counts,
        *tiers,
        *_relations(e, file),
        *_round_each(e, rounding),
        *(divided if ranked else ()),
        *(stage for stage in money if stage.payer is None and not _is_whole(stage) and not stage.share_of),
    )
    odd_pennies(e, flows, joints, before)
    if len(money) > 1:
        _in_order(e, money)
    return (*before, *_shared(e, flows, money), *(() if ranked else divided), *_closing(e, flows, rounding, returned))


def _in_order(e: Elaboration, money: list[ir.MoneyLimit]) -> None:
    """Limits that work in the order of the text; few contracts have two of one step."""
    from outcomelang.core.from_surface.overlaps import overlaps

    own = [stage for stage in money if not stage.share_of]
    overlaps(
        e,
        (
            tuple(stage for stage in own if stage.payer is None and not _is_whole(stage)),
            tuple(stage for stage in own if stage.payer is not None),
        ),
    )


def _of_repayment(stage: ir.Stage, flows: tuple[ir.Flow, ...]) -> bool:
    named = [flow for flow in flows if isinstance(stage, ir.Division) and stage.flow in (flow.name, flow.card)]
    return any(flow.repays for flow in named)


def _shared(e: Elaboration, flows: tuple[ir.Flow, ...], money: list[ir.MoneyLimit]) -> tuple[ir.Stage, ...]:
    """Joint shares, the limits of single payers, and the contract's own."""
    jointly = any(isinstance(party, ir.Jointly) for flow in flows for party in (flow.payer, flow.payee))
    return (
        *((ir.ShareOut(),) if jointly else ()),
        *(stage for stage in money if stage.payer is not None and not stage.share_of),
        *(stage for stage in money if stage.payer is None and _is_whole(stage) and not stage.share_of),
        *of_what_was_paid_in_order(e, [stage for stage in money if stage.share_of]),
    )


def _closing(
    e: Elaboration, flows: tuple[ir.Flow, ...], rounding: ast.Rounding | None, returned: list[ir.Stage]
) -> tuple[ir.Stage, ...]:
    bounded = any(flow.up_to_paid for flow in flows)
    withheld = any(flow.withheld is not None for flow in flows)
    return (
        *((ir.Withhold(),) if withheld else ()),
        *((ir.Repay(),) if bounded else ()),
        *returned,
        *_round_total(e, rounding),
    )


def _is_whole(stage: ir.MoneyLimit) -> bool:
    """Whether a limit is the contract's own: all payments, over the whole term."""
    return not stage.flows and stage.per is None and stage.calendar is None


def _limits(
    e: Elaboration, file: ast.File, flows: tuple[ir.Flow, ...]
) -> tuple[list[ir.CountLimit], list[ir.MoneyLimit]]:
    """The limits on numbers of things, and those on money."""
    found: list[ir.Stage] = []
    for clause in file.clauses:
        if isinstance(clause, ast.Limit):
            e.cite = cite_of(clause)
            found += limit(e, clause, flows)
    counts = [stage for stage in found if isinstance(stage, ir.CountLimit)]
    return counts, [stage for stage in found if isinstance(stage, ir.MoneyLimit)]


def _relations(e: Elaboration, file: ast.File) -> list[ir.Replace | ir.SetOff]:
    """All replacements before all set-offs: what is replaced pays nothing, so nothing is less by it."""
    replacements: list[ir.Replace] = []
    set_offs: list[ir.SetOff] = []
    for clause in file.clauses:
        if not isinstance(clause, ast.Payment | ast.RateCard):
            continue
        e.cite = cite_of(clause)
        own = e.cards[name_of(clause)]
        for modifier in clause.modifiers:
            at = e.at(modifier.span)
            if isinstance(modifier, ast.InsteadOf):
                replaced = payments.named_flows(e, modifier.names, "what is replaced")
                replacements += [ir.Replace(name, replaced, origin=at) for name in own if replaced]
            if isinstance(modifier, ast.LessAny):
                against = payments.named_flows(e, (modifier.payment,), "what is set off")
                set_offs += [ir.SetOff(name, other, origin=at) for name in own for other in against]
    return [*replacements, *set_offs]


_MINOR = {"penny": 1, "pound": 100}


def _round_each(e: Elaboration, rounding: ast.Rounding | None) -> tuple[ir.Stage, ...]:
    if rounding is None or rounding.what != "each amount":
        return ()
    return (ir.RoundEach(rounding.mode, _MINOR[rounding.unit], origin=e.at(rounding.span)),)


def _round_total(e: Elaboration, rounding: ast.Rounding | None) -> tuple[ir.Stage, ...]:
    if rounding is None or rounding.what != "total":
        return ()
    return (ir.RoundTotal(rounding.mode, _MINOR[rounding.unit], origin=e.at(rounding.span)),)


def _needs_rounding(
    e: Elaboration,
    flows: tuple[ir.Flow, ...],
    joints: tuple[ir.JointParty, ...],
    money: list[ir.MoneyLimit],
    between: list[Fractional],
) -> None:
    by_name = {joint.name: joint for joint in joints}
    places = []
    for flow in flows:
        why = whole_pence(e, flow, by_name)
        if why is not None:
            places.append(_place(flow.origin, f"{flow.name}: {why}"))
    for stage in money:
        step = grain(e, stage.most)
        if step is None or step.denominator != 1:
            places.append(_place(stage.origin, "the limit need not be whole pence"))
        elif stage.order is ir.Order.PROPORTION:
            places.append(_place(stage.origin, "what a limit leaves is shared in proportion"))
    if places or between:
        unstated(e, [*places, *between])


def _place(at: ir.Origin, why: str) -> Fractional:
    return Fractional(span_of(at), at.clause, why)
