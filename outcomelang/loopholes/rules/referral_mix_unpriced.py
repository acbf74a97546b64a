"""OC48: the price assumes a mix of need that the contract neither states nor adjusts."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.fixed_values import greatest_value
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.loopholes.control import PERSONAL, compared, groups_in, is_difficulty, paid, taking_part
from outcomelang.loopholes.finding import Cleared, Finding, Said, Verdict
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study
from outcomelang.tree import nodes


def check(study: Study) -> Iterator[Said]:
    """Of every sort of people that is recorded: does anything that is paid depend on it?"""
    found = False
    for population in taking_part(study.names):
        flat = [flow for flow in study.flows if _is_flat(study, flow, population)]
        if not flat or population.selected_by in paid(study.names):
            continue
        for name, origin in _recorded(study, population):
            found = True
            yield _finding(study, population, flat, name, origin)
    if not found:
        yield Cleared(Verdict.PROVED, "no sort of people is recorded that nothing depends on")


def _is_flat(study: Study, flow: ir.Flow, population: ir.Population) -> bool:
    """Whether it pays for each of these people alike, without a comparison."""
    if not isinstance(flow.subject, PERSONAL) or not study.rests_on_an_outcome(flow):
        return False
    if isinstance(flow.subject, ir.PerPerson) and flow.subject.population != population.name:
        return False
    named = groups_in(study.names, (flow.amount, flow.driver, flow.gate))
    by_group = any(is_difficulty(study.names.partitions[name]) for name in named)
    return not by_group and not any(compared(study.names, study.earned_by(flow)))


def _recorded(study: Study, population: ir.Population) -> Iterator[tuple[str, ir.Origin]]:
    """Groups of these people, and yes-or-no marks of the row by which they come in, that nothing reads."""
    used = _used(study)
    for group in study.contract.partitions:
        if group.of == population.name and is_difficulty(group) and group.name not in used:
            yield group.name, group.origin
    told_apart = {
        (group.classifier.event, group.classifier.attribute)
        for group in study.contract.partitions
        if isinstance(group.classifier, ir.ByLabel | ir.ByValue)
    }
    ways = {way.select.of.event for way in population.ways if isinstance(way.select.of, ir.Rows)}
    for event in study.contract.events:
        for attribute in event.attributes if event.name in ways else ():
            is_mark = attribute.unit is ir.Unit.FLAG and (event.name, attribute.name) not in told_apart
            if is_mark and attribute.name not in used:
                yield attribute.name, event.origin


def _used(study: Study) -> frozenset[str]:
    """The names of groups and attributes that any term reads."""
    contract = study.contract
    found: set[str] = set()
    terms = (
        *(contract.flows, contract.stages, contract.outcomes, contract.measures, contract.tables, contract.plans),
        *(contract.populations, contract.members, contract.states, contract.costs, contract.benefits),
    )
    for node in nodes(terms):
        match node:
            case ir.KeyByGroup(name) | ir.InGroup(name) | ir.GroupLabel(name) | ir.PerGroup(name):
                found.add(name)
            case ir.PartyOfGroup(name) | ir.AgreedByGroup(name):
                found.add(name)
            case ir.Attribute(name) | ir.AttributeIs(name) | ir.AttributeGiven(name) | ir.AttributeCompares(name):
                found.add(name)
            case _:
                continue
    return frozenset(found)


def _finding(study: Study, population: ir.Population, flat: list[ir.Flow], name: str, origin: ir.Origin) -> Finding:
    flow = max(flat, key=lambda each: greatest_value(study.names, each.amount) or 0)
    price = Fraction(greatest_value(study.names, flow.amount) or 0)
    amount = f"pays {study.money(price)}" if price else "pays the same"
    return Finding(
        of=(name, flow.name),
        origin=origin,
        message=(
            f"{name} is recorded of every {population.name} and nothing depends on it: {flow.name} {amount} even if "
            "only the hardest cases are sent"
        ),
        label="is recorded, and no price reads it",
        stake=price,
        argument=f"no payment, outcome or limit reads {name}, and the mix of those who join is nowhere stated",
        remedies=(
            Remedy(f"write a price by {name}", "who sends harder cases then pays more for them"),
            Remedy("state the mix that the price assumes, and what happens when it changes", "the risk is then shared"),
        ),
        related=((flow.origin, "pays the same for all of them"),),
        severity=None if name in study.names.partitions else Severity.NOTE,
    )


RULE = Rule(
    code="OC48",
    name="referral-mix-unpriced",
    severity=Severity.WARNING,
    means=Means.TERMS,
    summary="The price assumes a mix of need that the contract neither states nor adjusts when harder people come.",
    rationale=(
        "A price is worked out for the people who came before. When only the hardest are sent, the provider bears a "
        "cost that it did not price. In one partnership 84% of families had been in need before, and all of those "
        "who were sent."
    ),
    guards=(
        "the group enters a price, an outcome, a limit or who pays",
        "everybody is set against a comparison group",
        "who is paid selects: then it does not bear a mix that others choose",
        "a yes-or-no mark of the row by which people come in, where no group is declared, is only noted",
    ),
    blind="Needs that nothing in the contract records.",
    source="Bridges, Payment for Inputs vs Payment for Outcomes (2023)",
    bad=(
        'insert group Debt of a Jobseeker, set by the Jobcentre "in debt" "not in debt"\n'
        "insert payment Support Fee: Council pays the Provider £150 for each Lasting Job, stacks with Job Payment"
    ),
    good=(
        'insert group Debt of a Jobseeker, set by the Jobcentre "in debt" "not in debt"\n'
        'insert table Support Price by Debt "in debt" £190 "not in debt" £150\n'
        "insert payment Support Fee: Council pays the Provider the Support Price for each Lasting Job, "
        "stacks with Job Payment"
    ),
    check=check,
)
