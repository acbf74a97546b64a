"""What a selection finds for a subject: tests on rows of the log, and what is gathered from those that pass."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from attrs import frozen
from sqlglot import exp

from outcomelang.core import ir
from outcomelang.relational import primitives as p
from outcomelang.relational.book import Refused
from outcomelang.relational.row_tests import as_day, attribute_test
from outcomelang.relational.sheets import Pool
from outcomelang.relational.subjects import Subject, event_is, r, rows_pool, s
from outcomelang.relational.windows import Bounds, differs, window

if TYPE_CHECKING:
    from outcomelang.relational.compiler import Compiler

E = exp.Expr


@frozen
class Found:
    """Rows that a selection finds: gathered from `pool`, where all of `where` hold. `bounds` are its window's."""

    pool: Pool
    where: tuple[E, ...]
    bounds: Bounds


def rows_found(
    c: Compiler,
    at: Subject,
    select: ir.Select,
    until: E | None,
    after: E | None = None,
    before: Iterable[E] = (),
    since: E = p.FIRST,
) -> Found:
    """Rows of an event in a subject up to a day (None: all), later than `after`, up to each day of `before`."""
    assert isinstance(select.of, ir.Rows)
    edges: list[tuple[type[exp.Binary], E]] = [(exp.GTE, since), *((exp.LTE, day) for day in before)]
    edges += [] if until is None else [(exp.LTE, until)]
    edges += [] if after is None else [(exp.GT, after)]
    if select.among is not None or (at.is_wide and (at.group is not None or _needs_person(select))):
        return c.rows_of_people(at, select, edges)
    bounds = window(c, at, select.window)
    values: list[E] = []
    where = [event_is(select.of.event)]
    for sign, edge in ((exp.GTE, bounds.first), (exp.LTE, bounds.last), *edges):
        if edge not in (p.FIRST, p.LAST):
            values.append(edge)
            where.append(sign(this=r("day"), expression=s(edge)))
    for test in select.tests:
        value, of_row = row_test(c, at, select.of.event, test)
        values += value
        where.append(of_row)
    return Found(rows_pool(c, at, tuple(values)), tuple(where), bounds)


def _needs_person(select: ir.Select) -> bool:
    return differs(select.window) or any(
        isinstance(test, ir.Has | ir.InGroup) or (isinstance(test, ir.AttributeDated) and differs(test.window))
        for test in select.tests
    )


def row_test(c: Compiler, at: Subject, event: str, test: ir.Test) -> tuple[list[E], E]:
    """A test of rows `r` beside the subject `s`: the values of the subject that it reads, and the test."""
    match test:
        case ir.AttributeIs() | ir.AttributeCompares() | ir.AttributeGiven():
            return [], attribute_test(c, event, test, r)
        case ir.AttributeDated(attribute=attribute, window=node):
            day, bounds = as_day(c, event, attribute, r), window(c, at, node)
            if day is None:
                return [], p.flag(False)
            values = [value for value in (bounds.first, bounds.last) if value not in (p.FIRST, p.LAST)]
            held = p.all_of(p.at_most(s(bounds.first), day), p.at_most(day, s(bounds.last)))
            return values, p.holds(held)
        case ir.InGroup() | ir.Has():
            value = at.sheet.let("passes", person_test(c, at, test))
            return [value], s(value)


def person_test(c: Compiler, at: Subject, test: ir.Test, until: E | None = None) -> E:
    """A test of one person, never NULL; tests on attributes read the joining row."""
    match test:
        case ir.Has(select=select, negated=negated):
            there = exists(c, at, select, until)
            if not negated:
                return there
            return p.all_of(anchored(c, at, select), p.fails(there))
        case ir.InGroup(partition=partition, labels=labels):
            return p.holds(p.one_of(c.label(at, partition), labels))
        case ir.AttributeIs() | ir.AttributeCompares() | ir.AttributeGiven() | ir.AttributeDated():
            return _of_joining_row(c, at, test)


def _of_joining_row(c: Compiler, at: Subject, test: ir.Test) -> E:
    """The joining row may be of several events: of each what it carries."""
    if at.kind != "person":
        raise Refused(test, "what somebody's joining row carries is asked of another subject")
    assert isinstance(at.node, ir.PerPerson) and at.person is not None
    ways = c.populations[c.base_of(at.node.population)].ways
    events = sorted({way.select.of.event for way in ways if isinstance(way.select.of, ir.Rows)})
    tests = []
    for event in events:
        if isinstance(test, ir.AttributeDated):
            day, bounds = as_day(c, event, test.attribute, at.person.row), window(c, at, test.window)
            fits = p.flag(False) if day is None else p.holds(
                p.all_of(p.at_most(bounds.first, day), p.at_most(day, bounds.last))
            )  # fmt: skip
        else:
            fits = attribute_test(c, event, test, at.person.row)
        tests.append(p.all_of(p.same(at.person.row("event"), p.text(event)), fits) if len(events) > 1 else fits)
    return p.any_of(*tests)


def anchored(c: Compiler, at: Subject, select: ir.Select) -> E:
    """Whether the anchors of a selection's windows have come for the person at hand."""
    if at.is_wide:
        return p.flag(True)
    dated = [test.window for test in select.tests if isinstance(test, ir.AttributeDated)]
    parts = [window(c, at, node) for node in (select.window, *dated) if differs(node)]
    known = [part.known for part in parts if part.known is not None]
    return p.all_of(*known)


def exists(c: Compiler, at: Subject, select: ir.Select, until: E | None = None) -> E:
    """Whether a selection finds anything up to a day; never NULL."""
    match select.of:
        case ir.Rows():
            found = rows_found(c, at, select, until)
            there = at.sheet.gathered(found.pool, "found", lambda w: p.filtered(exp.Min(this=r("day")), w), found.where)
            return p.present(there)
        case ir.Achievements() | ir.People():
            return p.above(c.counted(at, select, until).n, p.whole(0))
        case ir.Members() | ir.Periods():
            raise Refused(select, "members and periods are counted one after the other")


def row_day(c: Compiler, at: Subject, select: ir.Select, which: str) -> E:
    """The day of the first or latest row."""
    found = rows_found(c, at, select, None)
    of = exp.Max if which == "latest" else exp.Min
    return at.sheet.gathered(found.pool, f"{which} day", lambda w: p.filtered(of(this=r("day")), w), found.where)
