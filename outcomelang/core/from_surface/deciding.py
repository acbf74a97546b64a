"""What is decided too late to be paid, or later than anybody watches: no log whatever could earn it.

Said of an outcome, and of a payment that does not rest on an outcome of which it is said already. Where it holds for
everybody, the dates of the contract do not fit together; where only the last to join, or the last period, comes too
late for the claims, the contract may mean it: that is a warning.
"""

from __future__ import annotations

from attrs import frozen

from outcomelang.core import ir, observing
from outcomelang.core.calendar import day_text
from outcomelang.core.from_surface.context import Elaboration
from outcomelang.core.from_surface.rounding import span_of
from outcomelang.core.invariants import references
from outcomelang.core.settling import Case, Settling
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.tree import nodes


def in_time(e: Elaboration, contract: ir.Contract) -> None:
    """Report what nothing can ever be paid for: decided after the last day for claims, or never known."""
    if contract.first_day is None or contract.last_day is None or contract.last_claim is None:
        return
    s, last_claim = Settling(contract), contract.last_claim.toordinal()
    watched = [outcome for outcome in contract.outcomes if not outcome.monitor_only]
    decided: tuple[ir.Outcome | ir.Flow, ...] = (*watched, *contract.flows)
    found = [late for node in decided if (late := _found(s, node, last_claim)) is not None]
    outcomes = {late.node.name for late in found if isinstance(late.node, ir.Outcome)}
    clauses: set[ir.Origin] = set()
    for late in found:
        own = {late.node.name} if isinstance(late.node, ir.Outcome) else set()
        if late.node.origin in clauses or outcomes & (_outcomes_behind(s, late.node) - own):
            continue  # another step of one ladder; or it follows from what is said of the outcome
        clauses.add(late.node.origin)
        e.cite = late.node.origin.clause
        if late.blind is not None:
            _too_short(e, late, late.blind)
        elif late.only is not None:
            _too_late_for_some(e, late, late.only, last_claim)
        else:
            _too_late(e, late, last_claim)


@frozen
class _Late:
    """What is decided on `day` at the earliest: too late for everybody, or for the last (`only`), or never known."""

    node: ir.Outcome | ir.Flow
    day: int
    blind: observing.Blind | None = None
    only: Case | None = None


def _found(s: Settling, node: ir.Outcome | ir.Flow, last_claim: int) -> _Late | None:
    cases = s.cases(node.subject)
    if not cases:
        return None
    days = [(_day(s, node, case), case) for case in cases]
    first, (latest, last) = min(day for day, _ in days), max(days, key=lambda each: each[0])
    if first > last_claim:
        return _Late(node, first)
    blind = [found for case in cases if (found := _never_known(s, node, case)) is not None]
    if len(blind) == len(cases):
        return _Late(node, first, min(blind, key=lambda each: each.decided))
    return _Late(node, latest, only=last) if latest > last_claim else None


def _day(s: Settling, node: ir.Outcome | ir.Flow, case: Case) -> int:
    """The earliest day on which it can be achieved, or paid for."""
    if isinstance(node, ir.Outcome):
        return s.outcome(node, case)
    days = [s.quantity(node.amount, case)]
    if node.gate is not None:
        days.append(s.condition(node.gate, case))
    if node.withheld is not None:
        days.append(s.anchor(node.withheld.until, case))
    if node.instalments is not None:
        days.append(node.instalments.first.toordinal())
    match node.driver:
        case ir.EachAchievement(name, _, window):
            days.append(s.outcome(s.outcomes[name], case))
            if window is not None:
                days.append(s.first_day(window, case))
        case ir.EachRow(select):
            days.append(s.first_day(select.window, case))
        case ir.EachUnit(quantity):
            days.append(s.quantity(quantity, case))
        case ir.EachInPlan(name, partly):
            days.append(s.in_plan(s.plans[name], partly, case))
        case ir.OneEach():
            pass
    return max(days)


def _never_known(s: Settling, node: ir.Outcome | ir.Flow, case: Case) -> observing.Blind | None:
    if isinstance(node, ir.Outcome):
        return observing.in_condition(s, node.when, case)
    counted = observing.in_quantity(s, node.driver.quantity, case) if isinstance(node.driver, ir.EachUnit) else None
    gate = observing.in_condition(s, node.gate, case) if node.gate is not None else None
    return counted or gate or observing.in_quantity(s, node.amount, case)


def _outcomes_behind(s: Settling, node: ir.Node) -> set[str]:
    """The outcomes on which something rests, those in its measures included."""
    found: set[str] = set()
    measures: set[str] = set()
    waiting: list[ir.Node] = [node]
    while waiting:
        for part in nodes(waiting.pop()):
            for kind, name in references(part):
                if kind == "outcome":
                    found.add(name)
                elif kind == "measure" and name not in measures:
                    measures.add(name)
                    waiting.append(s.measures[name].quantity)
    return found


def _too_late(e: Elaboration, late: _Late, last_claim: int) -> None:
    name, day = late.node.name, day_text(late.day)
    e.say(
        "settled-after-last-claim",
        span_of(late.node.origin),
        f"{name} can never be paid: it cannot be {_verb(late)} before {day}, and claims end on {day_text(last_claim)}.",
        label=f"not before {day}",
        remedies=_in_time_again(day),
    )


def _too_late_for_some(e: Elaboration, late: _Late, case: Case, last_claim: int) -> None:
    name, day = late.node.name, day_text(late.day)
    who = case.words or f"somebody who joins on {day_text(case.joins)}"
    e.say(
        "settled-after-last-claim",
        span_of(late.node.origin),
        f"{name} is not always paid: for {who} it cannot be {_verb(late)} before {day}, and claims end on "
        f"{day_text(last_claim)}.",
        label=f"for {who} not before {day}",
        remedies=_in_time_again(day),
        severity=Severity.WARNING,
    )


def _verb(late: _Late) -> str:
    return "achieved" if isinstance(late.node, ir.Outcome) else "earned"


def _in_time_again(day: str) -> tuple[Remedy, ...]:
    return (
        Remedy(f"claims up to and including {day}", "or later: the final account is drawn up then"),
        Remedy("a window that ends sooner", "it is decided within the time for claims"),
    )


def _too_short(e: Elaboration, late: _Late, blind: observing.Blind) -> None:
    until, day = day_text(blind.until), day_text(blind.decided)
    e.say(
        "observed-too-short",
        span_of(late.node.origin),
        f"{late.node.name} can never be known: it needs {blind.event} up to {day}, and nobody watches after {until}.",
        label=f"needs {blind.event} to be watched up to {day}",
        remedies=(
            Remedy(f"observed until {day}", f"or later, in the clause that declares {blind.event}"),
            Remedy("a window that ends sooner"),
        ),
    )
