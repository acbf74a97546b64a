"""Time in something bad that two payments count, each by a record of its own, of participants of two kinds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.declared import asks_for
from outcomelang.loopholes.beside import meant_beside
from outcomelang.loopholes.study import Study


@frozen
class Record:
    """What is counted of something bad: the name of its state or event, and whose it is."""

    name: str
    population: str


def two_records(study: Study) -> Iterator[tuple[ir.Flow, Record, ir.Flow, Record]]:
    """Payments that fall with each day (or unit) of something bad, of different people by their kind."""
    falling = [(flow, record) for flow in study.flows for record in _records(study, flow)]
    seen: set[tuple[str, str]] = set()
    for (one, first), (other, second) in combinations(falling, 2):
        pair = (first.name, second.name)
        if first.population == second.population or pair in seen or meant_beside(study, one, other):
            continue
        seen.add(pair)
        yield one, first, other, second


def _records(study: Study, flow: ir.Flow) -> Iterator[Record]:
    """States and events, fewer of which are better, whose days or numbers enter how much is paid."""
    if not isinstance(flow.driver, ir.EachUnit) and flow.gate is None:
        return
    for node in asks_for(study.names, (flow.driver, flow.amount)):
        match node:
            case ir.DaysIn(state):
                yield from _in_state(study, study.names.states[state])
            case ir.NotDays(ir.InState(state)):
                yield from _in_state(study, study.names.states[state])
            case ir.Summed(_, ir.Select(ir.Rows(event))):
                of = study.names.events[event]
                if of.polarity is ir.Polarity.FEWER and of.of in study.names.populations:
                    yield Record(event, of.of or "")
            case _:
                continue


def _in_state(study: Study, state: ir.State) -> Iterator[Record]:
    if state.polarity is ir.Polarity.FEWER and isinstance(state.days, ir.Spells):
        of = state.of or study.names.events[state.days.begins].of
        if of in study.names.populations:
            yield Record(state.name, of or "")
