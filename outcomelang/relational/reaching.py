"""Outcomes and conditions by the length of a state: on which day, how often, and on which rows they rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from outcomelang.core import ir
from outcomelang.relational import evidence as ev
from outcomelang.relational import primitives as p
from outcomelang.relational import verdicts
from outcomelang.relational.evidence import Evidence
from outcomelang.relational.lengths import Reached, reached
from outcomelang.relational.sheets import Pool
from outcomelang.relational.states import b, n, rows_behind
from outcomelang.relational.subjects import Subject, s
from outcomelang.relational.trees import select
from outcomelang.relational.verdicts import MET, Verdict
from outcomelang.relational.windows import Bounds

if TYPE_CHECKING:
    from outcomelang.relational.compiler import Compiler

E = exp.Expr


def reaches(c: Compiler, at: Subject, node: ir.Reaches) -> Verdict:
    """The first day on which the state reaches the length."""
    found = reached(c, at, node, None)
    day = _first(at, found, [], [])
    rows = rows_behind(c, at, node.state, found.first, at.sheet.let("reached on", day))
    unmet = Verdict(found.standing_unmet, found.day_unmet)
    return verdicts.chosen([(p.present(day), Verdict(p.whole(MET), day, rows))], unmet)


def _pool(at: Subject, found: Reached, values: list[E]) -> Pool:
    level = at.sheet.level_of(*values)

    def make() -> tuple[exp.Select, dict[str, E]]:
        on = p.same(n("participant"), exp.column("participant", table="s", quoted=True))
        source = select().from_(exp.alias_(found.table, "n", table=True))
        return source.join(exp.alias_(at.sheet.at(level), "s", table=True), on=on), {
            "participant": exp.column("participant", table="s", quoted=True)
        }

    return at.sheet.pool(f"reached {found.table.name}", level, make)


def _first(at: Subject, found: Reached, tests: list[E], values: list[E]) -> E:
    pool = _pool(at, found, values)
    where = tests or [p.present(n("day"))]
    return at.sheet.gathered(pool, "reached", lambda w: p.filtered(exp.Min(this=n("day")), w), where)


def _between(after: E | None, deadline: Bounds) -> tuple[list[E], list[E]]:
    """Tests of a reached day `n`, and the values of the sheet that they read."""
    tests: list[E] = []
    values: list[E] = []
    edges: list[tuple[type[exp.Binary], E]] = [(exp.GTE, deadline.first), (exp.LTE, deadline.last)]
    edges += [] if after is None else [(exp.GT, after)]
    for sign, edge in edges:
        if edge not in (p.FIRST, p.LAST):
            tests.append(sign(this=n("day"), expression=s(edge)))
            values.append(edge)
    return tests, values


def _too_late(at: Subject, found: Reached, after: E | None, deadline: Bounds) -> E:
    if deadline.last == p.LAST:
        return p.flag(False)
    tests, values = _between(after, Bounds(p.FIRST, p.LAST))
    pool = _pool(at, found, values)
    where = tests or [p.present(n("day"))]
    last = at.sheet.gathered(pool, "latest", lambda w: p.filtered(exp.Max(this=n("day")), w), where)
    return p.holds(p.above(last, deadline.last))


def once(c: Compiler, at: Subject, when: ir.Reaches, after: E | None, deadline: Bounds) -> tuple[Verdict, Verdict, E]:
    """The first day within the deadline, how it stands without, and whether a later day was found."""
    found = reached(c, at, when, after)
    behind = None if when.further else after
    tests, values = _between(after, deadline)
    day = at.sheet.let("reached on", _first(at, found, tests, values))
    rows = rows_behind(c, at, when.state, found.first, day)
    standing = p.case((p.present(day), p.whole(MET)), default=p.whole(verdicts.FAILED))
    unmet = Verdict(found.standing_unmet, found.day_unmet)
    return Verdict(standing, day, rows), unmet, _too_late(at, found, behind, deadline)


def again(
    c: Compiler, at: Subject, when: ir.Reaches, after: E | None, deadline: Bounds
) -> tuple[exp.Select, Verdict, E]:
    """Each day within the deadline, numbered, with the rows behind it."""
    found = reached(c, at, when, after)
    behind = None if when.further else after
    numbered = found.numbered and after is not None and deadline.first == p.FIRST
    tests, values = _between(None if numbered else after, deadline)  # blocks begin after the day `after`
    place = n("number") if numbered else p.numbered([n("participant")], [n("day")])
    query = select(n("participant"), n("day"), place.as_("number"))
    query = query.from_(exp.alias_(found.table, "n", table=True))
    if values or c.rests:
        level = at.sheet.level_of(*values, found.first)
        on = p.same(n("participant"), exp.column("participant", table="s", quoted=True))
        query = query.join(exp.alias_(at.sheet.at(level), "s", table=True), on=on).where(*tests)
        query = query.select(s(found.first).as_("since"))
    rows = _with_rows(c, at, when.state, query)
    unmet = Verdict(found.standing_unmet, found.day_unmet)
    return rows, unmet, _too_late(at, found, behind, deadline)


def _with_rows(c: Compiler, at: Subject, name: str, days: exp.Select) -> exp.Select:
    """Each day with the rows of the state up to it."""
    from outcomelang.relational.outcomes import achieved_columns

    if not c.rests:
        columns = achieved_columns(n("day"), ev.NO_ROWS)[1:]
        return select(n("participant"), n("number"), n("day"), *columns).from_(days.subquery("n"))
    on = p.all_of(
        p.same(n("participant"), b("participant")),
        p.at_most(b("day"), n("day")),
        p.any_of(p.missing(b("ended")), p.at_most(n("since"), b("ended"))),
    )
    order = {f"o{place}": b(each) for place, each in enumerate(("kind", "begun", "begun_by", "side"))}
    first = exp.Min(this=p.case((p.present(b("id")), p.structure(**order, id=b("id")))))
    rows = Evidence(
        p.field(first, "id"),
        exp.Max(this=b("recorded")),
        exp.Max(this=b("verified_on")) if c.verifies else None,
        p.filtered(exp.ArrayAgg(this=ev.place(b)), p.present(b("id"))) if c.provenance else None,
    )
    columns = achieved_columns(n("day"), rows)[1:]
    query = select(n("participant"), n("number"), n("day"), *columns).from_(days.subquery("n"))
    query = query.join(exp.alias_(c.behind(at, name), "b", table=True), on=on, join_type="left")
    return query.group_by(n("participant"), n("number"), n("day"))
