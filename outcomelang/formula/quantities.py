"""Quantities of the core as expressions over what only events decide: counts, sums, days and reported figures."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.units import unit_of
from outcomelang.formula import expression as ex
from outcomelang.formula.describing import said_of_condition, said_of_value
from outcomelang.formula.expression import Expression, Relation, Truth
from outcomelang.formula.size import is_short
from outcomelang.formula.symbols import Symbol, ValueOf, WhetherGiven, WhetherHolds
from outcomelang.formula.workspace import At, NoForm, Workspace
from outcomelang.prose.english.quantities import called

_SIGNED = (ir.Unit.NUMBER, ir.Unit.PERCENTAGE)
"""Of these a log may carry less than nothing."""
_DEEPEST = 50


def expression_of(w: Workspace, of: ir.Quantity, at: At, depth: int = 0, name: str = "") -> Expression:
    """The value of a quantity (of the measure `name`); what must hold for there to be one goes to `at.needs`."""
    w.step_taken()
    if depth > _DEEPEST:
        raise NoForm("its definition is nested too deeply")
    if is_kept(w, of):
        return _atom(w, of, at, "")
    match of:
        case ir.Const():
            return constant(w, of)
        case ir.ContractValue():
            if w.contract.value is None:
                raise NoForm("the value of the contract is not declared")
            return w.money(w.contract.value)
        case ir.Read(measure):
            return _measure(w, w.names.measures[measure], at, depth)
        case ir.Lookup(table):
            return _table(w, w.names.tables[table], at, depth)
        case ir.Counted() | ir.Summed() | ir.DaysIn() | ir.Observed() | ir.Attribute():
            return _atom(w, of, at, name)
        case ir.Arith(op, left, right):
            return combined(op, expression_of(w, left, at, depth + 1), expression_of(w, right, at, depth + 1), at.needs)
        case ir.Excess(more, over):
            one, other = expression_of(w, more, at, depth + 1), expression_of(w, over, at, depth + 1)
            return ex.greatest(ex.less(one, other), ex.NOTHING)
        case ir.ChangeOf(base, new, fall, relative):
            before, after = expression_of(w, base, at, depth + 1), expression_of(w, new, at, depth + 1)
            change = ex.less(before, after) if fall else ex.less(after, before)
            return combined("/", change, before, at.needs) if relative else change
        case ir.Rounded(inner, mode):
            step = w.step(1) if unit_of(of) is ir.Unit.MONEY else Fraction(1)
            return ex.rounding(expression_of(w, inner, at, depth + 1), mode, step)
        case ir.Indexed():
            raise NoForm("an index moves it from year to year")
        case _:
            assert_never(of)


def is_kept(w: Workspace, of: ir.Quantity) -> bool:
    """Whether a measure or table stays a symbol."""
    match of:
        case ir.Read(name) | ir.Lookup(name):
            return name in w.kept
        case _:
            return False


def constant(w: Workspace, of: ir.Const) -> Expression:
    if isinstance(of.value, date | str):
        raise NoForm("it is a date or a label and no number")
    if not is_short(of.value):
        raise NoForm("a number in it is too long for anybody to read")
    return w.money(of.value) if of.unit is ir.Unit.MONEY else ex.number(of.value)


def combined(op: str, left: Expression, right: Expression, needs: list[Truth]) -> Expression:
    match op:
        case "+":
            return ex.plus(left, right)
        case "-":
            return ex.less(left, right)
        case "*":
            return ex.times(left, right)
        case "min":
            return ex.least(left, right)
        case "max":
            return ex.greatest(left, right)
        case "/":
            if not isinstance(right, ex.Number) or not right.value:
                needs.append(Relation(right, "!=", ex.NOTHING))
            return ex.quotient(left, right)
        case _:
            raise ValueError(f"{op} is no operation")


# ---------------------------------------------------------------- definitions


def _measure(w: Workspace, of: ir.Measure, at: At, depth: int) -> Expression:
    return expression_of(w, of.quantity, measured_at(of, at), depth + 1, called(of.name, w.contract))


def measured_at(of: ir.Measure, at: At) -> At:
    """Where a measure is read from here: it belongs to the subject at hand, or to the contract as a whole."""
    if of.subject == at.subject:
        return at
    if isinstance(of.subject, ir.Whole | ir.Pooled):
        return At(of.subject, needs=at.needs)
    if isinstance(at.subject, ir.PerPeriod) and at.subject.of == of.subject and at.label:
        return At(of.subject, at.label, needs=at.needs)
    raise NoForm(f"the {of.name} it reads differs within what it is read for")


def _table(w: Workspace, of: ir.Table, at: At, depth: int) -> Expression:
    if of.until_paid is not None:
        return ex.NOTHING if of.rows[0].value is None else constant(w, of.rows[0].value)
    if any(not isinstance(key, ir.KeyByQuantity) for key in of.by):
        return _by_label(w, of, at)
    keys = [expression_of(w, key.quantity, at, depth + 1) for key in of.by if isinstance(key, ir.KeyByQuantity)]
    if of.straight_line:
        return _straight_line(w, of, keys[0], at)
    branches = [
        (ex.All(tuple(fits(w, key, value) for key, value in zip(row.keys, keys, strict=True))), value_of(w, row))
        for row in of.rows
    ]
    at.needs.append(ex.Any(tuple(when for when, _ in branches)))
    return ex.cases(branches)


def _by_label(w: Workspace, of: ir.Table, at: At) -> Expression:
    """By the row of the group that is the subject."""
    key = of.by[0]
    own = isinstance(key, ir.KeyByGroup) and at.subject == ir.PerGroup(key.partition)
    if not own or len(of.by) != 1 or not at.label:
        raise NoForm(f"{of.name} has a value for each row of a group or period")
    for row in of.rows:
        if isinstance(row.keys[0], ir.LabelKey) and row.keys[0].label == at.label:
            return value_of(w, row)
    raise NoForm(f"{of.name} has no value for {at.label}")


def value_of(w: Workspace, row: ir.TableRow) -> Expression:
    return ex.NOTHING if row.value is None else constant(w, row.value)


def fits(w: Workspace, key: ir.TableKey, value: Expression) -> Truth:
    """Whether a value belongs to a row of a table."""
    match key:
        case ir.PointKey(point):
            return Relation(value, "==", constant(w, point))
        case ir.Bounds(first, first_in, last, last_in):
            edges: list[Truth] = []
            if first is not None:
                edges.append(Relation(value, ">=" if first_in else ">", constant(w, first)))
            if last is not None:
                edges.append(Relation(value, "<=" if last_in else "<", constant(w, last)))
            return edges[0] if len(edges) == 1 else ex.All(tuple(edges))
        case ir.LabelKey():
            raise NoForm("a table goes by a label that the log carries")


def _straight_line(w: Workspace, of: ir.Table, x: Expression, at: At) -> Expression:
    """Between two points in proportion; in a written range, and at a point, what the row says."""
    branches: list[tuple[Truth, Expression]] = [
        (fits(w, row.keys[0], x), value_of(w, row)) for row in of.rows if isinstance(row.keys[0], ir.Bounds)
    ]
    points = sorted(
        (_fixed(constant(w, row.keys[0].value)), _fixed(value_of(w, row)))
        for row in of.rows
        if isinstance(row.keys[0], ir.PointKey)
    )
    for (x0, y0), (x1, y1) in pairwise(points):
        within = ex.All((Relation(x, ">=", ex.number(x0)), Relation(x, "<=", ex.number(x1))))
        slope = (y1 - y0) / (x1 - x0)
        branches.append((within, ex.plus(ex.times(ex.number(slope), x), ex.number(y0 - slope * x0))))
    at.needs.append(ex.Any(tuple(when for when, _ in branches)))
    return ex.cases(branches)


def _fixed(value: Expression) -> Fraction:
    assert isinstance(value, ex.Number), "the points of a line are written"
    return value.value


# ---------------------------------------------------------------- what only events decide


def _atom(w: Workspace, of: ir.Quantity, at: At, name: str) -> Expression:
    at = measured_at(w.names.measures[of.measure], at) if isinstance(of, ir.Read) else at
    unit, source = unit_of(of), ValueOf(of, at.subject, at.label)
    said, short = said_of_value(w, of, at, name)
    if not isinstance(of, ir.Counted | ir.DaysIn):
        at.needs.append(_given(w, of, at, short))
    letter = "n" if isinstance(of, ir.Counted) else "d" if isinstance(of, ir.DaysIn) else "x"
    counted = isinstance(of, ir.Counted | ir.DaysIn)
    signed = unit in _SIGNED and not counted

    def made(symbol: str) -> Symbol:
        return Symbol(
            symbol, said, unit_text(w, unit), of.origin.clause, source, at.index, short, whole=counted, signed=signed
        )

    return w.symbol(letter, short, source, at.index, made)


def _given(w: Workspace, of: ir.Quantity, at: At, short: str) -> Truth:
    """That a sum or figure has a value: without one nothing is paid that rests on it."""
    source = WhetherGiven(of, at.subject, at.label)
    said = f"1 where there is a value for {said_of_value(w, of, at, '')[0]}, otherwise 0"
    found = w.symbol(
        "b",
        f"{short} given",
        source,
        at.index,
        lambda name: Symbol(
            name, said, "0 or 1", of.origin.clause, source, at.index, short=f"{short} given", whole=True
        ),
    )
    return Relation(found, "==", ex.ONE)


def unit_text(w: Workspace, unit: ir.Unit) -> str:
    match unit:
        case ir.Unit.MONEY:
            return w.contract.currency
        case ir.Unit.PERCENTAGE:
            return "fraction"
        case ir.Unit.FLAG:
            return "0 or 1"
        case _:
            return unit.value


def truth_of(w: Workspace, of: ir.Condition, at: At) -> Truth:
    """A condition that compares numbers; `NoForm` for one that asks what happened."""
    match of:
        case ir.Compares(left, comparator, right):
            return Relation(expression_of(w, left, at), comparator, expression_of(w, right, at))
        case ir.AtLeast(items, least) if all(item.where is None for item in items) and least in (None, 1, len(items)):
            parts = tuple(truth_of(w, item.condition, at) for item in items)
            return ex.Any(parts) if least == 1 and len(parts) > 1 else ex.All(parts)
        case ir.Achieved(outcome, False) if _is_plain(w.names.outcomes[outcome], at):
            return truth_of(w, w.names.outcomes[outcome].when, at)
        case _:
            raise NoForm("it asks what happened")


def _is_plain(of: ir.Outcome, at: At) -> bool:
    """Whether an outcome is achieved just where its condition holds."""
    more = (of.deadline, of.after, of.times, of.part_of, *of.rulings, *of.amended)
    return of.subject == at.subject and not of.each_time and all(each is None for each in more)


def whether(w: Workspace, of: ir.Condition, at: At) -> Expression:
    """1 where a condition holds, else 0."""
    source = WhetherHolds(of, at.subject, at.label)
    said, short = said_of_condition(w, of, at)

    def made(name: str) -> Symbol:
        return Symbol(name, said, "0 or 1", of.origin.clause, source, at.index, short=short, whole=True)

    return w.symbol("b", short, source, at.index, made)
