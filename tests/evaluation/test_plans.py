"""Plans agree with an oracle that tries every plan in order there is, day by day, on generated choices.

The oracle lists every set of outcomes that a plan may hold and asks each day whether what was agreed by then is one of
them; the evaluator judges rule by rule and only on days with rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations, product

from attrs import frozen
from hypothesis import given, note
from hypothesis import strategies as st

from outcomelang.core import ir
from outcomelang.core.invariants import broken
from outcomelang.core.plans import outcomes_of
from outcomelang.evaluation.event_log import Row

from . import build

NAMES = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta")
WATCHED, OUTSIDE = "Eta", "Zeta"
JOINED = build.day("2015-03-01")
LAST = 60
AGREED = build.event(
    "Agreed", attributes=(ir.AttributeSpec("Goal", ir.Unit.LABEL), ir.AttributeSpec("By", ir.Unit.LABEL))
)
JOIN = build.event("Join", attributes=(ir.AttributeSpec("Need", ir.Unit.LABEL),))
NEED = ir.Partition("Need", "group", "Person", ir.ByLabel("Join", "Need"), (ir.PartitionRow("a"), ir.PartitionRow("b")))


@frozen
class Choice:
    name: str
    by: str
    day: int
    """Days after joining; negative before it."""


@frozen
class Life:
    """What was agreed, on which day each outcome was achieved in full and in part, of which group the person is."""

    choices: tuple[Choice, ...]
    full: dict[str, int]
    part: dict[str, int]
    need: str


# ---------------------------------------------------------------- generated plans and lives


@st.composite
def plans(draw: st.DrawFn) -> ir.Plan:
    """Any rules over the first five outcomes; each stands in one of them."""
    names = list(draw(st.permutations(NAMES[:5])))
    slots: list[ir.Slot] = []
    if fixed := draw(st.integers(0, 2)):
        slots.append(ir.Agreed(tuple(names.pop() for _ in range(fixed))))
    if draw(st.booleans()):
        slots.append(ir.AgreedByGroup("Need", tuple(ir.GroupChoice(label, names.pop()) for label in "ab")))
    if len(names) > 1 and draw(st.booleans()):
        slots.append(draw(menus([names.pop()])))
    slots.append(draw(menus(names)))
    chooser = draw(st.sampled_from((None, "By")))
    return ir.Plan(
        "Plan", "Person", "Agreed", "Goal", chooser, draw(st.booleans()), tuple(draw(st.permutations(slots)))
    )


@st.composite
def menus(draw: st.DrawFn, names: list[str]) -> ir.Chosen:
    window = draw(st.sampled_from((None, build.within(ir.Joining(), 0, 20))))
    by = draw(st.sampled_from(("Provider", "Buyer", None)))
    return ir.Chosen(draw(st.integers(1, len(names))), tuple(names), by, window)


@st.composite
def lives(draw: st.DrawFn, plan: ir.Plan) -> Life:
    """A plan in order, and up to two changes to it: most lives are nearly well-formed."""
    need = draw(st.sampled_from(("a", "a", "b", "b", "")))
    whole = draw(st.sampled_from(list(in_order(plan, need or "a", plan.listed))))
    rights = {
        name: slot.by or "persons" for slot in plan.slots if isinstance(slot, ir.Chosen) for name in slot.outcomes
    }
    days = st.integers(0, 20)
    choices = [Choice(name, rights.get(name, "contract"), draw(days)) for name in sorted(whole)]
    for _ in range(draw(st.sampled_from((0, 0, 1, 1, 2)))):
        choices = draw(changed(choices))
    achieved = st.dictionaries(st.sampled_from(NAMES[:5]), st.integers(0, 40), min_size=3)
    return Life(tuple(choices), draw(achieved), draw(achieved), need)


@st.composite
def changed(draw: st.DrawFn, choices: list[Choice]) -> list[Choice]:
    name = draw(st.sampled_from((*NAMES, OUTSIDE, OUTSIDE, WATCHED, WATCHED)))
    extra = Choice(name, draw(st.sampled_from(("Provider", "Buyer", "Person"))), draw(st.integers(-1, 25)))
    kind = draw(st.sampled_from(("drop", "add", "other name", "other chooser", "other day")))
    if kind == "add" or not choices:
        return [*choices, extra]
    at = draw(st.integers(0, len(choices) - 1))
    match kind:
        case "drop":
            new = []
        case "other name":
            new = [Choice(extra.name, choices[at].by, choices[at].day)]
        case "other day":
            new = [Choice(choices[at].name, choices[at].by, extra.day)]
        case _:
            new = [Choice(choices[at].name, extra.by, choices[at].day)]
    return [*choices[:at], *new, *choices[at + 1 :]]


# ---------------------------------------------------------------- the oracle


def in_order(plan: ir.Plan, need: str, listed: bool = True) -> Iterator[frozenset[str]]:
    """Every set of outcomes that a plan in order may hold; without `listed`, of those that are chosen."""
    sets: list[list[tuple[str, ...]]] = []
    for slot in plan.slots:
        match slot:
            case ir.Agreed(outcomes):
                sets.append([outcomes if listed else ()])
            case ir.AgreedByGroup(_, choices):
                own = [(choice.outcome,) for choice in choices if choice.label == need]
                sets.append(own if listed or not own else [()])
            case ir.Chosen(number, outcomes):
                sets.append(list(combinations(outcomes, number)))
    for parts in product(*sets):
        yield frozenset(name for part in parts for name in part)


def counts(plan: ir.Plan, choice: Choice) -> bool:
    """Whether the right party chose, in time; what nobody chooses is nobody's to choose."""
    for slot in plan.slots:
        if isinstance(slot, ir.Chosen) and choice.name in slot.outcomes:
            in_time = slot.window is None or 0 <= choice.day <= 20
            who = "Provider" if plan.chooser is None else choice.by
            return in_time and who in ((slot.by,) if slot.by else ("Person", "persons"))
    return True


def held(plan: ir.Plan, life: Life, day: int) -> frozenset[str] | None:
    """The outcomes of the plan on a day; None where it is not in order."""
    agreed = [choice for choice in life.choices if choice.day <= day and choice.name != WATCHED]
    names = [choice.name for choice in agreed]
    if len(set(names)) < len(names) or not all(counts(plan, choice) for choice in agreed):
        return None
    if frozenset(names) not in set(in_order(plan, life.need, plan.listed)):
        return None
    fixed = next(iter(in_order(plan, life.need))) - {
        name for slot in plan.slots if isinstance(slot, ir.Chosen) for name in slot.outcomes
    }
    return frozenset(names) | fixed


def earned(plan: ir.Plan, life: Life, achieved: dict[str, int], as_of: int) -> dict[str, int]:
    """Each outcome with the first day on which it is achieved and the plan, in order, holds it."""
    found: dict[str, int] = {}
    for day in range(-3, min(LAST, as_of) + 1):
        now = held(plan, life, day)
        for name in now or ():
            if name in achieved and achieved[name] <= day:
                found.setdefault(name, day)
    return found


# ---------------------------------------------------------------- both


def contract(plan: ir.Plan, replaces: bool) -> ir.Contract:
    def occurs(kind: str) -> ir.Condition:
        return ir.Happens(build.rows("Visit", ir.AttributeIs("Kind", (kind,))))

    outcomes = [
        each
        for name in NAMES
        for each in (
            build.outcome(name, occurs(name), partly=f"{name} in part", monitor_only=name == WATCHED),
            build.outcome(f"{name} in part", occurs(f"{name} part"), part_of=name),
        )
    ]
    driven = [
        build.flow(name, build.pounds(price), ir.EachInPlan("Plan", partly), subject=build.PERSON)
        for name, price, partly in (("Full", 100, False), ("Part", 40, True))
    ]
    return build.contract(
        partitions=(NEED,),
        events=(JOIN, AGREED, build.WORK, build.LEAVE, build.ARREST, build.VISIT),
        outcomes=tuple(outcomes),
        flows=tuple(driven),
        stages=(ir.Replace("Full", ("Part",)),) if replaces else (),
        plans=(plan,),
    )


def rows(life: Life) -> list[Row]:
    need = {"Need": life.need} if life.need else {}
    found = [build.row("J", "Ann", "Join", JOINED, **need)]
    for n, choice in enumerate(life.choices):
        found.append(build.row(f"C{n}", "Ann", "Agreed", JOINED + choice.day, Goal=choice.name, By=choice.by))
    for suffix, achieved in (("", life.full), (" part", life.part)):
        for name, day in achieved.items():
            found.append(build.row(f"V{name}{suffix}", "Ann", "Visit", JOINED + day, Kind=f"{name}{suffix}"))
    return found


@given(st.data(), plans(), st.booleans(), st.none() | st.integers(0, 45))
def test_plans_pay_on_the_days_that_every_plan_in_order_shows(
    data: st.DataObject, plan: ir.Plan, replaces: bool, waits: int | None
) -> None:
    life = data.draw(lives(plan))
    made = contract(plan, replaces)
    assert broken(made) == ()
    as_of = None if waits is None else date.fromordinal(JOINED + waits).isoformat()
    ledger = build.account(made, rows(life), as_of)
    note(f"{plan}\n{life}\nas of {as_of}\n" + "\n".join(str(report) for report in ledger.reports))
    known = LAST if waits is None else waits
    full, part = (earned(plan, life, achieved, known) for achieved in (life.full, life.part))
    wanted = {("Full", name): (day, 10000) for name, day in full.items()}
    wanted |= {("Part", name): (day, 0 if replaces and name in full else 4000) for name, day in part.items()}
    got = {
        (each.payment, each.id.split(" / ")[2]): (each.day.toordinal() - JOINED, each.amount) for each in ledger.entries
    }
    assert got == wanted
    begun = any(choice.day <= known for choice in life.choices if choice.name != WATCHED)
    told = any(report.name == "plan-not-in-order" for report in ledger.reports)
    if begun:
        assert told is (held(plan, life, known) is None)


def test_the_oracle_knows_plans_that_are_in_order_and_others() -> None:
    menu = ir.Chosen(1, ("Alpha", "Beta"), "Buyer")
    plan = ir.Plan("Plan", "Person", "Agreed", "Goal", "By", True, (menu, ir.Agreed(("Gamma",))))
    choices = (Choice("Alpha", "Buyer", 3), Choice("Gamma", "contract", 5))
    assert set(in_order(plan, "a")) == {frozenset(("Alpha", "Gamma")), frozenset(("Beta", "Gamma"))}
    assert outcomes_of(plan) == ("Alpha", "Beta", "Gamma")
    assert [held(plan, Life(choices, {}, {}, "a"), day) for day in (4, 5)] == [None, frozenset(("Alpha", "Gamma"))]
    assert OUTSIDE not in outcomes_of(plan)
