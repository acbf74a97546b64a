"""What holds of every compiled contract, whatever made it: names, units and order. Tests ask; users never see these.

A broken invariant is the programmer's mistake, so it is told in the core's own words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from outcomelang.core import ir
from outcomelang.core.units import unit_of
from outcomelang.tree import Tree, nodes

_STAGES = (
    ir.FallAway,
    ir.CountLimit,
    ir.Tier,
    ir.Replace,
    ir.SetOff,
    ir.RoundEach,
    ir.Division,
    ir.MoneyLimit,
    ir.ShareOut,
    ir.MoneyLimit,
    ir.Division,
    ir.Withhold,
    ir.Repay,
    ir.Division,
    ir.RoundTotal,
)


def broken(contract: ir.Contract) -> tuple[str, ...]:
    """What is wrong inside a contract; empty for every contract that elaboration or a read artefact gives."""
    names = _names(contract)
    return (
        *_declared_once(contract, names),
        *(
            f"{type(node).__name__} refers to {kind} {name!r}, which is not declared"
            for node in nodes(contract)
            for kind, name in references(node)
            if name not in names[kind]
        ),
        *(said for node in nodes(contract) for said in _units(contract, node)),
        *_in_order(contract),
        *_anchored(contract),
    )


def _names(contract: ir.Contract) -> dict[str, Counter[str]]:
    people = [population.name for population in contract.populations]
    groups = [partition.name for partition in contract.partitions]
    return {
        "party": Counter(party.name for party in contract.parties),
        "joint party": Counter(joint.name for joint in contract.joint_parties),
        "population": Counter(people),
        "member": Counter(member.name for member in contract.members),
        "partition": Counter(groups),
        "calendar": Counter(calendar.name for calendar in contract.calendars),
        "event": Counter(event.name for event in contract.events),
        "state": Counter(state.name for state in contract.states),
        "measure": Counter(measure.name for measure in contract.measures),
        "table": Counter(table.name for table in contract.tables),
        "outcome": Counter(outcome.name for outcome in contract.outcomes),
        "plan": Counter(plan.name for plan in contract.plans),
        "flow": Counter({flow.name for flow in contract.flows if flow.versions})
        + Counter(flow.name for flow in contract.flows if not flow.versions),
        "card": Counter({flow.card for flow in contract.flows}),
        "attribute": Counter({spec.name for event in contract.events for spec in event.attributes}),
    }


def _declared_once(contract: ir.Contract, names: dict[str, Counter[str]]) -> Iterator[str]:
    for kind, found in names.items():
        yield from (f"{kind} {name!r} is declared {count} times" for name, count in found.items() if count > 1)


_FIELDS: dict[type[Tree], tuple[tuple[str, str], ...]] = {
    ir.PerPerson: (("population", "population"),),
    ir.PerMember: (("member", "member"),),
    ir.PerGroup: (("partition", "partition"),),
    ir.PerPeriod: (("calendar", "calendar"),),
    ir.PerRow: (("event", "event"),),
    ir.AchievedOn: (("outcome", "outcome"),),
    ir.SamePeriod: (("calendar", "calendar"),),
    ir.Spells: (("event", "begins"), ("event", "ends"), ("attribute", "matched_by")),
    ir.InState: (("state", "state"),),
    ir.Rows: (("event", "event"),),
    ir.People: (("population", "population"),),
    ir.Members: (("member", "member"),),
    ir.Achievements: (("outcome", "outcome"),),
    ir.Periods: (("calendar", "calendar"),),
    ir.AttributeIs: (("attribute", "attribute"),),
    ir.AttributeCompares: (("attribute", "attribute"),),
    ir.AttributeDated: (("attribute", "attribute"),),
    ir.AttributeGiven: (("attribute", "attribute"),),
    ir.InGroup: (("partition", "partition"),),
    ir.Select: (("population", "among"),),
    ir.Summed: (("attribute", "attribute"),),
    ir.DaysIn: (("state", "state"), ("population", "among")),
    ir.Attribute: (("attribute", "name"),),
    ir.Read: (("measure", "measure"),),
    ir.Lookup: (("table", "table"),),
    ir.Observed: (("event", "figure"), ("measure", "figure"), ("population", "answered_by")),
    ir.Indexed: (("measure", "figure"),),
    ir.GroupLabel: (("partition", "partition"),),
    ir.Reaches: (("state", "state"),),
    ir.Achieved: (("outcome", "outcome"),),
    ir.ForMembers: (("member", "member"),),
    ir.JointParty: (("party", "odd_units_to"),),
    ir.Verification: (("party", "by"),),
    ir.Ruling: (("party", "by"),),
    ir.Event: (("party", "recorded_by"),),
    ir.Population: (("party", "selected_by"), ("party", "chosen_by")),
    ir.Member: (("population", "of"), ("event", "event"), ("attribute", "attribute")),
    ir.ByLabel: (("event", "event"), ("attribute", "attribute")),
    ir.ByValue: (("event", "event"), ("attribute", "attribute")),
    ir.ByMeasured: (("measure", "measure"),),
    ir.Partition: (("party", "set_by"),),
    ir.KeyByGroup: (("partition", "partition"),),
    ir.KeyByPeriod: (("calendar", "calendar"),),
    ir.Outcome: (("outcome", "after"), ("outcome", "partly"), ("outcome", "part_of")),
    ir.Agreed: (("outcome", "outcomes"),),
    ir.GroupChoice: (("outcome", "outcome"),),
    ir.AgreedByGroup: (("partition", "partition"),),
    ir.Chosen: (("outcome", "outcomes"), ("party", "by")),
    ir.Plan: (
        ("population", "population"),
        ("event", "event"),
        ("attribute", "attribute"),
        ("attribute", "chooser"),
    ),
    ir.EachAchievement: (("outcome", "outcome"),),
    ir.EachInPlan: (("plan", "plan"),),
    ir.NamedParty: (("party", "party"),),
    ir.Jointly: (("joint party", "joint"),),
    ir.PartyOfGroup: (("partition", "partition"),),
    ir.Flow: (("flow", "stacks_with"),),
    ir.Covered: (("flow", "flows"),),
    ir.CountLimit: (("flow", "flows"), ("calendar", "calendar"), ("party", "excess_to")),
    ir.Replace: (("flow", "flow"), ("flow", "replaced")),
    ir.SetOff: (("flow", "flow"), ("flow", "against")),
    ir.MoneyLimit: (
        ("flow", "flows"),
        ("flow", "share_of"),
        ("calendar", "calendar"),
        ("party", "excess_to"),
        ("party", "payer"),
    ),
    ir.Tier: (("flow", "flows"), ("table", "table")),
    ir.FallAway: (("flow", "flows"), ("event", "event")),
    ir.Benefit: (("party", "to"),),
    ir.GivenRow: (("event", "event"),),
    ir.GivenRuling: (("outcome", "outcome"),),
    ir.GivenPerson: (("population", "population"),),
    ir.ExpectedVerdict: (("outcome", "outcome"),),
}
"""In which fields a node holds names, and of what."""


def names_in(kind: type[Tree]) -> tuple[tuple[str, str], ...]:
    """The fields of a class that hold names, each with what it names."""
    return tuple((field, what) for what, field in _FIELDS.get(kind, ()))


def references(node: Tree) -> Iterator[tuple[str, str]]:
    """The names that a node itself refers to, each with what it names."""
    if isinstance(node, ir.Ruling) and node.kind == "evidenced":
        return  # kinds of evidence are texts
    for kind, name in _FIELDS.get(type(node), ()):
        value = getattr(node, name)
        found = value if isinstance(value, tuple) else (value,)
        yield from ((kind, each) for each in found if each is not None)


# ---------------------------------------------------------------- units


def _units(contract: ir.Contract, node: Tree) -> Iterator[str]:
    measures = {measure.name: measure.unit for measure in contract.measures}
    tables = {table.name: table.unit for table in contract.tables}
    match node:
        case ir.Read(name, unit) if measures.get(name, unit) is not unit:
            yield f"{name!r} is read as {unit} and defined as {measures[name]}"
        case ir.Lookup(name, unit) if tables.get(name, unit) is not unit:
            yield f"{name!r} is looked up as {unit} and holds {tables[name]}"
        case ir.Flow(name=name, amount=amount) if unit_of(amount) is not ir.Unit.MONEY:
            yield f"the amount of {name!r} is {unit_of(amount)}"
        case ir.Compares(left, _, right) if not _comparable(unit_of(left), unit_of(right)):
            yield f"{unit_of(left)} is compared with {unit_of(right)}"
        case ir.Reaches(state, target) if unit_of(target) not in (ir.Unit.DAYS, ir.Unit.MONTHS):
            yield f"{state!r} reaches {unit_of(target)}"
        case _:
            return


def _comparable(one: ir.Unit, other: ir.Unit) -> bool:
    return one is other or {one, other} == {ir.Unit.NUMBER, ir.Unit.DAYS}


# ---------------------------------------------------------------- order


def _in_order(contract: ir.Contract) -> Iterator[str]:
    """Stages stand in the order of calculation; limits of money once before and once after the joint shares."""
    place = 0
    for stage in contract.stages:
        while place < len(_STAGES) and not isinstance(stage, _STAGES[place]):
            place += 1
        if place == len(_STAGES):
            yield f"{type(stage).__name__} stands too late among the stages"
            return


def _anchored(contract: ir.Contract) -> Iterator[str]:
    """A row or a joining is at hand only where there is a person or a row."""
    for measure in contract.measures:
        if isinstance(measure.subject, ir.PerRow):
            continue
        if any(isinstance(node, ir.RowDay | ir.Attribute) for node in nodes(measure.quantity)):
            yield f"{measure.name!r} reads a row, and its subject is {measure.subject!r}"
