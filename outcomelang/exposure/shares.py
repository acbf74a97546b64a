"""Who pays how much of a payment: one party all of it, or each of several its share."""

from __future__ import annotations

from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.declared import Declared, parties_of
from outcomelang.exposure.lid import rounding
from outcomelang.exposure.numbers import Most, times


def payers(d: Declared) -> tuple[str, ...]:
    """Every party that can have to pay, in the order of the text."""
    found: dict[str, None] = {}
    for flow in d.contract.flows:
        if not flow.repays:
            found |= dict.fromkeys(parties_of(d, flow.payer))
    for stage in d.contract.stages:
        if isinstance(stage, ir.MoneyLimit | ir.CountLimit) and stage.excess_to is not None:
            found[stage.excess_to] = None
    return tuple(found)


def _joint(d: Declared, name: str) -> ir.JointParty:
    return next(each for each in d.contract.joint_parties if each.name == name)


def share_paid(d: Declared, flow: ir.Flow, payer: str | None, amount: Most, number: Most) -> Most:
    """What of an amount, made of so many entries at most, one payer has to pay at most; everybody: all of it.

    A party to which the excess over a limit can go may have to pay all. Where each amount is rounded, a share of each
    can be an odd penny more.
    """
    if payer is None or _takes_over(d, flow, payer):
        return amount
    match flow.payer:
        case ir.NamedParty(party):
            return amount if party == payer else Fraction(0)
        case ir.PartyOfGroup(partition):
            return amount if any(row.label == payer for row in d.partitions[partition].rows) else Fraction(0)
        case ir.Jointly(joint):
            shares = _joint(d, joint).shares
            part, each = times(amount, dict(shares).get(payer, Fraction(0))), rounding(d)
            if each is None or part is None or amount is None or not part:
                return part
            parts = flow.instalments.number if flow.instalments is not None else 1
            odd = times(number, Fraction(each.to * parts * len(shares)))
            return amount if odd is None else min(amount, Fraction(part + odd))


def _takes_over(d: Declared, flow: ir.Flow, payer: str) -> bool:
    limits = (s for s in d.contract.stages if isinstance(s, ir.MoneyLimit | ir.CountLimit) and s.excess_to == payer)
    return any(not stage.flows or flow.name in stage.flows for stage in limits)
