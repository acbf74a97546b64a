"""Conditions as functions from a subject to a verdict with its day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY, LAST_DAY
from outcomelang.core.names import name_key
from outcomelang.core.rising import is_constant, rises
from outcomelang.evaluation.event_log import Row
from outcomelang.evaluation.members import for_members
from outcomelang.evaluation.observation import observed
from outcomelang.evaluation.occasions import Occasions, happening, reaching
from outcomelang.evaluation.row_tests import holds
from outcomelang.evaluation.scope import Number, Scope
from outcomelang.evaluation.selections import exists, window
from outcomelang.evaluation.timing import evidence, select_evidence
from outcomelang.evaluation.verdict import LEFT_OUT, Standing, Verdict, combined

if TYPE_CHECKING:
    from outcomelang.evaluation.meaning import Meaning

Judge = Callable[[Scope], Verdict]
MET, FAILED, OPEN = Standing.MET, Standing.FAILED, Standing.OPEN


def condition(m: Meaning, node: ir.Condition) -> Judge:
    """The verdict on a condition for a subject."""
    match node:
        case ir.Compares():
            return _compares(m, node)
        case ir.LabelIs():
            return _label_is(m, node)
        case ir.ValueGiven():
            return _given(m, node)
        case ir.Happens(select=select, negated=negated):
            return _absent(m, select) if negated else _first_of(happening(m, select))
        case ir.Reaches():
            return _first_of(reaching(m, node))
        case ir.Achieved():
            return _achieved(m, node)
        case ir.AtLeast():
            return _at_least(m, node)
        case ir.ForMembers():
            return for_members(m, node)


def occasions(m: Meaning, node: ir.Condition) -> Occasions:
    """Every occasion on which a condition is met: each happening, each further block; for other conditions the one."""
    match node:
        case ir.Happens(select=select, negated=False):
            return happening(m, select)
        case ir.Reaches():
            return reaching(m, node)
        case _:
            judge = condition(m, node)

            def single(scope: Scope, after: int) -> tuple[Sequence[tuple[int, tuple[Row, ...]]], Verdict]:
                verdict = judge(scope)
                if verdict.standing is MET and verdict.day is not None:
                    return [(verdict.day, verdict.rows)], Verdict(FAILED, verdict.day, verdict.rows)
                return [], verdict

            return single


def _first_of(several: Occasions) -> Judge:
    def judge(scope: Scope) -> Verdict:
        found, otherwise = several(scope, FIRST_DAY - 1)
        return Verdict(MET, found[0][0], found[0][1]) if found else otherwise

    return judge


# ---------------------------------------------------------------- the other conditions


def _absent(m: Meaning, select: ir.Select) -> Judge:
    """`no EVENT occurs`: met on the window's last day, once observed until then."""
    bounds, anything = window(m, select.window), exists(m, select)
    until = m.observed_until(select.of.event) if isinstance(select.of, ir.Rows) else m.as_of_day
    behind = select_evidence(m, select)

    def judge(scope: Scope) -> Verdict:
        limits = bounds(scope)
        if limits is None:
            return m.unanchored
        if anything(scope, m.world.as_of):
            rows = tuple(behind(scope, m.world.as_of))
            return Verdict(FAILED, min((row.day for row in rows), default=None), rows[:1])
        last = limits[1] if limits[1] < LAST_DAY else m.world.term_last
        return Verdict(MET, last) if last <= min(until(scope), m.world.as_of) else Verdict(OPEN, last)

    return judge


def _compares(m: Meaning, node: ir.Compares) -> Judge:
    left, right = m.number(node.left), m.number(node.right)
    left_rows, right_rows = evidence(m, node.left), evidence(m, node.right)
    rising = node.comparator in (">=", ">") and rises(m.known, node.left) and is_constant(m.known, node.right)
    settled_left, settled_right = m.settled(node.left), m.settled(node.right)
    seen_left, seen_right = observed(m, node.left), observed(m, node.right)
    named = _named_event(m, node)

    def judge(scope: Scope) -> Verdict:
        given = m.is_stipulated(node.left, scope) or m.is_stipulated(node.right, scope)
        settled = max(settled_left(scope), settled_right(scope), named(scope))
        a, b = left(scope, LAST_DAY if given else m.world.as_of), right(scope, LAST_DAY if given else m.world.as_of)
        if rising and not given and a is not None and b is not None and holds(a, node.comparator, b):
            day = max(_first_day(left, node.comparator, right, scope, m.world.as_of), named(scope))
            return Verdict(MET, day, tuple(left_rows(scope, day)))
        if scope.undecided or (not given and settled > min(m.world.as_of, seen_left(scope), seen_right(scope))):
            return Verdict(OPEN, settled)
        if a is None or b is None:
            missing = _named(node.left if a is None else node.right)
            m.world.facts.notes.add("no-value", f"{missing} has no value: no condition on it is met", scope.row)
        rows = () if given else (*left_rows(scope, settled), *right_rows(scope, settled))
        met = a is not None and b is not None and holds(a, node.comparator, b)
        return Verdict(
            MET if met else FAILED, max(settled, m.world.term_first) if settled == FIRST_DAY else settled, rows
        )

    return judge


def _named(node: ir.Quantity) -> str:
    match node:
        case ir.Read(measure=name) | ir.Lookup(table=name) | ir.Attribute(name=name):
            return name
        case ir.Summed(attribute=name):
            return f"The total {name}"
        case _:
            return "A measure"


def _first_day(left: Number, comparator: str, right: Number, scope: Scope, last: int) -> int:
    """The first day on which a rising quantity suffices: it holds on `last`, and never stops holding."""
    low, high = FIRST_DAY, last
    while low < high:
        middle = (low + high) // 2
        a, b = left(scope, middle), right(scope, middle)
        if a is not None and b is not None and holds(a, comparator, b):
            high = middle
        else:
            low = middle + 1
    return low


def _named_event(m: Meaning, node: ir.Compares) -> Callable[[Scope], int]:
    """The day of the row at hand, which a condition on its attributes cannot precede."""
    return lambda scope: scope.row.day if scope.row is not None else FIRST_DAY


def _label_is(m: Meaning, node: ir.LabelIs) -> Judge:
    label = _label_of(m, node.of)
    wanted = {name_key(text) for text in node.labels}

    def judge(scope: Scope) -> Verdict:
        text, day = label(scope), scope.row.day if scope.row is not None else scope.latest_joining
        rows = (scope.row,) if scope.row is not None else ()
        met = text is not None and (name_key(text) in wanted) != node.negated
        return Verdict(MET if met else FAILED, day, rows)

    return judge


def _label_of(m: Meaning, node: ir.Quantity | ir.GroupLabel) -> Callable[[Scope], str | None]:
    match node:
        case ir.GroupLabel(partition=partition):
            return lambda scope: m.world.scope_label(scope, partition)
        case ir.Attribute(name=name):

            def text(scope: Scope) -> str | None:
                value = scope.row.attributes.get(name) if scope.row is not None else None
                if isinstance(value, bool):
                    return "yes" if value else "no"
                return None if value is None else str(value)

            return text
        case _:
            raise TypeError(f"{type(node).__name__} has no label")


def _given(m: Meaning, node: ir.ValueGiven) -> Judge:
    if isinstance(node.of, ir.Attribute):
        name = node.of.name

        def in_row(scope: Scope) -> Verdict:
            row = scope.row
            given = row is not None and name in row.attributes
            return Verdict(MET if given != node.negated else FAILED, row.day if row is not None else None)

        return in_row
    number = m.number(node.of)

    def judge(scope: Scope) -> Verdict:
        given = number(scope, LAST_DAY) is not None
        return Verdict(MET if given != node.negated else FAILED, m.world.term_last)

    return judge


def _achieved(m: Meaning, node: ir.Achieved) -> Judge:
    result, subject = m.outcome(node.outcome), m.outcomes[node.outcome].subject

    def judge(scope: Scope) -> Verdict:
        own = m.world.projected(subject, scope)
        found = result(own)
        achievements, verdict = found.achievements, found.verdict
        if achievements:
            rows = achievements[0].rows if own is scope else ()
            return Verdict(FAILED if node.negated else MET, achievements[0].day, rows)
        if not node.negated or verdict.standing is not FAILED:
            return verdict
        return Verdict(MET, verdict.day if verdict.day is not None else m.last_day, verdict.rows)

    return judge


def _at_least(m: Meaning, node: ir.AtLeast) -> Judge:
    items = [(condition(m, i.where) if i.where is not None else None, condition(m, i.condition)) for i in node.items]
    return listed(items, node.least)


def listed(items: Sequence[tuple[Judge | None, Judge]], least: int | None) -> Judge:
    """All: the latest day of the parts; at least n: the day of the n-th. Items that do not apply are left out."""

    def judge(scope: Scope) -> Verdict:
        verdicts: list[Verdict] = []
        for where, judge_item in items:
            if where is not None and (applies := where(scope)).standing is not MET:
                if applies.standing is OPEN:
                    verdicts.append(applies)
                continue
            verdict = judge_item(scope)
            if verdict.standing is not Standing.LEFT_OUT:
                verdicts.append(verdict)
        if not verdicts:
            return LEFT_OUT
        return combined(verdicts, len(verdicts) if least is None else least)

    return judge
