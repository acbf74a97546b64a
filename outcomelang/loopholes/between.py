"""OC19 over several contracts that are checked together: one result of one person that two of them pay for.

Two contracts speak of the same thing if they call it alike: participants of one name who join on one event, and an
outcome of them that the same parties record. What one payer pays one payee twice are readings of one contract, or its
versions, and no two contracts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from attrs import evolve, frozen

from outcomelang.core import ir
from outcomelang.core.declared import joining_events
from outcomelang.diagnostic import Remedy
from outcomelang.histories.history import History
from outcomelang.histories.making import closing_fact
from outcomelang.histories.paid import Paid
from outcomelang.histories.whom import joining_days
from outcomelang.loopholes.beside import facts_of
from outcomelang.loopholes.finding import Finding, Told, Verdict, Witness
from outcomelang.loopholes.payers import payees_of, payers_of
from outcomelang.loopholes.rules.two_contracts_pay_one_outcome import is_held_apart
from outcomelang.loopholes.study import Study


@frozen(eq=False)
class _Both:
    """One history in two contracts, and what each pays in it and without the result."""

    event: str
    flows: tuple[ir.Flow, ir.Flow]
    whole: tuple[Paid, Paid]
    less: tuple[Paid, Paid]


def between(contracts: Sequence[ir.Contract]) -> Iterator[tuple[int, Finding]]:
    """What is found in each contract beside another, with the place of the contract in the sequence."""
    studies: dict[int, Study] = {}
    for one, other in combinations(range(len(contracts)), 2):
        events = _shared(contracts[one], contracts[other])
        if not events:
            continue
        pair = tuple(studies.setdefault(place, Study(contracts[place])) for place in (one, other))
        both = next(_both(pair[0], pair[1], events), None)
        if both is not None:
            yield one, _finding(pair[0], pair[1], both, 0)
            yield other, _finding(pair[1], pair[0], both, 1)


def _shared(one: ir.Contract, other: ir.Contract) -> frozenset[str]:
    """The outcomes of people of one name in both; none where the terms do not overlap or the money differs."""
    if one.currency != other.currency or not _overlap(one, other):
        return frozenset()
    people = {each.name for each in one.populations} & {each.name for each in other.populations}
    return frozenset(name for name, of, _ in _outcomes(one) & _outcomes(other) if of in people)


def _outcomes(k: ir.Contract) -> set[tuple[str, str | None, frozenset[str]]]:
    return {(e.name, e.of, frozenset(e.recorded_by)) for e in k.events if e.kind == "outcome" and e.recorded_by}


def _overlap(one: ir.Contract, other: ir.Contract) -> bool:
    days = (one.first_day, one.last_day, other.first_day, other.last_day)
    if any(day is None for day in days):
        return False
    assert days[0] is not None and days[1] is not None and days[2] is not None and days[3] is not None
    return days[0] <= days[3] and days[2] <= days[1]


# ---------------------------------------------------------------- one history in both


def _both(one: Study, other: Study, events: frozenset[str]) -> Iterator[_Both]:
    for first in _resting(one, events):
        for second in _resting(other, events):
            shared = facts_of(one, first) & facts_of(other, second) & events
            if shared and _apart(one, first, other, second):
                for swapped in (False, True):
                    found = _paid(one, first, other, second, shared, swapped)
                    if found is not None:
                        yield found


def _resting(study: Study, events: frozenset[str]) -> list[ir.Flow]:
    return [flow for flow in study.flows if facts_of(study, flow) & events and not is_held_apart(study, flow)]


def _apart(one: Study, first: ir.Flow, other: Study, second: ir.Flow) -> bool:
    """Whether somebody else pays, or somebody else is paid."""
    payers = payers_of(one, (first,)) & payers_of(other, (second,))
    return not payers or not payees_of(one, (first,)) & payees_of(other, (second,))


def _paid(
    one: Study, first: ir.Flow, other: Study, second: ir.Flow, events: frozenset[str], swapped: bool
) -> _Both | None:
    """The smallest history of one payment, if the other contract pays for it, too, and for neither without it."""
    maker, flow = (other, second) if swapped else (one, first)
    day = _joining_day(one, other)
    if day is None:
        return None
    made = maker.earning.made(flow, 1, 1, maker.earning.labels_of(flow)[0], False, day)
    told = tuple(_carried(study, made) for study in (one, other))
    whole = (one.pay(told[0]), other.pay(told[1]))
    for event in sorted(events):
        less = (one.pay(_without(told[0], event)), other.pay(_without(told[1], event)))
        flows = (first, second)
        falls = (less[n].of(flows[n].name) < whole[n].of(flows[n].name) for n in (0, 1))
        if all(falls):
            return _Both(event, flows, whole, less)
    return None


def _joining_day(one: Study, other: Study) -> int | None:
    """The first day on which somebody may join both, on the same event."""
    for population in one.contract.populations:
        twin = other.names.populations.get(population.name)
        if twin is None or population.comparison_of is not None:
            continue
        same = set(joining_events(one.names, population.name)) & set(joining_events(other.names, twin.name))
        days = joining_days(one.contract, population), joining_days(other.contract, twin)
        first, last = max(days[0][0], days[1][0]), min(days[0][1], days[1][1])
        if same and first <= last:
            return first
    return None


def _carried(study: Study, history: History) -> History:
    """The same facts as rows of another contract's log: those of which it knows, with what it knows of them."""
    known = {event.name: {attribute.name for attribute in event.attributes} for event in study.contract.events}
    facts = [
        evolve(fact, attributes=tuple((n, v) for n, v in fact.attributes if n in known[fact.event]))
        for fact in history.facts
        if fact.counts and not fact.about and fact.event in known
    ]
    closing = closing_fact(study.contract)
    return History((*facts, *(() if closing is None else (closing,))))


def _without(history: History, event: str) -> History:
    return History(tuple(fact for fact in history.facts if fact.event != event or not fact.counts))


# ---------------------------------------------------------------- words


def _finding(own: Study, other: Study, both: _Both, place: int) -> Finding:
    flow, beside = both.flows[place], both.flows[1 - place]
    here, there = (
        both.whole[n].of(both.flows[n].name) - both.less[n].of(both.flows[n].name) for n in (place, 1 - place)
    )
    title = other.contract.title
    return Finding(
        of=(flow.name, title, beside.name),
        origin=flow.origin,
        message=(
            f"One {both.event} is paid for by two contracts: {own.money(here)} here, and {other.money(there)} under "
            f"{beside.name} of “{title}”"
        ),
        label=f"is also paid for under “{title}”",
        stake=min(here, there),
        verdict=Verdict.WITNESS,
        witness=Witness(
            (Told(both.whole[place].history, both.whole[place].total, "Of this contract:"),),
            f"for the same {both.event} {other.money(there)} is due under “{title}”",
        ),
        argument=f"the same rows were paid under both, and neither pays as much without the {both.event}",
        remedies=(
            Remedy(f"leave out each {both.event} that the other contract pays for", "it is paid for once"),
            Remedy("take off what the other contract pays", "the dearer price is paid, and no more"),
            Remedy("agree shares with the other payer", "one price is shared"),
        ),
    )
