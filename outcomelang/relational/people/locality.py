"""Whether what is earned for somebody can be told from their own rows and those of the contract as a whole.

Each part of a contract is followed from the payments down, as the reference would read it: for one person, for a group,
or for the contract as one. What is read of the contract as one must come from events that are nobody's, such as a
figure; their rows are `shared`, and everybody sees them. Whatever looks at several people is a refusal by name.
"""

from __future__ import annotations

from typing import assert_never

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.declared import declared, joining_events
from outcomelang.core.plans import outcomes_of
from outcomelang.evaluation.log.rulings import unit_of
from outcomelang.relational.people.reach import ALL, ONE, Far, Reach
from outcomelang.relational.people.reading import anchor, condition, outcome, projected, quantity, select_paid, window
from outcomelang.relational.people.reading import test as read_test
from outcomelang.relational.plan import Refusal


@frozen
class Local:
    """A contract of which each person can be reckoned alone: the events whose rows everybody sees, and which payments
    (by their places) are earned by people and their rows; the others are earned once, by the contract as a whole."""

    shared: frozenset[str]
    of_people: frozenset[int]


def locality(contract: ir.Contract) -> Local | Refusal:
    """How a contract is reckoned person by person, or the first that looks further."""
    c = Reach(declared(contract))
    of_people = set()
    try:
        for place, flow in enumerate(contract.flows):
            c.clause = flow.origin.clause
            if _of_people(flow, unit_of(contract, flow)):
                of_people.add(place)
            _flow(c, flow, ONE if place in of_people else ALL)
        c.clause = ""
        for partition in contract.partitions:
            if isinstance(partition.classifier, ir.ByMeasured):
                measure = c.d.measures[partition.classifier.measure]
                for whose in projected(measure.subject, ONE):
                    quantity(c, measure.quantity, whose)
        _only_shared(c)
    except Far as far:
        return Refusal(far.node, c.clause, far.why)
    return Local(frozenset(c.shared), frozenset(of_people))


def _of_people(flow: ir.Flow, subject: ir.Subject) -> bool:
    """Whether a payment is earned by people (their members, periods or rows), or by the contract as a whole."""
    match subject:
        case ir.PerPerson() | ir.PerMember() | ir.PerRow():
            return True
        case ir.Whole():
            return False
        case ir.PerPeriod(of=of):
            return _of_people(flow, of)
        case ir.PerGroup(partition=name):
            raise Far(flow, f"{flow.name} is earned by each {name}, of everybody in it together")
        case ir.Pooled():
            raise Far(flow, f"{flow.name} is earned by several groups together")
        case _:
            assert_never(subject)


def _flow(c: Reach, flow: ir.Flow, whose: str) -> None:
    c.of_people = whose == ONE
    _driver(c, flow, whose)
    quantity(c, flow.amount, whose)
    if flow.gate is not None:
        condition(c, flow.gate, whose)
    for day in (flow.due.anchor if flow.due is not None else None, flow.withheld.until if flow.withheld else None):
        if day is not None:
            anchor(c, day, whose)


def _driver(c: Reach, flow: ir.Flow, whose: str) -> None:
    match flow.driver:
        case ir.OneEach(tests=tests, window=days):
            _paid_by_row(c, flow.subject)
            _narrowed(c, tests, days, whose)
        case ir.EachAchievement(outcome=name, tests=tests, window=days):
            _paid_by_row(c, c.d.outcomes[name].subject)
            outcome(c, name, whose)
            _narrowed(c, tests, days, whose)
        case ir.EachRow(select=select):
            select_paid(c, select)
        case ir.EachUnit(quantity=units):
            _paid_by_row(c, flow.subject)
            quantity(c, units, whose)
        case ir.EachInPlan(plan=name):
            _plan(c, c.d.plans[name])
        case _:
            assert_never(flow.driver)


def _narrowed(c: Reach, tests: tuple[ir.Test, ...], days: ir.Window | None, whose: str) -> None:
    for test in tests:
        read_test(c, test, whose)
    window(c, days, whose)


def _paid_by_row(c: Reach, subject: ir.Subject) -> None:
    if isinstance(subject, ir.PerRow):
        c.paid.add(subject.event)


def _plan(c: Reach, plan: ir.Plan) -> None:
    for slot in plan.slots:
        if isinstance(slot, ir.Chosen):
            window(c, slot.window, ONE)
    for name in outcomes_of(plan):
        outcome(c, name, ONE)
        partly = c.d.outcomes[name].partly
        if partly is not None:
            outcome(c, partly, ONE)


def _only_shared(c: Reach) -> None:
    """Events that everybody sees must be nobody's: else a row of somebody would stand in the log of everybody."""
    joining = {event for population in c.d.populations for event in joining_events(c.d, population)}
    compared = any(population.comparison_of is not None for population in c.d.contract.populations)
    for name, (node, clause) in c.shared.items():
        event, c.clause = c.d.events[name], clause
        if event.of is not None or name in joining:
            raise Far(node, f"rows of {name} are read of everybody together")
        if name in c.paid:
            raise Far(node, f"rows of {name} are paid for one by one, and read together too")
        if compared:
            raise Far(node, f"whose rows of {name} are of a comparison is told from everybody")
