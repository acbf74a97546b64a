"""From a contract to its plan, or to the reasons why there is none."""

from __future__ import annotations

from datetime import date

from sqlglot import exp, select

from outcomelang.core import ir
from outcomelang.relational.book import Refused, refusal
from outcomelang.relational.compiler import Compiler
from outcomelang.relational.plan import Plan
from outcomelang.relational.units import Waits, drafts


def plan(contract: ir.Contract, as_of: date, corrected: bool = True, provenance: bool = True) -> Plan:
    """The plan of a contract for the account of a day; where it cannot say something, that and why.

    `corrected`: some rows of the log stand in several versions. `provenance`: drafts carry the rows they rest on.
    """
    c = Compiler(contract, as_of, corrected, provenance)
    try:
        waits = Waits(c)
        parts = drafts(c, waits)
        c.book.stage("drafts", _together(parts), "What is earned, before any limit or rounding")
        c.book.stage("pending", waits.query(), "What is not decided on the day of the account")
    except Refused as found:
        return Plan((), (refusal(found, ""),))
    return Plan(c.book.written())


def _together(parts: list[exp.Select]) -> exp.Query:
    every: exp.Query = parts[0]
    for part in parts[1:]:
        every = exp.union(every, part, distinct=False)
    return select(exp.Star()).from_(every.subquery("u"))
