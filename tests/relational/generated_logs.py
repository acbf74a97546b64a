"""Logs at random for any contract: rows of its events, on and beside the days and lengths that its text names.

Few people and days, so that ties come often; amounts of nothing and of one penny, and amounts near 2^53 pennies and
beyond; late rows, corrections, verdicts, doubled ids, rows of strangers, and now and then no row at all.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from attrs import frozen

from outcomelang.cli.days import MONTHS
from outcomelang.core import ir
from outcomelang.evaluation.log.values import Flaw
from outcomelang.evaluation.log.vocabulary import Cell, Plan, vocabulary

from .generated_contracts import Written

PEOPLE = ("Ann", "Ben", "Zoë", "ann 2")
DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})")
LENGTHS = re.compile(r"\b(\d+) (day|week|month|year)s?\b")
DAYS_OF = {"day": 1, "week": 7, "month": 30.44, "year": 365.25}
MONEY = ("0", "0.01", "0.99", "1", "33.33", "100", "100.01", "12345.67")
LARGE = ("45035996273704.97", "90071992547409.93", "999999999999999.99")
"""Pennies beyond half of 2^53, beyond 2^53, and the most that a log may say: a hundred of them are beyond 2^63."""
NUMBERS = ("0", "1", "2", "3", "10", "16", "30", "0.5", "-1", "0.333333333", "7.25")
FAR = ("999999999999999", "0.000000001", "-999999999999999", "123456789012345.123456789012345678")
PERCENTAGES = ("0%", "1%", "33.3333333%", "50%", "66.67%", "100%", "-5%")
LABELS = ("North", "South", "home", "work", "good", "bad", "yes", "A", "Other")
QUOTED = re.compile(r'"([^"\n]+)"')
FIXED = ("id", "participant", "event", "date", "source", "recorded", "verifies", "about")
Row = dict[str, str]


@frozen
class Pair:
    """A contract and a log, and the day of the account."""

    written: Written
    rows: tuple[Row, ...]
    as_of: date | None
    read: bool = True
    """By the engine."""

    @property
    def contract(self) -> ir.Contract:
        return self.written.contract

    @property
    def csv(self) -> str:
        out = io.StringIO()
        columns = list(dict.fromkeys((*FIXED[:5], *(name for row in self.rows for name in row))))
        writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(self.rows)
        return out.getvalue()


@frozen
class Days:
    """Days that a contract names, and lengths of time in days."""

    named: tuple[date, ...]
    lengths: tuple[int, ...]

    def some(self, random: Random, last: date | None) -> date:
        """On or beside a day that is named, at a length from the row before, or at the end of a month."""
        chance = random.random()
        if last is not None and chance < 0.5:
            by = random.choice(self.lengths) + random.choice((-1, 0, 0, 1))
            return _on(last, by)
        day = _on(random.choice(self.named), random.choice((-1, 0, 0, 1, 40, 200)))
        return day if chance < 0.8 else random.choice((date(day.year, 2, 28), _month_end(day), date(2024, 2, 29)))


def _on(day: date, by: int) -> date:
    return day + timedelta(days=min(by, (date.max - day).days))


def _month_end(day: date) -> date:
    first = day.replace(day=28) + timedelta(days=4)
    return first - timedelta(days=first.day)


def days_of(written: Written) -> Days:
    named = [_date(found) for found in DATE.finditer(written.text)]
    lengths = [round(int(found[1]) * DAYS_OF[found[2]]) for found in LENGTHS.finditer(written.text)]
    known = [
        day
        for day in (*named, written.contract.first_day)
        if day is not None and date(1950, 1, 1) < day < date(2090, 1, 1)
    ]
    return Days(tuple(known) or (date(2025, 4, 1),), (0, 0, 1, 7, 30, *(each for each in lengths if each < 1500)))


def _date(found: re.Match[str]) -> date | None:
    try:
        return date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]))
    except ValueError:
        return None


def log(random: Random, written: Written, size: int = 30) -> tuple[Row, ...]:
    """Rows of the contract's events."""
    maker = _Maker(random, written)
    many = random.choice((0, 1, 2, size // 4, size // 2, size, size))
    return tuple(maker.rows(random.randint(min(many, 1), many)))


def account_day(random: Random, written: Written, rows: Sequence[Row]) -> date | None:
    """On or beside a day that tells; None for the final account."""
    if random.random() < 0.1:
        return None
    days = days_of(written)
    around = [date.fromisoformat(row["date"]) for row in rows]
    if around and random.random() < 0.6:
        return _on(random.choice(around), random.choice((-1, 0, 1, 30, 90, 400)))
    return days.some(random, None)


class _Maker:
    def __init__(self, random: Random, written: Written) -> None:
        contract, self.random = written.contract, random
        words = vocabulary(contract)
        self.plans: list[Plan] = [plan for plan in words.plans.values() if plan.verdict is None]
        self.verdicts = [plan for plan in words.plans.values() if plan.verdict is not None]
        self.things = tuple(words.things.values())
        joining = {way.event for people in contract.populations for way in people.ways if hasattr(way, "event")}
        self.joining = [plan for plan in self.plans if plan.event in joining]
        self.days = days_of(written)
        self.labels = (*dict.fromkeys(QUOTED.findall(written.text)), *LABELS)
        self.verifiers = {event.name: event.verification.by for event in contract.events if event.verification}
        self.large = random.random() < 0.12
        self.late, self.corrected, self.muddled = (random.random() < share for share in (0.5, 0.3, 0.04))
        self.units = {
            (event.name, attribute.name): attribute.unit for event in contract.events for attribute in event.attributes
        }

    def rows(self, many: int) -> list[Row]:
        found: list[Row] = []
        if not self.plans:
            return found
        people = PEOPLE[: self.random.choice((1, 2, 3, 4))]
        last: dict[str, date] = {}
        ids = self._ids(many)
        for number in range(many):
            who = self.random.choice(people)
            first = who not in last and self.joining
            plan = self.random.choice(self.joining if first and self.random.random() < 0.95 else self.plans)
            row = self._row(plan, who, last.get(who), ids[number])
            if self.random.random() < 0.3 and number + 1 < many and self.verdicts and found:
                row = self._verdict(found) | {"id": ids[number]}
            else:
                last[who] = date.fromisoformat(row["date"])
            found.append(row)
        if self.corrected and found:
            found += [self._corrected(row) for row in self.random.sample(found, min(3, len(found)))]
        self.random.shuffle(found)
        return found

    def _ids(self, many: int) -> list[str]:
        names = [f"{chr(0x61 + n % 3)}{n}" if self.random.random() < 0.5 else str(n) for n in range(many)]
        if self.muddled and many > 1:
            names[-1] = names[0]
        self.random.shuffle(names)
        return names

    def _row(self, plan: Plan, who: str, last: date | None, name: str) -> Row:
        random = self.random
        day = self.days.some(random, last)
        sources = [source for source, counts in plan.sources.values() if counts or random.random() < 0.05]
        source = random.choice(sources or [source for source, _ in plan.sources.values()] or ["Nobody"])
        named = plan.needs_participant or random.random() < 0.5
        row = {
            "id": name,
            "participant": who if named else "",
            "event": plan.event,
            "date": day.isoformat(),
            "source": source,
        }
        if self.late and random.random() < 0.3:
            row["recorded"] = _on(day, random.choice((0, 1, 20, 30, 31, 90, 400))).isoformat()
        for cell in dict.fromkeys(plan.cells.values()):
            if (value := self._value(plan.event, cell)) is not None:
                row[cell.name] = value
        return row

    def _value(self, event: str, cell: Cell) -> str | None:
        random = self.random
        if random.random() < 0.08:
            return None
        given: tuple[str, ...]
        match self.units.get((event, cell.name), ir.Unit.LABEL):
            case ir.Unit.MONEY:
                given = (*MONEY, *(LARGE if self.large else ()))
            case ir.Unit.NUMBER | ir.Unit.DAYS | ir.Unit.MONTHS:
                given = (*NUMBERS, *(FAR if self.large else ()))
            case ir.Unit.PERCENTAGE:
                given = PERCENTAGES
            case ir.Unit.DATE:
                given = (self.days.some(random, None).isoformat(),)
            case ir.Unit.FLAG:
                given = ("yes", "no", "TRUE", "0")
            case ir.Unit.LABEL:
                given = self.labels
        right = [text for text in given if not isinstance(cell.read(text), Flaw)]
        return random.choice(right) if right else None

    def _verdict(self, before: Sequence[Row]) -> Row:
        """Something is said of a row, or of an outcome or payment."""
        random = self.random
        about = random.choice(before)
        day = _on(date.fromisoformat(about.get("recorded") or about["date"]), random.choice((0, 0, 1, 10, 20, 21, 60)))
        plan = random.choice(self.verdicts)
        source = random.choice([source for source, _ in plan.sources.values()] or ["Nobody"])
        row = {"participant": "", "event": plan.event, "date": day.isoformat(), "source": source}
        if self.things and random.random() < 0.6:
            thing = random.choice(self.things)
            keys = thing.by.get(plan.kind, frozenset())
            said = [name for key, (name, _) in plan.sources.items() if key in keys]
            labels = list(thing.labels.values())
            row |= {"source": random.choice(said or [source]), "about": thing.name}
            row["participant"] = random.choice(labels) if labels else about["participant"]
            return row if thing.of != "row" else {**row, "verifies": about["id"], "participant": ""}
        verifiers = self.verifiers.get(about["event"], ())
        return {**row, "source": random.choice(verifiers) if verifiers else source, "verifies": about["id"]}

    def _corrected(self, row: Row) -> Row:
        """A later version of a row, which says something else."""
        known = date.fromisoformat(row.get("recorded") or row["date"])
        other = dict(row)
        if self.random.random() < 0.4:
            moved = _on(date.fromisoformat(row["date"]), self.random.choice((-30, -1, 1, 30)))
            other["date"], known = moved.isoformat(), max(known, moved)
        plan = next((plan for plan in self.plans if plan.event == row["event"]), None)
        for cell in () if plan is None else dict.fromkeys(plan.cells.values()):
            if self.random.random() < 0.5 and (value := self._value(row["event"], cell)) is not None:
                other[cell.name] = value
        return {**other, "recorded": _on(known, self.random.choice((1, 20, 200))).isoformat()}
