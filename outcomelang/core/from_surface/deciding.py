"""What is decided too late to be paid, or later than anybody watches: no log whatever could earn it.

Said of an outcome, and of a payment that does not rest on an outcome of which it is said already; only where it holds
for everybody, so that it says that the dates of the contract do not fit together.
"""

from __future__ import annotations

from attrs import frozen

from outcomelang.core import ir, observing
from outcomelang.core.calendar import FIRST_DAY, day_text
from outcomelang.core.from_surface.context import Elaboration
from outcomelang.core.from_surface.rounding import span_of
from outcomelang.core.invariants import references, walk
from outcomelang.core.settling import Case, Settling
from outcomelang.diagnostic import Remedy


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
        if late.node.origin in clauses or outcomes & (_outcomes_behind(s, late.node) - {late.node.name}):
            continue  # another step of one ladder; or it follows from what is said of the outcome
        clauses.add(late.node.origin)
        e.cite = late.node.origin.clause
        if late.blind is None:
            _too_late(e, late, last_claim)
        else:
            _too_short(e, late, late.blind)


@frozen
class _Late:
    """What is decided on `day` at the earliest, too late for everybody, or in vain because nobody watches so long."""

    node: ir.Outcome | ir.Flow
    day: int
    blind: observing.Blind | None


def _found(s: Settling, node: ir.Outcome | ir.Flow, last_claim: int) -> _Late | None:
    cases = s.cases(node.subject)
    day = min((_day(s, node, case) for case in cases), default=FIRST_DAY)
    if day > last_claim:
        return _Late(node, day, None)
    blind = [_never_known(s, node, case) for case in cases]
    known = [each for each in blind if each is not None]
    if not known or len(known) < len(blind):
        return None
    first = min(known, key=lambda each: each.decided)
    return _Late(node, first.decided, first)


def _day(s: Settling, node: ir.Outcome | ir.Flow, case: Case) -> int:
    """The earliest day on which it can be achieved, or paid for."""
    if isinstance(node, ir.Outcome):
        return s.outcome(node, case)
    days = [s.quantity(node.amount, case)]
    if node.gate is not None:
        days.append(s.condition(node.gate, case))
    if node.instalments is not None:
        days.append(node.instalments.first.toordinal())
    match node.driver:
        case ir.EachAchievement(name):
            days.append(s.outcome(s.outcomes[name], case))
        case ir.EachRow(select):
            days.append(s.first_day(select.window, case))
        case ir.EachUnit(quantity):
            days.append(s.quantity(quantity, case))
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
    named = [found for part in walk(node) for found in references(part)]
    found = {name for kind, name in named if kind == "outcome"}
    for measure in {name for kind, name in named if kind == "measure"}:
        found |= _outcomes_behind(s, s.measures[measure].quantity)
    return found


def _too_late(e: Elaboration, late: _Late, last_claim: int) -> None:
    name, day = late.node.name, day_text(late.day)
    verb = "achieved" if isinstance(late.node, ir.Outcome) else "earned"
    e.say(
        "settled-after-last-claim",
        span_of(late.node.origin),
        f"{name} can never be paid: it cannot be {verb} before {day}, and claims end on {day_text(last_claim)}.",
        label=f"not before {day}",
        remedies=(
            Remedy(f"claims up to and including {day}", "or later: the final account is drawn up then"),
            Remedy("a window that ends sooner", "it is decided within the time for claims"),
        ),
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
