"""Amounts that follow a figure: a step on each anniversary of a day, at most so much a year, exact to the last digit.

Before the first anniversary an amount is as written. A step is the figure of the last period that is over on the
anniversary, divided by that of the step before (first of the day itself). A figure that is missing has no value, and
neither has what follows it.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from outcomelang.core import ir
from outcomelang.core.calendar import LAST_DAY, shift
from outcomelang.evaluation.scope import Num, Number, Scope, in_period

if TYPE_CHECKING:
    from outcomelang.evaluation.meaning import Meaning


def value(m: Meaning, node: ir.Indexed, of: Number) -> Number:
    """The amount on the day of the payment that is reckoned."""
    factor = _factors(m, node)

    def number(scope: Scope, until: int) -> Num | None:
        amount, times = of(scope, until), factor(m.pricing_day)
        return None if amount is None or times is None else amount * times

    return number


def change(m: Meaning, node: ir.Indexed) -> Fraction | None:
    """By which share of itself the amount has changed on the day of the payment that is reckoned."""
    times = _factors(m, node)(m.pricing_day)
    return None if times is None else times - 1


def _factors(m: Meaning, node: ir.Indexed) -> Callable[[int], Fraction | None]:
    """By what an amount is multiplied on a day; each step is taken once, and after a missing one there is no value."""
    figure, since = _published(m, node.figure), node.since.toordinal()
    known: list[Fraction | None] = [Fraction(1)]

    def factor(day: int) -> Fraction | None:
        steps = 0
        while shift(since, 12 * (steps + 1), 0) <= day:
            steps += 1
        while len(known) <= steps:
            last, step = known[-1], _step(figure, since, len(known), node.cap)
            known.append(None if last is None or step is None else last * step)
        return known[steps]

    return factor


def _step(figure: Callable[[int], Num | None], since: int, number: int, cap: Fraction | None) -> Fraction | None:
    """What the step on one anniversary multiplies by: a fall is followed whole, a rise up to the cap."""
    before, now = figure(shift(since, 12 * (number - 1), 0)), figure(shift(since, 12 * number, 0))
    if before is None or now is None or before <= 0 or now < 0:
        return None
    step = Fraction(now) / Fraction(before)
    return step if cap is None else min(step, 1 + cap)


def _published(m: Meaning, figure: str) -> Callable[[int], Num | None]:
    """The figure of the last period that is over on a day."""
    subject = m.measures[figure].subject
    assert isinstance(subject, ir.PerPeriod), "an index has a value for each period"
    calendar, read = m.world.calendars[subject.calendar], m.measure(figure)
    first, periods = calendar.first.toordinal(), m.world.periods(calendar)

    def number(day: int) -> Num | None:
        over = 0
        while shift(first, calendar.months * (over + 1), calendar.days * (over + 1)) <= day:
            over += 1
        if not 0 < over <= len(periods):
            return None
        return read(in_period(m.world.whole, calendar, *periods[over - 1]), LAST_DAY)

    return number


# ---------------------------------------------------------------- what depends on the day of a payment


def is_indexed(contract: ir.Contract, node: ir.Quantity) -> bool:
    """Whether an amount follows an index, itself or in a definition."""
    return _any(contract, node, lambda part: isinstance(part, ir.Indexed))


def price_only(contract: ir.Contract) -> frozenset[str]:
    """Measures that follow an index, or read a table `until … has been paid`."""
    tiers = {table.name for table in contract.tables if table.until_paid is not None}
    if not tiers and not any(event.kind == "figure" for event in contract.events):
        return frozenset()

    def depends(part: ir.Quantity) -> bool:
        return isinstance(part, ir.Indexed) or (isinstance(part, ir.Lookup) and part.table in tiers)

    return frozenset(each.name for each in contract.measures if _any(contract, each.quantity, depends))


def _any(contract: ir.Contract, node: ir.Quantity, wanted: Callable[[ir.Quantity], bool]) -> bool:
    """Whether some part of an amount is wanted; definitions are followed, what a table goes by is not."""
    if wanted(node):
        return True
    match node:
        case ir.Read(measure=name):
            measure = next(each for each in contract.measures if each.name == name)
            return _any(contract, measure.quantity, wanted)
        case ir.Arith(left=left, right=right) | ir.Excess(of=left, over=right) | ir.ChangeOf(base=left, new=right):
            return _any(contract, left, wanted) or _any(contract, right, wanted)
        case ir.Rounded(of=of) | ir.Indexed(of=of):
            return _any(contract, of, wanted)
        case ir.Const() | ir.Counted() | ir.Summed() | ir.DaysIn() | ir.Attribute() | ir.Lookup():
            return False
        case ir.ContractValue() | ir.Observed():
            return False
