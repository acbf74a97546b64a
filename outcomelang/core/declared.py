"""The declarations of a contract by name, and all that a part of it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.plans import outcomes_of
from outcomelang.tree import Tree, nodes


@frozen(eq=False)
class Declared:
    """What each name of a contract stands for."""

    contract: ir.Contract
    events: dict[str, ir.Event]
    populations: dict[str, ir.Population]
    partitions: dict[str, ir.Partition]
    members: dict[str, ir.Member]
    states: dict[str, ir.State]
    measures: dict[str, ir.Measure]
    tables: dict[str, ir.Table]
    outcomes: dict[str, ir.Outcome]
    calendars: dict[str, ir.Calendar]
    plans: dict[str, ir.Plan]


def declared(contract: ir.Contract) -> Declared:
    return Declared(
        contract,
        {each.name: each for each in contract.events},
        {each.name: each for each in contract.populations},
        {each.name: each for each in contract.partitions},
        {each.name: each for each in contract.members},
        {each.name: each for each in contract.states},
        {each.name: each for each in contract.measures},
        {each.name: each for each in contract.tables},
        {each.name: each for each in contract.outcomes},
        {each.name: each for each in contract.calendars},
        {each.name: each for each in contract.plans},
    )


def rests_on(d: Declared, of: object, seen: set[tuple[str, str]] | None = None) -> Iterator[Tree]:
    """Every node in a part of the core, and in the outcomes, measures, tables, states and plans that it names.

    Each of those is gone into once. How people join and how groups are told apart is left out.
    """
    seen = set() if seen is None else seen
    for node in nodes(of):
        yield node
        for kind, name, named in _named(d, node):
            if (kind, name) not in seen:
                seen.add((kind, name))
                yield from rests_on(d, named, seen)


def asks_for(d: Declared, of: object, seen: set[tuple[str, str]] | None = None) -> Iterator[Tree]:
    """As `rests_on`, but without what only says when a window begins or ends."""
    seen = set() if seen is None else seen
    for node in _outside_windows(of):
        yield node
        for kind, name, named in _named(d, node):
            if (kind, name) not in seen:
                seen.add((kind, name))
                yield from asks_for(d, named, seen)


def _outside_windows(of: object) -> Iterator[Tree]:
    if isinstance(of, Tree):
        if isinstance(of, ir.Window):
            return
        yield of
        for name in of.__match_args__:
            yield from _outside_windows(getattr(of, name))
    elif isinstance(of, tuple):
        for each in of:
            yield from _outside_windows(each)


def _named(d: Declared, node: Tree) -> Iterator[tuple[str, str, object]]:
    """What a node names, with the kind of name."""
    match node:
        case ir.EachAchievement(name) | ir.Achieved(name) | ir.Achievements(name) | ir.AchievedOn(name):
            outcome = d.outcomes[name]
            yield "outcome", name, outcome
            if outcome.after is not None:
                yield "outcome", outcome.after, d.outcomes[outcome.after]
        case ir.Read(name):
            yield "measure", name, d.measures[name]
        case ir.Lookup(name):
            yield "table", name, d.tables[name]
        case ir.DaysIn(name) | ir.InState(name):
            yield "state", name, d.states[name]
        case ir.Reaches(name):
            yield "state", name, d.states[name]
        case ir.EachInPlan(name):
            yield "plan", name, tuple(d.outcomes[outcome] for outcome in outcomes_of(d.plans[name]))
        case _:
            return


def events_in(d: Declared, of: object) -> tuple[ir.Event, ...]:
    """The events on whose rows a part of the core rests, in the order of declaration (figures among them)."""
    found: set[str] = set()
    for node in rests_on(d, of):
        match node:
            case ir.Rows(event) | ir.PerRow(event):
                found.add(event)
            case ir.Spells(begins, ends):
                found |= {begins} if ends is None else {begins, ends}
            case ir.Observed(figure):
                found.add(figure)
            case ir.Members(member) | ir.ForMembers(member):
                found.add(d.members[member].event)
            case _:
                continue
    return tuple(event for event in d.contract.events if event.name in found)


def parties_of(d: Declared, side: ir.Payer) -> tuple[str, ...]:
    """The parties for whom one side of a payment may stand."""
    match side:
        case ir.NamedParty(party):
            return (party,)
        case ir.Jointly(joint):
            shares = next(each.shares for each in d.contract.joint_parties if each.name == joint)
            return tuple(name for name, _ in shares)
        case ir.PartyOfGroup(partition):
            return tuple(row.label for row in d.partitions[partition].rows)


def joining_events(d: Declared, population: str) -> tuple[str, ...]:
    """The events by which people come in."""
    ways = d.populations[population].ways
    return tuple(dict.fromkeys(way.select.of.event for way in ways if isinstance(way.select.of, ir.Rows)))
