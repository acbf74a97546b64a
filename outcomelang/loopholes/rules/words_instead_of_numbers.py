"""OC30: a judgement decides what is paid: significant, reasonable, appropriate, sustained without a number."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.fixed_values import greatest_value
from outcomelang.core.plans import outcomes_of
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.loopholes.finding import Cleared, Finding, Said, Verdict
from outcomelang.loopholes.judging import Asks, asks, is_time
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study, largest
from outcomelang.loopholes.word import Word, paid_side
from outcomelang.tree import nodes

CEILING = Fraction(1, 10)
"""The share of all prices for one person up to which it is only noted."""


@frozen
class Judged:
    """A word in a name or label that decides; `only_titled`: it stands in the name of the outcome alone."""

    text: str
    asks: Asks
    only_titled: bool = False


def check(study: Study) -> Iterator[Said]:
    """What is written of the rows by which outcomes that are paid for, and payments themselves, are decided."""
    seen: set[str] = set()
    found: list[tuple[str, ir.Origin, list[ir.Flow], Judged]] = []
    for name, origin, flows, judged in _decisive(study):
        if judged.text not in seen and not (judged.only_titled and name in seen):
            seen |= {judged.text, name}
            found.append((name, origin, flows, judged))
    small = _is_small(study, [flow for _, _, flows, _ in found for flow in flows])
    yield from (_finding(study, *each, small) for each in found)
    if not found:
        yield Cleared(Verdict.NONE_FOUND, "no word of the list decides over a payment")


def _is_small(study: Study, flows: list[ir.Flow]) -> bool:
    """Whether all that is left to judgement is a tenth of what one person can earn, or less."""
    prices = [study.full_prices.get(flow.name, Fraction(0)) for flow in dict.fromkeys(flows)]
    return all(prices) and sum(prices, Fraction(0)) <= CEILING * study.full_price


def _decisive(study: Study) -> Iterator[tuple[str, ir.Origin, list[ir.Flow], Judged]]:
    """Outcomes first; what somebody decides within a time is open to nobody else's judgement."""
    ruled: set[str] = set()
    for outcome in study.contract.outcomes:
        flows = [flow for flow in study.flows if outcome.name in _outcomes(study, flow)]
        if any(ruling.kind == "decided" for ruling in outcome.rulings):
            ruled |= {judged.text for judged in _judged(study, outcome.when)}
        elif flows and not any(ruling.kind == "decided" for flow in flows for ruling in flow.rulings):
            for judged in (*_judged(study, outcome.when), *_titled(study, outcome, flows)):
                yield outcome.name, outcome.origin, flows, judged
    for flow in study.flows:
        if not any(ruling.kind == "decided" for ruling in flow.rulings):
            for judged in _judged(study, (flow.driver, flow.gate)):
                if judged.text not in ruled:
                    yield flow.name, flow.origin, [flow], judged


def _outcomes(study: Study, flow: ir.Flow) -> frozenset[str]:
    """The outcomes on which a payment rests."""
    found: set[str] = set()
    for node in study.rests_on((flow.driver, flow.gate, flow.amount)):
        match node:
            case ir.EachAchievement(name) | ir.Achieved(name) | ir.Achievements(name):
                found.add(name)
            case ir.EachInPlan(plan):
                found |= set(outcomes_of(study.names.plans[plan]))
            case _:
                continue
    return frozenset(found)


def _judged(study: Study, of: object) -> Iterator[Judged]:
    """Words in the events, labels and yes-or-no attributes that a condition looks for, unless a number goes with it.

    For a word of lasting, a length that is asked for anywhere in the condition is the number.
    """
    found = tuple(study.rests_on(of))
    lasts = any(isinstance(node, ir.Reaches | ir.DaysIn) for node in found)
    for node in found:
        if not isinstance(node, ir.Select) or not isinstance(node.of, ir.Rows):
            continue
        counted = [test.attribute for test in node.tests if isinstance(test, ir.AttributeCompares | ir.AttributeDated)]
        for text in _texts(node, node.of.event):
            left_open = asks(text)
            if left_open is None or any(not is_time(name) for name in counted):
                continue
            if (counted or lasts) and left_open is Asks.LASTING:
                continue
            yield Judged(text, left_open)


def _texts(select: ir.Select, event: str) -> Iterator[str]:
    for test in select.tests:
        match test:
            case ir.AttributeIs(_, labels, False):
                yield from labels
            case ir.AttributeGiven(attribute):
                yield attribute
            case _:
                continue
    yield event


def _titled(study: Study, outcome: ir.Outcome, flows: list[ir.Flow]) -> Iterator[Judged]:
    """A word in the name of an outcome of which nothing is asked but that something is on record.

    That something lasts is a claim of whoever is paid; what others record in the course of their own work is a fact.
    """
    left_open = asks(outcome.name)
    if left_open is None or _has_number(outcome):
        return
    words = (Word(study.names, paid_side(study.names, flow)) for flow in flows)
    if left_open is Asks.LASTING and all(word.outcome(outcome.name) is None for word in words):
        return
    yield Judged(outcome.name, left_open, only_titled=True)


def _has_number(outcome: ir.Outcome) -> bool:
    """Whether a number, a length or a window is asked for."""
    for node in nodes(outcome.when):
        match node:
            case ir.Compares() | ir.Reaches() | ir.AttributeCompares() | ir.Achieved() | ir.ForMembers():
                return True
            case ir.Happens(negated=True):
                return True
            case ir.Edge(months=months, days=days) if months or days:
                return True
            case _:
                continue
    return False


def _finding(study: Study, name: str, origin: ir.Origin, flows: list[ir.Flow], judged: Judged, small: bool) -> Finding:
    price = largest(Fraction(greatest_value(study.names, flow.amount) or 0) for flow in flows)
    what = study.money(price) if price else flows[0].name
    return Finding(
        of=(name, judged.text) if judged.text != name else (name,),
        origin=origin,
        message=f"Whether {what} is due is a matter of opinion: nothing says {judged.asks.value} “{judged.text}”",
        label="is left to judgement",
        stake=price,
        argument=f"what is asked for is a row of the log that says “{judged.text}”, and no number goes with it",
        remedies=(
            Remedy("ask for a number: at least …, within …, for … weeks", "everybody reckons the same"),
            Remedy(
                "decided by a named party within 20 working days, otherwise not achieved", "one party judges, in time"
            ),
        ),
        severity=Severity.NOTE if judged.only_titled or small else None,
    )


_EVENT = """insert event Significant Improvement of a Jobseeker is an outcome, recorded by HMRC, more is better,
  observed until 30 September 2027
delete Lasting Job
insert outcome Lasting Job of a Jobseeker
  when a Significant Improvement occurs in the 9 months after Referral
  once"""

RULE = Rule(
    code="OC30",
    name="words-instead-of-numbers",
    severity=Severity.WARNING,
    means=Means.TERMS,
    summary="A judgement decides what is paid: significant, reasonable, appropriate, sustained without a number.",
    rationale=(
        "“Behaviour improves significantly” means one thing to whoever claims and another to whoever pays. Nobody can "
        "plan by it, and the same history is paid in one town and refused in the next."
    ),
    guards=(
        "a number that is asked of the same row: a score, a count, for how long",
        "“decided by” a named party within a time, otherwise achieved or not: the judgement has an owner and an end",
        "a word in the name of an outcome alone, whose condition has a number",
        "a word of lasting in the name of an outcome alone, which whoever is paid cannot prove without others",
        "all that is left to judgement comes to at most 10% of what one person can earn: only noted",
    ),
    blind="Words that are not on the list, other languages, and judgement behind a record that sounds like a fact.",
    source="INDIGO Impact Bond Dataset (INDIGO-POJ-0138); Troubled Families financial framework",
    bad=_EVENT,
    good=f"{_EVENT}\n  decided by HMRC within 20 days, otherwise not achieved",
    check=check,
)
