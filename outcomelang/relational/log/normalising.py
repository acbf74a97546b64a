"""Cells as rows and verdicts, all at once: what the reference reads one by one, for rows in which nothing is odd.

A row that is not surely right stays as it is (`state` ASIDE, with its cells): it may be right in a way that no table
of spellings knows yet, or wrong in a way that the reference tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import IntEnum

from attrs import frozen
from sqlglot import exp

from outcomelang.core import ir
from outcomelang.evaluation.log.columns import Columns
from outcomelang.evaluation.log.rulings import NOTHING, ROW, SOMEBODY
from outcomelang.evaluation.log.values import Flaw
from outcomelang.evaluation.log.vocabulary import Plan, Vocabulary
from outcomelang.relational.attributes import Attribute, attribute_columns, attribute_of
from outcomelang.relational.log import cells as of
from outcomelang.relational.log.lines import Query, call
from outcomelang.relational.log.spellings import plans_of
from outcomelang.relational.primitives import E, text, whole

READ, HEADS, LABELS, SAID = "log_read", "log_heads", "log_labels", "log_said"


class State(IntEnum):
    ROW = 0
    VERDICT = 1
    ASIDE = 2


@frozen
class Words:
    """The vocabulary of a contract with what an engine must know of it."""

    contract: ir.Contract
    vocabulary: Vocabulary
    first: date
    last: date
    """Between which days a row may believably lie."""

    @property
    def plans(self) -> tuple[Plan, ...]:
        return plans_of(self.vocabulary)


def has_labels(plan: Plan, key: str) -> bool:
    """Whether only declared labels may stand in a column in rows of a plan: then not every text is one."""
    cell = plan.cells.get(key)
    return cell is not None and isinstance(cell.read("\ue000"), Flaw)


def labelled(words: Words, key: str) -> bool:
    """Whether the texts of a column are looked up as labels."""
    return any(_unit(words, plan, key) is ir.Unit.LABEL and has_labels(plan, key) for plan in words.plans)


def _attribute(words: Words, plan: Plan, key: str) -> Attribute | None:
    cell = plan.cells.get(key)
    return attribute_of(words.contract, plan.event, cell.name) if cell is not None else None


def _unit(words: Words, plan: Plan, key: str) -> ir.Unit | None:
    found = _attribute(words, plan, key)
    return found.unit if found is not None else None


def normalised(words: Words, columns: Columns, file: int, given: Query) -> Query:
    """The rows of a file as they stand in READ. `given` has chunk, line and cells."""
    cut = _cut(columns, given)
    joined = _joined(words, columns, cut)
    judged = exp.select("*", exp.alias_(_state(words, columns), "state"), exp.alias_(_known(), "known")).from_(
        joined.subquery("joined")
    )
    return _as_read(words, columns, file, judged)


def _cut(columns: Columns, given: Query) -> Query:
    """The cells by what they hold; those of columns that the file does not have are empty."""

    def cell(position: int | None) -> E:
        return text("") if position is None else call("list_extract", exp.column("cells"), whole(position + 1))

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
    named = {**fixed, **{_data(position): position for position, _ in columns.data}}
    width = exp.EQ(this=call("len", exp.column("cells")), expression=whole(len(columns.names)))
    return exp.select(
        "chunk", "line", "cells", exp.alias_(width, "whole"),
        *(exp.alias_(cell(position), name) for name, position in named.items()),
    ).from_(given.subquery("given"))  # fmt: skip


def _data(position: int) -> str:
    return f"cell_{position}"


def _label(position: int) -> str:
    return f"label_{position}"


def _joined(words: Words, columns: Columns, cut: Query) -> Query:
    """Each row with what its words mean."""
    day = of.day_of(exp.column("date_cell", "cut"))
    head = _equal("head", "event_text", "event_cell") + _equal("head", "source_text", "source_cell")
    meant = ("plan", "event", "source", "counts", "named", "verdict", "of_row", "kind")
    query = exp.select("cut.*", exp.alias_(day.copy(), "day"), *(exp.column(name, "head") for name in meant)).from_(
        cut.subquery("cut")
    )
    query = query.join(
        exp.to_table(HEADS), on=exp.and_(*head, *_dated(words, "head", day)), join_alias="head", join_type="left"
    )
    for position, key in columns.data:
        if labelled(words, key):
            name = _label(position)
            of_key = (
                exp.select("plan", "text", "first", "last", "value")
                .from_(LABELS)
                .where(exp.EQ(this=exp.column("key"), expression=text(key)))
            )
            on = [
                *_equal(name, "text", _data(position)),
                exp.EQ(this=exp.column("plan", name), expression=exp.column("plan", "head")),
            ]
            query = query.select(exp.alias_(exp.column("value", name), name))
            query = query.join(of_key.subquery(name), on=exp.and_(*on, *_dated(words, name, day)), join_type="left")
    if columns.about is not None:
        on = [
            *_equal("said", "text", "about_cell"),
            exp.EQ(this=exp.column("kind", "said"), expression=exp.column("kind", "head")),
        ]
        query = query.select(
            exp.alias_(exp.column("name", "said"), "about"), exp.alias_(exp.column("of", "said"), "spoken_of")
        )
        return query.join(exp.to_table(SAID), on=exp.and_(*on), join_alias="said", join_type="left")
    return query.select(exp.alias_(text(""), "about"), exp.alias_(text(""), "spoken_of"))


def _equal(table: str, column: str, cell: str) -> list[E]:
    return [exp.EQ(this=exp.column(column, table), expression=exp.column(cell, "cut"))]


def _dated(words: Words, table: str, day: E) -> list[E]:
    """Spellings that hold from a day on are told apart by the day of the row."""
    if not words.vocabulary.dated:
        return []
    return [exp.Between(this=day.copy(), low=exp.column("first", table), high=exp.column("last", table))]


def _state(words: Words, columns: Columns) -> E:
    """Whether a row is surely an event's, surely a verdict, or neither."""
    cell = exp.column
    recorded = cell("recorded_cell")
    sure = [
        cell("whole"),
        of.is_day(cell("date_cell"), words.first, words.last, cell("day")),
        exp.or_(of.empty(recorded), of.is_day(recorded, words.first, words.last)),
        of.filled(cell("id")),
        of.bare(cell("id")),
    ]
    row = [
        exp.Is(this=cell("verdict"), expression=exp.null()),
        of.empty(cell("target")),
        of.empty(cell("about_cell")),
        exp.or_(of.filled(cell("participant")), exp.Not(this=cell("named"))),
        of.bare(cell("participant")),
        *(_data_is_right(words, position, key) for position, key in columns.data),
        *_members_named(words, columns),
    ]
    verdict = [
        exp.Not(this=exp.Is(this=cell("verdict"), expression=exp.null())),
        of.bare(cell("target")),
        of.bare(cell("participant")),
        *(of.empty(cell(_data(position))) for position, _ in columns.data),
        _spoken(),
    ]
    meant = exp.Not(this=exp.Is(this=cell("plan"), expression=exp.null()))
    return exp.Case(
        ifs=[
            exp.If(
                this=exp.Coalesce(this=exp.and_(meant, *sure, *row), expressions=[exp.false()]), true=whole(State.ROW)
            ),
            exp.If(
                this=exp.Coalesce(this=exp.and_(meant, *sure, *verdict), expressions=[exp.false()]),
                true=whole(State.VERDICT),
            ),
        ],
        default=whole(State.ASIDE),
    )


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
    cell = exp.column(_data(position))
    tests: dict[E, list[int]] = {}
    for number, plan in enumerate(words.plans):
        unit = _unit(words, plan, key)
        if unit is None:
            continue
        known = unit is ir.Unit.LABEL and has_labels(plan, key)
        is_label = exp.Not(this=exp.Is(this=exp.column(_label(position)), expression=exp.null()))
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
            named = [of.filled(exp.column(_data(position))) for position in own]
            tests.append(exp.or_(exp.Not(this=_among([number])), *named))
    return tests


def _known() -> E:
    recorded = exp.column("recorded_cell")
    return exp.Case(ifs=[exp.If(this=of.empty(recorded), true=exp.column("day"))], default=of.day_of(recorded))


def _as_read(words: Words, columns: Columns, file: int, judged: Query) -> Query:
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
        exp.alias_(exp.Case(ifs=[exp.If(this=aside, true=column("cells"))]), "cells"),
    ).from_(judged.subquery("judged"))  # fmt: skip


def _attribute_values(words: Words, columns: Columns) -> list[E]:
    """The columns of every attribute, from whichever cell holds it in rows of a plan."""
    ways: dict[str, list[exp.If]] = {}
    for position, key in columns.data:
        found: dict[str, tuple[Attribute, bool, list[int]]] = {}
        for number, plan in enumerate(words.plans):
            attribute = _attribute(words, plan, key)
            if attribute is not None:
                known = attribute.unit is ir.Unit.LABEL and has_labels(plan, key)
                found.setdefault(f"{known}{attribute.columns[0].name}", (attribute, known, []))[2].append(number)
        for attribute, known, plans in found.values():
            cell = exp.column(_label(position) if known else _data(position))
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
