"""Section 4 of the language once more, day by day: the slow way that nobody can get wrong by a clever step.

A set of days is a Python set; every question is asked for every day in turn. Nothing of `outcomelang.evaluation` is
used here but `Row`. It knows one person, with a log that is observed up to `until`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from attrs import field, frozen

from outcomelang.core import ir
from outcomelang.evaluation.event_log import Row

EARLY, LATE = date(2015, 1, 1).toordinal(), date(2018, 12, 31).toordinal()
"""Days that are looked at. Tests keep all rows, and all days that matter, well within."""


def corresponding_date(day: int, months: int) -> int:
    """The day of the same number so many months on; without one the last day of that month."""
    start = date.fromordinal(day)
    year, month = start.year, start.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month == 13:
            year, month = year + 1, 1
        if month == 0:
            year, month = year - 1, 12
    for number in range(start.day, 0, -1):
        try:
            return date(year, month, number).toordinal()
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


def spells(rows: list[Row], begins: str, ends: str | None) -> list[tuple[Row, Row | None]]:
    """Walk through the days; on each, ends first, then starts."""
    found: list[tuple[Row, Row | None]] = []
    open_row: Row | None = None
    for day in range(EARLY, LATE + 1):
        starts = sorted((r for r in rows if r.event == begins and r.day == day), key=lambda r: r.id)
        single = len(starts) == 1
        for stop in sorted((r for r in rows if r.event == ends and r.day == day), key=lambda r: r.id):
            if open_row is not None:
                found.append((open_row, stop))
                open_row = None
            elif single and starts:
                found.append((starts.pop(), stop))
        for start in starts:
            open_row = open_row or start
    return found if open_row is None else [*found, (open_row, None)]


@frozen
class Answer:
    """`days` of achievement; without any, whether that is final."""

    days: tuple[int, ...]
    final: bool


@frozen
class Oracle:
    """One person: rows, the day of joining, the last observed day, the day of the account, the last for claims."""

    contract: ir.Contract
    rows: list[Row]
    joined: int
    until: int
    as_of: int
    claims: int
    known_states: dict[ir.DaySet, set[int]] = field(factory=dict)

    # ------------------------------------------------------------ days

    def anchor(self, node: ir.Anchor) -> int | None:
        match node:
            case ir.Fixed(day=day):
                return day.toordinal()
            case ir.Joining():
                return self.joined
            case ir.RowOf(select=select, which=which):
                found = [r.day for r in self.selected(select, self.as_of)]
                return (max(found) if which == "latest" else min(found)) if found else None
            case ir.AchievedOn(outcome=name):
                days = self.outcome(name).days
                return days[0] if days else None
            case _:
                raise NotImplementedError(node)

    def edge(self, node: ir.Edge | None, otherwise: int) -> int | None:
        if node is None:
            return otherwise
        start = self.anchor(node.anchor)
        return None if start is None else corresponding_date(start, node.months) + node.days

    def window(self, node: ir.Window | None) -> tuple[int, int] | None:
        """First and last day, both inside; None where the anchor never came."""
        if node is None:
            return EARLY, LATE
        first, last = self.edge(node.first, EARLY), self.edge(node.last, LATE)
        return None if first is None or last is None else (first, last)

    def time_limit(self, node: ir.Window | None) -> tuple[int, int] | None:
        """A limit of a length: each day from the first on uses one of its days up, unless the contract is suspended."""
        limits = self.window(node)
        if node is None or limits is None or None in (node.first, node.last) or node.first.anchor != node.last.anchor:
            return limits
        paused = {d for s in self.contract.suspensions for d in range(s.first.toordinal(), s.last.toordinal() + 1)}
        day, left = limits[0], limits[1] - limits[0]
        while left > 0 or (left == 0 and day in paused):
            left -= day not in paused
            day += 1
        return limits[0], max(day, limits[1])

    # ------------------------------------------------------------ states

    def state(self, node: ir.DaySet) -> set[int]:
        """The days on which the person is in the state and that is known (found out once)."""
        if node not in self.known_states:
            self.known_states[node] = self.days_of(node)
        return self.known_states[node]

    def days_of(self, node: ir.DaySet) -> set[int]:
        known = range(EARLY, self.until + 1)
        match node:
            case ir.InState(state=name):
                return self.state(self.declared(name))
            case ir.NotDays(of=of):
                inside = self.state(of)
                return {day for day in known if day not in inside}
            case ir.AllDays(parts=parts):
                sets = [self.state(part) for part in parts]
                return {day for day in known if all(day in some for some in sets)}
            case ir.AnyDays(parts=parts):
                sets = [self.state(part) for part in parts]
                return {day for day in known if any(day in some for some in sets)}
            case ir.Spells():
                covered: set[int] = set()
                for begin, end in spells(self.rows, node.begins, node.ends):
                    if all(begin.attributes.get(t.attribute) in t.labels for t in node.tests):
                        last = LATE if end is None else end.day if node.end_counts else end.day - 1
                        covered |= {day for day in known if begin.day <= day <= last}
                return covered
        raise NotImplementedError(node)

    def declared(self, name: str) -> ir.DaySet:
        return next(s.days for s in self.contract.states if s.name == name)

    # ------------------------------------------------------------ reaching

    def reached(self, node: ir.Reaches, after: int | None) -> list[int]:
        """The days on which the length is reached: all blocks if `further`, else once (in each stretch without one)."""
        inside = self.state(self.declared(node.state))
        if node.begun is not None:
            inside = self.begun_within(inside, self.time_limit(node.begun))
        if node.counted_from is not None:
            start = self.anchor(node.counted_from)
            inside = set() if start is None else {day for day in inside if day >= start}
        if node.further and after is not None:
            inside = {day for day in inside if day > after}
        assert isinstance(node.target, ir.Const) and isinstance(node.target.value, Fraction)
        length = int(node.target.value)
        if node.mode == "in total":
            found = list(self.in_total(inside, length))
        elif node.mode == "without a break":
            bridged = self.bridged(inside, node.allowed_break)
            return list(self.unbroken(bridged, length, node.target.unit is ir.Unit.MONTHS, node.further))
        else:
            return self.in_any(inside, length, node)
        return found if node.further else found[:1]

    def begun_within(self, inside: set[int], limits: tuple[int, int] | None) -> set[int]:
        """Only runs whose first day lies in the window."""
        kept: set[int] = set()
        keeping = False
        for day in sorted(inside):
            if day - 1 not in inside:
                keeping = limits is not None and limits[0] <= day <= limits[1]
            if keeping:
                kept.add(day)
        return kept

    def in_total(self, inside: set[int], length: int) -> Iterator[int]:
        count = 0
        for day in sorted(inside):
            count += 1
            if count == length:
                yield day
                count = 0

    def bridged(self, inside: set[int], longest: int) -> set[int]:
        """Days outside between two days inside count as inside where there are no more than `longest` of them."""
        filled = set(inside)
        for day in inside:
            for gap in range(1, longest + 1):
                if day + gap + 1 in inside and not any(day + k in inside for k in range(1, gap + 1)):
                    filled |= {day + k for k in range(1, gap + 1)}
        return filled

    def unbroken(self, inside: set[int], length: int, in_months: bool, further: bool) -> Iterator[int]:
        start, block = 0, 1
        for day in sorted(inside):
            if day - 1 not in inside:
                start, block = day, 1
            end = corresponding_date(start, length * block) if in_months else start + length * block
            if day == end - 1 and (further or block == 1):
                yield day
                block += 1

    def in_any(self, inside: set[int], length: int, node: ir.Reaches) -> list[int]:
        """The first day such that some span that covers it holds, up to it, so many days."""
        starts = range(min(inside) - 40, max(inside) + 1) if inside else ()
        spans = [(start, corresponding_date(start, node.span_months) + node.span_days - 1) for start in starts]
        holding = []
        for first, last in spans:
            days = sorted(day for day in range(first, last + 1) if day in inside)
            if len(days) >= length:
                holding.append(days[length - 1])
        return [min(holding)] if holding else []

    # ------------------------------------------------------------ rows

    def selected(self, select: ir.Select, until: int) -> list[Row]:
        assert isinstance(select.of, ir.Rows)
        limits = self.window(select.window)
        if limits is None:
            return []
        return [
            r
            for r in sorted(self.rows, key=lambda r: (r.day, r.id))
            if r.event == select.of.event
            and limits[0] <= r.day <= min(limits[1], until)
            and all(self.passes(test, r) for test in select.tests)
        ]

    def passes(self, test: ir.Test, row: Row) -> bool:
        match test:
            case ir.AttributeIs(attribute=name, labels=labels, negated=negated):
                value = row.attributes.get(name)
                return value is not None and (value in labels) != negated
            case _:
                raise NotImplementedError(test)

    def quantity(self, node: ir.Quantity, until: int) -> Fraction | None:
        match node:
            case ir.Const(value=Fraction() as value):
                return value
            case ir.Counted(select=select):
                return Fraction(len(self.selected(select, until)))
            case ir.Summed(attribute=name, select=select):
                carried = [row.attributes[name] for row in self.selected(select, until) if name in row.attributes]
                return Fraction(sum(carried)) if carried else None
            case ir.DaysIn(state=name, window=node_window, days_each=each):
                limits = self.window(node_window)
                assert limits is not None
                inside = [d for d in self.state(self.declared(name)) if limits[0] <= d <= min(limits[1], until)]
                return Fraction(len(inside) // each)
            case _:
                raise NotImplementedError(node)

    # ------------------------------------------------------------ conditions and outcomes

    def occasions(self, node: ir.Condition, after: int | None) -> list[int]:
        """Every day on which the condition is met."""
        match node:
            case ir.Reaches():
                return [day for day in self.reached(node, after) if day <= self.as_of]
            case ir.Happens(select=select, negated=False):
                return [r.day for r in self.selected(select, self.as_of)]
            case ir.Happens(select=select):
                limits = self.window(select.window)
                if limits is None or self.selected(select, self.as_of):
                    return []
                return [limits[1]] if limits[1] <= min(self.until, self.as_of) else []
            case ir.Compares(left=left, comparator=">=", right=ir.Const(value=Fraction() as wanted)):
                for day in range(min(r.day for r in self.rows), min(self.as_of, LATE) + 1):
                    value = self.quantity(left, day)
                    if value is not None and value >= wanted:
                        return [day]
                return []
            case ir.AtLeast(items=items, least=least):
                firsts = [self.occasions(item.condition, None)[:1] for item in items]
                days = sorted(found[0] for found in firsts if found)
                wanted_parts = len(items) if least is None else least
                return [days[wanted_parts - 1]] if len(days) >= wanted_parts else []
            case _:
                raise NotImplementedError(node)

    def outcome(self, name: str) -> Answer:
        node = next(o for o in self.contract.outcomes if o.name == name)
        after: int | None = None
        if node.after is not None:
            before = self.outcome(node.after)
            if not before.days:
                return Answer((), before.final)
            after = before.days[0]
        limits = self.time_limit(node.deadline)
        if limits is None:
            return Answer((), self.as_of >= self.claims)
        days = [
            day
            for day in self.occasions(node.when, after)
            if limits[0] <= day <= min(limits[1], self.as_of) and (after is None or day > after)
        ]
        if not node.each_time:
            assert node.times is None or isinstance(node.times, ir.Const)
            days = days[: 1 if node.times is None else int(node.times.value)]
        return Answer(tuple(days), limits[1] <= min(self.until, self.as_of))
