"""Lives in which each payment of a contract is earned: where a list of small histories shows no difference.

A scheme of twenty steps pays for what no short list of happenings brings about. Here somebody earns one payment after
the other, then everything; then two people do; then what happened last happens once more.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.evaluation.event_log import Value
from outcomelang.histories.earning import Earning
from outcomelang.histories.history import Fact, History

AGAIN = 91
"""Days until the same happens once more."""
MOST_PEOPLE = 12

Lives = tuple[ir.Population, tuple[ir.GivenPerson, ...]]


def lives_that_earn(contract: ir.Contract) -> Iterator[Lives]:
    """People and their rows, the fewest first."""
    earning = Earning(contract)
    one = [earned.history for flow in contract.flows if (earned := earning.earned(flow)) is not None]
    some = [history for history in one if 0 < len(history.participants) <= MOST_PEOPLE]
    if not some:
        return
    whole = earning.everything().history
    for history in (*some, whole, *map(_again, some), _again(whole), *map(_by_two, some), _by_two(whole)):
        given = _given(contract, history)
        if given is not None:
            yield given


def _again(history: History) -> History:
    """What happened last happens once more."""
    happened = history.happened
    return history.plus(happened[-1].on(happened[-1].day + AGAIN)) if happened else history


def _by_two(history: History) -> History:
    """Somebody else has the same life, a day later."""
    other = [
        Fact(f"{fact.participant} II", fact.event, fact.day + 1, fact.source, fact.attributes, fact.about, fact.kind)
        for fact in history.facts
        if fact.participant and fact.counts
    ]
    return history.plus(*other)


def _given(contract: ir.Contract, history: History) -> Lives | None:
    """The history as what an example gives; None where it speaks of nobody, or of people of several kinds."""
    population = next((each for each in contract.populations if each.comparison_of is None), None)
    if population is None or any(fact.about or not fact.participant for fact in history.happened):
        return None
    people = tuple(
        ir.GivenPerson(
            population.name,
            name,
            (),
            tuple(_row(contract, fact) for fact in history.happened if fact.participant == name),
        )
        for name in history.participants
    )
    return population, people


def _row(contract: ir.Contract, fact: Fact) -> ir.GivenRow:
    event = next(each for each in contract.events if each.name == fact.event)
    units = {attribute.name: attribute.unit for attribute in event.attributes}
    member = next((each.attribute for each in contract.members if each.name == event.of), None)
    given = dict(fact.attributes)
    named = given.pop(member, None) if member is not None else None
    consts = tuple((name, _const(value, units.get(name, ir.Unit.LABEL))) for name, value in given.items())
    return ir.GivenRow(fact.event, date.fromordinal(fact.day), consts, str(named) if named is not None else None)


def _const(value: Value, unit: ir.Unit) -> ir.Const:
    if isinstance(value, bool):
        return ir.Const("yes" if value else "no", unit)
    if isinstance(value, str):
        return ir.Const(value, unit)
    return ir.Const(date.fromordinal(int(value)) if unit is ir.Unit.DATE else Fraction(value), unit)
