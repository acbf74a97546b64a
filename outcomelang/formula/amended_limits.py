"""Limits whose amount an amendment changed: each amount in its turn, less what was used before it."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from outcomelang.core import ir
from outcomelang.formula import expression as ex
from outcomelang.formula import limits
from outcomelang.formula.blocks import Block, Part, Priced, Settled, at
from outcomelang.formula.describing import axis_said
from outcomelang.formula.expression import Expression
from outcomelang.formula.signs import positive
from outcomelang.formula.symbols import Axis, InTurn
from outcomelang.formula.workspace import NoForm, Workspace
from outcomelang.tree import evolve as changed


def in_turn(w: Workspace, place: int, stage: ir.MoneyLimit, inside: list[Block]) -> list[Block]:
    """The blocks under a limit of money that has another amount from a day on."""
    if stage.excess is ir.Excess_.PAID_BY or stage.share_of or not _one_after_another(w, stage):
        raise NoForm("an amendment changes it, and what was used before counts")
    axis = limits.axis_of(stage)
    kept: list[Expression] = []
    asked: list[Expression] = []
    for turn, bound in enumerate(stage.bounds):
        earned = ex.plus(*(at(w, _in_turn(place, turn, block), axis) for block in inside))
        if not positive(w, earned):
            raise NoForm("what is less than nothing makes room for what is earned later only")
        asked.append(earned)
        kept.append(_kept(w, stage, bound, axis, earned, kept))
    index = w.index(axis, axis_said(w, axis)) if axis is not None else ""
    left = ex.plus(*kept)
    if stage.order is ir.Order.FROM_TOTAL:
        line = Settled(axis, index, ex.less(left, ex.plus(*asked)))
        payer = limits.merged(inside).payer
        return [*inside, Block((), line, payer, None, stage.title or "Limit", stage.origin.clause)]
    return [evolve(limits.merged(inside), form=Settled(axis, index, left))]


def _kept(
    w: Workspace, stage: ir.MoneyLimit, bound: ir.Bound, axis: Axis | None, earned: Expression, before: list[Expression]
) -> Expression:
    """What is left of the amounts of one turn; what was kept in the turns before it is used."""
    if bound.most is None:
        return earned
    room = limits.room_of(w, changed(stage, most=bound.most, bounds=()), axis, [])
    rest = ex.greatest(ex.less(room, ex.plus(*before)), ex.NOTHING) if before else room
    return ex.least(earned, rest)


def _one_after_another(w: Workspace, stage: ir.MoneyLimit) -> bool:
    """Whether each amount holds from one day to another, so that each has one turn."""
    personal = any(version.population is not None for version in w.contract.versions)
    if personal and not isinstance(stage.per, ir.Whole | None):
        return False
    turn_of = {version: turn for turn, bound in enumerate(stage.bounds) for version in bound.versions}
    general = [(v.first or date.min, turn_of[n]) for n, v in enumerate(w.contract.versions) if v.population is None]
    return general == sorted(general) and [turn for _, turn in general] == sorted(turn for _, turn in general)


def _in_turn(place: int, turn: int, block: Block) -> Block:
    if not isinstance(block.form, Priced):
        raise NoForm("an amendment changes it after an earlier step has made one sum")
    parts = tuple(Part(part.flow, (*part.narrowed, InTurn(place, turn)), part.price) for part in block.form.parts)
    return evolve(block, form=Priced(parts))
