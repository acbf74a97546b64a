"""What people can be expected to earn for whoever serves them: by group where each has a payment of its own, and in all
beside what they are said to cost."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.fixed_values import fixed_value, greatest_value
from outcomelang.loopholes.study import Study


def priced_apart(study: Study, group: str) -> Iterator[tuple[ir.Flow, dict[str, Fraction]]]:
    """Payments for one outcome, or for heads, by people of different rows of a group, each at its own price."""
    found: dict[object, dict[str, Fraction]] = {}
    first: dict[object, ir.Flow] = {}
    for flow in study.flows:
        price, labels = fixed_value(study.names, flow.amount, {}), _labels(flow, group)
        if price is None or not labels:
            continue
        unit: object = flow.driver.outcome if isinstance(flow.driver, ir.EachAchievement) else flow.subject
        for label in labels:
            found.setdefault(unit, {})[label] = Fraction(price)
        first.setdefault(unit, flow)
    for unit, prices in found.items():
        if len(prices) > 1:
            yield first[unit], prices


def _labels(flow: ir.Flow, group: str) -> tuple[str, ...]:
    """The rows of a group for which alone a payment is; none where it is for all, or tells them apart otherwise."""
    match flow.driver, flow.gate:
        case ir.EachAchievement(tests=(ir.InGroup(of, labels),)), None if of == group:
            return labels
        case ir.OneEach(tests=()), ir.LabelIs(ir.GroupLabel(of), labels, False) if of == group:
            return labels
        case _:
            return ()


def at_a_loss(study: Study) -> Iterator[tuple[ir.Cost, Fraction]]:
    """Costs of each participant above the most that one can be expected to earn, with that amount."""
    for cost in study.contract.costs:
        if isinstance(cost.select.of, ir.People) and not cost.select.tests and cost.select.window is None:
            expected = _expected(study, cost.select.of.population)
            if expected is not None and expected < cost.amount:
                yield cost, expected


def _expected(study: Study, population: str) -> Fraction | None:
    """None where something is paid that is not for one of these people, or has no greatest price."""
    total = Fraction(0)
    for flow in study.flows:
        price, often = greatest_value(study.names, flow.amount), _often(study, flow)
        if flow.subject != ir.PerPerson(population) or price is None or often is None:
            return None
        total += Fraction(price) * often
    return total if study.flows else None


def _often(study: Study, flow: ir.Flow) -> Fraction | None:
    match flow.driver:
        case ir.OneEach():
            return Fraction(1)
        case ir.EachAchievement(name):
            outcome = study.names.outcomes[name]
            times = greatest_value(study.names, outcome.times) if outcome.times is not None else 1
            return None if outcome.each_time or times is None else Fraction(times) * _chance(study, name)
        case _:
            return None


def _chance(study: Study, outcome: str) -> Fraction:
    """The greatest share of people who are assumed to achieve an outcome; all of them where nothing is assumed."""
    shares = [Fraction(1)]
    for assumption in study.contract.assumptions:
        match assumption.condition:
            case ir.Compares(
                ir.Arith("/", ir.Counted(ir.Select(ir.People(), (ir.Has(ir.Select(ir.Achievements(name)), negated),)))),
                comparator,
                right,
            ) if name == outcome:
                share = greatest_value(study.names, right)
                if share is not None and comparator in ((">=", ">") if negated else ("<=", "<")):
                    shares.append(1 - Fraction(share) if negated else Fraction(share))
            case _:
                continue
    return min(shares)
