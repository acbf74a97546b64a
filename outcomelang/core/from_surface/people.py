"""Participants, members, comparison groups, groups and cohorts, periods."""

from __future__ import annotations

from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.from_surface import refs, selections
from outcomelang.core.from_surface.context import Elaboration, PartitionShape, Scene, name_of
from outcomelang.core.from_surface.declare import cite_of
from outcomelang.core.from_surface.edits import added
from outcomelang.core.from_surface.header import at_any_time
from outcomelang.core.from_surface.windows import length
from outcomelang.core.names import name_key
from outcomelang.core.scope import Sort, spelling
from outcomelang.diagnostic import Remedy
from outcomelang.surface import ast
from outcomelang.tree import evolve

# ---------------------------------------------------------------- shapes: what others need before anything is read


def shapes(e: Elaboration, file: ast.File) -> None:
    """Populations with their joining events, members, groups with their labels, calendars."""
    for clause in file.clauses:
        if isinstance(clause, ast.Participant):
            e.populations[name_of(clause)] = _joining_events(e, clause, file)
        elif isinstance(clause, ast.Event):
            of = e.scope.find(clause.of.text) if clause.of is not None else None
            e.event_of[name_of(clause)] = of.name if of is not None else None
        elif isinstance(clause, ast.State):
            begins = e.scope.find(clause.begins.text)
            e.state_events[name_of(clause)] = begins.name if begins is not None else ""
    for clause in file.clauses:
        if isinstance(clause, ast.Group):
            e.cite = cite_of(clause)
            e.partitions[name_of(clause)] = _partition_shape(e, clause)
            _label_source(e, clause)
    for clause in file.clauses:
        if isinstance(clause, ast.Comparison):
            base = _compared_population(e, clause)
            e.comparisons[name_of(clause)] = base
            e.populations[name_of(clause)] = e.populations.get(base, ())


def _joining_events(e: Elaboration, clause: ast.Participant, file: ast.File) -> tuple[str, ...]:
    events: list[str] = []
    for modifier in clause.modifiers:
        if isinstance(modifier, ast.JoinsOnFirstRow):
            events += [
                *(name_of(each) for each in file.clauses if isinstance(each, ast.Event)),
                *filter(None, [e.chosen]),
            ]
        if isinstance(modifier, ast.JoinsOn):
            found = [e.scope.find(way.select.head.term.text) for way in modifier.ways]
            events += [symbol.name for symbol in found if symbol is not None and symbol.sort is Sort.EVENT]
    return tuple(dict.fromkeys(events))


def _partition_shape(e: Elaboration, clause: ast.Group) -> PartitionShape:
    of = e.scope.find(clause.of.text)
    spellings: dict[str, str] = {}
    for row in clause.rows:
        label = row.label.value
        if name_key(label) in spellings:
            e.say(
                "row-doubled",
                row.label.span,
                f"Two rows of {name_of(clause)} are called “{label}”, so nobody knows which one a person is in.",
                label="the same label again",
            )
        spellings[name_key(label)] = label
        if row.logged is not None:
            spellings.setdefault(name_key(row.logged.text.value), label)
    return PartitionShape(of.name if of is not None else "", tuple(row.label.value for row in clause.rows), spellings)


def _label_source(e: Elaboration, clause: ast.Group) -> None:
    for modifier in clause.modifiers:
        event = e.scope.find(modifier.event.text) if isinstance(modifier, ast.ReadFrom) and modifier.event else None
        if isinstance(modifier, ast.ReadFrom) and event is not None:
            e.label_sources[event.name, spelling(modifier.attribute.text)] = name_of(clause)


def _compared_population(e: Elaboration, clause: ast.Comparison) -> str:
    symbol = e.scope.find(clause.of.text)
    if symbol is None:
        return ""
    shape = e.partitions.get(symbol.name)
    return shape.of if shape is not None else symbol.name


# ---------------------------------------------------------------- participants


def population(e: Elaboration, clause: ast.Participant, events: tuple[str, ...]) -> ir.Population:
    """Participants and how one becomes a participant."""
    name = name_of(clause)
    plural = e.other_number(name)
    core = ir.Population(name, plural, (), once=False, origin=e.at(clause.span))
    joins = again = False
    for modifier in clause.modifiers:
        match modifier:
            case ast.JoinsOn():
                joins = True
                core = evolve(core, ways=_ways(e, modifier, name))
            case ast.JoinsOnFirstRow():
                joins = True
                core = evolve(core, ways=tuple(ir.Way(ir.Select(ir.Rows(event)), True) for event in events))
            case ast.Once():
                again = True
                core = evolve(core, once=True)
            case ast.AgainAfter():
                again = True
                months, days = length(e, modifier.length)
                core = evolve(core, again_months=months, again_days=days)
            case ast.SelectedBy():
                party = e.find(modifier.party, "who selects", Sort.PARTY)
                core = evolve(core, selected_by=party.name if party is not None else None)
            case ast.UpToPeople():
                core = evolve(core, most=int(modifier.number.value))
            case ast.Logged():
                core = evolve(core, logged=(*core.logged, *at_any_time(e, modifier)))
            case ast.Cite():
                continue
            case _:
                assert_never(modifier)
    _complete(e, clause, joins, again or (bool(core.ways) and all(way.first for way in core.ways)))
    return core


def _ways(e: Elaboration, joins: ast.JoinsOn, name: str) -> tuple[ir.Way, ...]:
    ways = []
    for way in joins.ways:
        symbol = refs.named(e, way.select.head, "what one joins on", Sort.EVENT)
        if symbol is None:
            continue
        scene = Scene(ir.PerPerson(name), ())
        selected = selections.narrowed(e, ir.Rows(symbol.name), way.select.counted, scene)
        ways.append(ir.Way(selected.select, way.first, origin=e.at(way.span)))
    return tuple(ways)


def _complete(e: Elaboration, clause: ast.Participant, joins: bool, again: bool) -> None:
    name = name_of(clause)
    if not joins:
        e.say(
            "joining-missing",
            clause.span,
            f"Nobody can become a {name}: it is not said on which event one joins.",
            label="joins on …?",
            remedies=(Remedy("joins on Referral, once"),),
        )
    elif not again:
        e.say(
            "joining-again-unstated",
            clause.span,
            f"It is not said whether one person can be a {name} twice, and be paid for twice.",
            label="once, or again?",
            remedies=(
                Remedy("once", "a later joining counts for nothing", added(clause.span, "once")),
                Remedy(
                    "again after 12 months", "a later joining begins anew", added(clause.span, "again after 12 months")
                ),
            ),
        )


def member(e: Elaboration, clause: ast.Member) -> ir.Member | None:
    """Members of a participant, told by the rows that list them."""
    of = e.find(clause.of, "those who have members", Sort.POPULATION)
    if clause.source is None:
        e.refuse("members read from the log without an event", clause.span, f"member {name_of(clause)}")
        return None
    symbol = refs.named(e, clause.source.head, "where members are listed", Sort.EVENT)
    if of is None or symbol is None:
        return None
    attribute = e.attribute(symbol.name, clause.attribute)
    scene = Scene(ir.PerPerson(of.name), (of.name,))
    selected = selections.narrowed(e, ir.Rows(symbol.name), clause.source.counted, scene)
    plural = e.other_number(name_of(clause))
    return ir.Member(
        name_of(clause),
        plural,
        of.name,
        symbol.name,
        attribute.name if attribute is not None else "",
        selected.select.tests,
        origin=e.at(clause.span),
    )


# ---------------------------------------------------------------- comparison groups


def comparison(e: Elaboration, clause: ast.Comparison, base: ir.Population | None) -> ir.Population:
    """People who are counted for comparison and never paid for; they join as those with whom they are compared do."""
    of = e.find(clause.of, "those with whom one compares", Sort.POPULATION, Sort.GROUP)
    name = name_of(clause)
    core = ir.Population(
        name,
        e.other_number(name),
        base.ways if base is not None else (),
        base.once if base is not None else True,
        base.again_months if base is not None else 0,
        base.again_days if base is not None else 0,
        comparison_of=of.name if of is not None else "",
        origin=e.at(clause.span),
    )
    for modifier in clause.modifiers:
        match modifier:
            case ast.Where(condition):
                core = evolve(core, tests=_arm(e, condition, e.populations.get(name, ())))
            case ast.By(method):
                core = evolve(core, method=method)
            case ast.ChosenBy(term):
                party = e.find(term, "who chooses", Sort.PARTY)
                core = evolve(core, chosen_by=party.name if party is not None else None)
            case ast.Cite():
                continue
            case _:
                assert_never(modifier)
    return core


def _arm(e: Elaboration, condition: ast.Condition, events: tuple[str, ...]) -> tuple[ir.Test, ...]:
    """`where Arm is "comparison"`: a test of the row on which one joins."""
    if isinstance(condition, ast.ListOf) and condition.least == "all":
        return tuple(test for item in condition.items for test in _arm(e, item.condition, events))
    if isinstance(condition, ast.IsLabel) and isinstance(condition.of, ast.Ref):
        for event in events:
            e.attribute(event, condition.of.term)
        labels = tuple(label.value for label in condition.labels)
        return (ir.AttributeIs(condition.of.term.text, labels, condition.negated, origin=e.at(condition.span)),)
    e.refuse("comparison groups told by more than a label", condition.span, "where …")
    return ()


# ---------------------------------------------------------------- periods


def calendar(e: Elaboration, clause: ast.Period) -> ir.Calendar:
    """Periods of equal length, each from its own corresponding date."""
    months, days = length(e, clause.every)
    if months <= 0 and days <= 0:
        e.say(
            "period-without-length",
            clause.every.span,
            f"A {name_of(clause)} that lasts no time never ends.",
            label="at least one day is needed",
        )
    if clause.last is not None and clause.last.day < clause.first.day:
        e.say(
            "dates-out-of-order",
            clause.span,
            f"There is no {name_of(clause)} at all: the last day is before the first.",
            label="the last day is before the first",
        )
    last = clause.last.day if clause.last is not None else None
    return ir.Calendar(name_of(clause), months, days, clause.first.day, last, origin=e.at(clause.span))
