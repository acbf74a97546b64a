"""Up to which day a log speaks: what it does not tell by then has not happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import evolve
from sqlglot import exp

from outcomelang.core.calendar import FIRST_DAY
from outcomelang.relational import primitives as p
from outcomelang.relational.plan import Stage
from outcomelang.relational.trees import parts, rewritten, select, stacked

if TYPE_CHECKING:
    from outcomelang.relational.compiler import Compiler

NAME = "clock"


def clock(c: Compiler) -> exp.Table:
    """The last day of the log, and up to which day it speaks (`Facts.log_end`)."""

    def ends(table: exp.Table) -> exp.Select:
        return select(
            exp.Max(this=p.greatest(exp.column("day", quoted=True), exp.column("recorded", quoted=True))).as_(
                "last_day"
            )
        ).from_(table)

    def last(first: exp.Table, second: exp.Table) -> exp.Select:
        both = stacked([ends(first), ends(second)], "ends")
        return select(exp.Max(this=exp.column("last_day")).as_("last_day")).from_(both)

    every = last(exp.table_("rows", quoted=True), exp.table_("verdicts", quoted=True))
    known = last(c.known_rows, c.known_verdicts)
    whole, then = exp.column("last_day", table="w"), exp.column("last_day", table="t")
    day = p.day(c.as_of)
    log_end = p.case(
        (p.holds(p.above(whole, day)), p.least(p.coalesced(then, p.FIRST), day)), default=p.coalesced(whole, p.FIRST)
    )
    query = (
        select(whole.as_("last_day"), log_end.as_("log_end"))
        .from_(every.subquery("w"))
        .join(known.subquery("t"), join_type="cross")
    )
    return c.book.stage(NAME, query, "The last day of the log, and up to which day its silence means something")


def known(stages: Sequence[Stage], log_end: int) -> tuple[Stage, ...]:
    """The stages with that day (`Facts.log_end`) written down wherever they ask for it."""
    day = p.ordinal(max(log_end, FIRST_DAY))
    return tuple(_written(stage, day) for stage in stages)


def _written(stage: Stage, day: exp.Expr) -> Stage:
    if not any(table.name == NAME for table in parts(stage.query, exp.Table)):
        return stage

    def said(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Subquery):
            source = node.this.args.get("from_")
            if source is not None and isinstance(source.this, exp.Table) and source.this.name == NAME:
                return day
        return node

    query = rewritten(stage.query, said)
    assert isinstance(query, exp.Query)
    return evolve(stage, query=query)
