"""Spells: rows that begin and end a state, paired as the reference pairs them, without looking at one after the other.

What a day does to whether a spell is open is told by how many rows begin and end on it: nothing but "open", "closed" or
"as before". One start and one end leave it as it was: an end closes the open spell and the start opens the next, or the
two make a spell of that one day. So the state before a day is what the last day made of it that did not leave it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen
from sqlglot import exp

from outcomelang.core import ir
from outcomelang.relational import primitives as p
from outcomelang.relational.book import Refused
from outcomelang.relational.row_tests import as_text, attribute_named, plain_passes
from outcomelang.relational.subjects import Subject, r
from outcomelang.relational.trees import select, stacked

if TYPE_CHECKING:
    from outcomelang.relational.compiler import Compiler

E = exp.Expr


@frozen
class SpellRows:
    """The spells of one kind for the people of a subject: a row for each, with its keys, `first_row`, `last_row`.

    With `days_alone` these are days, as nobody asks for more of the rows that begin and end them.
    """

    table: exp.Table
    node: ir.Spells
    days_alone: bool

    def day(self, side: str) -> E:
        """The day of `first_row` or `last_row`, where spells stand as `x`."""
        row = exp.column(side, table="x")
        return row if self.days_alone else p.field(row, "day")


def d(name: str) -> E:
    return exp.column(name, table="d", quoted=True)


def spells(c: Compiler, at: Subject, node: ir.Spells, hint: str) -> SpellRows:
    """Every spell whose first row passes the tests; `last_row` is NULL while it is open."""
    keys = _keys(node)
    opened = select(*(d(key) for key in keys), d("first_begin").as_("first_row"), d("next_end").as_("last_row"))
    days = exp.alias_(spell_days(c, at.rows, node, hint), "d", table=True)
    opened = opened.from_(days).where(_opens())
    once = select(*(d(key) for key in keys), d("first_begin").as_("first_row"), _closes_at_once().as_("last_row"))
    once = once.from_(days).where(p.present(_closes_at_once()))
    every = stacked([opened, once] if node.ends is not None else [opened], "u")
    query = select(
        exp.column("participant", table="u", quoted=True),
        *(exp.column(n, table="u") for n in ("first_row", "last_row")),
    )
    query = query.from_(every)
    for test in _tested(c, node):
        query = query.where(test)
    said = f"Spells from {node.begins}" + (f" to {node.ends}" if node.ends is not None else "")
    return SpellRows(c.book.stage(f"{hint} spells", query, said), node, _days_alone(c, node))


def _days_alone(c: Compiler, node: ir.Spells) -> bool:
    return not c.rests and not node.tests


def _tested(c: Compiler, node: ir.Spells) -> list[E]:
    return plain_passes(c, node.begins, node.tests, lambda name: p.field(exp.column("first_row", table="u"), name))


def _row(c: Compiler, node: ir.Spells) -> E:
    """A row as a structure; the least of several is the first in the total order."""
    names = ["day", "id", "recorded", "file", "line", *(["verified_on"] if c.verifies else [])]
    for test in node.tests:
        attribute = attribute_named(c, node.begins, getattr(test, "attribute", ""))
        names += [column.name for column in attribute.columns] if attribute is not None else []
    return p.structure(**{name: r(name) for name in dict.fromkeys(names)})


def _keys(node: ir.Spells) -> list[str]:
    return ["participant", *(["matched"] if node.matched_by is not None else [])]


def spell_days(c: Compiler, rows: exp.Table, node: ir.Spells, hint: str) -> exp.Table:
    """Each day on which something begins or ends, with how many rows do and what it makes of the state."""
    key = (id(node), rows.name)
    if key not in c.spell_days:
        c.spell_days[key] = _days(c, rows, node, hint)
    return c.spell_days[key]


def odd_days(c: Compiler, rows: exp.Table, node: ir.Spells, hint: str) -> exp.Select:
    """The days on which more begins or ends than spells take: of a day, the first start or none, and the first end or
    the first two or none. As `begins_taken` and `ends_taken`."""
    once, none, one = _closes_at_once(), p.whole(0), p.whole(1)
    closing = p.all_of(exp.not_(d("free")), p.above(d("ends"), none))
    at_once = p.case((p.present(once), one), default=none)
    started = p.plus(p.case((_opens(), one), default=none), at_once)
    ended = p.plus(p.case((closing, one), default=none), at_once)
    taken = {"begins": started, "ends": none if node.ends is None else ended}
    odd = select(
        *(d(name) for name in (*_keys(node), "day")), *(value.as_(f"{name}_taken") for name, value in taken.items())
    ).from_(exp.alias_(spell_days(c, rows, node, hint), "d", table=True))
    return odd.where(p.any_of(*(p.above(d(name), value) for name, value in taken.items())))


def odd_rows(c: Compiler, rows: exp.Table, node: ir.Spells, hint: str) -> exp.Select:
    """Starts inside an open spell and ends without one, as `r`: those that no spell took, on days that had too many."""
    odd = odd_days(c, rows, node, hint)
    part = [r("participant"), *([] if node.matched_by is None else [_matched(c, node)]), r("day")]
    on = p.all_of(*(p.same(mine, d(name)) for mine, name in zip(part, (*_keys(node), "day"), strict=True)))
    begins = p.same(r("event"), p.text(node.begins))
    events = [node.begins, *([] if node.ends is None else [node.ends])]
    placed = (
        select(r("participant"), r("event"), r("id"))
        .select(p.case((begins, d("begins_taken")), default=d("ends_taken")).as_("taken"))
        .select(p.numbered([*part, r("event")], [r("id")]).as_("place"))
        .from_(exp.alias_(rows, "r", table=True))
        .join(odd.subquery("d"), on=on)
        .where(p.one_of(r("event"), events))
    )
    odd_ones = select(r("participant"), r("event"), r("id")).from_(placed.subquery("r"))
    return odd_ones.where(p.above(r("place"), r("taken")))


def _days(c: Compiler, rows: exp.Table, node: ir.Spells, hint: str) -> exp.Table:
    keys = _keys(node)
    query = _counted(c, rows, node, keys)
    ends = p.flag(False) if node.ends is None else p.above(d("ends"), p.whole(0))
    opens = p.case(
        (p.fails(ends), p.whole(1)),
        (p.same(d("begins"), p.whole(0)), p.whole(0)),
        (p.above(d("begins"), p.whole(1)), p.whole(1)),
        (p.above(d("ends"), p.whole(1)), p.whole(0)),
    )
    following = p.after(exp.Min(this=d("first_end")), [d(key) for key in keys], [d("day")])
    state = select(
        *(d(name) for name in (*keys, "day", "begins", "ends", "first_begin", "first_end", "second_end")),
        p.coalesced(p.same(_last_known(opens, keys), p.whole(0)), p.flag(True)).as_("free"),
        (_no_row(c, node) if node.ends is None else following).as_("next_end"),
    ).from_(query.subquery("d"))
    return c.book.stage(f"{hint} changes", state, f"Days on which {node.begins} begins it or something ends it")


def _counted(c: Compiler, rows: exp.Table, node: ir.Spells, keys: list[str]) -> exp.Select:
    """Each day on which something begins or ends, with how many rows do, and the first begin, first and second end."""
    grouped = [r("participant"), *([] if node.matched_by is None else [_matched(c, node)])]
    begins = p.same(r("event"), p.text(node.begins))
    query = select(
        *(value.as_(key, quoted=True) for key, value in zip(keys, grouped, strict=True)),
        r("day").as_("day", quoted=True),
        p.filtered(exp.Count(this=exp.Star()), begins).as_("begins"),
    ).from_(exp.alias_(rows, "r", table=True))
    events = [node.begins, *([] if node.ends is None else [node.ends])]
    query = query.where(p.one_of(r("event"), events)).group_by(*grouped, r("day"))
    ends = None if node.ends is None else p.same(r("event"), p.text(node.ends))
    query = query.select((p.whole(0) if ends is None else p.filtered(exp.Count(this=exp.Star()), ends)).as_("ends"))
    if _days_alone(c, node):
        return _with_days(query, keys)
    row = _row(c, node)
    query = query.select(p.filtered(exp.Min(this=row), begins).as_("first_begin"))
    if ends is None:
        return query.select(exp.null().as_("first_end"), exp.null().as_("second_end"))
    sorted_ends = p.sorted_list(row, ends)
    return query.select(
        p.element(sorted_ends, p.whole(1)).as_("first_end"), p.element(sorted_ends, p.whole(2)).as_("second_end")
    )


def _no_row(c: Compiler, node: ir.Spells) -> E:
    return p.NULL_DAY if _days_alone(c, node) else exp.null()


def _with_days(counted: exp.Select, keys: list[str]) -> exp.Select:
    """The same where nobody asks for more of a row than its day."""
    return select(
        *(d(name) for name in (*keys, "day", "begins", "ends")),
        p.case((p.above(d("begins"), p.whole(0)), d("day"))).as_("first_begin"),
        p.case((p.above(d("ends"), p.whole(0)), d("day"))).as_("first_end"),
        p.case((p.above(d("ends"), p.whole(1)), d("day"))).as_("second_end"),
    ).from_(counted.subquery("d"))


def _last_known(opens: E, keys: list[str]) -> E:
    """The last value (0 or 1) that is known among the days before; a number that rises with the day carries it."""
    value = p.plus(p.times(p.days_between(p.FIRST, d("day")), 2), opens)
    return p.remainder(p.over(exp.Max(this=value), [d(key) for key in keys], [d("day")], "1 PRECEDING"), p.whole(2))


def _opens() -> E:
    """Whether a start of the day opens a spell that lasts beyond it."""
    closed, some = d("free"), p.above(d("begins"), p.whole(0))
    ended, one = p.above(d("ends"), p.whole(0)), p.same(d("begins"), p.whole(1))
    free = p.any_of(closed, ended)
    taken = p.all_of(one, p.any_of(p.all_of(closed, ended), p.above(d("ends"), p.whole(1))))
    return p.all_of(some, free, p.fails(taken))


def _closes_at_once() -> E:
    """The end that closes the single start of its own day, where no earlier spell is open for it."""
    closed, one = d("free"), p.same(d("begins"), p.whole(1))
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
