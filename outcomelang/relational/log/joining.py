"""Rows of cells with what their words mean, by joins to the tables of spellings."""

from __future__ import annotations

from sqlglot import exp

from outcomelang.evaluation.log.columns import Columns
from outcomelang.relational.log import cells as of
from outcomelang.relational.log.lines import Query
from outcomelang.relational.log.words import HEADS, LABELS, SAID, Words, data_cell, label_cell, labelled
from outcomelang.relational.primitives import E, text

_MEANT = ("plan", "event", "source", "counts", "named", "verdict", "of_row", "kind")


def with_meanings(words: Words, columns: Columns, cut: Query) -> Query:
    """Each row with what event and source mean, with its labels, and with what it says something of."""
    day = of.day_of(exp.column("date_cell", "cut"))
    head = _equal("head", "event_text", "event_cell") + _equal("head", "source_text", "source_cell")
    meant = [exp.column(name, "head") for name in _MEANT]
    query = exp.select("cut.*", exp.alias_(day.copy(), "day"), *meant).from_(cut.subquery("cut"))
    query = _join(query, exp.to_table(HEADS), "head", [*head, *_dated(words, "head", day)])
    for position, key in columns.data:
        if labelled(words, key):
            query = _with_label(words, query, position, key, day)
    return _with_thing(query, columns.about is not None)


def _with_label(words: Words, query: Query, position: int, key: str, day: E) -> Query:
    name = label_cell(position)
    of_key = exp.EQ(this=exp.column("key"), expression=text(key))
    known = exp.select("plan", "text", "first", "last", "value").from_(LABELS).where(of_key)
    of_plan = exp.EQ(this=exp.column("plan", name), expression=exp.column("plan", "head"))
    on = [*_equal(name, "text", data_cell(position)), of_plan, *_dated(words, name, day)]
    return _join(query.select(exp.alias_(exp.column("value", name), name)), known.subquery(name), None, on)


def _with_thing(query: Query, spoken: bool) -> Query:
    if not spoken:
        return query.select(exp.alias_(text(""), "about"), exp.alias_(text(""), "spoken_of"))
    of_kind = exp.EQ(this=exp.column("kind", "said"), expression=exp.column("kind", "head"))
    query = query.select(
        exp.alias_(exp.column("name", "said"), "about"), exp.alias_(exp.column("of", "said"), "spoken_of")
    )
    return _join(query, exp.to_table(SAID), "said", [*_equal("said", "text", "about_cell"), of_kind])


def _join(query: Query, table: E, alias: str | None, on: list[E]) -> Query:
    return query.join(table, on=exp.and_(*on), join_alias=alias, join_type="left")


def _equal(table: str, column: str, cell: str) -> list[E]:
    return [exp.EQ(this=exp.column(column, table), expression=exp.column(cell, "cut"))]


def _dated(words: Words, table: str, day: E) -> list[E]:
    """Spellings that hold from a day on are told apart by the day of the row."""
    if not words.vocabulary.dated:
        return []
    return [exp.Between(this=day.copy(), low=exp.column("first", table), high=exp.column("last", table))]
