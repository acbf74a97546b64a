"""What a reader should know of the log: the reports of `evaluation.notes`, found by sets; and what only the reference
can tell, for which the account is handed back to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from outcomelang.core import ir
from outcomelang.relational import facts
from outcomelang.relational import primitives as p
from outcomelang.relational.sheets import Sheet
from outcomelang.relational.spells import d, odd_days, odd_rows
from outcomelang.relational.subjects import joining, r, s
from outcomelang.relational.trees import select, together

if TYPE_CHECKING:
    from outcomelang.relational.compiler import Compiler

E = exp.Expr


class Notes:
    """Collected while a contract is compiled: selects of name, message and the id of the row that shows it."""

    def __init__(self, c: Compiler) -> None:
        self.c = c
        self.parts: list[exp.Select] = []
        self.unsaid: list[exp.Select] = []

    def add(self, sheet: Sheet, name: str, message: str, where: E, row: E | None) -> None:
        """Each of a sheet for which something is to be said, with the id of a row."""
        query = self._of(sheet, where, row)
        if query is not None:
            self.parts.append(query.select(p.text(name).as_("name"), p.text(message).as_("message")))

    def hand_back(self, sheet: Sheet, why: str, where: E) -> None:
        """Where this holds for anybody, the reference does the account."""
        query = self._of(sheet, where, None)
        if query is not None:
            self.unsaid.append(query.select(p.text(why).as_("why"), append=False).limit(1))

    def _of(self, sheet: Sheet, where: E, row: E | None) -> exp.Select | None:
        test = sheet.let("noted", p.holds(where))
        if test in (p.flag(False), p.holds(p.flag(False))):
            return None
        row = p.cast(exp.null(), "varchar") if row is None else sheet.let("row", row)
        level = sheet.level_of(test, row)
        table = exp.alias_(sheet.at(level), "s", table=True)
        return select(s(row).as_("row")).from_(table).where(s(test))

    def query(self) -> exp.Query:
        """As REPORTS."""
        parts = [*self.parts, *_strangers(self.c), *_joined_again(self.c), *_too_many(self.c), *_odd_spells(self.c)]
        columns = [exp.column(name, table="n") for name in ("name", "message", "row")]
        every = together([select(*columns).from_(part.subquery("n")) for part in (_nobody(), *parts)])
        noted = self.c.book.stage("noted", every, "What is to be said of the log, with the row that shows it")
        place = p.structure(**{name: r(name) for name in ("day", "id", "file", "line")})
        first = exp.Min(this=p.case((p.present(r("id")), place)))
        found = (
            select(columns[0], columns[1], exp.Count(this=exp.Star()).as_("count"), first.as_("first"))
            .from_(exp.alias_(noted, "n", table=True))
            .join(_rows_of(self.c, noted), on=p.same(r("id"), columns[2]), join_type="left")
            .group_by(columns[0], columns[1])
        )
        shown = [p.field(exp.column("first", table="f"), n).as_(n, quoted=True) for n in ("day", "id", "file", "line")]
        return select(*(exp.column(n, table="f") for n in ("name", "message", "count")), *shown).from_(
            found.subquery("f")
        )


def _rows_of(c: Compiler, noted: exp.Table) -> E:
    """The rows that show it: most often none of many."""
    ids = select(exp.column("row")).from_(noted)
    query = select(*(r(name) for name in ("day", "id", "file", "line")))
    query = query.from_(exp.alias_(c.known_rows, "r", table=True))
    return query.where(exp.In(this=r("id"), query=ids.subquery())).subquery("r")


def _nobody() -> exp.Select:
    text = p.cast(exp.null(), "varchar")
    return select(*(text.as_(name) for name in ("name", "message", "row"))).where(p.flag(False))


def said(name: str, message: str, row: E) -> list[E]:
    return [p.text(name).as_("name"), p.text(message).as_("message"), row.as_("row")]


def _strangers(c: Compiler) -> list[exp.Select]:
    """Rows `of` somebody who never joins."""
    personal = [event.name for event in c.contract.events if event.of is not None]
    if not personal:
        return []
    message = exp.Concat(expressions=[r("event"), p.text(" of somebody who never joins: the row does not count")])
    query = select(p.text("never-joined").as_("name"), message.as_("message"), r("id").as_("row"))
    rows = exp.alias_((c.claims if c.verifies else c.facts), "r", table=True)
    query = query.from_(rows).where(p.one_of(r("event"), personal))
    for place, population in enumerate(joining(c)):
        people = exp.alias_(c.people(population), f"p{place}", table=True)
        theirs = exp.column("participant", table=f"p{place}", quoted=True)
        query = query.join(people, on=p.same(r("participant"), theirs), join_type="anti")
    return [query]


def _joined_again(c: Compiler) -> list[exp.Select]:
    """Rows on which somebody would join who has joined already."""
    found = []
    for name in joining(c):
        population = c.populations[name]
        if all(way.first for way in population.ways):
            continue
        turn = p.numbered([r("participant")], [r("day"), r("id")])
        placed = select(r("id"), turn.as_("nth")).from_(facts.joining_rows(c, population).subquery("r"))
        message = f"{name} joins again: no new participation begins"
        query = select(*said("joined-again", message, r("id"))).from_(placed.subquery("r"))
        found.append(query.where(p.above(r("nth"), p.whole(1))))
    return found


def _too_many(c: Compiler) -> list[exp.Select]:
    """Of more people than may join, those who came too late."""
    found = []
    for name in joining(c):
        population = c.populations[name]
        if population.most is None:
            continue
        known = select(exp.column("participant", quoted=True)).from_(c.people(name))
        message = f"more than {population.most:,} would join as {name}: no participation begins"
        query = select(*said("too-many-people", message, r("id"))).from_(exp.alias_(c.joins(name), "r", table=True))
        found.append(query.where(exp.not_(exp.In(this=r("participant"), query=known.subquery()))))
    return found


def _odd_spells(c: Compiler) -> list[exp.Select]:
    """Starts inside an open spell and ends without one, of people who joined."""
    found = []
    for state in c.contract.states:
        node = state.days
        if not isinstance(node, ir.Spells) or not joining(c):
            continue
        query = _odd_rows(c, node, state.name)
        for population in joining(c):
            people = select(exp.column("participant", quoted=True)).from_(c.people(population))
            found.append(query.where(exp.In(this=r("participant"), query=people.subquery())))
    return found


def _odd_rows(c: Compiler, node: ir.Spells, name: str) -> exp.Select:
    """Rows that begin or end no spell, of those who have more than a start and its end."""
    events = [node.begins, *([] if node.ends is None else [node.ends])]
    begins, ends = (
        p.filtered(exp.Count(this=exp.Star()), p.same(r("event"), p.text(event)))
        for event in (node.begins, node.ends or "")
    )
    lone_end = p.all_of(p.above(ends, p.whole(0)), p.same(begins, p.whole(0)))
    several = p.any_of(p.above(begins, p.whole(1)), p.above(ends, p.whole(1)), lone_end)
    rows, odd = exp.alias_(c.facts, "r", table=True), odd_days(c, c.facts, node, name)
    theirs = exp.In(this=r("participant"), query=select(d("participant")).from_(odd.subquery("d")).subquery())
    many = select(r("participant")).from_(rows).where(p.one_of(r("event"), events), theirs)
    many = many.group_by(r("participant"))
    words = p.case(
        (p.same(r("event"), p.text(node.begins)), p.text(f"{name} begins while it lasts: the row does not count")),
        default=p.text(f"{name} ends without beginning: the row does not count"),
    )
    query = select(p.text("odd-spell").as_("name"), words.as_("message"), r("id").as_("row"))
    query = query.from_(odd_rows(c, c.facts, node, name).subquery("r"))
    return query.where(exp.In(this=r("participant"), query=many.having(several).subquery()))
