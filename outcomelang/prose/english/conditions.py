"""Conditions: a sentence without its full stop, or the lead of a list."""

from __future__ import annotations

from typing import assert_never

from outcomelang.core import ir
from outcomelang.prose.english import days, selections, values
from outcomelang.prose.english.quantities import fitted
from outcomelang.prose.english.scope import Scope
from outcomelang.prose.points import Point

_SHORT = 26


def condition(of: ir.Condition, scope: Scope) -> Point:
    """What must hold. `Point.points` are the items of a list, if the condition is one that is long."""
    match of:
        case ir.Compares(left, comparator, right):
            return Point(f"{fitted(left, scope)} is {values.COMPARATORS[comparator]} {fitted(right, scope)}")
        case ir.LabelIs(inner, labels, negated):
            said = scope.named(map(values.quoted, labels), "Labels", "or")
            return Point(f"{labelled(inner, scope)} is {'not ' if negated else ''}{said}")
        case ir.ValueGiven(inner, negated):
            return Point(f"{fitted(inner, scope)} is {'not ' if negated else ''}given")
        case ir.Happens(select, negated):
            return happens(select, negated, scope)
        case ir.Reaches():
            return Point(reaches(of, scope))
        case ir.Achieved(outcome, negated):
            return Point(f"{outcome} is {'not ' if negated else ''}achieved")
        case ir.AtLeast():
            return at_least(of, scope)
        case ir.ForMembers():
            return for_members(of, scope)
        case _:
            assert_never(of)


def inline(of: ir.Condition, scope: Scope, longest: int = _SHORT) -> str:
    """The condition in the middle of a sentence; what is too long for it stands below, under a name."""
    said = condition(of, scope)
    if not said.points:
        text = scope.fitted(said.text, "Condition", longest)
        return f"{text} holds" if text != said.text else text
    name = f"Condition {len(scope.below) + 1}"
    scope.below.append(Point(f"{name} means that {said.text}:", said.points))
    return f"{name} holds"


def labelled(of: ir.Quantity | ir.GroupLabel, scope: Scope) -> str:
    return f"the group in {of.partition}" if isinstance(of, ir.GroupLabel) else fitted(of, scope)


def happens(select: ir.Select, negated: bool, scope: Scope) -> Point:
    thing = selections.single(select, scope)
    if negated:
        return Point(f"there is no {thing}, and the days concerned have been observed to their end")
    return Point(f"there is {values.one(thing)}")


def reaches(of: ir.Reaches, scope: Scope) -> str:
    target = fitted(of.target, scope)
    if of.further:
        said = f"the days of {of.state} complete a further {target}, counted in blocks one after another"
    elif of.mode == "in any":
        said = f"the days of {of.state} add up to {target} within any {values.length_of(of.span_months, of.span_days)}"
    elif of.mode == "in total":
        said = f"the days of {of.state} add up to {target}, breaks being ignored"
    else:
        said = f"{of.state} has lasted {target}"
    if of.mode == "without a break":
        allowed = f" longer than {values.several(of.allowed_break, 'day')}" if of.allowed_break else ""
        said += f" without a break{allowed}"
    if of.further and of.mode != "without a break":
        said += f", {of.mode}" + (f" {values.length_of(of.span_months, of.span_days)}" if of.mode == "in any" else "")
    if of.begun is not None:
        said += f", counting only unbroken stretches that begin {selections.timed(of.begun, scope)}"
    if of.counted_from is not None:
        said += f", counting only days from {scope.fitted(days.anchor(of.counted_from, scope), 'Day')} on"
    return said


def at_least(of: ir.AtLeast, scope: Scope) -> Point:
    items = [item(each, scope) for each in of.items]
    if of.least is None and len(items) == 2 and short(items):
        return Point(f"both {items[0].text} and {items[1].text}")
    if of.least == 1 and len(items) == 2 and short(items):
        return Point(f"either {items[0].text} or {items[1].text}")
    if of.least is None:
        lead = "all of the following hold"
    else:
        lead = f"at least {of.least} of the following {'holds' if of.least == 1 else 'hold'}"
    return Point(lead, tuple(closed(each, number, len(items), of.least) for number, each in enumerate(items, 1)))


def short(items: list[Point]) -> bool:
    return not any(each.points for each in items) and sum(len(each.text.split()) for each in items) <= _SHORT


def item(of: ir.Item, scope: Scope) -> Point:
    said = condition(of.condition, scope)
    if of.where is None:
        return said
    return Point(f"only where {inline(of.where, scope, 14)}: {said.text}", said.points)


def closed(of: Point, number: int, count: int, least: int | None) -> Point:
    """An item with the punctuation of its place: `…; and`."""
    if of.points:
        return Point(f"{of.text}:", of.points)
    joint = "" if number < count - 1 else " and" if least is None else " or" if least == 1 else ""
    return Point(of.text + ("." if number == count else f";{joint}"))


def for_members(of: ir.ForMembers, scope: Scope) -> Point:
    which = selections.tested(of.tests, scope)
    if of.least is None:
        whom = f"every {of.member}"
    elif of.least == 0:
        whom = f"not one {of.member}"
    else:
        whom = f"at least {of.least} {of.member if of.least == 1 else selections.members(of.member, scope.contract)}"
    said = inline(of.condition, scope.of(ir.PerMember(of.member)), 20)
    return Point(f"for {whom}{which} it is true that {said}")


def sentence(lead: str, of: ir.Condition, scope: Scope) -> Point:
    """`It is achieved when …`: one sentence, or a lead and its list."""
    said = condition(of, scope)
    return Point(f"{lead} {said.text}:", said.points) if said.points else Point(f"{lead} {said.text}.")
