"""Cohorts, groups and periods as sheets."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from outcomelang.core import ir
from outcomelang.core.calendar import LAST_DAY, shift
from outcomelang.core.fixed_values import constant
from outcomelang.relational.book import Refused
from outcomelang.relational.subjects import Person, Subject, latest_joining
from outcomelang.relational.trees import select

if TYPE_CHECKING:
    from outcomelang.relational.compiler import Compiler

E = exp.Expr


def _own(name: str) -> E:
    return exp.column(name, quoted=True)


def _values(rows: list[tuple[object, ...]], columns: list[tuple[str, str]]) -> exp.Select:
    """Written rows as a query with typed columns."""
    cells = [tuple(None if cell is None else str(cell) for cell in row) for row in rows]
    identifiers: list[Any] = [exp.to_identifier(name, quoted=True) for name, _ in columns]
    table = exp.values(cells, alias="v", columns=identifiers)
    typed = [exp.cast(exp.column(name, table="v", quoted=True), kind).as_(name, quoted=True) for name, kind in columns]
    return select(*typed).from_(table)


def group(c: Compiler, node: ir.PerGroup) -> Subject:
    """Each row of a group or cohort."""
    partition = c.partitions[node.partition]
    if partition.of not in c.populations:
        raise Refused(node, f"{partition.name} is a group of something else than people")
    rows: list[tuple[object, ...]] = [
        (row.label, _latest(c, partition, row).isoformat(), _first(c, partition, row).isoformat())
        for row in partition.rows
    ]
    query = _values(rows, [("group", "varchar"), ("latest_joining", "date"), ("first_joining", "date")])
    sheet = c.book.sheet(partition.name, ("group",), query, f"Each {partition.name}")
    label = _own("group")
    return Subject(node, "group", sheet, label, _own("latest_joining"), c.facts, group=(partition.name, label))


def _by_date(partition: ir.Partition) -> bool:
    return isinstance(partition.classifier, ir.ByValue) and partition.classifier.attribute is None


def _latest(c: Compiler, partition: ir.Partition, row: ir.PartitionRow) -> date:
    """The last day on which somebody may join it (`World._latest_in`)."""
    if _by_date(partition) and row.bounds is not None and row.bounds.last is not None:
        bound = int(constant(row.bounds.last))
        return date.fromordinal(bound if row.bounds.last_included else bound - 1)
    return latest_joining(c, c.populations[partition.of])


def _first(c: Compiler, partition: ir.Partition, row: ir.PartitionRow) -> date:
    """The first day on which somebody may belong to it (`World.first_joining`)."""
    if _by_date(partition) and row.bounds is not None and row.bounds.first is not None:
        day = int(constant(row.bounds.first)) + (0 if row.bounds.first_included else 1)
        return max(date.fromordinal(day), c.term_first)
    return c.term_first


def periods(c: Compiler, calendar: ir.Calendar) -> list[tuple[int, int, int]]:
    """(number, first day, last day) of each period, as `World.periods`."""
    first = calendar.first.toordinal()
    end = calendar.last.toordinal() if calendar.last is not None else max(c.term_last.toordinal(), first)
    found: list[tuple[int, int, int]] = []
    number = 0
    while (begin := shift(first, calendar.months * number, calendar.days * number)) <= end:
        number += 1
        last = min(shift(first, calendar.months * number, calendar.days * number) - 1, LAST_DAY)
        found.append((number, begin, last))
    return found


def period(c: Compiler, node: ir.PerPeriod) -> Subject:
    """Each period of a calendar, for each of those it is of."""
    calendar = c.calendars[node.calendar]
    every = periods(c, calendar)
    if not every:
        raise Refused(node, f"there is no {calendar.name}")
    rows: list[tuple[object, ...]] = [
        (number, date.fromordinal(first).isoformat(), date.fromordinal(last).isoformat(), f"{calendar.name} {number}")
        for number, first, last in every
    ]
    columns = [("period", "bigint"), ("period_first", "date"), ("period_last", "date"), ("period_label", "varchar")]
    values = _values(rows, columns)
    base = c.subject(node.of)
    shown = [exp.column(name, table="w", quoted=True) for name, _ in columns]
    names = list(base.sheet.base.named_selects)
    table = exp.alias_(base.sheet.at(base.sheet.bottom), "b", table=True)
    query = select(*(exp.column(name, table="b", quoted=True) for name in names if name != "one"), *shown)
    query = query.from_(table).join(values.subquery("w"), join_type="cross")
    hint = calendar.name if base.kind == "whole" else f"{calendar.name} of {base.sheet.name}"
    sheet = c.book.sheet(hint, (*base.sheet.keys, "period"), query, f"Each {calendar.name}")
    person = base.person
    if person is not None:
        person = Person(_own("population"), _own("participant"), _own("joined"), _own("joined_by"), True, person.row)
    return Subject(
        node, "period", sheet,
        label=_own("period_label") if base.kind == "whole" else base.label,
        latest_joining=base.latest_joining, rows=base.rows, person=person, group=base.group,
        period=(calendar.name, _own("period")), period_label=_own("period_label"),
        first=_own("period_first"), last=_own("period_last"), base=base,
    )  # fmt: skip
