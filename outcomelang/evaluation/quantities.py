"""Quantities as functions of the subject at hand: exact numbers, or no value at all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from outcomelang.core import ir
from outcomelang.core.fixed_values import constant
from outcomelang.core.names import name_key
from outcomelang.evaluation import counted_periods, figures, indexing
from outcomelang.evaluation.days import clipped, length
from outcomelang.evaluation.scope import Num, Number, Scope, in_same_period
from outcomelang.evaluation.selections import achievements_found, anchored, people_found, rows_found, window
from outcomelang.evaluation.world import within

if TYPE_CHECKING:
    from outcomelang.evaluation.meaning import Meaning


def number(m: Meaning, node: ir.Quantity) -> Number:
    """The value for a subject, from what happened up to and including a day."""
    match node:
        case ir.Const():
            value = constant(node)
            return lambda scope, until: value
        case ir.ContractValue():
            return lambda scope, until: m.contract.value
        case ir.Counted(select=select):
            return _count(m, select)
        case ir.Summed(attribute=attribute, select=select):
            return _sum(m, attribute, select)
        case ir.DaysIn():
            return _days_in(m, node)
        case ir.Attribute(name=name):
            return lambda scope, until: _numeric(scope.row.attributes.get(name)) if scope.row is not None else None
        case ir.Read(measure=measure):
            return m.measure(measure)
        case ir.Observed():
            return figures.value(m, node)
        case ir.Lookup(table=table):
            return lookup(m, m.tables[table])
        case ir.Arith(op=op, left=left, right=right):
            return _by_labels(m, node, _arith(op, number(m, left), number(m, right)))
        case ir.Excess(of=of, over=over):
            return _arith("excess", number(m, of), number(m, over))
        case ir.ChangeOf():
            return _change(number(m, node.base), number(m, node.new), node.fall, node.relative)
        case ir.Indexed():
            return indexing.value(m, node, number(m, node.of))
        case ir.Rounded(of=of, mode=mode):
            exact = number(m, of)

            def whole(scope: Scope, until: int) -> Num | None:
                value = exact(scope, until)
                return None if value is None else rounded(value, mode)

            return whole


def _numeric(value: object) -> Num | None:
    return value if isinstance(value, (int, Fraction)) else None


def simplest(value: Num | None) -> Num | None:
    """A whole number as `int`: all that is done with it later is much quicker."""
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value


def rounded(value: Num, mode: str, to: int = 1) -> int:
    """To a whole multiple of `to`. Half up and half even act on the absolute value, so -2.5 half up is -3."""
    sign, size = (-1, -value) if value < 0 else (1, value)
    n, d = (size.numerator, size.denominator * to) if isinstance(size, Fraction) else (size, to)
    match mode:
        case "down":
            whole = n // d
        case "up":
            whole = -(-n // d)
        case "half up":
            whole = (2 * n + d) // (2 * d)
        case "half even":
            whole = (2 * n + d) // (2 * d)
            if (2 * n + d) % (2 * d) == 0 and whole % 2:
                whole -= 1
        case _:
            raise ValueError(mode)
    return sign * whole * to


def _count(m: Meaning, select: ir.Select) -> Number:
    """How many there are; no value for somebody for whom the anchor of a window never came."""
    found, known = _found(m, select), anchored(m, select)
    if known is None:
        return lambda scope, until: len(found(scope, until))
    return lambda scope, until: len(found(scope, until)) if known(scope) else None


def _found(m: Meaning, select: ir.Select) -> Callable[[Scope, int], Sequence[object]]:
    match select.of:
        case ir.Rows():
            return rows_found(m, select)
        case ir.People():
            return people_found(m, select)
        case ir.Achievements():
            return achievements_found(m, select)
        case ir.Members(member=member):
            return m.members_found(member, select.tests)
        case ir.Periods():
            return counted_periods.periods_found(m, select)


_NUMBERS = (int, Fraction)


def _sum(m: Meaning, attribute: str, select: ir.Select) -> Number:
    """A sum over no row that carries the attribute has no value; a row that lacks it adds nothing."""
    rows = rows_found(m, select)

    def total(scope: Scope, until: int) -> Num | None:
        values = [value for row in rows(scope, until) if isinstance(value := row.attributes.get(attribute), _NUMBERS)]
        return sum(values, 0) if values else None

    return total


def _days_in(m: Meaning, node: ir.DaysIn) -> Number:
    """Days of a state in the window, added over the people of the subject; of one without its anchor, no value."""
    state, bounds, each = m.state(node.state), window(m, node.window), node.days_each

    def here(scope: Scope, until: int) -> int | None:
        limits = bounds(scope)
        if limits is None:
            return None
        return length(clipped(state(scope)[0], limits[0], min(limits[1], until))) // each

    def over_people(scope: Scope, until: int) -> Num | None:
        if scope.person is not None:
            return here(scope, until)
        people = (e for population, some in scope.people.items() if _counted(m, population, node.among) for e in some)
        return sum(here(in_same_period(m.world.person(e), scope), until) or 0 for e in people)

    return over_people


def _counted(m: Meaning, population: str, among: str | None) -> bool:
    return population == among if among is not None else m.world.populations[population].comparison_of is None


def _arith(op: str, left: Number, right: Number) -> Number:
    combine = _OPERATIONS[op]

    def value(scope: Scope, until: int) -> Num | None:
        a = left(scope, until)
        if a is None:
            return None
        b = right(scope, until)
        return None if b is None else combine(a, b)

    return value


def _by_labels(m: Meaning, node: ir.Quantity, exact: Number) -> Number:
    """What depends on the groups of a person alone is computed once for each combination of them."""
    partitions = _partitions_read(m, node)
    if partitions is None:
        return exact
    known: dict[str | tuple[str | None, ...] | None, Num | None] = {}
    stipulated, label_of = m.world.stipulated, m.world.scope_label
    only = next(iter(partitions)) if len(partitions) == 1 else None

    def value(scope: Scope, until: int) -> Num | None:
        if stipulated.values:
            return exact(scope, until)
        labels = label_of(scope, only) if only else tuple([label_of(scope, each) for each in partitions])
        if labels not in known:
            known[labels] = exact(scope, until)
        return known[labels]

    return value


def _partitions_read(m: Meaning, node: ir.Quantity) -> frozenset[str] | None:
    """The partitions whose labels decide a quantity; None where something else does too."""
    match node:
        case ir.Const() | ir.ContractValue():
            return frozenset()
        case ir.Lookup(table=name):
            table = m.tables[name]
            groups = frozenset(key.partition for key in table.by if isinstance(key, ir.KeyByGroup))
            return groups if len(groups) == len(table.by) and table.until_paid is None else None
        case ir.Arith(left=left, right=right):
            one, other = _partitions_read(m, left), _partitions_read(m, right)
            return None if one is None or other is None else one | other
        case ir.Rounded(of=of):
            return _partitions_read(m, of)
        case ir.Counted() | ir.Summed() | ir.DaysIn() | ir.Attribute() | ir.Read() | ir.Excess() | ir.ChangeOf():
            return None
        case ir.Observed() | ir.Indexed():
            return None


def _quotient(a: Num, b: Num) -> Num | None:
    return None if b == 0 else Fraction(a) / b


_OPERATIONS: dict[str, Callable[[Num, Num], Num | None]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": _quotient,
    "min": min,
    "max": max,
    "excess": lambda a, b: a - b if a > b else 0,
}


def _change(base: Number, new: Number, fall: bool, relative: bool) -> Number:
    """Of a base of zero there is no percentage change."""

    def value(scope: Scope, until: int) -> Num | None:
        b, n = base(scope, until), new(scope, until)
        if b is None or n is None or (relative and b == 0):
            return None
        difference = b - n if fall else n - b
        return Fraction(difference) / b if relative else difference

    return value


# ---------------------------------------------------------------- tables


def lookup(m: Meaning, table: ir.Table) -> Number:
    """The value of the first row whose keys all fit; "nothing" is 0; no value where none fits."""
    keys = [key_of(m, source) for source in table.by]
    if table.until_paid is not None:
        before = 0 if table.rows[0].value is None else constant(table.rows[0].value)
        return lambda scope, until: m.paid_values.get(table.name, before)
    if table.straight_line:
        return _straight_line(m, table)
    rows = [(row.keys, 0 if row.value is None else constant(row.value)) for row in table.rows]
    known: dict[tuple[Num | str | None, ...], Num | None] = {}
    only = keys[0] if len(keys) == 1 else None

    stipulated = m.world.stipulated

    def value(scope: Scope, until: int) -> Num | None:
        if stipulated.values and (given := stipulated.value(table.name, scope)) is not None:
            return given
        actual = (only(scope, until),) if only is not None else tuple([key(scope, until) for key in keys])
        if actual not in known:
            fitting = (amount for wanted, amount in rows if all(map(fits, wanted, actual)))
            known[actual] = next(fitting, None)
        return known[actual]

    return value


def key_of(m: Meaning, source: ir.KeySource) -> Callable[[Scope, int], Num | str | None]:
    match source:
        case ir.KeyByGroup(partition=partition):
            return lambda scope, until: m.world.scope_label(scope, partition)
        case ir.KeyByPeriod():
            return lambda scope, until: scope.period_label or None
        case ir.KeyByQuantity(quantity=ir.Attribute(name=name)):
            return lambda scope, until: _plain(scope.row.attributes.get(name)) if scope.row is not None else None
        case ir.KeyByQuantity(quantity=quantity):
            return number(m, quantity)


def _plain(value: object) -> Num | str | None:
    return value if isinstance(value, (int, Fraction, str)) else None


def fits(key: ir.TableKey, value: Num | str | None) -> bool:
    if value is None:
        return False
    match key:
        case ir.LabelKey(label=label):
            return isinstance(value, str) and name_key(label) == name_key(value)
        case ir.Bounds():
            return not isinstance(value, str) and within(key, value)
        case ir.PointKey(value=point):
            return value == constant(point)


def _straight_line(m: Meaning, table: ir.Table) -> Number:
    """Between two points in proportion; outside them, and at or beyond a written range, what the range's row says."""
    of = key_of(m, table.by[0])
    points: list[tuple[Num, Num]] = []
    for row in table.rows:
        match row.keys[0]:
            case ir.PointKey(value=point):
                points.append((constant(point), 0 if row.value is None else constant(row.value)))
            case _:
                pass
    points.sort()
    xs = [x for x, _ in points]
    ranges = [(key, row.value) for row in table.rows for key in row.keys[:1] if isinstance(key, ir.Bounds)]

    def value(scope: Scope, until: int) -> Num | None:
        x = of(scope, until)
        if x is None or isinstance(x, str):
            return None
        for bounds, amount in ranges:
            if within(bounds, x):
                return 0 if amount is None else constant(amount)
        return _between_points(points, xs, x)

    return value


def _between_points(points: Sequence[tuple[Num, Num]], xs: Sequence[Num], x: Num) -> Num | None:
    index = bisect_right(xs, x)
    if index == 0:
        return None
    x0, y0 = points[index - 1]
    if x == x0:
        return y0
    if index == len(points):
        return None
    x1, y1 = points[index]
    return y0 + Fraction(y1 - y0) * Fraction(x - x0) / Fraction(x1 - x0)


# ---------------------------------------------------------------- measures


def measure(m: Meaning, node: ir.Measure) -> Number:
    """A defined number, read for the subject it belongs to; each value is computed once."""
    memo: dict[tuple[tuple[object, ...], int], Num | None] = {}
    exact, remembered = m.number(node.quantity), node.name not in m.price_only

    def value(scope: Scope, until: int) -> Num | None:
        own = m.world.projected(node.subject, scope)
        given = m.world.stipulated.value(node.name, own)
        if given is not None:
            return given
        if not remembered:
            return exact(own, until)
        key = own.key, until
        if key not in memo:
            memo[key] = exact(own, until)
        return memo[key]

    return value
