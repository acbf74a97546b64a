"""OC05: the provider influences who comes in while the price is flat over people who differ in difficulty."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.declared import joining_events
from outcomelang.core.fixed_values import greatest_value
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.loopholes.control import (
    assesses_those_it_selects,
    classifiers,
    compared,
    groups_in,
    independent,
    is_difficulty,
    paid,
    payers,
    price_of,
    taking_part,
)
from outcomelang.loopholes.finding import Cleared, Finding, Said, Verdict
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study


def check(study: Study) -> Iterator[Said]:
    """Who selects the people that a flat price is paid for, and whether those left out would be seen."""
    quiet = True
    for population in taking_part(study.names):
        flows = [flow for flow in study.contract.flows if _is_flat(study, flow, population)]
        selects = population.selected_by or _takes_in(study, population)
        mixed = _told_apart_and_paid_alike(study, population)
        if mixed is not None and not flows and not _compares(study, population):
            quiet = False
            yield _mixed(study, population, *mixed)
        if not flows or selects is None or selects in payers(study.names):
            continue
        quiet = False
        if selects in _interested(study, population):
            yield _picked(study, population, selects, flows)
        elif selects not in independent(study.names) and not _compares(study, population):
            yield _referred(study, population, selects, flows)
    if quiet and taking_part(study.names):
        yield Cleared(
            Verdict.PROVED, "who is paid does not select people, or is paid by group or against a comparison group"
        )


def _takes_in(study: Study, population: ir.Population) -> str | None:
    """Where nobody is said to select: who alone records that people come in, if it is paid."""
    events = [study.names.events[name] for name in joining_events(study.names, population.name)]
    recorders = {name for event in events for name in event.recorded_by}
    return next(iter(recorders), None) if len(recorders) == 1 and recorders <= paid(study.names) else None


def _interested(study: Study, population: ir.Population) -> frozenset[str]:
    """Those who gain by easy people: who is paid or provides, and who assesses those whom it selects for groups that
    are paid for."""
    found = set(paid(study.names))
    for group in study.contract.partitions:
        if group.of == population.name and _matters(study, group):
            found |= assesses_those_it_selects(study.names, group)
    return frozenset(found) - independent(study.names)


def _compares(study: Study, population: ir.Population) -> bool:
    """Whether the contract has a comparison group for these people, or for groups or cohorts of theirs."""
    own = {population.name} | {group.name for group in study.contract.partitions if group.of == population.name}
    return any(each.comparison_of in own for each in study.contract.populations)


def _matters(study: Study, group: ir.Partition) -> bool:
    return is_difficulty(group) and any(group.name in groups_in(study.names, price_of(flow)) for flow in study.flows)


def _is_flat(study: Study, flow: ir.Flow, population: ir.Population) -> bool:
    """Whether it pays for outcomes of these people alike, and nobody is compared with them.

    A group counts that somebody else puts them into than who selects them or is paid.
    """
    if not study.rests_on_an_outcome(flow) or not _about(study, flow, population):
        return False
    if any(compared(study.names, study.earned_by(flow))):
        return False
    selects = frozenset({population.selected_by or ""}) - payers(study.names) - independent(study.names)
    own = paid(study.names) | selects
    named = (study.names.partitions[name] for name in groups_in(study.names, price_of(flow)))
    return not any(is_difficulty(g) and classifiers(study.names, g)[0].isdisjoint(own) for g in named)


def _about(study: Study, flow: ir.Flow, population: ir.Population) -> bool:
    """Whether it is paid for each of these people, or for what is counted of them."""
    if isinstance(flow.subject, ir.PerPerson):
        return flow.subject.population == population.name
    members = {member.name for member in study.contract.members if member.of == population.name}
    mine = {event.name for event in study.contract.events if event.of in {population.name, *members}}
    for node in study.rests_on((flow.subject, *study.earned_by(flow))):
        match node:
            case ir.PerPerson(name) | ir.People(name) if name == population.name:
                return True
            case ir.Rows(event) | ir.PerRow(event) if event in mine:
                return True
            case ir.InGroup(name) | ir.PerGroup(name) if study.names.partitions[name].of == population.name:
                return True
            case _:
                continue
    return False


def _told_apart_and_paid_alike(
    study: Study, population: ir.Population
) -> tuple[ir.Flow, ir.Partition, list[str]] | None:
    """A payment for an outcome whose price goes by a group, and rows of the group that have one price."""
    for flow in study.flows:
        if not isinstance(flow.subject, ir.PerPerson) or flow.subject.population != population.name:
            continue
        for node in study.rests_on(flow.amount) if study.rests_on_an_outcome(flow) else ():
            table = study.names.tables[node.table] if isinstance(node, ir.Lookup) else None
            if table is None or len(table.by) != 1 or not isinstance(table.by[0], ir.KeyByGroup):
                continue
            group = study.names.partitions[table.by[0].partition]
            alike = max((_rows_at(table, row.value) for row in table.rows), key=len)
            if is_difficulty(group) and 1 < len(alike) < len(table.rows):
                return flow, group, alike
    return None


def _rows_at(table: ir.Table, value: ir.Const | None) -> list[str]:
    return [row.keys[0].label for row in table.rows if row.value == value and isinstance(row.keys[0], ir.LabelKey)]


# ---------------------------------------------------------------- what it says


def _picked(study: Study, population: ir.Population, selects: str, flows: list[ir.Flow]) -> Finding:
    flow = max(flows, key=lambda each: _price(study, each))
    price = _price(study, flow)
    worth = f"{study.money(price)} " if price else ""
    return Finding(
        of=(population.name, flow.name),
        origin=population.origin,
        message=(
            f"{selects} selects every {population.name} and {flow.name} pays {worth}for each alike: it earns most by "
            "leaving out those who are hardest to help"
        ),
        label=f"selected by {selects}, who gains by easy cases",
        stake=price,
        argument=f"no group that others set enters the price of {flow.name}, and nobody left out is counted",
        remedies=(
            Remedy(
                "let the commissioner or an independent party select",
                f"then {selects} can refuse nobody for being hard to help",
            ),
            Remedy("set a higher price for groups that others assign", "then a harder case can be worth its cost"),
            Remedy("count everybody referred, against a comparison group by lottery", "leaving people out earns 0"),
        ),
        related=((flow.origin, "pays the same for everybody"),),
    )


def _referred(study: Study, population: ir.Population, selects: str, flows: list[ir.Flow]) -> Finding:
    flow = max(flows, key=lambda each: _price(study, each))
    return Finding(
        of=(population.name, flow.name),
        origin=population.origin,
        message=(
            f"{flow.name} pays easy and hard cases alike: of those whom {selects} sends, the easiest are worth most"
        ),
        label="are paid for alike, however hard they are to help",
        stake=_price(study, flow),
        argument=f"{selects} selects and is not paid, but no group enters the price and there is no comparison",
        remedies=(Remedy("set a higher price for groups that others assign", "a harder case can be worth its cost"),),
        severity=Severity.NOTE,
    )


def _mixed(study: Study, population: ir.Population, flow: ir.Flow, group: ir.Partition, alike: list[str]) -> Finding:
    rows = f"{', '.join(f'“{each}”' for each in alike[:-1])} and “{alike[-1]}”"
    return Finding(
        of=(group.name, flow.name),
        origin=group.origin,
        message=(
            f"{flow.name} pays the same for {rows} of {group.name}: whoever provides earns most by turning to those "
            "who are easiest to help"
        ),
        label="tells people apart who are paid for alike",
        stake=_price(study, flow),
        argument=f"rows of {group.name} have one price, and no {population.name} is compared with others",
        remedies=(Remedy("write a price for each row", "fewer people are worth leaving out"),),
        severity=Severity.NOTE,
    )


def _price(study: Study, flow: ir.Flow) -> Fraction:
    return Fraction(greatest_value(study.names, flow.amount) or 0)


RULE = Rule(
    code="OC05",
    name="provider-picks-easy-clients",
    severity=Severity.WARNING,
    means=Means.TERMS,
    summary="The provider influences who comes in, and the price is the same for everybody.",
    rationale=(
        "Where one price is paid for people who differ in difficulty, whoever chooses them earns most by choosing "
        "those who would nearly manage alone. The choice need not be open: an assessment that few hard cases pass, or "
        "a test that it gives itself, does the same."
    ),
    guards=(
        "the commissioner selects; where somebody else does who is not paid, it is only noted",
        "everybody is counted against a comparison group",
        "the price depends on a group that neither the provider nor whoever selects assigns",
        "where rows of such a group are paid alike, it is only noted",
    ),
    blind="How much people within one group differ; agreements with whoever refers; costs that are not declared.",
    source=(
        "DrugScope, Payment by Results questions and answers (2010); Revolving Doors Agency, payment by results and "
        "multiple needs (2015); Rees et al. (2014)"
    ),
    bad=(
        "delete Jobseeker\n"
        "insert participant Jobseeker, joins on Referral between 1 April 2024 and 31 March 2026, once, "
        "selected by the Provider, up to 1,000\n"
        "insert payment Work Payment: Council pays the Provider £2,000 for each Lasting Job, stacks with Job Payment"
    ),
    good=(
        "delete Jobseeker\n"
        "insert participant Jobseeker, joins on Referral between 1 April 2024 and 31 March 2026, once, "
        "selected by the Provider, up to 1,000"
    ),
    check=check,
)
