"""Quantities pushed up or down: more rows of what raises them, fewer of what lowers them."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from outcomelang.core import ir
from outcomelang.core.fixed_values import constant, fixed_value
from outcomelang.histories.bringing import found, happen, hold
from outcomelang.histories.dating import anchored, edges, placed, start
from outcomelang.histories.making import Making, inside
from outcomelang.histories.whom import Whom


def push(w: Making, node: ir.Quantity, up: bool, whom: Whom, amount: int) -> None:
    """Rows are added that raise (or lower) a quantity, by about so much; what has no row stays nothing."""
    match node:
        case ir.Const() | ir.ContractValue() | ir.Attribute() | ir.Indexed():
            return
        case ir.Counted(select):
            if up:
                _count(w, select, _among(w, select.among, whom), amount)
            else:
                anchored(w, select.window, _among(w, select.among, whom))
        case ir.Summed(attribute, select):
            _total(w, attribute, select, _among(w, select.among, whom), amount if up else 0)
        case ir.DaysIn():
            if up:
                _days(w, node, _among(w, node.among, whom), amount)
            else:
                anchored(w, node.window, _among(w, node.among, whom))
        case ir.Read(name):
            push(w, w.names.measures[name].quantity, up, whom, amount)
        case ir.Lookup(name):
            _look_up(w, w.names.tables[name], up, whom)
        case ir.Arith():
            _arith(w, node, up, whom, amount)
        case ir.Excess(of, over):
            line = fixed_value(w.names, over, whom.labels) or 0
            push(w, of, up, whom, amount + int(line))
            push(w, over, not up, whom, amount)
        case ir.ChangeOf(base, new, fall):
            _change(w, base, new, fall == up, whom, amount)
        case ir.Rounded(of):
            push(w, of, up, whom, amount)
        case ir.Observed(figure):
            _report(w, figure, amount if up else 0, whom)


def _among(w: Making, among: str | None, whom: Whom) -> Whom:
    """Those of whom a quantity speaks: the people, or those with whom they are compared."""
    if among is None:
        return whom
    compared = tuple(each for each in whom.compared if each.population == among)
    return evolve(whom, people=compared) if compared else whom


def _count(w: Making, select: ir.Select, whom: Whom, amount: int) -> None:
    if isinstance(select.of, ir.People):
        for part in whom.each():
            for test in select.tests:
                if isinstance(test, ir.Has) and not test.negated:
                    found(w, test.select, part)
        return
    parts = whom.each() or (whom,)
    share, rest = divmod(max(amount, 1), len(parts))
    for number, part in enumerate(parts):
        if times := share + (number < rest):
            found(w, select, part, min(times, _MOST_ROWS))


_MOST_ROWS = 400


def _total(w: Making, attribute: str, select: ir.Select, whom: Whom, amount: int) -> None:
    """Each has a row that carries so much."""
    before = w.values.get(attribute)
    w.values[attribute] = amount
    try:
        found(w, select, whom)
    finally:
        if before is None:
            del w.values[attribute]
        else:
            w.values[attribute] = before


def _days(w: Making, node: ir.DaysIn, whom: Whom, amount: int) -> None:
    for part in whom.each() or (whom,):
        first = placed(w, node.window, part)
        last = first + max(amount, 1) * node.days_each - 1
        if node.window is not None:
            end = edges(w, node.window, part)[1]
            last = last if end is None else min(last, end)
        hold(w, node.state, first, max(last, first), part)


def _arith(w: Making, node: ir.Arith, up: bool, whom: Whom, amount: int) -> None:
    match node.op:
        case "+" | "min" | "max" | "*":
            push(w, node.left, up, whom, amount)
            push(w, node.right, up, whom, amount)
        case "-":
            push(w, node.left, up, whom, amount)
            push(w, node.right, not up, whom, amount)
        case "/":
            if not (up and _is_part(node.left, node.right)):
                push(w, node.right, True, whom, 1 if up else amount)
            push(w, node.left, up, whom, amount)
        case _:
            raise ValueError(f"{node.op} is no operation")


def _is_part(of: ir.Quantity, whole: ir.Quantity) -> bool:
    """Whether whatever is counted here is counted there as well: the greatest share is that of the whole."""
    match of, whole:
        case ir.Counted(ir.Select(one, tests, days, among)), ir.Counted(ir.Select(other, fewer, those, others)):
            alike = (one, days, among) == (other, those, others)
            return alike and isinstance(one, ir.Rows) and all(test in tests for test in fewer)
        case _:
            return False


def _change(w: Making, base: ir.Quantity, new: ir.Quantity, down: bool, whom: Whom, amount: int) -> None:
    """From much to little, or from little to much (else by the change that is asked for); never from nothing."""
    if w.change is not None and w.change < 1:
        much = w.change.denominator
        push(w, base, True, whom, much)
        push(w, new, True, whom, much + (-w.change.numerator if down else w.change.numerator))
        return
    push(w, base, True, whom, max(amount, 1) * (2 if down else 1))
    push(w, new, not down, whom, max(amount, 1) * (1 if down else 3))


def _look_up(w: Making, table: ir.Table, up: bool, whom: Whom) -> None:
    """The row that gives most (or least) is reached by the quantity that it goes by."""
    rows = [row for row in table.rows if row.value is not None and not isinstance(row.value.value, str)]
    if not rows:
        return
    best = (max if up else min)(rows, key=lambda row: constant(row.value) if row.value is not None else 0)
    for source, key in zip(table.by, best.keys, strict=False):
        if isinstance(source, ir.KeyByQuantity):
            line = _line(key)
            rising = table.rows[-1].keys == best.keys or line > 0
            push(w, source.quantity, rising, whom, int(-(-line // 1)))


def _line(key: ir.TableKey) -> Fraction:
    match key:
        case ir.PointKey(value) if not isinstance(value.value, str):
            return Fraction(constant(value))
        case ir.Bounds():
            within = inside(key)
            return Fraction(within) if not isinstance(within, str) else Fraction(0)
        case _:
            return Fraction(0)


def _report(w: Making, figure: str, amount: int, whom: Whom) -> None:
    """Whoever reports a figure says so much."""
    event = next((e for e in w.names.contract.events if e.name == figure and e.kind == "figure"), None)
    if event is None:
        return
    before = dict(w.values)
    w.values.update({attribute.name: _plausible(attribute.unit, amount) for attribute in event.attributes[:1]})
    happen(w, figure, whom.first if whom.first is not None else start(w, whom), (), whom)
    w.values.clear()
    w.values.update(before)


def _plausible(unit: ir.Unit, amount: int) -> int | Fraction:
    if unit is ir.Unit.PERCENTAGE:
        return Fraction(1) if amount else Fraction(0)
    return amount
