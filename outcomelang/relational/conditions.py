"""Conditions as verdicts on a subject's sheet, each with its day. As `evaluation.conditions`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from outcomelang.core import ir
from outcomelang.core.names import name_key
from outcomelang.core.rising import is_constant, rises
from outcomelang.relational import evidence as ev
from outcomelang.relational import numbers, spelling, verdicts
from outcomelang.relational import primitives as p
from outcomelang.relational.book import Refused
from outcomelang.relational.quantities import number
from outcomelang.relational.row_tests import as_text, given
from outcomelang.relational.selections import rows_found
from outcomelang.relational.subjects import Subject, r
from outcomelang.relational.timing import evidence, observed, observed_until, settled
from outcomelang.relational.verdicts import FAILED, LEFT_OUT, MET, OPEN, Verdict
from outcomelang.relational.windows import Bounds

if TYPE_CHECKING:
    from outcomelang.relational.compiler import Compiler

E = exp.Expr


def condition(c: Compiler, at: Subject, node: ir.Condition) -> Verdict:
    """The verdict on a condition for each of a subject."""
    match node:
        case ir.Compares():
            return _compares(c, at, node)
        case ir.LabelIs():
            return _label_is(c, at, node)
        case ir.ValueGiven():
            return _given(c, at, node)
        case ir.Happens(select=select, negated=True):
            return _absent(c, at, select)
        case ir.Happens(select=select):
            return _happens(c, at, select)
        case ir.Reaches():
            return c.reaches(at, node)
        case ir.Achieved():
            return _achieved(c, at, node)
        case ir.AtLeast():
            return _at_least(c, at, node)
        case ir.ForMembers():
            raise Refused(node, f"each {node.member} is told by names that rows carry")


def gated(c: Compiler, at: Subject, node: ir.Condition) -> Verdict:
    """The `when` of a payment: of somebody whose group it is not meant for, nothing else is asked."""
    whole = condition(c, at, node)
    if not isinstance(node, ir.AtLeast) or node.least is not None:
        return whole
    labels = [item.condition for item in node.items if item.where is None and isinstance(item.condition, ir.LabelIs)]
    failing = [verdict for label in labels for verdict in [condition(c, at, label)]]
    return verdicts.chosen([(each.stands(FAILED), each) for each in failing], whole) if failing else whole


def _happens(c: Compiler, at: Subject, select: ir.Select) -> Verdict:
    """The first thing that is found; absence is known when the window has been observed."""
    if not isinstance(select.of, ir.Rows):
        raise Refused(select, "what happens is something else than a row of the log")
    found = rows_found(c, at, select, p.day(c.as_of))
    first = at.sheet.gathered(
        found.pool, "first", lambda w: p.filtered(exp.Min(this=ev.first_row(c, r)), w), found.where
    )
    day, rows = ev.of_first(c, at.sheet, first)
    there = p.present(day)
    return verdicts.chosen([(there, Verdict(p.whole(MET), day, rows))], absent_verdict(c, at, select, found.bounds))


def absent_verdict(c: Compiler, at: Subject, select: ir.Select, bounds: Bounds) -> Verdict:
    """How it stands while nothing is found."""
    until = observed_until(c, at, select.of.event) if isinstance(select.of, ir.Rows) else p.day(c.as_of)
    last = p.day(c.last_day) if bounds.last == p.LAST else at.sheet.let("last", p.least(bounds.last, p.day(c.last_day)))
    standing = p.case((p.at_most(last, until), p.whole(FAILED)), default=p.whole(OPEN))
    open_or_failed = Verdict(standing, last)
    if bounds.known is None:
        return open_or_failed
    return verdicts.chosen([(bounds.known, open_or_failed)], unanchored(c))


def unanchored(c: Compiler) -> Verdict:
    """A window whose anchor never came: failed in the final account, open before."""
    return verdicts.always(FAILED if c.as_of >= c.last_day else OPEN, p.day(c.last_day))


def _absent(c: Compiler, at: Subject, select: ir.Select) -> Verdict:
    """`no EVENT occurs`: met on the window's last day, once observed until then."""
    if not isinstance(select.of, ir.Rows):
        raise Refused(select, "what must not happen is something else than a row of the log")
    as_of = p.day(c.as_of)
    found = rows_found(c, at, select, as_of)
    first = at.sheet.gathered(
        found.pool, "first", lambda w: p.filtered(exp.Min(this=ev.first_row(c, r)), w), found.where
    )
    day, rows = ev.of_first(c, at.sheet, first)
    bounds = found.bounds
    ends = p.day(c.term_last)
    last = ends if bounds.last == p.LAST else at.sheet.let(
        "last", p.case((exp.LT(this=bounds.last, expression=p.LAST), bounds.last), default=ends)
    )  # fmt: skip
    until = p.least(observed_until(c, at, select.of.event), as_of)
    standing = p.case((p.at_most(last, until), p.whole(MET)), default=p.whole(OPEN))
    verdict = verdicts.chosen([(p.present(day), Verdict(p.whole(FAILED), day, rows))], Verdict(standing, last))
    return verdict if bounds.known is None else verdicts.chosen([(bounds.known, verdict)], unanchored(c))


# ---------------------------------------------------------------- comparisons


def _compares(c: Compiler, at: Subject, node: ir.Compares) -> Verdict:
    as_of = p.day(c.as_of)
    named = at.own_row("day") if at.own_row is not None else p.FIRST
    day = p.greatest(settled(c, at, node.left), settled(c, at, node.right), named)
    left = numbers.kept(at.sheet, "left", number(c, at, node.left, as_of))
    right = numbers.kept(at.sheet, "right", number(c, at, node.right, as_of))
    holds = at.sheet.let("holds", p.holds(numbers.compared(left, node.comparator, right)))
    seen = p.least(as_of, observed(c, at, node.left), observed(c, at, node.right))
    decided = at.sheet.let("settled", day)
    rows = ev.both(evidence(c, at, node.left, decided), evidence(c, at, node.right, decided))
    on = p.case((p.same(decided, p.FIRST), p.day(c.term_first)), default=decided)
    known = Verdict(p.case((holds, p.whole(MET)), default=p.whole(FAILED)), on, rows)
    otherwise = verdicts.chosen([(p.above(decided, seen), Verdict(p.whole(OPEN), decided))], known)
    _say_nothing_of(c, at, p.all_of(p.any_of(p.missing(left.n), p.missing(right.n)), p.at_most(decided, seen)))
    rising = node.comparator in (">=", ">") and rises(c.known, node.left) and is_constant(c.known, node.right)
    if not rising or _is_steady(c, node.left):
        return verdicts.chosen([(holds, known)], otherwise) if rising else otherwise
    first = c.first_day_of_rise(at, node, right)
    met = at.sheet.let("risen", p.greatest(first, named))
    risen = Verdict(p.whole(MET), met, evidence(c, at, node.left, met))
    return verdicts.chosen([(holds, risen)], otherwise)


def _say_nothing_of(c: Compiler, at: Subject, where: E) -> None:
    """That a condition has no value is reported as often as it is asked: the reference knows how often that is."""
    c.notes.hand_back(
        at.sheet, "a condition has no value for some, and the reference tells how often it is asked", where
    )


def _is_steady(c: Compiler, node: ir.Quantity) -> bool:
    return is_constant(c.known, node)


# ---------------------------------------------------------------- labels and values


def _label_is(c: Compiler, at: Subject, node: ir.LabelIs) -> Verdict:
    match node.of:
        case ir.GroupLabel(partition=partition):
            text = c.label(at, partition)
        case ir.Attribute(name=name):
            text = (
                as_text(c, at.event, name, at.own_row, node)
                if at.own_row is not None
                else p.cast(exp.null(), "varchar")
            )
        case _:
            raise Refused(node, "a label is asked of something that has none")
    found = spelling.is_one_of(text, {name_key(label) for label in node.labels})
    met = p.holds(p.fails(found) if node.negated else found)
    day = at.own_row("day") if at.own_row is not None else at.latest_joining
    rows = ev.of_row(c, at.own_row) if at.own_row is not None else ev.NO_ROWS
    return Verdict(p.case((met, p.whole(MET)), default=p.whole(FAILED)), day, rows)


def _given(c: Compiler, at: Subject, node: ir.ValueGiven) -> Verdict:
    if isinstance(node.of, ir.Attribute):
        there = p.flag(False) if at.own_row is None else given(c, at.event, node.of.name, at.own_row)
        day = p.NULL_DAY if at.own_row is None else at.own_row("day")
    else:
        there, day = numbers.known(number(c, at, node.of, None)), p.day(c.term_last)
    met = p.fails(there) if node.negated else there
    return Verdict(p.case((met, p.whole(MET)), default=p.whole(FAILED)), day)


def _achieved(c: Compiler, at: Subject, node: ir.Achieved) -> Verdict:
    verdict = c.verdict_on(at, node.outcome)
    if not node.negated:
        return verdict
    day = p.coalesced(verdict.day, p.day(c.last_day))
    return verdicts.chosen(
        [
            (verdict.met, Verdict(p.whole(FAILED), verdict.day, verdict.rows)),
            (verdict.stands(FAILED), Verdict(p.whole(MET), day, verdict.rows)),
        ],
        verdict,
    )


def _at_least(c: Compiler, at: Subject, node: ir.AtLeast) -> Verdict:
    """Items whose `where` fails are left out; while it is open, so is the item."""
    parts: list[Verdict] = []
    for item in node.items:
        verdict = condition(c, at, item.condition)
        if item.where is not None:
            where = verdicts.kept(at.sheet, "where", condition(c, at, item.where))
            out = verdicts.always(LEFT_OUT, p.NULL_DAY)
            verdict = verdicts.chosen([(where.met, verdict), (where.stands(OPEN), where)], out)
        parts.append(verdict)
    if len(parts) == 1 and node.least in (None, 1):
        return parts[0]
    return verdicts.combined(at.sheet, "list", parts, node.least)
