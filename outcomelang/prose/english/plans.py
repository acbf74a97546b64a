"""Clauses for plans: which outcomes are agreed for each participant, and how the log tells."""

from __future__ import annotations

from typing import assert_never

from outcomelang.core import ir
from outcomelang.prose.english import selections, values
from outcomelang.prose.english.scope import Scope
from outcomelang.prose.points import Clause, Point


def plan(of: ir.Plan, contract: ir.Contract) -> Clause:
    scope = Scope(contract, ir.PerPerson(of.population))
    said = [Point(f"Each {of.population} has one {of.name}. It holds:", tuple(slot(each, scope) for each in of.slots))]
    if of.event is not None:
        which = "every outcome of it" if of.listed else "the outcomes that are chosen"
        name = f", by the name given as {of.attribute}" if of.attribute else ""
        said.append(Point(f"Records of {of.event} say {which}{name}."))
    elif of.attribute or of.listed:
        said.append(Point(f"The outcomes are named as {of.attribute or 'listed'}."))
    if of.chooser is not None:
        said.append(Point(f"The record says who chose, as {of.chooser}; where it does not, its source did."))
    said.append(Point("Nothing is earned under a plan before the day on which the plan keeps all of this."))
    return Clause(of.name, scope.points(*said), of.origin.clause)


def slot(of: ir.Slot, scope: Scope) -> Point:
    match of:
        case ir.Agreed(outcomes):
            return Point("these outcomes, for everybody:", tuple(map(Point, outcomes)))
        case ir.AgreedByGroup(partition, choices):
            chosen = tuple(Point(f"{values.quoted(each.label)}: {each.outcome}") for each in choices)
            return Point(f"the outcome that goes with the {partition}:", chosen)
        case ir.Chosen(number, outcomes, by, window):
            who = by or f"the {selections.subject(scope).removeprefix('the ')} in person"
            when = f" on a day {selections.timed(window, scope)}" if window is not None else ""
            return Point(
                f"{values.several(number, 'outcome')} of these, chosen by {who}{when}:", tuple(map(Point, outcomes))
            )
        case _:
            assert_never(of)
