"""What a log of a contract may say: spellings of its events, sources, columns and labels, by name key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve, frozen

from outcomelang.core import ir
from outcomelang.core.names import name_key
from outcomelang.core.plans import outcome_rows
from outcomelang.evaluation.log.dated import Dated, Since, spellings
from outcomelang.evaluation.log.rulings import WORDS, Thing, rulings, things, words
from outcomelang.evaluation.log.values import Reader, value_reader

VERDICTS = ("verified", "rejected")
"""The events that say something of rows; those that say something of outcomes and payments are in `rulings.WORDS`."""
REQUIRED = ("id", "participant", "event", "date", "source")
OPTIONAL = ("recorded", "verifies", "about")


@frozen
class Cell:
    """What a column holds for one event: the name under which the value is kept, and how its text is read."""

    name: str
    read: Reader


@frozen
class Plan:
    """How rows of one event are read. `sources` maps name keys to the declared name and whether its word counts.

    `member` is the cell in which every row names the member it is about, where the event is declared `of` members.
    `verdict` is set for the built-in events (`verified`, `rejected` …) only, and `kind` says what such a row does.
    `others` are the plans of further events of the same spelling: the source of a row tells them apart.
    """

    event: str
    needs_participant: bool
    sources: Mapping[str, tuple[str, bool]]
    cells: Mapping[str, Cell]
    member: str | None = None
    verdict: bool | None = None
    kind: str = ""
    others: tuple[Plan, ...] = ()


@frozen
class Vocabulary:
    """`plans` by name key of event spelling; `columns` by name key, with the spelling to show.

    `things` are the outcomes and payments of which rows say something, by name key.
    """

    plans: Mapping[str, Plan]
    columns: Mapping[str, str]
    events: tuple[str, ...]
    parties: tuple[str, ...]
    things: Mapping[str, Thing]
    dated: Dated

    def plan(self, event: str, source: str) -> Plan | None:
        """How a row is read: of events that share a spelling, the one for which the word of its source counts."""
        plan = self.plans.get(name_key(event.strip()))
        if plan is None or not plan.others:
            return plan
        key = name_key(source.strip())
        return next((each for each in (plan, *plan.others) if each.sources.get(key, ("", False))[1]), plan)


def vocabulary(contract: ir.Contract) -> Vocabulary:
    """Everything a log of this contract may say. Declared names go before `logged as` where two spellings meet."""
    parties = _parties(contract)
    plans: dict[str, Plan] = {}
    own = [(event, _plan(contract, event, parties)) for event in contract.events]
    spelt_alike = shared_spellings(contract)
    plans.update((name_key(event.name), plan) for event, plan in own)
    for event, plan in own:
        for spelling in event.logged:
            first = plans.setdefault(name_key(spelling), plan)
            if first.event != plan.event and spelling in spelt_alike:
                plans[name_key(spelling)] = evolve(first, others=(*first.others, plan))
    of_things = things(contract)
    for word in dict.fromkeys((*VERDICTS, *words(contract))):
        kind, verified = WORDS[word]
        evidence = {name_key(text): text for each in rulings(contract) if each.kind == "evidenced" for text in each.by}
        spoken = {**evidence, **parties} if kind == "evidenced" else parties
        sources = {key: (name, True) for key, name in spoken.items()}
        plans.setdefault(name_key(word), Plan(word, False, sources, {}, verdict=verified, kind=kind))
    fixed = (*REQUIRED, *(OPTIONAL if of_things else OPTIONAL[:2]))
    return Vocabulary(
        plans=plans,
        columns={name_key(name): name for name in (*fixed, *(name for name, _ in data_columns(contract)))},
        events=tuple(event.name for event in contract.events),
        parties=tuple(party.name for party in contract.parties),
        things=of_things,
        dated=_dated(contract),
    )


def shared_spellings(contract: ir.Contract) -> frozenset[str]:
    """Spellings that several events have, by `logged as`."""
    own = [spelling for event in contract.events for spelling in dict.fromkeys(event.logged)]
    return frozenset(each for each in own if own.count(each) > 1)


def _dated(contract: ir.Contract) -> Dated:
    """Every spelling that holds from a day on."""
    labels: dict[tuple[str, str], Mapping[str, Since]] = {}
    for event in contract.events:
        held = [(attribute.name, label_rows(contract, event.name, attribute.name)) for attribute in event.attributes]
        own = [group for group in own_label_groups(contract) if event.name in group_events(contract, group)]
        for name, rows in (*held, *((group.name, group.rows) for group in own)):
            if any(row.logged_from for row in rows):
                labels[event.name, name] = spellings((row.label, row.logged_from) for row in rows)
    return Dated(
        events=spellings((event.name, event.logged_from) for event in contract.events),
        sources=spellings((party.name, party.logged_from) for party in contract.parties),
        labels=labels,
    )


def data_columns(contract: ir.Contract) -> Iterator[tuple[str, str]]:
    """Spellings of columns beyond the fixed ones, each with the attribute or group it holds; spellings may repeat."""
    for event in contract.events:
        for attribute in event.attributes:
            yield attribute.name, attribute.name
            for spelling in attribute.logged:
                yield spelling, attribute.name
    for group in own_label_groups(contract):
        yield group.name, group.name


def member_columns(contract: ir.Contract, member: ir.Member) -> tuple[str, ...]:
    """Spellings of the column in which rows `of` a member name it: that of the rows which declare the members."""
    declaring = next(event for event in contract.events if event.name == member.event)
    logged = [s for attribute in declaring.attributes if attribute.name == member.attribute for s in attribute.logged]
    return member.attribute, *logged


def member_of(contract: ir.Contract, event: ir.Event) -> ir.Member | None:
    """The members of whom an event is, if it is declared `of` members."""
    return next((member for member in contract.members if member.name == event.of), None)


def names_somebody(contract: ir.Contract, event: ir.Event) -> bool:
    """Whether every row of an event names a participant: events `of` somebody, and those by which people join.

    Where people join on their first row, whatever it is, rows of any event may belong to nobody.
    """
    return event.of is not None or any(event.name in joined for joined in _joined_on(contract))


def _joined_on(contract: ir.Contract) -> Iterator[frozenset[str]]:
    """The events by which each population joins."""
    for population in contract.populations:
        domains = [way.select.of for way in population.ways]
        events = frozenset(domain.event for domain in domains if isinstance(domain, ir.Rows))
        things = [event for event in contract.events if event.kind != "figure"]
        whatever = all(way.first for way in population.ways) and len(things) > 1
        if not (whatever and len(events) == len(things)):
            yield events


def own_label_groups(contract: ir.Contract) -> tuple[ir.Partition, ...]:
    """Groups set by a party without a row of their own: the log carries them in a column of their name."""
    return tuple(group for group in contract.partitions if isinstance(group.classifier, ir.ByOwnLabel))


def group_events(contract: ir.Contract, group: ir.Partition) -> frozenset[str]:
    """Events whose rows carry the label of such a group: those by which its people join, else every event."""
    populations = [p for p in contract.populations if p.name == group.of or p.comparison_of in (group.of, group.name)]
    domains = [way.select.of for population in populations for way in population.ways]
    joining = frozenset(domain.event for domain in domains if isinstance(domain, ir.Rows))
    return joining or frozenset(event.name for event in contract.events)


def label_rows(contract: ir.Contract, event: str, attribute: str) -> tuple[ir.PartitionRow, ...]:
    """The labels that this attribute of this event may hold: the rows of every group that is read from it, and the
    outcomes that a plan reads there; without any, labels are free."""
    rows: list[ir.PartitionRow] = []
    for group in contract.partitions:
        if group.name == attribute and any(each.name == event and each.kind == "figure" for each in contract.events):
            return group.rows
        if group.classifier == ir.ByLabel(event, attribute) and all(row.bounds is None for row in group.rows):
            rows.extend(group.rows)
    if any((plan.event, plan.attribute) == (event, attribute) for plan in contract.plans):
        rows.extend(outcome_rows(contract))
    return tuple(rows)


def _labels(rows: tuple[ir.PartitionRow, ...]) -> dict[str, str]:
    labels = {name_key(spelling): row.label for row in rows for spelling in row.logged}
    return labels | {name_key(row.label): row.label for row in rows}


def _parties(contract: ir.Contract) -> dict[str, str]:
    parties = {name_key(party.name): party.name for party in contract.parties}
    for party in contract.parties:
        for spelling in party.logged:
            parties.setdefault(name_key(spelling), party.name)
    for event in contract.events:
        for name in entitled(event):
            parties.setdefault(name_key(name), name)
    return parties


def entitled(event: ir.Event) -> tuple[str, ...]:
    """The parties whose word about this event counts."""
    return (*event.recorded_by, *(event.verification.by if event.verification else ()))


def _sources(contract: ir.Contract, event: ir.Event, parties: Mapping[str, str]) -> dict[str, tuple[str, bool]]:
    named = frozenset(entitled(event))
    anybody = not named and not event.evidenced_by
    sources = {key: (name, anybody or name in named) for key, name in parties.items()}
    # Two parties may share a `logged as` spelling ("provider"): for this event it means the one that is entitled.
    for party in contract.parties:
        if party.name in named:
            for spelling in party.logged:
                if not sources[name_key(spelling)][1]:
                    sources[name_key(spelling)] = (party.name, True)
    for evidence in event.evidenced_by:
        if not sources.get(name_key(evidence), ("", False))[1]:
            sources[name_key(evidence)] = (evidence, True)
    return sources


def _plan(contract: ir.Contract, event: ir.Event, parties: Mapping[str, str]) -> Plan:
    cells: dict[str, Cell] = {}
    for attribute in event.attributes:
        labels = _labels(label_rows(contract, event.name, attribute.name))
        cells[name_key(attribute.name)] = Cell(
            attribute.name, value_reader(attribute.unit, contract.minor_digits, labels)
        )
    for attribute in event.attributes:
        for spelling in attribute.logged:
            cells.setdefault(name_key(spelling), cells[name_key(attribute.name)])
    for group in own_label_groups(contract):
        if event.name in group_events(contract, group):
            labels = _labels(group.rows)
            cells.setdefault(name_key(group.name), Cell(group.name, value_reader(ir.Unit.LABEL, 2, labels)))
    member = member_of(contract, event)
    if member is not None:
        for spelling in member_columns(contract, member):
            cells.setdefault(name_key(spelling), Cell(member.attribute, value_reader(ir.Unit.LABEL, 2, {})))
    sources = _sources(contract, event, parties)
    return Plan(event.name, names_somebody(contract, event), sources, cells, member.attribute if member else None)
