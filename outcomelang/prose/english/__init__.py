"""English: every word of a reading, and the phrases for a condition, a quantity, a selection and a window.

The module is a `prose.language.Language`.
"""

from __future__ import annotations

from typing import assert_never

from outcomelang.core import ir
from outcomelang.prose.english import facts, general, outcomes, payments, people, plans, proof, stages
from outcomelang.prose.english.conditions import condition
from outcomelang.prose.english.days import window
from outcomelang.prose.english.quantities import quantity
from outcomelang.prose.english.scope import Scope
from outcomelang.prose.english.selections import select
from outcomelang.prose.language import Declaration, Topic
from outcomelang.prose.points import Clause

__all__ = ["Scope", "clause", "condition", "heading", "letter", "notice", "opening", "quantity", "select", "window"]

_ROMAN = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def notice(contract: ir.Contract) -> str:
    return general.NOTICE


def heading(topic: Topic) -> str:
    return general.HEADINGS[topic]


def opening(topic: Topic, contract: ir.Contract) -> tuple[Clause, ...]:
    return general.said(topic, contract)


def letter(depth: int, number: int) -> str:
    """(a), (b) … within a clause, (i), (ii) … within those, then numbers."""
    if depth == 0:
        turn, place = divmod(number - 1, 26)
        return f"({chr(97 + place) * (turn + 1)})"
    return f"({roman(number) if depth == 1 else number})"


def roman(number: int) -> str:
    for size, digits in _ROMAN:
        if number >= size:
            return digits + roman(number - size)
    return ""


def clause(declared: Declaration, contract: ir.Contract) -> Clause:  # noqa: C901
    match declared:
        case ir.Party():
            return people.party(declared)
        case ir.JointParty():
            return people.joint(declared)
        case ir.Population():
            return people.population(declared, contract)
        case ir.Member():
            return people.member(declared, contract)
        case ir.Partition():
            return people.partition(declared, contract)
        case ir.Calendar():
            return facts.calendar(declared)
        case ir.Event():
            return facts.event(declared, contract)
        case ir.State():
            return facts.state(declared, contract)
        case ir.Measure():
            return facts.measure(declared, contract)
        case ir.Table():
            return facts.table(declared, contract)
        case ir.Outcome():
            return outcomes.outcome(declared, contract)
        case ir.Plan():
            return plans.plan(declared, contract)
        case ir.Flow():
            return payments.flow(declared, contract)
        case ir.Cost():
            return proof.cost(declared, contract)
        case ir.Benefit():
            return proof.benefit(declared, contract)
        case ir.Acceptance():
            return proof.acceptance(declared)
        case ir.Assumption():
            return proof.assumption(declared, contract)
        case ir.Example():
            return proof.example(declared)
        case (
            ir.CountLimit()
            | ir.Replace()
            | ir.SetOff()
            | ir.RoundEach()
            | ir.MoneyLimit()
            | ir.Tier()
            | ir.ShareOut()
            | ir.Division()
            | ir.FallAway()
            | ir.Withhold()
            | ir.Repay()
            | ir.RoundTotal()
        ):
            return stages.stage(declared, contract)
        case _:
            assert_never(declared)
