"""From which rate of success on what is paid covers what is declared to be spent."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.calendar import LAST_DAY
from outcomelang.core.declared import rests_on
from outcomelang.exposure.worth import price_list
from outcomelang.histories.earning import Earned, Earning
from outcomelang.histories.joining import nothing_achieved
from outcomelang.histories.paid import Paid

_MOST_ROWS = 12


@frozen
class BreakEven:
    """For one person of a row of a group (empty: of all): spent and paid with nothing and with everything achieved.

    `rate` is the least share of people who must achieve everything, if the others achieve nothing, for the payments to
    cover the costs. None: no rate does.
    """

    group: str
    row: str
    cost_idle: Fraction
    paid_idle: Fraction
    cost_full: Fraction
    paid_full: Fraction

    @property
    def rate(self) -> Fraction | None:
        lost, won = self.cost_idle - self.paid_idle, self.paid_full - self.cost_full
        if lost <= 0:
            return Fraction(0)
        return lost / (lost + won) if won >= 0 else None


def break_even(earning: Earning) -> tuple[BreakEven, ...]:
    """For everybody, or for each row of the groups by which prices differ; none where no cost is declared."""
    if not earning.contract.costs:
        return ()
    return tuple(_of(earning, group, row, full) for group, row, full in _people(earning) if full.history.facts)


def _people(earning: Earning) -> Iterator[tuple[str, str, Earned]]:
    groups = _priced_by(earning)
    if not groups:
        yield "", "", earning.everything()
    for group in groups:
        for row in group.rows[:_MOST_ROWS]:
            yield group.name, row.label, earning.everything({group.name: row.label})


def _priced_by(earning: Earning) -> list[ir.Partition]:
    """Groups of people by which a table gives prices."""
    amounts = tuple(flow.amount for flow in earning.contract.flows)
    tables = [node for node in rests_on(earning.names, amounts) if isinstance(node, ir.Table)]
    keys = {key.partition for table in tables for key in table.by if isinstance(key, ir.KeyByGroup)}
    of_people = [each for each in earning.contract.partitions if each.of in earning.names.populations]
    return [each for each in of_people if each.name in keys]


def _of(earning: Earning, group: str, row: str, full: Earned) -> BreakEven:
    idle = earning.pay(nothing_achieved(earning.contract, full.history))
    whole = max(full.paid.total, price_list(earning.names, full.history, {group: row}))
    return BreakEven(group, row, cost(idle), idle.total, cost(full.paid), whole)


def cost(paid: Paid) -> Fraction:
    """What a history costs by the costs that are declared."""
    m = paid.meaning
    total = Fraction(0)
    for each in m.contract.costs:
        number = m.number(ir.Counted(each.select))(m.world.whole, LAST_DAY)
        total += each.amount * Fraction(number or 0)
    return total
