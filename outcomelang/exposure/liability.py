"""The greatest amount that can be due: of each payment, and in all, after the contract's own limits.

Every figure is an upper bound that holds for every log under what is assumed. Whether one is tight is for a history
to show.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.declared import Declared
from outcomelang.core.fixed_values import greatest_value
from outcomelang.core.plans import most_of
from outcomelang.exposure.bounds import most
from outcomelang.exposure.numbers import Most, achievements, instances, periods, rows, times


@frozen
class FlowBound:
    """A payment (a line of a card): at most so many units, at most at this price (minor units), at most so much.

    `before` is units times price, `within` what limits on this payment leave of it; None: no bound. `limit` is the
    limit that bounds it, if one does.
    """

    flow: ir.Flow
    units: Most
    price: Most
    before: Most
    within: Most
    limit: ir.MoneyLimit | ir.CountLimit | None = None


@frozen
class Liability:
    """At most so much in all (None: unbounded), and what bounds it: the limits that bite, else the sum of payments."""

    most: Most
    flows: tuple[FlowBound, ...]
    binding: tuple[ir.MoneyLimit, ...] = ()

    @property
    def unbounded(self) -> tuple[FlowBound, ...]:
        """Payments without a bound of their own."""
        return tuple(each for each in self.flows if each.within is None)


def liability(d: Declared, payers: frozenset[str] | None = None) -> Liability:
    """Of the whole contract, or of what some parties pay (then joint shares are counted in full)."""
    flows = [flow for flow in d.contract.flows if not flow.repays and (payers is None or _paid_by(d, flow, payers))]
    bounded = tuple(_limited(d, flow) for flow in flows)
    total, binding = _in_all(d, bounded)
    return Liability(total, bounded, binding)


def together(d: Declared, flows: Sequence[FlowBound]) -> Most:
    """The greatest amount of some payments together, after the limits on them."""
    return _in_all(d, flows)[0]


def _paid_by(d: Declared, flow: ir.Flow, payers: frozenset[str]) -> bool:
    match flow.payer:
        case ir.NamedParty(party):
            return party in payers
        case ir.Jointly(joint):
            shares = next(each.shares for each in d.contract.joint_parties if each.name == joint)
            return any(name in payers for name, _ in shares)
        case ir.PartyOfGroup(partition):
            return any(row.label in payers for row in d.partitions[partition].rows)


def units(d: Declared, flow: ir.Flow) -> Most:
    """How many units a payment can have, before limits."""
    match flow.driver:
        case ir.OneEach():
            return instances(d, flow.subject)
        case ir.EachAchievement(outcome):
            return achievements(d, outcome)
        case ir.EachRow(select):
            return rows(d, select.of.event) if isinstance(select.of, ir.Rows) else None
        case ir.EachUnit(quantity, _, scale):
            return times(instances(d, flow.subject), most(d, quantity, flow.subject), Fraction(scale))
        case ir.EachInPlan(plan):
            return times(instances(d, flow.subject), Fraction(most_of(d.plans[plan])))


def _limited(d: Declared, flow: ir.Flow) -> FlowBound:
    """A payment with the tightest of the limits on it alone or on it with others."""
    number = units(d, flow)
    limit: ir.CountLimit | None = None
    for stage in d.contract.stages:
        if isinstance(stage, ir.CountLimit) and _covers(stage, flow) and stage.excess is ir.Excess_.NOT_PAID:
            allowed = _allowed(d, stage)
            if allowed is not None and (number is None or allowed < number):
                number, limit = allowed, stage
    price = most(d, flow.amount, flow.subject)
    within = times(number, price)
    by: ir.MoneyLimit | ir.CountLimit | None = limit
    for stage in d.contract.stages:
        if isinstance(stage, ir.MoneyLimit) and _covers(stage, flow) and stage.excess is ir.Excess_.NOT_PAID:
            allowed = _allowed(d, stage)
            if allowed is not None and (within is None or allowed < within):
                within, by = allowed, stage
    return FlowBound(flow, number, price, times(number, price), within, by)


def _covers(stage: ir.MoneyLimit | ir.CountLimit, flow: ir.Flow) -> bool:
    """Whether a limit holds for everything that a payment pays."""
    whole = not getattr(stage, "tests", ()) and not any(
        each.flows and flow.name in each.flows for each in stage.covered
    )
    return whole and not stage.bounds and (not stage.flows or flow.name in stage.flows)


def _allowed(d: Declared, stage: ir.MoneyLimit | ir.CountLimit) -> Most:
    """What a limit lets through over the whole life of the contract."""
    if isinstance(stage, ir.MoneyLimit) and (stage.share_of or stage.payer is not None):
        return None
    value = greatest_value(d, stage.most)
    per = instances(d, stage.per) if stage.per is not None else Fraction(1)
    calendar = periods(d, stage.calendar) if stage.calendar is not None else Fraction(1)
    return None if value is None else times(Fraction(value), per, calendar)


def _in_all(d: Declared, flows: Sequence[FlowBound]) -> tuple[Most, tuple[ir.MoneyLimit, ...]]:
    """The sum of payments, or less where limits on several of them bite: limits on few first, each payment once."""
    left = {each.flow.name: each.within for each in flows}
    binding: list[ir.MoneyLimit] = []
    total = Fraction(0)
    shared = [stage for stage in d.contract.stages if isinstance(stage, ir.MoneyLimit) and _is_shared(stage)]
    for stage in sorted(shared, key=lambda each: len(each.flows) or len(left)):
        names = [name for name in left if not stage.flows or name in stage.flows]
        allowed = _allowed(d, stage)
        own = _sum(left[name] for name in names)
        if allowed is not None and names and (own is None or allowed < own):
            for name in names:
                left[name] = Fraction(0)
            left[names[0]] = allowed
            binding.append(stage)
    own = _sum(left.values())
    return (None if own is None else total + own), tuple(binding)


def _is_shared(stage: ir.MoneyLimit) -> bool:
    return stage.excess is ir.Excess_.NOT_PAID and not stage.covered and not stage.bounds


def _sum(amounts: Iterable[Most]) -> Most:
    total = Fraction(0)
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total
