"""An entry in the making: what a payment earns on one occasion, and what the stages leave of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import TYPE_CHECKING

from outcomelang.core import ir
from outcomelang.evaluation.event_log import Row
from outcomelang.evaluation.scope import Num, Scope

if TYPE_CHECKING:
    from outcomelang.evaluation.meaning import Meaning

Key = tuple[object, ...]


class Draft:
    """An entry in the making. `amount` is what is left of `earned`; `sign` is -1 for a repayment.

    `outcome` is the one of a plan for which it is paid, where the payment is for each of a plan.
    """

    __slots__ = (
        "amount",
        "counted",
        "cuts",
        "day",
        "due",
        "earned",
        "flow",
        "index",
        "outcome",
        "part",
        "payee",
        "payer",
        "price",
        "released",
        "rounding",
        "rows",
        "scope",
        "sequence",
        "sign",
        "tie",
        "units",
        "verified",
        "words",
    )

    def __init__(
        self,
        flow: ir.Flow,
        index: int,
        scope: Scope,
        day: int,
        sequence: int,
        units: Num,
        price: Num,
        outcome: str = "",
    ) -> None:
        self.flow, self.index = flow, index
        self.scope, self.day, self.sequence = scope, day, sequence
        self.units = self.counted = units
        self.price, self.outcome = price, outcome
        self.earned: Num = units * price
        self.amount: Num = self.earned
        self.cuts: tuple[tuple[str, str, Num], ...] = ()
        self.rounding: Num = 0
        self.rows: tuple[Row, ...] = ()
        self.payer = self.payee = self.tie = ""
        self.sign = -1 if flow.repays else 1
        self.verified: int | None = None
        self.due: int | None = None
        self.released: int | None = None
        """Until when it is withheld; the last day of the calendar where that day has not come."""
        self.part: tuple[str, ...] = ()
        """What tells an entry that a stage added from the unit it belongs to."""
        self.words: int | None = None
        """The amendment whose words its outcome was judged by, where that was told before."""

    def cut(self, by: str, clause: str, taken: Num) -> None:
        """Record what a stage takes (negative: gives)."""
        if taken:
            self.cuts = (*self.cuts, (by, clause, taken))
            self.amount -= taken

    def copy(self) -> Draft:
        twin = Draft.__new__(Draft)
        for slot in Draft.__slots__:
            setattr(twin, slot, getattr(self, slot))
        return twin


ORDER: Callable[[Draft], tuple[int, int, str, int, str]] = attrgetter("day", "index", "scope.label", "sequence", "tie")
"""Date, clause, participant, sequence, id: the same tie order everywhere."""


def claim_day(draft: Draft) -> int:
    """A claim is made when the last fact it rests on became known, but not before it is earned."""
    return max(draft.day, max((row.recorded for row in draft.rows), default=draft.day))


def party_of(m: Meaning, payer: ir.Payer, scope: Scope) -> str | None:
    """The party (or joint party) that pays or is paid for this subject."""
    match payer:
        case ir.NamedParty(party=party):
            return party
        case ir.Jointly(joint=joint):
            return joint
        case ir.PartyOfGroup(partition=partition):
            return m.world.scope_label(scope, partition)


def grouped(drafts: Iterable[Draft], key: Callable[[Draft], Key]) -> dict[Key, list[Draft]]:
    """Drafts by a key, in their order."""
    groups: dict[Key, list[Draft]] = {}
    for draft in drafts:
        groups.setdefault(key(draft), []).append(draft)
    return groups
