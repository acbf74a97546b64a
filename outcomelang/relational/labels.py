"""To which row of a group or cohort somebody belongs, fixed at joining. As `World.label`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlglot import exp

from outcomelang.core import ir
from outcomelang.core.names import name_key
from outcomelang.relational import primitives as p
from outcomelang.relational import spelling
from outcomelang.relational.book import Refused
from outcomelang.relational.numbers import Num
from outcomelang.relational.quantities import within
from outcomelang.relational.row_tests import as_day, as_number, as_text, attribute_named
from outcomelang.relational.subjects import Subject, event_is, r, rows_pool

if TYPE_CHECKING:
    from outcomelang.relational.compiler import Compiler

E = exp.Expr
NO_LABEL = p.cast(exp.null(), "varchar")


def label(c: Compiler, at: Subject, partition: ir.Partition) -> E:
    """The label of the person of a subject, or of the cohort that it is; NULL for others."""
    if at.group is not None and at.person is None:
        return at.group[1] if at.group[0] == partition.name else NO_LABEL
    if at.person is None:
        return NO_LABEL
    if at.kind != "person":
        populations = [each for each in c.contract.populations if each.comparison_of is None]
        if len(c.contract.populations) > 1:
            raise Refused(partition, "of which population somebody is who has a row is told by several joinings")
        own = c.subject(ir.PerPerson(populations[0].name))
        return c.imported(at, own, [c.label(own, partition.name)])[0]
    return at.sheet.let(f"{partition.name} label", _label(c, at, partition))


def _label(c: Compiler, at: Subject, partition: ir.Partition) -> E:
    match partition.classifier:
        case ir.ByLabel(event=event, attribute=attribute):
            text = _first_said(c, at, event, attribute, partition)
            return _declared(partition, text)
        case ir.ByValue(event=event, attribute=None):
            return _dated(partition, _first_day(c, at, event))
        case ir.ByValue(event=event, attribute=str() as attribute):
            return _valued(c, at, partition, event, attribute)
        case ir.ByOwnLabel():
            return _declared(partition, _own_label(c, at, partition))
        case ir.ByMeasured():
            raise Refused(partition, f"{partition.name} is told by a measure on the day of joining")
        case _:
            raise AssertionError(partition.classifier)


def _declared(partition: ir.Partition, text: E) -> E:
    keys = {name_key(spelled): row.label for row in partition.rows for spelled in (*row.logged, row.label)}
    return spelling.meant(text, keys)


def _ways(c: Compiler, at: Subject) -> set[str]:
    assert isinstance(at.node, ir.PerPerson)
    ways = c.populations[c.base_of(at.node.population)].ways
    return {way.select.of.event for way in ways if isinstance(way.select.of, ir.Rows)}


def _of_joining_row(c: Compiler, at: Subject, event: str, value: E) -> E:
    """What the joining row says, where it is of the event."""
    assert at.person is not None
    ways = _ways(c, at)
    if ways == {event}:
        return value
    if event not in ways:
        return p.cast(exp.null(), "varchar") if value == NO_LABEL else p.case((p.flag(False), value))
    return p.case((p.same(at.person.row("event"), p.text(event)), value))


def _first_said(c: Compiler, at: Subject, event: str, attribute: str, node: ir.Node) -> E:
    """The value of the joining row if it says any, else of the first row that does."""
    assert at.person is not None
    own = as_text(c, event, attribute, at.person.row, node)
    value = as_text(c, event, attribute, r, node)
    return p.coalesced(_of_joining_row(c, at, event, own), _first(c, at, event, value))


def _first(c: Compiler, at: Subject, event: str, value: E) -> E:
    pool = rows_pool(c, at, ())
    key = p.structure(day=r("day"), id=r("id"), value=value)
    where = [event_is(event), p.present(value)]
    found = at.sheet.gathered(pool, "first said", lambda w: p.filtered(exp.Min(this=key), w), where)
    return p.field(found, "value")


def _first_day(c: Compiler, at: Subject, event: str) -> E:
    assert at.person is not None
    own = _of_joining_row(c, at, event, at.person.joined)
    if _ways(c, at) == {event}:
        return own
    pool = rows_pool(c, at, ())
    first = at.sheet.gathered(pool, "first day", lambda w: p.filtered(exp.Min(this=r("day")), w), [event_is(event)])
    return p.coalesced(own, first)


def _dated(partition: ir.Partition, day: E) -> E:
    """The row whose dates hold the day."""
    cases = []
    for row in partition.rows:
        if row.bounds is None:
            continue
        tests = [p.present(day)]
        for edge, included, sign, strict in (
            (row.bounds.first, row.bounds.first_included, exp.GTE, exp.GT),
            (row.bounds.last, row.bounds.last_included, exp.LTE, exp.LT),
        ):
            if edge is not None:
                if not isinstance(edge.value, date):
                    raise Refused(partition, f"{partition.name} holds days against numbers")
                tests.append((sign if included else strict)(this=day, expression=p.day(edge.value)))
        cases.append((p.all_of(*tests), p.text(row.label)))
    return p.case(*cases) if cases else NO_LABEL


def _valued(c: Compiler, at: Subject, partition: ir.Partition, event: str, attribute: str) -> E:
    declared = attribute_named(c, event, attribute)
    assert at.person is not None
    if declared is None:
        return NO_LABEL
    if declared.unit is ir.Unit.DATE:
        own, value = as_day(c, event, attribute, at.person.row), as_day(c, event, attribute, r)
        assert own is not None and value is not None
        return _dated(
            partition, at.sheet.let("day", p.coalesced(_of_joining_row(c, at, event, own), _first(c, at, event, value)))
        )
    if declared.unit is ir.Unit.LABEL or declared.unit is ir.Unit.FLAG:
        return NO_LABEL
    own_number = as_number(c, event, attribute, at.person.row, partition)
    number = as_number(c, event, attribute, r, partition)
    pair = p.structure(n=own_number.n, d=own_number.over)
    joining = _of_joining_row(c, at, event, p.case((p.present(own_number.n), pair)))
    later = p.case((p.present(number.n), p.structure(n=number.n, d=number.over)))
    found = at.sheet.let("value", p.coalesced(joining, _first(c, at, event, later)))
    held = Num(at.sheet.let("value n", p.field(found, "n")), at.sheet.let("value d", p.field(found, "d")))
    cases = [(within(partition, row.bounds, held), p.text(row.label)) for row in partition.rows if row.bounds]
    return p.case(*cases) if cases else NO_LABEL


def _own_label(c: Compiler, at: Subject, partition: ir.Partition) -> E:
    assert at.person is not None
    ways = sorted(_ways(c, at))
    values = [as_text(c, event, partition.name, at.person.row, partition) for event in ways]
    cases = [(p.same(at.person.row("event"), p.text(event)), value) for event, value in zip(ways, values, strict=True)]
    return values[0] if len(values) == 1 else p.case(*cases)
