"""Which version of an amended contract governs: by the day, and for some people by the day on which they joined."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from operator import itemgetter
from typing import TYPE_CHECKING

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY
from outcomelang.evaluation.scope import Scope

if TYPE_CHECKING:
    from outcomelang.evaluation.drafts import Draft
    from outcomelang.evaluation.meaning import Meaning

Turns = list[tuple[int, int]]
"""The versions that govern somebody in turn: the first day of each and its place in the contract."""


class Governing:
    """Everybody's versions, and by population those of the people who joined from a day on."""

    def __init__(
        self, contract: ir.Contract, first_joining: Callable[[Scope], int], partitions: dict[str, ir.Partition]
    ) -> None:
        self.versions, self._first_joining, self._partitions = contract.versions, first_joining, partitions
        self._everybody: Turns = []
        self._of: dict[str, dict[int, Turns]] = {}
        for place, version in enumerate(contract.versions):
            turn = (FIRST_DAY - 1 if version.first is None else version.first.toordinal(), place)
            if version.population is None or version.joined_from is None:
                self._everybody.append(turn)
            else:
                of, joined = self._of.setdefault(version.population, {}), version.joined_from.toordinal()
                # of two amendments for those who join from one day on, the later holds what the earlier left
                of[joined] = [turn] if version.first is None else [*of[joined], turn]

    def turns(self, scope: Scope) -> Turns:
        """The versions that govern a subject, in turn."""
        who = self._joined(scope) if self._of else None
        if who is None:
            return self._everybody
        population, joined = who
        of = self._of.get(population, {})
        begun = [day for day in of if day <= joined]
        return of[max(begun)] if begun else self._everybody

    def _joined(self, scope: Scope) -> tuple[str, int] | None:
        """Whose amendments reach a subject, by which day of joining; nobody's reach the contract as a whole."""
        if scope.person is not None:
            return scope.person.population, scope.person.joined
        if scope.group is not None:
            return self._partitions[scope.group[0]].of, self._first_joining(scope)
        return None

    def at(self, scope: Scope, day: int) -> int:
        """The version that governs what a subject earns on a day."""
        turns = self.turns(scope)
        return turns[bisect_right(turns, day, key=itemgetter(0)) - 1][1]

    def governs(self, versions: tuple[int, ...], scope: Scope, day: int) -> bool:
        """Whether what holds in these versions only (in all, where none is named) holds for a subject on a day."""
        return not versions or self.at(scope, day) in versions


def words_at(outcome: ir.Outcome, version: int) -> tuple[int, ir.Outcome]:
    """What an outcome is in a version, and the amendment that it comes from."""
    for amended in outcome.amended:
        if version in amended.versions:
            return amended.amendment, amended.outcome
    return 0, outcome


def holds(m: Meaning, stage: ir.Replace | ir.SetOff | ir.Division, draft: Draft) -> bool:
    """Whether a stage stands in the version of the contract that governs an entry."""
    return not stage.versions or m.world.governing.governs(stage.versions, draft.scope, draft.day)
