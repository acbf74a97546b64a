"""Where a contract stands on a day: what is due by then and later, what may still come, and what limits leave.

Nothing is guessed: what something is worth is said only where the price does not depend on what is not known yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY, LAST_DAY
from outcomelang.evaluation.account import due
from outcomelang.evaluation.assumptions import told
from outcomelang.evaluation.drafts import Draft
from outcomelang.evaluation.event_log import EventLog
from outcomelang.evaluation.ledger import Standing, Status, Undecided
from outcomelang.evaluation.limit_use import LimitUses
from outcomelang.evaluation.meaning import Meaning
from outcomelang.evaluation.quantities import rounded
from outcomelang.evaluation.reference import Account, no_collector
from outcomelang.evaluation.scope import Num, Scope
from outcomelang.evaluation.selections import scope_test, window
from outcomelang.evaluation.units import units
from outcomelang.evaluation.verdict import Standing as Stands
from outcomelang.evaluation.waiting import Waited

OPEN, AWAITING = "open", "awaiting verification"


def status(contract: ir.Contract, log: EventLog, as_of: date | None = None, digest: str = "") -> Status:
    """Where the contract stands; without `as_of` on the day of the final account."""
    with no_collector():
        return _status(Account(contract, log, as_of), digest)


def _status(account: Account, digest: str) -> Status:
    contract = account.contract
    account.waiting.each = []
    meaning = account.prepare()
    uses = LimitUses(meaning)
    drafts = due(meaning, units(meaning, account.waiting), uses.watch)
    account.report_spells()
    ways = _Undecided(meaning)
    undecided = [*map(ways.of, filter(ways.may_pay, account.waiting.each)), *ways.more_to_come()]
    return Status(
        contract=contract.title,
        digest=digest,
        as_of=date.fromordinal(account.as_of),
        final=account.final,
        log_ends=date.fromordinal(account.facts.log_end) if account.facts.log_end > FIRST_DAY else None,
        currency=contract.currency,
        minor_digits=contract.minor_digits,
        payments=_payments(contract, drafts, account.as_of),
        undecided=tuple(undecided),
        limits=tuple(uses.found),
        reports=(*account.log.reports, *account.facts.notes.reports()),
        assumptions=told(meaning),
    )


def _payments(contract: ir.Contract, drafts: list[Draft], as_of: int) -> tuple[Standing, ...]:
    """By payment, payer and payee, in the order of the statement."""
    sums: dict[tuple[int, str, str, str], list[Fraction]] = {}
    for draft in drafts:
        line = sums.setdefault((draft.index, draft.flow.name, draft.payer, draft.payee), [Fraction(0), Fraction(0)])
        line[draft.due is not None and draft.due > as_of] += draft.sign * draft.amount
    parties = {party.name: position for position, party in enumerate(contract.parties)}
    order = sorted(sums, key=lambda key: (key[0], key[1], parties.get(key[2], 0), parties.get(key[3], 0)))
    return tuple(Standing(*key[1:], *sums[key]) for key in order)


class _Undecided:
    """What may still be paid, and how much at most."""

    def __init__(self, meaning: Meaning) -> None:
        self.m = meaning
        stages = meaning.contract.stages
        self._mode = next(((s.mode, s.to) for s in stages if isinstance(s, ir.RoundEach)), None)
        self._tiered = {flow for stage in stages if isinstance(stage, ir.Tier) for flow in stage.flows}

    def may_pay(self, waited: Waited) -> bool:
        """Whether anything can come of it: not where the condition of the payment has failed already."""
        gate = waited.flow.gate
        return gate is None or self.m.condition(gate)(waited.scope).standing is not Stands.FAILED

    def of(self, waited: Waited) -> Undecided:
        worth = waited.worth
        if worth is None:
            times = self._times(waited)
            price = self._price(waited.flow, waited.scope) if times is not None else None
            worth = None if price is None or times is None else price * times
        return self._made(waited.flow, waited.what, waited.verdict, waited.scope, waited.until, worth)

    def more_to_come(self) -> Iterator[Undecided]:
        """Outcomes that have been achieved, and may be again while their window is open."""
        for flow in self.m.contract.flows:
            if isinstance(flow.driver, ir.EachAchievement):
                node = self.m.outcomes[flow.driver.outcome]
                if node.each_time or node.times is not None:
                    yield from self._again(flow, node, flow.driver.tests)

    def _again(self, flow: ir.Flow, node: ir.Outcome, tests: tuple[ir.Test, ...]) -> Iterator[Undecided]:
        checks = [scope_test(self.m, test) for test in tests]
        deadline = window(self.m, node.deadline) if node.deadline is not None else None
        for scope in self.m.world.instances(node.subject):
            achieved = len(self.m.outcome(node.name)(scope).achievements)
            limits = deadline(scope) if deadline is not None else (FIRST_DAY, LAST_DAY)
            until = min(limits[1], self.m.last_day) if limits is not None else FIRST_DAY
            left = self._left(node, scope, achieved)
            if achieved and until > self.m.world.as_of and left != 0 and all(check(scope) for check in checks):
                waited = Waited(flow, node.name, OPEN, scope, until)
                price = self._price(flow, scope)
                if self.may_pay(waited):
                    worth = None if price is None or left is None else price * left
                    yield self._made(flow, node.name, OPEN, scope, until, worth)

    def _left(self, node: ir.Outcome, scope: Scope, achieved: int) -> int | None:
        """How often it can still be achieved; None where there is no bound."""
        if node.each_time:
            return None
        times = self.m.number(node.times)(scope, LAST_DAY) if node.times is not None else 1
        return max(int(times or 0) - achieved, 0)

    def _times(self, waited: Waited) -> int | None:
        """How many units it can come to at most."""
        match waited.flow.driver:
            case ir.OneEach() | ir.EachRow():
                return 1
            case ir.EachAchievement(outcome=outcome):
                node = self.m.outcomes[outcome]
                achieved = len(self.m.outcome(outcome)(waited.scope).achievements) if waited.what == outcome else 0
                if waited.verdict == AWAITING:
                    claimed = self.m.world.claimed(waited.scope)
                    return len(self.m.outcome(outcome)(claimed).achievements) - achieved if claimed else None
                return self._left(node, waited.scope, achieved)
            case ir.EachInPlan(plan=plan, partly=partly):
                reading = self.m.plan(plan)
                return reading.left(len(reading.earned(waited.scope, partly)))
            case ir.EachUnit():
                return None

    def _price(self, flow: ir.Flow, scope: Scope) -> Num | None:
        """The price of a unit, where nothing can change it any more."""
        if flow.name in self._tiered or self.m.settled(flow.amount)(scope) != FIRST_DAY:
            return None
        price = self.m.number(flow.amount)(scope, LAST_DAY)
        if price is None or price < 0:
            return None
        return rounded(price, *self._mode) if self._mode is not None else price

    def _made(
        self, flow: ir.Flow, what: str, verdict: str, scope: Scope, until: int | None, worth: Num | None
    ) -> Undecided:
        person = scope.person
        known = until is not None and FIRST_DAY < until < LAST_DAY
        return Undecided(
            payment=flow.name,
            what=what,
            verdict=verdict,
            participant=person.participant if person is not None else (scope.row.participant if scope.row else ""),
            subject=scope.label,
            period=scope.period_label,
            until=date.fromordinal(until) if until is not None and known else None,
            worth=None if worth is None else Fraction(-worth if flow.repays else worth),
        )
