"""Stages between parties: who gets a part of a payment, joint shares, rounded totals, and the bound on repayments."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from outcomelang.core import ir
from outcomelang.formula import expression as ex
from outcomelang.formula.blocks import Block, Lost, Part, Priced, Settled, amount, each_rounded, lost
from outcomelang.formula.expression import Expression
from outcomelang.formula.limits import names_of
from outcomelang.formula.relations import flows_of, of_payment
from outcomelang.formula.symbols import Named
from outcomelang.formula.wholeness import is_whole
from outcomelang.formula.workspace import NoForm, Workspace


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
    whole = flow is not None and not isinstance(flow.driver, ir.EachUnit) and flow.instalments is None
    if not whole or not isinstance(block.form, Priced) or len(groups) != 1 or stage.versions:
        return lost(block, "parts of it go to a party that a group names, and fall away where it names none", place)
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
    names = {f.payer.joint for f in flows_of(w, block) if isinstance(f.payer, ir.Jointly) and not f.repays}
    return names.pop() if len(names) == 1 and len(block.flows) == 1 else "" if not names else "several"


def _shares_rounded(w: Workspace, place: int, block: Block) -> Block:
    """Rounded shares add up to the whole, where one of the parties has the odd unit."""
    joints = {party.name: party for party in w.contract.joint_parties}
    rounds = any(isinstance(s, ir.RoundEach) for s in w.contract.stages)
    sides = [side.joint for f in flows_of(w, block) for side in (f.payer, f.payee) if isinstance(side, ir.Jointly)]
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
    waiting = list(blocks)
    while waiting:
        names = set(names_of(w, waiting[0]))
        same = [block for block in waiting if names & set(names_of(w, block))]
        waiting = [block for block in waiting if block not in same]
        found += _total_rounded(w, place, stage, same, joints)
    return found


def _total_rounded(
    w: Workspace, place: int, stage: ir.RoundTotal, same: list[Block], joints: dict[str, ir.JointParty]
) -> list[Block]:
    step = w.step(stage.to)
    if all(isinstance(block.form, Lost) or _is_whole_for_each(w, block, step) for block in same):
        return same
    names = {name for block in same for name in names_of(w, block)}
    flows = [flow for block in same for flow in flows_of(w, block)]
    if len(names) != 1 or not flows or any(not isinstance(flow.payee, ir.NamedParty) for flow in flows):
        return [lost(block, "each of the payments in one sum is rounded on its own", place) for block in same]
    if any(isinstance(block.form, Lost) for block in same) or any(block.lines for block in same):
        return [lost(block, "it is rounded together with what has no closed form", place) for block in same]
    parts = [amount(w, block) for block in same]
    joint = joints[flows[0].payer.joint] if isinstance(flows[0].payer, ir.Jointly) else None
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


def _is_whole_for_each(w: Workspace, block: Block, step: Fraction) -> bool:
    """Whether what each payer has to pay of a block is whole: of one payer its sum, of several each unit."""
    if block.payer:
        return is_whole(w, amount(w, block), step)
    whole_units = not any(isinstance(flow.driver, ir.EachUnit) or flow.instalments for flow in flows_of(w, block))
    prices = block.form.parts if isinstance(block.form, Priced) else ()
    joint = any(isinstance(side, ir.Jointly) for flow in flows_of(w, block) for side in (flow.payer, flow.payee))
    return bool(prices) and whole_units and not joint and all(is_whole(w, part.price, step) for part in prices)


def repay(w: Workspace, place: int, blocks: list[Block]) -> list[Block]:
    """A bounded repayment is at most what was paid between the two."""
    found: list[Block] = []
    for block in blocks:
        bounded = [flow for flow in flows_of(w, block) if flow.repays and flow.up_to_paid]
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
    others = [each for each in blocks if each is not block and any(f.repays for f in flows_of(w, each))]
    if others or len(block.flows) > 1:
        raise NoForm("which of several repayments is cut to what was paid hangs on days")
    paid: list[Expression] = []
    for each in blocks:
        flows = flows_of(w, each)
        if each is block:
            continue
        if not all(isinstance(f.payer, ir.NamedParty) and isinstance(f.payee, ir.NamedParty) for f in flows):
            raise NoForm("what was paid is told apart by parties that a group names or that stand together")
        if any((f.payee, f.payer) == between for f in flows):
            paid.append(amount(w, each))
    owed = amount(w, block)
    return evolve(block, form=Settled(None, "", ex.least(owed, ex.plus(*paid))))
