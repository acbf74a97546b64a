"""Whether a quantity rises or falls, and a condition comes to hold or ceases to, when somebody's life goes better.

A life goes better by one more event of which more is better, or one fewer of which fewer is better, after joining; all
else stays the same. What is said here holds for any number of people and events. “Either” says that it could do both,
or that nothing is known of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from itertools import pairwise

from outcomelang.core import ir
from outcomelang.core.declared import Declared
from outcomelang.core.fixed_values import Num, constant
from outcomelang.tree import nodes


class Way(Enum):
    """How something changes when a life goes better."""

    STAYS = "stays"
    RISES = "rises"
    FALLS = "falls"
    EITHER = "either"


_TURNED = {Way.STAYS: Way.STAYS, Way.RISES: Way.FALLS, Way.FALLS: Way.RISES, Way.EITHER: Way.EITHER}
_POLARITY = {ir.Polarity.MORE: Way.RISES, ir.Polarity.FEWER: Way.FALLS}


def turned(way: Way) -> Way:
    """The opposite way."""
    return _TURNED[way]


def together(ways: Iterable[Way]) -> Way:
    """How several change that all push the same way: one that stays says nothing."""
    found = {way for way in ways if way is not Way.STAYS}
    if not found:
        return Way.STAYS
    return found.pop() if len(found) == 1 else Way.EITHER


class Polarity:
    """The ways of one contract; each outcome, measure and table is looked at once."""

    def __init__(self, names: Declared) -> None:
        self.names = names
        self._known: dict[tuple[str, str], Way] = {}

    # ------------------------------------------------------------ payments

    def flow(self, flow: ir.Flow) -> Way:
        """How the units of a payment, each at its price, change (of a repayment: what is repaid)."""
        ways = [self.quantity(flow.amount), self.driver(flow.driver)]
        if isinstance(flow.subject, ir.PerRow):
            ways.append(self.event(flow.subject.event))
        if flow.gate is not None:
            ways.append(self.condition(flow.gate))
        return together(ways)

    def driver(self, driver: ir.Driver) -> Way:
        match driver:
            case ir.OneEach():
                return Way.STAYS
            case ir.EachAchievement(outcome, tests, window):
                return together((self.outcome(outcome), self._tests(tests), self._window(window)))
            case ir.EachRow(select):
                return self.selected(select)
            case ir.EachUnit(quantity):
                return self.quantity(quantity)
            case ir.EachInPlan(plan):
                outcomes = (o for slot in self.names.plans[plan].slots for o in _outcomes(slot))
                return together(self.outcome(outcome) for outcome in outcomes)

    def outcome(self, name: str) -> Way:
        """Whether an outcome comes to be achieved."""
        key = ("outcome", name)
        if key not in self._known:
            self._known[key] = Way.EITHER  # where an outcome rests on itself
            outcome = self.names.outcomes[name]
            ways = [self.condition(outcome.when), self._window(outcome.deadline)]
            if outcome.after is not None:
                ways.append(self.outcome(outcome.after))
            self._known[key] = together(ways)
        return self._known[key]

    # ------------------------------------------------------------ conditions

    def condition(self, node: ir.Condition) -> Way:
        match node:
            case ir.Compares(left, comparator, right):
                way = together((self.quantity(left), turned(self.quantity(right))))
                if comparator == "==":
                    return Way.STAYS if way is Way.STAYS else Way.EITHER
                return way if comparator in (">=", ">") else turned(way)
            case ir.Happens(select, negated):
                way = self.selected(select)
                return turned(way) if negated else way
            case ir.Reaches(state, target, _, begun):
                return together((self.state(state), turned(self.quantity(target)), self._window(begun)))
            case ir.Achieved(outcome, negated):
                way = self.outcome(outcome)
                return turned(way) if negated else way
            case ir.AtLeast(items):
                asked = (self.condition(i.where) for i in items if i.where is not None)
                which = Way.STAYS if together(asked) is Way.STAYS else Way.EITHER
                return together((which, *(self.condition(item.condition) for item in items)))
            case ir.ForMembers(_, _, least, condition):
                way = self.condition(condition)
                return turned(way) if least == 0 else way
            case ir.LabelIs(of):
                still = isinstance(of, ir.GroupLabel) or self.quantity(of) is Way.STAYS
                return Way.STAYS if still else Way.EITHER
            case ir.ValueGiven(of):
                return Way.STAYS if self.quantity(of) is Way.STAYS else Way.EITHER

    # ------------------------------------------------------------ quantities

    def quantity(self, node: ir.Quantity) -> Way:
        match node:
            case ir.Const() | ir.Attribute() | ir.ContractValue():
                return Way.STAYS
            case ir.Counted(select) | ir.Summed(_, select):
                return self.selected(select)
            case ir.DaysIn(state, window, tests, among):
                here = together((self.state(state), self._window(window), self._tests(tests)))
                return Way.STAYS if among is not None or self._is_before(window) else here
            case ir.Read(name):
                return self._measure(name)
            case ir.Lookup(name):
                return self._table(name)
            case ir.Arith():
                return self._arith(node)
            case ir.Excess(of, over):
                return together((self.quantity(of), turned(self.quantity(over))))
            case ir.ChangeOf(_, new, fall):  # from where a change begins is no part of a better life
                return turned(self.quantity(new)) if fall else self.quantity(new)
            case ir.Rounded(of) | ir.Indexed(of):
                return self.quantity(of)
            case ir.Observed(figure):
                event = self.names.events.get(figure)
                return _POLARITY.get(event.polarity, Way.EITHER) if event is not None else Way.EITHER

    def _measure(self, name: str) -> Way:
        key = ("measure", name)
        if key not in self._known:
            self._known[key] = Way.EITHER
            self._known[key] = self.quantity(self.names.measures[name].quantity)
        return self._known[key]

    def _arith(self, node: ir.Arith) -> Way:
        left, right = self.quantity(node.left), self.quantity(node.right)
        match node.op:
            case "+" | "min" | "max":
                return together((left, right))
            case "-" | "/":
                return together((left, turned(right)))
            case "*":
                below = [each for each in (node.left, node.right) if _is_below_nothing(each)]
                way = together((left, right))
                return turned(way) if len(below) == 1 else way
            case _:
                raise ValueError(f"{node.op} is no operation")

    def _table(self, name: str) -> Way:
        """Of a table by one measure: whether its rows rise or fall with it."""
        table = self.names.tables[name]
        keyed = [
            (place, way)
            for place, key in enumerate(table.by)
            if isinstance(key, ir.KeyByQuantity) and (way := self.quantity(key.quantity)) is not Way.STAYS
        ]
        if not keyed or table.until_paid is not None:
            return Way.STAYS
        place, way = keyed[0]
        rows = rising(table, place)
        if len(keyed) > 1 or rows is Way.EITHER:
            return Way.EITHER
        return Way.STAYS if rows is Way.STAYS else way if rows is Way.RISES else turned(way)

    # ------------------------------------------------------------ events

    def event(self, name: str) -> Way:
        """Of an input or activity more is neither; of an outcome that says nothing, either."""
        event = self.names.events[name]
        untold = Way.EITHER if event.kind in ("outcome", "figure") else Way.STAYS
        return _POLARITY.get(event.polarity, untold)

    def state(self, name: str) -> Way:
        state = self.names.states[name]
        return _POLARITY.get(state.polarity) or self._days(state.days)

    def _days(self, node: ir.DaySet) -> Way:
        match node:
            case ir.Spells(begins, ends):
                return together((self.event(begins), turned(self.event(ends)) if ends is not None else Way.STAYS))
            case ir.InState(state):
                return self.state(state)
            case ir.NotDays(of):
                return turned(self._days(of))
            case ir.AllDays(parts) | ir.AnyDays(parts):
                return together(self._days(part) for part in parts)

    def selected(self, select: ir.Select) -> Way:
        """How many things a selection finds; of those with whom people are compared nothing changes, nor before."""
        if select.among is not None or self._is_before(select.window):
            return Way.STAYS
        match select.of:
            case ir.Rows(event):
                way = self.event(event)
            case ir.Achievements(outcome):
                way = self.outcome(outcome)
            case _:
                way = Way.STAYS
        return together((way, self._tests(select.tests), self._window(select.window)))

    def _tests(self, tests: tuple[ir.Test, ...]) -> Way:
        return together(
            turned(self.selected(test.select)) if test.negated else self.selected(test.select)
            for test in tests
            if isinstance(test, ir.Has)
        )

    def _window(self, window: ir.Window | None) -> Way:
        """A window stays where it is unless something that makes a life better moves it."""
        anchors = [node for node in nodes(window) if isinstance(node, ir.RowOf | ir.AchievedOn)]
        moved = (
            self.outcome(each.outcome) if isinstance(each, ir.AchievedOn) else self.selected(each.select)
            for each in anchors
        )
        return Way.STAYS if together(moved) is Way.STAYS else Way.EITHER

    def _is_before(self, window: ir.Window | None) -> bool:
        """Whether it ends before anybody joins: what happened then is no part of a better life."""
        if window is None or window.last is None:
            return False
        last, term = window.last, self.names.contract.first_day
        match last.anchor:
            case ir.Joining():
                return last.months <= 0 and last.days < 0
            case ir.Fixed(day):
                return term is not None and day < term and last.months <= 0 and last.days <= 0
            case _:
                return False


def rising(table: ir.Table, place: int) -> Way:
    """Whether the values of a table rise or fall along one of its keys, all other keys the same."""
    columns: dict[tuple[ir.TableKey, ...], list[ir.TableRow]] = {}
    for row in table.rows:
        columns.setdefault((*row.keys[:place], *row.keys[place + 1 :]), []).append(row)
    return together(_along(rows, place) for rows in columns.values())


def _along(rows: list[ir.TableRow], place: int) -> Way:
    values = [_value(row) for row in sorted(rows, key=lambda row: _place(row.keys[place]))]
    pairs = list(pairwise(values))
    rises = any(one < other for one, other in pairs)
    falls = any(one > other for one, other in pairs)
    return Way.EITHER if rises and falls else Way.RISES if rises else Way.FALLS if falls else Way.STAYS


def _value(row: ir.TableRow) -> Num:
    return 0 if row.value is None or isinstance(row.value.value, str) else constant(row.value)


def _place(key: ir.TableKey) -> tuple[int, Num]:
    match key:
        case ir.Bounds(first):
            return (0, 0) if first is None else (1, constant(first))
        case ir.PointKey(value) if not isinstance(value.value, str):
            return (1, constant(value))
        case ir.PointKey() | ir.LabelKey():
            return (0, 0)


def _is_below_nothing(node: ir.Quantity) -> bool:
    return isinstance(node, ir.Const) and not isinstance(node.value, str) and constant(node) < 0


def _outcomes(slot: ir.Slot) -> tuple[str, ...]:
    match slot:
        case ir.Agreed(outcomes) | ir.Chosen(_, outcomes):
            return outcomes
        case ir.AgreedByGroup(_, choices):
            return tuple(choice.outcome for choice in choices)
