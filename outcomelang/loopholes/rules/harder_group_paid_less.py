"""OC37: who is harder to help is paid less for, or costs more than can be earned."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from attrs import evolve

from outcomelang.core import ir
from outcomelang.core.fixed_values import constant, fixed_value
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.exposure.polarity import Way
from outcomelang.loopholes.control import groups_in, is_difficulty
from outcomelang.loopholes.finding import Cleared, Finding, Said, Verdict
from outcomelang.loopholes.margins import at_a_loss, priced_apart
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study

Ranks = dict[str, Fraction]
"""How hard it is to help the people of each row of a group: by declared cost, or by what was bad before."""


def check(study: Study) -> Iterator[Said]:
    """Along every declared order of a group: what each payment pays; else whether payments rank it alike."""
    ordered = priced = False
    for group in filter(is_difficulty, study.contract.partitions):
        ranks, why = _ranks(study, group)
        priced = priced or any(True for _ in (*_prices(study, group), *priced_apart(study, group.name)))
        if ranks:
            ordered = True
            findings = list(_paid_less(study, group, ranks, why))
            yield from findings or _below_cost(study, group)
        else:
            yield from _otherwise(study, group)
    yield from (_at_a_loss(study, cost, expected) for cost, expected in at_a_loss(study))
    if not priced:
        yield Cleared(Verdict.PROVED, "no price differs between groups of people")
    elif not ordered:
        yield Cleared(
            Verdict.NOT_DECIDED, "nothing in the contract says which people are harder to help: no cost by group"
        )


# ---------------------------------------------------------------- declared orders


def _ranks(study: Study, group: ir.Partition) -> tuple[Ranks, str]:
    """The order of a group that the contract itself declares; empty where there is none."""
    costs = _costs(study, group)
    if len(set(costs.values())) > 1:
        return costs, "costs more"
    if _rises_with_trouble(study, group):
        return {row.label: Fraction(place) for place, row in enumerate(_from_below(group))}, "had more trouble before"
    return {}, ""


def _costs(study: Study, group: ir.Partition) -> Ranks:
    """What a person of each row costs, where a cost is declared for rows of this group."""
    named = [cost for cost in study.contract.costs if any(_labels(cost, group))]
    if not named:
        return {}
    of_all = [cost for cost in study.contract.costs if cost.select.of == ir.People(group.of) and not cost.select.tests]
    common = sum((cost.amount for cost in of_all), Fraction(0))
    costed = {label for cost in named for label in _labels(cost, group)}
    return {
        row.label: common + sum((cost.amount for cost in named if row.label in _labels(cost, group)), Fraction(0))
        for row in group.rows
        if row.label in costed or of_all
    }


def _labels(cost: ir.Cost, group: ir.Partition) -> tuple[str, ...]:
    """The rows of the group whose people a cost is for."""
    if not isinstance(cost.select.of, ir.People):
        return ()
    tests = (test for test in cost.select.tests if isinstance(test, ir.InGroup) and test.partition == group.name)
    return tuple(label for test in tests for label in test.labels)


def _rises_with_trouble(study: Study, group: ir.Partition) -> bool:
    """Whether the rows are ranges of how much of something bad had happened."""
    if not isinstance(group.classifier, ir.ByMeasured):
        return False
    match study.names.measures[group.classifier.measure].quantity:
        case ir.Counted(ir.Select(ir.Rows(event))):
            return study.polarity.event(event) is Way.FALLS
        case ir.DaysIn(state):
            return study.polarity.state(state) is Way.FALLS
        case _:
            return False


def _from_below(group: ir.Partition) -> list[ir.PartitionRow]:
    def first(row: ir.PartitionRow) -> Fraction:
        edge = row.bounds.first if row.bounds is not None else None
        return Fraction(-1) if edge is None else Fraction(constant(edge))

    return sorted(group.rows, key=first)


# ---------------------------------------------------------------- prices along them


def _prices(study: Study, group: ir.Partition) -> Iterator[tuple[ir.Flow, Ranks]]:
    """What each payment that differs by the group pays for each of its rows, all other groups at their first row."""
    others = {each.name: each.rows[0].label for each in study.contract.partitions if each.rows}
    for flow in study.flows:
        if group.name not in groups_in(study.names, flow.amount):
            continue
        prices: Ranks = {}
        for row in group.rows:
            price = fixed_value(study.names, flow.amount, {**others, group.name: row.label})
            if price is not None:
                prices[row.label] = Fraction(price)
        yield flow, prices


def _paid_less(study: Study, group: ir.Partition, ranks: Ranks, why: str) -> Iterator[Finding]:
    for flow, prices in (*_prices(study, group), *priced_apart(study, group.name)):
        pairs = [
            (prices[easy] - prices[hard], hard, easy)
            for easy, hard in combinations(sorted(ranks, key=lambda label: ranks[label]), 2)
            if easy in prices and hard in prices and ranks[hard] > ranks[easy] and prices[hard] < prices[easy]
        ]
        if pairs:
            lost, hard, easy = max(pairs)
            yield _finding(
                study, flow, lost,
                f"{study.money(lost)} less is paid for “{hard}” than for “{easy}”, which {_less(why)}",
                f"{study.money(prices[hard])} for “{hard}”, {study.money(prices[easy])} for “{easy}”",
                f"“{hard}” {why} than “{easy}”, by the contract",
                None,
            )  # fmt: skip


def _less(why: str) -> str:
    return "costs less" if why == "costs more" else "had less trouble before"


def _below_cost(study: Study, group: ir.Partition) -> Iterator[Finding]:
    """A row of which everything that can be earned is less than what somebody costs."""
    costs = _costs(study, group)
    earned: Ranks = {}
    flat = sum((price for name, price in study.full_prices.items() if name not in _grouped(study, group)), Fraction(0))
    priced = list(_prices(study, group))
    if not priced:
        return
    for row in group.rows:
        earned[row.label] = flat + sum((prices.get(row.label, Fraction(0)) for _, prices in priced), Fraction(0))
    for label, cost in costs.items():
        if 0 < earned[label] < cost:
            lost = cost - earned[label]
            yield _finding(
                study, priced[0][0], lost,
                f"Somebody of “{label}” costs {study.money(lost)} more than can be earned with them",
                f"{study.money(cost)} of cost, {study.money(earned[label])} at most",
                "The declared cost against the sum of all prices for such a person",
                None,
            )  # fmt: skip
            return


def _at_a_loss(study: Study, cost: ir.Cost, expected: Fraction) -> Finding:
    """Of people of every group: all of them are served at a loss."""
    assert isinstance(cost.select.of, ir.People)
    flow, who = study.flows[0], cost.select.of.population
    lost = cost.amount - expected
    message = (
        f"Each {who} is said to cost {study.money(cost.amount)} and can be expected to earn {study.money(expected)} at "
        f"most: whoever serves them loses {study.money(lost)} each time"
    )
    argument = "The greatest price of every payment for one person, as likely as is assumed at most"
    finding = _finding(study, flow, lost, message, "pays less than a person is said to cost", argument, None)
    return evolve(
        finding,
        of=(who, "cost"),
        remedies=(
            Remedy("raise the prices, or pay for the service beside them", "it can be run for what is paid"),
            Remedy("state the cost that is meant", "where part of it is paid from elsewhere"),
        ),
        related=((cost.origin, "what each is said to cost"),),
    )


def _grouped(study: Study, group: ir.Partition) -> set[str]:
    return {flow.name for flow, _ in _prices(study, group)}


def _otherwise(study: Study, group: ir.Partition) -> Iterator[Finding]:
    """No order is declared, and payments rank the group against each other: all but one the same way."""
    ranked = [(flow, prices) for flow, prices in _prices(study, group) if len(set(prices.values())) > 1]
    for one, other in combinations([row.label for row in group.rows], 2):
        up = [each for each in ranked if each[1].get(one, 0) < each[1].get(other, 0)]
        down = [each for each in ranked if each[1].get(one, 0) > each[1].get(other, 0)]
        few, many, low, high = (down, up, other, one) if len(down) < len(up) else (up, down, one, other)
        if len(few) == 1 and len(many) > 1:
            flow, prices = few[0]
            lost = prices[high] - prices[low]
            yield _finding(
                study, flow, lost,
                f"{study.money(lost)} less is paid for “{low}” than for “{high}”, and more under every other payment",
                f"{study.money(prices[low])} for “{low}”, {study.money(prices[high])} for “{high}”",
                f"{', '.join(each.name for each, _ in many)} rank them the other way",
                Severity.NOTE,
            )  # fmt: skip
            return


def _finding(
    study: Study, flow: ir.Flow, stake: Fraction, message: str, label: str, argument: str, severity: Severity | None
) -> Finding:
    return Finding(
        of=(flow.name,),
        origin=flow.origin,
        message=message,
        label=label,
        stake=stake,
        argument=argument,
        remedies=(
            Remedy("pay at least as much for whom it is harder to help", "nobody is worth less because they need more"),
            Remedy("pay for each step of progress", "work with them pays before the last success"),
        ),
        severity=severity,
    )


RULE = Rule(
    code="OC37",
    name="harder-group-paid-less",
    severity=Severity.WARNING,
    means=Means.TERMS,
    summary="Who is harder to help is paid less for, or costs more than can be earned with them.",
    rationale=(
        "Whoever is paid by results then turns to those who succeed anyway, and parks the others. A price that does "
        "not follow need is the commonest cause of creaming."
    ),
    guards=(
        "no order of need is declared: no cost by group, no group by what was bad before",
        "prices that rise with the declared order, or are the same",
        "what one person can be expected to earn covers what each is said to cost",
    ),
    blind="Which people are harder to help where neither a cost nor their past says so; names of groups say nothing.",
    source=(
        "DrugScope, Payment by Results questions and answers (2010); "
        "Revolving Doors Agency, payment by results and multiple needs (2015)"
    ),
    bad=(
        'insert group Need of a Jobseeker, set by the Jobcentre  "standard"  "complex"\n'
        'insert cost £200 for each Jobseeker with Need "standard"\n'
        'insert cost £400 for each Jobseeker with Need "complex"\n'
        'insert table Lasting Price by Need  "standard" £900  "complex" £700\n'
        "insert payment Lasting Payment: Council pays the Provider the Lasting Price for each Lasting Job"
    ),
    good=(
        'insert group Need of a Jobseeker, set by the Jobcentre  "standard"  "complex"\n'
        'insert cost £200 for each Jobseeker with Need "standard"\n'
        'insert cost £400 for each Jobseeker with Need "complex"\n'
        'insert table Lasting Price by Need  "standard" £700  "complex" £900\n'
        "insert payment Lasting Payment: Council pays the Provider the Lasting Price for each Lasting Job"
    ),
    check=check,
)
