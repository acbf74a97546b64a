"""Clauses that change no payment: what things cost or are worth, risks accepted, what is assumed, and examples."""

from __future__ import annotations

from collections.abc import Iterator

from outcomelang.core import ir
from outcomelang.core.review import of_review, review_named
from outcomelang.prose.english import selections, values
from outcomelang.prose.english.conditions import sentence
from outcomelang.prose.english.scope import Scope
from outcomelang.prose.points import Clause, Point


def cost(of: ir.Cost, contract: ir.Contract) -> Clause:
    scope = Scope(contract)
    thing = scope.fitted(selections.single(of.select, scope), "Record", 30)
    said = Point(f"Each {thing} costs {values.amount(of.amount, contract)} to provide for.")
    return Clause("Cost", (*scope.points(said), *beside(of)), of.origin.clause)


def benefit(of: ir.Benefit, contract: ir.Contract) -> Clause:
    scope = Scope(contract)
    thing = scope.fitted(selections.single(of.select, scope), "Record", 30)
    said = Point(f"Each {thing} is worth {values.amount(of.amount, contract)} to {of.to}.")
    return Clause("Worth", (*scope.points(said), *beside(of)), of.origin.clause)


def acceptance(of: ir.Acceptance) -> Clause:
    until = f" The acceptance holds until {values.dated(of.until)}." if of.until else ""
    name = of.rule.replace("-", " ")
    called = f"the risk called {values.quoted(name)}"
    said = Point(f"T{called[1:]} is accepted.{until}" if of_review(of) else f"The parties accept {called}.{until}")
    reason = Point(f"The reason given: {values.stopped(of.because)}")
    return Clause(name.capitalize(), (said, reason, *beside(of)), of.origin.clause)


def assumption(of: ir.Assumption, contract: ir.Contract) -> Clause:
    return Clause("Assumption", (*assumed(of, contract), *beside(of)), of.origin.clause)


def assumed(of: ir.Assumption, contract: ir.Contract) -> tuple[Point, ...]:
    scope = Scope(contract, of.subject)
    whom = selections.each(of.subject, scope)
    lead = f"It is assumed of {whom} that" if whom else "It is assumed that"
    return scope.points(sentence(lead, of.condition, scope))


def assumed_in_words(of: ir.Assumption, contract: ir.Contract) -> str:
    """An assumption in running text."""

    def texts(points: tuple[Point, ...]) -> Iterator[str]:
        for point in points:
            yield point.text
            yield from texts(point.points)

    return " ".join(texts(assumed(of, contract)))


def beside(of: ir.Cost | ir.Benefit | ir.Acceptance | ir.Assumption) -> tuple[Point, ...]:
    """That a clause stands in a review, if it does."""
    review = review_named(of)
    return (Point(f"This stands in {review}, which is no part of the agreement."),) if review else ()


def example(of: ir.Example) -> Clause:
    return Clause("Example", (Point(values.stopped(of.title)),), of.origin.clause)
