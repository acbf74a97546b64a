"""In which years of a contract something can be due, and at most how much: by the day on which it is earned."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY, shift
from outcomelang.core.declared import Declared
from outcomelang.core.settling import Case, Settling
from outcomelang.exposure.liability import Asked, Liability, liability
from outcomelang.exposure.numbers import last_of_all


@frozen
class Year:
    """Twelve months from the first day of the term on; the last ends with what can still be claimed."""

    first: date
    last: date
    liability: Liability


def years(d: Declared) -> tuple[Year, ...]:
    """Each year with the greatest amount that can be earned in it; none without a term."""
    first, end = d.contract.first_day, last_of_all(d)
    if first is None or end is None or d.contract.last_day is None:
        return ()
    earliest = {id(flow): _earliest(Settling(d.contract), flow) for flow in d.contract.flows}
    found: list[Year] = []
    while (begin := shift(first.toordinal(), 12 * len(found), 0)) <= end:
        last = min(shift(first.toordinal(), 12 * (len(found) + 1), 0) - 1, end)
        paying = [flow for flow in d.contract.flows if earliest[id(flow)] <= last]
        days = Asked(days=(begin, last))
        found.append(Year(date.fromordinal(begin), date.fromordinal(last), liability(d, days, paying)))
    return tuple(found)


def _earliest(s: Settling, flow: ir.Flow) -> int:
    """The day before which no log whatever can earn a payment."""
    return min((_for_one(s, flow, case) for case in s.cases(flow.subject)), default=FIRST_DAY)


def _for_one(s: Settling, flow: ir.Flow, case: Case) -> int:
    if flow.instalments is not None:
        return flow.instalments.first.toordinal()
    days = [FIRST_DAY if flow.gate is None else s.condition(flow.gate, case)]
    match flow.driver:
        case ir.OneEach():
            days.append(FIRST_DAY if flow.in_advance else s.quantity(flow.amount, case))
        case ir.EachAchievement(outcome):
            of = s.outcomes[outcome]
            days.append(s.outcome(of, s.projected(of.subject, case)))
        case ir.EachRow(select):
            days.append(s.first_day(select.window, case))
        case ir.EachUnit(quantity):
            days.append(s.quantity(quantity, case))
        case ir.EachInPlan(plan, partly):
            days.append(s.in_plan(s.plans[plan], partly, case))
    return max(days)
