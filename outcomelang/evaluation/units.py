"""What is earned: the units of every payment, with their price, day and rows, before any limit or rounding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from fractions import Fraction
from itertools import repeat
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY, LAST_DAY, shift
from outcomelang.evaluation import indexing
from outcomelang.evaluation.drafts import ORDER, Draft, Key, claim_day
from outcomelang.evaluation.event_log import Row
from outcomelang.evaluation.gates import gate
from outcomelang.evaluation.observation import observed
from outcomelang.evaluation.plans import PlanReading
from outcomelang.evaluation.quantities import rounded, simplest
from outcomelang.evaluation.rulings import Ruled, ruled
from outcomelang.evaluation.scope import Num, Scope
from outcomelang.evaluation.selections import anchor, rows_found, scope_test, window
from outcomelang.evaluation.timing import evidence
from outcomelang.evaluation.verdict import Achievement, Standing, Verdict
from outcomelang.evaluation.waiting import Waited, Waiting

if TYPE_CHECKING:
    from outcomelang.evaluation.meaning import Meaning

Earned = tuple[Scope, Num, Sequence[Achievement]]
"""A subject, the units it earns on each occasion, and the occasions (day, sequence from 1, rows): at least one."""


def units(m: Meaning, waiting: Waiting, places: Container[int] | None = None) -> list[Draft]:
    """Every unit earned up to the day of the account (of the payments at these places, where some are given). Who needs
    them in the total order puts them in it."""
    drafts: list[Draft] = []
    driven = Counter(f.driver.outcome for f in m.contract.flows if isinstance(f.driver, ir.EachAchievement))
    waiting.shared = frozenset(outcome for outcome, payments in driven.items() if payments > 1)
    lines: dict[str, int] = {}
    for place, flow in enumerate(m.contract.flows):
        index = lines.setdefault(flow.name, place)
        if places is None or place in places:
            drafts += _FlowUnits(m, flow, index, waiting).drafts()
    return _each_once(drafts) if m.contract.versions else drafts


def _each_once(drafts: list[Draft]) -> list[Draft]:
    """What was earned under the earlier terms of a payment is not earned again under its later ones."""
    earned: set[Key] = set()
    kept = []
    for draft in sorted(drafts, key=ORDER):
        flow = draft.flow
        if flow.versions:
            outcome = flow.driver.outcome if isinstance(flow.driver, ir.EachAchievement) else None
            key = (flow.name, type(flow.driver), outcome, draft.scope.key, draft.sequence)
            if key in earned:
                continue
            earned.add(key)
        kept.append(draft)
    return kept


class _Terms(NamedTuple):
    """What is the same for every unit of a subject: the gate's day and rows, when the price is settled, the price.

    `certain` is the last day up to which a unit can be earned and nothing else be asked: what it pays is known.
    """

    gate_day: int
    gate_rows: tuple[Row, ...]
    settled: int
    price: Num | None
    certain: int


_UNGATED = Verdict(Standing.MET, None)
_ID = itemgetter(Row._fields.index("id"))


class _FlowUnits:
    """The units of one flow."""

    def __init__(self, m: Meaning, flow: ir.Flow, index: int, waiting: Waiting) -> None:
        self.m, self.flow, self.index, self.waiting = m, flow, index, waiting
        self.as_of, self.verified_on = m.world.as_of, m.world.facts.verified_on
        self.last_rows: tuple[Row, ...] = ()
        self.last_verified = 0
        self.price, self.price_rows = m.number(flow.amount), evidence(m, flow.amount)
        self.price_settled, self.price_seen = m.settled(flow.amount), observed(m, flow.amount)
        self.in_time = bool(flow.versions)
        self.dated = flow.claimed_within is not None or flow.due is not None or flow.withheld is not None
        self.indexed = indexing.is_indexed(m.contract, flow.amount)
        self.gate = gate(m, flow.gate) if flow.gate is not None else None
        self.released_on = anchor(m, flow.withheld.until) if flow.withheld is not None else None
        self.rule = ruled(m, flow.name, flow.rulings) if flow.rulings else None
        self.due_after = anchor(m, flow.due.anchor) if flow.due is not None and flow.due.anchor is not None else None

    def drafts(self) -> Iterator[Draft]:
        """Gate and price are read once for each subject, however many units it earns."""
        plan, of_plan = self.flow.instalments, self._of_plan()
        for scope, count, occasions in self._earned():
            terms = self._terms(scope)
            if terms is None:
                continue
            for day, sequence, rows, ruled_on in occasions:
                earned_on = day if day > terms.gate_day else terms.gate_day
                if self.in_time and plan is None and not self._governs(scope, earned_on):
                    continue
                behind = (*rows, *terms.gate_rows) if terms.gate_rows else rows
                price = terms.price if earned_on <= terms.certain else self._priced(scope, terms, earned_on, behind)
                if price is not None and self.indexed and plan is None:
                    price = self._indexed_price(scope, earned_on)
                if price is None:
                    continue
                said = ruled_on
                if self.rule is not None:
                    word = self.rule(scope, earned_on, behind)
                    if not self._holds(word, scope):
                        continue
                    behind, said = word.rows, max(word.on or FIRST_DAY, ruled_on or FIRST_DAY)
                outcome = of_plan[sequence - 1] if of_plan else ""
                if plan is not None:
                    yield from self._in_instalments(plan, scope, price, behind, said, outcome)
                    continue
                draft = Draft(self.flow, self.index, scope, earned_on, sequence, count, price, outcome)
                if self._complete(draft, behind, said):
                    yield draft

    def _governs(self, scope: Scope, day: int) -> bool:
        """Whether these terms of the payment govern what a subject earns on a day."""
        return not self.flow.versions or self.m.world.governing.governs(self.flow.versions, scope, day)

    def _holds(self, word: Ruled, scope: Scope) -> bool:
        """Whether what must be said of a unit was said in its favour; what still waits is told."""
        if word.waits:
            self._wait(self.flow.name, word.waits, scope, word.on)
        return word.holds

    def _of_plan(self) -> tuple[str, ...]:
        """The outcomes that can stand in the plan, where each of them is paid for."""
        driver = self.flow.driver
        return self.m.plan(driver.plan).outcomes if isinstance(driver, ir.EachInPlan) else ()

    def _earned(self) -> Iterator[Earned]:
        match self.flow.driver:
            case ir.OneEach() as driver:
                yield from self._one_each(driver)
            case ir.EachAchievement() as driver:
                yield from self._each_achievement(driver)
            case ir.EachRow(select=select):
                yield from self._each_row(select)
            case ir.EachUnit() as driver:
                yield from self._each_unit(driver)
            case ir.EachInPlan(plan=plan, partly=partly):
                yield from self._each_in_plan(self.m.plan(plan), partly)

    def _instances(self) -> Iterator[Scope]:
        return (scope for scope in self.m.world.instances(self.flow.subject) if not self.m.world.is_empty(scope))

    def _one_each(self, driver: ir.OneEach) -> Iterator[Earned]:
        meant = self._meant(driver) if driver.tests or driver.window is not None else None
        for scope in self._instances():
            if meant is not None and not meant(scope):
                continue
            settled = self.price_settled(scope)
            if settled > FIRST_DAY and not self.flow.in_advance:
                yield scope, 1, [Achievement(settled, 1, tuple(self.price_rows(scope, LAST_DAY)))]
            else:
                rows = (scope.person.row,) if scope.kind == "person" and scope.person and scope.person.row else ()
                yield scope, 1, [Achievement(self._first_day(scope), 1, rows)]

    def _meant(self, driver: ir.OneEach) -> Callable[[Scope], bool]:
        """Whether somebody is one of those paid for: by what the joining row (of a member, the first row) carries."""
        tests, bounds = [scope_test(self.m, test) for test in driver.tests], window(self.m, driver.window)

        def meant(scope: Scope) -> bool:
            if not all(test(scope) for test in tests):
                return False
            day = scope.row.day if scope.row is not None else scope.person.joined if scope.person is not None else None
            days = bounds(scope) if driver.window is not None else None
            return driver.window is None or (day is not None and days is not None and days[0] <= day <= days[1])

        return meant

    def _first_day(self, scope: Scope) -> int:
        """A lump sum is earned on the first day of the term, a head on joining, a period's fee on its last day."""
        if scope.kind == "person" and scope.person is not None:
            return scope.person.joined
        if scope.first is not None and scope.last is not None:
            return scope.first if self.flow.in_advance else scope.last
        if scope.row is not None:
            return scope.row.day
        if scope.person is not None:
            return scope.person.joined
        return self.m.world.first_joining(scope)

    def _each_achievement(self, driver: ir.EachAchievement) -> Iterator[Earned]:
        m, name = self.m, driver.outcome
        result, checks = m.outcome(name), [scope_test(m, test) for test in driver.tests]
        bounds = window(m, driver.window) if driver.window is not None else None
        for scope in m.world.instances(m.outcomes[name].subject):
            if m.world.is_empty(scope) or (checks and not all(check(scope) for check in checks)):
                continue
            achievements, verdict, waits, waits_until = result(scope)
            paid = achievements
            if bounds is not None:
                days = bounds(scope)
                paid = tuple([each for each in achievements if days is not None and days[0] <= each.day <= days[1]])
            if paid:
                yield scope, 1, paid
            claimed = m.world.claimed(scope)
            if claimed is not None and len(result(claimed).achievements) > len(achievements):
                self._wait(name, "awaiting verification", scope, None)
            elif waits:
                self._wait(name, waits, scope, waits_until)
            elif not achievements and verdict.standing is Standing.OPEN:
                self._wait(name, "open", scope, verdict.day)

    def _each_row(self, select: ir.Select) -> Iterator[Earned]:
        m, found, world = self.m, rows_found(self.m, select), self.m.world
        assert isinstance(select.of, ir.Rows)
        for row in found(world.whole, world.as_of):
            yield world.row(row), 1, [Achievement(row.day, 1, (row,))]
        if m.events[select.of.event].verification is not None:
            for row in found(world.whole_claimed(), world.as_of):
                if row.id not in world.facts.verified_on:
                    self._wait(self.flow.name, "awaiting verification", world.row(row), None)

    def _each_unit(self, driver: ir.EachUnit) -> Iterator[Earned]:
        m, quantity = self.m, self.m.number(driver.quantity)
        settled, seen, rows = m.settled(driver.quantity), observed(m, driver.quantity), evidence(m, driver.quantity)
        for scope in self._instances():
            day, given = settled(scope), m.is_stipulated(driver.quantity, scope)
            if scope.undecided or (day > min(m.world.as_of, seen(scope)) and not given):
                self._wait(self.flow.name, "open", scope, day)
                continue
            value = quantity(scope, LAST_DAY)
            if value is None:
                # Of somebody for whom the payment is not meant, nobody asks for a value.
                meant = self.gate is None or self.gate(scope).standing is not Standing.FAILED
                if meant and self._governs(scope, day):
                    self._note_no_value(scope)
                continue
            count = value * driver.scale
            count = rounded(count, "down") if driver.parts == "whole" else count
            if count:
                day = max(min(day, m.world.as_of) if given else day, self.price_settled(scope))
                day = m.world.term_first if day == FIRST_DAY else day
                yield scope, count, [Achievement(day, 1, tuple(rows(scope, LAST_DAY)))]

    def _wait(self, what: str, verdict: str, scope: Scope, until: int | None, worth: Num | None = None) -> None:
        if self._governs(scope, LAST_DAY if until is None else until):
            self.waiting.add(Waited(self.flow, what, verdict, scope, until, worth))

    def _each_in_plan(self, plan: PlanReading, partly: bool) -> Iterator[Earned]:
        for scope in self.m.world.instances(plan.subject):
            earned = plan.earned(scope, partly)
            if earned:
                yield scope, 1, [Achievement(unit.day, unit.number, unit.rows, unit.ruled) for unit in earned]
            plan.report(scope)
            claimed = self.m.world.claimed(scope)
            if claimed is not None and len(plan.earned(claimed, partly)) > len(earned):
                self._wait(self.flow.name, "awaiting verification", scope, None)
                continue
            waits, until = plan.open_until(scope, partly, earned)
            if waits:
                self._wait(self.flow.name, "open", scope, until)

    def _note_no_value(self, scope: Scope) -> None:
        """People are counted, and the first of them shown; a cohort, a period or the contract is named."""
        person = scope.person
        of = scope.label or "the contract" if person is None else f"a {person.population}"
        self.m.world.facts.notes.add(
            "no-value", f"{self.flow.name} has no value for {of}", person.row if person is not None else None
        )

    def _note_never_due(self, draft: Draft) -> None:
        said = f"{self.flow.name}: the day after which it is due has not come; the time counts from when it is payable"
        self.m.world.facts.notes.add("never-due", said, draft.rows[0] if draft.rows else None)

    def _terms(self, scope: Scope) -> _Terms | None:
        """When and at what price the units of a subject are paid; None where the gate is not met."""
        gate = self.gate(scope) if self.gate is not None else _UNGATED
        if gate.standing is not Standing.MET:
            if gate.standing is Standing.OPEN:
                self._wait(self.flow.name, "open", scope, gate.day)
            return None
        day = FIRST_DAY if gate.day is None else gate.day
        settled, price = self.price_settled(scope), simplest(self.price(scope, LAST_DAY))
        certain = self.as_of if settled == FIRST_DAY and price is not None else FIRST_DAY - 1
        return _Terms(day, gate.rows, settled, price, certain)

    def _priced(self, scope: Scope, terms: _Terms, day: int, rows: tuple[Row, ...]) -> Num | None:
        """The price of a unit earned by the day of the account; None (and why) where it is later or there is none."""
        if (day > self.as_of or terms.settled != FIRST_DAY) and self._is_open(scope, day, terms.settled):
            self._wait(self.flow.name, "open", scope, max(terms.settled, day))
            return None
        if terms.price is None:
            first = rows[0] if rows else None
            self.m.world.facts.notes.add("no-price", f"{self.flow.name}: no price can be found", first)
        return terms.price

    def _indexed_price(self, scope: Scope, day: int) -> Num | None:
        """The price on a day; None (and why) while the index is not known, or where it never will be."""
        price = self.m.priced(self.flow.amount, scope, day)
        if price is None and self.m.world.as_of < self.m.last_day:
            self._wait(self.flow.name, "open", scope, None)
        elif price is None:
            said = f"{self.flow.name}: the index has no value, so nothing is paid"
            self.m.world.facts.notes.add("no-index", said, None)
        return price

    def _is_open(self, scope: Scope, day: int, settled: int) -> bool:
        """Whether it is earned later than the day of the account, or its price is not known yet."""
        if max(day, settled) <= self.as_of and settled <= self.price_seen(scope):
            return False
        return not self.m.is_stipulated(self.flow.amount, scope)

    def _in_instalments(
        self,
        plan: ir.Instalments,
        scope: Scope,
        price: Num,
        rows: tuple[Row, ...],
        said: int | None,
        outcome: str,
    ) -> Iterator[Draft]:
        """Equal parts of one unit. Under `rounding each amount` the rounded parts add up to the rounded whole."""
        mode = next(((s.mode, s.to) for s in self.m.contract.stages if isinstance(s, ir.RoundEach)), None)
        paid: Num = 0
        due: Num = 0
        for number in range(1, plan.number + 1):
            day = shift(plan.first.toordinal(), plan.months * (number - 1), plan.days * (number - 1))
            if day > self.m.world.as_of:
                whole = rounded(price, *mode) if mode is not None else price
                self._wait(self.flow.name, "open", scope, day, whole - paid)
                return
            each = self._indexed_price(scope, day) if self.indexed else price
            if each is None:
                return
            due += each * Fraction(1, plan.number)
            exact = rounded(due, *mode) if mode is not None else due
            draft = Draft(self.flow, self.index, scope, day, number, Fraction(1, plan.number), each, outcome)
            draft.rounding, draft.amount = (exact - paid) - draft.earned, exact - paid
            paid = exact
            if self._governs(scope, day) and self._complete(draft, rows, said):
                yield draft

    def _complete(self, draft: Draft, rows: tuple[Row, ...], said: int | None) -> bool:
        """Rows, verification and what hangs on days; false if it was claimed too late."""
        if rows:
            draft.rows, draft.tie = rows, rows[0].id
            if rows is not self.last_rows:
                self.last_rows, self.last_verified = rows, self._verified(rows)
            if self.last_verified:
                draft.verified = self.last_verified if self.last_verified > draft.day else draft.day
        if said is not None:
            draft.verified = max(said, draft.verified or draft.day)
        return not self.dated or self._dated(draft, rows)

    def _dated(self, draft: Draft, rows: tuple[Row, ...]) -> bool:
        """Claim, due day and release; false if it was claimed too late."""
        flow = self.flow
        within, later = flow.claimed_within, self.m.world.facts.later
        if within is not None and claim_day(draft) > later(draft.day, within.months, within.days, within.working):
            self.m.world.facts.notes.add("claimed-late", f"{flow.name}: known too late to be claimed", rows[-1])
            return False
        if flow.due is not None:
            payable = max(draft.day, draft.verified) if draft.verified is not None else draft.day
            start = self.due_after(draft.scope) if self.due_after is not None else payable
            if start is None:
                self._note_never_due(draft)
            begin = payable if start is None else start
            draft.due = later(begin, flow.due.months, flow.due.days, flow.due.working)
        if self.released_on is not None:
            self._withhold(draft, self.released_on(draft.scope))
        return True

    def _verified(self, rows: tuple[Row, ...]) -> int:
        """The day on which the last of the rows that need it was verified; 0 where none does."""
        verified_on = self.verified_on
        return max(map(verified_on.get, map(_ID, rows), repeat(0))) if verified_on else 0

    def _withhold(self, draft: Draft, day: int | None) -> None:
        """A payment that is withheld is due on the day of its release, if that is later."""
        draft.released = LAST_DAY if day is None else day
        if day is not None:
            draft.due = max(day, draft.due if draft.due is not None else draft.day)
        if draft.released > self.m.world.as_of:
            self._wait(self.flow.name, "withheld", draft.scope, day, draft.amount)
