"""From a contract to its plan, or to the reasons why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlglot import exp

from outcomelang.core import ir
from outcomelang.relational import primitives as p
from outcomelang.relational.book import Refused, refusal
from outcomelang.relational.compiler import Compiler
from outcomelang.relational.plan import Plan
from outcomelang.relational.relations import DRAFTS
from outcomelang.relational.stage_needs import labels_read
from outcomelang.relational.trees import select, stacked
from outcomelang.relational.units import drafts
from outcomelang.relational.waits import Waits


def plan(contract: ir.Contract, as_of: date, corrected: bool = True, provenance: bool = True) -> Plan:
    """The plan of a contract for the account of a day; where it cannot say something, that and why.

    `corrected`: some rows of the log stand in several versions. `provenance`: drafts carry the rows they rest on.
    """
    c = Compiler(contract, as_of, corrected, provenance)
    try:
        waits = Waits(c)
        parts = [_own_stage(c, *each) for each in zip(contract.flows, drafts(c, waits), strict=True)]
        c.book.last("drafts", _together(parts or [_nothing_earned(c)]), "What is earned, before any limit or rounding")
        c.book.last("pending", waits.query(), "What is not decided on the day of the account")
        c.book.last("reports", c.notes.query(), "What a reader should know of the log")
        for name, query, comment in _beside(c):
            c.book.last(name, query, comment)
    except Refused as found:
        return Plan((), (refusal(found, ""),))
    return Plan(c.book.written())


def _nothing_earned(c: Compiler) -> exp.Select:
    """No draft, of a contract that pays for nothing."""
    labels = [f"label_{place}" for place in labels_read(c.contract)]
    names = [*(column.name for column in DRAFTS), *labels]
    return select(*(exp.null().as_(name, quoted=True) for name in names)).where(p.flag(False))


def _together(parts: list[exp.Select]) -> exp.Query:
    every = stacked([select(exp.Star()).from_(part.subquery("u")) for part in parts], "u")
    return select(exp.Star()).from_(every)


def _beside(c: Compiler) -> Iterator[tuple[str, exp.Query, str]]:
    """What the account asks for beside drafts: early endings, and whether the reference has to do it."""
    ending = sorted({stage.event for stage in c.contract.stages if isinstance(stage, ir.FallAway)})
    if ending:
        event, day = exp.column("event", quoted=True), exp.column("day", quoted=True)
        query = select(event, exp.Min(this=day).as_("day", quoted=True)).from_(c.contract_rows)
        query = query.where(p.one_of(event, ending)).group_by(event)
        yield "endings", query, "The first day of each event that ends the agreement early"
    if c.notes.unsaid:
        yield "unsaid", _together(c.notes.unsaid), "Why the reference has to make this account, if it has"


def _own_stage(c: Compiler, flow: ir.Flow, query: exp.Select) -> exp.Select:
    """What one payment earns, under its name."""
    table = c.book.stage(flow.name, query, f"What {flow.name} earns", flow.origin.clause)
    return select(exp.Star()).from_(table)
