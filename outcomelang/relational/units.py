"""What is earned: the drafts of every payment, what is not decided yet, and what is said of the log on the way.

As `evaluation.units`: a payment is earned by subjects on occasions, at the price and from the day that its gate gives.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import evolve, frozen
from sqlglot import exp, select

from outcomelang.core import ir
from outcomelang.core.calendar import shift
from outcomelang.relational import evidence as ev
from outcomelang.relational import numbers, verdicts
from outcomelang.relational import primitives as p
from outcomelang.relational.book import Refused
from outcomelang.relational.conditions import gated
from outcomelang.relational.evidence import NO_ROWS, Evidence
from outcomelang.relational.numbers import Num
from outcomelang.relational.outcomes import ACHIEVED
from outcomelang.relational.quantities import number
from outcomelang.relational.selections import person_test, row_test
from outcomelang.relational.sheets import Sheet
from outcomelang.relational.stage_needs import labels_read
from outcomelang.relational.subjects import Subject, r, s
from outcomelang.relational.timing import evidence, is_timeless, observed, settled
from outcomelang.relational.verdicts import FAILED, OPEN, Verdict
from outcomelang.relational.windows import EVER, Bounds, anchor, window

if TYPE_CHECKING:
    from outcomelang.relational.compiler import Compiler

E = exp.Expr


@frozen
class Earned:
    """Whose units a payment is for: those of the subject who pass `where`, on `day`, as the `sequence`-th.

    With `each` there is a unit for each row of that table, which has the keys of the subject's sheet and the columns
    of an achievement (`outcomes.ACHIEVED`), on a day within `within`.
    """

    at: Subject
    where: tuple[E, ...]
    count: Num
    day: E
    sequence: E
    rows: Evidence
    each: exp.Table | None = None
    within: Bounds = EVER


class Waits:
    """What is not decided, collected: selects of what, verdict, key, subject and day."""

    def __init__(self, c: Compiler) -> None:
        self.c = c
        driven = Counter(f.driver.outcome for f in c.contract.flows if isinstance(f.driver, ir.EachAchievement))
        self.shared = frozenset(name for name, payments in driven.items() if payments > 1)
        self.parts: list[exp.Select] = []

    def add(self, at: Subject, what: str, verdict: str, where: E, until: E) -> None:
        """Those of a subject for whom something waits."""
        sheet = at.sheet
        test = sheet.let("waits", where)
        if test == p.flag(False):
            return
        until, label = sheet.let("until", until), at.label
        level = sheet.level_of(test, until, label)
        shared = what in self.shared
        keys: list[E] = [exp.cast(exp.column(key, table="s", quoted=True), "varchar") for key in sheet.keys]
        key = p.text(sheet.name) if not keys else exp.Concat(expressions=[p.text(f"{sheet.name}:"), *keys])
        query = (
            select(
                p.text(what).as_("what"),
                p.text(verdict).as_("verdict"),
                (key if shared else exp.cast(exp.null(), "varchar")).as_("key"),
                s(label).as_("subject"),
                s(until).as_("until"),
            )
            .from_(exp.alias_(sheet.at(level), "s", table=True))
            .where(s(test))
        )
        self.parts.append(query)

    def query(self) -> exp.Select:
        """As PENDING."""
        parts = self.parts or [_nothing()]
        every: exp.Query = parts[0]
        for part in parts[1:]:
            every = exp.union(every, part, distinct=False)
        columns = [exp.column(name) for name in ("what", "verdict", "key", "subject", "until")]
        if self.shared:
            once = select(*columns).from_(every.subquery("w")).where(p.present(exp.column("key"))).distinct()
            rest = select(*columns).from_(every.copy().subquery("w")).where(p.missing(exp.column("key")))
            every = exp.union(once, rest, distinct=False)
        return (
            select(
                exp.column("what"),
                exp.column("verdict"),
                exp.Count(this=exp.Star()).as_("count"),
                exp.Min(this=exp.column("subject")).as_("subject"),
                exp.Min(this=exp.column("until")).as_("until"),
            )
            .from_(every.subquery("w"))
            .group_by(exp.column("what"), exp.column("verdict"))
        )


def _nothing() -> exp.Select:
    text = exp.cast(exp.null(), "varchar")
    columns = [text.copy().as_(name) for name in ("what", "verdict", "key", "subject")]
    return select(*columns, p.NULL_DAY.copy().as_("until")).where(p.flag(False))


def drafts(c: Compiler, waits: Waits) -> list[exp.Select]:
    """The drafts of every payment, one query each."""
    return [_flow(c, flow, place, waits) for place, flow in enumerate(c.contract.flows)]


@frozen
class _Unit:
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


def _flow(c: Compiler, flow: ir.Flow, place: int, waits: Waits) -> exp.Select:
    _carried(c, flow)
    earned = _earned(c, flow, waits)
    at, sheet = earned.at, earned.at.sheet
    gate = None if flow.gate is None else verdicts.kept(sheet, f"{flow.name} gate", gated(c, at, flow.gate))
    unit = _Unit(
        at=at,
        own=p.all_of(*earned.where),
        gate=gate,
        day=earned.day,
        sequence=earned.sequence,
        count=earned.count,
        price=numbers.kept(sheet, f"{flow.name} price", number(c, at, flow.amount, None)),
        due_from=settled(c, at, flow.amount),
        seen=observed(c, at, flow.amount),
        rows=earned.rows,
        identity=identity(c, at, flow, place),
        until=p.NULL_DAY if flow.withheld is None else anchor(c, at, flow.withheld.until),
        after=p.NULL_DAY if flow.due is None or flow.due.anchor is None else anchor(c, at, flow.due.anchor),
    )
    if earned.each is None:
        if gate is not None:
            waits.add(at, flow.name, "open", p.all_of(unit.own, gate.stands(OPEN)), gate.day)
        return _written(c, flow, unit, waits)
    stage, unit = _occasions(c, flow, unit, earned)
    if gate is not None:  # once for each subject, however many units it earns
        assert unit.gate is not None
        first = p.same(_nth_within(c, stage), p.whole(1))
        waits.add(unit.at, flow.name, "open", p.all_of(unit.own, unit.gate.stands(OPEN), first), unit.gate.day)
    return _written(c, flow, unit, waits)


def _nth_within(c: Compiler, sheet: Sheet) -> E:
    return sheet.column("turn")


def _occasions(c: Compiler, flow: ir.Flow, unit: _Unit, earned: Earned) -> tuple[Sheet, _Unit]:
    """The same on a sheet with a row for each occasion, where what is known of the subject stands beside it."""
    assert earned.each is not None
    at = unit.at

    def o(name: str) -> E:
        return exp.column(name, table="o", quoted=True)

    keys = at.sheet.keys
    turn = p.numbered([o(key) for key in keys], [o("number")])
    query = select(*(o(key) for key in keys), *(o(name) for name in ACHIEVED), turn.as_("turn"))
    query = query.from_(exp.alias_(earned.each.copy(), "o", table=True))
    if earned.within != EVER:
        level = at.sheet.level_of(earned.within.first, earned.within.last)
        on = p.all_of(*(p.same(o(key), exp.column(key, table="s", quoted=True)) for key in keys))
        query = query.join(exp.alias_(at.sheet.at(level), "s", table=True), on=on)
        query = query.where(p.at_most(s(earned.within.first), o("day")), p.at_most(o("day"), s(earned.within.last)))
    sheet = c.book.sheet(f"{flow.name} each", (*keys, "number"), query, f"Each unit of {flow.name}")
    own = {name: exp.column(name, quoted=True) for name in ACHIEVED}
    verified = own["verified"] if c.verifies else None
    rows = Evidence(own["tie"], own["recorded"], verified, own["places"] if c.provenance else None)
    moved = _Moved(at.sheet, sheet)
    every = {name: moved.value(value) for name, value in unit.identity.items()}
    subject = evolve(
        at, sheet=sheet, label=moved.value(at.label),
        person=None if at.person is None else evolve(
            at.person, participant=moved.value(at.person.participant), population=moved.value(at.person.population)
        ),
    )  # fmt: skip
    found = _Unit(
        at=subject,
        own=moved.value(unit.own),
        gate=None if unit.gate is None else moved.verdict(unit.gate),
        day=own["day"],
        sequence=own["number"],
        count=unit.count,
        price=Num(moved.value(unit.price.n), unit.price.d if isinstance(unit.price.d, int) else moved.value(unit.price.d)),
        due_from=moved.value(unit.due_from),
        seen=moved.value(unit.seen),
        rows=rows,
        identity=every,
        until=moved.value(unit.until),
        after=moved.value(unit.after),
    )
    moved.done()
    return sheet, found


class _Moved:
    """Values of one sheet, brought to another that has its keys: all of them at once, when everything was asked for."""

    def __init__(self, source: Sheet, to: Sheet) -> None:
        self.source, self.to = source, to
        self._names: dict[E, str] = {}
        self._placed: dict[str, E] = {}

    def value(self, value: E) -> E:
        column = self.source.let("value", value)
        if not any(True for _ in column.find_all(exp.Column)):
            return column
        if isinstance(column, exp.Column) and column.name in self.source.keys:
            return column.copy()
        if column not in self._names:
            self._names[column.copy()] = self.to.book.column_name(column.name)
        return exp.column(self._names[column], quoted=True)

    def verdict(self, verdict: Verdict) -> Verdict:
        rows = verdict.rows
        each = [None if v is None else self.value(v) for v in (rows.tie, rows.recorded, rows.verified, rows.rows)]
        return Verdict(self.value(verdict.standing), self.value(verdict.day), Evidence(*each))

    def done(self) -> None:
        """Join them."""
        if not self._names:
            return
        level = self.source.level_of(*self._names)
        keys = [exp.column(key, table="s", quoted=True) for key in self.source.keys]
        shown = [s(value).as_(name, quoted=True) for value, name in self._names.items()]
        query = select(*keys, *shown).from_(exp.alias_(self.source.at(level), "s", table=True))
        self.to.beside(query, {key: key for key in self.source.keys}, list(self._names.values()))


def _carried(c: Compiler, flow: ir.Flow) -> None:
    if flow.rulings:
        raise Refused(flow, f"what is said of {flow.name} is taken in turn")
    if c.contract.versions:
        raise Refused(flow, "the contract is amended, and each day is judged by the words of its version")
    for delay in (flow.claimed_within, flow.due):
        if delay is not None and delay.working:
            raise Refused(flow, "working days are counted one after the other")


def _written(c: Compiler, flow: ir.Flow, unit: _Unit, waits: Waits) -> exp.Select:
    at, sheet, as_of = unit.at, unit.at.sheet, p.day(c.as_of)
    own = unit.own if unit.gate is None else p.all_of(unit.own, unit.gate.met)
    day = unit.day if unit.gate is None else p.greatest(unit.day, unit.gate.day)
    day = sheet.let(f"{flow.name} day", day)
    is_open = p.any_of(p.above(day, as_of), p.above(unit.due_from, as_of), p.above(unit.due_from, unit.seen))
    if is_timeless(unit.due_from):
        is_open = p.above(day, as_of)
    no_price = p.all_of(own, exp.not_(exp.paren(p.holds(is_open))), p.missing(unit.price.n), p.present(unit.count.n))
    waits.add(at, flow.name, "open", p.holds(p.all_of(own, is_open)), p.greatest(unit.due_from, day))
    priced = p.all_of(p.present(unit.price.n), p.present(unit.count.n))
    paid = sheet.let(f"{flow.name} earned", p.all_of(own, exp.not_(exp.paren(p.holds(is_open))), priced))
    rows = unit.rows if unit.gate is None else ev.both(unit.rows, unit.gate.rows)
    unit = evolve(unit, day=day, rows=ev.kept(sheet, flow.name, rows))
    c.notes.add(sheet, "no-price", f"{flow.name}: no price can be found", no_price, unit.rows.tie)
    if flow.instalments is not None:
        unit, paid = _in_instalments(c, flow, flow.instalments, unit, paid, waits)
    return _dated(c, flow, unit, paid, waits)


def _in_instalments(
    c: Compiler, flow: ir.Flow, plan: ir.Instalments, unit: _Unit, paid: E, waits: Waits
) -> tuple[_Unit, E]:
    """Equal parts of one unit, each on its own day; the first that is still to come is waited for."""
    days = [
        shift(plan.first.toordinal(), plan.months * (number - 1), plan.days * (number - 1))
        for number in range(1, plan.number + 1)
    ]
    later = [day for day in days if day > c.as_of.toordinal()]
    if later:
        waits.add(unit.at, flow.name, "open", paid, p.ordinal(later[0]))
    come = days[: days.index(later[0])] if later else days
    parts = exp.values(
        [(number, date.fromordinal(day).isoformat()) for number, day in enumerate(come, 1)] or [(0, "0001-01-01")],
        alias="v", columns=["part", "falls"],
    )  # fmt: skip
    source = unit.at.sheet
    keys = [exp.column(key, table="s", quoted=True) for key in source.keys]
    falls = exp.cast(exp.column("falls", table="v"), "date").as_("falls")
    query = select(*keys, exp.column("part", table="v"), falls).from_(parts)
    level = source.level_of(paid)
    query = query.join(exp.alias_(source.at(level), "s", table=True), on=s(paid))
    query = query.where(p.above(exp.column("part", table="v"), p.whole(0)))
    sheet = c.book.sheet(f"{flow.name} parts", (*source.keys, "part"), query, f"Each part of {flow.name}")
    moved = _Moved(source, sheet)
    rows = unit.rows
    each = [None if v is None else moved.value(v) for v in (rows.tie, rows.recorded, rows.verified, rows.rows)]
    found = _Unit(
        at=evolve(unit.at, sheet=sheet, label=moved.value(unit.at.label)),
        own=p.flag(True), gate=None,
        day=exp.column("falls"), sequence=exp.column("part"),
        count=numbers.fixed(Fraction(1, plan.number)),
        price=Num(moved.value(unit.price.n), unit.price.d if isinstance(unit.price.d, int) else moved.value(unit.price.d)),
        due_from=p.FIRST, seen=p.LAST, rows=Evidence(*each),
        identity={name: moved.value(value) for name, value in unit.identity.items()},
        until=moved.value(unit.until), after=moved.value(unit.after),
    )  # fmt: skip
    moved.done()
    return found, p.flag(True)


def _dated(c: Compiler, flow: ir.Flow, unit: _Unit, paid: E, waits: Waits) -> exp.Select:
    """Verification, claim, due day and release; and the draft."""
    at, sheet, rows, day = unit.at, unit.at.sheet, unit.rows, unit.day
    verified = None if rows.verified is None else p.case((p.present(rows.verified), p.greatest(rows.verified, day)))
    claimed = day if rows.recorded is None else p.greatest(day, rows.recorded)
    due: E = p.NULL_DAY
    if flow.due is not None:
        payable = day if verified is None else p.greatest(day, verified)
        start = payable if flow.due.anchor is None else p.coalesced(unit.after, payable)
        due = p.shift(sheet.let("due from", start), flow.due.months, flow.due.days)
    released: E = p.NULL_DAY
    if flow.withheld is not None:
        due = p.case((p.present(unit.until), p.greatest(unit.until, day if flow.due is None else due)), default=due)
        released = p.coalesced(unit.until, p.LAST)
    if flow.due is not None and flow.due.anchor is not None:
        never = f"{flow.name}: the day after which it is due has not come; the time counts from when it is payable"
        c.notes.add(sheet, "never-due", never, p.all_of(paid, p.missing(unit.after)), rows.tie)
    if flow.claimed_within is not None:
        within = flow.claimed_within
        in_time = p.holds(p.at_most(claimed, p.shift(day, within.months, within.days)))
        why = f"{flow.name}: some are known too late to be claimed, and the reference tells them row by row"
        c.notes.hand_back(sheet, why, p.all_of(paid, exp.not_(exp.paren(in_time))))
        paid = p.all_of(paid, in_time)
    if flow.withheld is not None:
        held = p.all_of(paid, p.above(released, p.day(c.as_of)))
        waits.add(at, flow.name, "withheld", p.holds(held), unit.until)
    test = sheet.let(f"{flow.name} paid", p.holds(paid))
    values = {
        "day": day,
        "sequence": unit.sequence,
        "tie": p.text("") if rows.tie is None else p.coalesced(rows.tie, p.text("")),
        "units_n": unit.count.n,
        "units_d": unit.count.over,
        "price_n": unit.price.n,
        "price_d": unit.price.over,
        "verified": p.NULL_DAY if verified is None else verified,
        "due": due,
        "released": released,
        "claimed": claimed,
        "rows": exp.null() if rows.rows is None else p.in_order(rows.rows),
    }
    every = {**unit.identity, **values}
    every = {name: sheet.let(f"{flow.name} {name}", value) for name, value in every.items()}
    level = sheet.level_of(test, *every.values())
    return (
        select(*(s(value).as_(name, quoted=True) for name, value in every.items()))
        .from_(exp.alias_(sheet.at(level), "s", table=True))
        .where(s(test))
    )


def identity(c: Compiler, at: Subject, flow: ir.Flow, place: int) -> dict[str, E]:
    """Of whom a draft is: the columns of DRAFTS down to the outcome, and the labels that the account asks for."""
    none = exp.cast(exp.null(), "varchar")
    person = at.person
    nobody = p.missing(person.population) if person is not None and not person.joined_known else None

    def of_person(value: E) -> E:
        return value if nobody is None else p.case((exp.not_(exp.paren(nobody)), value))

    return {
        "flow": p.whole(place),
        "kind": p.text(at.kind),
        "label": at.label,
        "participant": none if person is None else of_person(person.participant),
        "population": none if person is None else person.population,
        "episode": exp.cast(exp.null(), "bigint")
        if person is None
        else p.case((p.present(person.population), p.whole(1))),
        "joined": p.NULL_DAY if person is None else person.joined,
        "joined_by": none if person is None else person.joined_by,
        "partition": none if at.group is None else p.text(at.group[0]),
        "group": none if at.group is None else at.group[1],
        "calendar": none if at.period is None else p.text(at.period[0]),
        "period": exp.cast(exp.null(), "bigint") if at.period is None else at.period[1],
        "member": none,
        "row": none if at.own_row is None or at.kind != "row" else at.own_row("id"),
        "outcome": p.text(""),
        **{f"label_{n}": c.label(at, c.contract.partitions[n].name) for n in labels_read(c.contract)},
    }


# ---------------------------------------------------------------- who earns


def _earned(c: Compiler, flow: ir.Flow, waits: Waits) -> Earned:
    match flow.driver:
        case ir.OneEach() as driver:
            return _one_each(c, flow, driver)
        case ir.EachAchievement() as driver:
            return _each_achievement(c, flow, driver, waits)
        case ir.EachRow(select=chosen):
            return _each_row(c, flow, chosen, waits)
        case ir.EachUnit() as driver:
            return _each_unit(c, flow, driver, waits)
        case ir.EachInPlan():
            raise Refused(flow, f"{flow.name} is paid for outcomes of a plan")


def _scope_test(c: Compiler, at: Subject, test: ir.Test) -> E:
    """A test of the subject of an achievement: of its row if it has one, else of its person."""
    if isinstance(test, ir.InGroup):
        return p.holds(p.one_of(c.label(at, test.partition), test.labels))
    if at.own_row is not None:
        values, held = row_test(c, at, at.event, test)
        return held.transform(lambda n: exp.column(n.name, quoted=True) if isinstance(n, exp.Column) else n)
    return p.flag(False) if at.person is None else person_test(c, at, test)


def _one_each(c: Compiler, flow: ir.Flow, driver: ir.OneEach) -> Earned:
    at = c.subject(flow.subject)
    where = [*c.somebody(at), *(_scope_test(c, at, test) for test in driver.tests)]
    row_day = at.own_row("day") if at.own_row is not None else at.person.joined if at.person is not None else None
    if driver.window is not None:
        bounds = window(c, at, driver.window)
        day = p.NULL_DAY if row_day is None else row_day
        where.append(p.holds(p.all_of(p.at_most(bounds.first, day), p.at_most(day, bounds.last))))
    ready = settled(c, at, flow.amount)
    if not is_timeless(ready) and not flow.in_advance:
        rows = evidence(c, at, flow.amount, None)
        if not any(True for _ in ready.find_all(exp.Column)):
            return Earned(at, tuple(where), Num(p.whole(1)), ready, p.whole(1), rows)
        raise Refused(flow, f"the price of {flow.name} is settled on another day for each")
    rows = ev.of_row(c, at.person.row) if at.kind == "person" and at.person is not None else NO_ROWS
    return Earned(at, tuple(where), Num(p.whole(1)), _first_day(c, flow, at), p.whole(1), rows)


def _first_day(c: Compiler, flow: ir.Flow, at: Subject) -> E:
    """A lump sum is earned on the first day of the term, a head on joining, a period's fee on its last day."""
    if at.kind == "person" and at.person is not None:
        return at.person.joined
    if at.first is not None and at.last is not None:
        return at.first if flow.in_advance else at.last
    if at.own_row is not None:
        return at.own_row("day")
    return exp.column("first_joining", quoted=True) if at.kind == "group" else p.day(c.term_first)


def _each_achievement(c: Compiler, flow: ir.Flow, driver: ir.EachAchievement, waits: Waits) -> Earned:
    at = c.subject(c.outcomes[driver.outcome].subject)
    checks = [*c.somebody(at), *(_scope_test(c, at, test) for test in driver.tests)]
    result = c.result(at, driver.outcome)
    verdict = result.verdict
    waiting = p.all_of(*checks, verdict.stands(OPEN))
    if c.verifies and at.kind == "person":
        waiting = p.all_of(waiting, exp.not_(exp.paren(_claims_more(c, at, driver, checks, waits))))
    waits.add(at, driver.outcome, "open", p.holds(waiting), verdict.day)
    if result.achievements is not None:
        within = EVER if driver.window is None else window(c, at, driver.window)
        none = p.NULL_DAY
        return Earned(at, tuple(checks), Num(p.whole(1)), none, none, NO_ROWS, result.achievements, within)
    where = [*checks, verdict.met]
    if driver.window is not None:
        bounds = window(c, at, driver.window)
        where.append(p.holds(p.all_of(p.at_most(bounds.first, verdict.day), p.at_most(verdict.day, bounds.last))))
    return Earned(at, tuple(where), Num(p.whole(1)), verdict.day, p.whole(1), verdict.rows)


def _claims_more(c: Compiler, at: Subject, driver: ir.EachAchievement, checks: list[E], waits: Waits) -> E:
    """Whether unverified facts would give more achievements: what waits for them is told."""
    claimed = c.subject(at.node, claimed=True)
    many = claimed.sheet.let("claims", c.result(claimed, driver.outcome).many)
    own = c.imported(at, claimed, [many])[0]
    more = at.sheet.let("awaits", p.holds(p.above(own, c.result(at, driver.outcome).many)))
    waits.add(at, driver.outcome, "awaiting verification", p.all_of(*checks, more), p.NULL_DAY)
    return more


def _each_row(c: Compiler, flow: ir.Flow, chosen: ir.Select, waits: Waits) -> Earned:
    """Each selected row of the contract as a whole, with its own subject."""
    assert isinstance(chosen.of, ir.Rows)
    at = c.subject(ir.PerRow(chosen.of.event))
    if chosen.among is not None or any(isinstance(test, ir.Has) for test in chosen.tests):
        raise Refused(chosen, "which rows are paid for is told by other rows of their people")
    tests = [row_test(c, at, at.event, test)[1] for test in chosen.tests]
    assert at.own_row is not None
    where = [
        test.transform(lambda n: exp.column(n.name, quoted=True) if isinstance(n, exp.Column) else n) for test in tests
    ]
    day = at.own_row("day")
    where.append(p.at_most(day, p.day(c.as_of)))
    if chosen.window is not None:
        bounds = window(c, at, chosen.window)
        where.append(p.holds(p.all_of(p.at_most(bounds.first, day), p.at_most(day, bounds.last))))
    if c.events[chosen.of.event].verification is not None:
        _await_rows(c, flow, chosen, waits)
    return Earned(at, tuple(where), Num(p.whole(1)), day, p.whole(1), ev.of_row(c, at.own_row))


def _await_rows(c: Compiler, flow: ir.Flow, chosen: ir.Select, waits: Waits) -> None:
    """Rows that would be paid for once they are verified."""
    assert isinstance(chosen.of, ir.Rows)
    if chosen.window is not None or any(isinstance(t, ir.InGroup | ir.AttributeDated) for t in chosen.tests):
        raise Refused(chosen, "rows that wait to be verified are told by their people")
    rows = exp.alias_(c.contract_claims, "r", table=True)
    query = select(*(r(name) for name in c.columns)).from_(rows)
    query = query.where(p.same(r("event"), p.text(chosen.of.event)), p.same(r("standing"), p.text("waiting")))
    sheet = c.book.sheet(f"{chosen.of.event} waiting", ("id",), query, f"Each {chosen.of.event} that waits")

    def own(name: str) -> E:
        return exp.column(name, quoted=True)

    at = Subject(
        ir.PerRow(chosen.of.event),
        "row",
        sheet,
        own("participant"),
        own("day"),
        c.claims,
        True,
        None,
        own,
        chosen.of.event,
    )
    tests = [row_test(c, at, at.event, test)[1] for test in chosen.tests]
    where = [test.transform(lambda n: own(n.name) if isinstance(n, exp.Column) else n) for test in tests]
    where.append(p.at_most(own("day"), p.day(c.as_of)))
    waits.add(at, flow.name, "awaiting verification", p.all_of(*where), p.NULL_DAY)


def _each_unit(c: Compiler, flow: ir.Flow, driver: ir.EachUnit, waits: Waits) -> Earned:
    at = c.subject(flow.subject)
    day = settled(c, at, driver.quantity)
    seen = p.least(p.day(c.as_of), observed(c, at, driver.quantity))
    is_open = at.sheet.let("is open", p.holds(p.above(day, seen)))
    some = c.somebody(at)
    waits.add(at, flow.name, "open", p.all_of(*some, is_open), day)
    value = number(c, at, driver.quantity, None)
    count = numbers.multiplied(value, numbers.fixed(driver.scale))
    if driver.parts == "whole":
        count = numbers.rounded(count, "down")
    count = numbers.kept(at.sheet, f"{flow.name} units", count)
    earned_on = p.greatest(day, settled(c, at, flow.amount))
    shown = p.case((p.same(earned_on, p.FIRST), p.day(c.term_first)), default=earned_on)
    _note_no_value(c, flow, at, p.all_of(*some, exp.not_(exp.paren(is_open)), p.missing(value.n)))
    where = (*some, exp.not_(exp.paren(is_open)), p.holds(exp.NEQ(this=count.n.copy(), expression=p.whole(0))))
    return Earned(
        at, where, count, at.sheet.let("earned on", shown), p.whole(1), evidence(c, at, driver.quantity, None)
    )


def _note_no_value(c: Compiler, flow: ir.Flow, at: Subject, where: E) -> None:
    """Of somebody for whom the payment is not meant, nobody asks for a value."""
    if flow.gate is not None:
        where = p.all_of(where, exp.not_(exp.paren(gated(c, at, flow.gate).stands(FAILED))))
    if at.person is not None and isinstance(at.node, ir.PerPerson):
        said = f"{flow.name} has no value for a {at.node.population}"
        c.notes.add(at.sheet, "no-value", said, where, at.person.joined_by)
    elif at.kind == "whole":
        c.notes.add(at.sheet, "no-value", f"{flow.name} has no value for the contract", where, None)
    else:
        why = f"{flow.name} has no value for some, and the reference tells for whom"
        c.notes.hand_back(at.sheet, why, where)
