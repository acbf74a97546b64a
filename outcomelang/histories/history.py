"""A history: dated facts of made-up people, as a log in memory and as the text of a log file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from io import StringIO

from attrs import evolve, frozen

from outcomelang.core import ir
from outcomelang.core.money import exact, major
from outcomelang.evaluation.event_log import EventLog, Row, Value, Verdict

FILE = "events.csv"


@frozen
class Fact:
    """Something that happened to somebody (or, without a participant, to nobody in particular) on a day (ordinal).

    `attributes` by declared name. A fact that says something of an outcome or a payment has its name in `about`: then
    `event` is the word of the log (`achieved`, `verified`, `evidenced`) and `kind` the ruling that it answers. One
    that does not count only says how long the log was kept.
    """

    participant: str
    event: str
    day: int
    source: str
    attributes: tuple[tuple[str, Value], ...] = ()
    about: str = ""
    kind: str = ""
    counts: bool = True

    def on(self, day: int) -> Fact:
        """The same fact on another day."""
        return evolve(self, day=day)


@frozen
class History:
    """Facts in the order in which they were made, which settles ties of one day."""

    facts: tuple[Fact, ...] = ()

    def without(self, *left_out: Fact) -> History:
        """The same history had these facts not happened."""
        return History(tuple(fact for fact in self.facts if not any(fact is other for other in left_out)))

    def without_person(self, participant: str) -> History:
        """The same history had somebody never come."""
        return History(tuple(fact for fact in self.facts if fact.participant != participant))

    def moved(self, fact: Fact, day: int) -> History:
        """The same history with one fact on another day."""
        return History(tuple(fact.on(day) if each is fact else each for each in self.facts))

    def plus(self, *more: Fact) -> History:
        return History((*self.facts, *more))

    @property
    def happened(self) -> tuple[Fact, ...]:
        """What happened, in the order of its days."""
        return tuple(sorted((fact for fact in self.facts if fact.counts), key=lambda fact: fact.day))

    @property
    def participants(self) -> tuple[str, ...]:
        """Everybody of whom something is said, in the order of first mention."""
        return tuple(dict.fromkeys(fact.participant for fact in self.facts if fact.participant and fact.counts))


def event_log(history: History) -> EventLog:
    """The history as a log that has been read."""
    rows: list[Row] = []
    verdicts: list[Verdict] = []
    for name, line, fact in _numbered(history):
        if fact.about:
            of = (fact.kind, fact.about, fact.participant)
            verdicts.append(Verdict(fact.day, name, fact.day, "", True, fact.source, 0, line, True, *of))
        else:
            what = (fact.participant, fact.event, fact.source, dict(fact.attributes))
            rows.append(Row(fact.day, name, fact.day, *what, 0, line, fact.counts))
    rows.sort(key=lambda row: (row.day, row.id))
    verdicts.sort(key=lambda verdict: (verdict.day, verdict.id))
    return EventLog((FILE,), rows, verdicts, max((fact.day for fact in history.facts), default=0), (), False)


def _numbered(history: History) -> Iterator[tuple[str, int, Fact]]:
    """Facts with their row ids and their lines of the file (the header is line 1)."""
    yield from ((f"E{number:05}", number + 1, fact) for number, fact in enumerate(history.facts, 1))


def as_csv(contract: ir.Contract, history: History) -> str:
    """The history as a log file that `evaluate` reads: the same rows, ids and lines as `event_log` makes."""
    units = {(e.name, a.name): a.unit for e in contract.events for a in e.attributes}
    used = {name for fact in history.facts for name, _ in fact.attributes}
    columns = [name for name in dict.fromkeys(a.name for e in contract.events for a in e.attributes) if name in used]
    columns += sorted(used - set(columns))  # labels of groups that a party sets
    about = ("verifies", "about") if any(fact.about for fact in history.facts) else ()
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("id", "participant", "event", "date", "source", *about, *columns))
    for name, _, fact in _numbered(history):
        given = dict(fact.attributes)
        cells = (
            _cell(given[column], units.get((fact.event, column), ir.Unit.LABEL), contract.minor_digits)
            if column in given
            else ""
            for column in columns
        )
        day = date.fromordinal(fact.day).isoformat()
        writer.writerow((name, fact.participant, fact.event, day, fact.source, *("", fact.about)[: len(about)], *cells))
    return out.getvalue()


def _cell(value: Value, unit: ir.Unit, minor_digits: int) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    match unit:
        case ir.Unit.MONEY:
            return major(value, minor_digits)
        case ir.Unit.PERCENTAGE:
            return f"{exact(Fraction(value) * 100)}%"
        case ir.Unit.DATE:
            return date.fromordinal(int(value)).isoformat()
        case _:
            return exact(value)
