"""What is counted over people: in the contract as a whole, a cohort or group, and the periods of these.

A wide subject gathers from the sheet of its people (which stands as `q`), grouped by their labels and, within a
period, beside the period (`s`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from attrs import frozen
from sqlglot import exp

from outcomelang.core import ir
from outcomelang.relational import evidence as ev
from outcomelang.relational import primitives as p
from outcomelang.relational.book import Refused
from outcomelang.relational.evidence import NO_ROWS, Evidence
from outcomelang.relational.row_tests import as_day, attribute_test
from outcomelang.relational.selections import Found, person_test
from outcomelang.relational.sheets import Pool
from outcomelang.relational.subjects import Subject, r, s
from outcomelang.relational.trees import of, reads, select
from outcomelang.relational.windows import differs, window

if TYPE_CHECKING:
    from outcomelang.relational.compiler import Compiler

E = exp.Expr


def q(value: E) -> E:
    """A value of the sheet of people, where it stands as `q`."""
    return of("q", value)


def people_of(c: Compiler, at: Subject, among: str | None, by_period: bool = False) -> Subject:
    """The people who are counted in a wide subject."""
    if at.claimed:
        raise Refused(at.node, "unverified facts are counted by person")
    population = among or _population(c, at)
    node: ir.Subject = ir.PerPerson(population)
    if by_period and at.period is not None:
        node = ir.PerPeriod(at.period[0], ir.PerPerson(population))
    return c.subject(node)


def _population(c: Compiler, at: Subject) -> str:
    if at.group is not None:
        return c.partitions[at.group[0]].of
    own = [each.name for each in c.contract.populations if each.comparison_of is None]
    if len(own) != 1:
        raise Refused(at.node, "people of several populations are counted together")
    return own[0]


def source(
    c: Compiler, at: Subject, people: Subject, of_people: Sequence[E], of_subject: Sequence[E], rows: bool = False
) -> Pool:
    """People of a wide subject (with `rows`: rows `r` of theirs), grouped by it; the values that are looked at."""
    of_people = list(of_people)
    label = None
    if at.group is not None:
        label = people.sheet.let("label", c.label(people, at.group[0]))
        of_people.append(label)
    of_people = [value for value in of_people if reads(value)]
    of_subject = [value for value in of_subject if reads(value)]
    by_period = people.period is not None
    beside = bool(of_subject) or (at.period is not None and not by_period)
    q_level = people.sheet.level_of(*of_people)
    s_level = at.sheet.level_of(*of_subject) if beside else -1

    def make() -> tuple[exp.Select, dict[str, E]]:
        return _made(at, people, q_level, s_level, label, rows, c)

    return at.sheet.pool(f"{'rows ' if rows else ''}{people.sheet.name} {q_level}", s_level, make)


def _made(
    at: Subject, people: Subject, q_level: int, s_level: int, label: E | None, rows: bool, c: Compiler
) -> tuple[exp.Select, dict[str, E]]:
    table = exp.alias_(people.sheet.at(q_level), "q", table=True)
    query = select().from_(table)
    if rows:
        theirs = exp.alias_(people.rows, "r", table=True)
        query = select().from_(theirs).join(table, on=p.same(r("participant"), q(exp.column("participant"))))
    keys: dict[str, E] = {}
    on: list[E] = []
    if label is not None:
        keys["group"] = q(label)
        on.append(p.same(q(label), exp.column("group", table="s", quoted=True)))
    if at.period is not None:
        keys["period"] = exp.column("period", table="q" if people.period is not None else "s", quoted=True)
        if people.period is not None:
            on.append(p.same(keys["period"], exp.column("period", table="s", quoted=True)))
    if s_level >= 0:
        sheet = exp.alias_(at.sheet.at(s_level), "s", table=True)
        query = query.join(sheet, on=p.all_of(*on)) if on else query.join(sheet, join_type="cross")
    return query, keys


# ---------------------------------------------------------------- people


@frozen
class People:
    """Who is counted: gathered from `pool` where all of `where` hold."""

    subject: Subject
    pool: Pool
    where: tuple[E, ...]


def people_found(c: Compiler, at: Subject, chosen: ir.Select, until: E | None) -> People:
    """People who joined in the window (and by the end of the period) and pass the tests."""
    assert isinstance(chosen.of, ir.People)
    by_period = at.period is not None and any(_by_period(test) for test in chosen.tests)
    people = people_of(c, at, chosen.among or chosen.of.population, by_period)
    tests = [
        people.sheet.let("counts", person_test(c, people, test, _for_each(c, at, people, until)))
        for test in chosen.tests
    ]
    where = [q(test) for test in tests]
    of_subject: list[E] = []
    assert people.person is not None
    joined = people.person.joined
    edges: list[tuple[type[exp.Binary], E]] = []
    if chosen.window is not None:
        bounds = window(c, at, chosen.window)
        edges += [(exp.GTE, bounds.first), (exp.LTE, bounds.last)]
    edges += [] if until is None else [(exp.LTE, until)]
    edges += [] if at.last is None else [(exp.LTE, at.last)]
    for sign, edge in edges:
        if edge not in (p.FIRST, p.LAST):
            of_subject.append(edge)
            where.append(sign(this=q(joined), expression=s(edge)))
    return People(people, source(c, at, people, [*tests, joined], of_subject), tuple(where))


def _for_each(c: Compiler, at: Subject, people: Subject, until: E | None) -> E | None:
    """A day of a wide subject beside each of its people."""
    if until is None or not reads(until):
        return until
    if at.period is not None and people.period is None:
        raise Refused(at.node, "what is known of people by the end of each period is told period by period")
    return c.imported(people, at, [until])[0]


def _by_period(test: ir.Test) -> bool:
    """Whether a test reads the period as its window."""
    match test:
        case ir.Has(select=inner):
            return inner.window is None or any(_by_period(each) for each in inner.tests)
        case ir.AttributeDated():
            return False
        case ir.AttributeIs() | ir.AttributeCompares() | ir.AttributeGiven() | ir.InGroup():
            return False


def count_people(c: Compiler, at: Subject, chosen: ir.Select, until: E | None) -> E:
    found = people_found(c, at, chosen, until)
    many = at.sheet.gathered(found.pool, "people", lambda w: p.filtered(exp.Count(this=exp.Star()), w), found.where)
    return p.coalesced(many, p.whole(0))


def people_evidence(c: Compiler, at: Subject, chosen: ir.Select, until: E | None) -> Evidence:
    """The rows that the tests found, of each of the people in order of joining."""
    behind = [test.select for test in chosen.tests if isinstance(test, ir.Has) and not test.negated]
    if not behind:
        return NO_ROWS
    found = people_found(c, at, chosen, until)
    inner = found.subject
    day = _for_each(c, at, inner, until)
    each = ev.both(*(c.select_evidence(inner, one, day) for one in behind))
    return gathered_evidence(c, at, found.subject, each, found.where, chosen)


def gathered_evidence(
    c: Compiler, at: Subject, people: Subject, each: Evidence, where: Sequence[E], node: ir.Node
) -> Evidence:
    """The rows of many people together, in order of joining."""
    if each == NO_ROWS or each.tie is None or each.recorded is None:
        return NO_ROWS
    kept = ev.kept(people.sheet, "behind", each)
    values = [value for value in (kept.tie, kept.recorded, kept.verified, kept.rows) if value is not None]
    assert people.person is not None and kept.tie is not None and kept.recorded is not None
    of_subject = [value for test in where for value in _of_s(test)]
    of_people = [value for test in where for value in _of_q(test)]
    pool = source(c, at, people, [*values, people.person.joined, *of_people], of_subject)
    tests = tuple(where)
    key = p.structure(joined=q(people.person.joined), participant=q(people.person.participant), tie=q(kept.tie))
    some = (*tests, p.present(q(kept.tie)))
    first = at.sheet.gathered(pool, "first row", lambda w: p.filtered(exp.Min(this=key), w), some)

    def greatest(value: E) -> E:
        return at.sheet.gathered(pool, "latest", lambda w: p.filtered(exp.Max(this=q(value)), w), tests)

    rows = None
    if kept.rows is not None:
        lists = kept.rows
        rows = at.sheet.gathered(
            pool, "places", lambda w: p.flattened(p.filtered(exp.ArrayAgg(this=q(lists)), w)),
            (*tests, p.present(q(lists))),
        )  # fmt: skip
    return Evidence(
        p.field(first, "tie"), greatest(kept.recorded), None if kept.verified is None else greatest(kept.verified), rows
    )


def _of_s(test: E) -> list[E]:
    return [exp.column(each.name, quoted=True) for each in test.find_all(exp.Column) if each.table == "s"]


def _of_q(test: E) -> list[E]:
    return [exp.column(each.name, quoted=True) for each in test.find_all(exp.Column) if each.table == "q"]


# ---------------------------------------------------------------- rows


def rows_of_people(c: Compiler, at: Subject, chosen: ir.Select, edges: Sequence[tuple[type[exp.Binary], E]]) -> Found:
    """Rows of the people of a wide subject, each read with its person; `edges` bound the day of the row."""
    assert isinstance(chosen.of, ir.Rows)
    if at.period is not None and any(_by_period(test) for test in chosen.tests):
        raise Refused(chosen, "which rows count in a period is told by other rows of their people in it")
    people = people_of(c, at, chosen.among)
    event = chosen.of.event
    where: list[E] = [p.same(r("event"), p.text(event))]
    of_people: list[E] = []
    of_subject: list[E] = []
    own = window(c, people, chosen.window) if differs(chosen.window) else None
    bounds = window(c, at, chosen.window) if own is None else own
    both: list[tuple[type[exp.Binary], E]] = [(exp.GTE, bounds.first), (exp.LTE, bounds.last)]
    for sign, edge in both:
        if edge not in (p.FIRST, p.LAST):
            (of_subject if own is None else of_people).append(edge)
            where.append(sign(this=r("day"), expression=s(edge) if own is None else q(edge)))
    for sign, edge in edges:
        if edge not in (p.FIRST, p.LAST):
            of_subject.append(edge)
            where.append(sign(this=r("day"), expression=s(edge)))
    for test in chosen.tests:
        put, values, held = _row_test(c, at, people, event, test)
        (of_people if put is q else of_subject).extend(values)
        where.append(held)
    return Found(source(c, at, people, of_people, of_subject, rows=True), tuple(where), bounds)


def _row_test(
    c: Compiler, at: Subject, people: Subject, event: str, test: ir.Test
) -> tuple[Callable[[E], E], list[E], E]:
    """A test of rows `r`: on whose sheet it reads values, which they are, and the test."""
    match test:
        case ir.AttributeIs() | ir.AttributeCompares() | ir.AttributeGiven():
            return q, [], attribute_test(c, event, test, r)
        case ir.AttributeDated(attribute=attribute, window=node):
            day, limits = as_day(c, event, attribute, r), window(c, people if differs(node) else at, node)
            put = q if differs(node) else s
            if day is None:
                return put, [], p.flag(False)
            held = p.all_of(p.at_most(put(limits.first), day), p.at_most(day, put(limits.last)))
            return put, [limits.first, limits.last], p.holds(held)
        case ir.InGroup() | ir.Has():
            value = people.sheet.let("passes", person_test(c, people, test))
            return q, [value], q(value)


# ---------------------------------------------------------------- achievements


def count_achievements(c: Compiler, at: Subject, chosen: ir.Select, until: E | None) -> E:
    """How many achievements there are, by those within the subject at hand, in the window and up to a day."""
    assert isinstance(chosen.of, ir.Achievements)
    outcome = c.outcomes[chosen.of.outcome]
    bounds = window(c, at, chosen.window)
    edges = [(exp.GTE, bounds.first), (exp.LTE, bounds.last)] + ([] if until is None else [(exp.LTE, until)])
    edges = [(sign, edge) for sign, edge in edges if edge not in (p.FIRST, p.LAST)]
    if not isinstance(outcome.subject, ir.PerPerson):
        return _achievements_of_others(c, at, outcome, chosen, edges)
    if at.kind == "person":
        return _own_achievements(c, at, chosen, edges)
    if not at.is_wide:
        raise Refused(chosen, "achievements of a person are counted for a row or a period of theirs")
    people = people_of(c, at, chosen.among or outcome.subject.population)
    tests = [people.sheet.let("counts", person_test(c, people, test)) for test in chosen.tests]
    result = c.result(people, outcome.name)
    if result.achievements is not None:
        raise Refused(chosen, f"{outcome.name} may be achieved several times, and is counted over many people")
    day = result.verdict.day
    where = [q(result.verdict.met), *(q(test) for test in tests)]
    where += [sign(this=q(day), expression=s(edge)) for sign, edge in edges]
    met = people.sheet.let("met", result.verdict.met)
    pool = source(c, at, people, [met, day, *tests, result.verdict.standing], [edge for _, edge in edges])
    many = at.sheet.gathered(pool, "achieved", lambda w: p.filtered(exp.Count(this=exp.Star()), w), where)
    return p.coalesced(many, p.whole(0))


def _own_achievements(c: Compiler, at: Subject, chosen: ir.Select, edges: Sequence[tuple[type[exp.Binary], E]]) -> E:
    assert isinstance(chosen.of, ir.Achievements)
    result = c.result(at, chosen.of.outcome)
    tests = [person_test(c, at, test) for test in chosen.tests]
    if result.achievements is None:
        within = [sign(this=result.verdict.day, expression=edge) for sign, edge in edges]
        return p.case((p.holds(p.all_of(result.verdict.met, *tests, *within)), p.whole(1)), default=p.whole(0))

    def o(name: str) -> E:
        return exp.column(name, table="o", quoted=True)

    keys = [o(key) for key in at.sheet.keys]
    query = select(*keys, exp.Count(this=exp.Star()).as_("many")).from_(
        exp.alias_(result.achievements, "o", table=True)
    )
    of_subject = [edge for _, edge in edges if reads(edge)]
    if of_subject:
        on = p.all_of(*(p.same(o(key), exp.column(key, table="s", quoted=True)) for key in at.sheet.keys))
        query = query.join(exp.alias_(at.sheet.at(at.sheet.level_of(*of_subject)), "s", table=True), on=on)
    query = query.where(*(sign(this=o("day"), expression=s(edge)) for sign, edge in edges)).group_by(*keys)
    many = p.coalesced(at.sheet.joined(query, {k: k for k in at.sheet.keys}, ["many"])["many"], p.whole(0))
    return p.case((p.all_of(*tests), many), default=p.whole(0)) if tests else many


def _achievements_of_others(
    c: Compiler, at: Subject, outcome: ir.Outcome, chosen: ir.Select, edges: Sequence[tuple[type[exp.Binary], E]]
) -> E:
    """Achievements by cohorts or periods, counted over the contract as a whole."""
    if at.kind != "whole" or not isinstance(outcome.subject, ir.PerGroup | ir.PerPeriod) or chosen.tests:
        raise Refused(chosen, f"{outcome.name} is counted over something else than people")
    parts = c.subject(outcome.subject)
    result = c.result(parts, outcome.name)
    if result.achievements is not None:
        raise Refused(chosen, f"{outcome.name} may be achieved several times, and is counted over many")
    met, day = parts.sheet.let("met", result.verdict.met), result.verdict.day
    level = parts.sheet.level_of(met, day)
    query = select(exp.Count(this=exp.Star()).as_("many")).from_(exp.alias_(parts.sheet.at(level), "q", table=True))
    query = query.where(q(met), *(sign(this=q(day), expression=edge) for sign, edge in edges))
    if any(reads(edge) for _, edge in edges):
        raise Refused(chosen, f"{outcome.name} is counted in a window that differs")
    return at.sheet.joined(query, {}, ["many"])["many"]


def achievements_evidence(c: Compiler, at: Subject, chosen: ir.Select, until: E | None) -> Evidence:
    """The rows of the achievements that are counted."""
    assert isinstance(chosen.of, ir.Achievements)
    outcome = c.outcomes[chosen.of.outcome]
    bounds = window(c, at, chosen.window)
    edges = [(exp.GTE, bounds.first), (exp.LTE, bounds.last)] + ([] if until is None else [(exp.LTE, until)])
    edges = [(sign, edge) for sign, edge in edges if edge not in (p.FIRST, p.LAST)]
    own = at.kind == "person"
    if not isinstance(outcome.subject, ir.PerPerson) or not (own or at.is_wide):
        raise Refused(chosen, f"the rows behind {outcome.name} are counted over something else than people")
    people = at if own else people_of(c, at, chosen.among or outcome.subject.population)
    tests = [people.sheet.let("counts", person_test(c, people, test)) for test in chosen.tests]
    result = c.result(people, outcome.name)
    if result.achievements is not None:
        raise Refused(chosen, f"{outcome.name} may be achieved several times, and each rests on rows of its own")
    met, day = result.verdict.met, result.verdict.day
    if own:
        within = [sign(this=day, expression=edge) for sign, edge in edges]
        return ev.chosen([(p.holds(p.all_of(met, *tests, *within)), result.verdict.rows)])
    counts = people.sheet.let("met", met)
    where = [q(counts), *(q(test) for test in tests), *(sign(this=q(day), expression=s(edge)) for sign, edge in edges)]
    return gathered_evidence(c, at, people, result.verdict.rows, where, chosen)
