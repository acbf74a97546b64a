"""Until which day somebody may join and still earn a payment in full, by histories of people who join ever later."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.declared import events_in, joining_events, rests_on
from outcomelang.core.fixed_values import constant
from outcomelang.histories.earning import Earned, Earning
from outcomelang.histories.history import History
from outcomelang.histories.paid import pay
from outcomelang.histories.whom import fixed, joining_days
from outcomelang.tree import evolve

A_MONTH = 31
"""How many days at the end of joining are not looked at: whoever is late by days rather than months is no example."""


@frozen
class TooLate:
    """From `day` on whoever joins earns less of a payment: `before` joined the day before, `after` on it.

    People may join until `last`. `full` and `left` are how often it is paid for somebody who joins first and last.
    """

    flow: ir.Flow
    day: int
    last: int
    full: Fraction
    left: Fraction
    before: Earned
    after: Earned


@frozen
class _Way:
    """A way to earn a payment: so much of what is counted, by somebody of these groups, whatever joined."""

    amount: int
    exactly: bool
    labels: tuple[tuple[str, str], ...]


class JoiningLate:
    """Asks of one payment after another. Of each only the days by halves: what is too late stays too late."""

    def __init__(self, earning: Earning) -> None:
        self.earning, self.names = earning, earning.names
        self._known: dict[tuple[str, _Way, int], tuple[Fraction, Earned]] = {}

    def of(self, flow: ir.Flow) -> TooLate | None:
        """None: everybody can earn it in full, or no history of one person was found in which it is earned."""
        population = self._population(flow)
        if population is None or self.names.contract.last_claim is None or self.names.contract.last_day is None:
            return None
        first, last = joining_days(self.names.contract, population)
        if last - first < A_MONTH or not self._takes_time(flow, last):
            return None
        lost: list[tuple[Fraction, _Way]] = []
        for way, full in self._ways(flow, population, first):
            left, _ = self._earned(flow, way, last)
            if left < full:
                lost.append(((full - left) / full, way))
        return self._by(flow, max(lost, key=_first)[1], first, last) if lost else None

    def _population(self, flow: ir.Flow) -> ir.Population | None:
        """Those for whom it is paid, if more than their joining decides."""
        subject = flow.subject
        if isinstance(flow.driver, ir.EachAchievement):
            subject = self.names.outcomes[flow.driver.outcome].subject
        if not isinstance(subject, ir.PerPerson):
            return None
        joins = set(joining_events(self.names, subject.population))
        later = {event.name for event in events_in(self.names, (flow.driver, flow.gate, flow.amount))} - joins
        return self.names.populations[subject.population] if later else None

    def _takes_time(self, flow: ir.Flow, last: int) -> bool:
        """Whether it could be too late at all: something has to last, to be waited for, or to come before a day."""
        for node in rests_on(self.names, (flow.driver, flow.gate, flow.amount)):
            match node:
                case ir.Reaches() | ir.DaysIn() | ir.Happens(negated=True):
                    return True
                case ir.Window(first=ir.Edge(months=months, days=days)) if months > 0 or days > 1:
                    return True
                case ir.Window(last=ir.Edge() as edge) if (day := fixed(edge)) is not None and day < last:
                    return True
                case _:
                    continue
        return False

    def _ways(self, flow: ir.Flow, population: ir.Population, first: int) -> Iterable[tuple[_Way, Fraction]]:
        """The first way that earns it for somebody who joins first, and how often; where times differ by group, of
        each row."""
        found: list[tuple[_Way, Fraction]] = []
        for labels in self.earning.labels_of(flow):
            for amount, exactly in ((1, False), (12, False)):
                way = _Way(amount, exactly, tuple(labels.items()))
                full, _ = self._earned(flow, way, first)
                if full:
                    found.append((way, full))
                    break
            if found and not self._by_group(flow):
                break
        return found

    def _by_group(self, flow: ir.Flow) -> bool:
        times = self._times(flow)
        return times is not None and any(isinstance(node, ir.Lookup) for node in rests_on(self.names, times))

    def _times(self, flow: ir.Flow) -> ir.Quantity | None:
        return self.names.outcomes[flow.driver.outcome].times if isinstance(flow.driver, ir.EachAchievement) else None

    def _by(self, flow: ir.Flow, way: _Way, first: int, last: int) -> TooLate | None:
        full, _ = self._earned(flow, way, first)
        left, after = self._earned(flow, way, last)
        if not self._in_longer_time(flow, after, full):
            return None
        early, late = first, last
        while late - early > 1:
            middle = (early + late) // 2
            if self._earned(flow, way, middle)[0] < full:
                late = middle
            else:
                early = middle
        before, after = self._earned(flow, way, early)[1], self._earned(flow, way, late)[1]
        if last - late < A_MONTH:
            return None
        return TooLate(flow, late, last, full, left, before, after)

    def _earned(self, flow: ir.Flow, way: _Way, day: int) -> tuple[Fraction, Earned]:
        """How often it is paid for somebody who joins on a day; what lasts may last as long as it can."""
        key = (flow.name, way, day)
        if key not in self._known:
            self._known[key] = self._made(flow, way, day)
        return self._known[key]

    def _made(self, flow: ir.Flow, way: _Way, day: int) -> tuple[Fraction, Earned]:
        labels = dict(way.labels) | dict(self._dated_labels(day))
        tried: list[tuple[Fraction, Earned]] = []
        for anchors in self._anchors(flow, day):
            history = self.earning.made(flow, 1, way.amount, labels, way.exactly, day, anchors)
            for each in (history,) if self._times(flow) is None else (history, self._lasting(flow, history)):
                earned = Earned(each, self.earning.pay(each))
                tried.append((_units(flow, earned), earned))
            if any(units for units, _ in tried):
                break
        return max(tried, key=_first)

    def _lasting(self, flow: ir.Flow, history: History) -> History:
        """The same history in which nothing that lasts comes to an end."""
        ends = {node.ends for node in rests_on(self.names, flow) if isinstance(node, ir.Spells)}
        return History(tuple(fact for fact in history.facts if not fact.counts or fact.event not in ends))

    def _anchors(self, flow: ir.Flow, day: int) -> tuple[int | None, ...]:
        """The days to try for an event from which others count their time: some way on, at once, and at the end."""
        joins = {event for each in self.names.populations for event in joining_events(self.names, each)}
        counted = (node.select.of for node in rests_on(self.names, flow) if isinstance(node, ir.RowOf))
        last = self.names.contract.last_claim
        if last is None or not any(isinstance(of, ir.Rows) and of.event not in joins for of in counted):
            return (None,)
        return (None, day + 1, last.toordinal())

    def _in_longer_time(self, flow: ir.Flow, late: Earned, full: Fraction) -> bool:
        """Whether the same would be paid in full had the contract and its claims gone on: then time alone is short."""
        assert self._longer.last_claim is not None
        kept = _kept(late.history, self._longer.last_claim.toordinal())
        return _units(flow, Earned(kept, pay(self._longer, kept))) >= full

    @cached_property
    def _longer(self) -> ir.Contract:
        """The contract with its end, its last day for claims and every watch put off."""
        contract = self.names.contract
        assert contract.last_day is not None and contract.last_claim is not None
        events = (
            evolve(event, observed_until=None) if isinstance(event.observed_until, ir.Fixed) else event
            for event in contract.events
        )
        claims = contract.last_claim.replace(year=contract.last_claim.year + _YEARS, day=28)
        last = contract.last_day.replace(year=contract.last_day.year + _YEARS, day=28)
        return evolve(contract, last_day=last, last_claim=claims, events=tuple(events))

    def _dated_labels(self, day: int) -> Iterable[tuple[str, str]]:
        """The cohorts into which somebody falls who joins on this day."""
        for group in self.names.contract.partitions:
            if isinstance(group.classifier, ir.ByValue) and group.classifier.attribute is None:
                for row in group.rows:
                    if row.bounds is not None and _holds(row.bounds, day):
                        yield group.name, row.label


_YEARS = 20


def _kept(history: History, until: int) -> History:
    """A log that was kept until a day."""
    return History(tuple(fact if fact.counts else fact.on(until) for fact in history.facts))


def _first(of: tuple[Fraction, object]) -> Fraction:
    return of[0]


def _units(flow: ir.Flow, earned: Earned) -> Fraction:
    """How often it is paid; of what is measured, or has no bound, only whether it is."""
    units = sum((Fraction(draft.units) for draft in earned.paid.drafts if draft.flow.name == flow.name), Fraction(0))
    if isinstance(flow.driver, ir.EachAchievement) and not earned.paid.meaning.outcomes[flow.driver.outcome].each_time:
        return units
    return min(units, Fraction(1))


def _holds(bounds: ir.Bounds, day: int) -> bool:
    first = None if bounds.first is None else constant(bounds.first) + (not bounds.first_included)
    last = None if bounds.last is None else constant(bounds.last) - (not bounds.last_included)
    return (first is None or first <= day) and (last is None or day <= last)
