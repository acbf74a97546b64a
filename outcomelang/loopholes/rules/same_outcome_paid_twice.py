"""OC09: one fact satisfies two paid lines that are no ladder and not declared to stand beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from attrs import frozen

from outcomelang.core import ir
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.histories.history import Fact, History
from outcomelang.histories.making import Making
from outcomelang.histories.paid import Paid
from outcomelang.histories.shrinking import smallest
from outcomelang.loopholes.beside import asked_of, facts_of, meant_beside, of_other_rows
from outcomelang.loopholes.finding import Cleared, Finding, Said, Told, Verdict, Witness
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study
from outcomelang.loopholes.two_records import Record, two_records

_PAIRS = 40
"""How many pairs of payments are tried at most; a contract in which more rest on one event is left undecided."""
_LATER = (0, 1, 15, 45)
"""Days after each fact on which something bad is made to happen."""


@frozen
class Pair:
    """Two payments and the events on which both of them rest."""

    one: ir.Flow
    other: ir.Flow
    events: frozenset[str]


@frozen
class Twice:
    """A fact, the history with what it pays for twice, and the one without."""

    fact: Fact
    paid: Paid
    less: Paid


def check(study: Study) -> Iterator[Said]:
    """For two payments that rest on one event: a history in which one row more or less moves both."""
    pairs = list(pairs_of(study))
    found = False
    for pair in pairs[:_PAIRS]:
        twice = next(_twice(study, pair), None)
        if twice is not None:
            found = True
            yield paid_twice(study, pair, twice)
    for one, first, other, second in two_records(study):
        found = True
        yield _recorded_twice(study, one, first, other, second)
    if len(pairs) > _PAIRS:
        yield Cleared(Verdict.NOT_DECIDED, f"only {_PAIRS} of {len(pairs)} pairs of payments were tried")
    elif not pairs and not found:
        yield Cleared(Verdict.PROVED, "no two payments rest on the same fact, but as steps or parts of one price")
    elif not found:
        yield Cleared(Verdict.NONE_FOUND, f"no row moves two payments at once, of {len(pairs)} pairs tried")


def pairs_of(study: Study) -> Iterator[Pair]:
    kinds = {event.name for event in study.contract.events if event.kind == "outcome"}
    resting = {flow.name: facts_of(study, flow) & kinds for flow in study.flows}
    asked = {(flow.name, event): asked_of(study, flow, event) for flow in study.flows for event in resting[flow.name]}
    for one, other in combinations(study.flows, 2):
        shared = resting[one.name] & resting[other.name]
        same = frozenset(
            event for event in shared if not of_other_rows(asked[one.name, event], asked[other.name, event])
        )
        if same and not meant_beside(study, one, other):
            yield Pair(one, other, same)


# ---------------------------------------------------------------- histories


def _twice(study: Study, pair: Pair) -> Iterator[Twice]:
    """Histories in which both are paid, and one row decides over both."""
    for paid in _both_paid(study, pair):
        for fact in paid.history.happened:
            if fact.event in pair.events and not fact.about:
                less = study.pay(paid.history.without(fact, *its_end(study, paid.history, fact)))
                if falls(pair, paid, less) and on_one_day(pair, paid, less):
                    yield Twice(fact, paid, less)
        for fact in _bad(study, pair, paid.history):
            less = study.pay(History((*paid.history.facts, fact)))
            if falls(pair, paid, less):
                yield Twice(fact, paid, less)


def _both_paid(study: Study, pair: Pair) -> Iterator[Paid]:
    seen: list[History] = []
    for flow in (pair.one, pair.other):
        earned = study.earned(flow)
        if earned is not None and earned.history not in seen and pays_both(pair, earned.paid):
            seen.append(earned.history)
            yield earned.paid
    if not seen and pays_both(pair, study.everything):
        yield study.everything


def pays_both(pair: Pair, paid: Paid) -> bool:
    return paid.of(pair.one.name) > 0 and paid.of(pair.other.name) > 0


def falls(pair: Pair, paid: Paid, less: Paid) -> bool:
    return all(less.of(flow.name) < paid.of(flow.name) for flow in (pair.one, pair.other))


def on_one_day(pair: Pair, paid: Paid, less: Paid) -> bool:
    """Whether what both lose was earned on one day: what is earned later asks for more, and is a step further."""
    return bool(_lost(pair.one, paid, less) & _lost(pair.other, paid, less))


def _lost(flow: ir.Flow, paid: Paid, less: Paid) -> set[int]:
    before = {(draft.day, draft.scope.label): draft.amount for draft in paid.drafts if draft.flow.name == flow.name}
    after = {(draft.day, draft.scope.label): draft.amount for draft in less.drafts if draft.flow.name == flow.name}
    return {day for (day, label), amount in before.items() if after.get((day, label), 0) < amount}


def its_end(study: Study, history: History, fact: Fact) -> tuple[Fact, ...]:
    """The end of the spell that a fact begins."""
    ends = {
        state.days.ends
        for state in study.contract.states
        if isinstance(state.days, ir.Spells) and state.days.begins == fact.event
    }
    later = (
        each
        for each in history.happened
        if each.event in ends and each.participant == fact.participant and each.day >= fact.day
    )
    end = next(later, None)
    return () if end is None else (end,)


def _bad(study: Study, pair: Pair, history: History) -> Iterator[Fact]:
    """What should not happen, where both payments are for nothing else than that it does not."""
    events = [
        event
        for event in sorted(pair.events)
        if study.names.events[event].polarity is ir.Polarity.FEWER
        and {event} == facts_of(study, pair.one) == facts_of(study, pair.other)
    ]
    days = sorted({fact.day + later for fact in history.happened for later in _LATER})
    for event in events:
        for participant in history.participants[:1]:
            for day in days:
                yield Making(study.names).row(participant, event, day)


# ---------------------------------------------------------------- words


def paid_twice(study: Study, pair: Pair, twice: Twice) -> Finding:
    twice = _smaller(study, pair, twice)
    lost = {flow.name: twice.paid.of(flow.name) - twice.less.of(flow.name) for flow in (pair.one, pair.other)}
    happened = twice.fact in twice.paid.history.facts
    one, other = pair.one, pair.other
    amounts = f"{study.money(lost[one.name])} under {one.name} and {study.money(lost[other.name])} under {other.name}"
    what = f"One {twice.fact.event}" if happened else f"That no {twice.fact.event} happens"
    titles = ("As it happened:", "Without it:") if happened else ("As it happened:", f"With a {twice.fact.event}:")
    return Finding(
        of=(one.name, other.name),
        origin=other.origin,
        message=f"{what} is paid for twice: {amounts}",
        label=f"is also paid for under {study.clause(one)}",
        stake=min(lost.values()),
        verdict=Verdict.WITNESS,
        witness=Witness(
            (
                Told(twice.paid.history, twice.paid.total, titles[0]),
                Told(twice.less.history, twice.less.total, titles[1]),
            ),
            f"one {twice.fact.event} decides over both",
        ),
        argument="the two are no steps of one ladder, and nothing says that they are paid beside each other",
        remedies=_remedies(study, one, other, lost),
        related=((one.origin, "the same fact is paid for here"),),
    )


def _smaller(study: Study, pair: Pair, twice: Twice) -> Twice:
    """The same in the smallest history of which it is true."""
    fact, happened = twice.fact, twice.fact in twice.paid.history.facts

    def less(history: History) -> Paid:
        if not happened:
            return study.pay(History((*history.facts, fact)))
        return study.pay(history.without(fact, *its_end(study, history, fact)))

    def still(history: History) -> bool:
        if happened and fact not in history.facts:
            return False
        paid = study.pay(history)
        return pays_both(pair, paid) and falls(pair, paid, less(history))

    history = smallest(twice.paid.history, still)
    return Twice(fact, study.pay(history), less(history))


def _recorded_twice(study: Study, one: ir.Flow, first: Record, other: ir.Flow, second: Record) -> Finding:
    """Only noted: whether the two records tell of the same days of the same people is not in the terms."""
    return Finding(
        of=(one.name, other.name),
        origin=other.origin,
        message=(
            f"Less of one bad thing may be paid for twice: of whoever is both a {first.population} and a "
            f"{second.population}, {one.name} counts {first.name} and {other.name} counts {second.name}"
        ),
        label="falls with the same, if the two records tell of the same people",
        argument="two payments fall with something bad, each by a record of its own, of participants of two kinds",
        remedies=(Remedy("say that nobody is both, or count it under one payment only", "it is then paid for once"),),
        related=((one.origin, f"counts {first.name}"),),
        severity=Severity.NOTE,
    )


def _remedies(study: Study, one: ir.Flow, other: ir.Flow, lost: dict[str, Fraction]) -> tuple[Remedy, ...]:
    return (
        Remedy(
            f"{other.name} …, instead of {one.name}",
            f"{study.money(lost[other.name])} is then due for it, and not {study.money(sum(lost.values()))}",
        ),
        Remedy(f"{other.name} …, less any {one.name}", "what was paid before is taken off"),
        Remedy(f"{other.name} …, stacks with {one.name}", "says that both are meant to be paid"),
    )


RULE = Rule(
    code="OC09",
    name="same-outcome-paid-twice",
    severity=Severity.WARNING,
    means=Means.HISTORIES,
    summary="One fact, of one person in one period, is paid for under two payments that are no ladder.",
    rationale=(
        "Two prices for one fact make it dearer than anybody meant, and draw the work towards the facts that count "
        "twice. In the London Rough Sleepers scheme somebody who was not seen counted under three lines."
    ),
    guards=(
        "the two are steps of one outcome, or one asks for the other and for more, or for the same in another length",
        "what they pay is earned on different days, so that the later one asks for more",
        "“instead of”, “less any” or “stacks with” says how they stand to each other",
        "they ask for rows of different labels, or read different attributes of a row",
    ),
    blind=(
        "One fact that is recorded as rows of two events, which only a reader can know to be one: where two kinds of "
        "participants have a record of something bad each, it is noted."
    ),
    source="INDIGO Impact Bond Dataset (INDIGO-POJ-0121); London Rough Sleepers terms",
    bad=(
        "insert outcome Job Entry of a Jobseeker\n"
        "  when Job Start occurs in the 12 months after Referral\n"
        "  once\n"
        "insert outcome Benefit Exit of a Jobseeker\n"
        "  when the number of Job Starts in the 12 months after Referral is at least 1\n"
        "  once\n"
        "insert payment Entry Fee: Council pays the Provider £50 for each Job Entry\n"
        "insert payment Exit Fee: Council pays the Provider £50 for each Benefit Exit"
    ),
    good=(
        "insert outcome Early Job of a Jobseeker\n"
        "  when Employment begun after Referral reaches 4 weeks in total\n"
        "  within 9 months of Referral\n"
        "  once\n"
        "insert payment Early Fee: Council pays the Provider £50 for each Early Job"
    ),
    check=check,
)
