"""Histories in which a payment is earned: for each payment the first that the evaluator finds to pay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import product

from attrs import evolve, frozen

from outcomelang.core import ir
from outcomelang.core.declared import Declared, declared, rests_on
from outcomelang.core.fixed_values import constant
from outcomelang.evaluation.event_log import Value
from outcomelang.histories.bringing import achieve, bring, found, happen, see_to, subject_of
from outcomelang.histories.dating import placed, since
from outcomelang.histories.history import History
from outcomelang.histories.making import Making, beyond, inside
from outcomelang.histories.paid import Paid, Payer
from outcomelang.histories.pushing import push
from outcomelang.histories.whom import Somebody, Whom

_SIZES = (
    *((1, 1, False), (1, 1, True), (1, 12, False)),
    *((10, 10, False), (10, 100, False), (40, 40, True), (40, 1_000, False), (120, 1_000, False)),
)
"""How many people, how much of what is counted, and whether a line is only just met: tried in turn."""

_MANY = (400, 1_000, False)
"""More than a written number of people is likely to ask for: a difference is below nothing beyond its line."""

_OF_ONE = tuple(size for size in _SIZES if size[0] == 1)


@frozen
class Earned:
    """A history in which a payment is due, and what it pays."""

    history: History
    paid: Paid


class Earning:
    """Makes histories for one contract; `pay` is its evaluator."""

    def __init__(self, contract: ir.Contract, pay: Payer | None = None) -> None:
        self.contract = contract
        self.names = declared(contract)
        self.pay = pay or Payer(contract)
        self._known: dict[str, Earned | None] = {}

    def earned(self, flow: ir.Flow) -> Earned | None:
        """The first history made in which the payment (or repayment) is due; None: none was found."""
        if flow.name not in self._known:
            self._known[flow.name] = next(self.tried(flow), None)
        return self._known[flow.name]

    def tried(self, flow: ir.Flow) -> Iterator[Earned]:
        """Every history made that earns it, the smallest first."""
        sizes = _OF_ONE if is_personal(self.names, flow) else _SIZES
        for (people, amount, exactly), labels in product(sizes, self.labels_of(flow)):
            history = self.made(flow, people, amount, labels, exactly)
            paid = self.pay(history)
            if paid.of(flow.name):
                yield Earned(history, paid)

    def made(
        self,
        flow: ir.Flow,
        people: int,
        amount: int,
        labels: Mapping[str, str],
        exactly: bool = False,
        day: int | None = None,
        anchors: int | None = None,
    ) -> History:
        """People join (on this day, else on the first permitted one), and what the payment asks for is brought about.

        `anchors` is the day of what others count their time from, where nothing else fixes it.
        """
        w = self._making(flow)
        w.size, w.exactly, w.anchors = amount, exactly, anchors
        whom = self.whom(w, flow, people, labels, day)
        joined = w.history()
        if self.pay(joined).of(flow.name):
            return joined
        self._bring(w, flow, whom, amount)
        return w.history()

    def lowered(self, flow: ir.Flow) -> Iterator[Earned]:
        """Histories in which a payment is made as small as can be, from the smallest on: below nothing, if it may."""
        for people, amount, _ in (*_SIZES, _MANY):
            w = self._making(flow)
            w.size = amount
            whom = subject_of(w, flow.subject, self.whom(w, flow, people, {}))
            if isinstance(flow.driver, ir.EachUnit):
                push(w, flow.driver.quantity, False, whom, amount)
            if flow.gate is not None:
                bring(w, flow.gate, whom)
            push(w, flow.amount, False, whom, amount)
            history = w.history()
            yield Earned(history, self.pay(history))

    def everything(self, labels: Mapping[str, str] | None = None) -> Earned:
        """One person (of these rows of groups) for whom payment after payment is brought about, as long as each adds
        to what is due.

        Payments to others than those who join like the first are left out.
        """
        flows = [flow for flow in self.contract.flows if not flow.repays and self.earned(flow) is not None]
        best = Earned(History(), self.pay(History()))
        w, whom = self._making(flows[0]) if flows else Making(self.names), Whom()
        for flow in flows:
            if not whom.people:
                whom = self.whom(w, flow, 1, labels or {})
            if {each.name for each in self._populations(flow)} - {each.population for each in whom.people}:
                continue
            before, w.values = list(w.facts), _values(self.names, flow)
            if not self.pay(w.history()).of(flow.name):
                self._bring(w, flow, whom, 1)
            history = w.history()
            paid = self.pay(history)
            if paid.unlimited > best.paid.unlimited or not best.history.facts:
                best = Earned(history, paid)
            else:
                w.facts = before
        return best

    def in_turn(self, *flows: ir.Flow, apart: int = 0) -> tuple[History, ...]:
        """One person for whom payments are brought about one after the other: the history after each of them.

        `apart`: so many days after the last thing that happened the next one begins.
        """
        w = self._making(flows[0])
        whom = self.whom(w, flows[0], 1, self.labels_of(flows[0])[0])
        told: list[History] = []
        for flow in flows:
            w.values = _values(self.names, flow)
            if told and apart:
                whom = since(w, whom, max(fact.day for fact in w.facts) + apart)
            self._bring(w, flow, whom, 1)
            told.append(w.history())
        return tuple(told)

    def _making(self, flow: ir.Flow) -> Making:
        w = Making(self.names, _values(self.names, flow))
        w.achieved = partial(see_to, w)
        return w

    def _bring(self, w: Making, flow: ir.Flow, whom: Whom, amount: int) -> None:
        """What drives a payment, its gate and its amount."""
        whom = subject_of(w, flow.subject, whom)
        self._drive(w, flow, whom, amount)
        if flow.gate is not None:
            bring(w, flow.gate, whom)
        push(w, flow.amount, True, whom, amount)
        if flow.rulings:
            day = max((fact.day for fact in w.facts), default=0)
            w.says(flow.name, flow.rulings, whom.people[0].name if whom.people else "", day)

    def whom(self, w: Making, flow: ir.Flow, people: int, labels: Mapping[str, str], day: int | None = None) -> Whom:
        """The people for whom it is paid, and those with whom they are compared."""
        joined: list[Somebody] = []
        compared: list[Somebody] = []
        for population in self._populations(flow):
            others = [p for p in self.contract.populations if p.comparison_of and w.compared_with(p) == population.name]
            for _ in range(min(people, population.most or people)):
                joined.append(w.join(population.name, labels, day))
            for other in others:
                compared += [w.join(other.name, labels, day) for _ in range(people)]
        return Whom(tuple(joined), compared=tuple(compared))

    def _populations(self, flow: ir.Flow) -> tuple[ir.Population, ...]:
        """Those of whom it speaks; where nothing says it, all who take part."""
        takes_part = [each for each in self.contract.populations if each.comparison_of is None]
        named = set(_populations_in(self.names, flow))
        return tuple(each for each in takes_part if each.name in named) or tuple(takes_part)

    def _drive(self, w: Making, flow: ir.Flow, whom: Whom, amount: int) -> None:
        match flow.driver:
            case ir.OneEach():
                return
            case ir.EachAchievement(outcome):
                achieve(w, outcome, whom)
            case ir.EachRow(select):
                found(w, select, evolve(whom, people=whom.people[:1]))
            case ir.EachUnit(quantity):
                push(w, quantity, True, whom, amount)
            case ir.EachInPlan(plan, partly):
                self._plan(w, next(each for each in self.contract.plans if each.name == plan), partly, whom)

    def _plan(self, w: Making, plan: ir.Plan, partly: bool, whom: Whom) -> None:
        for part in whom.each():
            chosen = list(_agreed(plan, dict(part.people[0].labels)))
            for outcome, slot in chosen:
                if plan.event is not None and plan.attribute is not None and (plan.listed or slot is not None):
                    self._choose(w, plan, outcome, slot, part)
            for outcome, _ in chosen:
                name = w.names.outcomes[outcome].partly if partly else outcome
                if name is not None:
                    achieve(w, name, part)

    def _choose(self, w: Making, plan: ir.Plan, outcome: str, slot: ir.Chosen | None, whom: Whom) -> None:
        assert plan.event is not None and plan.attribute is not None
        by = (slot.by or w.names.populations[plan.population].name) if slot is not None else None
        given: dict[str, Value] = {plan.attribute: outcome}
        if plan.chooser is not None and by is not None:
            given[plan.chooser] = by
        day = placed(w, slot.window if slot is not None else None, whom)
        happen(w, plan.event, day, (), whom)
        w.facts[-1] = evolve(w.facts[-1], attributes=tuple({**dict(w.facts[-1].attributes), **given}.items()))

    def labels_of(self, flow: ir.Flow) -> list[dict[str, str]]:
        """Rows of groups to try: those that the payment asks for, else the first of each, then all others in turn."""
        asked: dict[str, str] = {}
        for node in rests_on(self.names, flow):
            match node:
                case ir.InGroup(partition, labels):
                    asked.setdefault(partition, labels[0])
                case ir.LabelIs(ir.GroupLabel(partition), labels, False):
                    asked.setdefault(partition, labels[0])
                case _:
                    pass
        tried = [asked]
        for group in self.contract.partitions:
            tried += [{**asked, group.name: row.label} for row in group.rows[1:] if group.name not in asked]
        return tried


def _agreed(plan: ir.Plan, labels: Mapping[str, str]) -> Iterator[tuple[str, ir.Chosen | None]]:
    """Outcomes that a plan may hold, with the rule by which they are chosen."""
    for slot in plan.slots:
        match slot:
            case ir.Agreed(outcomes):
                yield from ((outcome, None) for outcome in outcomes)
            case ir.AgreedByGroup(partition, choices):
                yield from ((c.outcome, None) for c in choices if c.label == labels.get(partition))
            case ir.Chosen(number, outcomes):
                yield from ((outcome, slot) for outcome in outcomes[:number])


def is_personal(d: Declared, flow: ir.Flow) -> bool:
    """Whether what others do plays no part in what one person earns."""
    if not isinstance(flow.subject, _PERSON):
        return False
    measures = {node.measure for node in rests_on(d, flow) if isinstance(node, ir.Read)}
    return all(isinstance(d.measures[name].subject, _PERSON) or _is_written(d, name) for name in measures)


_PERSON = ir.PerPerson | ir.PerRow | ir.PerMember


def _is_written(d: Declared, measure: str) -> bool:
    return not any(isinstance(node, ir.Select | ir.DaysIn) for node in rests_on(d, d.measures[measure]))


def _populations_in(names: Declared, flow: ir.Flow) -> Iterator[str]:
    for node in rests_on(names, flow):
        match node:
            case ir.PerPerson(population) | ir.People(population):
                yield population
            case ir.PerGroup(partition) | ir.InGroup(partition) | ir.PartyOfGroup(partition):
                yield names.partitions[partition].of
            case ir.Rows(event) | ir.PerRow(event):
                of = names.events[event].of
                if of in names.populations:
                    yield of or ""
                elif of in names.members:
                    yield names.members[of].of
            case _:
                continue


def _values(names: Declared, flow: ir.Flow) -> dict[str, Value]:
    """What attributes must carry so that conditions on the row that is paid for hold."""
    values: dict[str, Value] = {}
    for node in rests_on(names, (flow, flow.gate)):
        match node:
            case ir.Compares(ir.Attribute(name), comparator, ir.Const() as line) if not isinstance(line.value, str):
                values[name] = beyond(constant(line), comparator, line.unit)
            case ir.LabelIs(ir.Attribute(name), labels, False):
                values[name] = labels[0]
            case ir.ValueGiven(ir.Attribute(name, unit), False) if unit is ir.Unit.LABEL:
                values[name] = "given"
            case ir.Table(by=by, rows=rows) if rows:
                values |= {
                    key.quantity.name: inside(bounds)
                    for key, bounds in zip(by, rows[-1].keys, strict=False)
                    if isinstance(key, ir.KeyByQuantity)
                    and isinstance(key.quantity, ir.Attribute)
                    and isinstance(bounds, ir.Bounds)
                }
            case _:
                continue
    return values
