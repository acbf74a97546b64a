"""Which payments are meant to be paid beside each other: steps of a ladder, parts of one price, alternatives."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.declared import asks_for
from outcomelang.loopholes.study import Study
from outcomelang.tree import Tree, evolve


def meant_beside(study: Study, one: ir.Flow, other: ir.Flow) -> bool:
    """Whether the terms themselves say how two payments stand to each other."""
    stacked = {one.name, one.card} & set(other.stacks_with) or {other.name, other.card} & set(one.stacks_with)
    apart = one.versions and other.versions and not set(one.versions) & set(other.versions)
    if stacked or apart or _set_against(study, one, other) or _is_ladder(study, one, other):
        return True
    return bool(_counted(study, one) & _counted(study, other))


def _counted(study: Study, flow: ir.Flow) -> set[str]:
    """The outcomes for whose achievements, or for the number of them, a payment is due: parts of one price."""
    named = (ir.EachAchievement, ir.Achievements)
    return {node.outcome for node in study.rests_on(study.earned_by(flow)) if isinstance(node, named)}


def _set_against(study: Study, one: ir.Flow, other: ir.Flow) -> bool:
    """One is paid in place of the other, or less what it pays."""
    pair = {one.name, other.name}
    for stage in study.contract.stages:
        match stage:
            case ir.Replace(flow, replaced) if flow in pair and set(replaced) & pair:
                return True
            case ir.SetOff(flow, against) if {flow, against} == pair:
                return True
            case _:
                continue
    return False


def outcome_of(study: Study, flow: ir.Flow) -> ir.Outcome | None:
    """The outcome for each achievement of which a payment is due."""
    return study.names.outcomes[flow.driver.outcome] if isinstance(flow.driver, ir.EachAchievement) else None


def _is_ladder(study: Study, one: ir.Flow, other: ir.Flow) -> bool:
    """The same outcome (parts of one price), steps of one, one that asks for the other and for
    more, or the same measure with another line."""
    low, high = _rung_of(study, one), _rung_of(study, other)
    if low is not None and high is not None:
        same = low.name == high.name or (low.family != "" and low.family == high.family)
        parts = high.name in (low.partly, low.part_of, low.after) or low.name == high.after
        if same or parts or same_but_for_numbers(low.when, high.when):
            return True
    return _asks_for_more(study, one, high) or _asks_for_more(study, other, low)


def _rung_of(study: Study, flow: ir.Flow) -> ir.Outcome | None:
    """The outcome that is paid for each time, or whose number is: also where that is set against others."""
    paid = outcomes_paid(study, flow)
    return paid[0] if len(paid) == 1 else None


def outcomes_paid(study: Study, flow: ir.Flow) -> tuple[ir.Outcome, ...]:
    """The outcomes that are paid for one by one: each achievement, or each of a number of them."""
    if isinstance(flow.driver, ir.EachUnit):
        counted = _counted(study, flow)
        return tuple(outcome for outcome in study.contract.outcomes if outcome.name in counted)
    outcome = outcome_of(study, flow)
    return () if outcome is None else (outcome,)


def _asks_for_more(study: Study, flow: ir.Flow, outcome: ir.Outcome | None) -> bool:
    """Whether a payment names an outcome among other things that it asks for."""
    if outcome is None:
        return False
    own = outcome_of(study, flow)
    if own is not None and own.when == ir.Achieved(outcome.name):
        return False
    named = (ir.Achieved, ir.AchievedOn, ir.Achievements)
    asked = study.rests_on(study.earned_by(flow))
    return any(isinstance(node, named) and node.outcome == outcome.name for node in asked)


def same_but_for_numbers(one: object, other: object) -> bool:
    """Whether two parts of the core differ, and only in numbers, lengths and days: a step further of the same.

    For how long something may yet happen is no step: the same row is there sooner or later.
    """
    return _same_shape(one, other) and _differ(one, other)


def _same_shape(one: object, other: object) -> bool:
    numbers = (int, Fraction, date)
    if isinstance(one, numbers) and isinstance(other, numbers):
        return True
    if isinstance(one, Tree) and isinstance(other, Tree):
        if type(one) is not type(other):
            return False
        return all(_same_shape(getattr(one, name), getattr(other, name)) for name in one.__match_args__)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_same_shape, one, other))
    return one == other


def _differ(one: object, other: object) -> bool:
    """Whether two parts of one shape differ in more than for how long something may happen."""
    if isinstance(one, ir.Happens) and isinstance(other, ir.Happens) and not one.negated:
        return evolve(one.select, window=None) != evolve(other.select, window=None)
    if isinstance(one, Tree) and isinstance(other, Tree):
        return any(_differ(getattr(one, name), getattr(other, name)) for name in one.__match_args__)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return any(map(_differ, one, other))
    return one != other


# ---------------------------------------------------------------- what a row must be


@frozen
class Asked:
    """What a payment asks of the rows of an event: the labels by which every selection of them is told apart, and
    the attributes of them that are read."""

    labels: dict[str, set[str]]
    read: set[str]


def of_other_rows(one: Asked, other: Asked) -> bool:
    """Whether two payments ask for different rows of an event, or read different things from its rows."""
    labels, others = one.labels, other.labels
    if any(not labels[attribute] & others[attribute] for attribute in labels.keys() & others.keys()):
        return True
    return bool(one.read and other.read) and not one.read & other.read


def asked_of(study: Study, flow: ir.Flow, event: str) -> Asked:
    labelled: list[dict[str, set[str]]] = []
    read: set[str] = set()
    for node in study.rests_on(study.earned_by(flow)):
        match node:
            case ir.Select(ir.Rows(name), tests) if name == event:
                named = (test for test in tests if isinstance(test, ir.AttributeIs) and not test.negated)
                labelled.append({test.attribute: set(test.labels) for test in named})
                read |= {test.attribute for test in tests if not isinstance(test, ir.Has | ir.InGroup)}
            case ir.Summed(attribute, ir.Select(ir.Rows(name))) if name == event:
                read.add(attribute)
            case ir.Attribute(attribute) if flow.subject == ir.PerRow(event) or _is_of_row(study, flow, event):
                read.add(attribute)
            case _:
                continue
    shared = set.intersection(*(set(each) for each in labelled)) if labelled else set()
    return Asked({name: set().union(*(each[name] for each in labelled)) for name in shared}, read)


def _is_of_row(study: Study, flow: ir.Flow, event: str) -> bool:
    outcome = outcome_of(study, flow)
    return outcome is not None and outcome.subject == ir.PerRow(event)


def facts_of(study: Study, flow: ir.Flow) -> frozenset[str]:
    """The events that a payment itself asks for, without those that only say when a window begins or ends."""
    found: set[str] = set()
    for node in asks_for(study.names, study.earned_by(flow)):
        match node:
            case ir.Rows(event) | ir.PerRow(event):
                found.add(event)
            case ir.Spells(begins, ends):
                found |= {begins} if ends is None else {begins, ends}
            case _:
                continue
    return frozenset(found)
