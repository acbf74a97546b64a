"""Stages that set payments against one another or against time: replacement, set-off, tiers, endings, withholding."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from outcomelang.core import ir
from outcomelang.formula import expression as ex
from outcomelang.formula.blocks import (
    Block,
    Form,
    Instanced,
    Part,
    Priced,
    Settled,
    amount,
    at,
    lost,
)
from outcomelang.formula.describing import axis_said
from outcomelang.formula.expression import Expression
from outcomelang.formula.pricing import pieces
from outcomelang.formula.signs import positive
from outcomelang.formula.symbols import (
    ByUnitsOf,
    EarnedBy,
    Narrowing,
    NotReplaced,
    Released,
    Symbol,
    WhetherEnded,
)
from outcomelang.formula.workspace import NoForm, Workspace


def of_payment(w: Workspace, block: Block, names: tuple[str, ...]) -> bool:
    """Whether a block holds any of these payments (or their cards)."""
    flows = [w.contract.flows[each] for each in block.flows]
    return any(flow.name in names or flow.card in names for flow in flows)


def _narrowed(block: Block, more: Narrowing) -> Form:
    assert isinstance(block.form, Priced)
    return Priced(tuple(evolve(part, narrowed=(*part.narrowed, more)) for part in block.form.parts))


# ---------------------------------------------------------------- replacement and set-off


def replace(w: Workspace, place: int, stage: ir.Replace, blocks: list[Block]) -> list[Block]:
    """Of what is replaced the units that are left are counted."""
    return [_left(w, place, stage, block) if _of(w, block, stage.replaced) else block for block in blocks]


def _of(w: Workspace, block: Block, names: tuple[str, ...]) -> bool:
    return any(w.contract.flows[each].name in names for each in block.flows)


def _left(w: Workspace, place: int, stage: ir.Replace, block: Block) -> Block:
    if isinstance(block.form, Priced):
        return evolve(block, form=_narrowed(block, NotReplaced(place)))
    return lost(block, f"{stage.flow} replaces it where both are due, after an earlier step has made one sum", place)


def set_off(w: Workspace, place: int, stage: ir.SetOff, blocks: list[Block]) -> list[Block]:
    reduced = [block for block in blocks if _of(w, block, (stage.flow,))]
    if not reduced:
        return blocks
    against = [block for block in blocks if of_payment(w, block, (stage.against,))]
    rest = [block for block in blocks if block not in reduced]
    try:
        return [*rest, _set_off(w, stage, reduced, against)]
    except NoForm as none:
        return [*rest, *(lost(block, none.because, place) for block in reduced)]


def _set_off(w: Workspace, stage: ir.SetOff, reduced: list[Block], against: list[Block]) -> Block:
    if len(reduced) > 1 or stage.versions:
        raise NoForm("an amendment changes what is set off")
    if not isinstance(reduced[0].form, Priced) or not all(isinstance(each.form, Priced) for each in against):
        raise NoForm(f"{stage.against} is set off after an earlier step has made one sum")
    flow = w.contract.flows[reduced[0].flows[0]]
    plans = {f.driver.plan for b in (*reduced, *against) for f in flows_of(w, b) if isinstance(f.driver, ir.EachInPlan)}
    if plans:
        raise NoForm("it is set off outcome by outcome of a plan")
    axis = ByUnitsOf(w.contract.flows.index(flow))
    mode = next(((s.mode, s.to) for s in w.contract.stages if isinstance(s, ir.RoundEach)), None)
    earned = at(w, reduced[0], axis)
    taken = ex.plus(*(at(w, evolve(each, mode=mode), axis) for each in against))
    if not positive(w, earned) or not positive(w, taken):
        raise NoForm("what is set off may be less than nothing")
    index = w.index(axis, axis_said(w, axis))
    return evolve(reduced[0], form=Settled(axis, index, ex.greatest(ex.less(earned, taken), ex.NOTHING)))


def flows_of(w: Workspace, block: Block) -> list[ir.Flow]:
    return [w.contract.flows[each] for each in block.flows]


# ---------------------------------------------------------------- tiers


def tier(w: Workspace, place: int, stage: ir.Tier, blocks: list[Block]) -> list[Block]:
    inside = [block for block in blocks if _of(w, block, stage.flows)]
    if not inside:
        return blocks
    rest = [block for block in blocks if block not in inside]
    try:
        return [*rest, _tiered(w, stage, inside)]
    except NoForm as none:
        return [*rest, *(lost(block, none.because, place) for block in inside)]


def _tiered(w: Workspace, stage: ir.Tier, inside: list[Block]) -> Block:
    """Up to the threshold the first price, beyond it the later one: its share of the first."""
    table = w.names.tables[stage.table]
    assert table.until_paid is not None
    ratios = {ratio for block in inside for ratio in _ratios(w, table, block)}
    earned = ex.plus(*(amount(w, block) for block in inside))
    if len(ratios) != 1:
        raise NoForm("its prices change by different shares past the sum, in the order of days")
    if not positive(w, earned):
        raise NoForm("amounts below nothing make room for later ones only")
    threshold = w.money(table.until_paid.threshold)
    past = ex.greatest(ex.less(earned, threshold), ex.NOTHING)
    body = ex.plus(ex.least(earned, threshold), ex.times(ex.number(ratios.pop()), past))
    flows = tuple(dict.fromkeys(flow for block in inside for flow in block.flows))
    return evolve(inside[0], flows=flows, form=Settled(None, "", body))


def _ratios(w: Workspace, table: ir.Table, block: Block) -> list[Fraction]:
    """By what share of itself each price goes on past the threshold."""
    assert table.until_paid is not None
    before, after = table.rows[0].value, table.until_paid.after
    if before is None or not before.value:
        raise NoForm("its first price is nothing")
    assert isinstance(before.value, Fraction)
    later = Fraction(0) if after is None else after.value
    assert isinstance(later, Fraction)
    for each in block.flows:
        flow = w.contract.flows[each]
        if not _is_factor(w, flow.amount, table.name) or not pieces(w, each, flow.amount, flow.subject):
            raise NoForm("its price is no multiple of what changes past the sum")
    return [later / before.value for _ in block.flows]


def _is_factor(w: Workspace, of: ir.Quantity, table: str) -> bool:
    """Whether a price is a multiple of what a table gives, so that it changes in the same proportion."""
    match of:
        case ir.Lookup(name):
            return name == table
        case ir.Read(name):
            return _is_factor(w, w.names.measures[name].quantity, table)
        case ir.Arith("*", left, right):
            return _is_factor(w, left, table) != _is_factor(w, right, table)
        case ir.Arith("/", left, _):
            return _is_factor(w, left, table)
        case _:
            return False


# ---------------------------------------------------------------- time: endings and what is withheld


def fall_away(w: Workspace, place: int, stage: ir.FallAway, blocks: list[Block]) -> list[Block]:
    return [
        part
        for block in blocks
        for part in (_ending(w, place, stage, block) if _of(w, block, stage.flows) else [block])
    ]


def _ending(w: Workspace, place: int, stage: ir.FallAway, block: Block) -> list[Block]:
    if not isinstance(block.form, Priced):
        block = _as_priced(w, place, block)
    if not isinstance(block.form, Priced):
        return [block]
    goes_on = ex.less(ex.ONE, _ended(w, stage))
    before, after = _narrowed(block, EarnedBy(stage.day, False)), _narrowed(block, EarnedBy(stage.day, True))
    assert isinstance(before, Priced) and isinstance(after, Priced)
    late = tuple(evolve(part, price=ex.times(goes_on, part.price)) for part in after.parts)
    return [evolve(block, form=Priced((*before.parts, *late)))]


def _as_priced(w: Workspace, place: int, block: Block) -> Block:
    """The units of a measured payment, where its quantity itself cannot be told apart by days."""
    if isinstance(block.form, Instanced):
        flow = block.form.flow
        of = w.contract.flows[flow]
        try:
            prices = pieces(w, flow, of.amount, of.subject)
        except NoForm as none:
            return lost(block, none.because, place)
        return evolve(block, form=Priced(tuple(Part(flow, each.narrowed, each.price) for each in prices)))
    return lost(block, "what is earned after the day of an ending is no longer told apart", place)


def _ended(w: Workspace, stage: ir.FallAway) -> Expression:
    source = WhetherEnded(stage.event, stage.day)
    said = f"1 where there is a record of {stage.event} by {stage.day:%d %B %Y}, otherwise 0"
    clause = stage.origin.clause
    return w.symbol(
        "b",
        stage.event,
        source,
        "",
        lambda name: Symbol(name, said, "0 or 1", clause, source, short=stage.event, whole=True),
    )


def withhold(w: Workspace, place: int, blocks: list[Block]) -> list[Block]:
    return [_released(w, place, block) for block in blocks]


def _released(w: Workspace, place: int, block: Block) -> Block:
    if all(flow.withheld is None for flow in flows_of(w, block)):
        return block
    if isinstance(block.form, Priced):
        return evolve(block, form=_narrowed(block, Released()))
    return lost(block, "of what a limit leaves, the part that is still withheld hangs on days", place)
