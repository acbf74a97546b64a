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
        said.append(Point(f"Only days after the day on which {of.after} is achieved count; that day itself does not."))
    if on := builds_on(of.when):
        said.append(Point(f"Days before {scope.named(on, 'Outcomes', 'or')} is achieved count as well."))
    if of.deadline is not None:
        said.append(Point(f"It must be achieved {selections.on_a_day(of.deadline, scope)}."))
    said.append(how_often(of, scope))
    said += [Point(f"It is a step of {of.family}.")] if of.family else []
    said += [Point(f"Partial success in it is {of.partly}.")] if of.partly else []
    said += [Point(f"It is partial success in {of.part_of}.")] if of.part_of else []
    said += called(of.name, of.plural)
    said += [Point("Nothing is to be paid for it: it is monitored only.")] if of.monitor_only else []
    said += [Point("What it pays for is that things do not get worse.")] if of.maintenance else []
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
        return Point("It is achieved anew each time, without limit.")
    if of.times is None:
        return Point("It can be achieved once only.")
    most = quantities.fitted(of.times, scope)
    most = f"{most} times" if isinstance(of.times, ir.Const) else f"as many times as {most}"
    return Point(f"It can be achieved several times, but at most {most}.")


def ruling(of: ir.Ruling, it: str) -> list[Point]:
    """Who must say that it is so, and what it means where nobody says anything."""
    match of.kind:
        case "evidenced":
            said = [Point(f"{it} counts once it is evidenced by {values.listed(map(values.quoted, of.by), 'or')}.")]
        case "verified":
            said = [Point(f"{it} counts once it has been verified by {values.listed(of.by, 'or')}.")]
        case _:
            said = [Point(f"{it} counts once it has been decided by {values.listed(of.by, 'or')} that it is so.")]
    if of.within is not None:
        time = delay(of.within)
        taken = "taken to be so" if of.silence else "taken not to be so"
        said.append(Point(f"Where nothing is said within {time} of its becoming known, it is {taken}."))
    elif of.silence:
        said.append(Point("Where nothing is said, it is taken to be so."))
    return said


def delay(of: ir.Delay) -> str:
    return values.length_of(of.months, of.days, of.working)
