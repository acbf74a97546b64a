"""Against what a result is held: what would have happened anyway, as far as the terms ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.declared import Declared, joining_events, rests_on
from outcomelang.core.fixed_values import greatest_value
from outcomelang.exposure.liability import together
from outcomelang.loopholes.study import Study

_PERSONAL = ir.PerPerson | ir.PerMember | ir.PerRow


class Held(IntEnum):
    """Against what, the weakest first."""

    NOTHING = 0
    ASSUMED = 1
    """A written figure, or a flat deduction."""
    OWN = 2
    """What was before, of the same people or places."""
    EARLIER = 3
    """Others who came before: a comparison by history."""
    COMPARED = 4
    """Others at the same time, by lottery or by matching."""


def held_against(study: Study, flow: ir.Flow) -> Held:
    """The strongest of all that reaches a payment."""
    of = study.earned_by(flow)
    found = [*_compared(study, of), *_own(study, of), *_differences(study, of), *_lines(study, flow)]
    if _deducted(study, flow):
        found.append(Held.ASSUMED)
    return max(found, default=Held.NOTHING)


# ---------------------------------------------------------------- others


def _compared(study: Study, of: object) -> Iterator[Held]:
    """Those among whom something is counted to compare with."""
    for node in study.rests_on(of):
        if isinstance(node, ir.Select | ir.DaysIn) and node.among in study.names.populations:
            method = study.names.populations[node.among].method
            yield Held.EARLIER if method == "history" else Held.COMPARED


# ---------------------------------------------------------------- the same before


def _own(study: Study, of: object) -> Iterator[Held]:
    """Windows that end before people join, or in a year before."""
    joining = {event for name in study.names.populations for event in joining_events(study.names, name)}
    for node in study.rests_on(of):
        if isinstance(node, ir.Window) and node.last is not None and _is_before(study, node.last, joining):
            yield Held.OWN


def _is_before(study: Study, edge: ir.Edge, joining: set[str]) -> bool:
    backward = (edge.months, edge.days) < (0, 0)
    match edge.anchor:
        case ir.Joining():
            return backward
        case ir.RowOf(ir.Select(ir.Rows(event))):
            return backward and event in joining
        case ir.Fixed(day):
            return study.contract.first_day is not None and day < study.contract.first_day
        case ir.SamePeriod():
            return True
        case _:
            return False


# ---------------------------------------------------------------- differences


def _differences(study: Study, of: object) -> Iterator[Held]:
    """What is subtracted from what, and what a change is reckoned from."""
    for node in study.rests_on(of):
        match node:
            case ir.Excess(left, right) | ir.Arith("-", left, right):
                yield _between(study, left, right)
            case ir.ChangeOf(base, new):
                yield _between(study, base, new)
            case ir.Compares(left, _, right) if _is_measured(study.names, left) and _is_measured(study.names, right):
                yield _between(study, left, right)
            case _:
                continue


def _between(study: Study, left: ir.Quantity, right: ir.Quantity) -> Held:
    one, other = _is_measured(study.names, left), _is_measured(study.names, right)
    if one and other and set(_sources(study.names, left)) and set(_sources(study.names, right)):
        if _apart(study, left, right):
            return Held.OWN
        return Held.ASSUMED if _assumed_rate(study.names, left) or _assumed_rate(study.names, right) else Held.NOTHING
    return Held.ASSUMED if one or other else Held.NOTHING


def _is_measured(d: Declared, of: object) -> bool:
    """Whether anything that happens decides over a quantity."""
    measured = ir.Counted | ir.Summed | ir.DaysIn | ir.Observed | ir.Attribute
    return any(isinstance(node, measured) for node in rests_on(d, of))


def _apart(study: Study, left: ir.Quantity, right: ir.Quantity) -> bool:
    """Whether two quantities are measured at different times, in different rows, or by different events."""
    one, other = set(_sources(study.names, left)), set(_sources(study.names, right))
    return not one & other


def _sources(d: Declared, of: object) -> Iterator[object]:
    """Where and when a quantity is measured: its event or state, the window, and the labels of its rows."""
    for node in rests_on(d, of):
        match node:
            case ir.Counted(select) | ir.Summed(_, select):
                if not isinstance(select.of, ir.People):
                    labels = frozenset(test for test in select.tests if isinstance(test, ir.AttributeIs))
                    flags = frozenset(test for test in labels if set(test.labels) <= {"yes", "no"})
                    yield (select.of, select.window, labels - flags)
            case ir.DaysIn(state, window):
                yield (state, window)
            case ir.Observed(figure):
                yield figure
            case _:
                continue


def _assumed_rate(d: Declared, node: ir.Quantity) -> bool:
    """Whether a quantity is a written part, less than the whole, of what is counted."""
    match node:
        case ir.Read(name):
            return _assumed_rate(d, d.measures[name].quantity)
        case ir.Rounded(of):
            return _assumed_rate(d, of)
        case ir.Arith("*", left, right):
            for part, of in ((left, right), (right, left)):
                written = greatest_value(d, part)
                if written is not None and written < 1 and _is_measured(d, of):
                    return True
            return False
        case _:
            return False


# ---------------------------------------------------------------- lines and deductions


def _lines(study: Study, flow: ir.Flow) -> Iterator[Held]:
    """A line that is written for many together is a guess of what happens anyway; for one person it is what counts."""
    if flow.gate is not None and not isinstance(flow.subject, _PERSONAL):
        yield from _line(study, flow.gate)
    if flow.gate is not None and isinstance(flow.subject, _PERSONAL):
        yield from (Held.ASSUMED for node in study.rests_on(flow.gate) if _is_of_many(study, node))
    for node in study.rests_on(study.earned_by(flow)):
        if isinstance(node, ir.Outcome) and not isinstance(node.subject, _PERSONAL):
            yield from _line(study, node.when)
        elif isinstance(node, ir.Table) and any(isinstance(key, ir.KeyByQuantity) for key in node.by):
            yield from (Held.ASSUMED for key in node.by if _is_keyed_by_many(study, key))


def _line(study: Study, of: ir.Condition) -> Iterator[Held]:
    for node in study.rests_on(of):
        if isinstance(node, ir.Compares) and _is_measured(study.names, (node.left, node.right)):
            yield Held.ASSUMED


def _is_of_many(study: Study, node: object) -> bool:
    """Whether a condition compares what is measured of many with a line."""
    if not isinstance(node, ir.Compares):
        return False
    read = [part for part in (node.left, node.right) if isinstance(part, ir.Read)]
    return any(not isinstance(study.names.measures[part.measure].subject, _PERSONAL) for part in read)


def _is_keyed_by_many(study: Study, key: ir.KeySource) -> bool:
    if not isinstance(key, ir.KeyByQuantity) or not isinstance(key.quantity, ir.Read):
        return False
    measure = study.names.measures[key.quantity.measure]
    return not isinstance(measure.subject, _PERSONAL) and _is_measured(study.names, measure.quantity)


def _deducted(study: Study, flow: ir.Flow) -> bool:
    """Whether only a part of those who succeed is paid for: by the number of units, or a limit on people like them."""
    if isinstance(flow.driver, ir.EachUnit) and _assumed_rate(study.names, flow.driver.quantity):
        return True
    whose = {each.name for each in study.flows if _population(study, each) == _population(study, flow)}
    return any(
        isinstance(stage, ir.CountLimit)
        and (not stage.flows or whose & set(stage.flows))
        and any(_is_part(study, node) for node in study.rests_on(stage.most))
        for stage in study.contract.stages
    )


def _is_part(study: Study, node: object) -> bool:
    match node:
        case ir.Arith("*", left, right):
            written = [greatest_value(study.names, left), greatest_value(study.names, right)]
            return any(each is not None and 0 < each < 1 for each in written)
        case _:
            return False


def _population(study: Study, flow: ir.Flow) -> str | None:
    subject = flow.subject
    if isinstance(flow.driver, ir.EachAchievement):
        subject = study.names.outcomes[flow.driver.outcome].subject
    match subject:
        case ir.PerPerson(population):
            return population
        case ir.PerRow(event):
            return study.names.events[event].of
        case ir.PerMember(member):
            return study.names.members[member].of
        case _:
            return None


# ---------------------------------------------------------------- money for outcomes

MOST = Fraction(1, 2)
"""The share of the money for outcomes that may be held against nothing: the rest then says what the service adds."""


def paid_for_outcomes(study: Study) -> list[ir.Flow]:
    """Payments that an outcome decides over, without what is paid as a cost; where there is none, repayments."""
    paid = [flow for flow in study.flows if study.rests_on_an_outcome(flow) and not is_cost(study, flow)]
    return paid or [flow for flow in study.repayments if study.rests_on_an_outcome(flow)]


def is_cost(study: Study, flow: ir.Flow) -> bool:
    """Whether it is paid for each bad event, as its cost: that is no payment for an outcome."""
    match flow.driver:
        case ir.EachRow(ir.Select(ir.Rows(event))):
            return study.names.events[event].polarity is ir.Polarity.FEWER
        case ir.EachAchievement(outcome):
            subject = study.names.outcomes[outcome].subject
            return isinstance(subject, ir.PerRow) and study.names.events[subject.event].polarity is ir.Polarity.FEWER
        case _:
            return False


def is_most(study: Study, some: list[ir.Flow], flows: list[ir.Flow]) -> bool:
    """Whether more than half of the money for outcomes is for these: by what bounds it, else by prices."""
    if len(some) == len(flows):
        return True
    names, own = {flow.name for flow in flows}, {flow.name for flow in some}
    part = together(study.names, [each for each in study.liability.flows if each.flow.name in own])
    rest = together(study.names, [each for each in study.liability.flows if each.flow.name in names - own])
    if part is None and rest is None:
        prices = {flow.name: study.full_prices.get(flow.name, Fraction(0)) for flow in flows}
        part, rest = (sum((prices[name] for name in of), Fraction(0)) for of in (own, names - own))
    if part is None or rest is None:
        return part is None
    return part > MOST * (part + rest) or not part + rest
