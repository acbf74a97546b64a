"""Groups and cohorts: how somebody comes to belong to one of their rows."""

from __future__ import annotations

from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.from_surface import ranges, refs
from outcomelang.core.from_surface.context import Elaboration, name_of
from outcomelang.core.from_surface.facts import parties
from outcomelang.core.from_surface.header import logged, logged_from
from outcomelang.core.scope import Sort
from outcomelang.core.types import Kind, kind_of, same
from outcomelang.diagnostic import Remedy
from outcomelang.surface import ast


def partition(e: Elaboration, clause: ast.Group) -> ir.Partition | None:
    """A group or cohort with its rows."""
    of = e.find(clause.of, "what is divided into groups", Sort.POPULATION, Sort.PERIOD)
    if of is not None and of.sort is Sort.PERIOD:
        e.refuse("groups of periods", clause.of.span, f"{clause.word} {clause.name.text} of a {clause.of.text}")
    classifier: ir.Classifier | None = None
    set_by: tuple[str, ...] = ()
    known: Kind | None = None
    for modifier in clause.modifiers:
        match modifier:
            case ast.SetBy(party):
                classifier = ir.ByOwnLabel(origin=e.at(modifier.span))
                set_by = parties(e, (party,), "who sets the group")
            case ast.ByDate(event):
                classifier, known = _by_date(e, event), Kind.DATE
            case ast.ByMeasure(measure, event_term):
                classifier, known = _by_measure(e, measure, event_term)
            case ast.ReadFrom(attribute, event_term):
                classifier = _read_from(e, clause, attribute, event_term)
            case ast.Cite():
                continue
            case _:
                assert_never(modifier)
    if classifier is None:
        _not_told(e, clause)
    rows = tuple(_row(e, row) for row in clause.rows)
    _check_rows(e, clause, rows, isinstance(classifier, ir.ByValue | ir.ByMeasured), known)
    if of is None or classifier is None:
        return None
    return ir.Partition(name_of(clause), clause.word, of.name, classifier, rows, set_by, origin=e.at(clause.span))


def _by_date(e: Elaboration, event: ast.Ref) -> ir.Classifier | None:
    symbol = refs.named(e, event, "what happened on the date", Sort.EVENT)
    return ir.ByValue(symbol.name, None, origin=e.at(event.span)) if symbol is not None else None


def _by_measure(
    e: Elaboration, measure: ast.Term, event_term: ast.Term | None
) -> tuple[ir.Classifier | None, Kind | None]:
    if event_term is None:
        symbol = e.find(measure, "what decides the group", Sort.MEASURE)
        if symbol is None:
            return None, None
        return ir.ByMeasured(symbol.name, origin=e.at(measure.span)), e.read_measure(symbol.name)
    event = e.find(event_term, "what carries the score", Sort.EVENT)
    attribute = e.attribute(event.name, measure) if event is not None else None
    if attribute is None:
        return None, None
    return ir.ByValue(attribute.event, attribute.name, origin=e.at(measure.span)), kind_of(attribute.unit)


def _read_from(
    e: Elaboration, clause: ast.Group, attribute_term: ast.Term, event_term: ast.Term | None
) -> ir.Classifier | None:
    event = e.find(event_term, "what carries the group", Sort.EVENT) if event_term is not None else None
    name = event.name if event is not None else ""
    if event_term is None:
        of = e.scope.find(clause.of.text)
        ways = e.populations.get(of.name, ()) if of is not None else ()
        name = ways[0] if ways else ""
    attribute = e.attribute(name, attribute_term) if name else None
    if attribute is None:
        return None
    if attribute.unit is not ir.Unit.LABEL:
        e.say(
            "unlike-quantities",
            attribute_term.span,
            f"“{attribute.name}” is {kind_of(attribute.unit)}; a group is read from a label.",
            label="not a label",
            remedies=(Remedy(f"by {attribute.name} of {attribute.event}", "with a range in each row"),),
        )
    return ir.ByLabel(attribute.event, attribute.name, origin=e.at(attribute_term.span))


def _not_told(e: Elaboration, clause: ast.Group) -> None:
    if any(
        isinstance(modifier, ast.SetBy | ast.ByDate | ast.ByMeasure | ast.ReadFrom) for modifier in clause.modifiers
    ):
        return
    e.say(
        "group-rule-missing",
        clause.span,
        f"Nobody can tell who is in which {name_of(clause)}: it is not said who or what decides.",
        label="decided by what?",
        remedies=(
            Remedy("set by …", "a party says so when somebody joins"),
            Remedy("by date of …", "the day of an event decides"),
            Remedy("read from … of …", "the log carries the label"),
        ),
    )


def _row(e: Elaboration, row: ast.GroupRow) -> ir.PartitionRow:
    bounds = ranges.bounds(e, row.range) if row.range is not None else None
    spelt, later = logged(row.logged), logged_from(e, row.logged)
    return ir.PartitionRow(row.label.value, bounds, spelt, later, origin=e.at(row.span))


def _check_rows(
    e: Elaboration, clause: ast.Group, rows: tuple[ir.PartitionRow, ...], ranged: bool, kind: Kind | None
) -> None:
    for row in clause.rows:
        if ranged and row.range is None:
            e.say(
                "row-without-range",
                row.span,
                f"Nobody can ever be in “{row.label.value}”: it does not say from what to what.",
                label="from … to …?",
            )
        ends = ranges.kinds(row.range) if row.range is not None else ()
        if kind is not None and any(same(end, kind) is None for end in ends):
            e.say(
                "unlike-quantities",
                row.span,
                f"“{row.label.value}” goes by {ends[0]}, and what decides the {name_of(clause)} is {kind}.",
                label=f"{ends[0]}, not {kind}",
            )
            return
    if not rows:
        e.say(
            "row-missing",
            clause.span,
            f"{name_of(clause)} has no rows, so nobody can be in one.",
            label="which ones are there?",
        )
    spans = {row.label.value: row.span for row in clause.rows}
    intervals = [ranges.interval(row.bounds, spans[row.label]) for row in rows if row.bounds is not None]
    ranges.check(e, intervals, name_of(clause), False, False, clause.span, kind)
