"""Histories filled up towards a goal: more and more of what still adds to what is due, whoever it is.

What one more of somebody adds says how many are needed. Where a limit, an assumption or a number of people stops them,
fewer are tried, then others: those of another group, the same who came in a later period, or larger sums.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve

from outcomelang.core import ir
from outcomelang.core.calendar import shift
from outcomelang.core.declared import rests_on
from outcomelang.evaluation.assumptions import Held, judged
from outcomelang.histories.earning import Earned, Earning
from outcomelang.histories.history import Fact, History
from outcomelang.histories.joining import beside, many, people_of

MOST_PEOPLE = 1_000
MOST_ROWS = 150_000
"""How many rows are evaluated at most, all histories that are tried together."""
_KINDS = 48
_LATER = 24
_LARGER = (10, 1_000, 100_000, 10_000_000)


class Purse:
    """How many rows may still be evaluated: the same on every machine."""

    def __init__(self, earning: Earning) -> None:
        self.earning, self.rows = earning, MOST_ROWS

    def beside(self, best: Earned, kind: Earned, number: int) -> Earned | None:
        """A history and so many of another beside it; None where it is too large, or breaks what is assumed."""
        rows = len(best.history.facts) + number * len(kind.history.facts)
        if rows > self.rows:
            return None
        self.rows -= rows
        contract = self.earning.contract
        copies = many(contract, kind.history, number) if number > 1 else kind.history
        history = beside(contract, best.history, copies)
        found = Earned(history, self.earning.pay(history))
        return found if is_meant(found) else None


def filled(purse: Purse, best: Earned, kinds: tuple[Earned, ...], goal: Fraction) -> Earned:
    """The dearest history found from one that is there by adding people like these; it ends where the goal is met.

    First those who add all that they are worth alone, then whoever adds anything.
    """
    tried = list(_distinct(purse.earning, kinds))
    full: set[int] = set()
    for kind in tried:
        day = min((fact.day for fact in kind.history.happened), default=0)
        if day not in full and best.paid.total < goal:
            best, before = _more(purse, best, kind, goal, _worth(purse, kind)), best
            full |= {day} if best is not before else set()  # who came on that day have reached a limit
    for kind in tried:
        best = _more(purse, best, kind, goal, Fraction(0)) if best.paid.total < goal else best
    return best


def _worth(purse: Purse, kind: Earned) -> Fraction:
    """What a second one of a kind adds to the first: some of what the first is paid is for everybody."""
    two = purse.beside(kind, kind, 1)
    return kind.paid.total if two is None else two.paid.total - kind.paid.total


def _distinct(earning: Earning, kinds: tuple[Earned, ...]) -> Iterator[Earned]:
    seen: set[History] = set()
    for kind in (*kinds, *_others(earning, kinds)):
        if kind.history not in seen and kind.paid.total > 0 and len(seen) < _KINDS:
            seen.add(kind.history)
            yield kind


def _more(purse: Purse, best: Earned, kind: Earned, goal: Fraction, least: Fraction) -> Earned:
    """As many more of one kind as each add as much as the second of them, if that is at least so much.

    As many as are missing are tried at once; then one, two, four …, and from where that fails again from one on.
    """
    one = purse.beside(best, kind, 1)
    if one is None or one.paid.total <= best.paid.total or (one.paid.total - best.paid.total < least):
        return best if one is None or one.paid.total < goal else one
    two = purse.beside(one, kind, 1)
    adds = two.paid.total - one.paid.total if two is not None else Fraction(0)
    if two is None or adds <= 0 or adds < least:
        return one
    size = max(len(people_of(purse.earning.contract, kind.history)), 1)
    room = (MOST_PEOPLE - len(people_of(purse.earning.contract, two.history))) // size
    missing = min(int(-(-(goal - two.paid.total) // adds)), room)
    at_once = _so_many(purse, two, kind, missing, adds)
    return at_once if at_once is not None else _step_by_step(purse, two, kind, missing, adds)


def _step_by_step(purse: Purse, best: Earned, kind: Earned, missing: int, adds: Fraction) -> Earned:
    number = 1
    while number and missing > 1:
        more = _so_many(purse, best, kind, number, adds)
        if more is None:
            missing, number = number, number // 2
        else:
            best, missing, number = more, missing - number, min(2 * number, missing - number)
    return best


def _so_many(purse: Purse, best: Earned, kind: Earned, number: int, adds: Fraction) -> Earned | None:
    """So many more, if each adds as much (but for the last, of which a part may be cut)."""
    tried = purse.beside(best, kind, number) if number > 0 else None
    return tried if tried is not None and tried.paid.total >= best.paid.total + (number - 1) * adds else None


def is_meant(earned: Earned) -> bool:
    """Whether a history breaks nothing that is assumed."""
    return all(each.held is not Held.BROKEN for each in judged(earned.paid.meaning))


# ---------------------------------------------------------------- others like them


def _others(earning: Earning, kinds: tuple[Earned, ...]) -> Iterator[Earned]:
    """The same with larger sums, and the same in later periods."""
    for kind in kinds:
        for history in (*_larger(earning, kind.history), *_later(earning.contract, kind.history)):
            found = Earned(history, earning.pay(history))
            if found.paid.total > 0:
                yield found


def _later(contract: ir.Contract, history: History) -> Iterator[History]:
    """Everything so many months later, for each period of the contract, as long as it begins within the term."""
    days = [fact.day for fact in history.happened]
    last = contract.last_day.toordinal() if contract.last_day is not None else 0
    months = min((each.months for each in contract.calendars if each.months), default=3)
    for number in range(1, _LATER + 1):
        if not days or shift(min(days), months * number, 0) > last:
            return
        facts = (fact.on(shift(fact.day, months * number, 0)) if fact.counts else fact for fact in history.facts)
        yield History(tuple(facts))


def _larger(earning: Earning, history: History) -> Iterator[History]:
    """What rows carry, times a thousand and more: of sums that are measured, the size is made up."""
    summed = {
        node.attribute
        for flow in earning.contract.flows
        for node in rests_on(earning.names, flow)
        if isinstance(node, ir.Summed)
    }
    if any(name in summed for fact in history.happened for name, _ in fact.attributes):
        yield from (History(tuple(_times(fact, summed, much) for fact in history.facts)) for much in _LARGER)


def _times(fact: Fact, names: set[str], much: int) -> Fact:
    if not fact.counts:
        return fact
    carried = tuple(
        (n, v * much if n in names and isinstance(v, int | Fraction) and not isinstance(v, bool) else v)
        for n, v in fact.attributes
    )
    return evolve(fact, attributes=carried)
