"""OC09: one row decides over two payments on some days only; one row of so much, entered as two, pays more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import partial
from itertools import combinations, islice

from attrs import evolve

from outcomelang.core import ir
from outcomelang.diagnostic import Remedy
from outcomelang.histories.history import Fact, History
from outcomelang.histories.paid import Paid
from outcomelang.loopholes.betterment import shrunk
from outcomelang.loopholes.control import alone_recorded_by, paid
from outcomelang.loopholes.finding import Finding, Told, Verdict, Witness
from outcomelang.loopholes.rules.same_outcome_paid_twice import (
    RULE,
    Pair,
    Twice,
    falls,
    its_end,
    on_one_day,
    paid_twice,
    pairs_of,
    pays_both,
)
from outcomelang.loopholes.seeking.trial import Ground, Option, Seeker, Trial, fallen, happenings
from outcomelang.loopholes.study import Study

_PAIRS = 12
"""How many pairs of payments are looked at."""


def _concerns(study: Study) -> bool:
    return bool(_few(study)) or any(_carrying(study))


def _few(study: Study) -> list[Pair]:
    return list(islice(pairs_of(study), _PAIRS))


def _bases(study: Study) -> Iterable[History]:
    """One person for whom both are brought about, one after the other."""
    for pair in _few(study):
        for flows in ((pair.one, pair.other), (pair.other, pair.one)):
            yield study.earning.in_turn(*flows)[-1]


def _options(ground: Ground, history: History) -> list[Option]:
    return [*_for_both(ground, history), *_split(ground.study, history)]


# ---------------------------------------------------------------- one row for two payments


def _for_both(ground: Ground, history: History) -> Iterator[Option]:
    """Of two rows of one event the one is left out, and the other put on days that may do for both."""
    study = ground.study
    account = study.pay(history)
    for pair in _few(study):
        if not pays_both(pair, account):
            continue
        rows = list(happenings(study, history, pair.events))
        for fact in rows:
            yield partial(_less, study, pair, history, fact)
        for left_out, kept in (each for two in combinations(rows, 2) for each in (two, two[::-1])):
            if left_out.event == kept.event and left_out.participant == kept.participant:
                fewer = history.without(left_out)
                for day in ground.days(history, kept.participant):
                    yield partial(_moved, study, pair, fewer, kept, day)


def _moved(study: Study, pair: Pair, history: History, fact: Fact, day: int) -> Trial | None:
    """The row on another day, and with it the end of the spell that it begins."""
    there = fact.on(day)
    ends = {id(end): end.on(end.day + day - fact.day) for end in its_end(study, history, fact)}
    facts = tuple(there if each is fact else ends.get(id(each), each) for each in history.facts)
    return _less(study, pair, History(facts), there)


def _less(study: Study, pair: Pair, history: History, fact: Fact) -> Trial | None:
    without = history.without(fact, *its_end(study, history, fact))
    return Trial(history, without, partial(_twice, pair), partial(_told, study, pair, fact))


def _twice(pair: Pair, whole: Paid, less: Paid) -> ir.Flow | None:
    both = pays_both(pair, whole) and falls(pair, whole, less) and on_one_day(pair, whole, less)
    return pair.other if both else None


def _told(study: Study, pair: Pair, fact: Fact, _: ir.Flow, whole: Paid, less: Paid) -> Finding:
    return paid_twice(study, pair, Twice(fact, whole, less))


# ---------------------------------------------------------------- one row entered as two


def _carrying(study: Study) -> Iterator[tuple[str, str]]:
    """Events that the paid record alone, with what a payment reads of them as so much, by their sum or row by row."""
    parties = paid(study.names)
    for flow in study.flows:
        read = _read(study, flow)
        for event in study.events_of(study.earned_by(flow)):
            if event.name in study.joining or not alone_recorded_by(event, parties):
                continue
            yield from ((event.name, a.name) for a in event.attributes if a.name in read and a.unit in _SIZES)


_SIZES = (ir.Unit.NUMBER, ir.Unit.MONEY, ir.Unit.DAYS)


def _read(study: Study, flow: ir.Flow) -> set[str]:
    """What the price reads of a row, or a quantity adds up."""
    nodes = study.rests_on((flow.amount, flow.driver))
    return {
        node.attribute if isinstance(node, ir.Summed) else node.name
        for node in nodes
        if isinstance(node, ir.Summed | ir.Attribute)
    }


def _split(study: Study, history: History) -> Iterator[Option]:
    for event, attribute in dict.fromkeys(_carrying(study)):
        for fact in happenings(study, history, (event,)):
            amount = dict(fact.attributes).get(attribute)
            if isinstance(amount, int | Fraction) and not isinstance(amount, bool):
                for much in (10, 1_000, 100_000):
                    yield partial(_in_two, study, history, fact, attribute, Fraction(amount) * much)


def _in_two(study: Study, history: History, fact: Fact, attribute: str, much: Fraction) -> Trial:
    """So much in one row, and the same in two of half each."""

    def row(carried: Fraction) -> Fact:
        return evolve(fact, attributes=tuple((n, carried if n == attribute else v) for n, v in fact.attributes))

    one = History(tuple(row(much) if each is fact else each for each in history.facts))
    half = row(much / 2)
    two = History(tuple(half if each is fact else each for each in history.facts)).plus(row(much / 2))
    return Trial(two, one, partial(_more, study), partial(_entered, study, fact.event))


def _more(study: Study, two: Paid, one: Paid) -> ir.Flow | None:
    return fallen(study.flows, two, one) if one.total > 0 and two.total > one.total * _MUCH else None


_MUCH = Fraction(101, 100)
"""What rounds otherwise is no more."""


def _entered(study: Study, event: str, flow: ir.Flow, two: Paid, one: Paid) -> Finding:
    once, twice = shrunk_both(study, one.history, two.history)
    more = twice.total - once.total
    return Finding(
        of=(flow.name, event),
        origin=flow.origin,
        message=f"{study.money(more)} more is due if one {event} is entered as two of half as much each",
        label=f"pays more for a {event} that is entered in two parts",
        stake=more,
        verdict=Verdict.WITNESS,
        witness=Witness(
            (
                Told(once.history, once.total, "Entered as one:"),
                Told(twice.history, twice.total, "The same, entered as two:"),
            ),
            f"nothing more was done, and {study.money(more)} more is due",
        ),
        argument=f"whoever is paid records {event} alone, and may enter it in parts",
        remedies=(
            Remedy("pay for the sum of all rows, at one price for each unit", "it does not matter how it is entered"),
            Remedy(f"let somebody else record or verify {event}", "whoever is paid does not choose the parts"),
        ),
    )


def shrunk_both(study: Study, cheaper: History, dearer: History) -> tuple[Paid, Paid]:
    """Both smaller by the same facts, as long as the second pays more."""
    one, two = shrunk(study, dearer, cheaper)
    return study.pay(two), study.pay(one)


SEEKER = Seeker(RULE.name, _options, _concerns, _bases)
