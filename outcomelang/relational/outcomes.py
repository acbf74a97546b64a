"""Outcomes: every achievement by a subject, and where the next one (or the only one) stands.

As `evaluation.outcomes`: within the deadline, after what must come before, as often as it counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen
from sqlglot import exp

from outcomelang.core import ir
from outcomelang.core.calendar import LAST_DAY
from outcomelang.relational import evidence as ev
from outcomelang.relational import numbers, reaching, verdicts
from outcomelang.relational import primitives as p
from outcomelang.relational.book import Refused
from outcomelang.relational.conditions import absent_verdict, condition, unanchored
from outcomelang.relational.evidence import Evidence
from outcomelang.relational.quantities import number
from outcomelang.relational.selections import rows_found
from outcomelang.relational.subjects import Subject, r, s
from outcomelang.relational.timing import decided_until
from outcomelang.relational.trees import reads, select
from outcomelang.relational.verdicts import FAILED, MET, OPEN, Verdict
from outcomelang.relational.windows import EVER, Bounds

if TYPE_CHECKING:
    from outcomelang.relational.compiler import Compiler

E = exp.Expr


@frozen
class Result:
    """`verdict` is met where there is an achievement, on the day of the first and by its rows.

    Where it may be achieved several times `achievements` has one row for each (`ACHIEVED`), with the keys of the sheet.
    """

    verdict: Verdict
    many: E
    achievements: exp.Table | None = None


def outcome(c: Compiler, at: Subject, node: ir.Outcome) -> Result:
    """The result of one outcome for each of a subject."""
    if node.amended:
        raise Refused(node, f"{node.name} is judged by other words from a day on")
    if node.rulings:
        raise Refused(node, f"what is said of {node.name} is taken in turn")
    hint = node.name
    before = c.verdict_on(at, node.after) if node.after is not None else None
    after = None if before is None else at.sheet.let(f"{hint} after", p.case((before.met, before.day)))
    deadline = EVER if node.deadline is None else c.time_limit(at, node.deadline)
    if node.each_time or node.times is not None:
        return _several(c, at, node, after, before, deadline)
    found, otherwise = _once(c, at, node, after, deadline)
    cases = [(found.met, found)]
    if before is not None:
        cases.append((p.fails(before.met), Verdict(before.standing, before.day)))
    if deadline.known is not None:
        cases.append((p.fails(deadline.known), unanchored(c)))
    verdict = verdicts.kept(at.sheet, hint, verdicts.chosen(cases, otherwise))
    return Result(verdict, p.case((verdict.met, p.whole(1)), default=p.whole(0)))


def _once(c: Compiler, at: Subject, node: ir.Outcome, after: E | None, deadline: Bounds) -> tuple[Verdict, Verdict]:
    """The achievement (met where there is one), and how it stands without."""
    if isinstance(node.when, ir.Happens) and not node.when.negated and isinstance(node.when.select.of, ir.Rows):
        return _first_row(c, at, node, node.when.select, after, deadline)
    if isinstance(node.when, ir.Reaches):
        found, without, too_late = reaching.once(c, at, node.when, after, deadline)
        return found, unmet(c, at, node, deadline, too_late, without)
    met = verdicts.kept(at.sheet, node.name, condition(c, at, node.when))
    there = p.all_of(met.met, p.present(met.day))
    tests = [there, p.at_most(met.day, p.day(c.as_of))]
    if after is not None:
        tests.append(p.above(met.day, after))
    tests += [p.at_most(deadline.first, met.day)] if deadline.first != p.FIRST else []
    tests += [p.at_most(met.day, deadline.last)] if deadline.last != p.LAST else []
    within = p.holds(p.all_of(*tests))
    found = Verdict(p.case((within, p.whole(MET)), default=p.whole(FAILED)), met.day, met.rows)
    otherwise = verdicts.chosen([(there, Verdict(p.whole(FAILED), met.day, met.rows))], met)
    too_late = p.holds(p.all_of(there, p.above(met.day, deadline.last)))
    return found, unmet(c, at, node, deadline, too_late, otherwise)


def _first_row(
    c: Compiler, at: Subject, node: ir.Outcome, chosen: ir.Select, after: E | None, deadline: Bounds
) -> tuple[Verdict, Verdict]:
    as_of = p.day(c.as_of)
    found = rows_found(c, at, chosen, as_of, after, before=[deadline.last], since=deadline.first)
    first = at.sheet.gathered(
        found.pool, "first", lambda w: p.filtered(exp.Min(this=ev.first_row(c, r)), w), found.where
    )
    day, rows = ev.of_first(c, at.sheet, first)
    standing = p.case((p.present(day), p.whole(MET)), default=p.whole(FAILED))
    too_late = p.flag(False)
    if deadline.last != p.LAST:
        every = rows_found(c, at, chosen, as_of, after)
        last = at.sheet.gathered(every.pool, "latest", lambda w: p.filtered(exp.Max(this=r("day")), w), every.where)
        too_late = p.holds(p.above(last, deadline.last))
    otherwise = absent_verdict(c, at, chosen, found.bounds)
    return Verdict(standing, day, rows), unmet(c, at, node, deadline, too_late, otherwise)


def unmet(c: Compiler, at: Subject, node: ir.Outcome, deadline: Bounds, too_late: E, otherwise: Verdict) -> Verdict:
    """Failed on the last day of the deadline once that has passed and was observed; else as the condition stands."""
    never = p.ordinal(LAST_DAY)
    claims, as_of = p.day(c.last_day), p.day(c.as_of)
    if deadline.last == p.LAST:
        day = p.coalesced(otherwise.day, never)
    else:
        day = p.least(deadline.last, otherwise.day)
    shown = at.sheet.let("unmet", p.case((exp.LT(this=day, expression=never), day), default=claims))
    cases = []
    if deadline.last != p.LAST:
        decided = p.any_of(too_late, p.at_most(deadline.last, decided_until(c, at, node.when)))
        passed = p.all_of(otherwise.stands(OPEN), p.at_most(deadline.last, as_of), decided)
        cases.append((passed, Verdict(p.whole(FAILED), deadline.last)))
    cases.append((otherwise.stands(OPEN), Verdict(p.whole(OPEN), shown)))
    cases.append((otherwise.stands(FAILED), Verdict(p.whole(FAILED), shown, otherwise.rows)))
    return verdicts.chosen(cases, Verdict(p.whole(FAILED), otherwise.day))


# ---------------------------------------------------------------- several times

ACHIEVED = ("number", "day", "tie", "recorded", "verified", "places")


def _several(
    c: Compiler, at: Subject, node: ir.Outcome, after: E | None, before: Verdict | None, deadline: Bounds
) -> Result:
    if isinstance(node.when, ir.Reaches):
        occasions, otherwise, too_late = reaching.again(c, at, node.when, after, deadline)
    elif isinstance(node.when, ir.Happens) and not node.when.negated and isinstance(node.when.select.of, ir.Rows):
        occasions, otherwise, too_late = _each_row(c, at, node.when.select, after, deadline)
    else:
        raise Refused(node, f"{node.name} may come about several times by something else than rows or states")
    times = None if node.each_time or node.times is None else number(c, at, node.times, None)
    number_ = exp.column("number", table="o", quoted=True)
    query = select(
        *(exp.column(key, table="o", quoted=True) for key in at.sheet.keys),
        *(exp.column(name, table="o", quoted=True) for name in ACHIEVED),
    ).from_(occasions.subquery("o"))
    if times is not None:
        most = at.sheet.let("times", p.coalesced(numbers.rounded(times, "down").n, p.whole(0)))
        if reads(most):
            on = p.all_of(
                *(p.same(exp.column(key, table="o", quoted=True), s(exp.column(key))) for key in at.sheet.keys)
            )
            query = query.join(exp.alias_(at.sheet.at(at.sheet.level_of(most)), "s", table=True), on=on)
        query = query.where(p.at_most(number_, s(most)))
    stage = c.book.stage(f"{node.name} each time", query, f"Each {node.name}", node.origin.clause)
    otherwise = unmet(c, at, node, deadline, too_late, otherwise)
    verdict, many = _first_of_several(c, at, node, stage, before, deadline, otherwise)
    return Result(verdict, many, stage)


def _each_row(
    c: Compiler, at: Subject, chosen: ir.Select, after: E | None, deadline: Bounds
) -> tuple[exp.Select, Verdict, E]:
    """Each row within the deadline, numbered in the total order."""
    as_of = p.day(c.as_of)
    found = rows_found(c, at, chosen, as_of, after, before=[deadline.last], since=deadline.first)
    query = found.pool.source.where(*found.where)
    keys = dict(found.pool.keys)
    place = p.numbered(keys.values(), [r("day"), r("id")])
    query = query.select(*(key.as_(name, quoted=True) for name, key in keys.items()), place.as_("number"))
    query = query.select(*achieved_columns(r("day"), ev.of_row(c, r)))
    too_late = p.flag(False)
    if deadline.last != p.LAST:
        every = rows_found(c, at, chosen, as_of, after)
        last = at.sheet.gathered(every.pool, "latest", lambda w: p.filtered(exp.Max(this=r("day")), w), every.where)
        too_late = p.holds(p.above(last, deadline.last))
    return query, absent_verdict(c, at, chosen, found.bounds), too_late


def achieved_columns(day: E, rows: Evidence) -> list[E]:
    """The columns of an achievement beside its number."""

    def shown(value: E | None, kind: str) -> E:
        return p.cast(exp.null(), kind) if value is None else value

    return [
        day.as_("day", quoted=True),
        shown(rows.tie, "varchar").as_("tie", quoted=True),
        shown(rows.recorded, "date").as_("recorded", quoted=True),
        shown(rows.verified, "date").as_("verified", quoted=True),
        (exp.null() if rows.rows is None else rows.rows).as_("places", quoted=True),
    ]


def _first_of_several(
    c: Compiler,
    at: Subject,
    node: ir.Outcome,
    stage: exp.Table,
    before: Verdict | None,
    deadline: Bounds,
    otherwise: Verdict,
) -> tuple[Verdict, E]:
    """The first achievement as a verdict, and how many there are."""
    got = _gathered_first(c, at, stage)
    rows = Evidence(got["tie"], got["recorded"], got["verified"] if c.verifies else None, got.get("places"))
    cases = [(p.present(got["day"]), Verdict(p.whole(MET), got["day"], rows))]
    if before is not None:
        cases.append((p.fails(before.met), Verdict(before.standing, before.day)))
    if deadline.known is not None:
        cases.append((p.fails(deadline.known), unanchored(c)))
    found = verdicts.chosen(cases, otherwise)
    return verdicts.kept(at.sheet, node.name, found), p.coalesced(got["many"], p.whole(0))


def _gathered_first(c: Compiler, at: Subject, stage: exp.Table) -> dict[str, E]:
    """The columns of each subject's first achievement, and `many`."""

    def o(name: str) -> E:
        return exp.column(name, table="o", quoted=True)

    keys = [o(key) for key in at.sheet.keys]
    only = p.same(o("number"), p.whole(1))
    columns = ["day", "tie", "recorded", "verified"]
    first = [p.filtered(exp.Max(this=o(name)), only).as_(name, quoted=True) for name in columns]
    query = select(*keys, *first, exp.Count(this=exp.Star()).as_("many"))
    columns.append("many")
    if c.provenance:
        query = query.select(p.filtered(exp.func("ANY_VALUE", o("places")), only).as_("places", quoted=True))
        columns.append("places")
    query = query.from_(exp.alias_(stage, "o", table=True)).group_by(*keys)
    return at.sheet.joined(query, {key: key for key in at.sheet.keys}, columns)
