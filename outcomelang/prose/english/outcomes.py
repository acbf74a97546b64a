"""Clauses for outcomes: when one is achieved, on which days it can be, how often, and who must say so."""

from __future__ import annotations

from collections.abc import Iterator

from outcomelang.core import ir
from outcomelang.prose.english import changes, quantities, selections, values
from outcomelang.prose.english.conditions import sentence
from outcomelang.prose.english.facts import left_out
from outcomelang.prose.english.people import called, spelt
from outcomelang.prose.english.scope import Scope
from outcomelang.prose.points import Clause, Point


def outcome(of: ir.Outcome, contract: ir.Contract) -> Clause:
    scope = Scope(contract, of.subject)
    whom = selections.each(of.subject, scope, "a")
    lead = f"{of.name} is achieved for {whom} when" if whom else f"{of.name} is achieved when"
    said = [sentence(lead, of.when, scope), *left_out(of.subject, scope)]
    if of.after:
        said.append(
            Point(f"Only days after the day on which {of.after} is achieved count: neither that day nor any before it.")
        )
    said += [Point(f"Days before {name} is achieved count as well.") for name in builds_on(of.when)]
    if of.deadline is not None:
        said.append(Point(f"It must be achieved {selections.timed(of.deadline, scope)}."))
    said.append(how_often(of, scope))
    said += [Point(f"It is a step of {of.family}.")] if of.family else []
    said += [Point(f"Its lesser success is {of.partly}.")] if of.partly else []
    said += [Point(f"It is the lesser success of {of.part_of}.")] if of.part_of else []
    said += called(of.name, of.plural)
    said += [Point("Nothing is to be paid for it: it is only monitored.")] if of.monitor_only else []
    said += [Point("It pays for not getting worse.")] if of.maintenance else []
    for each_ruling in of.rulings:
        said += ruling(each_ruling, "It")
    said += spelt(of.logged)
    for other in of.amended:
        lead = (
            f"In {changes.named(other.versions)} of the contract, by amendment {other.amendment}, this stands instead:"
        )
        said.append(Point(lead, outcome(other.outcome, contract).points))
    return Clause(of.name, scope.points(*said), of.origin.clause)


def builds_on(of: ir.Condition) -> list[str]:
    """Outcomes that are asked for. The days before them are not shut out: `after` would do that."""
    return list(dict.fromkeys(each.outcome for each in achieved_in(of) if not each.negated))


def achieved_in(of: ir.Condition) -> Iterator[ir.Achieved]:
    if isinstance(of, ir.Achieved):
        yield of
    if isinstance(of, ir.AtLeast):
        for each in of.items:
            yield from achieved_in(each.condition)


def how_often(of: ir.Outcome, scope: Scope) -> Point:
    if of.each_time:
        return Point("It is achieved anew each time, without a limit on how often.")
    if of.times is None:
        return Point("It is achieved once at most.")
    return Point(f"It may be achieved several times, and at most as many as {quantities.fitted(of.times, scope)}.")


def ruling(of: ir.Ruling, it: str) -> list[Point]:
    """Who must say that it is so, and what it means where nobody says anything."""
    match of.kind:
        case "evidenced":
            said = [Point(f"{it} counts once it is evidenced by {values.listed(map(values.quoted, of.by), 'or')}.")]
        case "verified":
            said = [Point(f"{it} counts once {values.listed(of.by, 'or')} has verified it.")]
        case _:
            said = [Point(f"{it} counts once {values.listed(of.by, 'or')} has decided that it is so.")]
    if of.within is not None:
        time = delay(of.within)
        means = "that it is so" if of.silence else "that it is not so"
        said.append(Point(f"Silence for {time} after it became known counts as a word {means}."))
    elif of.silence:
        said.append(Point("Silence counts as a word that it is so."))
    return said


def delay(of: ir.Delay) -> str:
    return values.length_of(of.months, of.days, of.working)
