"""Clauses for plans: which outcomes are agreed for each participant, and how the log tells."""

from __future__ import annotations

from typing import assert_never

from outcomelang.core import ir
from outcomelang.prose.english import selections, values
from outcomelang.prose.english.grammar import in_words, itemised
from outcomelang.prose.english.scope import Scope
from outcomelang.prose.points import Clause, Point


def plan(of: ir.Plan, contract: ir.Contract) -> Clause:
    scope = Scope(contract, ir.PerPerson(of.population))
    slots = itemised(tuple(slot(each, scope) for each in of.slots))
    said = [Point(f"Each {of.population} has one {of.name}. It holds:", slots)]
    if of.event is not None:
        which = "Every outcome of the plan" if of.listed else "Each outcome that is chosen"
        name = f" as {of.attribute}" if of.attribute else ""
        said.append(Point(f"{which} is named{name} in a record of {of.event}."))
    elif of.attribute or of.listed:
        said.append(Point(f"The outcomes are named as {of.attribute or 'listed'}."))
    if of.chooser is not None:
        said.append(Point(f"The record names who chose as {of.chooser}."))
        said.append(Point("Where it does not, whoever made the record is taken to have chosen."))
    said.append(Point("Nothing is earned under a plan before the day on which it meets all of these terms."))
    return Clause(of.name, scope.points(*said), of.origin.clause)


def slot(of: ir.Slot, scope: Scope) -> Point:
    match of:
        case ir.Agreed(outcomes):
            return Point("for everybody, these outcomes:", itemised(tuple(map(Point, outcomes))))
        case ir.AgreedByGroup(partition, choices):
            chosen = tuple(Point(f"{values.quoted(each.label)}: {each.outcome}") for each in choices)
            return Point(f"the outcome that goes with the {partition}:", itemised(chosen))
        case ir.Chosen(number, outcomes, by, window):
            listed = tuple(map(Point, outcomes))
            who = by or f"the {selections.subject(scope).removeprefix('the ')} in person"
            when = f" {selections.on_a_day(window, scope)}" if window is not None else ""
            return Point(f"{in_words(number)} of these outcomes, chosen by {who}{when}:", itemised(listed, "or"))
        case _:
            assert_never(of)
