"""Plans of participants: from which day on each keeps its rules, and which of its outcomes are earned under it.

A plan is judged anew on every day on which something is agreed, from all that was agreed up to that day. It pays
nothing while a rule is broken: what is achieved then is earned on the day on which the plan is in order again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY, LAST_DAY, day_text
from outcomelang.core.names import name_key
from outcomelang.core.plans import most_of, outcome_rows, outcomes_in, outcomes_of
from outcomelang.evaluation.event_log import Row
from outcomelang.evaluation.scope import Scope
from outcomelang.evaluation.selections import window
from outcomelang.evaluation.verdict import Result, Standing

if TYPE_CHECKING:
    from outcomelang.evaluation.meaning import Meaning

MENU_SHOWN = 3


class Stretch(NamedTuple):
    """How a plan stands from a day on: the rules it breaks, and what is agreed, with the row that says so."""

    first: int
    faults: tuple[str, ...]
    agreed: Mapping[str, Row | None]
    rows: tuple[Row, ...]


class Unit(NamedTuple):
    """An outcome earned under a plan; `number` is its place among all that can stand in the plan, from 1."""

    outcome: str
    number: int
    day: int
    rows: tuple[Row, ...]
    ruled: int | None


class PlanReading:
    """One plan of the contract, read for each participant once."""

    def __init__(self, m: Meaning, plan: ir.Plan) -> None:
        self.m, self.plan = m, plan
        self.subject = ir.PerPerson(plan.population)
        self.outcomes = outcomes_of(plan)
        self._spelled = _spellings(m.contract)
        self._beside = _beside(m.contract, plan) - frozenset(self.outcomes)
        self._windows = {
            id(slot): window(m, slot.window)
            for slot in plan.slots
            if isinstance(slot, ir.Chosen) and slot.window is not None
        }
        self._choosers = {by: _names_of_chooser(m.contract, plan, by) for by in _choosing(plan)}
        self._known: dict[tuple[object, ...], tuple[Stretch, ...]] = {}
        self._reported: set[tuple[object, ...]] = set()

    # ------------------------------------------------------------ how the plan stands

    def stretches(self, scope: Scope) -> tuple[Stretch, ...]:
        """How somebody's plan stands from day to day; the last stretch goes on."""
        known = self._known.get(scope.key)
        if known is None:
            known = self._known[scope.key] = tuple(self._judged(scope))
        return known

    def _judged(self, scope: Scope) -> Iterator[Stretch]:
        rows = scope.rows_of(self.plan.event) if self.plan.event is not None else ()
        yield self._stretch(scope, FIRST_DAY, ())
        so_far: list[Row] = []
        for day, some in groupby(rows, lambda row: row.day):
            so_far += some
            yield self._stretch(scope, day, tuple(so_far))

    def _stretch(self, scope: Scope, first: int, rows: tuple[Row, ...]) -> Stretch:
        named: dict[str, list[Row]] = {}
        faults = list(self._sorted(rows, named))
        agreed: dict[str, Row | None] = {}
        for slot in self.plan.slots:
            match slot:
                case ir.Agreed(outcomes):
                    faults += self._fixed(outcomes, named, agreed)
                case ir.AgreedByGroup(partition, choices):
                    label = self.m.world.scope_label(scope, partition)
                    own = tuple(choice.outcome for choice in choices if choice.label == label)
                    faults += self._fixed(own, named, agreed) if own else [f"no {partition} is known"]
                case ir.Chosen():
                    faults += self._chosen(slot, scope, named, agreed)
        faults += [f"{outcome} does not belong to it" for outcome in named if outcome not in agreed]
        return Stretch(first, tuple(faults), agreed, rows)

    def _sorted(self, rows: Iterable[Row], named: dict[str, list[Row]]) -> Iterator[str]:
        """Put rows under the outcomes they name. What stands beside the plan is left out."""
        for row in rows:
            text = row.attributes.get(self.plan.attribute or "")
            outcome = self._spelled.get(name_key(str(text))) if text is not None else None
            if outcome is None:
                what = f"“{text}” is no outcome" if text is not None else "a row names no outcome"
                yield f"{what} ({row.event} of {day_text(row.day)})"
            elif outcome not in self._beside:
                named.setdefault(outcome, []).append(row)

    def _fixed(
        self, outcomes: Iterable[str], named: Mapping[str, list[Row]], agreed: dict[str, Row | None]
    ) -> Iterator[str]:
        """Outcomes that nobody chooses: named once each, where the log lists the whole plan."""
        for outcome in outcomes:
            if not self.plan.listed:
                agreed[outcome] = None
                if outcome in named:
                    yield f"{outcome} is not to be chosen: it belongs to every plan"
            elif outcome in named:
                agreed[outcome] = named[outcome][0]
                if len(named[outcome]) > 1:
                    yield f"{outcome} is agreed twice"
            else:
                yield f"{outcome} is missing"

    def _chosen(
        self, slot: ir.Chosen, scope: Scope, named: Mapping[str, list[Row]], agreed: dict[str, Row | None]
    ) -> Iterator[str]:
        own = [outcome for outcome in slot.outcomes if outcome in named]
        for outcome in own:
            agreed[outcome] = named[outcome][0]
            if len(named[outcome]) > 1:
                yield f"{outcome} is chosen twice"
            for row in named[outcome]:
                yield from self._choice(slot, scope, outcome, row)
        if len(own) != slot.number:
            few = f"{'only ' if len(own) < slot.number else ''}{len(own)}" if own else "nothing"
            yield f"{few} {'is' if len(own) < 2 else 'are'} chosen from {_menu(slot)}, where {slot.number} should be"

    def _choice(self, slot: ir.Chosen, scope: Scope, outcome: str, row: Row) -> Iterator[str]:
        """What is wrong with one choice: who made it, and when."""
        said = row.attributes.get(self.plan.chooser) if self.plan.chooser is not None else None
        who = str(said) if said is not None else row.source
        if name_key(who) not in self._choosers[slot.by]:
            yield f"{outcome} was chosen by {who}, not by the {slot.by or self.plan.population}"
        if slot.window is None:
            return
        days = self._windows[id(slot)](scope)
        if days is None:
            yield f"{outcome} was chosen before its time can be told"
        elif not days[0] <= row.day <= days[1]:
            begins = f"from {day_text(days[0])} " if days[0] > FIRST_DAY else ""
            yield f"{outcome} was chosen on {day_text(row.day)}, and its time is {begins}to {day_text(days[1])}"

    # ------------------------------------------------------------ what is earned under it

    def judged(self, outcome: str, partly: bool) -> str | None:
        """The outcome to be achieved: itself, or its lesser success if there is one."""
        return self.m.outcomes[outcome].partly if partly else outcome

    def result(self, outcome: str, partly: bool, scope: Scope) -> Result | None:
        """How an outcome, or its lesser success, stands for somebody."""
        name = self.judged(outcome, partly)
        return self.m.outcome(name)(scope) if name is not None else None

    def earned(self, scope: Scope, partly: bool) -> tuple[Unit, ...]:
        """Each outcome of the plan once, on the first day on which it is achieved and the plan is in order."""
        found = []
        for number, outcome in enumerate(self.outcomes, 1):
            if not any(outcome in stretch.agreed for stretch in self.stretches(scope) if not stretch.faults):
                continue
            result = self.result(outcome, partly, scope)
            if result is not None and result.achievements:
                achieved = result.achievements[0]
                under = self._under(scope, outcome, achieved.day)
                if under is not None:
                    day, stretch = under
                    rows = (*achieved.rows, *self._behind(stretch, outcome))
                    found.append(Unit(outcome, number, day, rows, achieved.ruled))
        return tuple(found)

    def _under(self, scope: Scope, outcome: str, achieved: int) -> tuple[int, Stretch] | None:
        stretches = self.stretches(scope)
        for position, stretch in enumerate(stretches):
            last = stretches[position + 1].first - 1 if position + 1 < len(stretches) else LAST_DAY
            if not stretch.faults and outcome in stretch.agreed and achieved <= last:
                return max(achieved, stretch.first), stretch
        return None

    def _behind(self, stretch: Stretch, outcome: str) -> tuple[Row, ...]:
        """The outcome's own row, and those with which the plan came to be in order, became known and was verified."""
        if not stretch.rows:
            return ()
        verified_on, own = self.m.world.facts.verified_on, stretch.agreed[outcome]
        last = (
            max(stretch.rows, key=lambda row: (row.day, row.id)),
            max(stretch.rows, key=lambda row: (verified_on.get(row.id, FIRST_DAY), row.id)),
            max(stretch.rows, key=lambda row: (row.recorded, row.id)),
        )
        behind = {row.id: row for row in (*((own,) if own is not None else ()), *last)}
        return (*(row for row in behind.values() if row is not last[-1]), last[-1])

    def open_until(self, scope: Scope, partly: bool, earned: tuple[Unit, ...]) -> tuple[bool, int | None]:
        """Whether more may still be earned, and until when: by what is not decided, or by a plan not yet in order."""
        last = self.stretches(scope)[-1]
        paid = {unit.outcome for unit in earned}
        if last.faults:
            return self.m.world.as_of < self.m.last_day, self.m.last_day
        results = [self.result(outcome, partly, scope) for outcome in last.agreed if outcome not in paid]
        open_ = [r.verdict for r in results if r is not None and r.verdict.standing is Standing.OPEN]
        return bool(open_), min((v.day for v in open_ if v.day is not None), default=None)

    def left(self, earned: int) -> int:
        """How many more outcomes a plan can pay for at most, where so many are earned."""
        return max(most_of(self.plan) - earned, 0)

    def report(self, scope: Scope) -> None:
        """Say once of each plan that was begun, and is not in order, what is wrong with it."""
        last = self.stretches(scope)[-1]
        if last.faults and last.rows and scope.key not in self._reported:
            self._reported.add(scope.key)
            said = f"{self.plan.name} is not in order, and pays nothing until it is: {'; '.join(last.faults)}"
            self.m.world.facts.notes.add("plan-not-in-order", said, last.rows[-1])


def _spellings(contract: ir.Contract) -> dict[str, str]:
    """Outcomes by the keys of their names, and of how a log calls them."""
    rows = outcome_rows(contract)
    logged = {name_key(text): row.label for row in rows for text in row.logged}
    return logged | {name_key(row.label): row.label for row in rows}


def _beside(contract: ir.Contract, plan: ir.Plan) -> frozenset[str]:
    """What may be agreed in the same rows and is no part of the plan: what is only watched, and other plans."""
    watched = {outcome.name for outcome in contract.outcomes if outcome.monitor_only}
    others = [each for each in contract.plans if (each.event, each.attribute) == (plan.event, plan.attribute)]
    return frozenset(watched | {name for each in others for name in outcomes_of(each)})


def _choosing(plan: ir.Plan) -> set[str | None]:
    return {slot.by for slot in plan.slots if isinstance(slot, ir.Chosen)}


def _names_of_chooser(contract: ir.Contract, plan: ir.Plan, by: str | None) -> frozenset[str]:
    """How a row may call those who choose."""
    if by is not None:
        party = next(each for each in contract.parties if each.name == by)
        return frozenset(map(name_key, (party.name, *party.logged)))
    people = next(each for each in contract.populations if each.name == plan.population)
    return frozenset(map(name_key, (people.name, people.plural, *people.logged)))


def _menu(slot: ir.Slot) -> str:
    names = outcomes_in(slot)
    return ", ".join(names[:MENU_SHOWN]) + (" …" if len(names) > MENU_SHOWN else "")
