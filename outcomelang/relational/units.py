"""What is earned: the drafts of every payment, what is not decided yet, and what is said of the log on the way.

As `evaluation.units`: a payment is earned by subjects on occasions, at the price and from the day that its gate gives.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from attrs import frozen
from sqlglot import exp, select

from outcomelang.core import ir
from outcomelang.relational import evidence as ev
from outcomelang.relational import numbers, verdicts
from outcomelang.relational import primitives as p
from outcomelang.relational.book import Refused
from outcomelang.relational.conditions import condition
from outcomelang.relational.evidence import NO_ROWS, Evidence
from outcomelang.relational.numbers import Num
from outcomelang.relational.quantities import number
from outcomelang.relational.selections import person_test, row_test
from outcomelang.relational.subjects import Subject, r, s
from outcomelang.relational.timing import evidence, is_timeless, observed, settled
from outcomelang.relational.verdicts import OPEN, Verdict
from outcomelang.relational.windows import anchor, window

if TYPE_CHECKING:
    from outcomelang.relational.compiler import Compiler

E = exp.Expr


@frozen
class Earned:
    """Whose units a payment is for: those of the subject who pass `where`, on `day`, as the `sequence`-th.

    With `each` there is a unit for each row of that table, which stands as `o` beside the subject's sheet as `s`; then
    `day`, `sequence` and `rows` are its columns, and what is asked of the subject is asked once for all of them.
    """

    at: Subject
    where: tuple[E, ...]
    count: Num
    day: E
    sequence: E
    rows: Evidence
    each: exp.Table | None = None
    each_where: tuple[E, ...] = ()


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
        keys: list[E] = [exp.column(key, table="s", quoted=True) for key in sheet.keys] if shared else []
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


def _flow(c: Compiler, flow: ir.Flow, place: int, waits: Waits) -> exp.Select:
    _carried(c, flow)
    earned = _earned(c, flow, waits)
    at, sheet = earned.at, earned.at.sheet
    gate = None if flow.gate is None else verdicts.kept(sheet, f"{flow.name} gate", condition(c, at, flow.gate))
    is_met = p.flag(True) if gate is None else gate.met
    own = p.all_of(*earned.where)
    if gate is not None:
        waits.add(at, flow.name, "open", p.all_of(own, _has_some(c, earned), gate.stands(OPEN)), gate.day)
    price = numbers.kept(sheet, f"{flow.name} price", number(c, at, flow.amount, None))
    due_from, seen = settled(c, at, flow.amount), observed(c, at, flow.amount)
    rows = earned.rows if gate is None else ev.both(_beside(earned, earned.rows), _of_sheet(earned, gate.rows))
    rows = _beside(earned, rows) if gate is None else rows
    day = _on(earned, earned.day)
    if gate is not None:
        day = p.greatest(day, s(gate.day)) if earned.each is not None else p.greatest(earned.day, gate.day)
    return _written(c, flow, place, earned, waits, (p.all_of(own, is_met), day, price, due_from, seen, rows))


def _carried(c: Compiler, flow: ir.Flow) -> None:
    if flow.instalments is not None:
        raise Refused(flow, f"{flow.name} is paid in instalments")
    if flow.rulings:
        raise Refused(flow, f"what is said of {flow.name} is taken in turn")
    if c.contract.versions:
        raise Refused(flow, "the contract is amended, and each day is judged by the words of its version")
    for delay in (flow.claimed_within, flow.due):
        if delay is not None and delay.working:
            raise Refused(flow, "working days are counted one after the other")


def _on(earned: Earned, value: E) -> E:
    """A value of the earned unit, as it is read where the draft is written."""
    return value.copy() if earned.each is not None else value


def _beside(earned: Earned, rows: Evidence) -> Evidence:
    return rows


def _of_sheet(earned: Earned, rows: Evidence) -> Evidence:
    if earned.each is None:
        return rows
    values = (None if value is None else s(value) for value in (rows.tie, rows.recorded, rows.verified, rows.rows))
    return Evidence(*values)


def _has_some(c: Compiler, earned: Earned) -> E:
    """Whether a subject has any occasion at all."""
    if earned.each is None:
        return p.flag(True)
    return p.flag(True)


def _written(
    c: Compiler,
    flow: ir.Flow,
    place: int,
    earned: Earned,
    waits: Waits,
    terms: tuple[E, E, Num, E, E, Evidence],
) -> exp.Select:
    own, day, price, due_from, seen, rows = terms
    at, sheet = earned.at, earned.at.sheet
    as_of = p.day(c.as_of)
    if earned.each is not None:
        return _written_each(c, flow, place, earned, terms)
    day = sheet.let(f"{flow.name} day", day)
    is_open = p.any_of(p.above(day, as_of), p.above(due_from, as_of), p.above(due_from, seen))
    if is_timeless(due_from):
        is_open = p.above(day, as_of)
    waits.add(at, flow.name, "open", p.holds(p.all_of(own, is_open)), p.greatest(due_from, day))
    paid = p.all_of(own, exp.not_(exp.paren(p.holds(is_open))), p.present(price.n), p.present(earned.count.n))
    rows = ev.kept(sheet, flow.name, rows)
    verified = None if rows.verified is None else p.case((p.present(rows.verified), p.greatest(rows.verified, day)))
    claimed = day if rows.recorded is None else p.greatest(day, rows.recorded)
    released, due = _dates(c, flow, at, day, verified)
    if flow.claimed_within is not None:
        within = flow.claimed_within
        paid = p.all_of(paid, p.at_most(claimed, p.shift(day, within.months, within.days)))
    if flow.withheld is not None and released is not None:
        waits.add(
            at,
            flow.name,
            "withheld",
            p.holds(p.all_of(paid, p.above(released, as_of))),
            anchor(c, at, flow.withheld.until),
        )
    test = sheet.let(f"{flow.name} paid", p.holds(paid))
    values = {
        "day": day,
        "sequence": earned.sequence,
        "tie": p.text("") if rows.tie is None else p.coalesced(rows.tie, p.text("")),
        "units_n": earned.count.n,
        "units_d": earned.count.over,
        "price_n": price.n,
        "price_d": price.over,
        "verified": p.NULL_DAY if verified is None else verified,
        "due": p.NULL_DAY if due is None else due,
        "released": p.NULL_DAY if released is None else released,
        "claimed": claimed,
        "rows": exp.null() if rows.rows is None else p.in_order(rows.rows),
    }
    every = {**identity(c, at, flow, place), **values}
    every = {name: sheet.let(f"{flow.name} {name}", value) for name, value in every.items()}
    level = sheet.level_of(test, *every.values())
    return (
        select(*(s(value).as_(name, quoted=True) for name, value in every.items()))
        .from_(exp.alias_(sheet.at(level), "s", table=True))
        .where(s(test))
    )


def _written_each(
    c: Compiler, flow: ir.Flow, place: int, earned: Earned, terms: tuple[E, E, Num, E, E, Evidence]
) -> exp.Select:
    raise Refused(flow, f"{flow.name} is paid for each of several times")


def _dates(c: Compiler, flow: ir.Flow, at: Subject, day: E, verified: E | None) -> tuple[E | None, E | None]:
    """Until when it is withheld, and when it is due."""
    due: E | None = None
    if flow.due is not None:
        payable = day if verified is None else p.greatest(day, verified)
        start = payable if flow.due.anchor is None else p.coalesced(anchor(c, at, flow.due.anchor), payable)
        due = p.shift(at.sheet.let("due from", start), flow.due.months, flow.due.days)
    if flow.withheld is None:
        return None, due
    until = at.sheet.let("released", anchor(c, at, flow.withheld.until))
    later = p.greatest(until, day if due is None else due)
    no_day = p.NULL_DAY if due is None else due
    return p.coalesced(until, p.LAST), p.case((p.present(until), later), default=no_day)


def identity(c: Compiler, at: Subject, flow: ir.Flow, place: int) -> dict[str, E]:
    """Of whom a draft is: the columns of DRAFTS from the first down to the outcome."""
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
    where = [_scope_test(c, at, test) for test in driver.tests]
    row_day = at.own_row("day") if at.own_row is not None else at.person.joined if at.person is not None else None
    if driver.window is not None:
        bounds = window(c, at, driver.window)
        day = p.NULL_DAY if row_day is None else row_day
        where.append(p.holds(p.all_of(p.at_most(bounds.first, day), p.at_most(day, bounds.last))))
    ready = settled(c, at, flow.amount)
    if not is_timeless(ready) and not flow.in_advance:
        rows = evidence(c, at, flow.amount, None)
        if any(True for _ in ready.find_all(exp.Column)):
            raise Refused(flow, f"the price of {flow.name} is settled on another day for each")
        return Earned(at, tuple(where), Num(p.whole(1)), ready, p.whole(1), rows)
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
    return p.day(c.term_first)


def _each_achievement(c: Compiler, flow: ir.Flow, driver: ir.EachAchievement, waits: Waits) -> Earned:
    at = c.subject(c.outcomes[driver.outcome].subject)
    checks = [_scope_test(c, at, test) for test in driver.tests]
    result = c.result(at, driver.outcome)
    verdict = result.verdict
    waiting = p.all_of(*checks, verdict.stands(OPEN))
    if c.verifies and at.kind == "person":
        waiting = p.all_of(waiting, exp.not_(exp.paren(_claims_more(c, at, driver, checks, waits))))
    waits.add(at, driver.outcome, "open", p.holds(waiting), verdict.day)
    if result.achievements is not None:
        raise Refused(flow, f"{driver.outcome} is paid for each of several times")
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
    waits.add(at, flow.name, "open", is_open, day)
    value = number(c, at, driver.quantity, None)
    count = numbers.multiplied(value, numbers.fixed(driver.scale))
    if driver.parts == "whole":
        count = numbers.rounded(count, "down")
    count = numbers.kept(at.sheet, f"{flow.name} units", count)
    earned_on = p.greatest(day, settled(c, at, flow.amount))
    shown = p.case((p.same(earned_on, p.FIRST), p.day(c.term_first)), default=earned_on)
    where = (exp.not_(exp.paren(is_open)), p.holds(exp.NEQ(this=count.n.copy(), expression=p.whole(0))))
    return Earned(
        at, where, count, at.sheet.let("earned on", shown), p.whole(1), evidence(c, at, driver.quantity, None)
    )


__all__ = ["Verdict", "Waits", "drafts"]
