"""Clauses for what happens to amounts once they are earned, each a step in the order of calculation."""

from __future__ import annotations

from typing import assert_never

from outcomelang.core import ir
from outcomelang.prose.english import changes, people, quantities, selections, values
from outcomelang.prose.english.grammar import listing
from outcomelang.prose.english.payments import payer
from outcomelang.prose.english.scope import Scope
from outcomelang.prose.points import Clause, Point


def stage(of: ir.Stage, contract: ir.Contract) -> Clause:
    scope = Scope(contract)
    heading, said = step(of, scope)
    if isinstance(of, ir.Replace | ir.SetOff | ir.Division):
        said += changes.holds(of.versions)
    if isinstance(of, ir.CountLimit | ir.MoneyLimit):
        said += bounds(of, scope)
    return Clause(values.capital(heading), scope.points(*said), of.origin.clause)


def step(of: ir.Stage, scope: Scope) -> tuple[str, list[Point]]:
    match of:
        case ir.CountLimit():
            return of.title or values.capital(limited(of)), count_limit(of, scope)
        case ir.MoneyLimit():
            return of.title or "Limit on an amount", money_limit(of, scope)
        case ir.Replace(name, replaced):
            others = scope.named(replaced, "Payments", "or")
            return f"{name} in place of others", [
                Point(f"Where {name} is due, nothing is due under {others} for the same person, group or period.")
            ]
        case ir.SetOff(name, against):
            return f"{name} less {against}", [
                Point(f"{name} is reduced by what {against} pays for the same person, group or period."),
                Point("It is never reduced below zero."),
            ]
        case ir.RoundEach(mode, to) | ir.RoundTotal(mode, to):
            return rounding(of, mode, to, scope)
        case ir.Tier(flows, table):
            earned = f"What is earned under {scope.named(flows, 'Payments')}"
            return f"Prices by {table}", [
                Point(f"{earned} is priced by {table}, in the order of earning."),
                Point("What crosses the sum named there has the later price."),
            ]
        case ir.ShareOut():
            return "Joint parties", [Point("Each joint party bears its share of what is payable at this step.")]
        case ir.Division():
            return f"Division of {of.flow}", division(of, scope)
        case ir.FallAway():
            return of.title or "Ending", fall_away(of, scope)
        case ir.Withhold():
            return "Amounts withheld", [
                Point("What is withheld until a day after the date of the account is not yet due.")
            ]
        case ir.Repay():
            return "Repayments", [
                Point("A repayment that may not exceed what has been paid is reduced to that amount.")
            ]
        case _:
            assert_never(of)


def bounds(of: ir.CountLimit | ir.MoneyLimit, scope: Scope) -> list[Point]:
    """What the limit is in each version. What was used before counts."""
    return [
        Point(
            f"In {changes.named(each.versions)} of the contract "
            + ("there is no limit." if each.most is None else f"the limit is {most(each.most, of.per, scope)}.")
        )
        for each in of.bounds
    ]


def rounding(of: ir.RoundEach | ir.RoundTotal, mode: str, to: int, scope: Scope) -> tuple[str, list[Point]]:
    grain = values.amount(to, scope.contract)
    if isinstance(of, ir.RoundEach):
        return "Rounding each amount", [
            Point(f"Every amount is rounded to a multiple of {grain}: {values.ROUNDINGS[mode]}.")
        ]
    said = f"The total for each payment and payer is rounded to a multiple of {grain}: {values.ROUNDINGS[mode]}."
    return "Rounding the total", [Point(said), Point("Until then amounts stay exact.")]


def count_limit(of: ir.CountLimit, scope: Scope) -> list[Point]:
    what = scope.named(of.flows, "Payments") if of.flows else "all payments"
    said = [Point(f"{values.capital(at_most(of, what, scope))} payable{over(of, scope)}.")]
    if of.tests:
        said.append(Point(f"Only units{selections.tested(of.tests, scope)} count."))
    return said + shared(of, scope) + excess(of.excess, of.excess_to)


def at_most(of: ir.CountLimit, what: str, scope: Scope) -> str:
    """How many units, with the verb that the number asks for."""
    if isinstance(of.most, ir.Const):
        single = of.most.value == 1
        return (
            f"at most {most(of.most, of.per, scope)} unit{'' if single else 's'} of {what} {'is' if single else 'are'}"
        )
    return f"no more units of {what} than {most(of.most, of.per, scope)} are"


def limited(of: ir.CountLimit) -> str:
    """What a limit on a number is called that has no title: by what it limits, as far as that can be said shortly."""
    names = values.listed(of.flows) if of.flows else "all payments"
    return f"limit on units of {names}" if len(of.flows) < 4 else f"limit on units of {len(of.flows)} payments"


def money_limit(of: ir.MoneyLimit, scope: Scope) -> list[Point]:
    what = scope.named(of.flows, "Payments") if of.flows else "all payments"
    whose = f", as far as {of.payer} pays them," if of.payer else ""
    share = f" of what {scope.named(of.share_of, 'Payments')} pays" if of.share_of else ""
    said = [
        Point(
            f"{values.capital(what)}{whose} may come to at most {most(of.most, of.per, scope)}{share}{over(of, scope)}."
        )
    ]
    if of.share_of:
        said.append(Point("This limit comes after all others."))
    return said + shared(of, scope) + excess(of.excess, of.excess_to)


def most(of: ir.Quantity, per: ir.Subject | None, scope: Scope) -> str:
    return quantities.fitted(of, scope.of(per or ir.Whole()))


def over(of: ir.CountLimit | ir.MoneyLimit, scope: Scope) -> str:
    """For whom, and in which periods, by which day."""
    each = selections.each(of.per, scope) if of.per is not None else ""
    whom = f" for {each}" if each else " for the contract as a whole" if of.per is not None else ""
    when = f" in each {of.calendar}" if of.calendar else ""
    day = ", by the day of the claim" if of.by_claim_date else ", by the day of earning" if when else ""
    return whom + when + day


def shared(of: ir.CountLimit | ir.MoneyLimit, scope: Scope) -> list[Point]:
    said = [covered(each, scope) for each in of.covered]
    match of.order:
        case ir.Order.EARLIEST:
            said.append(Point("What was earned earliest is met first."))
        case ir.Order.IN_ORDER:
            said.append(Point("Claims are met in the order of their names."))
        case ir.Order.PROPORTION:
            said.append(Point("Where the limit does not suffice, all are reduced in the same proportion."))
        case ir.Order.FROM_TOTAL:
            said.append(Point("No single amount is reduced: the reduction is a line of its own."))
        case _:
            assert_never(of.order)
    if of.names:
        said.append(Point(f"The names stand in this order: {scope.named(of.names, 'Names')}."))
    return said


def covered(of: ir.Covered, scope: Scope) -> Point:
    which = selections.tested(of.tests, scope)
    when = f" dated {selections.timed(of.window, scope)}" if of.window else ""
    flows = scope.named(of.flows, "Payments")
    return Point(f"Only units of {flows}{which}{when} come under this limit.")


def excess(of: ir.Excess_, to: str | None) -> list[Point]:
    match of:
        case ir.Excess_.NOT_PAID:
            return [Point("What is above the limit is not paid.")]
        case ir.Excess_.PAID_BY:
            return [Point(f"What is above the limit is paid by {to}.")]
        case ir.Excess_.CARRIED:
            return [Point("What is above the limit is carried forward and comes first in the next period with room.")]
        case _:
            assert_never(of)


def division(of: ir.Division, scope: Scope) -> list[Point]:
    parts = [Point(part(each, scope)) for each in of.parts]
    if of.rest_to is not None:
        parts.append(Point(f"the rest to {payer(of.rest_to, scope)}"))
    return [listing(f"Each unit of {of.flow} is passed on in this order, as far as it suffices", parts)]


def part(of: ir.Part, scope: Scope) -> str:
    each = "" if of.each is None else f"{values.amount(of.each, scope.contract)} of each unit "
    share = "" if of.share is None else f"{people.share(of.share)} of each unit "
    return f"{each}{share}to {payer(of.to, scope)}"


def fall_away(of: ir.FallAway, scope: Scope) -> list[Point]:
    day = values.dated(of.day)
    return [
        Point(f"The agreement ends on {day} if there is a record of {of.event} by that day."),
        Point(f"In that case nothing is due under {scope.named(of.flows, 'Payments', 'or')} for later days."),
    ]
