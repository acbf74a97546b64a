"""What one person can be worth: the full price of each payment for somebody who achieves everything."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.declared import Declared, joining_events
from outcomelang.core.fixed_values import fixed_value, greatest_value
from outcomelang.exposure.numbers import Most, each_achieves
from outcomelang.histories.history import History


def full_prices(d: Declared) -> dict[str, Fraction]:
    """By payment (each line of a card), in minor units: its greatest price, as often as one person can earn it.

    What may be earned any number of times counts once; so does a unit of a measure of many. A payment whose price
    nothing in the contract fixes is left out. Repayments are no price.
    """
    found: dict[str, Fraction] = {}
    for flow in d.contract.flows:
        price = greatest_value(d, flow.amount)
        if price is not None and not flow.repays:
            found[flow.name] = max(found.get(flow.name, Fraction(0)), Fraction(price) * _times(d, flow))
    return found


def full_price(d: Declared) -> Fraction:
    """All of them together, within the limits for each person; what is one sum for many is no price of one person."""
    lumps = {flow.name for flow in d.contract.flows if _is_lump(flow)}
    prices = {name: price for name, price in full_prices(d).items() if name not in lumps}
    total = sum(prices.values(), Fraction(0))
    for stage in d.contract.stages:
        if isinstance(stage, ir.MoneyLimit) and isinstance(stage.per, ir.PerPerson) and stage.calendar is None:
            most = greatest_value(d, stage.most)
            limited = [name for name in prices if not stage.flows or name in stage.flows]
            within = sum((prices[name] for name in limited), Fraction(0))
            if most is not None and within > most:
                total -= within - most
    return total


def _is_lump(flow: ir.Flow) -> bool:
    """One sum for the contract, a cohort or a period: not by the unit, and not by the head."""
    return isinstance(flow.driver, ir.OneEach) and not isinstance(flow.subject, ir.PerPerson | ir.PerMember | ir.PerRow)


def _times(d: Declared, flow: ir.Flow) -> Fraction:
    if not isinstance(flow.driver, ir.EachAchievement):
        return Fraction(1)
    times = d.outcomes[flow.driver.outcome].times
    most = greatest_value(d, times) if times is not None else None
    return Fraction(1) if most is None else Fraction(most)


def price_list(d: Declared, history: History, labels: Mapping[str, str]) -> Fraction:
    """What somebody of these rows (else of the first of each group) is worth who achieves everything, at fixed prices.

    Of the populations that join in a history, and within the limits for each person; payments whose price or number
    nothing fixes are left out.
    """
    happened = {fact.event for fact in history.happened}
    joined = {name for name in d.populations if happened & set(joining_events(d, name))}
    own = {group.name: group.rows[0].label for group in d.contract.partitions if group.rows} | dict(labels)
    worth: dict[str, Fraction] = {}
    for flow in d.contract.flows:
        price = fixed_value(d, flow.amount, own)
        person = isinstance(flow.subject, ir.PerPerson) and flow.subject.population in joined
        if flow.repays or price is None or not person:
            continue
        times = _often(d, flow)
        if times is not None:
            worth[flow.name] = max(worth.get(flow.name, Fraction(0)), Fraction(price) * times)
    total = sum(worth.values(), Fraction(0))
    limits = [stage for stage in d.contract.stages if isinstance(stage, ir.MoneyLimit)]
    for stage in limits:
        most = fixed_value(d, stage.most, own)
        within = sum((worth[name] for name in worth if not stage.flows or name in stage.flows), Fraction(0))
        if most is not None and isinstance(stage.per, ir.PerPerson) and stage.calendar is None:
            total -= max(within - most, Fraction(0))
    return total


def _often(d: Declared, flow: ir.Flow) -> Most:
    match flow.driver:
        case ir.OneEach():
            return Fraction(1)
        case ir.EachAchievement(outcome):
            return each_achieves(d, d.outcomes[outcome])
        case ir.EachRow() | ir.EachUnit() | ir.EachInPlan():
            return None
