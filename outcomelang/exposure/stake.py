"""What a contract can pay in all, as far as written amounts say it: the measure of how much turns on one thing.

It is no bound: people whose number nothing limits are taken to be a hundred.
"""

from __future__ import annotations

from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.calendar import shift
from outcomelang.core.declared import Declared
from outcomelang.core.fixed_values import fixed_value, greatest_value

USUAL_PEOPLE = 100


def payable(names: Declared) -> Fraction:
    """The declared value of the contract; else its limit on all payments; else its prices times how often they fall due."""
    contract = names.contract
    if contract.value is not None:
        return Fraction(contract.value)
    limits = [stage for stage in contract.stages if isinstance(stage, ir.MoneyLimit) and _is_whole(stage)]
    fixed = [Fraction(most) for each in limits if not each.flows and (most := _most(names, each)) is not None]
    if fixed:
        return min(fixed)
    total = Fraction(0)
    left = {flow.name: _often(names, flow) for flow in contract.flows if not flow.repays}
    for limit in limits:
        most = _most(names, limit)
        if most is not None:
            within = [left.pop(name, Fraction(0)) for name in limit.flows]
            total += min(most, sum(within, Fraction(0))) or most
    return total + sum(left.values(), Fraction(0))


def _is_whole(stage: ir.MoneyLimit) -> bool:
    return stage.per in (None, ir.Whole()) and stage.calendar is None and stage.payer is None and not stage.share_of


def _most(names: Declared, stage: ir.MoneyLimit) -> Fraction | None:
    most = fixed_value(names, stage.most, {})
    return None if most is None else Fraction(most)


def _often(names: Declared, flow: ir.Flow) -> Fraction:
    """The price of a payment times how often it can be due: once for each, where only what happens says it."""
    price = greatest_value(names, flow.amount)
    if price is None:
        return Fraction(0)
    times = Fraction(1)
    subject = flow.subject
    if isinstance(flow.driver, ir.EachAchievement):
        outcome = names.outcomes[flow.driver.outcome]
        subject = outcome.subject
        most = greatest_value(names, outcome.times) if outcome.times is not None else None
        times = Fraction(most) if most is not None else times
    return Fraction(price) * times * instances(names, subject)


def instances(names: Declared, subject: ir.Subject) -> int:
    """How many there are of a subject: people of whom nothing says how many are taken to be a hundred."""
    match subject:
        case ir.Whole() | ir.Pooled():
            return 1
        case ir.PerPerson(population):
            return names.populations[population].most or USUAL_PEOPLE
        case ir.PerGroup(partition):
            return max(len(names.partitions[partition].rows), 1)
        case ir.PerPeriod(calendar, of):
            return _periods(names, names.calendars[calendar]) * instances(names, of)
        case ir.PerMember() | ir.PerRow():
            return USUAL_PEOPLE


def _periods(names: Declared, calendar: ir.Calendar) -> int:
    last = calendar.last or names.contract.last_day
    if last is None:
        return 1
    number = 0
    first = calendar.first.toordinal()
    while first <= last.toordinal():
        number += 1
        first = shift(calendar.first.toordinal(), calendar.months * number, calendar.days * number)
    return max(number, 1)
