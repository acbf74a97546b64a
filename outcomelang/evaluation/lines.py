"""The lines of a statement: what each payment comes to, by payer and payee and by what it is shown by."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.evaluation.drafts import Draft
from outcomelang.evaluation.ledger import Line
from outcomelang.evaluation.scope import Num
from outcomelang.evaluation.world import World


def lines(contract: ir.Contract, world: World, drafts: Iterable[Draft]) -> tuple[Line, ...]:
    """Payment × payer × payee, split by what it is shown by; a line keeps its count when a limit took its money."""
    sums: dict[tuple[int, str, str, str], list[Num]] = {}
    places: dict[tuple[int, str, str, str], int] = {}
    begun: set[tuple[object, ...]] = set()
    for draft in drafts:
        flow = draft.flow
        label = None if flow.shown_by is None else shown_label(world, draft)
        key = draft.index, flow.name if label is None else f"{flow.name}, {label}", draft.payer, draft.payee
        line = sums.get(key)
        if line is None:
            line = sums[key] = [0, 0]
            places[key] = _place(world, flow, label)
        line[1] += draft.amount if draft.sign > 0 else -draft.amount
        if flow.instalments is None:
            line[0] += draft.counted
        elif draft.counted and (*key, draft.scope.key, draft.outcome) not in begun:
            begun.add((*key, draft.scope.key, draft.outcome))
            line[0] += 1
    parties = {party.name: position for position, party in enumerate(contract.parties)}
    order = sorted(sums, key=lambda k: (k[0], parties.get(k[2], 0), parties.get(k[3], 0), places[k]))
    return tuple(
        Line(payment, payer, payee, Fraction(sums[key][0]), _whole(sums[key][1]))
        for key in order
        for _, payment, payer, payee in [key]
    )


def shown_label(world: World, draft: Draft) -> str | None:
    """The group or period that the payment's lines are shown by, as far as an entry belongs to one."""
    match draft.flow.shown_by:
        case None:
            return None
        case ir.KeyByGroup(partition=partition):
            return world.scope_label(draft.scope, partition)
        case ir.KeyByPeriod(calendar=calendar):
            own = draft.scope.period
            number = own[1] if own is not None and own[0] == calendar else world.period_at(calendar, draft.day)
            return None if number is None else f"{calendar} {number}"


def _place(world: World, flow: ir.Flow, label: str | None) -> int:
    """Where a line stands among those of its payment: as the group is declared, as periods follow; no label last."""
    match flow.shown_by:
        case ir.KeyByGroup(partition=partition):
            labels = [row.label for row in world.partitions[partition].rows]
            return len(labels) if label is None else labels.index(label)
        case ir.KeyByPeriod() if label is not None:
            return int(label.rpartition(" ")[2])
    return LAST


LAST = 10**9
"""After every period: a calendar has no so many."""


def _whole(amount: Num) -> int:
    exact = Fraction(amount)
    assert exact.denominator == 1, "a contract in which fractions of a penny arise declares how to round"
    return exact.numerator
