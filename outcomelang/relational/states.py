"""States as merged runs of days, and when they reach a length: told by cumulative days, never by a row for each day.

As `evaluation.states`, `days` and `occasions`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen
from sqlglot import exp, select

from outcomelang.core import ir
from outcomelang.core.units import unit_of
from outcomelang.evaluation import observation
from outcomelang.relational import evidence as ev
from outcomelang.relational import numbers
from outcomelang.relational import primitives as p
from outcomelang.relational.book import Refused
from outcomelang.relational.evidence import Evidence
from outcomelang.relational.numbers import Num
from outcomelang.relational.quantities import number
from outcomelang.relational.sheets import Pool
from outcomelang.relational.spells import SpellRows, spells
from outcomelang.relational.subjects import Subject, s
from outcomelang.relational.timing import observed_by
from outcomelang.relational.windows import Bounds, window

if TYPE_CHECKING:
    from outcomelang.relational.compiler import Compiler

E = exp.Expr


@frozen
class Days:
    """The runs of a state, `first` to `last`, apart by at least a day; and until when it is known who is in it."""

    table: exp.Table
    until: E
    kinds: tuple[SpellRows, ...]


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
            every: exp.Query = select(n("participant"), n("first"), n("last")).from_(_as_n(several[0].table))
            for each in several[1:]:
                more = select(n("participant"), n("first"), n("last")).from_(_as_n(each.table))
                every = exp.union(every, more, distinct=False)
            table = c.book.stage(f"{hint} days", merged(every), f"Days of any part of {hint}")
            return Days(table, _until(c, at, node), _kinds(several))


def _kinds(parts: list[Days]) -> tuple[SpellRows, ...]:
    return tuple(kind for part in parts for kind in part.kinds)


def _as_n(table: exp.Table) -> E:
    return exp.alias_(table.copy(), "n", table=True)


def _until(c: Compiler, at: Subject, node: ir.DaySet) -> E:
    return at.sheet.let("observed", observed_by(c, at, list(dict.fromkeys(observation.events_of(c, node)))))


def _of_spells(c: Compiler, at: Subject, node: ir.Spells, hint: str) -> Days:
    found, until = spells(c, at, node, hint), _until(c, at, node)
    begun = p.field(exp.column("first_row", table="x"), "day")
    ended = p.field(exp.column("last_row", table="x"), "day")
    last = ended if node.end_counts else p.add_days(ended, -1)
    query = select(exp.column("participant", table="x", quoted=True), begun.as_("first", quoted=True))
    source, observed = _beside(at, exp.alias_(found.table.copy(), "x", table=True), until, "x")
    query = query.select(p.least(p.coalesced(last, observed), observed).as_("last", quoted=True))
    query = select(n("participant"), n("first"), n("last")).from_(source(query).subquery("n"))
    runs = query.where(p.at_most(n("first"), n("last")))
    table = c.book.stage(f"{hint} days", merged(runs), f"Days of {hint}, merged where they touch")
    return Days(table, until, (found,))


def _beside(at: Subject, table: E, value: E, alias: str):  # type: ignore[no-untyped-def]
    """A query over a table, and over the sheet where a value is a column of it."""
    if not any(True for _ in value.find_all(exp.Column)):
        return (lambda query: query.from_(table)), value
    level = at.sheet.level_of(value)
    on = p.same(exp.column("participant", table=alias, quoted=True), exp.column("participant", table="s", quoted=True))
    sheet = exp.alias_(at.sheet.at(level), "s", table=True)
    return (lambda query: query.from_(table).join(sheet, on=on)), s(value)


def merged(runs: exp.Query, allowed: int = 0) -> exp.Select:
    """Runs that overlap, touch, or are no more than so many days apart as one."""
    part, order = [n("participant")], [n("first"), n("last")]
    so_far = p.over(exp.Max(this=n("last")), part, order, "1 PRECEDING")
    marked = select(n("participant"), n("first"), n("last"), so_far.as_("so_far")).from_(runs.subquery("n"))
    apart = p.any_of(p.missing(n("so_far")), p.above(n("first"), p.add_days(n("so_far"), 1 + allowed)))
    begins = p.case((apart, p.whole(1)), default=p.whole(0))
    number_ = p.over(exp.Sum(this=begins), part, order)
    numbered = select(n("participant"), n("first"), n("last"), number_.as_("run")).from_(marked.subquery("n"))
    return (
        select(n("participant"), exp.Min(this=n("first")).as_("first", quoted=True), exp.Max(this=n("last")).as_("last", quoted=True))
        .from_(numbered.subquery("n"))
        .group_by(n("participant"), n("run"))
    )


def _opposite(c: Compiler, at: Subject, of: Days, hint: str) -> Days:
    """The observed days that are in no run: between the runs, before the first and after the last."""
    part, order = [n("participant")], [n("first")]
    before = p.coalesced(p.over(exp.Max(this=n("last")), part, order, "1 PRECEDING"), p.add_days(p.FIRST, -1))
    gaps = select(n("participant"), p.add_days(before, 1).as_("first", quoted=True), p.add_days(n("first"), -1).as_("last", quoted=True))
    gaps = gaps.from_(_as_n(of.table))
    level = at.sheet.level_of(of.until)
    ended = select(n("participant"), exp.Max(this=n("last")).as_("last", quoted=True)).from_(_as_n(of.table)).group_by(n("participant"))
    rest = (
        select(
            exp.column("participant", table="s", quoted=True),
            p.coalesced(p.add_days(n("last"), 1), p.FIRST).as_("first", quoted=True),
            s(of.until).as_("last", quoted=True),
        )
        .from_(exp.alias_(at.sheet.at(level), "s", table=True))
        .join(ended.subquery("n"), on=p.same(n("participant"), exp.column("participant", table="s", quoted=True)), join_type="left")
    )
    union = exp.union(gaps, rest, distinct=False)
    query = select(n("participant"), n("first"), n("last")).from_(union.subquery("n")).where(p.at_most(n("first"), n("last")))
    return Days(c.book.stage(f"{hint} opposite", query, f"Observed days outside {hint}"), of.until, of.kinds)


def _in_all(c: Compiler, parts: list[Days], until: E, hint: str) -> Days:
    def m(name: str) -> E:
        return exp.column(name, table="m", quoted=True)

    table = parts[0].table
    for part in parts[1:]:
        first, last = p.greatest(n("first"), m("first")), p.least(n("last"), m("last"))
        on = p.all_of(p.same(n("participant"), m("participant")), p.at_most(n("first"), m("last")), p.at_most(m("first"), n("last")))
        query = select(n("participant"), first.as_("first", quoted=True), last.as_("last", quoted=True))
        query = query.from_(_as_n(table)).join(exp.alias_(part.table.copy(), "m", table=True), on=on)
        table = c.book.stage(f"{hint} days", query, f"Days of every part of {hint}")
    return Days(table, until, _kinds(parts))


# ---------------------------------------------------------------- rows behind


def behind(c: Compiler, at: Subject, name: str) -> exp.Table:
    """The rows of the spells from which a state follows, with where each stands in their order, and when it ended."""
    found = state(c, at, name)
    parts: list[exp.Select] = []
    for place, kind in enumerate(found.kinds):
        for side in ("first_row", "last_row"):
            row = exp.column(side, table="x")
            begun = exp.column("first_row", table="x")
            names = ["day", "id", "recorded", "file", "line", *(["verified_on"] if c.verifies else [])]
            query = select(
                exp.column("participant", table="x", quoted=True),
                p.whole(place).as_("kind"),
                p.field(begun, "day").as_("begun"),
                p.field(begun, "id").as_("begun_by"),
                p.whole(0 if side == "first_row" else 1).as_("side"),
                p.field(exp.column("last_row", table="x"), "day").as_("ended"),
                *(p.field(row, each).as_(each, quoted=True) for each in names),
            ).from_(exp.alias_(kind.table.copy(), "x", table=True))
            if side == "last_row":
                if kind.node.ends is None:
                    continue
                query = query.where(p.present(row))
            elif kind.node.ends is None:
                query.find_all(exp.Column)
            parts.append(query)
    every: exp.Query = parts[0]
    for part in parts[1:]:
        every = exp.union(every, part, distinct=False)
    return c.book.stage(f"{name} rows", select(exp.Star()).from_(every.subquery("u")), f"Rows from which {name} follows")


def b(name: str) -> E:
    """A column of the rows behind a state, where they stand as `b`."""
    return exp.column(name, table="b", quoted=True)


def behind_pool(c: Compiler, at: Subject, name: str, values: list[E]) -> Pool:
    level = at.sheet.level_of(*values)
    table = c.behind(at, name)

    def make() -> tuple[exp.Select, dict[str, E]]:
        on = p.same(b("participant"), exp.column("participant", table="s", quoted=True))
        source = exp.Select().from_(exp.alias_(table.copy(), "b", table=True))
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
    values = [value for value in (bounds.first, bounds.last, *([] if until is None else [until]))]
    pool = runs_pool(c, at, node.state, found.table, values)
    edges = [s(bounds.last), *([] if until is None else [s(until)])]
    first, last = p.greatest(n("first"), s(bounds.first)), p.least(n("last"), *edges)
    where = [p.at_most(s(bounds.first), n("last")), *(p.at_most(n("first"), edge) for edge in edges), p.at_most(first, last)]
    length = p.plus(p.days_between(first, last), p.whole(1))
    total = at.sheet.gathered(pool, "days", lambda w: p.whole_sum(length, w), where)
    counted = p.quotient(p.coalesced(total, p.whole(0)), p.whole(node.days_each)) if node.days_each > 1 else p.coalesced(total, p.whole(0))
    return Num(counted if bounds.known is None else p.case((bounds.known, counted)))


def runs_pool(c: Compiler, at: Subject, name: str, table: exp.Table, values: list[E]) -> Pool:
    """Runs grouped by the people of a subject."""
    level = at.sheet.level_of(*values)

    def make() -> tuple[exp.Select, dict[str, E]]:
        on = p.same(n("participant"), exp.column("participant", table="s", quoted=True))
        source = exp.Select().from_(_as_n(table)).join(exp.alias_(at.sheet.at(level), "s", table=True), on=on)
        return source, {"participant": exp.column("participant", table="s", quoted=True)}

    return at.sheet.pool(f"{name} runs {table.name}", level, make)


# ---------------------------------------------------------------- lengths


@frozen
class Reached:
    """Each day on which a state reaches a length, and how it stands without: `table` has the keys and `day`."""

    table: exp.Table
    standing_unmet: E
    day_unmet: E
    anchored: E | None
    first: E


def reached(c: Compiler, at: Subject, node: ir.Reaches, after: E | None) -> Reached:
    """Every day by the day of the account; blocks of `further` begin after the day `after`."""
    found, hint = state(c, at, node.state), node.state
    sheet = at.sheet
    amount = sheet.let("length", numbers.rounded(number(c, at, node.target, None), "up").n)
    months = unit_of(node.target) is ir.Unit.MONTHS
    begun = None if node.begun is None else c.time_limit(at, node.begun)
    first, anchored = p.FIRST, None if begun is None else begun.known
    if node.counted_from is not None:
        first = sheet.let("counted from", c.anchor_day(at, node.counted_from))
        known = p.present(first)
        anchored = known if anchored is None else p.all_of(anchored, known)
    runs = _counted(c, at, found, begun, hint)
    standing, day = _without(c, at, found, begun, runs, anchored, amount)
    if node.further and after is not None:
        first = sheet.let("blocks from", p.greatest(first, p.add_days(after, 1)))
    clipped = _clipped(c, at, runs, first, amount, hint)
    table = _days_reached(c, node, clipped, months, hint)
    return Reached(table, standing, day, anchored, first)


def _counted(c: Compiler, at: Subject, found: Days, begun: Bounds | None, hint: str) -> exp.Table:
    """The runs that begin when they must."""
    if begun is None:
        return found.table
    tests, values = [], []
    for sign, edge in ((exp.GTE, begun.first), (exp.LTE, begun.last)):
        if edge not in (p.FIRST, p.LAST):
            tests.append(sign(this=n("first"), expression=s(edge)))
            values.append(edge)
    if not tests:
        return found.table
    query = select(n("participant"), n("first"), n("last")).from_(_as_n(found.table))
    if any(True for value in values for _ in value.find_all(exp.Column)):
        level = at.sheet.level_of(*values)
        on = p.same(n("participant"), exp.column("participant", table="s", quoted=True))
        query = query.join(exp.alias_(at.sheet.at(level), "s", table=True), on=on)
    return c.book.stage(f"{hint} begun", query.where(*tests), f"Days of {hint} that begin in time")


def _without(
    c: Compiler, at: Subject, found: Days, begun: Bounds | None, runs: exp.Table, anchored: E | None, amount: E
) -> tuple[E, E]:
    """How it stands while the length is not reached."""
    from outcomelang.relational.verdicts import FAILED, OPEN

    last_day = p.day(c.last_day)
    still = p.case((exp.LT(this=found.until.copy(), expression=last_day.copy()), p.whole(OPEN)), default=p.whole(FAILED))
    standing, day = still, last_day
    some = _any_run(c, at, found.table)
    if begun is not None or c.last_day is not None:
        closes = p.LAST if begun is None else begun.last
        latest = _any_run(c, at, runs)
        over = p.all_of(
            p.present(some), p.at_most(closes, found.until),
            p.any_of(p.missing(latest), exp.LT(this=latest.copy(), expression=found.until.copy())),
        )  # fmt: skip
        over = p.holds(over)
        standing = p.case((over, p.whole(FAILED)), default=still)
        day = p.case((over, closes), default=last_day)
    without_length = p.any_of(p.missing(amount), p.at_most(amount, p.whole(0)))
    nothing = p.all_of(p.present(some), p.any_of(p.missing(amount), p.holds(without_length)))
    unanchored = p.whole(FAILED if c.as_of >= c.last_day else OPEN)
    cases_standing, cases_day = [(p.missing(some), still), (nothing, p.whole(FAILED))], [(p.missing(some), last_day), (nothing, p.NULL_DAY)]
    if anchored is not None:
        unknown = exp.not_(exp.paren(anchored))
        cases_standing.append((unknown, unanchored))
        cases_day.append((unknown, last_day))
    return p.case(*cases_standing, default=standing), p.case(*cases_day, default=day)


def _any_run(c: Compiler, at: Subject, table: exp.Table) -> E:
    """The last day of the last run; NULL where there is none."""
    query = select(n("participant"), exp.Max(this=n("last")).as_("last", quoted=True)).from_(_as_n(table)).group_by(n("participant"))
    key = (table.name, id(at))
    if key not in c.last_runs:
        c.last_runs[key] = at.sheet.joined(query, {"participant": "participant"}, ["last"])["last"]
    return c.last_runs[key]


def _clipped(c: Compiler, at: Subject, runs: exp.Table, first: E, amount: E, hint: str) -> exp.Select:
    """The runs from a day on, with the length that is asked for and the days counted before each."""
    values = [value for value in (first, amount) if any(True for _ in value.find_all(exp.Column))]
    begin = n("first") if first == p.FIRST else p.greatest(n("first"), s(first))
    query = select(n("participant"), begin.as_("first", quoted=True), n("last"), s(amount).as_("length")).from_(_as_n(runs))
    if values:
        level = at.sheet.level_of(*values)
        on = p.same(n("participant"), exp.column("participant", table="s", quoted=True))
        query = query.join(exp.alias_(at.sheet.at(level), "s", table=True), on=on)
    if first != p.FIRST:
        query = query.where(p.at_most(s(first), n("last")))
    if not isinstance(amount, exp.Literal):
        query = query.where(p.above(s(amount), p.whole(0)))
    return query


def _size() -> E:
    return p.plus(p.days_between(n("first"), n("last")), p.whole(1))


def _days_reached(c: Compiler, node: ir.Reaches, runs: exp.Select, months: bool, hint: str) -> exp.Table:
    match node.mode:
        case "in total":
            query = _in_total(runs, node.further)
        case "without a break":
            query = _without_break(_bridged(runs, node.allowed_break), months, node.further)
        case "in any":
            query = _in_any(c, node, runs, hint)
        case _:
            raise ValueError(node.mode)
    query = select(n("participant"), n("day")).from_(query.subquery("n")).where(p.at_most(n("day"), p.day(c.as_of)))
    return c.book.stage(f"{hint} reached", query, f"Days on which {hint} reaches the length")


def _bridged(runs: exp.Select, allowed: int) -> exp.Select:
    """Breaks of up to so many days are none."""
    if not allowed:
        return runs
    lengths = select(n("participant"), exp.Max(this=n("length")).as_("length")).from_(runs.subquery("n")).group_by(n("participant"))
    plain = select(n("participant"), n("first"), n("last")).from_(runs.copy().subquery("n"))
    joined = merged(plain, allowed).subquery("n")
    on = p.same(n("participant"), exp.column("participant", table="l", quoted=True))
    query = select(n("participant"), n("first"), n("last"), exp.column("length", table="l")).from_(joined)
    return query.join(lengths.subquery("l"), on=on)


def _without_break(runs: exp.Select, months: bool, further: bool) -> exp.Select:
    """In each run the day before the corresponding date; `further`: again and again, each from the run's first day."""
    if further:
        most = p.quotient(_size(), p.times(n("length"), 28) if months else n("length"))
        source = select(n("participant"), n("first"), n("last"), n("length"), p.upto(most).as_("block")).from_(runs.subquery("n"))
        many = p.times(n("length"), n("block"))
        runs = select(n("participant"), n("first"), n("last"), many.as_("length")).from_(source.subquery("n"))
    end = p.add_months(n("first"), n("length")) if months else p.add_days(n("first"), n("length"))
    query = select(n("participant"), n("last"), p.add_days(end, -1).as_("day", quoted=True)).from_(runs.subquery("n"))
    return select(n("participant"), n("day")).from_(query.subquery("n")).where(p.at_most(n("day"), n("last")))


def _cumulated(runs: exp.Select) -> exp.Select:
    """With the days of the runs before each."""
    before = p.over(exp.Sum(this=_size()), [n("participant")], [n("first")], "1 PRECEDING")
    columns = [n(name) for name in ("participant", "first", "last", "length")]
    return select(*columns, exp.cast(p.coalesced(before, p.whole(0)), "bigint").as_("so_far")).from_(runs.subquery("n"))


def _in_total(runs: exp.Select, further: bool) -> exp.Select:
    """The day that completes the first days, the next days, and so on."""
    source = _cumulated(runs)
    wanted = n("length")
    if further:
        upto = p.quotient(p.plus(n("so_far"), _size()), n("length"))
        done = p.quotient(n("so_far"), n("length"))
        columns = [n(name) for name in ("participant", "first", "last", "length", "so_far")]
        blocks = select(*columns, done.as_("done"), p.upto(p.minus(upto, done)).as_("block")).from_(source.subquery("n"))
        source, wanted = blocks, p.times(p.plus(n("done"), n("block")), n("length"))
    missing = p.minus(wanted, n("so_far"))
    query = select(n("participant"), p.add_days(n("first"), p.minus(missing, p.whole(1))).as_("day", quoted=True))
    return query.from_(source.subquery("n")).where(p.above(missing, p.whole(0)), p.at_most(missing, _size()))


def _in_any(c: Compiler, node: ir.Reaches, runs: exp.Select, hint: str) -> exp.Select:
    """The least day at which some span that ends there holds so many days; the span begins with a run."""
    if node.span_months:
        raise Refused(node, "any span of months may also begin on the first of a month")

    def m(name: str) -> E:
        return exp.column(name, table="m", quoted=True)

    table = c.book.stage(f"{hint} counted", _cumulated(runs), f"Days of {hint}, with the days before each run")
    wanted = p.plus(n("so_far"), n("length"))
    missing = p.minus(wanted, m("so_far"))
    size = p.plus(p.days_between(m("first"), m("last")), p.whole(1))
    on = p.all_of(p.same(n("participant"), m("participant")), p.above(missing, p.whole(0)), p.at_most(missing, size))
    day = p.add_days(m("first"), p.minus(missing, p.whole(1)))
    found = select(n("participant"), n("first"), day.as_("day", quoted=True)).from_(_as_n(table))
    found = found.join(exp.alias_(table.copy(), "m", table=True), on=on)
    ends = p.add_days(n("first"), node.span_days - 1)
    query = select(n("participant"), exp.Min(this=n("day")).as_("day", quoted=True)).from_(found.subquery("n"))
    return query.where(p.at_most(n("day"), ends)).group_by(n("participant"))
