"""The day on which a quantity that can only rise first suffices: told by running counts and sums of its own rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from outcomelang.core import ir
from outcomelang.relational import numbers
from outcomelang.relational import primitives as p
from outcomelang.relational.book import Refused
from outcomelang.relational.numbers import Num
from outcomelang.relational.quantities import in_millionths
from outcomelang.relational.row_tests import as_number
from outcomelang.relational.selections import rows_found
from outcomelang.relational.states import runs_pool, state
from outcomelang.relational.subjects import Subject, r, s
from outcomelang.relational.trees import reads, select
from outcomelang.relational.windows import window

if TYPE_CHECKING:
    from outcomelang.relational.compiler import Compiler

E = exp.Expr


def first_day(c: Compiler, at: Subject, node: ir.Quantity, comparator: str, right: Num) -> E:
    """The first day on which `node` suffices, where it does by the day of the account."""
    match node:
        case ir.Counted(select=chosen) if isinstance(chosen.of, ir.Rows):
            return _of_rows(c, at, chosen, Num(p.whole(1)), comparator, right)
        case ir.Summed(attribute=attribute, select=chosen) if isinstance(chosen.of, ir.Rows):
            n, d = in_millionths(as_number(c, chosen.of.event, attribute, r, node))
            return _of_rows(c, at, chosen, Num(p.coalesced(n, p.whole(0)), d), comparator, right)
        case ir.DaysIn():
            return _of_days(c, at, node, comparator, right)
        case ir.Read(measure=name):
            declared = c.measures[name]
            if c.projected(at, declared.subject) is at:
                return first_day(c, at, declared.quantity, comparator, right)
        case _:
            pass  # what several things make together is refused below
    raise Refused(node, "the day on which several things together first suffice is looked for day by day")


def _of_rows(c: Compiler, at: Subject, chosen: ir.Select, each: Num, comparator: str, right: Num) -> E:
    """Rows of one day count together: the day's last row tells."""
    found = rows_found(c, at, chosen, p.day(c.as_of))
    keys = dict(found.pool.keys)
    query = found.pool.source.where(*found.where)
    running = p.over(exp.Sum(this=each.n), keys.values(), [r("day"), r("id")])
    columns = [key.as_(name, quoted=True) for name, key in keys.items()]
    query = query.select(*columns, r("day").as_("day", quoted=True), p.cast(running, "bigint").as_("so_far"))
    return _least(at, query, Num(exp.column("so_far", table="q"), each.d), comparator, right)


def _least(at: Subject, query: exp.Select, value: Num, comparator: str, right: Num) -> E:
    wanted = numbers.kept(at.sheet, "wanted", right)
    fixed = Num(s(wanted.n), wanted.d if isinstance(wanted.d, int) else s(wanted.d))
    values = [wanted.n, *([] if isinstance(wanted.d, int) else [wanted.d])]
    keys = [exp.column(key, table="q", quoted=True) for key in at.sheet.keys]
    found = select(*keys, exp.Min(this=exp.column("day", table="q", quoted=True)).as_("day", quoted=True))
    found = found.from_(query.subquery("q"))
    if any(reads(each) for each in values):
        on = [p.same(key, exp.column(key.name, table="s", quoted=True)) for key in keys]
        sheet = exp.alias_(at.sheet.at(at.sheet.level_of(*values)), "s", table=True)
        found = found.join(sheet, on=p.all_of(*on)) if on else found.join(sheet, join_type="cross")
    found = found.where(numbers.compared(value, comparator, fixed))
    found = found.group_by(*keys) if keys else found
    return at.sheet.joined(found, {key: key for key in at.sheet.keys}, ["day"])["day"]


def _of_days(c: Compiler, at: Subject, node: ir.DaysIn, comparator: str, right: Num) -> E:
    """The day in the window on which the days of a state are enough."""
    if not isinstance(right.n, exp.Literal | exp.Neg) or not isinstance(right.d, int):
        raise Refused(node, "so many days of a state as another value says are looked for day by day")
    wanted = -(-_whole(right.n) // right.d) if comparator == ">=" else _whole(right.n) // right.d + 1
    if wanted < 1:
        return p.FIRST
    found, bounds = state(c, at, node.state), window(c, at, node.window)
    pool = runs_pool(c, at, node.state, found.table, [bounds.first, bounds.last])

    def n(name: str) -> E:
        return exp.column(name, table="n", quoted=True)

    first = p.greatest(n("first"), s(bounds.first))
    last = p.least(n("last"), s(bounds.last))
    clipped = pool.source.where(p.at_most(s(bounds.first), n("last")), p.at_most(n("first"), s(bounds.last)))
    clipped = clipped.select(n("participant"), first.as_("first", quoted=True), last.as_("last", quoted=True))
    size = p.plus(p.days_between(n("first"), n("last")), p.whole(1))
    before = p.coalesced(p.over(exp.Sum(this=size), [n("participant")], [n("first")], "1 PRECEDING"), p.whole(0))
    counted = select(n("participant"), n("first"), n("last"), p.cast(before, "bigint").as_("so_far"))
    counted = counted.from_(clipped.subquery("n"))
    missing = p.minus(p.whole(wanted * node.days_each), n("so_far"))
    query = select(n("participant"), p.add_days(n("first"), p.minus(missing, p.whole(1))).as_("day", quoted=True))
    query = query.from_(counted.subquery("n")).where(p.above(missing, p.whole(0)), p.at_most(missing, size))
    return at.sheet.joined(query, {"participant": "participant"}, ["day"])["day"]


def _whole(value: E) -> int:
    return -int(value.this.this) if isinstance(value, exp.Neg) else int(value.this)
