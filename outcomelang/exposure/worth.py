"""What one person can be worth: the full price of each payment for somebody who achieves everything."""

from __future__ import annotations

from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.declared import Declared
from outcomelang.core.fixed_values import greatest_value


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
