"""Histories in which what the readings take differently is earned: where a list of small histories shows no difference.

A scheme of twenty steps pays for what no short list of happenings brings about, and a limit of a million is reached by
no handful of people. So the payments that the readings touch are earned by somebody (`outcomelang.histories`); then
what happened last happens once more, somebody else does the same, the whole life is lived again a year later, amounts
change by a penny, and so many do it that a limit is reached.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.declared import declared
from outcomelang.core.fixed_values import fixed_value
from outcomelang.histories.earning import Earned, Earning
from outcomelang.histories.history import Fact, History
from outcomelang.histories.joining import many
from outcomelang.histories.paid import Paid, Payer
from outcomelang.readings.touched import Limit, flows_touched, limits_touched

AGAIN, YEAR_LATER = 91, 400
"""Days until the same happens once more, and until somebody comes again."""
MOST_FLOWS = 4
MOST_ENTRIES = 4_000
"""How many rows and entries a crowd may make together."""
WORK = 12_000
"""What may be spent on finding who earns what; see `work`."""


def work(contract: ir.Contract, rows: int) -> int:
    """What an account of so many rows costs: some microseconds each. Every clause looks at every row."""
    clauses = len(contract.outcomes) + len(contract.flows) + len(contract.measures) + len(contract.stages)
    return (clauses + 1) * (rows + 10)


class _Spent(Exception):
    """More was tried than the check of a contract has time for."""


class _Bounded(Payer):
    """Pays so many histories and no more."""

    def __init__(self, contract: ir.Contract, spend: int) -> None:
        super().__init__(contract)
        self._left = spend

    def __call__(self, history: History) -> Paid:
        before = self.accounts
        if self._left <= 0:
            raise _Spent
        paid = super().__call__(history)
        self._left -= work(self.contract, len(history.facts)) * (self.accounts - before)
        return paid


def histories_that_earn(readings: tuple[ir.Contract, ...]) -> Iterator[History]:
    """Histories on which the readings may part, the smallest first of each payment."""
    contract, limits = readings[0], limits_touched(readings)
    pay = _Bounded(contract, WORK)
    earning = Earning(contract, pay)
    crowds: list[History] = []
    try:
        for flow in flows_touched(readings)[:MOST_FLOWS]:
            earned = next(earning.tried(flow), None)
            if earned is not None and limits:
                crowds += _past(limits, earned, pay)
            elif earned is not None:
                yield from _varied(contract, earned.history)
        if limits:
            crowds += _past(limits, earning.everything(), pay)
    except _Spent:
        pass  # what was found so far is tried
    yield from sorted(crowds, key=lambda crowd: len(crowd.facts))


def _varied(contract: ir.Contract, history: History) -> Iterator[History]:
    yield history
    yield _again(history, AGAIN)
    yield _later(history)
    for more in _amounts(contract, history):
        yield more
        yield many(contract, more, 2)
    yield many(contract, history, 2)
    yield many(contract, _again(history, AGAIN), 2)


def _past(limits: list[Limit], earned: Earned, pay: Payer) -> Iterator[History]:
    """So many people with the same life that a limit is reached and passed: each a day after the other, or at once."""
    contract, history = pay.contract, earned.history
    if not history.participants:
        return
    two = pay(many(contract, history, 2))
    each = len(history.facts) + len(two.drafts) - len(earned.paid.drafts)
    for limit in limits:
        for times in (times for times in _times(limit, earned.paid, two) if times * each <= MOST_ENTRIES):
            yield from _staggered(contract, history, times)
            yield many(contract, history, times)


def _again(history: History, after: int) -> History:
    """What happened last happens once more."""
    happened = history.happened
    return history.plus(happened[-1].on(happened[-1].day + after)) if happened else history


def _later(history: History) -> History:
    """Everything happens once more, so much later that somebody may come again."""
    return history.plus(*(fact.on(fact.day + YEAR_LATER) for fact in history.happened))


def _staggered(contract: ir.Contract, history: History, times: int) -> Iterator[History]:
    """Each of them a day after the one before: who comes first matters to a limit."""
    together = many(contract, history, times)
    place = {name: number for number, name in enumerate(together.participants)}
    if len(place) > 1:
        yield History(tuple(_moved(fact, place.get(fact.participant, 0)) for fact in together.facts))


def _moved(fact: Fact, days: int) -> Fact:
    return fact.on(fact.day + days) if days and fact.counts else fact


def _amounts(contract: ir.Contract, history: History) -> Iterator[History]:
    """The money on the rows is a few pence more: whole pounds leave no fraction of a penny."""
    money = {(e.name, a.name) for e in contract.events for a in e.attributes if a.unit is ir.Unit.MONEY}
    carried = [fact for fact in history.facts if any((fact.event, name) in money for name, _ in fact.attributes)]
    for pence in (1, 3) if carried else ():
        yield History(tuple(_with_pence(fact, money, pence) for fact in history.facts))


def _with_pence(fact: Fact, money: set[tuple[str, str]], pence: int) -> Fact:
    own = tuple(
        (name, value + pence if (fact.event, name) in money and isinstance(value, (int, Fraction)) else value)
        for name, value in fact.attributes
    )
    return Fact(fact.participant, fact.event, fact.day, fact.source, own, fact.about, fact.kind, fact.counts)


def _times(limit: Limit, one: Paid, two: Paid) -> list[int]:
    """With how many people a limit is passed by a part of one of them, and by one more."""
    names = declared(one.meaning.contract)
    most = fixed_value(names, limit.most, {})
    first, more = _used(limit, one), _used(limit, two) - _used(limit, one)
    if most is None or more <= 0:
        return [12]
    whole = max(int((Fraction(most) - first) // more) + 1, 1)
    return [whole + 1, whole + 2]


def _used(limit: Limit, paid: Paid) -> Fraction:
    """What counts towards a limit."""
    drafts = [draft for draft in paid.drafts if not limit.flows or draft.flow.name in limit.flows]
    if isinstance(limit, ir.CountLimit):
        return Fraction(sum((draft.counted for draft in drafts), 0))
    return Fraction(sum((draft.sign * draft.amount for draft in drafts), 0))
