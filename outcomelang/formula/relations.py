"""Stages that set payments against one another: replacement, set-off, tiers, endings, shares and repayments."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from outcomelang.core import ir
from outcomelang.formula import expression as ex
from outcomelang.formula.blocks import (
    Block,
    Form,
    Instanced,
    Lost,
    Part,
    Priced,
    Settled,
    amount,
    at,
    each_rounded,
    lost,
)
from outcomelang.formula.describing import axis_said
from outcomelang.formula.expression import Expression
from outcomelang.formula.limits import names_of
from outcomelang.formula.pricing import pieces
from outcomelang.formula.signs import positive
from outcomelang.formula.symbols import (
    ByUnitsOf,
    EarnedBy,
    Named,
    Narrowing,
    NotReplaced,
    Released,
    Symbol,
    WhetherEnded,
)
from outcomelang.formula.wholeness import is_whole
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
    plans = {f.driver.plan for b in (*reduced, *against) for f in _flows(w, b) if isinstance(f.driver, ir.EachInPlan)}
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


def _flows(w: Workspace, block: Block) -> list[ir.Flow]:
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
    if all(flow.withheld is None for flow in _flows(w, block)):
        return block
    if isinstance(block.form, Priced):
        return evolve(block, form=_narrowed(block, Released()))
    return lost(block, "of what a limit leaves, the part that is still withheld hangs on days", place)


# ---------------------------------------------------------------- parties


def divide(w: Workspace, place: int, stage: ir.Division, blocks: list[Block]) -> list[Block]:
    """What a payment comes to in all does not change, but for those for whom a group names nobody to get a part."""
    groups = {each.partition for each in _ends(stage) if isinstance(each, ir.PartyOfGroup)}
    if not groups:
        return blocks
    return [
        _divided(w, place, stage, block, groups) if of_payment(w, block, (stage.flow,)) else block for block in blocks
    ]


def _ends(stage: ir.Division) -> list[ir.Payer]:
    return [*(part.to for part in stage.parts), *([stage.rest_to] if stage.rest_to is not None else [])]


def _divided(w: Workspace, place: int, stage: ir.Division, block: Block, groups: set[str]) -> Block:
    flow = w.contract.flows[block.flows[0]] if block.flows else None
    plain = isinstance(block.form, Priced) and len(groups) == 1 and not stage.versions and flow is not None
    if not plain or isinstance(flow.driver, ir.EachUnit) or flow.instalments is not None:  # type: ignore[union-attr]
        return lost(block, "parts of it go to a party that a group names, and fall away where it names none", place)
    assert isinstance(block.form, Priced)
    group, found = groups.pop(), list[Part]()
    for part in block.form.parts:
        price = each_rounded(w, part.price, block.mode)
        if not isinstance(price, ex.Number) or price.value < 0:
            return lost(block, "parts of it go to a party that a group names, and fall away where it names none", place)
        kept = ex.Number(_to_parties(w, stage, price.value, block.mode))
        found.append(evolve(part, narrowed=(*part.narrowed, Named(group))))
        found.append(evolve(part, narrowed=(*part.narrowed, Named(group, False)), price=kept))
    return evolve(block, form=Priced(tuple(part for part in found if part.price != ex.NOTHING)))


def _to_parties(w: Workspace, stage: ir.Division, price: Fraction, mode: tuple[str, int] | None) -> Fraction:
    """What of one unit goes to parties that are named themselves."""
    left, kept = price, Fraction(0)
    for part in stage.parts:
        last = stage.rest_to is None and part is stage.parts[-1]
        wanted = part.each / 10**w.contract.minor_digits if part.each is not None else price * (part.share or 0)
        wanted = ex.rounded(wanted, mode[0], w.step(mode[1])) if mode is not None else wanted
        taken = left if last else min(wanted, left)
        left -= taken
        kept += taken if not isinstance(part.to, ir.PartyOfGroup) else 0
    return kept + (left if isinstance(stage.rest_to, ir.NamedParty | ir.Jointly) else 0)


def share_out(w: Workspace, place: int, blocks: list[Block]) -> list[Block]:
    """Joint payers stand apart from here on, where a later step looks at one of them."""
    later = w.contract.stages[place + 1 :]
    if not any(isinstance(s, ir.RoundTotal) or (isinstance(s, ir.MoneyLimit) and s.payer) for s in later):
        return [_shares_rounded(w, place, block) for block in blocks]
    joints = {party.name: party for party in w.contract.joint_parties}
    return [part for block in blocks for part in _shares(w, place, block, joints)]


def _joint(w: Workspace, block: Block) -> str:
    names = {f.payer.joint for f in _flows(w, block) if isinstance(f.payer, ir.Jointly) and not f.repays}
    return names.pop() if len(names) == 1 and len(block.flows) == 1 else "" if not names else "several"


def _shares_rounded(w: Workspace, place: int, block: Block) -> Block:
    """Rounded shares add up to the whole, where one of the parties has the odd unit."""
    joints = {party.name: party for party in w.contract.joint_parties}
    rounds = any(isinstance(s, ir.RoundEach) for s in w.contract.stages)
    sides = [side.joint for f in _flows(w, block) for side in (f.payer, f.payee) if isinstance(side, ir.Jointly)]
    if rounds and any(joints[name].odd_units_to is None for name in sides):
        return lost(block, "the rounded shares of joint parties need not add up to the whole", place)
    return block


def _shares(w: Workspace, place: int, block: Block, joints: dict[str, ir.JointParty]) -> list[Block]:
    name = _joint(w, block)
    if not name:
        return [block]
    if name == "several" or block.mode is not None or not isinstance(block.form, Priced):
        return [lost(block, "the parts of joint parties are no longer told apart", place)]
    parts = block.form.parts
    return [
        evolve(
            block,
            payer=party,
            form=Priced(tuple(evolve(part, price=ex.times(ex.number(share), part.price)) for part in parts)),
        )
        for party, share in joints[name].shares
    ]


# ---------------------------------------------------------------- closing the account


def round_total(w: Workspace, place: int, stage: ir.RoundTotal, blocks: list[Block]) -> list[Block]:
    """One rounding for each payment and payer; where joint payers name one for the odd unit, one for the payment."""
    joints = {party.name: party for party in w.contract.joint_parties}
    found: list[Block] = []
    done: set[str] = set()
    for block in blocks:
        name = names_of(w, block)[0]
        if name in done:
            continue
        same = [each for each in blocks if name in names_of(w, each)]
        done.add(name)
        found += _total_rounded(w, place, stage, same, joints)
    return found


def _total_rounded(
    w: Workspace, place: int, stage: ir.RoundTotal, same: list[Block], joints: dict[str, ir.JointParty]
) -> list[Block]:
    if any(isinstance(block.form, Lost) for block in same):
        return same
    step = w.step(stage.to)
    parts = [amount(w, block) for block in same]
    if all(is_whole(w, part, step) for part in parts):
        return same
    flows = {w.contract.flows[each].name for block in same for each in block.flows}
    if len(flows) != 1 or any(not isinstance(f.payee, ir.NamedParty) for b in same for f in _flows(w, b)):
        return [lost(block, "each of the payments in one sum is rounded on its own", place) for block in same]
    flow = _flows(w, same[0])[0]
    joint = joints[flow.payer.joint] if isinstance(flow.payer, ir.Jointly) else None
    if joint is not None and joint.odd_units_to is not None and any(b.payer == joint.odd_units_to for b in same):
        return [evolve(same[0], payer="", form=Settled(None, "", ex.rounding(ex.plus(*parts), stage.mode, step)))]
    if any(not block.payer for block in same):
        return [lost(block, "the part of each payer is rounded on its own", place) for block in same]
    by_payer: dict[str, list[Expression]] = {}
    for block, part in zip(same, parts, strict=True):
        by_payer.setdefault(block.payer, []).append(part)
    return [
        evolve(same[0], payer=payer, form=Settled(None, "", ex.rounding(ex.plus(*own), stage.mode, step)))
        for payer, own in by_payer.items()
    ]


def repay(w: Workspace, place: int, blocks: list[Block]) -> list[Block]:
    """A bounded repayment is at most what was paid between the two."""
    found: list[Block] = []
    for block in blocks:
        bounded = [flow for flow in _flows(w, block) if flow.repays and flow.up_to_paid]
        if not bounded:
            found.append(block)
            continue
        try:
            found.append(_bounded(w, block, bounded[0], blocks))
        except NoForm as none:
            found.append(lost(block, none.because, place))
    return found


def _bounded(w: Workspace, block: Block, flow: ir.Flow, blocks: list[Block]) -> Block:
    between = flow.payer, flow.payee
    if not all(isinstance(side, ir.NamedParty) for side in between):
        raise NoForm("what was paid is told apart by parties that a group names or that stand together")
    others = [each for each in blocks if each is not block and any(f.repays for f in _flows(w, each))]
    if others or len(block.flows) > 1:
        raise NoForm("which of several repayments is cut to what was paid hangs on days")
    paid: list[Expression] = []
    for each in blocks:
        flows = _flows(w, each)
        if each is block:
            continue
        if not all(isinstance(f.payer, ir.NamedParty) and isinstance(f.payee, ir.NamedParty) for f in flows):
            raise NoForm("what was paid is told apart by parties that a group names or that stand together")
        if any((f.payee, f.payer) == between for f in flows):
            paid.append(amount(w, each))
    owed = amount(w, block)
    return evolve(block, form=Settled(None, "", ex.least(owed, ex.plus(*paid))))
