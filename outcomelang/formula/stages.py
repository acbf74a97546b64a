"""The stages of a contract, in the order of calculation, on amounts that are expressions."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from attrs import evolve

from outcomelang.core import ir
from outcomelang.formula import expression as ex
from outcomelang.formula import limits, relations
from outcomelang.formula.blocks import Block, Instanced, Lost, Priced, Settled, each_rounded
from outcomelang.formula.workspace import NoForm, Workspace


def applied(w: Workspace, place: int, blocks: list[Block]) -> list[Block]:
    """The blocks after one stage."""
    stage = w.contract.stages[place]
    match stage:
        case ir.CountLimit():
            return limits.count_limit(w, place, stage, blocks)
        case ir.MoneyLimit():
            return limits.money_limit(w, place, stage, blocks)
        case ir.RoundEach(mode, to):
            return [_rounded(w, place, block, (mode, to)) for block in blocks]
        case ir.Replace():
            return relations.replace(w, place, stage, blocks)
        case ir.SetOff():
            return relations.set_off(w, place, stage, blocks)
        case ir.Tier():
            return relations.tier(w, place, stage, blocks)
        case ir.Division():
            return relations.divide(w, place, stage, blocks)
        case ir.FallAway():
            return relations.fall_away(w, place, stage, blocks)
        case ir.ShareOut():
            return relations.share_out(w, place, blocks)
        case ir.Withhold():
            return relations.withhold(w, place, blocks)
        case ir.Repay():
            return relations.repay(w, place, blocks)
        case ir.RoundTotal():
            return relations.round_total(w, place, stage, blocks)
        case _:
            assert_never(stage)


def _rounded(w: Workspace, place: int, block: Block, mode: tuple[str, int]) -> Block:
    """Every amount is rounded on its own; of sums only what is whole already can be told."""
    match block.form:
        case Lost():
            return block
        case Priced(parts):
            try:
                _no_odd_instalments(w, parts[0].flow if parts else None, block, mode)
            except NoForm as none:
                return evolve(block, form=Lost(none.because, place))
            return evolve(block, mode=mode)
        case Instanced(flow, index, bodies):
            form = Instanced(flow, index, tuple(each_rounded(w, body, mode) for body in bodies))
            return evolve(block, form=form, mode=mode)
        case Settled(axis, index, body, price, measured):
            if price != ex.ONE and not measured:
                return evolve(block, form=Settled(axis, index, body, each_rounded(w, price, mode)))
            if each_rounded(w, body, mode) == body and price == ex.ONE:
                return block
            return evolve(block, form=Lost("each amount is rounded after a limit has cut some of them", place))


def _no_odd_instalments(w: Workspace, flow: int | None, block: Block, mode: tuple[str, int]) -> None:
    plan = w.contract.flows[flow].instalments if flow is not None else None
    if plan is None or not isinstance(block.form, Priced):
        return
    for part in block.form.parts:
        each = ex.times(ex.number(Fraction(1, plan.number)), part.price)
        if each_rounded(w, each, mode) != each:
            raise NoForm("its instalments are rounded so that they add up to the rounded whole")
