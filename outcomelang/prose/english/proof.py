"""Clauses that change no payment: what things cost or are worth, risks that are accepted, and examples."""

from __future__ import annotations

from outcomelang.core import ir
from outcomelang.prose.english import selections, values
from outcomelang.prose.english.scope import Scope
from outcomelang.prose.points import Clause, Point


def cost(of: ir.Cost, contract: ir.Contract) -> Clause:
    scope = Scope(contract)
    thing = scope.fitted(selections.single(of.select, scope), "Record", 30)
    said = Point(f"Each {thing} costs {values.amount(of.amount, contract)} to provide for.")
    return Clause("Cost", scope.points(said), of.origin.clause)


def benefit(of: ir.Benefit, contract: ir.Contract) -> Clause:
    scope = Scope(contract)
    thing = scope.fitted(selections.single(of.select, scope), "Record", 30)
    said = Point(f"Each {thing} is worth {values.amount(of.amount, contract)} to {of.to}.")
    return Clause("Worth", scope.points(said), of.origin.clause)


def acceptance(of: ir.Acceptance) -> Clause:
    until = f" The acceptance holds until {values.dated(of.until)}." if of.until else ""
    name = of.rule.replace("-", " ")
    said = Point(f"The parties accept the risk called {values.quoted(name)}.{until}")
    return Clause(name.capitalize(), (said, Point(f"The reason given: {values.stopped(of.because)}")), of.origin.clause)


def example(of: ir.Example) -> Clause:
    return Clause("Example", (Point(values.stopped(of.title)),), of.origin.clause)
