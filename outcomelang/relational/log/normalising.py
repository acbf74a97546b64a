"""Cells as rows and verdicts, all at once: what the reference reads one by one, for rows in which nothing is odd.

A row that is not surely right stays as it is (`state` ASIDE, with its cells): it may be right in a way that no table
of spellings knows yet, or wrong in a way that the reference tells.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from outcomelang.core import ir
from outcomelang.evaluation.log.columns import Columns
from outcomelang.evaluation.log.rulings import NOTHING, ROW, SOMEBODY
from outcomelang.relational.attributes import Attribute, attribute_columns
from outcomelang.relational.log import cells as of
from outcomelang.relational.log.joining import with_meanings
from outcomelang.relational.log.lines import Cells, Query
from outcomelang.relational.log.words import State, Words, attribute_at, data_cell, has_labels, label_cell, unit_at
from outcomelang.relational.primitives import E, text, whole


def normalised(words: Words, columns: Columns, file: int, given: Cells) -> Query:
    """The rows of a file as they stand in READ. `given` has chunk and line too."""
    cut = _cut(columns, given)
    joined = with_meanings(words, columns, cut)
    judged = exp.select("*", exp.alias_(_state(words, columns), "state"), exp.alias_(_known(), "known")).from_(
        joined.subquery("joined")
    )
    return _as_read(words, columns, file, given, judged)


def _cut(columns: Columns, given: Cells) -> Query:
    """The cells by what they hold; those of columns that the file does not have are empty."""

    def cell(position: int | None) -> E:
        return text("") if position is None else given.cell(position)

    fixed = {
        "id": columns.id,
        "participant": columns.participant,
        "event_cell": columns.event,
        "date_cell": columns.date,
        "source_cell": columns.source,
        "recorded_cell": columns.recorded,
        "target": columns.verifies,
        "about_cell": columns.about,
    }
    named = {**fixed, **{data_cell(position): position for position, _ in columns.data}}
    return exp.select(
        "chunk", "line", *given.columns, exp.alias_(given.whole(), "whole"),
        *(exp.alias_(cell(position), name) for name, position in named.items()),
    ).from_(given.query.subquery("given"))  # fmt: skip


def _state(words: Words, columns: Columns) -> E:
    """Whether a row is surely an event's, surely a verdict, or neither."""
    cell = exp.column
    recorded = cell("recorded_cell")
    sure = [
        exp.Not(this=exp.Is(this=cell("plan"), expression=exp.null())),
        cell("whole"),
        of.is_day(cell("date_cell"), words.first, words.last, cell("day")),
        exp.or_(of.empty(recorded), of.is_day(recorded, words.first, words.last)),
        of.filled(cell("id")),
        of.bare(cell("id")),
    ]

    def surely(tests: list[E]) -> E:
        return exp.Coalesce(this=exp.and_(*(test.copy() for test in sure), *tests), expressions=[exp.false()])

    ways = [
        exp.If(this=surely(_row_tests(words, columns)), true=whole(State.ROW)),
        exp.If(this=surely(_verdict_tests(columns)), true=whole(State.VERDICT)),
    ]
    return exp.Case(ifs=ways, default=whole(State.ASIDE))


def _row_tests(words: Words, columns: Columns) -> list[E]:
    cell = exp.column
    return [
        exp.Is(this=cell("verdict"), expression=exp.null()),
        of.empty(cell("target")),
        of.empty(cell("about_cell")),
        exp.or_(of.filled(cell("participant")), exp.Not(this=cell("named"))),
        of.bare(cell("participant")),
        *(_data_is_right(words, position, key) for position, key in columns.data),
        *_members_named(words, columns),
    ]


def _verdict_tests(columns: Columns) -> list[E]:
    cell = exp.column
    return [
        exp.Not(this=exp.Is(this=cell("verdict"), expression=exp.null())),
        of.bare(cell("target")),
        of.bare(cell("participant")),
        *(of.empty(cell(data_cell(position))) for position, _ in columns.data),
        _spoken(),
    ]


def _spoken() -> E:
    """Whether a verdict says in the right way of what it speaks: of a row, or of an outcome or payment and whose."""
    about, target, person, spoken = (exp.column(name) for name in ("about_cell", "target", "participant", "spoken_of"))

    def of_thing(what: str, named: E, other: E) -> E:
        is_of = exp.EQ(this=spoken.copy(), expression=text(what))
        return exp.and_(of.filled(about), is_of, named, other)

    return exp.or_(
        exp.and_(of.empty(about), of.filled(target), exp.column("of_row")),
        of_thing(ROW, of.filled(target), exp.true()),
        of_thing(SOMEBODY, of.filled(person), of.empty(target)),
        of_thing(NOTHING, of.empty(person), of.empty(target)),
    )


def _among(plans: Sequence[int]) -> E:
    return exp.In(this=exp.column("plan"), expressions=[whole(number) for number in plans])


def _data_is_right(words: Words, position: int, key: str) -> E:
    """Whether a cell is empty, or holds a value that rows of this plan may have there."""
    cell = exp.column(data_cell(position))
    tests: dict[E, list[int]] = {}
    for number, plan in enumerate(words.plans):
        unit = unit_at(words, plan, key)
        if unit is None:
            continue
        known = unit is ir.Unit.LABEL and has_labels(plan, key)
        is_label = exp.Not(this=exp.Is(this=exp.column(label_cell(position)), expression=exp.null()))
        test = is_label if known else of.is_value(cell, unit, words.contract.minor_digits)
        tests.setdefault(test, []).append(number)
    ways = [exp.If(this=_among(plans), true=test.copy()) for test, plans in tests.items()]
    return exp.or_(of.empty(cell), exp.Case(ifs=ways, default=exp.false())) if ways else of.empty(cell)


def _members_named(words: Words, columns: Columns) -> list[E]:
    """Rows of members name theirs."""
    tests: list[E] = []
    for number, plan in enumerate(words.plans):
        if plan.member is not None:
            own = [p for p, key in columns.data if key in plan.cells and plan.cells[key].name == plan.member]
            named = [of.filled(exp.column(data_cell(position))) for position in own]
            tests.append(exp.or_(exp.Not(this=_among([number])), *named))
    return tests


def _known() -> E:
    recorded = exp.column("recorded_cell")
    return exp.Case(ifs=[exp.If(this=of.empty(recorded), true=exp.column("day"))], default=of.day_of(recorded))


def _as_read(words: Words, columns: Columns, file: int, given: Cells, judged: Query) -> Query:
    column = exp.column
    is_verdict = exp.EQ(this=column("state"), expression=whole(State.VERDICT))
    aside = exp.EQ(this=column("state"), expression=whole(State.ASIDE))
    of_row = exp.EQ(this=column("spoken_of"), expression=text(ROW))
    whose = exp.Case(
        ifs=[exp.If(this=of.empty(column("about_cell")), true=text("")), exp.If(this=of_row, true=column("target"))],
        default=column("participant"),
    )

    def if_verdict(value: E) -> E:
        return exp.Case(ifs=[exp.If(this=is_verdict.copy(), true=value)])

    return exp.select(
        exp.alias_(exp.cast(whole(file), "int"), "file"),
        exp.alias_(exp.cast(column("chunk"), "bigint"), "chunk"),
        exp.alias_(exp.cast(column("line"), "bigint"), "line"),
        exp.alias_(exp.cast(column("state"), "tinyint"), "state"),
        "day", "id",
        exp.alias_(column("known"), "recorded"),
        "participant", "event", "source", "counts",
        *_attribute_values(words, columns),
        exp.alias_(if_verdict(column("target")), "verdict_target"),
        exp.alias_(if_verdict(column("verdict")), "verdict_verified"),
        exp.alias_(if_verdict(column("kind")), "verdict_kind"),
        exp.alias_(if_verdict(exp.Coalesce(this=column("about"), expressions=[text("")])), "verdict_about"),
        exp.alias_(if_verdict(whose), "verdict_whose"),
        exp.alias_(exp.Case(ifs=[exp.If(this=aside, true=given.together())]), "cells"),
    ).from_(judged.subquery("judged"))  # fmt: skip


def _attribute_values(words: Words, columns: Columns) -> list[E]:
    """The columns of every attribute, from whichever cell holds it in rows of a plan."""
    ways: dict[str, list[exp.If]] = {}
    for position, key in columns.data:
        found: dict[str, tuple[Attribute, bool, list[int]]] = {}
        for number, plan in enumerate(words.plans):
            attribute = attribute_at(words, plan, key)
            if attribute is not None:
                known = attribute.unit is ir.Unit.LABEL and has_labels(plan, key)
                found.setdefault(f"{known}{attribute.columns[0].name}", (attribute, known, []))[2].append(number)
        for attribute, known, plans in found.values():
            cell = exp.column(label_cell(position) if known else data_cell(position))
            parts = of.values(cell, attribute.unit, words.contract.minor_digits)
            for column, value in zip(attribute.columns, parts, strict=True):
                ways.setdefault(column.name, []).append(exp.If(this=_among(plans), true=value))
    return [
        exp.alias_(
            exp.cast(exp.Case(ifs=ways[column.name]) if column.name in ways else exp.null(), column.type.value),
            column.name,
            quoted=True,
        )
        for column in attribute_columns(words.contract)
    ]
