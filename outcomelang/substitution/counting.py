"""The values of symbols on a log: counts of units before limits, and quantities as the evaluator reads them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.calendar import LAST_DAY, shift
from outcomelang.core.units import unit_of
from outcomelang.evaluation.drafts import Draft, Key
from outcomelang.evaluation.gates import gate
from outcomelang.evaluation.limits import limit_scope, limited_scope
from outcomelang.evaluation.observation import observed
from outcomelang.evaluation.scope import Num, Scope
from outcomelang.evaluation.verdict import Standing
from outcomelang.formula.deriving import Formulas
from outcomelang.formula.evaluating import Values
from outcomelang.formula.expression import rounded
from outcomelang.formula.symbols import (
    AmountsOf,
    AttributeOf,
    ByLimit,
    BySubject,
    FactorOf,
    Index,
    Symbol,
    UnitsOf,
    ValueOf,
    WhetherAnybody,
    WhetherEnded,
    WhetherGiven,
    WhetherHolds,
)
from outcomelang.substitution.units import Earned


def counted(of: Formulas, earned: Earned) -> Values:
    """Every symbol of the formulas with its value, or its values by key."""
    reading = _Reading(of, earned)
    single = {each.name: reading.one(each) for each in of.symbols if not each.index}
    many = {each.name: reading.each(each) for each in of.symbols if each.index}
    return Values(single, many, {index.name: reading.keys(index) for index in of.indices})


class _Reading:
    def __init__(self, of: Formulas, earned: Earned) -> None:
        self.of, self.earned, self.m = of, earned, earned.m
        self.kept_alive: list[ir.Quantity] = []
        """Nodes made here: the meaning of a node is remembered by its identity."""
        self.scale = 10**of.contract.minor_digits
        self.indices = {index.name: index for index in of.indices}

    # ------------------------------------------------------------ indices

    def keys(self, index: Index) -> tuple[Key, ...]:
        """Every key under which something is counted; of a payment's subjects those for which it is decided."""
        if isinstance(index.axis, BySubject):
            return tuple(scope.key for scope in self._decided(index.axis))
        found: dict[Key, None] = {}
        for symbol in self.of.symbols:
            if symbol.index == index.name and isinstance(symbol.source, UnitsOf | AttributeOf | AmountsOf):
                found.update(dict.fromkeys(self.each(symbol)))
        if not found:
            found.update(dict.fromkeys(key for _, key in self._keyed(index)))
        return tuple(found)

    def _keyed(self, index: Index) -> Iterator[tuple[Draft, Key]]:
        key = self.earned.keyed(index.axis)
        flow = getattr(index.axis, "flow", None)
        for draft in self.earned.drafts if flow is None else self.earned.of(flow):
            yield draft, key(draft)

    def _decided(self, axis: BySubject) -> Iterator[Scope]:
        """Instances of a subject of whom the payment is decided by the day of the account."""
        flow, m = self.of.contract.flows[axis.flow], self.m
        quantity = flow.driver.quantity if isinstance(flow.driver, ir.EachUnit) else flow.amount
        settled, seen = m.settled(quantity), observed(m, quantity)
        judge = gate(m, flow.gate) if flow.gate is not None else None
        earned = {draft.scope.key for draft in self.earned.of(axis.flow)}
        for scope in m.world.instances(axis.subject):
            by = settled(scope) <= min(m.world.as_of, seen(scope))
            open_ = judge is not None and judge(scope).standing is Standing.OPEN
            if scope.key in earned or (by and not open_ and isinstance(flow.driver, ir.EachUnit)):
                yield scope

    # ------------------------------------------------------------ symbols

    def one(self, symbol: Symbol) -> Fraction:
        source = symbol.source
        match source:
            case UnitsOf() | AttributeOf() | AmountsOf():
                return sum((amount for _, amount in self._amounts(source)), Fraction(0))
            case ValueOf(quantity, subject, label) | WhetherGiven(quantity, subject, label):
                found = self._read(quantity, self._scope(subject, label))
                if isinstance(source, WhetherGiven):
                    return Fraction(found is not None)
                return found or Fraction(0)
            case WhetherHolds(condition, subject, label):
                return self._holds(condition, self._scope(subject, label))
            case WhetherAnybody(subject, label):
                return Fraction(not self.m.world.is_empty(self._scope(subject, label)))
            case WhetherEnded(event, day):
                rows = self.m.world.whole.rows_of(event)
                return Fraction(any(row.day <= day.toordinal() for row in rows))
            case FactorOf(indexed, steps):
                on = shift(indexed.since.toordinal(), 12 * steps, 0)
                plain = ir.Indexed(
                    ir.Const(Fraction(1), ir.Unit.NUMBER), indexed.figure, indexed.since, indexed.cap, ir.Unit.NUMBER
                )
                self.kept_alive.append(plain)
                return Fraction(self.m.priced(plain, self.m.world.whole, on) or 0)
            case _:
                assert_never(source)

    def each(self, symbol: Symbol) -> dict[Key, Fraction]:
        """The values of a symbol by the keys of its index."""
        source, index = symbol.source, self.indices[symbol.index]
        found: dict[Key, Fraction] = {}
        match source:
            case UnitsOf() | AttributeOf() | AmountsOf():
                key = self.earned.keyed(index.axis)
                for draft, amount in self._amounts(source):
                    found[key(draft)] = found.get(key(draft), Fraction(0)) + amount
            case ValueOf(quantity) | WhetherGiven(quantity):
                for where, scope in self._scopes(index):
                    value = self._read(quantity, scope)
                    found[where] = (
                        Fraction(value is not None) if isinstance(source, WhetherGiven) else value or Fraction(0)
                    )
            case WhetherHolds(condition):
                for where, scope in self._scopes(index):
                    found[where] = self._holds(condition, scope)
            case WhetherAnybody() | WhetherEnded() | FactorOf():
                raise TypeError("there is one of it")
            case _:
                assert_never(source)
        return found

    def _scopes(self, index: Index) -> Iterator[tuple[Key, Scope]]:
        """The subject that belongs to each key."""
        axis = index.axis
        if isinstance(axis, BySubject):
            for scope in self._decided(axis):
                yield scope.key, scope
            return
        for draft, key in self._keyed(index):
            yield key, self._limit_scope(axis, draft) if isinstance(axis, ByLimit) else draft.scope

    def _limit_scope(self, axis: ByLimit, draft: Draft) -> Scope:
        if axis.calendar is None:
            return limit_scope(self.m, axis.per, draft)
        stage = ir.MoneyLimit(
            (),
            ir.ContractValue(),
            axis.per,
            axis.calendar,
            axis.by_claim_date,
            ir.Order.EARLIEST,
            (),
            ir.Excess_.NOT_PAID,
        )
        return limited_scope(self.m, stage, draft)

    def _amounts(self, source: UnitsOf | AttributeOf | AmountsOf) -> Iterator[tuple[Draft, Fraction]]:
        tests = [self.earned.test(each) for each in source.narrowed]
        for draft in self.earned.of(source.flow):
            if all(test(draft) for test in tests):
                yield draft, self._amount(source, draft)

    def _amount(self, source: UnitsOf | AttributeOf | AmountsOf, draft: Draft) -> Fraction:
        match source:
            case UnitsOf():
                return Fraction(draft.units)
            case AttributeOf(_, attribute):
                assert draft.scope.row is not None, "an amount that a row carries is paid for a row"
                carried = draft.scope.row.attributes[attribute]
                assert isinstance(carried, int | Fraction)
                return Fraction(carried) / (self.scale if self._is_money(attribute, draft) else 1)
            case AmountsOf(mode=mode, to=to):
                exact = Fraction(draft.amount) / self.scale
                return rounded(exact, mode, Fraction(to, self.scale)) if mode else exact
            case _:
                assert_never(source)

    def _is_money(self, attribute: str, draft: Draft) -> bool:
        assert draft.scope.row is not None
        event = self.m.events[draft.scope.row.event]
        return any(each.name == attribute and each.unit is ir.Unit.MONEY for each in event.attributes)

    def _read(self, quantity: ir.Quantity, scope: Scope) -> Fraction | None:
        found: Num | None = self.m.number(quantity)(scope, LAST_DAY)
        if found is None:
            return None
        return Fraction(found) / (self.scale if unit_of(quantity) is ir.Unit.MONEY else 1)

    def _holds(self, condition: ir.Condition, scope: Scope) -> Fraction:
        return Fraction(gate(self.m, condition)(scope).standing is Standing.MET)

    def _scope(self, subject: ir.Subject, label: str) -> Scope:
        if isinstance(subject, ir.PerGroup):
            return self.m.world.group(subject.partition, label)
        return next(self.m.world.instances(subject))
