"""What whoever is paid may write in the log, and leave out of it, and what that changes in what is due."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve, frozen

from outcomelang import tree
from outcomelang.core import ir
from outcomelang.histories.history import Fact, History
from outcomelang.histories.making import Making
from outcomelang.histories.paid import Paid
from outcomelang.loopholes.control import alone_recorded_by, taking_part
from outcomelang.loopholes.people import alike, closing, joined
from outcomelang.loopholes.study import Study

_NUMBERS = (1, 2, 4, 8, 16)
_LATER = 30
"""Days after joining on which an exit is recorded."""


@frozen
class Code:
    """What a provider may write: a row of an event that passes tests (`written`), and how else it would be."""

    event: ir.Event
    tests: tuple[ir.Test, ...]


@frozen
class Move:
    """Two histories that differ only in what the provider recorded, the second of which pays more."""

    event: ir.Event
    before: Paid
    after: Paid
    titles: tuple[str, str]
    people: int


def codes(study: Study, flow: ir.Flow, own: frozenset[str]) -> Iterator[Code]:
    """Each way in which the payment asks for rows that whoever is paid records by itself."""
    seen: set[tuple[str, tuple[ir.Test, ...]]] = set()
    populations = tuple((each.tests, each.ways) for each in taking_part(study.names))
    for node in study.rests_on((*study.earned_by(flow), *populations)):
        match node:
            case ir.Select(ir.Rows(event), tests) | ir.Spells(_, str() as event, _, tests):
                asked = tests if isinstance(node, ir.Select) else ()
            case _:
                continue
        if (event, asked) not in seen and alone_recorded_by(study.names.events[event], own):
            seen.add((event, asked))
            yield Code(study.names.events[event], asked)


# ---------------------------------------------------------------- what a provider can do


def moves(study: Study, flow: ir.Flow, written: list[Code]) -> Iterator[Move]:
    earned = study.earned(flow)
    if earned is None:
        return
    for code in written:
        if code.event.name not in study.joining and _is_exit(study, code.event):
            yield from _named_otherwise(study, flow, code, earned.history)
    if not is_relative(study, flow):
        return
    for code in written:
        if code.event.name in study.joining:
            yield from _never_joined(study, flow, code, earned.history)
        elif code.event.polarity is not ir.Polarity.MORE and not _is_wanted(study, flow, code.event.name):
            yield from _written_off(study, flow, code, earned.history)
        if _in_denominator(study, flow, code.event.name):
            yield from _left_open(study, flow, code, earned.history)


def _is_exit(study: Study, event: ir.Event) -> bool:
    """Whether it ends a state, or fewer are better."""
    ends = any(isinstance(s.days, ir.Spells) and s.days.ends == event.name for s in study.contract.states)
    return event.polarity is not ir.Polarity.MORE and (ends or event.polarity is ir.Polarity.FEWER)


def is_relative(study: Study, flow: ir.Flow) -> bool:
    """Whether what is achieved is set against a number of people or rows, or against another number."""
    for node in study.rests_on(study.earned_by(flow)):
        match node:
            case ir.ChangeOf() | ir.Excess() | ir.People() | ir.Arith("/" | "-"):
                return True
            case _:
                continue
    return False


def _is_wanted(study: Study, flow: ir.Flow, event: str) -> bool:
    """Whether it is what is paid for: that people have a row of it, each of whom counts then."""
    for node in study.rests_on((flow.driver, flow.gate, flow.amount)):
        match node:
            case ir.Arith("/", ir.Counted(ir.Select(ir.People(), tests)), _):
                if any(isinstance(test, ir.Has) and _is_row(test, event) for test in tests):
                    return True
            case _:
                continue
    return False


def _is_row(test: ir.Has, event: str) -> bool:
    return not test.negated and test.select.of == ir.Rows(event)


def _in_denominator(study: Study, flow: ir.Flow, event: str) -> bool:
    """Whether a rate is one of rows of the event: of exits, those that went well."""
    for node in study.rests_on(study.earned_by(flow)):
        match node:
            case ir.Arith("/", _, of) | ir.ChangeOf(of):
                if any(isinstance(below, ir.Rows) and below.event == event for below in study.rests_on(of)):
                    return True
            case _:
                continue
    return False


def _named_otherwise(study: Study, flow: ir.Flow, code: Code, history: History) -> Iterator[Move]:
    """The same exit under another code, for somebody who only joined."""
    coded = [test for test in code.tests if isinstance(test, ir.AttributeIs)]
    own = joined(study, history)
    if not coded or not own:
        return
    first = History(tuple(f for f in own if f.participant == own[0].participant))
    asked = tuple(tree.evolve(t, labels=t.labels[-1:]) for t in coded)
    other = tuple(tree.evolve(t, negated=not t.negated) for t in coded)
    rows = [row_of(study, code.event, own[0], tests) for tests in (other, asked)]
    before, after = (study.pay(first.plus(*closing(history), row)) for row in rows)
    if after.of(flow.name) > before.of(flow.name):
        yield Move(code.event, before, after, _titles(rows[0], rows[1], code.event), 1)


def _written_off(study: Study, flow: ir.Flow, code: Code, history: History) -> Iterator[Move]:
    """People who fail are recorded as exits, or as exclusions, and count no more."""
    for number in _NUMBERS:
        more = alike(study, history, number)
        before = study.pay(history.plus(*(fact for facts in more for fact in facts)))
        if before.of(flow.name) < study.pay(history).of(flow.name):
            rows = [row_of(study, code.event, facts[0], code.tests) for facts in more]
            after = study.pay(before.history.plus(*rows))
            if after.of(flow.name) > before.of(flow.name):
                yield Move(code.event, before, after, ("Everybody counts", "Those who fail are recorded so"), number)
            return


def _left_open(study: Study, flow: ir.Flow, code: Code, history: History) -> Iterator[Move]:
    """The exits of people who fail are not recorded: their cases stay open, and count no more."""
    for number in _NUMBERS:
        more = alike(study, history, number)
        after = study.pay(history.plus(*(fact for facts in more for fact in facts)))
        coded = tuple(t for t in code.tests if isinstance(t, ir.AttributeIs | ir.AttributeGiven))
        failing = tuple(tree.evolve(t, negated=not t.negated) for t in coded)
        rows = [row_of(study, code.event, facts[0], failing) for facts in more]
        before = study.pay(after.history.plus(*rows))
        if before.of(flow.name) < after.of(flow.name):
            yield Move(code.event, before, after, ("Every exit is recorded", "Those who fail stay open"), number)
            return


def _never_joined(study: Study, flow: ir.Flow, code: Code, history: History) -> Iterator[Move]:
    """The row by which people who fail come in is marked so that they do not count."""
    marks = tuple(t for t in code.tests if isinstance(t, ir.AttributeIs | ir.AttributeGiven) and _excludes(t))
    if not marks:
        return
    for number in _NUMBERS:
        more = alike(study, history, number)
        before = study.pay(history.plus(*(fact for facts in more for fact in facts)))
        if before.of(flow.name) < study.pay(history).of(flow.name):
            asked = tuple(tree.evolve(test, negated=not test.negated) for test in marks)
            rows = [row_of(study, code.event, facts[0], asked).on(facts[0].day) for facts in more]
            after = study.pay(history.plus(*rows))
            if after.of(flow.name) > before.of(flow.name):
                yield Move(code.event, before, after, ("Everybody counts", "Those who fail are excluded"), number)
            return


def _excludes(test: ir.AttributeIs | ir.AttributeGiven) -> bool:
    """Whether it asks that a mark is not there, or is “no”."""
    return test.negated or (isinstance(test, ir.AttributeIs) and test.labels == ("no",))


# ---------------------------------------------------------------- rows


def row_of(study: Study, event: ir.Event, came: Fact, tests: tuple[ir.Test, ...]) -> Fact:
    """A row of the event for somebody, soon after joining, that passes the tests."""
    row = Making(study.names).row(came.participant, event.name, came.day + _LATER, tests)
    own = {attribute.name for attribute in event.attributes}
    shared = {name: value for name, value in came.attributes if name in own}
    return evolve(row, attributes=tuple({**shared, **dict(row.attributes)}.items()))


def _titles(before: Fact, after: Fact, event: ir.Event) -> tuple[str, str]:
    return f"The {event.name} under one code", f"The same {event.name} under another"
