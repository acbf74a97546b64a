"""Whom something is said of, as a sheet: a person, a row, a cohort, a period, the contract as one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from attrs import define, frozen
from sqlglot import exp

from outcomelang.core import ir
from outcomelang.core.calendar import shift
from outcomelang.relational import primitives as p
from outcomelang.relational.book import Refused
from outcomelang.relational.sheets import Pool, Sheet
from outcomelang.relational.trees import of, reads, select

if TYPE_CHECKING:
    from outcomelang.relational.compiler import Compiler

E = exp.Expr


@frozen
class Person:
    """The person of a subject: columns of its sheet, NULL where it has none. `row` is the joining row."""

    population: E
    participant: E
    joined: E
    joined_by: E
    joined_known: bool
    """Whether there always is somebody."""
    row: Callable[[str], E]


@define(eq=False)
class Subject:
    """A sheet and what its columns are. `rows` is the relation from which rows of the log are gathered for it."""

    node: ir.Subject
    kind: str
    sheet: Sheet
    label: E
    latest_joining: E
    rows: exp.Table
    claimed: bool = False
    person: Person | None = None
    own_row: Callable[[str], E] | None = None
    event: str = ""
    group: tuple[str, E] | None = None
    period: tuple[str, E] | None = None
    period_label: E | None = None
    first: E | None = None
    last: E | None = None
    base: Subject | None = None
    """Of a period: of whom it is."""

    @property
    def is_wide(self) -> bool:
        """Whether people are counted in it, and not one person or one row said something of."""
        return self.person is None and self.own_row is None


def subject(c: Compiler, node: ir.Subject, claimed: bool) -> Subject:
    """The sheet of a subject."""
    from outcomelang.relational import cohorts

    match node:
        case ir.PerPerson():
            return _person(c, node, claimed)
        case ir.PerRow():
            return _row(c, node)
        case ir.Whole():
            return _whole(c, node, claimed)
        case ir.PerGroup():
            return cohorts.group(c, node)
        case ir.PerPeriod():
            return cohorts.period(c, node)
        case ir.PerMember():
            raise Refused(node, f"each {node.member} is told by names that rows carry")
        case ir.Pooled():
            raise Refused(node, "who is left out of a pool is told by a condition on each part")


def _own(name: str) -> E:
    return exp.column(name, quoted=True)


_JOINING = {"day": "joined", "id": "joined_by"}


def _person(c: Compiler, node: ir.PerPerson, claimed: bool) -> Subject:
    population = c.populations[node.population]

    def r(name: str) -> E:
        return exp.column(name, table="r", quoted=True)

    columns = [r(name).as_(_JOINING.get(name, name), quoted=True) for name in c.columns]
    query = select(*columns, r("population")).from_(exp.alias_(c.people(c.base_of(population.name)), "r", table=True))
    query = query.where(p.same(r("population"), p.text(population.name)))
    if claimed:
        waits = select(_own("participant")).from_(c.counted_rows).where(p.same(_own("standing"), p.text("waiting")))
        query = query.where(exp.In(this=r("participant"), query=waits.subquery()))
    hint = f"{population.name} claimed" if claimed else population.name
    sheet = c.book.sheet(hint, ("participant",), query, f"Each {population.name}")
    row = _joining_row
    person = Person(_own("population"), _own("participant"), _own("joined"), _own("joined_by"), True, row)
    rows = c.claims if claimed else c.facts
    return Subject(node, "person", sheet, _own("participant"), _own("joined"), rows, claimed, person)


def _joining_row(name: str) -> E:
    return _own(_JOINING.get(name, name))


def joining(c: Compiler) -> list[str]:
    """The populations whose people join, not compared with others."""
    return [each.name for each in c.contract.populations if each.comparison_of is None]


def _row(c: Compiler, node: ir.PerRow) -> Subject:
    """Each row of an event with the person to whom it belongs: the last who joined by its day, else the first."""
    query = select(*(r(name) for name in c.columns)).from_(exp.alias_(c.contract_rows, "r", table=True))
    query = query.where(p.same(r("event"), p.text(node.event)))
    query = _with_people(c, query)
    sheet = c.book.sheet(node.event, ("id",), query, f"Each {node.event}, with whom it belongs to")
    row = _own
    known = c.events[node.event].of is not None
    person = Person(_own("population"), _own("participant"), _own("joined"), _own("joined_by"), known, _no_row)
    label = _own("participant")
    latest = p.coalesced(_own("joined"), _own("day"))
    return Subject(node, "row", sheet, label, latest, c.facts, False, person, row, node.event)


def _with_people(c: Compiler, query: exp.Select) -> exp.Select:
    """Rows `r` with the person of each: the last in order who joined by its day, else the first."""
    found: list[Callable[[str], E]] = []
    for number, population in enumerate(joining(c)):
        alias = f"p{number}"

        def theirs(name: str, alias: str = alias) -> E:
            return exp.column(name, table=alias, quoted=True)

        on = p.same(r("participant"), theirs("participant"))
        query = query.join(exp.alias_(c.people(population), alias, table=True), on=on, join_type="left")
        found.append(theirs)
    chosen = {"population": "population", "joined": "day", "joined_by": "id"}
    for name, column in chosen.items():
        begun = [(p.holds(p.at_most(of_one("day"), r("day"))), of_one(column)) for of_one in reversed(found)]
        any_of_them = p.coalesced(*(of_one(column) for of_one in found)) if found else exp.null()
        value = p.case(*begun, default=any_of_them) if len(found) > 1 else any_of_them
        query = query.select(value.as_(name, quoted=True))
    return query


def _no_row(name: str) -> E:
    raise AssertionError(f"the joining row of a row's person is read where the person is: {name}")


def _whole(c: Compiler, node: ir.Whole, claimed: bool) -> Subject:
    sheet = c.book.sheet("whole", (), select(p.whole(1).as_("one")), "The contract as one")
    rows = c.contract_claims if claimed else c.contract_rows
    return Subject(node, "whole", sheet, p.text(""), p.day(_latest_of_all(c)), rows, claimed)


def _latest_of_all(c: Compiler) -> date:
    return max((latest_joining(c, each) for each in c.contract.populations), default=c.term_last)


def latest_joining(c: Compiler, population: ir.Population) -> date:
    """The last permitted day of joining: the latest bound of its ways, else the last day of the term."""
    bounds = []
    for way in population.ways:
        edge = way.select.window.last if way.select.window is not None else None
        if edge is None or not isinstance(edge.anchor, ir.Fixed):
            return c.term_last
        bounds.append(date.fromordinal(shift(edge.anchor.day.toordinal(), edge.months, edge.days)))
    return min(max(bounds, default=c.term_last), c.term_last)


# ---------------------------------------------------------------- rows of the log, for a subject


def s(value: E) -> E:
    """A value of the sheet at hand, where it stands as `s` beside rows `r`."""
    return of("s", value)


def r(name: str) -> E:
    """A column of the row at hand, where rows stand as `r`."""
    return exp.column(name, table="r", quoted=True)


def rows_pool(c: Compiler, at: Subject, values: tuple[E, ...]) -> Pool:
    """Rows of the log grouped by a subject; `values` of its sheet are looked at beside them (as `s`)."""
    sheet = at.sheet
    is_asked = any(map(reads, values)) or at.kind not in ("person", "whole")
    level = sheet.level_of(*values) if is_asked else -1
    rows = exp.alias_(at.rows, "r", table=True)

    def make() -> tuple[exp.Select, dict[str, E]]:
        if at.is_wide:
            query = select().from_(rows)
            if level >= 0:
                query = query.join(exp.alias_(sheet.at(level), "s", table=True), join_type="cross")
            return query, {key: exp.column(key, table="s", quoted=True) for key in sheet.keys}
        if level < 0:
            return select().from_(rows), {"participant": r("participant")}
        on = p.same(r("participant"), s(_own("participant")))
        if at.own_row is not None and not (at.person is not None and at.person.joined_known):
            raise Refused(at.node, f"a row of {at.event} may belong to nobody, and something is asked of its person")
        query = select().from_(rows).join(exp.alias_(sheet.at(level), "s", table=True), on=on)
        return query, {key: exp.column(key, table="s", quoted=True) for key in sheet.keys}

    if at.group is not None and at.person is None:
        raise Refused(at.node, "rows of a cohort are those of its people")
    return sheet.pool("rows", level, make)


def event_is(event: str) -> E:
    return p.same(r("event"), p.text(event))
