"""Who joins, where a contract is meant for so many: told from everybody, before anybody is reckoned."""

from __future__ import annotations

from collections.abc import Callable
from heapq import nsmallest

from outcomelang.evaluation.event_log import EventLog
from outcomelang.evaluation.facts import Admitted, Facts
from outcomelang.evaluation.reference import no_collector
from outcomelang.relational.people.logs import LogOf


def first_to_join(log: LogOf, own: EventLog, forget: Callable[[], None]) -> Admitted:
    """The first so many of each population that has a number: the log is gone through once for them."""
    most = {population.name: population.most for population in log.contract.populations if population.most is not None}
    first: dict[str, list[tuple[int, str]]] = {name: [] for name in most}
    for some in log.logs(own) if most else ():
        with no_collector():
            people = Facts(log.contract, some, log.day.toordinal()).people
            for name, number in most.items():
                joined: dict[str, int] = {}
                for episode in people[name]:  # in order of joining: the first of somebody's participations counts
                    joined.setdefault(episode.participant, episode.joined)
                first[name] = nsmallest(number, [*first[name], *((day, who) for who, day in joined.items())])
            del people
        forget()
    return {name: frozenset(who for _, who in those) for name, those in first.items()}
