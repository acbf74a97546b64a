"""What is not decided, or not verified, on the day of the account: the relation of what is pending."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlglot import exp

from outcomelang.core import ir
from outcomelang.relational import primitives as p
from outcomelang.relational.subjects import Subject, s
from outcomelang.relational.trees import select, stacked

if TYPE_CHECKING:
    from outcomelang.relational.compiler import Compiler

E = exp.Expr


class Waits:
    """What is not decided, collected: selects of what, verdict, key, subject and day."""

    def __init__(self, c: Compiler) -> None:
        self.c = c
        driven = Counter(f.driver.outcome for f in c.contract.flows if isinstance(f.driver, ir.EachAchievement))
        self.shared = frozenset(name for name, payments in driven.items() if payments > 1)
        self.parts: list[exp.Select] = []

    def add(self, at: Subject, what: str, verdict: str, where: E, until: E) -> None:
        """Those of a subject for whom something waits."""
        sheet = at.sheet
        test = sheet.let("waits", where)
        if test == p.flag(False):
            return
        until, label = sheet.let("until", until), at.label
        level = sheet.level_of(test, until, label)
        shared = what in self.shared
        keys: list[E] = [p.cast(exp.column(key, table="s", quoted=True), "varchar") for key in sheet.keys]
        key = p.text(sheet.name) if not keys else exp.Concat(expressions=[p.text(f"{sheet.name}:"), *keys])
        query = (
            select(
                p.text(what).as_("what"),
                p.text(verdict).as_("verdict"),
                (key if shared else p.cast(exp.null(), "varchar")).as_("key"),
                s(label).as_("subject"),
                s(until).as_("until"),
            )
            .from_(exp.alias_(sheet.at(level), "s", table=True))
            .where(s(test))
        )
        self.parts.append(query)

    def query(self) -> exp.Select:
        """As PENDING."""
        every = stacked(self.parts or [_nothing()], "w")
        columns = [exp.column(name) for name in ("what", "verdict", "key", "subject", "until")]
        if self.shared:
            once = select(*columns).from_(every).where(p.present(exp.column("key"))).distinct()
            rest = select(*columns).from_(every).where(p.missing(exp.column("key")))
            every = stacked([once, rest], "w")
        return (
            select(
                exp.column("what"),
                exp.column("verdict"),
                exp.Count(this=exp.Star()).as_("count"),
                exp.Min(this=exp.column("subject")).as_("subject"),
                exp.Min(this=exp.column("until")).as_("until"),
            )
            .from_(every)
            .group_by(exp.column("what"), exp.column("verdict"))
        )


def _nothing() -> exp.Select:
    text = p.cast(exp.null(), "varchar")
    columns = [text.as_(name) for name in ("what", "verdict", "key", "subject")]
    return select(*columns, p.NULL_DAY.as_("until")).where(p.flag(False))
