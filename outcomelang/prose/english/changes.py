"""What changes with time: versions of the contract, what holds in which of them, and suspensions."""

from __future__ import annotations

from outcomelang.core import ir
from outcomelang.prose.english import selections, values
from outcomelang.prose.english.grammar import listing
from outcomelang.prose.points import Clause, Point


def clauses(contract: ir.Contract) -> tuple[Clause, ...]:
    """Of the contract as a whole: its versions by number, and the days on which time limits stand still."""
    made = []
    if contract.versions:
        lead = "The contract has these versions; of several that fit, the last whose day has come holds"
        rows = tuple(Point(f"version {n}: {version(v, contract)}") for n, v in enumerate(contract.versions, 1))
        made.append(Clause("Versions", (listing(lead, rows),)))
    if contract.suspensions:
        lead = "Time limits that are a length of time do not run on these days, both ends included"
        rows = tuple(Point(f"{values.dated(s.first)} to {values.dated(s.last)}") for s in contract.suspensions)
        made.append(Clause("Suspensions", (listing(lead, rows),)))
    return tuple(made)


def version(of: ir.Version, contract: ir.Contract) -> str:
    said = "as signed" if not of.amendment else f"as amendment {of.amendment} left it"
    if of.first:
        said += f", from {values.dated(of.first)} on"
    if of.population:
        said += f", for {selections.people(of.population, contract)} all their time"
    if of.joined_from:
        said += f", if they joined on or after {values.dated(of.joined_from)}"
    return said


def named(versions: tuple[int, ...]) -> str:
    return ("version " if len(versions) == 1 else "versions ") + values.listed(str(each + 1) for each in versions)


def holds(versions: tuple[int, ...], amendment: int = 0) -> list[Point]:
    """In which versions a part of the contract holds; of one that always does, nothing."""
    said = [Point(f"This holds in {named(versions)} of the contract only.")] if versions else []
    return said + ([Point(f"It comes from amendment {amendment}.")] if amendment else [])
