"""OC17: leaving and coming back earns more than one continuous spell, with no more outcomes."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.calendar import shift
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.histories.history import Fact, History
from outcomelang.histories.paid import Paid
from outcomelang.histories.shrinking import smallest
from outcomelang.histories.whom import joining_days
from outcomelang.loopholes.control import PERSONAL, paid, payers, taking_part
from outcomelang.loopholes.finding import Cleared, Finding, Said, Told, Verdict, Witness
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study

LONG_BREAK = 6
"""Months: who comes back after so long is taken to be in need again, and not to be enrolled for the fee."""


@frozen
class Again:
    """A payment that pays more when somebody comes a second time: the two accounts, and the row of coming back."""

    flow: ir.Flow
    who: str
    once: Paid
    twice: Paid
    event: ir.Event


def check(study: Study) -> Iterator[Said]:
    """Whoever earned a payment joins once more, and nothing else happens: is more due?"""
    ways = list(ways_in(study))
    found = False
    for flow in study.flows if ways else ():
        again = next((each for way in ways if (each := _again(study, flow, *way)) is not None), None)
        if again is not None:
            found = True
            yield found_again(study, again)
    if not found:
        yield Cleared(
            Verdict.NONE_FOUND if ways else Verdict.PROVED,
            "with one person each: coming a second time earns nothing" if ways else "nobody can be enrolled twice",
        )


def ways_in(study: Study) -> Iterator[tuple[ir.Population, ir.Event]]:
    """Enrolments that can be repeated: any row of an event by which people come in.

    Where only the first activity with somebody is the way in, later ones are what the service does; where the row
    itself is an outcome, another row is another outcome.
    """
    for population in taking_part(study.names):
        for way in population.ways:
            if isinstance(way.select.of, ir.Rows):
                event = study.names.events[way.select.of.event]
                if event.kind == "input" or (not way.first and event.kind in ("activity", "output")):
                    yield population, event


def _again(study: Study, flow: ir.Flow, population: ir.Population, event: ir.Event) -> Again | None:
    earned = study.earned(flow)
    if earned is None or not can_be_due_again(study, flow, population, event):
        return None
    rows = [f for f in earned.history.facts if f.event == event.name and f.counts and not f.about]
    before = earned.paid.of(flow.name)
    for row in rows[:1]:
        for day in _days(study, population, row, earned.history):
            back = row.on(day)
            twice = study.pay(earned.history.plus(back))
            if twice.of(flow.name) > before and twice.total > earned.paid.total:
                return shortest(study, flow, population, event, earned.history, row, back)
    return None


def can_be_due_again(study: Study, flow: ir.Flow, population: ir.Population, event: ir.Event) -> bool:
    """Whether it is paid for rows of the event, or for people who can take part anew."""
    driver = flow.driver
    if _is_ordered(study, flow, event):
        return False
    soon = not population.once and population.again_months + population.again_days / 30 < LONG_BREAK
    if soon and isinstance(flow.subject, PERSONAL):
        return True
    if isinstance(driver, ir.EachUnit):
        return any(isinstance(node, ir.Rows) and node.event == event.name for node in study.rests_on(driver.quantity))
    of_row = flow.subject == ir.PerRow(event.name)
    return of_row or (isinstance(driver, ir.EachRow) and driver.select.of == ir.Rows(event.name))


def _is_ordered(study: Study, flow: ir.Flow, event: ir.Event) -> bool:
    """Whether those who pay alone write the row, and in it what it is worth: a second one is a second order."""
    priced = any(isinstance(node, ir.Attribute) for node in study.rests_on(flow.amount))
    return priced and bool(event.recorded_by) and set(event.recorded_by) <= payers(study.names)


def _days(study: Study, population: ir.Population, row: Fact, history: History) -> Iterator[int]:
    """When somebody may come back: soon, as soon as a new participation begins, and at the last permitted day."""
    first, last = joining_days(study.contract, population)
    begins = shift(row.day, population.again_months, population.again_days)
    over = max((fact.day for fact in history.happened), default=row.day)
    days = (row.day + 28, begins, shift(over, population.again_months, population.again_days) + 1, last)
    yield from dict.fromkeys(day for day in days if max(first, row.day) < day <= last)


def shortest(
    study: Study, flow: ir.Flow, population: ir.Population, event: ir.Event, history: History, row: Fact, back: Fact
) -> Again:
    """Only what is needed so that coming back pays."""

    def pays(tried: History) -> bool:
        if not any(fact is row for fact in tried.facts):
            return False
        return study.pay(tried.plus(back)).of(flow.name) > study.pay(tried).of(flow.name) > 0

    least = smallest(history, pays)
    return Again(flow, population.name, study.pay(least), study.pay(least.plus(back)), event)


def found_again(study: Study, again: Again) -> Finding:
    flow, event = again.flow, again.event
    more = again.twice.of(flow.name) - again.once.of(flow.name)
    return Finding(
        of=(flow.name,),
        origin=flow.origin,
        message=(
            f"{study.money(more)} more is due for somebody who comes a second time, though nothing more is achieved"
        ),
        label=f"is due again with each {event.name}",
        stake=more,
        verdict=Verdict.WITNESS,
        witness=Witness(
            (
                Told(again.once.history, again.once.total, "One continuous spell"),
                Told(again.twice.history, again.twice.total, "The same, with a second enrolment"),
            ),
            f"{study.money(more)} more is due under {study.clause(flow)}, and more with each return",
        ),
        argument=f"{flow.name} rises when a {event.name} is added, and nothing else changes",
        remedies=(
            Remedy(f"limit {flow.name} to 1 for each {again.who}", "coming back then pays nothing by itself"),
            Remedy(
                f"pay for each {again.who}, who joins once, and not for each {event.name}",
                "a second row then pays nothing",
            ),
        ),
        severity=None if _own(study, event) else Severity.NOTE,
    )


def _own(study: Study, event: ir.Event) -> bool:
    """Whether whoever is paid can see to it that somebody comes back: it records the row, or it selects."""
    parties = paid(study.names)
    selects = {each.selected_by for each in taking_part(study.names)}
    return not parties.isdisjoint(event.recorded_by) or not parties.isdisjoint(selects - {None})


RULE = Rule(
    code="OC17",
    name="re-enrolment-pays-again",
    severity=Severity.WARNING,
    means=Means.HISTORIES,
    summary="Leaving and coming back earns more than one continuous spell, with no more outcomes.",
    rationale=(
        "A fee for each enrolment that is not tied to a named person is earned again by closing a case and opening it "
        "anew. The attachment fee of Troubled Families was not linked to a specific family."
    ),
    guards=(
        "paid for each participant, who joins once",
        "a limit of one for each participant",
        "a new participation opens only after six months or more",
        "the second row is no enrolment: only the first activity is the way in, or each row is an outcome of its own",
        "where others record and select, a second enrolment is only noted",
        "the payer alone writes the row, and in it what it is worth: a second one is a second order",
    ),
    blind="A person who comes back under another name; two contracts that enrol the same person.",
    source="Troubled Families slide set",
    bad="insert payment Referral Fee: Council pays the Provider £100 for each Referral, stacks with Job Payment",
    good="insert payment Referral Fee: Council pays the Provider £100 for each Jobseeker, stacks with Job Payment",
    check=check,
    also=("liability-without-limit",),
)
