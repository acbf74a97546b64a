"""What a contract pays if so many were counted: the reference evaluator over supposed counts and sums.

No rows stand behind them. Every count and sum of many becomes a measure of its own in a twin of the contract, and a
value is given for it as an example of the contract would give one.
"""

from __future__ import annotations

from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.declared import Declared
from outcomelang.core.units import unit_of
from outcomelang.evaluation.examples import stipulate
from outcomelang.exposure.reckoning import Atom, AtomOf, Supposed
from outcomelang.exposure.thresholds import of_many
from outcomelang.histories.paid import account_day
from outcomelang.tree import evolve

Many = tuple[ir.Achievements | ir.People | ir.Rows, int, tuple[tuple[str, str], ...]]
"""So many outcomes, people or rows, with these labels."""

Setting = tuple[tuple[str, str], ...]
"""The row of a group, or the period, for which something is supposed, where it is not the first: name and label."""


class Supposing:
    """Pays what is supposed. Atoms of people one by one stay as they are: of them rows are made."""

    def __init__(self, names: Declared) -> None:
        self.names = names
        self._atoms: dict[AtomOf, str] = {}
        self._measures: list[ir.Measure] = []
        self._known: dict[object, dict[str, Fraction]] = {}
        contract = names.contract
        measures = tuple(
            evolve(each, quantity=self._parted(each.quantity, each.subject)) if of_many(each.subject) else each
            for each in contract.measures
        )
        outcomes = tuple(
            evolve(each, when=self._asked(each.when, each.subject)) if of_many(each.subject) else each
            for each in contract.outcomes
        )
        flows = tuple(self._flow(each) if of_many(each.subject) else each for each in contract.flows)
        self.contract = evolve(
            contract, measures=(*measures, *self._measures), outcomes=outcomes, flows=flows, examples=()
        )

    def paid(self, supposed: Supposed, many: tuple[Many, ...] = (), setting: Setting = ()) -> dict[str, Fraction]:
        """What is due under each payment clause; repayments negative. `many`: people and outcomes, each one's own."""
        key = (tuple(supposed.items()), many, setting)
        if key not in self._known:
            self._known[key] = self._paid(supposed, many, dict(setting))
        return self._known[key]

    def _paid(self, supposed: Supposed, many: tuple[Many, ...], setting: dict[str, str]) -> dict[str, Fraction]:
        givens: list[ir.Given] = [ir.GivenMany(number, of, labels, ()) for of, number, labels in many if number > 0]
        for atom, value in supposed.items():
            if atom in self._atoms:
                called = self._atoms[atom]
                givens.append(ir.GivenValue(called, self._label(atom[1], setting), ir.Const(value, ir.Unit.NUMBER)))
        for group in self.names.contract.partitions:
            if group.of in self.names.calendars and group.rows:
                row = ir.Const(setting.get(group.name, group.rows[0].label), ir.Unit.LABEL)
                givens.append(ir.GivenValue(group.name, setting.get(group.of, f"{group.of} 1"), row))
        account, meaning = stipulate(self.contract, tuple(givens), account_day(self.contract))
        due: dict[str, Fraction] = {}
        for draft in account.drafts(meaning):
            name = draft.flow.card or draft.flow.name
            due[name] = due.get(name, Fraction(0)) + draft.sign * draft.amount
        return due

    def _label(self, subject: ir.Subject, setting: dict[str, str]) -> str:
        """The group or period for which alone something is supposed: the first, unless the setting names another."""
        match subject:
            case ir.PerGroup(partition):
                return setting.get(partition, self.names.partitions[partition].rows[0].label)
            case ir.PerPeriod(calendar):
                return setting.get(calendar, f"{calendar} 1")
            case ir.Pooled(of):
                return self._label(of, setting)
            case _:
                return ""

    # ------------------------------------------------------------ the twin

    def _flow(self, flow: ir.Flow) -> ir.Flow:
        driver, gate = flow.driver, flow.gate
        if isinstance(driver, ir.EachUnit):
            driver = evolve(driver, quantity=self._parted(driver.quantity, flow.subject))
        if gate is not None:
            gate = self._asked(gate, flow.subject)
        return evolve(flow, amount=self._parted(flow.amount, flow.subject), driver=driver, gate=gate)

    def _asked(self, node: ir.Condition, here: ir.Subject) -> ir.Condition:
        match node:
            case ir.Compares(left, _, right):
                return evolve(node, left=self._parted(left, here), right=self._parted(right, here))
            case ir.AtLeast(items):
                parted = (evolve(item, condition=self._asked(item.condition, here)) for item in items)
                return evolve(node, items=tuple(parted))
            case ir.LabelIs() | ir.ValueGiven() | ir.Happens() | ir.Reaches() | ir.Achieved() | ir.ForMembers():
                return node

    def _parted(self, node: ir.Quantity, here: ir.Subject) -> ir.Quantity:
        match node:
            case ir.Counted() | ir.Summed() | ir.DaysIn() | ir.Observed():
                return self._atom(node, here)
            case ir.Arith(_, left, right):
                return evolve(node, left=self._parted(left, here), right=self._parted(right, here))
            case ir.Excess(of, over):
                return evolve(node, of=self._parted(of, here), over=self._parted(over, here))
            case ir.ChangeOf(base, new):
                return evolve(node, base=self._parted(base, here), new=self._parted(new, here))
            case ir.Rounded(of) | ir.Indexed(of):
                return evolve(node, of=self._parted(of, here))
            case ir.Const() | ir.Attribute() | ir.Read() | ir.Lookup() | ir.ContractValue():
                return node

    def _atom(self, node: Atom, here: ir.Subject) -> ir.Read:
        atom, unit = (node, here), unit_of(node)
        if atom not in self._atoms:
            called = self._atoms[atom] = f"Supposed {len(self._atoms) + 1}"
            self._measures.append(ir.Measure(called, here, node, unit))
        return ir.Read(self._atoms[atom], unit)
