"""Where a payment rests on something not being recorded, and a history in which it is recorded after all."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.declared import Declared, joining_events, rests_on
from outcomelang.histories.bringing import found
from outcomelang.histories.dating import placed
from outcomelang.histories.history import History
from outcomelang.histories.making import Making
from outcomelang.histories.whom import Somebody, Whom
from outcomelang.tree import Tree


@frozen
class Absence:
    """A payment is earned, or earns more, where there is no row of `event`.

    `none`: a condition says that there is none in `select`; else `select` is counted. `lasts`: the state goes on until
    there is one. With neither, a state that is not wanted begins with it. `alone`: nothing good has to be recorded
    beside it, and its time is counted from something later than joining.
    """

    event: str
    select: ir.Select | None = None
    lasts: ir.Spells | None = None
    none: bool = False
    alone: bool = False


def absences(d: Declared, flow: ir.Flow) -> tuple[Absence, ...]:
    """The absences on which a payment rests, each event once.

    What is counted in the same way of people with whom these are compared is left out: a row that is missing there is
    as likely to be missing here.
    """
    nodes = list(rests_on(d, (flow.driver, flow.gate, flow.amount)))
    compared = {
        node.of.event for node in nodes if isinstance(node, ir.Select) and node.among and isinstance(node.of, ir.Rows)
    }
    once: dict[str, Absence] = {}
    for each in (*_never(d, flow), *_found(d, nodes)):
        if each.event not in compared:
            once.setdefault(each.event, each)
    return tuple(once.values())


def _found(d: Declared, nodes: list[Tree]) -> Iterator[Absence]:
    """States that are wanted and go on until a row ends them, or that no row began; and what is counted."""
    for state in _states(d, nodes):
        match state.days:
            case ir.Spells(_, str(ends)) as spells if state.polarity is not ir.Polarity.FEWER:
                yield Absence(ends, lasts=spells)
            case ir.NotDays() as outside:
                yield from (Absence(event) for event in _beginnings(d, outside.of) if _is_bad(d, event))
            case _:
                continue
    for node in nodes:
        match node:
            case ir.Counted(ir.Select(ir.Rows(event)) as select) | ir.Summed(_, ir.Select(ir.Rows(event)) as select):
                if _is_bad(d, event):
                    yield Absence(event, select)
            case _:
                continue


def _never(d: Declared, flow: ir.Flow) -> Iterator[Absence]:
    """What conditions say does not occur; what they count their time from is none of them."""
    whens = [flow.gate] if flow.gate is not None else []
    if isinstance(flow.driver, ir.EachAchievement):
        whens.append(d.outcomes[flow.driver.outcome].when)
    for when in whens:
        parts = list(parts_of(d, when))
        good = any(_is_good(d, part) for part in parts)
        for part in parts:
            match part:
                case ir.Happens(ir.Select(ir.Rows(event)) as select, True) if _is_bad(d, event):
                    alone = not good and _is_after_more_than_joining(d, select.window)
                    yield Absence(event, select, none=True, alone=alone)
                case _:
                    continue


def _is_after_more_than_joining(d: Declared, window: ir.Window | None) -> bool:
    """Whether the time is counted from something that has happened since: then the service may know nothing of it."""
    joins = {event for name in d.populations for event in joining_events(d, name)}
    match window:
        case ir.Window(ir.Edge(ir.AchievedOn())):
            return True
        case ir.Window(ir.Edge(ir.RowOf(ir.Select(ir.Rows(event))))):
            return event not in joins
        case _:
            return False


def parts_of(d: Declared, node: ir.Condition) -> Iterator[ir.Condition]:
    """What a condition asks for, lists and other outcomes taken apart."""
    match node:
        case ir.AtLeast(items):
            for item in items:
                yield from parts_of(d, item.condition)
        case ir.ForMembers(condition=inner):
            yield from parts_of(d, inner)
        case ir.Achieved(outcome, False):
            yield from parts_of(d, d.outcomes[outcome].when)
        case _:
            yield node


def _states(d: Declared, nodes: list[Tree]) -> list[ir.State]:
    """The states on which it rests, those within states included."""
    named = (node.state for node in nodes if isinstance(node, ir.Reaches | ir.DaysIn | ir.InState))
    return [d.states[name] for name in dict.fromkeys(named)]


def _beginnings(d: Declared, days: ir.DaySet) -> Iterator[str]:
    match days:
        case ir.Spells(begins):
            yield begins
        case ir.InState(state):
            yield from _beginnings(d, d.states[state].days)
        case ir.NotDays():
            return
        case ir.AllDays(parts) | ir.AnyDays(parts):
            for part in parts:
                yield from _beginnings(d, part)


def _is_bad(d: Declared, event: str) -> bool:
    return d.events[event].polarity is ir.Polarity.FEWER


def _is_good(d: Declared, node: ir.Condition) -> bool:
    """Whether something good has to be recorded: a row of an event of which more is better, or a state that lasts."""
    match node:
        case ir.Happens(ir.Select(ir.Rows(event)), False):
            return d.events[event].polarity is ir.Polarity.MORE
        case ir.Reaches(state):
            return isinstance(d.states[state].days, ir.Spells)
        case _:
            return False


def recorded(d: Declared, history: History, absence: Absence) -> Iterator[History]:
    """The same history in which it is recorded after all: once for the first person, or of several ever more often."""
    whom = _whom(d, history)
    for times in (1, 12, 120):
        w = Making(d, known=history)
        w.facts = [fact for fact in history.facts if fact.counts]
        if absence.lasts is not None:
            _end(w, absence.lasts)
        elif absence.select is not None:
            found(w, absence.select, whom, times)
        else:
            w.row(whom.people[0].name if whom.people else "", absence.event, placed(w, None, whom))
        yield w.history()
        if absence.select is None or absence.none:
            return


def _whom(d: Declared, history: History) -> Whom:
    """The first who joined, with the population whose event that was."""
    for fact in history.happened:
        for name, population in d.populations.items():
            if population.comparison_of is None and fact.event in joining_events(d, name):
                return Whom((Somebody(fact.participant, name, fact.day),))
    return Whom()


def _end(w: Making, spells: ir.Spells) -> None:
    """Whatever began ends a day later."""
    assert spells.ends is not None
    member = w.names.members.get(w.names.events[spells.ends].of or "")
    carried = {spells.matched_by, member.attribute if member is not None else None}
    for fact in [each for each in w.facts if each.event == spells.begins]:
        given = {name: value for name, value in fact.attributes if name in carried}
        w.row(fact.participant, spells.ends, fact.day + 1, (), given)
