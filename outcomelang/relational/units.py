"""What is earned: the drafts of every payment, what is not decided yet, and what is said of the log on the way.

As `evaluation.units`: a payment is earned by subjects on occasions, at the price and from the day that its gate gives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve
from sqlglot import exp

from outcomelang.core import ir
from outcomelang.relational import evidence as ev
from outcomelang.relational import numbers, verdicts
from outcomelang.relational import primitives as p
from outcomelang.relational.book import Refused
from outcomelang.relational.conditions import gated
from outcomelang.relational.earning import earned
from outcomelang.relational.quantities import number
from outcomelang.relational.spreading import Unit, in_instalments, on_each
from outcomelang.relational.stage_needs import labels_read
from outcomelang.relational.subjects import Subject, s
from outcomelang.relational.timing import is_timeless, observed, settled
from outcomelang.relational.trees import select
from outcomelang.relational.verdicts import OPEN
from outcomelang.relational.waits import Waits
from outcomelang.relational.windows import anchor

if TYPE_CHECKING:
    from outcomelang.relational.compiler import Compiler

E = exp.Expr


def drafts(c: Compiler, waits: Waits) -> list[exp.Select]:
    """The drafts of every payment, one query each."""
    return [_flow(c, flow, place, waits) for place, flow in enumerate(c.contract.flows)]


def _flow(c: Compiler, flow: ir.Flow, place: int, waits: Waits) -> exp.Select:
    _carried(c, flow)
    found = earned(c, flow, waits)
    at, sheet = found.at, found.at.sheet
    gate = None if flow.gate is None else verdicts.kept(sheet, f"{flow.name} gate", gated(c, at, flow.gate))
    unit = Unit(
        at=at,
        own=p.all_of(*found.where),
        gate=gate,
        day=found.day,
        sequence=found.sequence,
        count=found.count,
        price=numbers.kept(sheet, f"{flow.name} price", number(c, at, flow.amount, None)),
        due_from=settled(c, at, flow.amount),
        seen=observed(c, at, flow.amount),
        rows=found.rows,
        identity=identity(c, at, flow, place),
        until=p.NULL_DAY if flow.withheld is None else anchor(c, at, flow.withheld.until),
        after=p.NULL_DAY if flow.due is None or flow.due.anchor is None else anchor(c, at, flow.due.anchor),
    )
    if found.each is None:
        if gate is not None:
            waits.add(at, flow.name, "open", p.all_of(unit.own, gate.stands(OPEN)), gate.day)
        return _written(c, flow, unit, waits)
    unit = on_each(c, flow, unit, found)
    if unit.gate is not None:  # once for each subject, however many units it earns
        first = p.same(unit.at.sheet.column("turn"), p.whole(1))
        waits.add(unit.at, flow.name, "open", p.all_of(unit.own, unit.gate.stands(OPEN), first), unit.gate.day)
    return _written(c, flow, unit, waits)


def _carried(c: Compiler, flow: ir.Flow) -> None:
    if flow.rulings:
        raise Refused(flow, f"what is said of {flow.name} is taken in turn")
    if c.contract.versions:
        raise Refused(flow, "the contract is amended, and each day is judged by the words of its version")
    for delay in (flow.claimed_within, flow.due):
        if delay is not None and delay.working:
            raise Refused(flow, "working days are counted one after the other")


def _written(c: Compiler, flow: ir.Flow, unit: Unit, waits: Waits) -> exp.Select:
    at, sheet, as_of = unit.at, unit.at.sheet, p.day(c.as_of)
    own = unit.own if unit.gate is None else p.all_of(unit.own, unit.gate.met)
    day = unit.day if unit.gate is None else p.greatest(unit.day, unit.gate.day)
    day = sheet.let(f"{flow.name} day", day)
    is_open = p.any_of(p.above(day, as_of), p.above(unit.due_from, as_of), p.above(unit.due_from, unit.seen))
    if is_timeless(unit.due_from):
        is_open = p.above(day, as_of)
    no_price = p.all_of(own, p.fails(p.holds(is_open)), p.missing(unit.price.n), p.present(unit.count.n))
    waits.add(at, flow.name, "open", p.holds(p.all_of(own, is_open)), p.greatest(unit.due_from, day))
    priced = p.all_of(p.present(unit.price.n), p.present(unit.count.n))
    paid = sheet.let(f"{flow.name} earned", p.all_of(own, p.fails(p.holds(is_open)), priced))
    rows = unit.rows if unit.gate is None else ev.both(unit.rows, unit.gate.rows)
    unit = evolve(unit, day=day, rows=ev.kept(sheet, flow.name, rows))
    c.notes.add(sheet, "no-price", f"{flow.name}: no price can be found", no_price, unit.rows.tie)
    if flow.instalments is not None:
        unit, paid = in_instalments(c, flow, unit, paid, waits), p.flag(True)
    return _dated(c, flow, unit, paid, waits)


def _dated(c: Compiler, flow: ir.Flow, unit: Unit, paid: E, waits: Waits) -> exp.Select:
    """Verification, claim, due day and release; and the draft."""
    at, sheet, rows, day = unit.at, unit.at.sheet, unit.rows, unit.day
    verified = None if rows.verified is None else p.case((p.present(rows.verified), p.greatest(rows.verified, day)))
    claimed = day if rows.recorded is None else p.greatest(day, rows.recorded)
    due = _due(flow, unit, verified)
    released: E = p.NULL_DAY
    if flow.due is not None and flow.due.anchor is not None:
        never = f"{flow.name}: the day after which it is due has not come; the time counts from when it is payable"
        c.notes.add(sheet, "never-due", never, p.all_of(paid, p.missing(unit.after)), rows.tie)
    if flow.claimed_within is not None:
        paid = p.all_of(paid, _in_time(c, flow, unit, paid, claimed))
    if flow.withheld is not None:
        released = p.coalesced(unit.until, p.LAST)
        held = p.all_of(paid, p.above(released, p.day(c.as_of)))
        waits.add(at, flow.name, "withheld", p.holds(held), unit.until)
    dates = {"verified": p.NULL_DAY if verified is None else verified, "due": due, "released": released}
    return _draft(flow, unit, paid, {**dates, "claimed": claimed})


def _due(flow: ir.Flow, unit: Unit, verified: E | None) -> E:
    """The day on which it is due; what is withheld no earlier than its release."""
    due: E = p.NULL_DAY
    if flow.due is not None:
        payable = unit.day if verified is None else p.greatest(unit.day, verified)
        start = payable if flow.due.anchor is None else p.coalesced(unit.after, payable)
        due = p.shift(unit.at.sheet.let("due from", start), flow.due.months, flow.due.days)
    if flow.withheld is None:
        return due
    later = p.greatest(unit.until, unit.day if flow.due is None else due)
    return p.case((p.present(unit.until), later), default=due)


def _in_time(c: Compiler, flow: ir.Flow, unit: Unit, paid: E, claimed: E) -> E:
    """Whether it is claimed in time. Of those that are not, the reference tells the row that came too late."""
    assert flow.claimed_within is not None
    within = flow.claimed_within
    in_time = p.holds(p.at_most(claimed, p.shift(unit.day, within.months, within.days)))
    why = f"{flow.name}: some are known too late to be claimed, and the reference tells them row by row"
    c.notes.hand_back(unit.at.sheet, why, p.all_of(paid, p.fails(in_time)))
    return in_time


def _draft(flow: ir.Flow, unit: Unit, paid: E, dates: dict[str, E]) -> exp.Select:
    """The columns of DRAFTS, of those who are paid."""
    sheet, rows = unit.at.sheet, unit.rows
    test = sheet.let(f"{flow.name} paid", p.holds(paid))
    values = {
        "day": unit.day,
        "sequence": unit.sequence,
        "tie": p.text("") if rows.tie is None else p.coalesced(rows.tie, p.text("")),
        "units_n": unit.count.n,
        "units_d": unit.count.over,
        "price_n": unit.price.n,
        "price_d": unit.price.over,
        **dates,
        "rows": exp.null() if rows.rows is None else p.in_order(rows.rows),
    }
    every = {name: sheet.let(f"{flow.name} {name}", value) for name, value in {**unit.identity, **values}.items()}
    shown = [s(value).as_(name, quoted=True) for name, value in every.items()]
    table = exp.alias_(sheet.at(sheet.level_of(test, *every.values())), "s", table=True)
    return select(*shown).from_(table).where(s(test))


def identity(c: Compiler, at: Subject, flow: ir.Flow, place: int) -> dict[str, E]:
    """Of whom a draft is: the columns of DRAFTS down to the outcome, and the labels that the account asks for."""
    none = p.cast(exp.null(), "varchar")
    person = at.person
    nobody = p.missing(person.population) if person is not None and not person.joined_known else None

    def of_person(value: E) -> E:
        return value if nobody is None else p.case((p.fails(nobody), value))

    return {
        "flow": p.whole(place),
        "kind": p.text(at.kind),
        "label": at.label,
        "participant": none if person is None else of_person(person.participant),
        "population": none if person is None else person.population,
        "episode": p.cast(exp.null(), "bigint")
        if person is None
        else p.case((p.present(person.population), p.whole(1))),
        "joined": p.NULL_DAY if person is None else person.joined,
        "joined_by": none if person is None else person.joined_by,
        "partition": none if at.group is None else p.text(at.group[0]),
        "group": none if at.group is None else at.group[1],
        "calendar": none if at.period is None else p.text(at.period[0]),
        "period": p.cast(exp.null(), "bigint") if at.period is None else at.period[1],
        "member": none,
        "row": none if at.own_row is None or at.kind != "row" else at.own_row("id"),
        "outcome": p.text(""),
        **{f"label_{n}": c.label(at, c.contract.partitions[n].name) for n in labels_read(c.contract)},
    }
