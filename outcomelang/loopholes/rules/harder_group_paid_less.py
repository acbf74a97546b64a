"""OC37: the harder group is paid less, or the price is below what it is said to cost to earn it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.fixed_values import greatest_value
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.loopholes.difficulty import Harder, Priced, orders, priced
from outcomelang.loopholes.finding import Cleared, Finding, Said, Verdict
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study


def check(study: Study) -> Iterator[Said]:
    """Prices along each declared order of groups; then what a person can earn against what they are said to cost."""
    ordered = tuple(orders(study.names))
    found = [*_along(study, ordered), *_below_cost(study)]
    yield from found
    if not found:
        said = "no group that is said to be harder is paid less" if ordered else "nothing says which group is harder"
        yield Cleared(Verdict.PROVED, said)


def _along(study: Study, ordered: tuple[Harder, ...]) -> Iterator[Finding]:
    read = [node for flow in study.flows for node in study.rests_on((flow.amount, flow.driver))] if ordered else []
    tables = frozenset(node.table for node in read if isinstance(node, ir.Lookup))
    for order in ordered:
        for each in priced(study.names, order.partition, tables):
            pair = _worst(order, each)
            if pair is not None:
                yield _finding(study, order, each, *pair)


def _worst(order: Harder, each: Priced) -> tuple[str, str] | None:
    """The harder and the easier row between whose prices the difference is greatest."""
    labels = [label for label in each.prices if label in order.hardness]
    pairs = [
        (each.prices[easier] - each.prices[harder], harder, easier)
        for harder in labels
        for easier in labels
        if order.hardness[harder] > order.hardness[easier] and each.prices[harder] < each.prices[easier]
    ]
    if not pairs:
        return None
    _, harder, easier = max(pairs)
    return harder, easier


def _finding(study: Study, order: Harder, each: Priced, harder: str, easier: str) -> Finding:
    less, more = study.money(each.prices[harder]), study.money(each.prices[easier])
    return Finding(
        of=(each.name, harder, easier),
        origin=each.origin,
        message=(
            f"Helping somebody of “{harder}” earns {less} and of “{easier}” {more}, though “{harder}” {order.why}"
        ),
        label="pays less for the harder group",
        stake=each.prices[easier] - each.prices[harder],
        argument=f"the prices of {each.name} by {order.partition}, along the order that the contract declares",
        remedies=(
            Remedy(f"pay at least {more} for “{harder}”", "nobody is passed over because of the price"),
            Remedy(f"pay one price for all of {order.partition}", "the group is no reason to choose"),
        ),
    )


# ---------------------------------------------------------------- below the cost


def _below_cost(study: Study) -> Iterator[Finding]:
    """Where everything is paid for people one by one: the most that each can be expected to earn, and their cost."""
    for cost in study.contract.costs:
        if not isinstance(cost.select.of, ir.People) or cost.select.tests or cost.select.window is not None:
            continue
        population = cost.select.of.population
        expected = _expected(study, population)
        if expected is not None and expected < cost.amount:
            flow = study.flows[0]
            yield Finding(
                of=(population, "cost"),
                origin=flow.origin,
                message=(
                    f"A {population} is said to cost {study.money(cost.amount)} and can be expected to earn "
                    f"{study.money(expected)} at most: each one is served at a loss"
                ),
                label="pays less than it is said to cost",
                stake=cost.amount - expected,
                argument="the greatest price of every payment for one person, as likely as is assumed at most",
                remedies=(
                    Remedy("raise the prices, or pay a fee for the service", "it can be run for what is paid"),
                    Remedy("state the cost that is meant", "if part of it is paid from elsewhere"),
                ),
                related=((cost.origin, "what each is said to cost"),),
            )


def _expected(study: Study, population: str) -> Fraction | None:
    """None where something is paid that is not for one of these people, or has no greatest price."""
    total = Fraction(0)
    for flow in study.flows:
        price = greatest_value(study.names, flow.amount)
        if flow.subject != ir.PerPerson(population) or price is None or isinstance(flow.driver, ir.EachUnit):
            return None
        often = _often(study, flow)
        if often is None:
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
                if share is not None and comparator in (("<=", "<") if not negated else (">=", ">")):
                    shares.append(1 - Fraction(share) if negated else Fraction(share))
            case _:
                continue
    return min(shares)


def _fee(standard: int, complex_: int) -> str:
    return (
        'insert group Need of a Jobseeker, set by HMRC  "standard"  "complex"\n'
        'insert cost £300 for each Jobseeker with Need "standard"\n'
        'insert cost £900 for each Jobseeker with Need "complex"\n'
        f'insert table Care Price by Need  "standard" £{standard}  "complex" £{complex_}\n'
        "insert payment Care Fee: Council pays the Provider the Care Price for each Jobseeker"
    )


RULE = Rule(
    code="OC37",
    name="harder-group-paid-less",
    severity=Severity.WARNING,
    means=Means.TERMS,
    summary="A group that is harder to help is paid less, or a price is below what it is said to cost to earn it.",
    rationale=(
        "Whoever is paid less for harder work passes it over. The order of groups is often a slip in a table, or a "
        "price that was right before the costs were known."
    ),
    guards=(
        "nothing says which group is harder: no cost, and no measure of something that is better or worse",
        "one price for all groups",
        "prices that come to at least the cost, at the chance that is assumed",
    ),
    blind="Which group is harder, where neither costs nor a declared direction of the measure say so.",
    source=(
        "DrugScope, Payment by Results questions and answers (2010); Revolving Doors Agency, payment by results and "
        "multiple needs (2015)"
    ),
    bad=_fee(100, 60),
    good=_fee(60, 100),
    check=check,
)
