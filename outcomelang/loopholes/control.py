"""Who has a hand in what: who is paid, who pays, who selects people, who puts them into groups, who records rows."""

from __future__ import annotations

from collections.abc import Iterator

from outcomelang.core import ir
from outcomelang.core.declared import Declared, events_in, joining_events, parties_of, rests_on

PERSONAL = ir.PerPerson | ir.PerMember | ir.PerRow
"""Subjects of which there is one for somebody: what is paid for them is paid for a person."""


def payers(d: Declared) -> frozenset[str]:
    """Commissioners, and all who pay and are never paid: whoever is paid and pays on is none of them."""
    return _paying(d) - _earning(d) | {party.name for party in d.contract.parties if party.role == "commissioner"}


def paid(d: Declared) -> frozenset[str]:
    """Providers, and all who are paid or get a part of what somebody is paid, commissioners left out."""
    return _earning(d) - {party.name for party in d.contract.parties if party.role == "commissioner"}


def _paying(d: Declared) -> frozenset[str]:
    return frozenset(name for flow in d.contract.flows if not flow.repays for name in parties_of(d, flow.payer))


def _earning(d: Declared) -> frozenset[str]:
    sides = [flow.payee for flow in d.contract.flows if not flow.repays]
    for stage in d.contract.stages:
        if isinstance(stage, ir.Division):
            sides += [part.to for part in stage.parts]
            sides += [stage.rest_to] if stage.rest_to is not None else []
    providers = {party.name for party in d.contract.parties if party.role == "provider"}
    return frozenset(providers | {name for side in sides for name in parties_of(d, side)})


def independent(d: Declared) -> frozenset[str]:
    return frozenset(party.name for party in d.contract.parties if party.independent)


def assesses_those_it_selects(d: Declared, group: ir.Partition) -> frozenset[str]:
    """Who selects people, and puts them into a group by what it does with them (an activity, an output) and records.

    Such a party takes part in the service, whether or not the contract pays it. Who pays or is independent does not.
    """
    if group.of not in d.populations or group.set_by:
        return frozenset()
    parties, events = classifiers(d, group)
    done = any(event.kind in ("activity", "output") for event in events)
    selects = d.populations[group.of].selected_by
    return parties & {selects or ""} - payers(d) - independent(d) if done else frozenset()


def alone_recorded_by(event: ir.Event, parties: frozenset[str]) -> bool:
    """Whether the word of these parties about an event is enough: one of them may record it, nobody else verifies."""
    if event.verification is not None and not set(event.verification.by) <= parties:
        return False
    return any(name in parties for name in event.recorded_by)


# ---------------------------------------------------------------- groups


def classifiers(d: Declared, group: ir.Partition) -> tuple[frozenset[str], tuple[ir.Event, ...]]:
    """The parties that decide to which row of a group somebody belongs, and the events in which they say so."""
    if group.set_by:
        return frozenset(group.set_by), ()
    events = _classified_by(d, group.classifier)
    return frozenset(name for event in events for name in event.recorded_by), events


def _classified_by(d: Declared, classifier: ir.Classifier) -> tuple[ir.Event, ...]:
    match classifier:
        case ir.ByLabel(event):
            return (d.events[event],)
        case ir.ByValue(event, attribute):
            return (d.events[event],) if attribute is not None else ()
        case ir.ByMeasured(measure):
            return events_in(d, d.measures[measure])
        case ir.ByOwnLabel():
            return ()


def is_difficulty(group: ir.Partition) -> bool:
    """Whether a group tells people apart: not by the day on which they joined."""
    by_day = isinstance(group.classifier, ir.ByValue) and group.classifier.attribute is None
    return group.word == "group" and not by_day


def groups_in(d: Declared, of: object) -> frozenset[str]:
    """The groups on which a part of the contract rests: by tables, tests, or as a subject."""
    found: set[str] = set()
    for node in rests_on(d, of):
        match node:
            case ir.KeyByGroup(name) | ir.InGroup(name) | ir.GroupLabel(name) | ir.PerGroup(name):
                found.add(name)
            case _:
                continue
    return frozenset(found)


def price_of(flow: ir.Flow) -> tuple[object, ...]:
    """What decides how much a payment pays: its amount, and the units and the gate that it is paid for."""
    return (flow.amount, flow.driver, flow.gate)


# ---------------------------------------------------------------- people


def taking_part(d: Declared) -> tuple[ir.Population, ...]:
    """Those who take part: comparison groups left out."""
    return tuple(each for each in d.contract.populations if each.comparison_of is None)


def compared(d: Declared, of: object) -> Iterator[ir.Population]:
    """The comparison groups that a part of the contract reads."""
    for node in rests_on(d, of):
        match node:
            case ir.Select(among=str() as among) | ir.DaysIn(among=str() as among):
                if among in d.populations:
                    yield d.populations[among]
            case _:
                continue


def joining_event_names(d: Declared) -> frozenset[str]:
    return frozenset(name for each in d.populations for name in joining_events(d, each))


# ---------------------------------------------------------------- numbers


def counted(d: Declared, quantity: ir.Quantity) -> ir.Select | None:
    """What a quantity counts, by itself or through definitions; None: it is no plain number of things."""
    while isinstance(quantity, ir.Read):
        quantity = d.measures[quantity.measure].quantity
    return quantity.select if isinstance(quantity, ir.Counted) else None


def counts_who_joins(d: Declared, quantity: ir.Quantity) -> bool:
    """Whether a quantity is the number of people who join, or of the rows by which they do."""
    select = counted(d, quantity)
    if select is None:
        return False
    match select.of:
        case ir.People():
            return not any(isinstance(test, ir.Has) for test in select.tests)
        case ir.Rows(event):
            return event in joining_event_names(d)
        case _:
            return False


def is_for_people(d: Declared, flow: ir.Flow) -> bool:
    """Whether it is paid for somebody, or for each of so many people: what becomes of one decides over a part of it."""
    if isinstance(flow.subject, PERSONAL):
        return True
    select = counted(d, flow.driver.quantity) if isinstance(flow.driver, ir.EachUnit) else None
    return select is not None and isinstance(select.of, ir.People | ir.Achievements)


def guarantees(d: Declared) -> tuple[ir.Flow, ...]:
    """Payments for each thing that is missing from a written number of things."""
    return tuple(
        flow
        for flow in d.contract.flows
        if isinstance(flow.driver, ir.EachUnit)
        and isinstance(flow.driver.quantity, ir.Excess)
        and isinstance(flow.driver.quantity.of, ir.Const)
        and isinstance(flow.driver.quantity.over, ir.Counted)
    )
