"""Two small histories on either side of a line: they differ by one fact, or by one unit of what one fact carries."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve, frozen

from outcomelang.core import ir
from outcomelang.evaluation.event_log import Value
from outcomelang.exposure.steps import Step
from outcomelang.histories.history import Fact, History
from outcomelang.loopholes.study import Study

_MOST_FACTS = 12
_NEARLY = Fraction(9, 10)
_FINE = 1_000
"""How much finer what rows carry is made, so that one unit of it is a small step."""


@frozen
class Astride:
    """Two histories, what the clause pays in each, and in what they differ."""

    one: History
    other: History
    paid: tuple[Fraction, Fraction]
    by: str


def astride(study: Study, step: Step) -> Astride | None:
    """A pair around the line of a step between which about its whole jump lies; None: none so small was found."""
    for flow in study.contract.flows:
        if step.payment not in (flow.card, flow.name):
            continue
        earned = study.earned(flow)
        if earned is None or len(earned.history.happened) > _MOST_FACTS:
            continue
        for found in (*_by_amount(study, step, earned.history), *_by_fact(study, step, earned.history)):
            if abs(found.paid[0] - found.paid[1]) >= _NEARLY * abs(step.jump):
                return found
    return None


def _by_fact(study: Study, step: Step, history: History) -> Iterator[Astride]:
    """One fact left out, of those by which nobody joins."""
    for fact in history.happened:
        if fact.event in study.joining or fact.about:
            continue
        less = history.without(fact)
        yield Astride(history, less, _paid(study, step, history, less), f"one {fact.event}")


def _by_amount(study: Study, step: Step, history: History) -> Iterator[Astride]:
    """One unit of what a row carries, where the line is drawn through a sum."""
    moved = step.moved[0]
    if not isinstance(moved, ir.Summed) or not isinstance(moved.select.of, ir.Rows):
        return
    event, attribute = moved.select.of.event, moved.attribute
    finer = History(tuple(_times(fact, attribute) if fact.event == event else fact for fact in history.facts))
    for fact in finer.happened:
        value = dict(fact.attributes).get(attribute)
        if fact.event != event or not isinstance(value, int | Fraction):
            continue
        for first, last in ((0, int(value)), (int(value), 4 * int(value) + _FINE)):
            between = _closest(study, step, finer, fact, attribute, first, last)
            if between is None:
                continue
            low, high = between
            one, other = _with(finer, fact, attribute, high), _with(finer, fact, attribute, low)
            yield Astride(one, other, _paid(study, step, one, other), f"one unit of {attribute}")


def _closest(
    study: Study, step: Step, history: History, fact: Fact, attribute: str, low: int, high: int
) -> tuple[int, int] | None:
    """Two neighbouring values between which the payment changes most, by halving; None: it hardly changes at all."""

    def due(value: int) -> Fraction:
        return study.pay(_with(history, fact, attribute, value)).of(step.payment)

    before, after = due(low), due(high)
    if abs(after - before) < _NEARLY * abs(step.jump):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        here = due(middle)
        if abs(here - before) >= abs(after - here):
            high, after = middle, here
        else:
            low, before = middle, here
    return low, high


def _times(fact: Fact, attribute: str) -> Fact:
    carried: list[tuple[str, Value]] = []
    for name, value in fact.attributes:
        finer = name == attribute and isinstance(value, int | Fraction)
        carried.append((name, value * _FINE if finer and not isinstance(value, str) else value))
    return evolve(fact, attributes=tuple(carried))


def _with(history: History, fact: Fact, attribute: str, value: int) -> History:
    carried = evolve(fact, attributes=tuple((n, value if n == attribute else v) for n, v in fact.attributes))
    return History(tuple(carried if each is fact else each for each in history.facts))


def _paid(study: Study, step: Step, one: History, other: History) -> tuple[Fraction, Fraction]:
    return study.pay(one).of(step.payment), study.pay(other).of(step.payment)
