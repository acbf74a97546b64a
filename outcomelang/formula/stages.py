"""The stages of a contract, in the order of calculation, on amounts that are expressions."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from attrs import evolve

from outcomelang.core import ir
from outcomelang.formula import expression as ex
from outcomelang.formula import limits, parties, relations
from outcomelang.formula.blocks import Block, Instanced, Lost, Part, Priced, Settled, amount, each_rounded, lost
from outcomelang.formula.wholeness import is_whole
from outcomelang.formula.workspace import Workspace


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
            return parties.divide(w, place, stage, blocks)
        case ir.FallAway():
            return relations.fall_away(w, place, stage, blocks)
        case ir.ShareOut():
            return parties.share_out(w, place, blocks)
        case ir.Withhold():
            return relations.withhold(w, place, blocks)
        case ir.Repay():
            return parties.repay(w, place, blocks)
        case ir.RoundTotal():
            return parties.round_total(w, place, stage, blocks)
        case _:
            assert_never(stage)


def _rounded(w: Workspace, place: int, block: Block, mode: tuple[str, int]) -> Block:
    """Every amount is rounded on its own; of sums only what is whole already can be told."""
    match block.form:
        case Lost():
            return block
        case Priced(parts):
            return _instalments_rounded(w, place, block, parts, mode)
        case Instanced(flow, index, bodies):
            form = Instanced(flow, index, tuple(each_rounded(w, body, mode) for body in bodies))
            return evolve(block, form=form, mode=mode)
        case Settled(axis, index, body, price, measured):
            if price != ex.ONE and not measured:
                return evolve(block, form=Settled(axis, index, body, each_rounded(w, price, mode)))
            if each_rounded(w, body, mode) == body and price == ex.ONE:
                return block
            return lost(block, "each amount is rounded after a limit has cut some of them", place)


def _instalments_rounded(
    w: Workspace, place: int, block: Block, parts: tuple[Part, ...], mode: tuple[str, int]
) -> Block:
    """Each amount at its rounded price. Instalments are rounded so that together they come to the rounded whole."""
    flow = w.contract.flows[block.flows[0]]
    if flow.instalments is None:
        return evolve(block, mode=mode)
    each = ex.number(Fraction(1, flow.instalments.number))
    if all(is_whole(w, ex.times(each, part.price), w.step(mode[1])) for part in parts):
        return evolve(block, mode=mode)
    if not isinstance(flow.subject, ir.Whole) or not isinstance(flow.driver, ir.OneEach):
        return lost(block, "the instalments of each unit are rounded on their own", place)
    paid = ex.rounding(amount(w, block), mode[0], w.step(mode[1]))
    return evolve(block, form=Settled(None, "", paid), mode=mode)
