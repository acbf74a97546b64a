"""The least that can be due, and what is due though nothing is achieved."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from outcomelang.core.declared import Declared
from outcomelang.exposure.filling import is_meant
from outcomelang.exposure.lid import may_be_negative
from outcomelang.exposure.worth import price_list
from outcomelang.histories.earning import Earned, Earning
from outcomelang.histories.history import History
from outcomelang.histories.joining import nothing_achieved, people_of


@frozen
class Least:
    """The least that was found, with its history; `proved` where nothing less can be, and why (or why it is open)."""

    found: Earned
    proved: bool
    argument: str


@frozen
class Idle:
    """What is due in a history in which people take part and nothing is achieved, of what the same people can earn."""

    full: Earned
    idle: Earned
    whole: Fraction
    """What the full history pays; of one person all that fixed prices add up to, if that is more."""

    @property
    def share(self) -> Fraction | None:
        """The part of the full price that is due whatever happens; None: nothing is earned in the full history."""
        return self.idle.paid.total / self.whole if self.whole > 0 else None


def least(d: Declared, earning: Earning, idle: Idle) -> Least:
    """The empty log, and histories without an outcome, for one person and for more."""
    found = min(_tried(earning, idle), key=lambda each: each.paid.total)
    negative = [flow.name for flow in d.contract.flows if not flow.repays and may_be_negative(d, flow)]
    loose = [flow.name for flow in d.contract.flows if flow.repays and not flow.up_to_paid]
    if negative:
        return Least(found, False, f"{negative[0]} can be less than nothing, by its form")
    if loose:
        return Least(found, False, f"{loose[0]} is not bounded by what was paid before")
    if found.paid.total == 0:
        return Least(found, True, "no payment can be less than nothing, and no more is repaid than was paid")
    return Least(found, False, "the least found among logs without an outcome")


def _tried(earning: Earning, idle: Idle) -> Iterator[Earned]:
    yield Earned(History(), earning.pay(History()))
    yield idle.idle
    for flow in earning.contract.flows:
        found = earning.earned(flow)
        if found is not None:
            history = nothing_achieved(earning.contract, found.history)
            stripped = Earned(history, earning.pay(history))
            yield from (each for each in ((found, stripped) if flow.repays else (stripped,)) if is_meant(each))


def idle_of(earning: Earning) -> Idle:
    """One person who earns all that one can, and the same person had nothing been achieved.

    Where one person earns nothing, the people of the dearest payment.
    """
    full = earning.everything()
    if full.paid.total <= 0:
        found = [each for flow in earning.contract.flows if not flow.repays and (each := earning.earned(flow))]
        full = max((full, *found), key=lambda each: each.paid.total)
    history = nothing_achieved(earning.contract, full.history)
    one = len(people_of(earning.contract, full.history)) == 1
    listed = price_list(earning.names, full.history, {}) if one else Fraction(0)
    return Idle(full, Earned(history, earning.pay(history)), max(full.paid.total, listed))
