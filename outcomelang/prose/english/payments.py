"""Clauses for payments and repayments: who pays whom how much for each of what, when it is earned and when due."""

from __future__ import annotations

from typing import assert_never

from outcomelang.core import ir
from outcomelang.prose.english import changes, days, facts, quantities, selections, values
from outcomelang.prose.english.conditions import sentence
from outcomelang.prose.english.outcomes import builds_on, delay, ruling
from outcomelang.prose.english.scope import Scope
from outcomelang.prose.points import Clause, Point


def flow(of: ir.Flow, contract: ir.Contract) -> Clause:
    scope = Scope(contract, of.subject)
    said = [paying(of, scope), *driven(of, scope)]
    if of.gate is not None:
        said += gate(of.gate, isinstance(of.driver, ir.EachAchievement | ir.EachRow | ir.EachInPlan), scope)
    said += when_paid(of, scope)
    if of.up_to_paid:
        payee = payer(of.payer, scope).removesuffix(",")
        said.append(Point(f"It never exceeds what has been paid to {payee} under this contract."))
    for name in of.stacks_with:
        said.append(Point(f"It is payable in addition to {name}."))
    for each in of.rulings:
        said += ruling(each, "Each unit")
    if of.shown_by is not None:
        said.append(Point(f"The account shows it in separate lines by {facts.key(of.shown_by, scope)}."))
    if of.card != of.name:
        said.append(Point(f"It is part of {of.card}."))
    said += changes.holds(of.versions, of.amendment)
    return Clause(of.name, scope.points(*said), of.origin.clause)


def paying(of: ir.Flow, scope: Scope) -> Point:
    verb = "shall repay" if of.repays else "shall pay"
    parties = f"{payer(of.payer, scope)} {verb} {payer(of.payee, scope)}"
    whose = selections.each(of.subject, scope) if isinstance(of.driver, ir.EachUnit) else ""
    each = f", for {whose}," if whose else ""
    return Point(f"{values.capital(parties)}{each} {quantities.fitted(of.amount, scope)} {unit(of, scope)}.")


def payer(of: ir.Payer, scope: Scope) -> str:
    match of:
        case ir.NamedParty(name):
            return name
        case ir.Jointly(name):
            return f"{name}, jointly,"
        case ir.PartyOfGroup(partition):
            return f"the party named by the {partition} of the person"
        case _:
            assert_never(of)


def unit(of: ir.Flow, scope: Scope) -> str:
    """For each of what."""
    match of.driver:
        case ir.OneEach():
            each = selections.each(of.subject, scope)
            return f"for {each}" if each else "as a single sum"
        case ir.EachAchievement(outcome):
            return f"for each achievement of {outcome}"
        case ir.EachRow(select):
            return f"for each {scope.fitted(selections.single(select, scope), 'Record', 24)}"
        case ir.EachInPlan(plan, partly):
            return f"for each outcome of the {plan} that is achieved{' in part' if partly else ''}"
        case ir.EachUnit(counted, _, scale):
            points = "percentage point" if scale == 100 else "unit" if scale == 1 else f"1/{scale}"
            return f"for each {points} of {quantities.fitted(counted, scope)}"
        case _:
            assert_never(of.driver)


def driven(of: ir.Flow, scope: Scope) -> list[Point]:
    """What narrows the things that are paid for, and how parts of a unit are met."""
    match of.driver:
        case ir.OneEach(tests, window):
            return [*only(tests, window, "those who joined", scope), *facts.left_out(of.subject, scope)]
        case ir.EachAchievement(_, tests, window):
            return only(tests, window, "achievements", scope)
        case ir.EachRow() | ir.EachInPlan():
            return []
        case ir.EachUnit(_, parts):
            said = facts.left_out(of.subject, scope)
            if parts == "proportion":
                return [Point("Part of a unit is paid in proportion."), *said]
            if parts == "whole":
                return [Point("Only whole units are paid for: the number is rounded down."), *said]
            return [Point("The number is always a whole one."), *said]
        case _:
            assert_never(of.driver)


def only(tests: tuple[ir.Test, ...], window: ir.Window | None, whom: str, scope: Scope) -> list[Point]:
    said = []
    if tests:
        said.append(Point(f"It is paid only for those{selections.tested(tests, scope)}."))
    if window is not None:
        said.append(Point(f"It is paid only for {whom} {selections.timed(window, scope)}."))
    return said


def gate(of: ir.Condition, of_days: bool, scope: Scope) -> list[Point]:
    said = [sentence("It is payable only if", of, scope)]
    said.append(Point("Where that comes about later, it is earned on that later day."))
    if of_days and (on := scope.named(builds_on(of), "Outcomes", "or")):
        said.append(
            Point(f"What it pays for may lie before the day on which {on} is achieved; it is paid for as well.")
        )
    return said


def when_paid(of: ir.Flow, scope: Scope) -> list[Point]:
    said = []
    if of.in_advance:
        said.append(Point("It is paid in advance, on the first day of the time for which it is paid."))
    if of.instalments is not None:
        said.append(instalments(of.instalments))
    if of.claimed_within is not None:
        said.append(
            Point(f"It falls away unless claimed within {delay(of.claimed_within)}{start(of.claimed_within, scope)}.")
        )
    if of.due is not None:
        said.append(Point(f"It is due {delay(of.due)} after {due_start(of.due, scope)}."))
    if of.withheld is not None:
        said.append(withheld(of.withheld, scope))
    return said


def start(of: ir.Delay, scope: Scope) -> str:
    return " of the day on which it is earned" if of.anchor is None else f" of {days.anchor(of.anchor, scope)}"


def due_start(of: ir.Delay, scope: Scope) -> str:
    return "verification" if of.anchor is None else scope.fitted(days.anchor(of.anchor, scope), "Day")


def instalments(of: ir.Instalments) -> Point:
    apart = values.length_of(of.months, of.days)
    apart = apart.removeprefix("1 ") if apart in ("1 month", "1 day") else apart
    first = values.dated(of.first)
    return Point(
        f"It is paid in {of.number} equal instalments: the first on {first}, and then one every {apart}, "
        "counted from the first."
    )


def withheld(of: ir.Withheld, scope: Scope) -> Point:
    until = scope.fitted(days.anchor(of.until, scope), "Day")
    title = f" The account calls it {values.quoted(of.title)}." if of.title else ""
    said = f"It is earned on its own day but withheld until {until}. If that day never comes, it is never paid."
    return Point(said + title)
