"""Versions of one contract become one contract: what is the same in all of them stands once.

What is only computed (tables, definitions, states, joint shares) is copied under a name of its own where a version
says something else. What has an identity in time stays one: an outcome keeps its name and has its words by version; a
payment keeps its line, with a flow for each of its terms; a limit keeps its account of what was used, with its amounts
by version. What the log means (participants, events, groups, periods) cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar, cast

from outcomelang.core import ir
from outcomelang.core.weaving.copies import Copies, Names, renamed
from outcomelang.core.weaving.fixed import accounts, one_outcome, one_payment
from outcomelang.core.weaving.reach import Bodies, Conflict, Reach
from outcomelang.core.weaving.stages import Found, gathered, woven
from outcomelang.tree import evolve

__all__ = ["Conflict", "weave"]

Made = Sequence[tuple[ir.Version, ir.Contract]]
N = TypeVar("N", ir.Population, ir.Member, ir.Partition, ir.Calendar, ir.Event, ir.Party, ir.Plan)


def weave(
    made: Made, twins: Sequence[int], examples: tuple[ir.Example, ...]
) -> tuple[ir.Contract, tuple[Conflict, ...]]:
    """One contract of all versions, everybody's first, and what does not fit together.

    `twins` gives for each version everybody's version of the same time. `examples` prove all of them together.
    """
    contracts = [contract for _, contract in made]
    copies = Copies({}, {})
    names = [copies.names_of(contract, version.amendment) for version, contract in made]
    results = _bodies([contract.outcomes for contract in contracts], names)
    flows = _bodies([contract.flows for contract in contracts], names)
    stages = gathered(contracts, names)
    declared, conflicts = _declared(contracts, names)
    whole = evolve(
        declared,
        joint_parties=tuple(copies.of_kind("joint party")),
        states=tuple(copies.of_kind("state")),
        measures=tuple(copies.of_kind("measure")),
        tables=tuple(copies.of_kind("table")),
        outcomes=tuple(_outcome(found, made) for found in results.values()),
        flows=tuple(flow for found in flows.values() for flow in _flows(found, made)),
        stages=tuple(woven(found, len(made)) for found in stages if _holds(found, made)),
        versions=tuple(version for version, _ in made),
        examples=tuple(_given_everywhere(example, copies) for example in examples),
    )
    reach = Reach(whole, whole.versions, twins)
    conflicts += [*one_outcome(results), *one_payment(flows), *accounts(stages, flows, len(made))]
    conflicts += [*reach.outcomes(results), *reach.flows(flows), *reach.stages(stages)]
    return _as_signed(whole), tuple(conflicts)


def _declared(contracts: Sequence[ir.Contract], names: Sequence[Names]) -> tuple[ir.Contract, list[Conflict]]:
    """The terms as signed, with whatever a later version declares beside them."""
    conflicts: list[Conflict] = []
    whole = evolve(
        contracts[0],
        parties=_union([c.parties for c in contracts], names, conflicts),
        populations=_union([c.populations for c in contracts], names, conflicts),
        members=_union([c.members for c in contracts], names, conflicts),
        partitions=_union([c.partitions for c in contracts], names, conflicts),
        calendars=_union([c.calendars for c in contracts], names, conflicts),
        events=_union([c.events for c in contracts], names, conflicts),
        plans=_union([c.plans for c in contracts], names, conflicts),
        suspensions=tuple(dict.fromkeys(each for c in contracts for each in c.suspensions)),
    )
    conflicts += _figures(contracts)
    return whole, conflicts


def _figures(contracts: Sequence[ir.Contract]) -> Iterator[Conflict]:
    """Figures that would be read in another way: a figure is what the log reports, at any time."""
    known: dict[str, ir.Measure] = {}
    for contract in contracts:
        reported = {event.name for event in contract.events if event.kind == "figure"}
        for measure in contract.measures:
            if measure.name in reported and known.setdefault(measure.name, measure) != measure:
                yield _two_things(measure.name, measure.origin)


def _as_signed(whole: ir.Contract) -> ir.Contract:
    """Without versions where nothing differs between them: such amendments leave the contract as it was."""
    differing = (
        any(flow.versions for flow in whole.flows),
        any(outcome.amended for outcome in whole.outcomes),
        any(stage.bounds for stage in whole.stages if isinstance(stage, ir.MoneyLimit | ir.CountLimit)),
        any(stage.versions for stage in whole.stages if isinstance(stage, ir.Replace | ir.SetOff | ir.Division)),
    )
    return whole if any(differing) else evolve(whole, versions=())


def _given_everywhere(example: ir.Example, copies: Copies) -> ir.Example:
    """What an example gives for a definition or a table it gives in every version."""
    givens: list[ir.Given] = []
    for given in example.givens:
        givens.append(given)
        if isinstance(given, ir.GivenValue):
            names = (name for kind in ("measure", "table") for name in copies.copied.get((kind, given.name), ()))
            givens += [evolve(given, name=name) for name in names]
    return evolve(example, givens=tuple(givens))


# ---------------------------------------------------------------- what stands once


def _union(parts: Sequence[tuple[N, ...]], names: Sequence[Names], conflicts: list[Conflict]) -> tuple[N, ...]:
    """What any version declares. Under one name there is one thing: the log has no versions."""
    found: dict[str, N] = {}
    for version, own in enumerate(parts):
        for each in own:
            if found.setdefault(each.name, each) != renamed(each, names[version]):
                conflicts.append(_two_things(each.name, each.origin))
    return tuple(found.values())


def _two_things(name: str, origin: ir.Origin) -> Conflict:
    return Conflict(f"{name} would mean two things: what the log says of it is read in one way at any time.", origin)


def _bodies(parts: Sequence[tuple[ir.Node, ...]], names: Sequence[Names]) -> Bodies:
    found: Bodies = {}
    for version, own in enumerate(parts):
        for each in own:
            here = renamed(each, names[version])
            bodies = found.setdefault(cast(ir.Outcome | ir.Flow, each).name, [])
            same = next((versions for body, versions in bodies if body == here), None)
            if same is None:
                bodies.append((here, [version]))
            else:
                same.append(version)
    return found


# ---------------------------------------------------------------- outcomes and payments


def _outcome(found: list[tuple[ir.Node, list[int]]], made: Made) -> ir.Outcome:
    """The outcome with its first words, and what it is in the versions that say otherwise."""
    first, *others = [(cast(ir.Outcome, body), versions) for body, versions in found]
    amended = tuple(ir.AmendedOutcome(tuple(where), made[where[0]][0].amendment, body) for body, where in others)
    return evolve(first[0], amended=amended) if amended else first[0]


def _flows(found: list[tuple[ir.Node, list[int]]], made: Made) -> Iterator[ir.Flow]:
    """A flow for each of a payment's terms, with the versions in which they hold."""
    for body, where in found:
        flow = cast(ir.Flow, body)
        if len(where) == len(made):
            yield flow
        else:
            yield evolve(flow, versions=tuple(where), amendment=made[where[0]][0].amendment)


# ---------------------------------------------------------------- stages


def _holds(found: Found, made: Made) -> bool:
    """Whether a stage holds at all: an early ending only if it stands in the version of its own day."""
    stage = next(iter(found.by_version.values()))
    if not isinstance(stage, ir.FallAway):
        return True
    everybody = [(n, version) for n, (version, _) in enumerate(made) if version.population is None]
    governing = [n for n, version in everybody if version.first is None or version.first <= stage.day]
    return governing[-1] in found.by_version
