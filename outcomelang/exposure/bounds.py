"""The greatest value that a quantity can have, from its form: an upper bound that holds for every log.

Counts, sums and days are never below nothing, so a difference is at most what is subtracted from.
"""

from __future__ import annotations

from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.declared import Declared
from outcomelang.core.fixed_values import greatest_value
from outcomelang.exposure.numbers import Most, achievements, each_achieves, episodes, least_of, periods, rows, times

_DAYS_IN_MONTH = 31


def most(d: Declared, node: ir.Quantity, subject: ir.Subject) -> Most:
    """An upper bound of a quantity for one of a subject; None: its form gives none."""
    written = greatest_value(d, node)
    if written is not None:
        return Fraction(written)
    supposed = assumed(d, node)
    return (
        least_of(iter((supposed, _by_form(d, node, subject)))) if supposed is not None else _by_form(d, node, subject)
    )


def assumed(d: Declared, node: ir.Quantity) -> Most:
    """The greatest value that the contract, or its review, assumes of just this quantity."""
    found: list[Most] = []
    for assumption in d.contract.assumptions:
        for condition in _all_of(assumption.condition):
            match condition:
                case ir.Compares(left, "<=" | "<" | "==", right) if left == node:
                    value = greatest_value(d, right)
                    found.append(None if value is None else Fraction(value))
                case _:
                    continue
    return least_of(iter(found))


def _all_of(node: ir.Condition) -> tuple[ir.Condition, ...]:
    """The parts of a condition that hold together."""
    if isinstance(node, ir.AtLeast) and node.least is None and all(item.where is None for item in node.items):
        return tuple(part for item in node.items for part in _all_of(item.condition))
    return (node,)


def _by_form(d: Declared, node: ir.Quantity, subject: ir.Subject) -> Most:
    match node:
        case ir.Counted(select):
            return _counted(d, select, subject)
        case ir.DaysIn():
            return _days(d, node, subject)
        case ir.Read(name):
            return most(d, d.measures[name].quantity, d.measures[name].subject)
        case ir.Rounded(of, mode):
            inner = most(d, of, subject)
            return inner if inner is None or mode == "down" else Fraction(-(-inner // 1))
        case ir.Excess(of):
            return most(d, of, subject)
        case ir.ChangeOf(fall=fall):
            return Fraction(1) if fall else None
        case ir.Arith():
            return _computed(d, node, subject)
        case ir.Indexed(of, _, _, cap):
            inner = most(d, of, subject)
            return None if inner is None or cap is None else inner * (1 + cap) ** _years(d)
        case (
            ir.Const() | ir.Summed() | ir.Attribute() | ir.Lookup() | ir.Observed() | ir.ContractValue()
        ):  # what is written was looked at before
            return None


def _counted(d: Declared, select: ir.Select, subject: ir.Subject) -> Most:
    one = isinstance(subject, ir.PerPerson | ir.PerMember | ir.PerRow)
    match select.of:
        case ir.People(population):
            return Fraction(1) if one else episodes(d, population)
        case ir.Achievements(outcome):
            return each_achieves(d, d.outcomes[outcome]) if one else achievements(d, outcome)
        case ir.Rows(event):
            return _rows_of_one(d, event) if one else rows(d, event)
        case ir.Periods(calendar):
            return periods(d, calendar)
        case ir.Members():
            return None


def _rows_of_one(d: Declared, event: str) -> Most:
    of = d.events[event].of
    in_all, everybody = rows(d, event), episodes(d, of) if of in d.populations else None
    return in_all / everybody if in_all is not None and everybody else None


def _days(d: Declared, node: ir.DaysIn, subject: ir.Subject) -> Most:
    """The days of the window, else of the term, for each of those whose days are counted."""
    length = _window(node.window) or _term(d)
    if length is None:
        return None
    each = Fraction(length // node.days_each)
    if isinstance(subject, ir.PerPerson | ir.PerMember | ir.PerRow):
        return each
    of = d.states[node.state].of
    joined = [name for name, population in d.populations.items() if population.comparison_of is None]
    return times(each, episodes(d, of if of in d.populations else joined[0])) if of in d.populations or joined else None


def _window(window: ir.Window | None) -> int | None:
    """The days of a window both of whose edges are counted from one day."""
    if window is None or window.first is None or window.last is None:
        return None
    first, last = window.first, window.last
    if isinstance(first.anchor, ir.Fixed) and isinstance(last.anchor, ir.Fixed):
        return last.anchor.day.toordinal() + last.days - first.anchor.day.toordinal() - first.days + 1
    if first.anchor != last.anchor:
        return None
    return (last.months - first.months) * _DAYS_IN_MONTH + last.days - first.days + 1


def _term(d: Declared) -> int | None:
    first, last = d.contract.first_day, d.contract.last_claim or d.contract.last_day
    return None if first is None or last is None else last.toordinal() - first.toordinal() + 1


def _years(d: Declared) -> int:
    days = _term(d)
    return 0 if days is None else days // 365 + 1


def _computed(d: Declared, node: ir.Arith, subject: ir.Subject) -> Most:
    left, right = most(d, node.left, subject), most(d, node.right, subject)
    match node.op:
        case "+" | "max":
            if left is None or right is None:
                return None
            return left + right if node.op == "+" else max(left, right)
        case "-":
            return left
        case "*":
            return times(left, right)
        case "min":
            return right if left is None else left if right is None else min(left, right)
        case "/":
            return Fraction(1) if _is_proportion(node) else left if _is_count(d, node.right) else None
        case _:
            raise ValueError(f"{node.op} is no operation")


def _is_proportion(node: ir.Arith) -> bool:
    """Some of the people, as a share of all of them."""
    match node.left, node.right:
        case ir.Counted(ir.Select(ir.People(some))), ir.Counted(ir.Select(ir.People(of), ())):
            return some == of
        case _:
            return False


def _is_count(d: Declared, node: ir.Quantity) -> bool:
    """Whether a divisor is a whole number: at least 1 wherever the quotient has a value."""
    match node:
        case ir.Counted():
            return True
        case ir.Read(name):
            return _is_count(d, d.measures[name].quantity)
        case _:
            return False
