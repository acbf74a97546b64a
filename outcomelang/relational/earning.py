"""Who earns a payment, on which day, how many units, and on which rows that rests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen
from sqlglot import exp

from outcomelang.core import ir
from outcomelang.relational import evidence as ev
from outcomelang.relational import numbers
from outcomelang.relational import primitives as p
from outcomelang.relational.book import Refused
from outcomelang.relational.conditions import gated
from outcomelang.relational.evidence import NO_ROWS, Evidence
from outcomelang.relational.numbers import Num
from outcomelang.relational.quantities import number
from outcomelang.relational.selections import person_test, row_test
from outcomelang.relational.subjects import Subject, r
from outcomelang.relational.timing import evidence, is_timeless, observed, settled
from outcomelang.relational.trees import bare, reads, select
from outcomelang.relational.verdicts import FAILED, OPEN
from outcomelang.relational.waits import Waits
from outcomelang.relational.windows import EVER, Bounds, window

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


def earned(c: Compiler, flow: ir.Flow, waits: Waits) -> Earned:
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
        _, held = row_test(c, at, at.event, test)
        return bare(held)
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
        if not reads(ready):
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
        waiting = p.all_of(waiting, p.fails(_claims_more(c, at, driver, checks, waits)))
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
    where = [bare(test) for test in tests]
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
    where = [bare(test) for test in tests]
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
    _note_no_value(c, flow, at, p.all_of(*some, p.fails(is_open), p.missing(value.n)))
    where = (*some, p.fails(is_open), p.holds(exp.NEQ(this=count.n, expression=p.whole(0))))
    return Earned(
        at, where, count, at.sheet.let("earned on", shown), p.whole(1), evidence(c, at, driver.quantity, None)
    )


def _note_no_value(c: Compiler, flow: ir.Flow, at: Subject, where: E) -> None:
    """Of somebody for whom the payment is not meant, nobody asks for a value."""
    if flow.gate is not None:
        where = p.all_of(where, p.fails(gated(c, at, flow.gate).stands(FAILED)))
    if at.person is not None and isinstance(at.node, ir.PerPerson):
        said = f"{flow.name} has no value for a {at.node.population}"
        c.notes.add(at.sheet, "no-value", said, where, at.person.joined_by)
    elif at.kind == "whole":
        c.notes.add(at.sheet, "no-value", f"{flow.name} has no value for the contract", where, None)
    else:
        why = f"{flow.name} has no value for some, and the reference tells for whom"
        c.notes.hand_back(at.sheet, why, where)
