"""The contract turned into functions of a subject, once for each account: the reference meaning.

Every part of the core has one function that gives its meaning (`number`, `condition`, `outcome` …); this class keeps
what was made, so that a measure or outcome used in ten places is one function with one memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY, LAST_DAY
from outcomelang.core.rising import known
from outcomelang.evaluation import (
    conditions,
    indexing,
    members,
    outcomes,
    plans,
    quantities,
    selections,
    states,
    timing,
)
from outcomelang.evaluation.scope import Num, Number, Scope
from outcomelang.evaluation.verdict import Standing, Verdict
from outcomelang.evaluation.world import World


class Meaning:
    """Functions over the subjects of one `World`. Building them does no work on the log."""

    def __init__(self, contract: ir.Contract, world: World) -> None:
        self.contract = contract
        self.world = world
        self.measures = {node.name: node for node in contract.measures}
        self.tables = {node.name: node for node in contract.tables}
        self.states = {node.name: node for node in contract.states}
        self.events = {node.name: node for node in contract.events}
        self.outcomes = {node.name: node for node in contract.outcomes}
        self.known = known(contract)
        self.members = {node.name: node for node in contract.members}
        world.judge = self.condition
        world.members_of = lambda person, member: self.members_found(member, ())(person, LAST_DAY)
        world.measured = lambda name, person, day: self.measure(name)(person, day)
        self.paid_values: dict[str, Num] = {}
        """The later values of tables `until … has been paid`, while a price past the threshold is read."""
        self.pricing_day = FIRST_DAY
        """The day of the payment whose amount is read: what is indexed depends on it."""
        self.price_only = indexing.price_only(contract)
        """Measures that have a value only where something is paid: nothing of them is remembered."""
        self._numbers: dict[int, Number] = {}
        self._measures: dict[str, Number] = {}
        self._outcomes: dict[str, outcomes.Resulting] = {}
        self._plans: dict[str, plans.PlanReading] = {}
        self._states: dict[str, Callable[[Scope], states.Observed]] = {}
        self._settled: dict[int, timing.DayFor] = {}
        self._observed: dict[str, Callable[[Scope], int]] = {}
        self.last_day = contract.last_claim.toordinal() if contract.last_claim is not None else world.as_of
        """The last day for claims: what is not achieved by then is not achieved."""
        self.unanchored = Verdict(Standing.FAILED if world.as_of >= self.last_day else Standing.OPEN, self.last_day)
        """What a window is whose anchor never came: failed in the final account, open before."""

    def number(self, node: ir.Quantity) -> Number:
        if id(node) not in self._numbers:
            self._numbers[id(node)] = quantities.number(self, node)
        return self._numbers[id(node)]

    def measure(self, name: str) -> Number:
        if name not in self._measures:
            self._measures[name] = quantities.measure(self, self.measures[name])
        return self._measures[name]

    def state(self, name: str) -> Callable[[Scope], states.Observed]:
        if name not in self._states:
            self._states[name] = states.state(self, name)
        return self._states[name]

    def outcome(self, name: str) -> outcomes.Resulting:
        if name not in self._outcomes:
            self._outcomes[name] = outcomes.outcome(self, self.outcomes[name])
        return self._outcomes[name]

    def plan(self, name: str) -> plans.PlanReading:
        if name not in self._plans:
            self._plans[name] = plans.PlanReading(self, next(p for p in self.contract.plans if p.name == name))
        return self._plans[name]

    def condition(self, node: ir.Condition) -> conditions.Judge:
        return conditions.condition(self, node)

    def settled(self, node: ir.Quantity) -> timing.DayFor:
        if id(node) not in self._settled:
            self._settled[id(node)] = timing.settled(self, node)
        return self._settled[id(node)]

    def rows_found(self, select: ir.Select) -> selections.RowsFound:
        return selections.rows_found(self, select)

    members_found = members.members_found
    people_found = selections.people_found
    achievements_found = selections.achievements_found

    def as_of_day(self, scope: Scope) -> int:
        return self.world.as_of

    def observed_until(self, event: str) -> Callable[[Scope], int]:
        """The last day on which the absence of an event is known: as declared (the two events of a state share it),
        else the log's last day; never later than the day of the account."""
        if event not in self._observed:
            self._observed[event] = self._observation(event)
        return self._observed[event]

    def observed_by(self, events: Iterable[str]) -> Callable[[Scope], int]:
        """The last day on which the absence of all of them is known."""
        each = list(dict.fromkeys(self.observed_until(event) for event in events))
        if len(each) == 1:
            return each[0]
        return lambda scope: min([until(scope) for until in each], default=self.world.as_of)

    def _log_end(self, scope: Scope) -> int:
        return self.world.facts.log_end

    def _observation(self, event: str) -> Callable[[Scope], int]:
        declared = self.events[event].observed_until
        if declared is None:
            partners = (s.days for s in self.contract.states if isinstance(s.days, ir.Spells))
            shared = {other for d in partners if event in (d.begins, d.ends) for other in (d.begins, d.ends) if other}
            declared = next(
                (self.events[e].observed_until for e in sorted(shared) if self.events[e].observed_until), None
            )
        facts = self.world.facts
        if declared is None:
            return self._log_end
        day = selections.anchor(self, declared)

        def until(scope: Scope) -> int:
            end = day(scope)
            return facts.log_end if end is None else min(end, self.world.as_of)

        return until

    def is_stipulated(self, node: ir.Quantity, scope: Scope) -> bool:
        """Whether an example gives the quantity outright (or some measure it is made of)."""
        stipulated = self.world.stipulated
        if not stipulated.values:
            return False
        match node:
            case ir.Read(measure=name):
                own = self.world.projected(self.measures[name].subject, scope)
                if stipulated.value(name, own) is not None:
                    return True
                return self.is_stipulated(self.measures[name].quantity, scope)
            case ir.Arith(left=left, right=right) | ir.Excess(of=left, over=right) | ir.ChangeOf(base=left, new=right):
                return self.is_stipulated(left, scope) or self.is_stipulated(right, scope)
            case ir.Rounded(of=of) | ir.Indexed(of=of):
                return self.is_stipulated(of, scope)
            case ir.Lookup(table=table):
                keys = (k.quantity for k in self.tables[table].by if isinstance(k, ir.KeyByQuantity))
                return any(self.is_stipulated(key, scope) for key in keys)
            case ir.Const() | ir.Counted() | ir.Summed() | ir.DaysIn() | ir.Attribute() | ir.ContractValue():
                return False
            case ir.Observed():
                return False

    def priced(self, node: ir.Quantity, scope: Scope, day: int) -> Num | None:
        """The value of an amount that is paid on a day."""
        self.pricing_day = day
        try:
            return self.number(node)(scope, LAST_DAY)
        finally:
            self.pricing_day = FIRST_DAY

    def value(self, node: ir.Quantity, scope: Scope) -> Num | None:
        """The value from all that is known on the day of the account."""
        return self.number(node)(scope, LAST_DAY)
