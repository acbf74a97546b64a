"""Whether a change to a contract plants a loophole of the catalogue, or only another price.

No rule is asked. By the evaluator: is more due than before in a history in which nothing changes for anybody? By the
terms, where the catalogue itself goes by the terms: is there no bound any more (OC13), no deduction of any kind (OC20),
nothing but what is done that decides (OC02), a price that falls where it rose (OC37, OC38), nothing left to earn for
who comes late (OC12, OC35)?
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from attrs import evolve

from outcomelang.core import ir
from outcomelang.core.fixed_values import constant
from outcomelang.histories.history import Fact, History
from outcomelang.loopholes.study import Study

_RESULTS = ("outcome", "figure")
_AGAIN = (183, 365, 730)
"""So many days later what was bad before joining is there once more."""


def catalogued(before: Study, after: Study, probes: Iterable[History]) -> str:
    """Of what in the catalogue the change is an instance; empty for another price."""
    if before.liability.most is not None and after.liability.most is None:
        return "nothing bounds what can be due (OC13)"
    if _order_is_lost(before, after) or set(_falls_with_need(after)) - set(_falls_with_need(before)):
        return "more success is priced lower (OC37, OC38)"
    if _by_results(before) - _by_results(after):
        return "nothing but what is done decides (OC01, OC02)"
    if _deducted(before) - _deducted(after):
        return "nothing is deducted any more (OC20)"
    if {late.flow.name for late in after.too_late} - {late.flow.name for late in before.too_late}:
        return "who comes late can no longer earn it (OC12, OC35)"
    told = list(probes)
    if paid_unchanged(after, told) - paid_unchanged(before, told):
        return "it is due though nothing changes, or with no outcome (OC01, OC10)"
    return ""


# ---------------------------------------------------------------- nothing changes for anybody


def paid_unchanged(study: Study, probes: Iterable[History]) -> frozenset[str]:
    """The payments that are earned, before any limit, in some history in which nothing changes."""
    accounts = [study.pay(same) for history in probes for same in unchanged(study, history)]
    return frozenset(flow.name for flow in study.flows if any(paid.earned(flow.name) > 0 for paid in accounts))


def unchanged(study: Study, history: History) -> Iterator[History]:
    """What was good was so before; what was bad is so again; those who take part do as those with whom they are
    compared."""
    joined = _joined(study, history)
    before = History(tuple(_before(study, fact, joined) for fact in history.facts))
    yield study.nothing_achieved(history)
    yield before
    yield from _bad_again(study, before, joined)
    yield from _like_the_others(study, history)


def _joined(study: Study, history: History) -> dict[str, int]:
    found: dict[str, int] = {}
    for fact in history.happened:
        if fact.event in study.joining:
            found.setdefault(fact.participant, fact.day)
    return found


def _before(study: Study, fact: Fact, joined: dict[str, int]) -> Fact:
    good = fact.counts and not fact.about and fact.event not in study.joining and _is_good(study, fact.event)
    return fact.on(min(fact.day, joined[fact.participant] - 1)) if good and fact.participant in joined else fact


def _is_good(study: Study, event: str) -> bool:
    declared = study.names.events[event]
    return declared.polarity is ir.Polarity.MORE


def _bad_again(study: Study, history: History, joined: dict[str, int]) -> Iterator[History]:
    """What was bad before joining (of nobody: before the term) is there after it, too."""
    first = study.contract.first_day.toordinal() if study.contract.first_day is not None else 0
    bad = [
        fact
        for fact in history.happened
        if not fact.about
        and study.names.events[fact.event].polarity is ir.Polarity.FEWER
        and fact.day < joined.get(fact.participant, first)
    ]
    if bad:
        yield history.plus(*(fact.on(fact.day + days) for fact in bad for days in _AGAIN))


def _like_the_others(study: Study, history: History) -> Iterator[History]:
    """Each who takes part has what one of those has with whom they are compared, as long after joining."""
    marks = {
        (test.attribute, label)
        for each in study.contract.populations
        if each.comparison_of is not None
        for test in each.tests
        if isinstance(test, ir.AttributeIs)
        for label in test.labels
    }
    joined = _joined(study, history)
    rows = [fact for fact in history.happened if fact.event in study.joining]
    others = [fact.participant for fact in rows if marks & {(n, v) for n, v in fact.attributes if isinstance(v, str)}]
    own = [who for who in joined if who not in others]
    if not others or not own:
        return
    kept = [f for f in history.facts if f.participant not in own or f.event in study.joining or not f.counts]
    copied: list[Fact] = []
    for number, who in enumerate(own):
        like = others[number % len(others)]
        copied += (
            evolve(fact, participant=who, day=fact.day - joined[like] + joined[who])
            for fact in history.facts
            if fact.participant == like and fact.event not in study.joining and fact.counts
        )
    yield History((*kept, *copied))


# ---------------------------------------------------------------- by the terms


def _by_results(study: Study) -> frozenset[str]:
    """The payments over which an event of kind outcome decides, and the outcomes that are paid for and ask for one."""
    flows = {flow.name for flow in study.flows if study.rests_on_an_outcome(flow)}
    paid = {flow.driver.outcome for flow in study.flows if isinstance(flow.driver, ir.EachAchievement)}
    asked = {
        name
        for name in paid
        if any(event.kind in _RESULTS for event in study.events_of(study.names.outcomes[name].when))
    }
    return frozenset(flows | asked)


def _deducted(study: Study) -> frozenset[str]:
    """The payments for outcomes in which something is taken off, or set against others or an earlier time."""
    return frozenset(
        flow.name for flow in study.flows if study.rests_on_an_outcome(flow) and _has_deduction(study, flow)
    )


def _has_deduction(study: Study, flow: ir.Flow) -> bool:
    for node in study.rests_on(study.earned_by(flow)):
        match node:
            case ir.Excess(_, ir.Const(value)) if value == 0:
                continue
            case ir.Excess() | ir.ChangeOf() | ir.Arith("-"):
                return True
            case ir.Select(among=str()) | ir.DaysIn(among=str()):
                return True
            case _:
                continue
    return False


def _order_is_lost(before: Study, after: Study) -> bool:
    """Whether prices rose (or fell) along the ranges of a table, and do so no more."""
    tables = {table.name: table for table in after.contract.tables}
    for table in before.contract.tables:
        if table.by and isinstance(table.by[0], ir.KeyByQuantity):
            old, new = _prices(table), _prices(tables[table.name])
            if (old == sorted(old) and new != sorted(new)) or (old == sorted(old)[::-1] and new != sorted(new)[::-1]):
                return True
    return False


def _prices(table: ir.Table) -> list[Fraction]:
    values = (row.value for row in table.rows if row.value is not None)
    return [Fraction(constant(value)) for value in values if not isinstance(value.value, str)]


def _falls_with_need(study: Study) -> Iterator[str]:
    """Tables by a group for whose rows costs are declared, in which a dearer row has a lower price."""
    costs = {
        label: cost.amount
        for cost in study.contract.costs
        if isinstance(cost.select.of, ir.People)
        for test in cost.select.tests
        if isinstance(test, ir.InGroup)
        for label in test.labels
    }
    for table in study.contract.tables:
        known = [
            (costs[key.label], constant(row.value))
            for row in table.rows
            if row.value is not None
            for key in row.keys[:1]
            if isinstance(key, ir.LabelKey) and key.label in costs
        ]
        if any(one[0] < other[0] and one[1] > other[1] for one in known for other in known):
            yield table.name
