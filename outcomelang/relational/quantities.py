"""Quantities as exact numbers on a subject's sheet: NULL is "no value". As `evaluation.quantities`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlglot import exp

from outcomelang.core import ir
from outcomelang.core.fixed_values import constant
from outcomelang.core.names import name_key
from outcomelang.relational import numbers, spelling, wide
from outcomelang.relational import primitives as p
from outcomelang.relational.book import Refused
from outcomelang.relational.numbers import NOTHING, Num
from outcomelang.relational.row_tests import as_day, as_number, as_text, attribute_named
from outcomelang.relational.selections import anchored, rows_found
from outcomelang.relational.subjects import Subject, r

if TYPE_CHECKING:
    from outcomelang.relational.compiler import Compiler

E = exp.Expr


def number(c: Compiler, at: Subject, node: ir.Quantity, until: E | None) -> Num:
    """The value for a subject, from what happened up to and including a day (None: from everything)."""
    match node:
        case ir.Const(value=date()):
            raise Refused(node, "a day is reckoned with as a number")
        case ir.Const():
            return numbers.fixed(constant(node))
        case ir.ContractValue():
            return NOTHING if c.contract.value is None else numbers.fixed(c.contract.value)
        case ir.Counted(select=select):
            return counted(c, at, select, until)
        case ir.Summed(attribute=attribute, select=select):
            return _sum(c, at, attribute, select, until)
        case ir.Attribute(name=name):
            return as_number(c, at.event, name, at.own_row, node) if at.own_row is not None else NOTHING
        case ir.Read(measure=measure):
            return c.measured(at, measure, until)
        case ir.Lookup(table=table):
            return lookup(c, at, c.tables[table], until)
        case ir.Arith(op=op, left=left, right=right):
            return _arith(op, number(c, at, left, until), number(c, at, right, until))
        case ir.Excess(of=of, over=over):
            return numbers.excess(number(c, at, of, until), number(c, at, over, until))
        case ir.ChangeOf(base=base, new=new):
            return _change(node, number(c, at, base, until), number(c, at, new, until))
        case ir.Rounded(of=of, mode=mode):
            return numbers.rounded(number(c, at, of, until), mode)
        case ir.DaysIn():
            return c.days_in(at, node, until)
        case ir.Observed():
            raise Refused(node, f"the figure {node.figure} is read from its latest report")
        case ir.Indexed():
            raise Refused(node, f"an amount follows the index {node.figure} from year to year")


def _arith(op: str, a: Num, b: Num) -> Num:
    match op:
        case "+":
            return numbers.added(a, b)
        case "-":
            return numbers.subtracted(a, b)
        case "*":
            return numbers.multiplied(a, b)
        case "/":
            return numbers.divided(a, b)
        case "min":
            return numbers.lesser(a, b)
        case "max":
            return numbers.greater(a, b)
        case _:
            raise ValueError(op)


def _change(node: ir.ChangeOf, base: Num, new: Num) -> Num:
    """Of a base of zero there is no percentage change."""
    difference = numbers.subtracted(base, new) if node.fall else numbers.subtracted(new, base)
    return numbers.divided(difference, base) if node.relative else difference


# ---------------------------------------------------------------- counts and sums


def counted(c: Compiler, at: Subject, select: ir.Select, until: E | None) -> Num:
    """How many there are; no value for somebody for whom the anchor of a window never came."""
    match select.of:
        case ir.Rows():
            found = rows_found(c, at, select, until)
            many = at.sheet.gathered(
                found.pool, "count", lambda w: p.filtered(exp.Count(this=exp.Star()), w), found.where
            )
            return Num(_if_anchored(c, at, select, p.coalesced(many, p.whole(0))))
        case ir.People():
            if not at.is_wide:
                raise Refused(select, "people are counted for one of them")
            return Num(wide.count_people(c, at, select, until))
        case ir.Achievements():
            return Num(_if_anchored(c, at, select, wide.count_achievements(c, at, select, until)))
        case ir.Members() | ir.Periods():
            raise Refused(select, "members and periods are counted one after the other")


def _if_anchored(c: Compiler, at: Subject, select: ir.Select, value: E) -> E:
    known = anchored(c, at, select)
    return value if known == p.flag(True) else p.case((known, value))


def _sum(c: Compiler, at: Subject, attribute: str, select: ir.Select, until: E | None) -> Num:
    """A sum over no row that carries the attribute has no value; a row that lacks it adds nothing."""
    assert isinstance(select.of, ir.Rows)
    declared = attribute_named(c, select.of.event, attribute)
    if declared is None:
        return NOTHING
    found = rows_found(c, at, select, until)
    value = as_number(c, select.of.event, attribute, r, select)
    n, d = in_millionths(value)
    return Num(at.sheet.gathered(found.pool, "sum", lambda w: p.whole_sum(n, w), found.where), d)


MILLION = 1_000_000
"""The denominator of sums of numbers with decimals: one that is fixed beforehand keeps everything whole."""


def in_millionths(value: Num) -> tuple[E, int]:
    """A number over a denominator that is written; a number with more than six decimals is refused when it is met."""
    if isinstance(value.d, int):
        return value.n, value.d
    fits = p.same(p.remainder(p.whole(MILLION), value.d), p.whole(0))
    scaled = p.times(value.n, p.quotient(p.whole(MILLION), value.d))
    said = "a number with more than six decimals is added up by the reference engine"
    return p.case((p.missing(value.n), value.n), (fits, scaled), default=p.impossible(said)), MILLION


# ---------------------------------------------------------------- tables


def lookup(c: Compiler, at: Subject, table: ir.Table, until: E | None) -> Num:
    """The value of the first row whose keys all fit; "nothing" is 0; no value where none fits."""
    if table.until_paid is not None:
        first = table.rows[0].value
        return numbers.fixed(0 if first is None else constant(first))
    if table.straight_line:
        raise Refused(table, f"between the points of {table.name} the value is in proportion")
    keys = [_key(c, at, source, until) for source in table.by]
    cases: list[tuple[E, Num]] = []
    for row in table.rows:
        fitting = p.all_of(*(_fits(c, table, *each) for each in zip(table.by, row.keys, keys, strict=True)))
        cases.append((fitting, numbers.fixed(0 if row.value is None else constant(row.value))))
    return numbers.chosen(cases, NOTHING)


def _key(c: Compiler, at: Subject, source: ir.KeySource, until: E | None) -> Num | E:
    match source:
        case ir.KeyByGroup(partition=partition):
            return c.label(at, partition)
        case ir.KeyByPeriod():
            return p.cast(exp.null(), "varchar") if at.period_label is None else at.period_label
        case ir.KeyByQuantity(quantity=ir.Attribute(name=name) as quantity):
            return _attribute_key(c, at, name, quantity)
        case ir.KeyByQuantity(quantity=quantity):
            return numbers.kept(at.sheet, "key", number(c, at, quantity, until))


def _attribute_key(c: Compiler, at: Subject, name: str, node: ir.Attribute) -> Num | E:
    if at.own_row is None:
        return NOTHING
    attribute = attribute_named(c, at.event, name)
    if attribute is not None and attribute.unit is ir.Unit.LABEL:
        return as_text(c, at.event, name, at.own_row, node)
    if attribute is not None and attribute.unit is ir.Unit.DATE:
        raise Refused(node, f"a table is looked up by the day in {name}")
    return as_number(c, at.event, name, at.own_row, node)


def _fits(c: Compiler, table: ir.Table, source: ir.KeySource, key: ir.TableKey, value: Num | E) -> E:
    match key:
        case ir.LabelKey(label=label):
            if isinstance(value, Num):
                return p.flag(False)
            if isinstance(source, ir.KeyByGroup):
                return p.holds(p.one_of(value, _declared(c, source.partition, label)))
            return p.holds(spelling.is_one_of(value, {name_key(label)}))
        case ir.Bounds():
            return p.flag(False) if not isinstance(value, Num) else within(table, key, value)
        case ir.PointKey(value=point):
            if not isinstance(value, Num):
                raise Refused(table, f"{table.name} is looked up by a point and holds labels")
            return p.holds(numbers.compared(value, "==", numbers.fixed(constant(point))))


def within(of: ir.Node, bounds: ir.Bounds, value: Num) -> E:
    """Whether an exact number lies in a range."""
    tests = []
    for edge, included, sign in ((bounds.first, bounds.first_included, ">"), (bounds.last, bounds.last_included, "<")):
        if edge is not None:
            if isinstance(edge.value, date):
                raise Refused(of, "a day is looked up as a number")
            tests.append(numbers.compared(value, f"{sign}=" if included else sign, numbers.fixed(constant(edge))))
    return p.holds(p.all_of(p.present(value.n), *tests))


def _declared(c: Compiler, partition: str, label: str) -> list[str]:
    """The labels of a group that a table means by one: as they are declared, however the table spells them."""
    rows = next(each.rows for each in c.contract.partitions if each.name == partition)
    return [row.label for row in rows if name_key(row.label) == name_key(label)]


# ---------------------------------------------------------------- days


def day_value(c: Compiler, at: Subject, node: ir.Quantity) -> E:
    """The day that a quantity of that unit gives; NULL where there is none."""
    match node:
        case ir.Const(value=date() as day):
            return p.day(day)
        case ir.Attribute(name=name):
            found = as_day(c, at.event, name, at.own_row) if at.own_row is not None else None
            return p.NULL_DAY if found is None else found
        case ir.Lookup(table=name):
            return _day_looked_up(c, at, c.tables[name])
        case _:
            raise Refused(node, "a day is reckoned from other values")


def _day_looked_up(c: Compiler, at: Subject, table: ir.Table) -> E:
    keys = [_key(c, at, source, None) for source in table.by]
    cases: list[tuple[E, E]] = []
    for row in table.rows:
        if row.value is None or not isinstance(row.value.value, date):
            raise Refused(table, f"{table.name} says “nothing” where a day is asked for")
        fitting = p.all_of(*(_fits(c, table, *each) for each in zip(table.by, row.keys, keys, strict=True)))
        cases.append((fitting, p.day(row.value.value)))
    return p.case(*cases)
