"""The greatest amount that can be due: of each payment, and in all, after the contract's own limits.

Every figure is an upper bound that holds for every log of what happens within the term, under what is assumed. Whether
one is tight is for a history to show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from attrs import evolve, frozen

from outcomelang.core import ir
from outcomelang.core.declared import Declared
from outcomelang.core.plans import most_of
from outcomelang.exposure.bounds import between
from outcomelang.exposure.lid import allowed, bounds_all, closed, may_be_negative, on_its_own, rounded_up, rounding
from outcomelang.exposure.numbers import Most, achievements, instances, least_of, rows, times
from outcomelang.exposure.over_periods import in_all_periods
from outcomelang.exposure.ranges import in_all
from outcomelang.exposure.shares import share_paid

_NOTHING = Fraction(0)


@frozen
class FlowBound:
    """A payment (a line of a card): at most so many units, at most at this price (minor units), at most so much.

    `before` is units (after limits on their number) times price, `within` what limits of money on it leave of that;
    None: no bound. `limit` is the limit that bounds it, if one does.
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


@frozen
class Asked:
    """Whose liability and when: of one payer, by the days of one year (ordinals), or of everybody and always."""

    payer: str | None = None
    days: tuple[int, int] | None = None


def liability(d: Declared, asked: Asked = Asked(), flows: Sequence[ir.Flow] | None = None) -> Liability:
    """Of the whole contract, or of what is asked; `flows` are those that can pay anything then (else all payments)."""
    paying = [flow for flow in (d.contract.flows if flows is None else flows) if not flow.repays]
    bounded = tuple(_each_once(_limited(d, flow, asked) for flow in paying))
    total, binding = _within_limits(d, bounded, asked)
    return Liability(total, bounded, binding)


def together(d: Declared, flows: Sequence[FlowBound]) -> Most:
    """The greatest amount of some payments together, after the limits on them."""
    return _within_limits(d, flows, Asked())[0]


def units(d: Declared, flow: ir.Flow) -> Most:
    """How many units a payment can have, before limits."""
    match flow.driver:
        case ir.OneEach():
            return instances(d, flow.subject)
        case ir.EachAchievement(outcome):
            return achievements(d, outcome)
        case ir.EachRow(select):
            return rows(d, select.of.event) if isinstance(select.of, ir.Rows) else None
        case ir.EachUnit():
            return least_of(iter((times(instances(d, flow.subject), _of_one(d, flow)), _of_all(d, flow))))
        case ir.EachInPlan(plan):
            return times(instances(d, flow.subject), Fraction(most_of(d.plans[plan])))


def _of_one(d: Declared, flow: ir.Flow) -> Most:
    """The units that one of the subject of a measured payment can have."""
    assert isinstance(flow.driver, ir.EachUnit)
    each = between(d, flow.driver.quantity, flow.subject)
    return None if each.high is None else max(each.high, _NOTHING) * flow.driver.scale


def _of_all(d: Declared, flow: ir.Flow) -> Most:
    """The units that a payment in each period can have in all periods together, where its form says that they are
    fewer."""
    assert isinstance(flow.driver, ir.EachUnit)
    if not isinstance(flow.subject, ir.PerPeriod):
        return None
    return times(in_all_periods(d, flow.driver.quantity, flow.subject), Fraction(flow.driver.scale))


def _together(d: Declared, flow: ir.Flow, price: Most) -> Most:
    """What they come to: each amount may be rounded up by less than one unit of rounding, if it is no whole one."""
    total, stage = times(_of_all(d, flow), price), rounding(d)
    assert isinstance(flow.driver, ir.EachUnit)
    if total is None or price is None or stage is None or (flow.driver.parts != "proportion" and not price % stage.to):
        return total
    rounded = times(instances(d, flow.subject), Fraction(stage.to))
    return None if rounded is None else total + rounded


def _before(d: Declared, flow: ir.Flow) -> tuple[Most, Most, Most]:
    """Units, the greatest price of one, and what they come to with every amount rounded up where amounts are."""
    number, price = units(d, flow), between(d, flow.amount, flow.subject)
    most = None if price.high is None else max(price.high, _NOTHING)
    if isinstance(flow.driver, ir.EachUnit):
        if not price.positive and not between(d, flow.driver.quantity, flow.subject).positive:
            return number, most, None  # less than nothing of something with a price below nothing
        each = times(instances(d, flow.subject), rounded_up(d, times(_of_one(d, flow), most)))
        return number, most, least_of(iter((each, _together(d, flow, most))))
    return number, most, times(number, rounded_up(d, most))


def _limited(d: Declared, flow: ir.Flow, asked: Asked) -> FlowBound:
    """A payment with the tightest of the limits that bound it alone: on its number, then on its money."""
    number, price, before = _before(d, flow)
    if not _set_off_only_lowers(d, flow):
        return FlowBound(flow, number, price, None, None)
    before = share_paid(d, flow, asked.payer, before, number)
    before, counted = _tightest(d, ir.CountLimit, flow, price, before, asked)
    within, limited = _tightest(d, ir.MoneyLimit, flow, price, before, asked)
    if isinstance(counted, ir.CountLimit):
        number = allowed(d, counted, (flow,), asked.days)
    return FlowBound(flow, number, price, before, within, limited or counted)


def _tightest(
    d: Declared, kind: type[ir.CountLimit | ir.MoneyLimit], flow: ir.Flow, price: Most, most: Most, asked: Asked
) -> tuple[Most, ir.CountLimit | ir.MoneyLimit | None]:
    """What the limits of one kind leave of a payment, and the one that leaves least; none if all leave everything."""
    by: ir.CountLimit | ir.MoneyLimit | None = None
    for stage in d.contract.stages:
        if isinstance(stage, kind):
            room = _room(d, stage, flow, price, asked)
            if room is not None and (most is None or room < most):
                most, by = room, stage
    return most, by


def _room(d: Declared, stage: ir.Stage, flow: ir.Flow, price: Most, asked: Asked) -> Most:
    """What a limit leaves of one payment; None: it does not bound it."""
    match stage:
        case ir.CountLimit() if bounds_all(stage, flow) and not isinstance(flow.driver, ir.EachUnit):
            number = allowed(d, stage, (flow,), asked.days)
            return share_paid(d, flow, asked.payer, times(number, rounded_up(d, price)), number)
        case ir.CountLimit() if bounds_all(stage, flow) and rounding(d) is None:
            return share_paid(d, flow, asked.payer, times(allowed(d, stage, (flow,), asked.days), price), None)
        case ir.MoneyLimit() if on_its_own(d, stage, flow) and not stage.share_of:
            if stage.payer is not None and stage.payer != asked.payer:
                return None
            return allowed(d, stage, (flow,), asked.days)
        case _:
            return None


def _set_off_only_lowers(d: Declared, flow: ir.Flow) -> bool:
    """Whether what a payment is reduced by is never below nothing: else it would be raised."""
    against = {s.against for s in d.contract.stages if isinstance(s, ir.SetOff) and s.flow == flow.name}
    return not any(may_be_negative(d, each) for each in d.contract.flows if {each.name, each.card} & against)


def _each_once(bounds: Iterator[FlowBound]) -> Iterator[FlowBound]:
    """Of the terms of one payment in several versions only the dearest: no unit is earned under two of them."""
    dearest: dict[object, FlowBound] = {}
    for number, each in enumerate(bounds):
        flow = each.flow
        alike = (flow.name, flow.subject, type(flow.driver), getattr(flow.driver, "outcome", ""))
        key: object = alike if flow.versions and not isinstance(flow.driver, ir.EachUnit) else number
        known = dearest.get(key)
        dearest[key] = each if known is None else _dearer(known, each)
    yield from dearest.values()


def _dearer(one: FlowBound, other: FlowBound) -> FlowBound:
    if one.within is None or other.within is None:
        return evolve(one, within=None, before=None)
    first = one if one.within >= other.within else other
    second = other if first is one else one
    most, least = (first.units, second.units)
    if most is None or least is None or least > most:
        return evolve(first, within=in_all((first.within, second.within)), limit=None)
    return first


def _within_limits(d: Declared, flows: Sequence[FlowBound], asked: Asked) -> tuple[Most, tuple[ir.MoneyLimit, ...]]:
    """The sum of payments, or less where limits on several of them bite.

    Limits on few first. What a limit covers wholly becomes one sum; a limit that covers a sum in part leaves it.
    """
    sums: list[tuple[frozenset[str], Most]] = [(frozenset({each.flow.name}), each.within) for each in flows]
    binding: list[ir.MoneyLimit] = []
    every = frozenset(each.flow.name for each in flows)
    shared = [s for s in d.contract.stages if isinstance(s, ir.MoneyLimit) and _is_shared(d, s, asked)]
    for stage in sorted(shared, key=lambda each: (bool(each.share_of), len(each.flows) or len(every))):
        if (stage.payer is not None and stage.payer != asked.payer) or (stage.share_of and asked != Asked()):
            continue
        limited = frozenset(stage.flows) & every if stage.flows else every
        inside = [each for each in sums if each[0] <= limited]
        room = _of_paid(d, stage, sums) if stage.share_of else allowed(d, stage, _flows(flows, limited), asked.days)
        own = in_all(amount for _, amount in inside)
        if inside and room is not None and (own is None or room < own):
            rest = [each for each in sums if each not in inside]
            sums = [*rest, (frozenset().union(*(names for names, _ in inside)), room)]
            binding.append(stage)
    total = in_all(amount for _, amount in sums)
    own_limits = (each.limit for each in flows)
    alone = dict.fromkeys(limit for limit in own_limits if isinstance(limit, ir.MoneyLimit) and limit not in binding)
    return closed(d, total, tuple(each.flow for each in flows), asked.payer), (*alone, *binding)


def _flows(bounds: Sequence[FlowBound], names: frozenset[str]) -> tuple[ir.Flow, ...]:
    return tuple(each.flow for each in bounds if each.flow.name in names)


def _is_shared(d: Declared, stage: ir.MoneyLimit, asked: Asked) -> bool:
    """Whether what is above a limit is paid by nobody, or at least not by the one who is asked about."""
    if stage.covered:
        return False
    if stage.excess is not ir.Excess_.PAID_BY:
        return True
    limits = (each for each in d.contract.stages if isinstance(each, ir.MoneyLimit | ir.CountLimit))
    return asked.payer is not None and all(each.excess_to != asked.payer for each in limits)


def _of_paid(d: Declared, stage: ir.MoneyLimit, sums: Sequence[tuple[frozenset[str], Most]]) -> Most:
    """A share of what other payments pay, each with the whole of the sum that it stands in."""
    share = between(d, stage.most, ir.Whole()).high
    of = frozenset(stage.share_of)
    if rounding(d) is not None and (stage.per is not None or stage.calendar is not None):
        return None  # each part is rounded, and their number is not followed
    paid = in_all(amount for names, amount in sums if names & of)
    return None if share is None else rounded_up(d, times(max(share, _NOTHING), paid))
