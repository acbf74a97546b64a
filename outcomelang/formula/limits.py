"""Limits: the lesser of what there is and what is asked, for each key of whom and when."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from outcomelang.core import ir
from outcomelang.formula import amended_limits
from outcomelang.formula import expression as ex
from outcomelang.formula.blocks import Block, Instanced, Lost, Part, Priced, Settled, at, lost, units
from outcomelang.formula.describing import axis_said, each, limit_named
from outcomelang.formula.expression import Expression
from outcomelang.formula.quantities import expression_of, unit_text
from outcomelang.formula.signs import positive
from outcomelang.formula.symbols import Axis, ByLimit, InTurn, Symbol, UnderLimit, Valued, ValueOf
from outcomelang.formula.wholeness import is_whole
from outcomelang.formula.workspace import At, NoForm, Workspace

Limit = ir.CountLimit | ir.MoneyLimit


def axis_of(stage: Limit) -> Axis | None:
    """Of whom and in which period a limit is; None: one for all."""
    if (stage.per is None or isinstance(stage.per, ir.Whole)) and stage.calendar is None:
        return None
    per = None if isinstance(stage.per, ir.Whole) else stage.per
    return ByLimit(per, stage.calendar, stage.by_claim_date and stage.calendar is not None)


def names_of(w: Workspace, block: Block) -> tuple[str, ...]:
    """The payments that a block holds, or the line that a limit added."""
    return tuple(dict.fromkeys(w.contract.flows[each].name for each in block.flows)) or (block.title,)


def limited(w: Workspace, stage: Limit, block: Block) -> bool:
    """Whether any of a block comes under a limit: repayments only where they are named."""
    payer = stage.payer if isinstance(stage, ir.MoneyLimit) else None
    if payer is not None and block.payer not in ("", payer):
        return False
    flows = [w.contract.flows[each] for each in block.flows]
    if not flows:
        return not stage.flows
    return any(flow.name in stage.flows or (not stage.flows and not flow.repays) for flow in flows)


def _wholly(w: Workspace, stage: Limit, block: Block) -> bool:
    flows = [w.contract.flows[each] for each in block.flows]
    payer = stage.payer if isinstance(stage, ir.MoneyLimit) else None
    if payer is not None and block.payer != payer:
        return False
    return all(flow.name in stage.flows or (not stage.flows and not flow.repays) for flow in flows)


# ---------------------------------------------------------------- limits of money


def money_limit(w: Workspace, place: int, stage: ir.MoneyLimit, blocks: list[Block]) -> list[Block]:
    blocks = [part for block in blocks for part in _covered(w, place, stage, block)]
    inside = [block for block in blocks if limited(w, stage, block) and not _outside(place, block)]
    if not inside:
        return blocks
    rest = [block for block in blocks if block not in inside]
    try:
        return [*rest, *_limited(w, place, stage, inside, blocks)]
    except NoForm as none:
        return [*rest, *(lost(block, none.because, place) for block in inside)]


def _limited(w: Workspace, place: int, stage: ir.MoneyLimit, inside: list[Block], every: list[Block]) -> list[Block]:
    _checked(w, stage, inside)
    if stage.bounds:
        return amended_limits.in_turn(w, place, stage, inside)
    axis = axis_of(stage)
    asked = ex.plus(*(at(w, block, axis) for block in inside))
    single = len(inside) == 1 and _is_one_amount(inside[0])
    if stage.order not in (ir.Order.FROM_TOTAL, ir.Order.PROPORTION) and not single and not positive(w, asked):
        raise NoForm("what is less than nothing makes room for what is earned later only")
    room = room_of(w, stage, axis, every)
    index = w.index(axis, axis_said(w, axis)) if axis is not None else ""
    whole = merged(inside)
    if stage.order is ir.Order.FROM_TOTAL:
        line = ex.least(ex.less(room, asked), ex.NOTHING)
        form = Settled(axis, index, line)
        return [
            *inside,
            Block((), form, "", None, stage.title or "Limit", stage.origin.clause, room if axis is None else None),
        ]
    kept = evolve(whole, form=Settled(axis, index, ex.least(room, asked)))
    if stage.excess is ir.Excess_.PAID_BY:
        over = Settled(axis, index, ex.greatest(ex.less(asked, room), ex.NOTHING))
        return [kept, evolve(whole, form=over, payer=stage.excess_to or "")]
    return [kept]


def _checked(w: Workspace, stage: ir.MoneyLimit, inside: list[Block]) -> None:
    """What makes a limit's result hang on more than sums."""
    if stage.excess is ir.Excess_.CARRIED:
        raise NoForm("what is above it is carried into later periods")
    for block in inside:
        if isinstance(block.form, Lost):
            raise NoForm(block.form.because)
        if not _wholly(w, stage, block):
            names = " and ".join(names_of(w, block))
            raise NoForm(f"it covers a part of what an earlier limit lets {names} come to together")


def _is_one_amount(block: Block) -> bool:
    return isinstance(block.form, Instanced) and not block.form.index and len(block.form.bodies) == 1


def merged(inside: list[Block]) -> Block:
    flows = tuple(dict.fromkeys(flow for block in inside for flow in block.flows))
    payers = {block.payer for block in inside}
    lines = tuple(
        dict.fromkeys(line for block in inside for line in (*block.lines, *([block.title] * (not block.flows))))
    )
    payer = payers.pop() if len(payers) == 1 else ""
    return evolve(inside[0], flows=flows, payer=payer, title="", room=None, lines=lines)


def room_of(w: Workspace, stage: Limit, axis: Axis | None, every: list[Block]) -> Expression:
    """How much there is: never less than nothing, and nothing where the amount has no value."""
    found = _most(w, stage, axis)
    if isinstance(stage, ir.MoneyLimit) and stage.share_of:
        of = [block for block in every if set(names_of(w, block)) & set(stage.share_of)]
        if any(set(names_of(w, block)) - set(stage.share_of) for block in of):
            raise NoForm("it is a share of payments that an earlier limit has made one sum with others")
        found = ex.times(found, ex.plus(*(at(w, block, axis) for block in of)))
    mode = next(((s.mode, s.to) for s in w.contract.stages if isinstance(s, ir.RoundEach)), None)
    if not positive(w, found):
        found = ex.greatest(found, ex.NOTHING)
    if mode is not None and isinstance(stage, ir.MoneyLimit) and not is_whole(w, found, w.step(mode[1])):
        found = ex.rounding(found, mode[0], w.step(mode[1]))
    return found


def _most(w: Workspace, stage: Limit, axis: Axis | None) -> Expression:
    index = w.index(axis, axis_said(w, axis)) if axis is not None else ""
    where = At(stage.per or ir.Whole(), index=index)
    try:
        found = expression_of(w, stage.most, At(ir.Whole(), needs=where.needs))
    except NoForm:
        return _limit_symbol(w, stage, where)
    if axis is not None and where.needs:
        return _limit_symbol(w, stage, where)
    return ex.cases([(ex.All(tuple(where.needs)), found)]) if where.needs else found


def _limit_symbol(w: Workspace, stage: Limit, where: At) -> Expression:
    """The amount of a limit that differs from one to another, as a symbol."""
    if stage.calendar is not None:
        subject: ir.Subject = ir.PerPeriod(stage.calendar, ir.Whole())
    else:
        subject = where.subject
    source = ValueOf(stage.most, subject)
    title = limit_named(stage)
    said = f"the amount of {title} for the {each(w, subject)} {where.index}"
    money = isinstance(stage, ir.MoneyLimit)
    unit = unit_text(w, ir.Unit.MONEY if money else ir.Unit.NUMBER)
    clause = stage.origin.clause
    return w.symbol(
        "l", title, source, where.index, lambda name: Symbol(name, said, unit, clause, source, where.index, short=title)
    )


# ---------------------------------------------------------------- what comes under a limit


def _covered(w: Workspace, place: int, stage: ir.MoneyLimit, block: Block) -> list[Block]:
    """A payment of which a limit covers a part stands in two blocks from there on."""
    names = [name for each in stage.covered for name in each.flows]
    if not limited(w, stage, block) or not set(names_of(w, block)) & set(names):
        return [block]
    if not isinstance(block.form, Priced):
        return [lost(block, "a limit covers a part of it that is no longer told apart", place)]
    return [
        evolve(block, form=Priced(tuple(_narrowed(part, UnderLimit(place, inside)) for part in block.form.parts)))
        for inside in (True, False)
    ]


def _narrowed(part: Part, more: UnderLimit | InTurn) -> Part:
    return evolve(part, narrowed=(*part.narrowed, more))


def _outside(place: int, block: Block) -> bool:
    """Whether a block holds what a limit does not cover."""
    return isinstance(block.form, Priced) and any(
        UnderLimit(place, False) in part.narrowed for part in block.form.parts
    )


# ---------------------------------------------------------------- limits on numbers


def count_limit(w: Workspace, place: int, stage: ir.CountLimit, blocks: list[Block]) -> list[Block]:
    inside = [block for block in blocks if limited(w, stage, block)]
    if not inside:
        return blocks
    rest = [block for block in blocks if block not in inside]
    try:
        return [*rest, *_counted(w, place, stage, inside)]
    except NoForm as none:
        return [*rest, *(lost(block, none.because, place) for block in inside)]


def _counted(w: Workspace, place: int, stage: ir.CountLimit, inside: list[Block]) -> list[Block]:
    if stage.bounds:
        raise NoForm("an amendment changes it, and what was used before counts")
    if stage.excess is ir.Excess_.CARRIED:
        raise NoForm("what is above it is carried into later periods")
    block = inside[0]
    if len(inside) > 1 or len(block.flows) > 1:
        raise NoForm("it counts several payments together, and which of them are refused hangs on days")
    if not isinstance(block.form, Priced):
        raise NoForm("an earlier step has made one sum of what it counts")
    if stage.tests or stage.covered:
        block = _those_tested(place, block)
        others = _those_not_tested(place, inside[0])
        return [*others, *_capped(w, stage, block)]
    return _capped(w, stage, block)


def _those_tested(place: int, block: Block) -> Block:
    assert isinstance(block.form, Priced)
    return evolve(block, form=Priced(tuple(_narrowed(part, UnderLimit(place, True)) for part in block.form.parts)))


def _those_not_tested(place: int, block: Block) -> list[Block]:
    assert isinstance(block.form, Priced)
    parts = tuple(_narrowed(part, UnderLimit(place, False)) for part in block.form.parts)
    return [evolve(block, form=Priced(parts))]


def _capped(w: Workspace, stage: ir.CountLimit, block: Block) -> list[Block]:
    assert isinstance(block.form, Priced)
    parts, axis = block.form.parts, axis_of(stage)
    if len({part.price for part in parts}) == 1:
        return _at_one_price(w, stage, block, parts, axis)
    if all(_is_told_by(w, stage, part) for part in parts):
        return [each for part in parts for each in _at_one_price(w, stage, block, (part,), axis)]
    raise NoForm("its units have several prices, and which of them are refused hangs on days")


def _is_told_by(w: Workspace, stage: ir.CountLimit, part: Part) -> bool:
    """Whether all units under one key of a limit have one price: both go by the rows of the same group."""
    if not isinstance(stage.per, ir.PerGroup):
        return False
    key = ir.KeyByGroup(stage.per.partition)
    return bool(part.narrowed) and all(
        isinstance(each, Valued) and w.names.tables[each.table].by == (key,) for each in part.narrowed
    )


def _at_one_price(
    w: Workspace, stage: ir.CountLimit, block: Block, parts: tuple[Part, ...], axis: Axis | None
) -> list[Block]:
    flow, price = w.contract.flows[block.flows[0]], parts[0].price
    if flow.instalments is not None or any(ref.index for ref in ex.refs(price)):
        raise NoForm("its units differ in what they pay, and which of them are refused hangs on days")
    measured = isinstance(flow.driver, ir.EachUnit)
    asked = ex.plus(*(units(w, part.flow, part.narrowed, axis) for part in parts))
    if measured and not positive(w, asked):
        raise NoForm("its units may be less than nothing")
    room = room_of(w, stage, axis, [])
    room = room if measured else ex.rounding(room, "down", Fraction(1)) if not is_whole(w, room, Fraction(1)) else room
    index = w.index(axis, axis_said(w, axis)) if axis is not None else ""
    kept = evolve(block, form=Settled(axis, index, ex.least(room, asked), price, measured))
    if stage.excess is ir.Excess_.PAID_BY:
        over = ex.greatest(ex.less(asked, room), ex.NOTHING)
        return [kept, evolve(block, form=Settled(axis, index, over, price, measured), payer=stage.excess_to or "")]
    return [kept]
