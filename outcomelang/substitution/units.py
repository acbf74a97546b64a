"""The units of an account before limits, told apart as the symbols of a formula ask for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.calendar import LAST_DAY, shift
from outcomelang.core.fixed_values import constant
from outcomelang.evaluation.account import due, subject_of
from outcomelang.evaluation.drafts import Draft, Key
from outcomelang.evaluation.ledger import Pending
from outcomelang.evaluation.limits import belonging, coverage, limit_day, limit_scope
from outcomelang.evaluation.meaning import Meaning
from outcomelang.evaluation.quantities import number
from outcomelang.evaluation.reference import Account
from outcomelang.evaluation.selections import scope_test
from outcomelang.evaluation.units import units
from outcomelang.formula.symbols import (
    AfterSteps,
    Axis,
    ByLimit,
    BySubject,
    ByUnit,
    ByUnitsOf,
    EarnedBy,
    InTurn,
    Named,
    Narrowing,
    NotReplaced,
    Released,
    UnderLimit,
    Valued,
)


class Earned:
    """One account, watched: its units as they were earned, and what each stage did to them."""

    def __init__(self, account: Account, meaning: Meaning) -> None:
        self.m = meaning
        self.contract = account.contract
        self.drafts = [draft.copy() for draft in self._units(account)]
        self.replaced: dict[int, set[Key]] = {}
        self.before: dict[int, dict[str, Fraction]] = {}
        """What each payment came to before each stage, in minor units."""
        self.due = due(meaning, self._live, self._watch)
        self.pending: tuple[Pending, ...] = tuple(
            Pending(what, verdict, count, subject, None)
            for (what, verdict), (count, subject, _) in account.waiting.found.items()
        )

    def _units(self, account: Account) -> list[Draft]:
        self._live = units(self.m, account.waiting)
        return self._live

    def _watch(self, stage: ir.Stage, drafts: list[Draft]) -> Callable[[list[Draft]], None]:
        before = {self.identity(draft): draft.counted for draft in drafts}
        place = next(i for i, each in enumerate(self.contract.stages) if each is stage)
        sums = self.before.setdefault(place, {})
        for draft in drafts:
            sums[draft.flow.name] = sums.get(draft.flow.name, Fraction(0)) + draft.sign * draft.amount

        def after(left: list[Draft]) -> None:
            now = {self.identity(draft): draft.counted for draft in left}
            self.replaced[place] = {key for key, counted in before.items() if counted and not now.get(key)}

        return after

    def identity(self, draft: Draft) -> Key:
        return draft.flow.name, id(draft.flow), draft.scope.key, draft.sequence, draft.tie

    def of(self, flow: int) -> list[Draft]:
        """The units of one payment, by its place in the contract."""
        node = self.contract.flows[flow]
        return [draft for draft in self.drafts if draft.flow is node]

    def keyed(self, axis: Axis) -> Callable[[Draft], Key]:
        """The key of an axis to which a unit belongs."""
        match axis:
            case ByLimit(per, calendar, by_claim_date):
                stage = ir.MoneyLimit(
                    (),
                    ir.ContractValue(),
                    per,
                    calendar,
                    by_claim_date,
                    ir.Order.EARLIEST,
                    (),
                    ir.Excess_.NOT_PAID,
                )
                return belonging(self.m, stage)
            case ByUnit():
                return self.identity
            case BySubject():
                return lambda draft: draft.scope.key
            case ByUnitsOf():
                return subject_of

    def test(self, of: Narrowing) -> Callable[[Draft], bool]:
        """Whether a unit is one of those meant."""
        m = self.m
        match of:
            case Valued(table, subject, value):
                wanted = 0 if value is None else constant(value)
                read = number(m, ir.Lookup(table, m.tables[table].unit))
                return lambda draft: read(m.world.projected(subject, draft.scope), LAST_DAY) == wanted
            case UnderLimit(place, inside):
                stage = self.contract.stages[place]
                assert isinstance(stage, ir.CountLimit | ir.MoneyLimit)
                covers = coverage(m, stage.covered)
                tests = [scope_test(m, test) for test in stage.tests] if isinstance(stage, ir.CountLimit) else []
                return lambda draft: (covers(draft) and all(test(draft.scope) for test in tests)) == inside
            case InTurn(place, turn):
                return lambda draft: self._turn(place, draft) == turn
            case NotReplaced(place):
                return lambda draft: self.identity(draft) not in self.replaced[place]
            case Named(partition, names):
                return lambda draft: (m.world.scope_label(draft.scope, partition) is not None) == names
            case Released():
                return lambda draft: draft.released is None or draft.released <= m.world.as_of
            case EarnedBy(day, after):
                return lambda draft: (max(draft.day, draft.released or draft.day) > day.toordinal()) == after
            case AfterSteps(indexed, steps):
                return lambda draft: anniversaries(indexed.since, draft.day) == steps

    def _turn(self, place: int, draft: Draft) -> int:
        stage = self.contract.stages[place]
        assert isinstance(stage, ir.CountLimit | ir.MoneyLimit)
        whose = limit_scope(self.m, stage.per, draft)
        version = self.m.world.governing.at(whose, limit_day(draft, stage.by_claim_date))
        return next(turn for turn, bound in enumerate(stage.bounds) if version in bound.versions)


def anniversaries(since: date, day: int) -> int:
    """How many anniversaries of a day there have been by another."""
    steps = 0
    while shift(since.toordinal(), 12 * (steps + 1), 0) <= day:
        steps += 1
    return steps
