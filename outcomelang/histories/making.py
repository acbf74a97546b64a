"""A history in the making: people join, and rows are added that pass the tests which the contract makes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.declared import Declared
from outcomelang.core.fixed_values import constant
from outcomelang.evaluation.event_log import Value
from outcomelang.histories.history import Fact, History
from outcomelang.histories.whom import Somebody, Whom, joining_days

_ORDINARY: Mapping[ir.Unit, Value] = {
    ir.Unit.NUMBER: 1,
    ir.Unit.MONEY: 100_000,
    ir.Unit.PERCENTAGE: Fraction(1),
    ir.Unit.DAYS: 1,
    ir.Unit.MONTHS: 1,
}
_WORDS = {"decided": "achieved", "verified": "verified", "evidenced": "evidenced"}


class Making:
    """Facts so far. `values` are what attributes carry where no test asks for anything else; `size` is how much of
    something is made to happen where the contract draws no line, `exactly`
    that a change only just meets its line, `change` that line."""

    def __init__(
        self, names: Declared, values: Mapping[str, Value] | None = None, known: History | None = None
    ) -> None:
        self.names = names
        self.values = dict(values or {})
        self.size = 1
        self.exactly = False
        self.achieved: Callable[[str, Whom], None] = lambda outcome, whom: None
        """Sees to it that an outcome is achieved of which something is counted; given by who brings things about."""
        self.change: Fraction | None = None
        self.anchors: int | None = None
        """The day of an event that only others count their time from; None: some way after joining."""
        self.facts: list[Fact] = list(known.facts) if known is not None else []
        self._people = len(known.participants) if known is not None else 0

    def history(self) -> History:
        """What was made, and a row that shows how long the log was kept: to the last day for claims."""
        closing = closing_fact(self.names.contract)
        return History((*self.facts, closing) if closing is not None and self.facts else tuple(self.facts))

    # ------------------------------------------------------------ rows

    def row(
        self,
        participant: str,
        event: str,
        day: int,
        tests: Iterable[ir.Test] = (),
        given: Mapping[str, Value] | None = None,
    ) -> Fact:
        """A row that passes the tests, from a source whose word counts."""
        declared = self.names.events[event]
        attributes: dict[str, Value] = {}
        for attribute in declared.attributes:
            if attribute.name in self.values:
                attributes[attribute.name] = self.values[attribute.name]
            elif attribute.unit in _ORDINARY:
                attributes[attribute.name] = _ORDINARY[attribute.unit]
            elif attribute.unit is ir.Unit.DATE:
                attributes[attribute.name] = day
        for test in tests:
            self._pass(test, attributes, declared)
        attributes.update(given or {})
        fact = Fact(participant, event, day, source_of(self.names.contract, declared), tuple(attributes.items()))
        self.facts.append(fact)
        return fact

    def _pass(self, test: ir.Test, attributes: dict[str, Value], event: ir.Event) -> None:
        match test:
            case ir.AttributeIs(name, labels, negated):
                unit = next((a.unit for a in event.attributes if a.name == name), ir.Unit.LABEL)
                wanted = "something else" if negated else labels[0]
                if unit is ir.Unit.FLAG:
                    attributes[name] = (labels[0] == "yes") != negated
                else:
                    attributes[name] = self._other_label(event.name, name, labels) if negated else wanted
            case ir.AttributeCompares(name, comparator, value):
                attributes[name] = beyond(constant(value), comparator, value.unit)
            case ir.AttributeGiven(name, negated):
                unit = next((a.unit for a in event.attributes if a.name == name), ir.Unit.LABEL)
                attributes.pop(name, None)
                if not negated:
                    attributes[name] = True if unit is ir.Unit.FLAG else _ORDINARY.get(unit, "given")
            case ir.AttributeDated() | ir.Has() | ir.InGroup():
                return  # of the person, not of the row: whoever asks for the row sees to it

    def _other_label(self, event: str, attribute: str, labels: tuple[str, ...]) -> str:
        """A label that is none of these, and that the log may carry."""
        for group in self.names.contract.partitions:
            if group.classifier == ir.ByLabel(event, attribute):
                others = [row.label for row in group.rows if row.label not in labels]
                if others:
                    return others[0]
        return "other"

    def says(self, name: str, rulings: tuple[ir.Ruling, ...], whose: str, day: int) -> None:
        """Whatever must be said of an outcome or payment is said of it, by those who are to say it."""
        for ruling in rulings_of_each(rulings):
            self.facts.append(Fact(whose, _WORDS[ruling.kind], day, ruling.by[0], (), name, ruling.kind))

    # ------------------------------------------------------------ people

    def join(
        self, population: str, labels: Mapping[str, str] | None = None, day: int | None = None, name: str = ""
    ) -> Somebody:
        """Somebody joins: on the first permitted day (of the cohort, if a label bounds it) or on this day."""
        declared = self.names.populations[population]
        self._people += 1
        who = name or f"Person {self._people}"
        labels = self._labels(population, labels or {})
        joined = day if day is not None else self._joining_day(declared, labels)
        base = self.names.populations[population]
        if base.comparison_of is not None:
            base = self.names.populations[self.compared_with(base)]
        way = base.ways[0].select
        assert isinstance(way.of, ir.Rows), "people join on rows of events"
        given = dict(self._classified(way.of.event, population, labels, joined))
        fact = self.row(who, way.of.event, joined, (*way.tests, *declared.tests), given)
        self._not_compared(base, declared, fact, way.of.event)
        self._other_labels(who, way.of.event, labels, joined)
        return Somebody(who, population, joined, tuple(labels.items()))

    def compared_with(self, comparison: ir.Population) -> str:
        of = comparison.comparison_of or ""
        return self.names.partitions[of].of if of in self.names.partitions else of

    def _labels(self, population: str, asked: Mapping[str, str]) -> dict[str, str]:
        """A row of every group of these people: the one asked for, else the first."""
        of = self.names.populations[population]
        own = population if of.comparison_of is None else self.compared_with(of)
        groups = (group for group in self.names.contract.partitions if group.of == own)
        return {group.name: asked.get(group.name, group.rows[0].label) for group in groups if group.rows}

    def _joining_day(self, population: ir.Population, labels: Mapping[str, str]) -> int:
        base = (
            population if population.comparison_of is None else self.names.populations[self.compared_with(population)]
        )
        first, _ = joining_days(self.names.contract, base)
        for name, label in labels.items():
            group = self.names.partitions[name]
            if isinstance(group.classifier, ir.ByValue) and group.classifier.attribute is None:
                bounds = next(row.bounds for row in group.rows if row.label == label)
                if bounds is not None and bounds.first is not None:
                    first = max(first, int(constant(bounds.first)) + (not bounds.first_included))
        return first

    def _classified(
        self, event: str, population: str, labels: Mapping[str, str], joined: int
    ) -> Iterator[tuple[str, Value]]:
        """What the joining row must carry so that the person belongs to these rows of groups."""
        for name, label in labels.items():
            group = self.names.partitions[name]
            match group.classifier:
                case ir.ByLabel(of, attribute) if of == event:
                    yield attribute, label
                case ir.ByOwnLabel():
                    yield name, label
                case ir.ByValue(of, attribute) if of == event and attribute is not None:
                    yield attribute, self._value_in(group, label)
                case _:
                    continue

    def _other_labels(self, who: str, joining: str, labels: Mapping[str, str], day: int) -> None:
        """Rows of other events by which the person is put into a group."""
        for name, label in labels.items():
            group = self.names.partitions[name]
            match group.classifier:
                case ir.ByLabel(event, attribute) if event != joining:
                    self.row(who, event, day, (), {attribute: label})
                case ir.ByValue(event, attribute) if event != joining:
                    value = self._value_in(group, label)
                    self.row(
                        who, event, day if attribute else int(value), (), {attribute: value} if attribute else None
                    )
                case _:
                    continue

    def _value_in(self, group: ir.Partition, label: str) -> Value:
        """A number that lies in the range of a row."""
        bounds = next(row.bounds for row in group.rows if row.label == label)
        assert bounds is not None
        return inside(bounds)

    def _not_compared(self, base: ir.Population, declared: ir.Population, fact: Fact, event: str) -> None:
        """Somebody who takes part must not carry what marks those with whom they are compared."""
        if declared.comparison_of is not None:
            return
        others = [p for p in self.names.contract.populations if p.comparison_of and self.compared_with(p) == base.name]
        marks = {t.attribute for p in others for t in p.tests if isinstance(t, ir.AttributeIs)}
        kept = tuple((name, value) for name, value in fact.attributes if name not in marks)
        treated = tuple((name, "treated") for name in marks if not self._is_grouped(event, name))
        self.facts[self.facts.index(fact)] = Fact(fact.participant, event, fact.day, fact.source, (*kept, *treated))

    def _is_grouped(self, event: str, attribute: str) -> bool:
        return any(group.classifier == ir.ByLabel(event, attribute) for group in self.names.contract.partitions)


def rulings_of_each(rulings: tuple[ir.Ruling, ...]) -> Iterator[ir.Ruling]:
    """Those that somebody must speak: one of each kind."""
    yield from {ruling.kind: ruling for ruling in rulings}.values()


def inside(bounds: ir.Bounds) -> Value:
    """A number within a range: its first, or just above an open end."""
    if bounds.first is not None:
        step = Fraction(1, 100) if bounds.first.unit is ir.Unit.PERCENTAGE else 1
        return constant(bounds.first) + (0 if bounds.first_included else step)
    if bounds.last is not None:
        last = constant(bounds.last)
        return last if bounds.last_included else last - (Fraction(1, 100) if last <= 1 else 1)
    return 0


def beyond(line: int | Fraction, comparator: str, unit: ir.Unit) -> Value:
    """A value that compares so with a line, as near to it as whole steps allow."""
    step = Fraction(1, 100) if unit is ir.Unit.PERCENTAGE else 1
    return line + step if comparator == ">" else line - step if comparator == "<" else line


def source_of(contract: ir.Contract, event: ir.Event) -> str:
    """A source whose word about an event counts at once: its verifier, who records it, else the first party."""
    if event.verification is not None:
        return event.verification.by[0]
    if event.recorded_by:
        return event.recorded_by[0]
    if event.evidenced_by:
        return event.evidenced_by[0]
    return contract.parties[0].name


def closing_fact(contract: ir.Contract) -> Fact | None:
    """A row that does not count, on the last day for claims: so long was the log kept."""
    last = contract.last_claim or contract.last_day
    if last is None:
        return None
    for event in contract.events:
        entitled = {*event.recorded_by, *(event.verification.by if event.verification is not None else ())}
        if not entitled or event.kind == "figure":
            continue
        for party in contract.parties:
            if party.name not in entitled and not set(party.logged) & _spellings(contract, entitled):
                return Fact("nobody", event.name, last.toordinal(), party.name, counts=False)
    return None


def _spellings(contract: ir.Contract, names: set[str]) -> set[str]:
    return {spelling for party in contract.parties if party.name in names for spelling in party.logged}
