"""When a state reaches a length: in total, without a break, in any span, once or again and again.

Told by the days counted before each run, as `evaluation.occasions` and `days` tell it day by day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen
from sqlglot import exp

from outcomelang.core import ir
from outcomelang.core.units import unit_of
from outcomelang.relational import numbers
from outcomelang.relational import primitives as p
from outcomelang.relational.book import Refused
from outcomelang.relational.quantities import number
from outcomelang.relational.states import Days, as_n, merged, n, state
from outcomelang.relational.subjects import Subject, s
from outcomelang.relational.trees import reads, select
from outcomelang.relational.verdicts import FAILED, OPEN
from outcomelang.relational.windows import Bounds

if TYPE_CHECKING:
    from outcomelang.relational.compiler import Compiler

E = exp.Expr


@frozen
class Reached:
    """Each day on which a state reaches a length, and how it stands without: `table` has the keys and `day`; and, if it
    is `numbered`, the place of each day among those of its keys."""

    table: exp.Table
    numbered: bool
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
        begins = p.greatest(first, p.add_days(after, 1))
        first = sheet.let("blocks from", p.case((p.present(after), begins)))
    clipped = _clipped(c, at, runs, first, amount, hint)
    table = _days_reached(c, node, clipped, months, hint)
    return Reached(table, _numbers(node, months), standing, day, anchored, first)


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
    query = select(n("participant"), n("first"), n("last")).from_(as_n(found.table))
    if any(reads(value) for value in values):
        level = at.sheet.level_of(*values)
        on = p.same(n("participant"), exp.column("participant", table="s", quoted=True))
        query = query.join(exp.alias_(at.sheet.at(level), "s", table=True), on=on)
    return c.book.stage(f"{hint} begun", query.where(*tests), f"Days of {hint} that begin in time")


def _without(
    c: Compiler, at: Subject, found: Days, begun: Bounds | None, runs: exp.Table, anchored: E | None, amount: E
) -> tuple[E, E]:
    """How it stands while the length is not reached: standing and day."""
    last_day, some, latest = p.day(c.last_day), _any_run(c, at, found.table), _any_run(c, at, runs)
    waits = exp.LT(this=found.until, expression=last_day)
    still = p.case((waits, p.whole(OPEN)), default=p.whole(FAILED))
    closes = p.LAST if begun is None else begun.last
    ended = p.any_of(p.missing(latest), exp.LT(this=latest, expression=found.until))
    over = p.holds(p.all_of(p.at_most(closes, found.until), ended))
    no_length = p.any_of(p.missing(amount), p.holds(p.at_most(amount, p.whole(0))))
    cases = [(p.missing(some), still, last_day), (no_length, p.whole(FAILED), p.NULL_DAY)]
    if anchored is not None:
        unanchored = p.whole(FAILED if c.as_of >= c.last_day else OPEN)
        cases.append((p.fails(anchored), unanchored, last_day))
    cases.append((over, p.whole(FAILED), closes))
    standing = p.case(*((test, each) for test, each, _ in cases), default=still)
    return standing, p.case(*((test, day) for test, _, day in cases), default=last_day)


def _any_run(c: Compiler, at: Subject, table: exp.Table) -> E:
    """The last day of the last run; NULL where there is none."""
    query = (
        select(n("participant"), exp.Max(this=n("last")).as_("last", quoted=True))
        .from_(as_n(table))
        .group_by(n("participant"))
    )
    key = (table.name, id(at))
    if key not in c.last_runs:
        c.last_runs[key] = at.sheet.joined(query, {"participant": "participant"}, ["last"])["last"]
    return c.last_runs[key]


def _clipped(c: Compiler, at: Subject, runs: exp.Table, first: E, amount: E, hint: str) -> exp.Select:
    """The runs from a day on, with the length that is asked for and the days counted before each."""
    values = [value for value in (first, amount) if reads(value)]
    begin = n("first") if first == p.FIRST else p.greatest(n("first"), s(first))
    query = select(n("participant"), begin.as_("first", quoted=True), n("last"), s(amount).as_("length")).from_(
        as_n(runs)
    )
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
        case "without a break" if _numbers(node, months):
            query = _block_by_block(_bridged(runs, node.allowed_break))
        case "without a break":
            query = _without_break(_bridged(runs, node.allowed_break), months, node.further)
        case "in any":
            query = _in_any(c, node, runs, hint)
        case _:
            raise ValueError(node.mode)
    shown = [n("participant"), n("day"), *([n("number")] if _numbers(node, months) else [])]
    query = select(*shown).from_(query.subquery("n")).where(p.at_most(n("day"), p.day(c.as_of)))
    return c.book.stage(f"{hint} reached", query, f"Days on which {hint} reaches the length")


def _numbers(node: ir.Reaches, months: bool) -> bool:
    """Whether the blocks of a run can be counted before they are told one by one."""
    return node.mode == "without a break" and node.further and not months


def _bridged(runs: exp.Select, allowed: int) -> exp.Select:
    """Breaks of up to so many days are none."""
    if not allowed:
        return runs
    lengths = (
        select(n("participant"), exp.Max(this=n("length")).as_("length"))
        .from_(runs.subquery("n"))
        .group_by(n("participant"))
    )
    plain = select(n("participant"), n("first"), n("last")).from_(runs.subquery("n"))
    joined = merged(plain, allowed).subquery("n")
    on = p.same(n("participant"), exp.column("participant", table="l", quoted=True))
    query = select(n("participant"), n("first"), n("last"), exp.column("length", table="l")).from_(joined)
    return query.join(lengths.subquery("l"), on=on)


def _without_break(runs: exp.Select, months: bool, further: bool) -> exp.Select:
    """In each run the day before the corresponding date; `further`: again and again, each from the run's first day."""
    if further:
        most = p.quotient(_size(), p.times(n("length"), 28))
        source = select(n("participant"), n("first"), n("last"), n("length"), p.upto(most).as_("block")).from_(
            runs.subquery("n")
        )
        many = p.times(n("length"), n("block"))
        runs = select(n("participant"), n("first"), n("last"), many.as_("length")).from_(source.subquery("n"))
    end = p.add_months(n("first"), n("length")) if months else p.add_days(n("first"), n("length"))
    query = select(n("participant"), n("last"), p.add_days(end, -1).as_("day", quoted=True)).from_(runs.subquery("n"))
    return select(n("participant"), n("day")).from_(query.subquery("n")).where(p.at_most(n("day"), n("last")))


def _block_by_block(runs: exp.Select) -> exp.Select:
    """The last day of each block of days that a run holds, numbered over all runs."""
    fit = p.quotient(_size(), n("length"))
    before = p.over(exp.Sum(this=fit), [n("participant")], [n("first")], "1 PRECEDING")
    counted = select(n("participant"), n("first"), n("length"), fit.as_("fit"))
    counted = counted.select(p.cast(p.coalesced(before, p.whole(0)), "bigint").as_("before")).from_(runs.subquery("n"))
    blocks = select(*(n(name) for name in ("participant", "first", "length", "before")), p.upto(n("fit")).as_("block"))
    blocks = blocks.from_(counted.subquery("n"))
    day = p.add_days(n("first"), p.minus(p.times(n("length"), n("block")), p.whole(1)))
    numbered = select(n("participant"), day.as_("day", quoted=True), p.plus(n("before"), n("block")).as_("number"))
    return numbered.from_(blocks.subquery("n"))


def _cumulated(runs: exp.Select) -> exp.Select:
    """With the days of the runs before each."""
    before = p.over(exp.Sum(this=_size()), [n("participant")], [n("first")], "1 PRECEDING")
    columns = [n(name) for name in ("participant", "first", "last", "length")]
    return select(*columns, p.cast(p.coalesced(before, p.whole(0)), "bigint").as_("so_far")).from_(runs.subquery("n"))


def _in_total(runs: exp.Select, further: bool) -> exp.Select:
    """The day that completes the first days, the next days, and so on."""
    source = _cumulated(runs)
    wanted = n("length")
    if further:
        upto = p.quotient(p.plus(n("so_far"), _size()), n("length"))
        done = p.quotient(n("so_far"), n("length"))
        columns = [n(name) for name in ("participant", "first", "last", "length", "so_far")]
        blocks = select(*columns, done.as_("done"), p.upto(p.minus(upto, done)).as_("block")).from_(
            source.subquery("n")
        )
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
    found = select(n("participant"), n("first"), day.as_("day", quoted=True)).from_(as_n(table))
    found = found.join(exp.alias_(table, "m", table=True), on=on)
    ends = p.add_days(n("first"), node.span_days - 1)
    query = select(n("participant"), exp.Min(this=n("day")).as_("day", quoted=True)).from_(found.subquery("n"))
    return query.where(p.at_most(n("day"), ends)).group_by(n("participant"))
