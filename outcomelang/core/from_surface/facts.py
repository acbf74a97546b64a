"""Events and states: what is recorded, by whom, and which days a state covers."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.from_surface import selections, windows
from outcomelang.core.from_surface.context import Elaboration, Scene, name_of
from outcomelang.core.from_surface.declare import UNITS
from outcomelang.core.from_surface.header import at_any_time, logged, logged_from
from outcomelang.core.from_surface.rulings import silence_of_nobody
from outcomelang.core.names import name_key
from outcomelang.core.scope import Sort, spelling
from outcomelang.diagnostic import Remedy
from outcomelang.source import Span
from outcomelang.surface import ast
from outcomelang.tree import evolve

POLARITY = {"more": ir.Polarity.MORE, "fewer": ir.Polarity.FEWER}


def parties(e: Elaboration, terms: tuple[ast.Term, ...], role: str) -> tuple[str, ...]:
    """Names of declared parties; others are reported."""
    found = [e.find(term, role, Sort.PARTY) for term in terms]
    return tuple(symbol.name for symbol in found if symbol is not None)


def of_whom(e: Elaboration, term: ast.Term | None) -> str | None:
    """The member or population that an event or state is declared of."""
    if term is None:
        return None
    symbol = e.find(term, "of whom it is said", Sort.MEMBER, Sort.POPULATION)
    return symbol.name if symbol is not None else None


# ---------------------------------------------------------------- events


def event(e: Elaboration, clause: ast.Event) -> ir.Event:
    """What can happen, who says so, and what its rows carry."""
    core = ir.Event(
        name_of(clause),
        clause.kind,
        ir.Polarity.UNSTATED,
        (),
        of_whom(e, clause.of),
        attributes=tuple(_attribute(e, each) for each in clause.attributes),
        origin=e.at(clause.span),
    )
    named = any(isinstance(each, ast.VerifiedBy) for each in clause.modifiers)
    for modifier in clause.modifiers:
        core = with_fact(e, core, modifier, named)
    if not core.recorded_by and not any(isinstance(each, ast.RecordedBy) for each in clause.modifiers):
        nobody_records(e, name_of(clause), clause.span)
    return core


def nobody_records(e: Elaboration, name: str, span: Span) -> None:
    """Report rows for which nobody answers."""
    e.say(
        "recorded-by-missing",
        span,
        f"No row of {name} could ever count: it is not said on whose evidence.",
        label="recorded by whom?",
        remedies=(Remedy("recorded by …", "names the party whose rows count"),),
    )


def _attribute(e: Elaboration, attribute: ast.AttributeDeclaration) -> ir.AttributeSpec:
    unit = UNITS[attribute.kind]
    return ir.AttributeSpec(
        spelling(attribute.name.text), unit, at_any_time(e, attribute.logged), origin=e.at(attribute.span)
    )


def with_fact(e: Elaboration, core: ir.Event, modifier: ast.FactModifier, verifier_named: bool) -> ir.Event:
    """The event with what one part of its clause says."""
    match modifier:
        case ast.RecordedBy(terms):
            return evolve(core, recorded_by=parties(e, terms, "who records"))
        case ast.VerifiedBy(terms):
            known = core.verification or ir.Verification(())
            return evolve(core, verification=evolve(known, by=parties(e, terms, "who verifies")))
        case ast.Silence(length, verified):
            if not verifier_named:
                silence_of_nobody(e, modifier)
            time = windows.delay(e, length)
            silence = evolve(
                core.verification or ir.Verification(()),
                silence_days=time.days or None,
                silence_months=time.months or None,
                silence_verifies=verified,
                silence_working=time.working,
            )
            return evolve(core, verification=silence)
        case ast.EvidencedBy(texts):
            return evolve(core, evidenced_by=tuple(text.value for text in texts))
        case ast.Better(direction):
            return evolve(core, polarity=POLARITY[direction])
        case ast.ObservedUntil(day):
            return evolve(core, observed_until=windows.anchor(e, day, Scene(ir.Whole(), e.main_populations())))
        case ast.Logged():
            spelt = (*core.logged, *logged(modifier))
            return evolve(core, logged=spelt, logged_from=(*core.logged_from, *logged_from(e, modifier)))
        case ast.Cite():
            return core
        case _:
            assert_never(modifier)


def share_observation(e: Elaboration, events: list[ir.Event], states: tuple[ir.State, ...]) -> tuple[ir.Event, ...]:
    """The two events of a state are observed until one day: given for one of them, it holds for both."""
    by_name = {each.name: each for each in events}
    for state in states:
        spells = state.days
        if not isinstance(spells, ir.Spells) or spells.ends is None:
            continue
        begins, ends = by_name.get(spells.begins), by_name.get(spells.ends)
        if begins is None or ends is None or begins.observed_until == ends.observed_until:
            continue
        if begins.observed_until is not None and ends.observed_until is not None:
            _observed_differently(e, state, begins, ends)
            continue
        until = begins.observed_until or ends.observed_until
        for each in (begins, ends):
            by_name[each.name] = evolve(by_name[each.name], observed_until=until)
    return tuple(by_name[each.name] for each in events)


def _observed_differently(e: Elaboration, state: ir.State, begins: ir.Event, ends: ir.Event) -> None:
    at = state.origin
    e.say(
        "observed-until-differs",
        Span(at.path, at.line, at.column, at.end_line, at.end_column),
        f"It is not clear until when {state.name} is known: {begins.name} and {ends.name} differ.",
        label="begins with one and ends with the other",
        remedies=(Remedy("observed until …", "the same day in both clauses"),),
    )


def spelt_alike(e: Elaboration, events: tuple[ir.Event, ...]) -> None:
    """Report a spelling that would stand for two events from the same day on."""
    seen: dict[tuple[str, date], str] = {}
    for name, each in [(event.name, each) for event in events for each in event.logged_from]:
        other = seen.setdefault((name_key(each.text), each.first), name)
        if other != name:
            at = each.origin
            e.say(
                "name-declared-twice",
                Span(at.path, at.line, at.column, at.end_line, at.end_column),
                f"“{each.text}” would mean two things in the log from one day on: {other} and {name}.",
                label="spelt so from the same day on",
            )
    for number, event in enumerate(events):
        for earlier in events[:number]:
            alike = [text for text in event.logged if text in earlier.logged]
            if alike and not _told_apart(event, earlier):
                _spelt_alike(e, alike[0], event, earlier)


def _told_apart(one: ir.Event, other: ir.Event) -> bool:
    """Whether no row can be of both: each has sources of its own, by which the log is read."""
    mine, theirs = ({*event.recorded_by, *event.evidenced_by, *_verifiers(event)} for event in (one, other))
    return bool(mine) and bool(theirs) and not mine & theirs


def _verifiers(event: ir.Event) -> tuple[str, ...]:
    return event.verification.by if event.verification is not None else ()


def _spelt_alike(e: Elaboration, text: str, event: ir.Event, other: ir.Event) -> None:
    at = event.origin
    e.say(
        "name-declared-twice",
        Span(at.path, at.line, at.column, at.end_line, at.end_column),
        f"“{text}” would mean two things in the log: {other.name} and {event.name}.",
        label="spelt alike, and may be recorded by the same party",
        remedies=(Remedy("recorded by …", "other parties in each: the source of a row then tells them apart"),),
    )


# ---------------------------------------------------------------- states


def spells(e: Elaboration, clause: ast.State) -> ir.State:
    """A state that lasts from one event to another."""
    begins = e.find(clause.begins, "what a state begins on", Sort.EVENT)
    ends = e.find(clause.ends, "what a state ends on", Sort.EVENT) if clause.ends is not None else None
    event_name = begins.name if begins is not None else ""
    filters = tuple(each for each in clause.modifiers if isinstance(each, ast.With | ast.Without))
    tests: tuple[ir.Test, ...] = ()
    if filters and begins is not None:
        scene = Scene(ir.Whole(), e.main_populations())
        tests = selections.narrowed(e, ir.Rows(event_name), filters, scene).select.tests
    days = ir.Spells(
        event_name,
        ends.name if ends is not None else None,
        not clause.ends_before,
        tests,
        _matched_by(e, clause, [name for name in (event_name, ends.name if ends is not None else "") if name]),
        origin=e.at(clause.span),
    )
    return ir.State(
        name_of(clause), days, _polarity(e, clause.modifiers), of_whom(e, clause.of), origin=e.at(clause.span)
    )


def _matched_by(e: Elaboration, clause: ast.State, events: list[str]) -> str | None:
    for modifier in clause.modifiers:
        if isinstance(modifier, ast.MatchedBy):
            found = [e.attribute(event, modifier.attribute) for event in events]
            return next((symbol.name for symbol in found if symbol is not None), None)
    return None


def combined(e: Elaboration, clause: ast.StateIs) -> ir.State:
    """A state made of the days of others: `In Work is Employment and not Benefit`."""
    parts = tuple(_part(e, part) for part in clause.parts)
    at = e.at(clause.span)
    days: ir.DaySet
    if len(parts) == 1:
        days = parts[0]
    elif clause.joined_by == "and":
        days = ir.AllDays(parts, origin=at)
    else:
        days = ir.AnyDays(parts, origin=at)
    return ir.State(name_of(clause), days, _polarity(e, clause.modifiers), of_whom(e, clause.of), origin=at)


def _part(e: Elaboration, part: ast.Term | ast.NotState) -> ir.DaySet:
    term = part.term if isinstance(part, ast.NotState) else part
    symbol = e.find(term, "a part of a state", Sort.STATE)
    days = ir.InState(symbol.name if symbol is not None else "", origin=e.at(term.span))
    return ir.NotDays(days, origin=e.at(part.span)) if isinstance(part, ast.NotState) else days


def _polarity(e: Elaboration, modifiers: tuple[ast.StateModifier, ...]) -> ir.Polarity:
    polarity = ir.Polarity.UNSTATED
    for modifier in modifiers:
        match modifier:
            case ast.Better(direction):
                polarity = POLARITY[direction]
            case ast.With() | ast.Without() | ast.MatchedBy() | ast.Cite():
                continue
            case _:
                e.say(
                    "wrong-kind-of-name",
                    modifier.span,
                    "A state is not recorded itself: the events on which it begins and ends are.",
                    label="belongs to the events",
                )
    return polarity


def circles(e: Elaboration, clauses: list[ast.StateIs]) -> None:
    """Report states that are made of themselves."""
    parts = {
        name_of(clause): [
            spelling((part.term if isinstance(part, ast.NotState) else part).text) for part in clause.parts
        ]
        for clause in clauses
    }
    for clause in clauses:
        seen: set[str] = set()
        waiting = list(parts[name_of(clause)])
        while waiting:
            name = waiting.pop()
            if name == name_of(clause):
                e.say(
                    "defined-by-itself",
                    clause.span,
                    f"Nobody can say on which days {name} holds: it is made of itself.",
                    label="leads back to itself",
                )
                break
            if name not in seen:
                seen.add(name)
                waiting += parts.get(name, [])
