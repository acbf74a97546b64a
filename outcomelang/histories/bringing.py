"""Conditions and outcomes brought about: from what the contract asks for to rows that meet it.

What is made here is a proposal. Whether it meets the condition is for the evaluator to say, and whoever asks for a
history looks at what it pays: a proposal that fails is no finding, and never an answer.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from outcomelang.core import ir
from outcomelang.core.calendar import shift
from outcomelang.core.fixed_values import fixed_value
from outcomelang.core.units import unit_of
from outcomelang.histories.dating import achieved_day, anchor_day, anchored, placed, since, start
from outcomelang.histories.history import Fact
from outcomelang.histories.making import Making
from outcomelang.histories.paid import pay
from outcomelang.histories.whom import Whom, in_period

_OPPOSITE = {">=": "<", ">": "<=", "<=": ">", "<": ">=", "==": "<"}


def achieve(w: Making, name: str, whom: Whom) -> None:
    """The outcome is achieved (once more) by each of these people, or by them together."""
    outcome = w.names.outcomes[name]
    whom = subject_of(w, outcome.subject, whom)
    parts = whom.each() if isinstance(outcome.subject, ir.PerPerson) and len(whom.people) > 1 else (whom,)
    for part in parts:
        _achieve(w, outcome, part)


def _achieve(w: Making, outcome: ir.Outcome, whom: Whom) -> None:
    if outcome.after is not None:
        see_to(w, outcome.after, whom)
        whom = since(w, whom, achieved_day(w, outcome.after, whom))
    if outcome.deadline is not None:
        whom = since(w, whom, placed(w, outcome.deadline, whom) - 1)
    bring(w, outcome.when, whom)
    if outcome.rulings:
        day = max((fact.day for fact in w.facts), default=start(w, whom))
        w.says(outcome.name, outcome.rulings, _whose(w, outcome.subject, whom), day)


def see_to(w: Making, outcome: str, whom: Whom) -> None:
    """An outcome is achieved if it is not yet."""
    if not achieved(w, outcome, whom):
        achieve(w, outcome, whom)


def achieved(w: Making, outcome: str, whom: Whom) -> bool:
    """Whether the facts so far achieve an outcome, by the evaluator."""
    result = pay(w.names.contract, w.history()).result(outcome, whom.people[0].name if whom.people else "")
    return result is not None and bool(result.achievements)


def _whose(w: Making, subject: ir.Subject, whom: Whom) -> str:
    match subject:
        case ir.PerPerson() | ir.PerMember() | ir.PerRow():
            return whom.people[0].name if whom.people else ""
        case ir.PerGroup(partition):
            return dict(whom.people[0].labels).get(partition, "") if whom.people else ""
        case ir.PerPeriod():
            return whom.period[1] if whom.period is not None else ""
        case ir.Whole() | ir.Pooled():
            return ""


def subject_of(w: Making, subject: ir.Subject, whom: Whom) -> Whom:
    """These people as a subject: with the day of a row, or within the first period that they can fill."""
    match subject:
        case ir.PerRow(event):
            who = whom.people[0].name if whom.people else ""
            own = [fact for fact in w.facts if fact.event == event and fact.participant == who]
            day = own[-1].day if own else happen(w, event, placed(w, None, whom), (), whom)
            return evolve(whom, row=day)
        case ir.PerPeriod(calendar):
            return in_period(whom, w.names.calendars[calendar], start(w, whom))
        case ir.PerMember(member):
            return evolve(whom, member=member_named(w, member, (), whom))
        case ir.Whole() | ir.PerPerson() | ir.PerGroup() | ir.Pooled():
            return whom


def member_named(w: Making, name: str, tests: tuple[ir.Test, ...], whom: Whom) -> str:
    """A member of somebody who passes the tests: a new one."""
    member = w.names.members[name]
    who = whom.people[0].name if whom.people else ""
    of = sum(fact.event == member.event and fact.participant == who for fact in w.facts)
    called = f"{name} {of + 1}"
    w.row(who, member.event, start(w, whom), (*member.tests, *tests), {member.attribute: called})
    return called


def happen(w: Making, event: str, day: int, tests: tuple[ir.Test, ...], whom: Whom) -> int:
    """A row of an event for the first of these people (or their member, or nobody), on a day."""
    declared = w.names.events[event]
    member = w.names.members.get(declared.of or "")
    given = {member.attribute: whom.member or member_named(w, member.name, (), whom)} if member is not None else None
    who = whom.people[0].name if whom.people else ""
    w.row(who, event, day, tests, given)
    return day


# ---------------------------------------------------------------- conditions


def bring(w: Making, node: ir.Condition, whom: Whom, holds: bool = True) -> None:
    """Rows are added so that a condition is met (or, if not `holds`, is not)."""
    match node:
        case ir.Happens(select, negated):
            if negated != holds:
                found(w, select, whom)
            else:
                anchored(w, select.window, whom)
        case ir.Reaches():
            if holds:
                _reach(w, node, whom)
        case ir.Compares(left, comparator, right):
            compare(w, left, comparator if holds else _OPPOSITE[comparator], right, whom)
        case ir.Achieved(outcome, negated):
            if negated != holds:
                see_to(w, outcome, whom)
            else:
                bring(w, w.names.outcomes[outcome].when, subject_of(w, w.names.outcomes[outcome].subject, whom), False)
        case ir.AtLeast():
            _listed(w, node, whom, holds)
        case ir.ForMembers(member, tests, least, inner):
            if holds:
                for _ in range(1 if least is None else least):
                    bring(w, inner, evolve(whom, member=member_named(w, member, tests, whom)))
        case ir.LabelIs() | ir.ValueGiven():
            return  # set when the person joins, or the row is made


def _listed(w: Making, node: ir.AtLeast, whom: Whom, holds: bool) -> None:
    always = [item for item in node.items if item.where is None]
    items = always or list(node.items[:1])
    if not holds:
        items = items if node.least is not None else items[:1]
    elif node.least is not None:
        items = (always + [item for item in node.items if item.where is not None])[: node.least]
    for item in items:
        if item.where is not None:
            bring(w, item.where, whom)
        bring(w, item.condition, whom, holds)


def found(w: Making, select: ir.Select, whom: Whom, times: int = 1) -> None:
    """A selection finds so many things more of each of these people (of nobody, if there are none)."""
    tests = tuple(test for test in select.tests if isinstance(test, ir.Has))
    for part in whom.each() or (whom,):
        match select.of:
            case ir.Rows(event):
                day = placed(w, select.window, part)
                dated = {
                    t.attribute: placed(w, t.window, part) for t in select.tests if isinstance(t, ir.AttributeDated)
                }
                for _ in range(times):
                    happen(w, event, max(day, *dated.values()) if dated else day, select.tests, part)
                    _dated(w, dated)
            case ir.Achievements(outcome):
                for _ in range(times):
                    achieve(w, outcome, part)
            case ir.Members(member):
                for _ in range(times):
                    member_named(w, member, select.tests, part)
            case ir.People() | ir.Periods():
                pass
        for test in tests:
            if not test.negated:
                found(w, test.select, part)


def _dated(w: Making, dated: dict[str, int]) -> None:
    """The last row carries these dates."""
    if dated:
        last = w.facts[-1]
        w.facts[-1] = evolve(last, attributes=tuple({**dict(last.attributes), **dated}.items()))


# ---------------------------------------------------------------- states


def _reach(w: Making, node: ir.Reaches, whom: Whom) -> None:
    """A state of the length that is asked for, from the first day on which it may begin."""
    target = fixed_value(w.names, node.target, whom.labels) or 1
    for part in whom.each() or (whom,):
        first = placed(w, node.begun, part)
        if node.counted_from is not None:
            first = max(first, anchor_day(w, node.counted_from, part))
        if unit_of(node.target) is ir.Unit.MONTHS:
            last = shift(first, int(target), 0) - 1
        else:
            last = first + int(-(-Fraction(target) // 1)) - 1
        hold(w, node.state, first, last, part)


def hold(w: Making, state: str, first: int, last: int, whom: Whom) -> None:
    """A state lasts from a day up to and including another."""
    _hold(w, w.names.states[state].days, first, last, whom)


def _hold(w: Making, node: ir.DaySet, first: int, last: int, whom: Whom) -> None:
    match node:
        case ir.Spells(begins, ends, end_counts, tests):
            if not _goes_on(w, begins, ends, first, whom):
                happen(w, begins, first, tests, whom)
            if ends is not None:
                happen(w, ends, last if end_counts else last + 1, (), whom)
        case ir.InState(name):
            _hold(w, w.names.states[name].days, first, last, whom)
        case ir.NotDays():
            return  # what does not happen takes no row
        case ir.AllDays(parts):
            for part in parts:
                _hold(w, part, first, last, whom)
        case ir.AnyDays(parts):
            _hold(w, parts[0], first, last, whom)


def _goes_on(w: Making, begins: str, ends: str | None, first: int, whom: Whom) -> bool:
    """Whether a spell that began on the same day goes on in place of a new one: then its end is struck out."""
    own = [fact for fact in w.facts if fact.participant == (whom.people[0].name if whom.people else "")]
    if not any(fact.event == begins and fact.day == first for fact in own):
        return False
    end = min((fact for fact in own if fact.event == ends and fact.day >= first), key=_day, default=None)
    if end is not None:
        w.facts.remove(end)
    return True


def _day(fact: Fact) -> int:
    return fact.day


def compare(w: Making, left: ir.Quantity, comparator: str, right: ir.Quantity, whom: Whom) -> None:
    """Rows are added so that two quantities compare so."""
    from outcomelang.histories.pushing import push

    line = fixed_value(w.names, right, whom.labels)
    raises = comparator in (">=", ">", "==")
    w.change = Fraction(line) if line is not None and w.exactly and unit_of(right) is ir.Unit.PERCENTAGE else None
    if line is not None and raises:
        push(w, left, True, whom, int(-(-Fraction(line) // 1)) + (comparator == ">"))
    elif line is not None:
        push(w, left, False, whom, w.size)
    else:
        push(w, left, raises, whom, w.size)
        push(w, right, not raises, whom, w.size)
