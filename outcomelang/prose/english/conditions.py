"""Conditions: a sentence without its full stop, or the lead of a list."""

from __future__ import annotations

from typing import assert_never

from outcomelang.core import ir
from outcomelang.prose.english import days, selections, values
from outcomelang.prose.english.grammar import agreeing, in_words, itemised, one
from outcomelang.prose.english.quantities import fitted
from outcomelang.prose.english.scope import Scope
from outcomelang.prose.points import Point

_SHORT = 26


def condition(of: ir.Condition, scope: Scope) -> Point:
    """What must hold. `Point.points` are the items of a list, if the condition is one that is long."""
    match of:
        case ir.Compares(left, comparator, right):
            said = fitted(left, scope)
            return Point(f"{said} {are(left, said)} {values.COMPARATORS[comparator]} {fitted(right, scope)}")
        case ir.LabelIs():
            return Point(label_is(of, scope))
        case ir.ValueGiven(ir.Attribute(name), negated):
            return Point(f"the record gives {'no' if negated else 'the'} {name}")
        case ir.ValueGiven(inner, negated):
            return Point(f"there is {'no' if negated else 'a'} value for {fitted(inner, scope)}")
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


def are(of: ir.Quantity, said: str) -> str:
    """The Hours are, the Success Rate is."""
    match of:
        case ir.Read() | ir.Lookup() | ir.Attribute():
            return agreeing(said.removeprefix("the ").removeprefix("recorded "), "is", "are")
        case _:
            return "is"


def label_is(of: ir.LabelIs, scope: Scope) -> str:
    said = scope.named(map(values.quoted, of.labels), "Labels", "or")
    match of.of:
        case ir.Attribute(name):
            verb = agreeing(name, "is", "are")
            return f"{name} {verb} recorded {'otherwise than ' if of.negated else ''}as {said}"
        case ir.GroupLabel(partition):
            return f"the {partition} is {'not ' if of.negated else ''}{said}"
        case _:
            return f"{fitted(of.of, scope)} is {'not ' if of.negated else ''}{said}"


def inline(of: ir.Condition, scope: Scope, longest: int = _SHORT) -> str:
    """The condition in the middle of a sentence; what is too long for it stands below, under a name."""
    said = condition(of, scope)
    if not said.points:
        text = scope.fitted(said.text, "Condition", longest)
        return f"{text} holds" if text != said.text else text
    name = f"Condition {len(scope.below) + 1}"
    scope.below.append(Point(f"{name} means that {said.text}:", said.points))
    return f"{name} holds"


def happens(select: ir.Select, negated: bool, scope: Scope) -> Point:
    thing = selections.single(select, scope)
    if negated:
        return Point(f"there is no {thing}, and the days concerned have been observed to their end")
    return Point(f"there is {one(thing)}")


def reaches(of: ir.Reaches, scope: Scope) -> str:
    target = fitted(of.target, scope)
    if of.further:
        said = f"the days of {of.state} complete a further {target}, counted in successive blocks"
    elif of.mode == "in any":
        said = f"the days of {of.state} add up to {target} within any {values.length_of(of.span_months, of.span_days)}"
    elif of.mode == "in total":
        said = f"the days of {of.state} add up to {target}, breaks being ignored"
    else:
        said = f"{of.state} {agreeing(of.state, 'has', 'have')} lasted {target}"
    if of.mode == "without a break":
        allowed = f" longer than {values.several(of.allowed_break, 'day')}" if of.allowed_break else ""
        said += f" without a break{allowed}"
    if of.further and of.mode != "without a break":
        said += f", {of.mode}" + (f" {values.length_of(of.span_months, of.span_days)}" if of.mode == "in any" else "")
    if of.begun is not None:
        said += f", counting only unbroken stretches that begin {selections.timed(of.begun, scope)}"
    if of.counted_from is not None:
        said += f", counting only days on and after {scope.fitted(days.anchor(of.counted_from, scope), 'Day')}"
    return said


def at_least(of: ir.AtLeast, scope: Scope) -> Point:
    items = [item(each, scope) for each in of.items]
    if len(items) == 2 and of.least in (None, 1) and short(items) and not any(map(winding, of.items)):
        return Point(both(*items) if of.least is None else f"either {items[0].text} or {items[1].text}")
    if of.least is None:
        lead, joint = "all of the following hold", "and"
    else:
        lead = f"at least {in_words(of.least)} of the following {'holds' if of.least == 1 else 'hold'}"
        joint = "or" if of.least == 1 else ""
    return Point(lead, itemised(tuple(items), joint))


def both(first: Point, second: Point) -> str:
    """Two conditions; where one Term would meet another (a record of Exit, and Stability is achieved), a comma parts
    them."""
    meet = first.text.split()[-1][0].isupper() and second.text[0].isupper()
    return f"{first.text}{',' if meet else ''} and {second.text}"


def short(items: list[Point]) -> bool:
    return not any(each.points for each in items) and sum(len(each.text.split()) for each in items) <= _SHORT


def winding(of: ir.Item) -> bool:
    """What has an “and” of its own, or goes on to the end of the sentence: beside another it stands in a list."""
    each = of.condition
    several = isinstance(each, ir.AtLeast) and len(each.items) > 1
    absent = isinstance(each, ir.Happens) and each.negated
    return of.where is not None or several or absent or isinstance(each, ir.ForMembers)


def item(of: ir.Item, scope: Scope) -> Point:
    said = condition(of.condition, scope)
    if of.where is None:
        return said
    return Point(f"where {inline(of.where, scope, 14)}, {said.text}", said.points)


def for_members(of: ir.ForMembers, scope: Scope) -> Point:
    which = selections.tested(of.tests, scope)
    if of.least is None:
        whom = f"every {of.member}"
    elif of.least == 0:
        whom = f"no {of.member}"
    else:
        many = of.member if of.least == 1 else selections.members(of.member, scope.contract)
        whom = f"at least {in_words(of.least)} {many}"
    said = inline(of.condition, scope.of(ir.PerMember(of.member)), 20)
    true = "is it" if of.least == 0 else "it is"
    return Point(f"for {whom}{which} {true} true that {said}")


def sentence(lead: str, of: ir.Condition, scope: Scope) -> Point:
    """`It is achieved when …`: one sentence, or a lead and its list."""
    said = condition(of, scope)
    return Point(f"{lead} {said.text}:", said.points) if said.points else Point(f"{lead} {said.text}.")
