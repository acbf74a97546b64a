"""Spells: rows that begin and end a state, paired as the reference pairs them, without looking at one after the other.

What a day does to whether a spell is open is told by how many rows begin and end on it: nothing but "open", "closed" or
"as before". One start and one end leave it as it was: an end closes the open spell and the start opens the next, or the
two make a spell of that one day. So the state before a day is what the last day made of it that did not leave it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen
from sqlglot import exp, select

from outcomelang.core import ir
from outcomelang.relational import primitives as p
from outcomelang.relational.book import Refused
from outcomelang.relational.row_tests import as_text, attribute_named, plain_passes
from outcomelang.relational.subjects import Subject, r

if TYPE_CHECKING:
    from outcomelang.relational.compiler import Compiler

E = exp.Expr


@frozen
class SpellRows:
    """The spells of one kind for the people of a subject: a row for each, with its keys, `first_row`, `last_row`."""

    table: exp.Table
    node: ir.Spells


def d(name: str) -> E:
    return exp.column(name, table="d", quoted=True)


def spells(c: Compiler, at: Subject, node: ir.Spells, hint: str) -> SpellRows:
    """Every spell whose first row passes the tests; `last_row` is NULL while it is open."""
    keys = ["participant", *(["matched"] if node.matched_by is not None else [])]
    opened = select(*(d(key) for key in keys), d("first_begin").as_("first_row"), d("next_end").as_("last_row"))
    days = spell_days(c, at.rows, node, hint)
    opened = opened.from_(exp.alias_(days, "d", table=True)).where(_opens())
    once = select(*(d(key) for key in keys), d("first_begin").as_("first_row"), _closes_at_once().as_("last_row"))
    once = once.from_(exp.alias_(days.copy(), "d", table=True)).where(p.present(_closes_at_once()))
    union = exp.union(opened, once, distinct=False) if node.ends is not None else opened
    query = select(
        exp.column("participant", table="u", quoted=True),
        *(exp.column(n, table="u") for n in ("first_row", "last_row")),
    )
    query = query.from_(union.subquery("u"))
    for test in _tested(c, node):
        query = query.where(test)
    said = f"Spells from {node.begins}" + (f" to {node.ends}" if node.ends is not None else "")
    return SpellRows(c.book.stage(f"{hint} spells", query, said), node)


def _tested(c: Compiler, node: ir.Spells) -> list[E]:
    return plain_passes(c, node.begins, node.tests, lambda name: p.field(exp.column("first_row", table="u"), name))


def _row(c: Compiler, node: ir.Spells) -> E:
    """A row as a structure; the least of several is the first in the total order."""
    names = ["day", "id", "recorded", "file", "line", *(["verified_on"] if c.verifies else [])]
    for test in node.tests:
        attribute = attribute_named(c, node.begins, getattr(test, "attribute", ""))
        names += [column.name for column in attribute.columns] if attribute is not None else []
    return p.structure(**{name: r(name) for name in dict.fromkeys(names)})


def spell_days(c: Compiler, rows: exp.Table, node: ir.Spells, hint: str) -> exp.Table:
    """Each day on which something begins or ends, with how many rows do and what it makes of the state."""
    key = (id(node), rows.name)
    if key not in c.spell_days:
        c.spell_days[key] = _days(c, rows, node, hint)
    return c.spell_days[key].copy()


def used_rows(node: ir.Spells, days: exp.Table) -> exp.Query:
    """The ids of rows that begin or end a spell."""
    opened, once = _opens(), _closes_at_once()
    parts = [
        select(p.field(d("first_begin"), "id").as_("id")).from_(exp.alias_(days.copy(), "d", table=True)).where(opened)
    ]
    if node.ends is not None:
        both = exp.alias_(days.copy(), "d", table=True)
        parts.append(select(p.field(d("first_begin"), "id").as_("id")).from_(both).where(p.present(once)))
        parts.append(select(p.field(once, "id").as_("id")).from_(both.copy()).where(p.present(once)))
        closes = p.all_of(p.same(d("before"), p.text("open")), p.above(d("ends"), p.whole(0)))
        parts.append(select(p.field(d("first_end"), "id").as_("id")).from_(both.copy()).where(closes))
    every: exp.Query = parts[0]
    for part in parts[1:]:
        every = exp.union(every, part, distinct=False)
    return every


def _days(c: Compiler, rows: exp.Table, node: ir.Spells, hint: str) -> exp.Table:
    keys = ["participant", *(["matched"] if node.matched_by is not None else [])]
    begins = p.same(r("event"), p.text(node.begins))
    ends = p.flag(False) if node.ends is None else p.same(r("event"), p.text(node.ends))
    row = _row(c, node)
    sorted_ends = p.sorted_list(row, ends)
    grouped = [r("participant"), *([] if node.matched_by is None else [_matched(c, node)])]
    query = select(
        *(value.as_(key, quoted=True) for key, value in zip(keys, grouped, strict=True)),
        r("day").as_("day", quoted=True),
        p.filtered(exp.Count(this=exp.Star()), begins).as_("begins"),
        p.filtered(exp.Min(this=row.copy()), begins).as_("first_begin"),
    ).from_(exp.alias_(rows.copy(), "r", table=True))
    events = [node.begins, *([] if node.ends is None else [node.ends])]
    query = query.where(p.one_of(r("event"), events)).group_by(*(value.copy() for value in grouped), r("day"))
    if node.ends is None:
        query = query.select(p.whole(0).as_("ends"), exp.null().as_("first_end"), exp.null().as_("second_end"))
    else:
        query = query.select(
            p.filtered(exp.Count(this=exp.Star()), ends).as_("ends"),
            p.element(sorted_ends, p.whole(1)).as_("first_end"),
            p.element(sorted_ends, p.whole(2)).as_("second_end"),
        )
    return c.book.stage(f"{hint} changes", _with_state(node, query, keys), f"Days on which {hint} begins or ends")


def _with_state(node: ir.Spells, days: exp.Select, keys: list[str]) -> exp.Select:
    """Days with whether a spell is open before each, and the first end after it."""
    makes = p.case(
        (p.same(d("ends"), p.whole(0)), p.text("open")),
        (p.same(d("begins"), p.whole(0)), p.text("closed")),
        (p.above(d("begins"), p.whole(1)), p.text("open")),
        (p.above(d("ends"), p.whole(1)), p.text("closed")),
    )
    before = _last_known(makes, keys)
    following = p.after(exp.Min(this=d("first_end")), [d(key) for key in keys], [d("day")])
    return select(
        *(d(name) for name in (*keys, "day", "begins", "ends", "first_begin", "first_end", "second_end")),
        p.coalesced(before, p.text("closed")).as_("before"),
        (exp.null() if node.ends is None else following).as_("next_end"),
    ).from_(days.subquery("d"))


def _last_known(value: E, keys: list[str]) -> E:
    """The last of a value that is known, among the days before: told by its day, of which there is one."""
    latest = exp.Max(this=p.case((p.present(value), p.structure(day=d("day"), value=value))))
    window = p.over(latest, [d(key) for key in keys], [d("day")], "1 PRECEDING")
    return p.field(window, "value")


def _opens() -> E:
    """Whether a start of the day opens a spell that lasts beyond it."""
    closed, some = p.same(d("before"), p.text("closed")), p.above(d("begins"), p.whole(0))
    ended, one = p.above(d("ends"), p.whole(0)), p.same(d("begins"), p.whole(1))
    free = p.any_of(closed, ended)
    taken = p.all_of(one, p.any_of(p.all_of(closed, ended), p.above(d("ends"), p.whole(1))))
    return p.all_of(some, free, exp.not_(exp.paren(taken)))


def _closes_at_once() -> E:
    """The end that closes the single start of its own day, where no earlier spell is open for it."""
    closed, one = p.same(d("before"), p.text("closed")), p.same(d("begins"), p.whole(1))
    return p.case((p.all_of(one, closed), d("first_end")), (one, d("second_end")))


def _matched(c: Compiler, node: ir.Spells) -> E:
    """The value that a start and its end share; rows without it match one another."""
    assert node.matched_by is not None
    cases = []
    for event in (node.begins, node.ends):
        if event is None:
            continue
        attribute = attribute_named(c, event, node.matched_by)
        if attribute is not None and attribute.unit is not ir.Unit.LABEL:
            raise Refused(node, f"spells are paired by {node.matched_by}, which is no text")
        cases.append((p.same(r("event"), p.text(event)), as_text(c, event, node.matched_by, r, node)))
    return p.coalesced(p.case(*cases), p.text(""))
