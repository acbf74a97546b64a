"""Units that are earned several times, or paid in parts: a sheet with a row for each, beside what is known of whom."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import evolve, frozen
from sqlglot import exp

from outcomelang.core import ir
from outcomelang.core.calendar import shift
from outcomelang.relational import numbers
from outcomelang.relational import primitives as p
from outcomelang.relational.earning import Earned
from outcomelang.relational.evidence import Evidence
from outcomelang.relational.numbers import Num
from outcomelang.relational.outcomes import ACHIEVED
from outcomelang.relational.sheets import Sheet
from outcomelang.relational.subjects import Subject, s
from outcomelang.relational.trees import reads, select
from outcomelang.relational.verdicts import Verdict
from outcomelang.relational.waits import Waits
from outcomelang.relational.windows import EVER

if TYPE_CHECKING:
    from outcomelang.relational.compiler import Compiler

E = exp.Expr


@frozen
class Unit:
    """A unit as it is written: on which sheet, of whom, whether it is earned, and everything else that tells of it."""

    at: Subject
    own: E
    gate: Verdict | None
    day: E
    sequence: E
    count: Num
    price: Num
    due_from: E
    seen: E
    rows: Evidence
    identity: dict[str, E]
    until: E
    """Until when it is withheld."""
    after: E
    """The day from which the time counts after which it is due."""


def on_each(c: Compiler, flow: ir.Flow, unit: Unit, earned: Earned) -> Unit:
    """The same on a sheet with a row for each occasion, where what is known of the subject stands beside it."""
    sheet = _occasions(c, flow, unit.at, earned)
    own = {name: exp.column(name, quoted=True) for name in ACHIEVED}
    verified = own["verified"] if c.verifies else None
    if unit.at.person is not None:  # rows may name somebody who never joined
        unit = evolve(unit, own=p.all_of(unit.own, p.present(unit.at.person.joined)))
    moved = _Moved(unit.at.sheet, sheet)
    found = evolve(
        moved.unit(unit),
        day=own["day"],
        sequence=own["number"],
        rows=Evidence(own["tie"], own["recorded"], verified, own["places"] if c.provenance else None),
    )
    moved.done()
    return found


def _occasions(c: Compiler, flow: ir.Flow, at: Subject, earned: Earned) -> Sheet:
    """A row for each occasion on which a subject earns; `turn` is its place among those that count."""
    assert earned.each is not None

    def o(name: str) -> E:
        return exp.column(name, table="o", quoted=True)

    keys = at.sheet.keys
    turn = p.numbered([o(key) for key in keys], [o("number")])
    query = select(*(o(key) for key in keys), *(o(name) for name in ACHIEVED), turn.as_("turn"))
    query = query.from_(exp.alias_(earned.each, "o", table=True))
    if earned.within != EVER:
        level = at.sheet.level_of(earned.within.first, earned.within.last)
        on = p.all_of(*(p.same(o(key), exp.column(key, table="s", quoted=True)) for key in keys))
        query = query.join(exp.alias_(at.sheet.at(level), "s", table=True), on=on)
        query = query.where(p.at_most(s(earned.within.first), o("day")), p.at_most(o("day"), s(earned.within.last)))
    return c.book.sheet(f"{flow.name} each", (*keys, "number"), query, f"Each unit of {flow.name}")


def in_instalments(c: Compiler, flow: ir.Flow, unit: Unit, paid: E, waits: Waits) -> Unit:
    """Equal parts of one unit, each on its own day; the first that is still to come is waited for."""
    plan = flow.instalments
    assert plan is not None
    days = [shift(plan.first.toordinal(), plan.months * n, plan.days * n) for n in range(plan.number)]
    come = [day for day in days if day <= c.as_of.toordinal()]
    if len(come) < len(days):
        waits.add(unit.at, flow.name, "open", paid, p.ordinal(next(day for day in days if day not in come)))
    sheet = _parts(c, flow, unit.at.sheet, paid, come)
    moved = _Moved(unit.at.sheet, sheet)
    found = evolve(
        moved.unit(evolve(unit, own=p.flag(True), gate=None, due_from=p.FIRST, seen=p.LAST)),
        day=exp.column("falls"),
        sequence=exp.column("part"),
        count=numbers.fixed(Fraction(1, plan.number)),
        rows=moved.rows(unit.rows),
    )
    moved.done()
    return found


def _parts(c: Compiler, flow: ir.Flow, source: Sheet, paid: E, days: list[int]) -> Sheet:
    """A row for each part that is due by the day of the account."""
    rows = [(number, date.fromordinal(day).isoformat()) for number, day in enumerate(days, 1)] or [(0, "0001-01-01")]
    part, falls = exp.column("part", table="v"), p.cast(exp.column("falls", table="v"), "date").as_("falls")
    query = select(*(exp.column(key, table="s", quoted=True) for key in source.keys), part, falls)
    query = query.from_(exp.values(rows, alias="v", columns=["part", "falls"]))
    sheet = exp.alias_(source.at(source.level_of(paid)), "s", table=True)
    query = query.join(sheet, on=s(paid)).where(p.above(part, p.whole(0)))
    return c.book.sheet(f"{flow.name} parts", (*source.keys, "part"), query, f"Each part of {flow.name}")


class _Moved:
    """Values of one sheet, brought to another that has its keys: all of them at once, when everything was asked for."""

    def __init__(self, source: Sheet, to: Sheet) -> None:
        self.source, self.to = source, to
        self._names: dict[E, str] = {}
        self._placed: dict[str, E] = {}

    def value(self, value: E) -> E:
        column = self.source.let("value", value)
        if not reads(column):
            return column
        if isinstance(column, exp.Column) and column.name in self.source.keys:
            return column
        if column not in self._names:
            self._names[column] = self.to.book.column_name(column.name)
        return exp.column(self._names[column], quoted=True)

    def number(self, number: Num) -> Num:
        return Num(self.value(number.n), number.d if isinstance(number.d, int) else self.value(number.d))

    def unit(self, unit: Unit) -> Unit:
        """All of a unit but for its day, its sequence and its rows."""
        return evolve(
            unit,
            at=self._subject(unit.at),
            own=self.value(unit.own),
            gate=None if unit.gate is None else self.verdict(unit.gate),
            price=self.number(unit.price),
            due_from=self.value(unit.due_from),
            seen=self.value(unit.seen),
            identity={name: self.value(value) for name, value in unit.identity.items()},
            until=self.value(unit.until),
            after=self.value(unit.after),
        )

    def _subject(self, at: Subject) -> Subject:
        person = at.person
        if person is not None:
            participant, population = self.value(person.participant), self.value(person.population)
            person = evolve(person, participant=participant, population=population)
        return evolve(at, sheet=self.to, label=self.value(at.label), person=person)

    def rows(self, rows: Evidence) -> Evidence:
        each = (rows.tie, rows.recorded, rows.verified, rows.rows)
        return Evidence(*(None if value is None else self.value(value) for value in each))

    def verdict(self, verdict: Verdict) -> Verdict:
        return Verdict(self.value(verdict.standing), self.value(verdict.day), self.rows(verdict.rows))

    def done(self) -> None:
        """Join them."""
        if not self._names:
            return
        level = self.source.level_of(*self._names)
        keys = [exp.column(key, table="s", quoted=True) for key in self.source.keys]
        shown = [s(value).as_(name, quoted=True) for value, name in self._names.items()]
        query = select(*keys, *shown).from_(exp.alias_(self.source.at(level), "s", table=True))
        self.to.beside(query, {key: key for key in self.source.keys}, list(self._names.values()))
