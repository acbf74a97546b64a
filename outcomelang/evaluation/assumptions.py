"""Whether a log bears out what a contract assumes: each assumption holds, is broken, or is not known.

Assumptions change no payment: an account of a log that breaks them is as exact as any other. Whoever weighs histories
asks here which of them are meant at all.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import assert_never

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.calendar import LAST_DAY
from outcomelang.core.review import file_name
from outcomelang.core.rising import is_constant, rises
from outcomelang.evaluation.conditions import Judge, listed
from outcomelang.evaluation.event_log import EventLog
from outcomelang.evaluation.ledger import Assumed, Breach
from outcomelang.evaluation.meaning import Meaning
from outcomelang.evaluation.reference import Account
from outcomelang.evaluation.scope import Scope
from outcomelang.evaluation.verdict import LEFT_OUT, Standing, Verdict
from outcomelang.tree import evolve


class Held(StrEnum):
    HOLDS = "holds"
    BROKEN = "broken"
    UNKNOWN = "not known"
    """Not decided on the day of the account, or about a value that there is not."""


@frozen
class Judged:
    """An assumption and how it stands; `where` has each breach, or if there is none, each case that is not known."""

    assumption: ir.Assumption
    held: Held
    where: tuple[Breach, ...]


def assumptions(
    contract: ir.Contract, log: EventLog, as_of: date | None = None, complete: bool = False
) -> tuple[Judged, ...]:
    """Each assumption of the contract, in its order, over a log.

    Days are those of `reference.evaluate`. `complete` says that the log is the whole history: what it does not tell
    did not happen, however early it ends. Else what it has not reached is not known.
    """
    if not contract.assumptions:
        return ()
    account = Account(contract, log, as_of)
    if complete:
        account.facts.log_end = account.as_of
    return judged(account.prepare())


def judged(m: Meaning) -> tuple[Judged, ...]:
    """The same over what is prepared already; values that are missing are not reported."""
    return tuple(_judged(m, assumption) for assumption in m.contract.assumptions)


def _judged(m: Meaning, assumption: ir.Assumption) -> Judged:
    judge = _judge(m, assumption.condition)
    found = [(scope, judge(scope)) for scope in m.world.instances(assumption.subject)]
    for held, standing in ((Held.BROKEN, Standing.FAILED), (Held.UNKNOWN, Standing.OPEN)):
        where = tuple(_breach(m, scope, verdict) for scope, verdict in found if verdict.standing is standing)
        if where:
            return Judged(assumption, held, where)
    return Judged(assumption, Held.HOLDS, ())


def _breach(m: Meaning, scope: Scope, verdict: Verdict) -> Breach:
    day = verdict.day if verdict.day is not None and 0 < verdict.day <= LAST_DAY else None
    period = scope.period_label if scope.period_label != scope.label else ""
    rows = sorted({row.id: row for row in verdict.rows}.values(), key=lambda row: (row.day, row.id))
    where = tuple(m.world.facts.notes.ref(row) for row in rows)
    return Breach(scope.label, period, date.fromordinal(day) if day is not None else None, where)


def told(m: Meaning) -> tuple[Assumed, ...]:
    """Every assumption in English, for those who read a status."""
    if not m.contract.assumptions:
        return ()
    from outcomelang.prose.english.proof import assumed_in_words

    return tuple(
        Assumed(
            said=assumed_in_words(each.assumption, m.contract),
            clause=each.assumption.origin.clause,
            file=file_name(each.assumption.origin.path),
            line=each.assumption.origin.line,
            held=each.held.value,
            where=each.where,
        )
        for each in judged(m)
    )


# ---------------------------------------------------------------- conditions that nothing is paid for


def _judge(m: Meaning, node: ir.Condition) -> Judge:
    """As for an outcome, but that a value which there is not breaks nothing, and that a breach is not waited for."""
    match node:
        case ir.Compares():
            return _compares(m, node)
        case ir.AtLeast():
            return listed(
                [(_judge(m, i.where) if i.where is not None else None, _judge(m, i.condition)) for i in node.items],
                node.least,
            )
        case ir.LabelIs() | ir.ValueGiven() | ir.Happens() | ir.Reaches() | ir.Achieved() | ir.ForMembers():
            return m.condition(node)
        case _:
            assert_never(node)


_BROKEN_BY = {"<=": ">", "<": ">=", "==": ">"}
"""How a count that only rises breaks what it must stay below, on the day on which it does."""


def _compares(m: Meaning, node: ir.Compares) -> Judge:
    judge, left, right = m.condition(node), m.number(node.left), m.number(node.right)
    passed: Judge | None = None
    if node.comparator in _BROKEN_BY and rises(m.known, node.left) and is_constant(m.known, node.right):
        passed = m.condition(evolve(node, comparator=_BROKEN_BY[node.comparator]))

    def verdict(scope: Scope) -> Verdict:
        if left(scope, m.world.as_of) is None or right(scope, m.world.as_of) is None:
            return LEFT_OUT if m.world.is_empty(scope) else Verdict(Standing.OPEN, None)
        over = passed(scope) if passed is not None else None
        if over is not None and over.standing is Standing.MET:
            return Verdict(Standing.FAILED, over.day, over.rows)
        return judge(scope)

    return verdict
