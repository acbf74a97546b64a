"""Histories that pay as much as can be: small ones for each payment, put side by side, then for more and more people.

What is found is what the evaluator pays, so it can only show a bound to be reached, never that it is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.exposure.filling import MOST_PEOPLE, Purse, filled, is_meant
from outcomelang.exposure.numbers import Most
from outcomelang.histories.earning import Earned, Earning, is_personal
from outcomelang.histories.history import History
from outcomelang.histories.joining import beside, many, people_of

_MOST_ROWS = 12
_SIZES = ((10, 10), (40, 1_000), (120, 10_000))


def reach(earning: Earning, goal: Most) -> Earned:
    """The history found in which most is due; the search ends where the goal is reached. Without one it is short."""
    nobody = single = joined = Earned(History(), earning.pay(History()))
    for each in _singles(earning):
        single = max((single, each), key=_total) if is_meant(each) else single
        joined = _better(earning, joined, each)
    if goal is None:
        return joined
    best = max((_repeated(earning, single, goal), joined), key=_total)
    pooled = joined
    for each in _pool(earning):
        if best.paid.total >= goal:
            return best
        pooled = _better(earning, pooled, each)
        best = max((best, pooled, _better(earning, best, each)), key=_total)
    best = max((best, _repeated(earning, pooled, goal)), key=_total)
    if best.paid.total >= goal:
        return best
    kinds = tuple(sorted((*_singles(earning), *_smallest(earning)), key=_total, reverse=True))
    purse = Purse(earning)
    return max((filled(purse, nobody, kinds, goal), filled(purse, best, kinds, goal)), key=_total)


def _singles(earning: Earning) -> Iterator[Earned]:
    """One person who achieves everything: of the first row of each group, then of the others."""
    yield earning.everything()
    rows = [(group.name, row.label) for group in earning.contract.partitions for row in group.rows[1:]]
    for group, label in rows[:_MOST_ROWS]:
        yield earning.everything({group: label})


def _pool(earning: Earning) -> Iterator[Earned]:
    """What earns each payment: of one person the smallest, else for more and more people."""
    flows = [flow for flow in earning.contract.flows if not flow.repays]
    yield from _smallest(earning)
    for people, amount in _SIZES:
        for flow in flows:
            if not is_personal(earning.names, flow):
                history = earning.made(flow, people, amount, {})
                yield Earned(history, earning.pay(history))
    rows = [(group.name, row.label) for group in earning.contract.partitions for row in group.rows[1:]]
    for flow in flows:
        for group, label in rows[:_MOST_ROWS] if not is_personal(earning.names, flow) else ():
            history = earning.made(flow, 1, 1, {group: label})
            yield Earned(history, earning.pay(history))


def _smallest(earning: Earning) -> Iterator[Earned]:
    """The smallest history that earns each payment."""
    found = (earning.earned(flow) for flow in earning.contract.flows if not flow.repays)
    yield from (each for each in found if each is not None)


def _better(earning: Earning, best: Earned, other: Earned) -> Earned:
    """The dearest of two histories and of both side by side."""
    tried = [best, other]
    if len(people_of(earning.contract, best.history)) + len(other.history.participants) <= MOST_PEOPLE:
        both = beside(earning.contract, best.history, other.history)
        tried.append(Earned(both, earning.pay(both)))
    return max((each for each in tried if each is best or is_meant(each)), key=_total)


def _total(each: Earned) -> Fraction:
    return each.paid.total


def _repeated(earning: Earning, best: Earned, goal: Fraction) -> Earned:
    """The same for as many people as are needed to reach a goal; if that fails, for as many as there may be."""
    people = len(people_of(earning.contract, best.history))
    if not people or best.paid.total <= 0:
        return best
    needed, allowed = int(-(-goal // best.paid.total)), MOST_PEOPLE // people
    for times in dict.fromkeys((min(needed, allowed), min(2 * needed, allowed))):
        if best.paid.total < goal and times > 1:
            history = many(earning.contract, best.history, times) if times * people <= MOST_PEOPLE else best.history
            found = Earned(history, earning.pay(history))
            best = found if found.paid.total > best.paid.total and is_meant(found) else best
            people = len(people_of(earning.contract, best.history))
    return best
