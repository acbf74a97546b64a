"""What each part of the core reads, of whom it is read: of one person, of a group, of the contract as one.

As the reference evaluates it (`evaluation.quantities`, `conditions`, `selections` …), without a log.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.declared import rests_on
from outcomelang.evaluation.observation import events_of
from outcomelang.evaluation.selections import is_personal
from outcomelang.relational.people.reach import ALL, GROUP, ONE, Far, Reach


def projected(subject: ir.Subject, whose: str) -> tuple[str, ...]:
    """Of whom something declared for a subject is read, asked for whom it may be (`World.projected`)."""
    match subject:
        case ir.Whole():
            return (ALL,)
        case ir.PerGroup():
            return (ONE, GROUP) if whose == ONE else (whose,)
        case ir.PerPeriod(of=of):
            wider = projected(of, whose) if not isinstance(of, ir.PerPerson) else ()
            return tuple(dict.fromkeys((whose, *wider)))
        case ir.PerPerson() | ir.PerRow() | ir.PerMember() | ir.Pooled():
            return (whose,)
        case _:
            assert_never(subject)


# ---------------------------------------------------------------- numbers


def quantity(c: Reach, node: ir.Quantity, whose: str) -> None:
    match node:
        case ir.Const() | ir.ContractValue() | ir.Attribute():
            return
        case ir.Counted(select=chosen) | ir.Summed(select=chosen):
            select(c, chosen, whose)
        case ir.DaysIn(state=name, window=days, tests=tests):
            if whose != ONE:
                raise Far(node, f"days of {name} are added up over several people")
            state(c, name, ONE)
            _tests(c, tests, ONE)
            window(c, days, ONE)
        case ir.Read(measure=name):
            measure = c.d.measures[name]
            for each in projected(measure.subject, whose):
                if c.first("measure", name, each):
                    quantity(c, measure.quantity, each)
        case ir.Lookup(table=name):
            for key in c.d.tables[name].by if c.first("table", name, whose) else ():
                _key(c, key, whose)
        case ir.Arith(left=left, right=right) | ir.Excess(of=left, over=right) | ir.ChangeOf(base=left, new=right):
            quantity(c, left, whose)
            quantity(c, right, whose)
        case ir.Rounded(of=of):
            quantity(c, of, whose)
        case ir.Indexed(of=of, figure=figure):
            quantity(c, of, whose)
            quantity(c, c.d.measures[figure].quantity, ALL)
        case ir.Observed():
            _figure(c, node, whose)
        case _:
            assert_never(node)


def _key(c: Reach, key: ir.KeySource, whose: str) -> None:
    match key:
        case ir.KeyByGroup() | ir.KeyByPeriod():
            return
        case ir.KeyByQuantity(quantity=of):
            quantity(c, of, whose)
        case _:
            assert_never(key)


def _figure(c: Reach, node: ir.Observed, whose: str) -> None:
    subject = c.d.measures[node.figure].subject
    of = subject.of if isinstance(subject, ir.PerPeriod) else subject
    if node.answered_by is not None or isinstance(of, ir.PerPerson | ir.PerMember):
        if whose != ONE:
            raise Far(node, f"{node.figure} is read of several people together")
        return
    c.share(node.figure, node)


# ---------------------------------------------------------------- rows, people, achievements


def select(c: Reach, node: ir.Select, whose: str) -> None:
    match node.of:
        case ir.Rows(event=event):
            _rows(c, node, event, whose)
        case ir.People(population=population):
            _of_one(node, whose, f"of {population} several are counted together")
        case ir.Achievements(outcome=name):
            for each in _parts(c, node, c.d.outcomes[name].subject, whose):
                outcome(c, name, each)
        case ir.Members(member=member):
            _of_one(node, whose, f"of {member} those of several people are counted together")
            _tests(c, c.d.members[member].tests, ONE)
        case ir.Periods():
            pass
        case _:
            assert_never(node.of)
    _tests(c, node.tests, whose)
    window(c, node.window, whose)


def _of_one(node: ir.Node, whose: str, why: str) -> None:
    if whose != ONE:
        raise Far(node, why)


def _rows(c: Reach, node: ir.Select, event: str, whose: str) -> None:
    if whose != ONE:
        asks = any(isinstance(test, ir.Has | ir.InGroup) for test in node.tests)
        if whose == GROUP or asks or node.among is not None or is_personal(node.window):
            raise Far(node, f"rows of {event} are read of several people together")
        c.share(event, node)
    observed(c, [event], whose)


def _parts(c: Reach, node: ir.Select, subject: ir.Subject, whose: str) -> tuple[str, ...]:
    """Of whom an outcome is looked for within the subject at hand (`selections.parts_of`)."""
    match subject:
        case ir.Whole():
            return (ALL,)
        case ir.PerPeriod(of=ir.Whole()):
            return (whose,)
        case ir.Pooled():
            raise Far(node, "achievements of several groups are counted together")
        case ir.PerPerson() | ir.PerRow() | ir.PerMember() | ir.PerGroup() | ir.PerPeriod():
            _of_one(node, whose, "achievements of several people are counted together")
            return (ONE,)
        case _:
            assert_never(subject)


def select_paid(c: Reach, node: ir.Select) -> None:
    """Rows that are paid for one by one: found among all, each judged with its person."""
    assert isinstance(node.of, ir.Rows)
    c.paid.add(node.of.event)
    personal = is_personal(node.window) or any(
        isinstance(test, ir.Has) or (isinstance(test, ir.AttributeDated) and is_personal(test.window))
        for test in node.tests
    )
    whose = ONE if personal else ALL
    window(c, node.window, whose)
    for each in node.tests:
        test(c, each, whose)


def _tests(c: Reach, tests: Iterable[ir.Test], whose: str) -> None:
    for each in tests:
        test(c, each, whose)


def test(c: Reach, node: ir.Test, whose: str) -> None:
    match node:
        case ir.AttributeIs() | ir.AttributeCompares() | ir.AttributeGiven() | ir.InGroup():
            return
        case ir.AttributeDated(window=days):
            window(c, days, whose)
        case ir.Has(select=chosen):
            select(c, chosen, whose)
        case _:
            assert_never(node)


# ---------------------------------------------------------------- days


def window(c: Reach, node: ir.Window | None, whose: str) -> None:
    for edge in () if node is None else (node.first, node.last):
        if edge is not None:
            anchor(c, edge.anchor, whose)


def anchor(c: Reach, node: ir.Anchor, whose: str) -> None:
    match node:
        case ir.Fixed() | ir.SamePeriod() | ir.Joining() | ir.RowDay():
            return
        case ir.RowOf(select=chosen):
            select(c, chosen, whose)
        case ir.AchievedOn(outcome=name):
            for each in projected(c.d.outcomes[name].subject, whose):
                outcome(c, name, each)
        case ir.DayValue(quantity=of):
            quantity(c, of, whose)
        case ir.WorkingDay(anchor=inner):
            anchor(c, inner, whose)
        case _:
            assert_never(node)


def state(c: Reach, name: str, whose: str) -> None:
    if not c.first("state", name, whose):
        return
    declared = c.d.states[name]
    events = events_of(c.d, declared.days)
    if whose == GROUP:
        raise Far(declared, f"days of {name} are those of several people")
    for event in events if whose == ALL else ():
        c.share(event, declared)
    observed(c, events, whose)


def observed(c: Reach, events: Iterable[str], whose: str) -> None:
    """Up to which day absence tells something: an event's own day, or that of the other event of its state."""
    spells = [state.days for state in c.d.contract.states if isinstance(state.days, ir.Spells)]
    for event in events:
        if c.first("observed", event, whose):
            partners = {e for s in spells if event in (s.begins, s.ends) for e in (s.begins, s.ends) if e}
            for each in sorted({event, *partners}):
                until = c.d.events[each].observed_until
                if until is not None:
                    anchor(c, until, whose)


# ---------------------------------------------------------------- conditions and outcomes


def condition(c: Reach, node: ir.Condition, whose: str) -> None:
    match node:
        case ir.Compares(left=left, right=right):
            quantity(c, left, whose)
            quantity(c, right, whose)
        case ir.LabelIs(of=of):
            if not isinstance(of, ir.GroupLabel):
                quantity(c, of, whose)
        case ir.ValueGiven(of=of):
            quantity(c, of, whose)
        case ir.Happens(select=chosen):
            select(c, chosen, whose)
        case ir.Reaches():
            _reaches(c, node, whose)
        case ir.Achieved(outcome=name):
            for each in projected(c.d.outcomes[name].subject, whose):
                outcome(c, name, each)
        case ir.AtLeast(items=items):
            for item in items:
                condition(c, item.condition, whose)
                if item.where is not None:
                    condition(c, item.where, whose)
        case ir.ForMembers(member=member, tests=tests, condition=inner):
            _of_one(node, whose, f"of {member} those of several people are looked at together")
            _tests(c, (*tests, *c.d.members[member].tests), ONE)
            condition(c, inner, ONE)
        case _:
            assert_never(node)


def _reaches(c: Reach, node: ir.Reaches, whose: str) -> None:
    state(c, node.state, whose)
    quantity(c, node.target, whose)
    window(c, node.begun, whose)
    if node.counted_from is not None:
        anchor(c, node.counted_from, whose)


def outcome(c: Reach, name: str, whose: str) -> None:
    """An outcome by all its words."""
    if not c.first("outcome", name, whose):
        return
    node = c.d.outcomes[name]
    if c.of_people and whose != ONE:
        _told_once(c, node)
    for words in (node, *(amended.outcome for amended in node.amended)):
        condition(c, words.when, whose)
        window(c, words.deadline, whose)
        if words.times is not None:
            quantity(c, words.times, whose)
        if words.after is not None:
            for each in projected(c.d.outcomes[words.after].subject, whose):
                outcome(c, words.after, each)


def _told_once(c: Reach, node: ir.Outcome) -> None:
    """What everybody shares is judged anew for each that is reckoned, so nothing may be reported of it."""
    if node.amended or any(isinstance(part, ir.Compares) for part in rests_on(c.d, node)):
        raise Far(node, f"{node.name} is one for all, and what is to be reported of it is said once")
