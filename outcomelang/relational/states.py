"""States as merged runs of days, and when they reach a length: told by cumulative days, never by a row for each day.

As `evaluation.states`, `days` and `occasions`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from attrs import frozen
from sqlglot import exp

from outcomelang.core import ir
from outcomelang.evaluation import observation
from outcomelang.relational import evidence as ev
from outcomelang.relational import primitives as p
from outcomelang.relational.book import Refused
from outcomelang.relational.evidence import Evidence
from outcomelang.relational.numbers import Num
from outcomelang.relational.sheets import Pool
from outcomelang.relational.spells import SpellRows, spells
from outcomelang.relational.subjects import Subject, s
from outcomelang.relational.timing import observed_by
from outcomelang.relational.trees import reads, select, together
from outcomelang.relational.windows import window

if TYPE_CHECKING:
    from outcomelang.relational.compiler import Compiler

E = exp.Expr


@frozen
class Days:
    """The runs of a state, `first` to `last`, apart by at least a day; and until when it is known who is in it."""

    table: exp.Table
    until: E
    kinds: tuple[SpellRows, ...]
    unmerged: exp.Select | None = None
    """The same days as runs that may overlap and touch, where these are there before they are merged."""


def n(name: str) -> E:
    """A column of runs, where they stand as `n`."""
    return exp.column(name, table="n", quoted=True)


def state(c: Compiler, at: Subject, name: str) -> Days:
    """The days of a declared state, for each person of a subject."""
    if at.kind != "person":
        raise Refused(at.node, f"days of {name} are asked of another subject than a person")
    return c.state_of(at, name)


def day_set(c: Compiler, at: Subject, node: ir.DaySet, hint: str) -> Days:
    match node:
        case ir.Spells():
            return _of_spells(c, at, node, hint)
        case ir.InState(state=name):
            return state(c, at, name)
        case ir.NotDays(of=of):
            return _opposite(c, at, day_set(c, at, of, hint), hint)
        case ir.AllDays(parts=parts):
            several = [day_set(c, at, part, hint) for part in parts]
            return _in_all(c, several, _until(c, at, node), hint)
        case ir.AnyDays(parts=parts):
            several = [day_set(c, at, part, hint) for part in parts]
            every: exp.Query = _runs(several[0])
            for each in several[1:]:
                every = together([every, _runs(each)])
            table = c.book.stage(f"{hint} days", merged(every), f"Days of any part of {hint}")
            return Days(table, _until(c, at, node), _kinds(several))


def _runs(of: Days) -> exp.Select:
    if of.unmerged is not None:
        return of.unmerged
    return select(n("participant"), n("first"), n("last")).from_(as_n(of.table))


def _kinds(parts: list[Days]) -> tuple[SpellRows, ...]:
    return tuple(kind for part in parts for kind in part.kinds)


def as_n(table: exp.Table) -> E:
    return exp.alias_(table, "n", table=True)


def _until(c: Compiler, at: Subject, node: ir.DaySet) -> E:
    return at.sheet.let("observed", observed_by(c, at, list(dict.fromkeys(observation.events_of(c, node)))))


def _of_spells(c: Compiler, at: Subject, node: ir.Spells, hint: str) -> Days:
    found, until = spells(c, at, node, hint), _until(c, at, node)
    begun, ended = found.day("first_row"), found.day("last_row")
    last = ended if node.end_counts else p.add_days(ended, -1)
    query = select(exp.column("participant", table="x", quoted=True), begun.as_("first", quoted=True))
    source, observed = _beside(at, exp.alias_(found.table, "x", table=True), until, "x")
    query = query.select(p.least(p.coalesced(last, observed), observed).as_("last", quoted=True))
    query = select(n("participant"), n("first"), n("last")).from_(source(query).subquery("n"))
    runs = query.where(p.at_most(n("first"), n("last")))
    table = c.book.stage(f"{hint} days", merged(runs), f"Days of {hint}, merged where they touch")
    return Days(table, until, (found,), runs)


def _beside(at: Subject, table: E, value: E, alias: str) -> tuple[Callable[[exp.Select], exp.Select], E]:
    """A query over a table, and over the sheet where a value is a column of it."""
    if not reads(value):
        return (lambda query: query.from_(table)), value
    level = at.sheet.level_of(value)
    on = p.same(exp.column("participant", table=alias, quoted=True), exp.column("participant", table="s", quoted=True))
    sheet = exp.alias_(at.sheet.at(level), "s", table=True)
    return (lambda query: query.from_(table).join(sheet, on=on)), s(value)


def merged(runs: exp.Query, allowed: int = 0) -> exp.Select:
    """Runs that overlap, touch, or are no more than so many days apart as one.

    One begins where all before have ended; it ends where these had ended when the next begins.
    """
    part, order = [n("participant")], [n("first"), n("last")]
    so_far = p.over(exp.Max(this=n("last")), part, order, "1 PRECEDING")
    marked = select(
        n("participant"), n("first"), so_far.as_("so_far"), p.over_all(exp.Max(this=n("last")), part, order).as_("end")
    )
    marked = marked.from_(runs.subquery("n"))
    apart = p.any_of(p.missing(n("so_far")), p.above(n("first"), p.add_days(n("so_far"), 1 + allowed)))
    last = p.coalesced(p.following(n("so_far"), part, [n("first")]), n("end"))
    begun = select(n("participant"), n("first"), last.as_("last", quoted=True))
    return begun.from_(marked.subquery("n")).where(apart)


def _opposite(c: Compiler, at: Subject, of: Days, hint: str) -> Days:
    """The observed days that are in no run: between the runs, before the first and after the last."""
    part, order = [n("participant")], [n("first")]
    before = p.coalesced(p.over(exp.Max(this=n("last")), part, order, "1 PRECEDING"), p.add_days(p.FIRST, -1))
    first, last = p.add_days(before, 1), p.add_days(n("first"), -1)
    gaps = select(n("participant"), first.as_("first", quoted=True), last.as_("last", quoted=True))
    union = together([gaps.from_(as_n(of.table)), _after_the_last(at, of)])
    query = select(n("participant"), n("first"), n("last")).from_(union.subquery("n"))
    query = query.where(p.at_most(n("first"), n("last")))
    return Days(c.book.stage(f"{hint} opposite", query, f"Observed days outside {hint}"), of.until, of.kinds)


def _after_the_last(at: Subject, of: Days) -> exp.Select:
    """The observed days after the last run, of somebody without any run all of them."""
    participant = exp.column("participant", table="s", quoted=True)
    ended = select(n("participant"), exp.Max(this=n("last")).as_("last", quoted=True)).from_(as_n(of.table))
    ended = ended.group_by(n("participant"))
    first = p.coalesced(p.add_days(n("last"), 1), p.FIRST)
    query = select(participant, first.as_("first", quoted=True), s(of.until).as_("last", quoted=True))
    query = query.from_(exp.alias_(at.sheet.at(at.sheet.level_of(of.until)), "s", table=True))
    return query.join(ended.subquery("n"), on=p.same(n("participant"), participant), join_type="left")


def _in_all(c: Compiler, parts: list[Days], until: E, hint: str) -> Days:
    def m(name: str) -> E:
        return exp.column(name, table="m", quoted=True)

    table = parts[0].table
    for part in parts[1:]:
        first, last = p.greatest(n("first"), m("first")), p.least(n("last"), m("last"))
        on = p.all_of(
            p.same(n("participant"), m("participant")),
            p.at_most(n("first"), m("last")),
            p.at_most(m("first"), n("last")),
        )
        query = select(n("participant"), first.as_("first", quoted=True), last.as_("last", quoted=True))
        query = query.from_(as_n(table)).join(exp.alias_(part.table, "m", table=True), on=on)
        table = c.book.stage(f"{hint} days", query, f"Days of every part of {hint}")
    return Days(table, until, _kinds(parts))


# ---------------------------------------------------------------- rows behind


def behind(c: Compiler, at: Subject, name: str) -> exp.Table:
    """The rows of the spells from which a state follows, with where each stands in their order, and when it ended."""
    parts: list[exp.Select] = []
    for place, kind in enumerate(state(c, at, name).kinds):
        parts.append(_side(c, kind, place, "first_row"))
        if kind.node.ends is not None:
            parts.append(_side(c, kind, place, "last_row"))
    every: exp.Query = parts[0]
    for part in parts[1:]:
        every = together([every, part])
    query = select(exp.Star()).from_(every.subquery("u"))
    return c.book.stage(f"{name} rows", query, f"Rows from which {name} follows")


def _side(c: Compiler, kind: SpellRows, place: int, side: str) -> exp.Select:
    """The rows that begin spells of a kind, or those that end them."""
    row, begun = exp.column(side, table="x"), exp.column("first_row", table="x")
    names = ["day", "id", "recorded", "file", "line", *(["verified_on"] if c.verifies else [])]
    query = select(
        exp.column("participant", table="x", quoted=True),
        p.whole(place).as_("kind"),
        kind.day("first_row").as_("begun"),
        p.field(begun, "id").as_("begun_by"),
        p.whole(0 if side == "first_row" else 1).as_("side"),
        kind.day("last_row").as_("ended") if kind.node.ends is not None else p.NULL_DAY.as_("ended"),
        *(p.field(row, each).as_(each, quoted=True) for each in names),
    ).from_(exp.alias_(kind.table, "x", table=True))
    return query.where(p.present(row)) if side == "last_row" else query


def b(name: str) -> E:
    """A column of the rows behind a state, where they stand as `b`."""
    return exp.column(name, table="b", quoted=True)


def behind_pool(c: Compiler, at: Subject, name: str, values: list[E]) -> Pool:
    level = at.sheet.level_of(*values)
    table = c.behind(at, name)

    def make() -> tuple[exp.Select, dict[str, E]]:
        on = p.same(b("participant"), exp.column("participant", table="s", quoted=True))
        source = select().from_(exp.alias_(table, "b", table=True))
        return source.join(exp.alias_(at.sheet.at(level), "s", table=True), on=on), {
            "participant": exp.column("participant", table="s", quoted=True)
        }

    return at.sheet.pool(f"{name} rows", level, make)


def rows_behind(c: Compiler, at: Subject, name: str, first: E, day: E) -> Evidence:
    """The rows behind a state from a day on, as far as they lie up to another."""
    pool = behind_pool(c, at, name, [first, day])
    where = [p.at_most(b("day"), s(day))]
    if first != p.FIRST:
        where.append(p.any_of(p.missing(b("ended")), p.at_most(s(first), b("ended"))))
    order = tuple(b(each) for each in ("kind", "begun", "begun_by", "side"))
    return ev.gathered(c, at.sheet, pool, where, b, order)


# ---------------------------------------------------------------- days of a state


def days_in(c: Compiler, at: Subject, node: ir.DaysIn, until: E | None) -> Num:
    """Days of a state in the window; of somebody without its anchor, no value."""
    if node.among is not None or node.tests:
        raise Refused(node, "days of a state are counted over people who pass a test")
    found, bounds = state(c, at, node.state), window(c, at, node.window)
    values = [bounds.first, bounds.last, *([] if until is None else [until])]
    pool = runs_pool(c, at, node.state, found.table, values)
    edges = [s(bounds.last), *([] if until is None else [s(until)])]
    first, last = p.greatest(n("first"), s(bounds.first)), p.least(n("last"), *edges)
    where = [
        p.at_most(s(bounds.first), n("last")),
        *(p.at_most(n("first"), edge) for edge in edges),
        p.at_most(first, last),
    ]
    length = p.plus(p.days_between(first, last), p.whole(1))
    total = at.sheet.gathered(pool, "days", lambda w: p.whole_sum(length, w), where)
    counted = (
        p.quotient(p.coalesced(total, p.whole(0)), p.whole(node.days_each))
        if node.days_each > 1
        else p.coalesced(total, p.whole(0))
    )
    return Num(counted if bounds.known is None else p.case((bounds.known, counted)))


def runs_pool(c: Compiler, at: Subject, name: str, table: exp.Table, values: list[E]) -> Pool:
    """Runs grouped by the people of a subject."""
    level = at.sheet.level_of(*values)

    def make() -> tuple[exp.Select, dict[str, E]]:
        on = p.same(n("participant"), exp.column("participant", table="s", quoted=True))
        source = select().from_(as_n(table)).join(exp.alias_(at.sheet.at(level), "s", table=True), on=on)
        return source, {"participant": exp.column("participant", table="s", quoted=True)}

    return at.sheet.pool(f"{name} runs {table.name}", level, make)
