"""What a limit is on: all payments, each line of a rate card, or those that are named, perhaps in part."""

from __future__ import annotations

from typing import assert_never

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.from_surface import payments, plans, refs, selections, subjects
from outcomelang.core.from_surface.context import Elaboration
from outcomelang.core.scope import Sort, Symbol
from outcomelang.surface import ast


@frozen
class Group:
    """The flows under a limit, and the conditions that each part of it names."""

    flows: tuple[str, ...]
    covered: tuple[ir.Covered, ...] = ()

    def tests(self) -> tuple[ir.Test, ...] | None:
        """The tests, where they are the same for every flow and there is no window."""
        one = {(part.tests, part.window) for part in self.covered}
        flows = {name for part in self.covered for name in part.flows}
        if not self.covered or len(one) > 1 or flows != set(self.flows) or self.covered[0].window is not None:
            return None if self.covered else ()
        return self.covered[0].tests


def limited(e: Elaboration, clause: ast.Limit, flows: tuple[ir.Flow, ...]) -> list[Group] | None:
    match clause.limited:
        case ast.AllPayments():
            return [Group(())]
        case ast.EachLineOf(card):
            names = payments.named_flows(e, (card,), "what has lines")
            return [Group((name,)) for name in names] or None
        case ast.NamedPayments(selects):
            found = [_named(e, select, flows) for select in selects]
            known = [covered for covered in found if covered is not None]
            if len(known) < len(found):
                return None
            names = tuple(dict.fromkeys(name for covered in known for name in covered.flows))
            narrowed = any(covered.tests or covered.window is not None for covered in known)
            return [Group(names, tuple(known) if narrowed else ())]
        case _:
            assert_never(clause.limited)


def _named(e: Elaboration, select: ast.Select, flows: tuple[ir.Flow, ...]) -> ir.Covered | None:
    symbol = refs.named(e, select.head, "what is limited", Sort.PAYMENT, Sort.OUTCOME, Sort.EVENT)
    if symbol is None:
        return None
    at = e.at(select.span)
    if symbol.sort is Sort.PAYMENT:
        names: tuple[str, ...] = e.cards.get(symbol.name, ())
        domain: ir.Domain = ir.Achievements("")
    else:
        names = tuple(flow.name for flow in flows if _driven_by(e, flow, select.head, symbol))
        domain = ir.Rows(symbol.name) if symbol.sort is Sort.EVENT else ir.Achievements(symbol.name)
    if not names:
        _nothing_limited(e, select, symbol, flows)
        return None
    if not select.counted:
        return ir.Covered(names, (), None, origin=at)
    here = subjects.scene_of(e, next((flow.subject for flow in flows if flow.name in names), ir.Whole()))
    chosen = selections.narrowed(e, domain, select.counted, here).select
    return ir.Covered(names, chosen.tests, chosen.window, origin=at)


def _driven_by(e: Elaboration, flow: ir.Flow, ref: ast.Ref, symbol: Symbol) -> bool:
    match flow.driver:
        case ir.EachAchievement(outcome):
            shape = e.outcomes.get(symbol.name)
            if ref.at is not None and shape is not None and shape.rungs is not None:
                return outcome == shape.rungs.get(refs.rung_of(ref.at))
            return outcome == symbol.name or (shape is not None and outcome in (shape.rungs or {}).values())
        case ir.EachRow(select):
            return select.of == ir.Rows(symbol.name)
        case ir.OneEach() | ir.EachUnit() | ir.EachInPlan():
            return False
        case _:
            assert_never(flow.driver)


def _nothing_limited(e: Elaboration, select: ast.Select, symbol: Symbol, flows: tuple[ir.Flow, ...]) -> None:
    if e.scope.incomplete or e.cards.get(symbol.name) == () or plans.limits_one_of(e, select, symbol, flows):
        return
    e.say(
        "nothing-to-limit",
        select.span,
        f"This limit changes nothing: no payment is made for {select.head.term.text}.",
        label="nothing is paid for it",
    )
