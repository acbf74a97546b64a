"""The search: trials of all seekers in a random order that is always the same, within a budget of evaluated work."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from random import Random

from outcomelang.core import ir
from outcomelang.evaluation.reference import no_collector
from outcomelang.exposure.filling import is_meant
from outcomelang.histories.earning import Earned
from outcomelang.histories.history import Fact, History
from outcomelang.histories.paid import Paid
from outcomelang.loopholes.finding import Finding
from outcomelang.loopholes.seeking import (
    choosing_days,
    coming_again,
    deadlines,
    going_better,
    leaving_out,
    nothing_changed,
    paid_twice,
)
from outcomelang.loopholes.seeking.trial import MOST_FACTS, Ground, Option, Seeker, Trial, happenings
from outcomelang.loopholes.study import Study
from outcomelang.tree import nodes

SEEKERS: tuple[Seeker, ...] = (
    going_better.SEEKER,
    paid_twice.SEEKER,
    coming_again.SEEKER,
    choosing_days.DAY_OF_CHOICE,
    choosing_days.LONGER_SUPPORT,
    leaving_out.MISSING_RECORD,
    leaving_out.DENOMINATOR,
    nothing_changed.SEEKER,
    deadlines.SEEKER,
)
BUDGET = 28_000
"""How much is evaluated in one contract: each history costs the contract's clauses, node by node, and something."""
_EACH = 20
_SEED = 51
_BASES = 12
"""How many histories are begun with, of those that seekers bring and those that earn payments."""
_OF_VARIED = 4
"""How many trials are made of a history that was changed at random."""
_TRIED = 1_000
"""How often it is changed at most, where most changes leave nothing due."""


class Purse:
    """How much may still be evaluated. It counts work and not time: the same on every machine."""

    def __init__(self, study: Study, points: int) -> None:
        self.study, self.points = study, points
        k = study.contract
        self._each = _EACH + sum(1 for _ in nodes((k.outcomes, k.flows, k.measures, k.states, k.stages)))
        self._paid: set[History] = set()

    def pay(self, history: History) -> Paid:
        """What it pays; the same history costs once, whoever else may have asked for it before."""
        if history not in self._paid:
            self._paid.add(history)
            self.points -= self._each
        return self.study.pay(history)

    def tell(self, trial: Trial, flow: ir.Flow, one: Paid, other: Paid) -> Finding | None:
        """The finding; what it takes to make its histories small is paid for, too."""
        before = self.study.pay.accounts
        finding = trial.finding(flow, one, other)
        self.points -= (self.study.pay.accounts - before) * self._each
        return finding


Hit = tuple[str, Finding | Exception]
"""The name of a rule and what is found under it, or what went wrong."""


def seek(study: Study, found: Mapping[str, Collection[str]]) -> Iterator[Hit]:
    """What seekers find, by the name of their rule. `found`: the clauses of which each rule that is asked has told.

    Each seeker has its share of the budget, whichever rules are asked: what one finds rests on no other.
    """
    if not any(seeker.rule in found for seeker in SEEKERS):
        return
    concerned = [seeker for seeker in SEEKERS if seeker.concerns(study)]
    told = [earned.history for flow in study.flows if (earned := study.earned(flow)) is not None] if concerned else []
    for seeker in concerned:
        if seeker.rule in found:
            purse = Purse(study, BUDGET // len(concerned))
            try:
                with no_collector():
                    bases = _distinct((*seeker.bases(study), *told))
                    yield from _sought(Ground(study), seeker, bases, purse, set(found[seeker.rule]))
            except Exception as problem:  # a fault of ours: the caller reports it under the rule
                yield seeker.rule, problem


def _distinct(histories: tuple[History, ...]) -> list[History]:
    small = (each for each in histories if each.happened and len(each.facts) <= MOST_FACTS)
    return list(dict.fromkeys(small))[:_BASES]


def _sought(
    ground: Ground, seeker: Seeker, bases: list[History], purse: Purse, known: set[str]
) -> Iterator[tuple[str, Finding]]:
    """Trials of one seeker: first, for half of the purse, of the histories as they are, then of varied ones."""
    draw = Random(_SEED)
    half = purse.points // 2
    for trial in _in_turn(_plain(ground, seeker, bases, draw), purse, half):
        yield from _tried(seeker, trial, purse, known)
    for trial in _in_turn(_varied(ground, seeker, bases, purse, draw), purse, 0):
        yield from _tried(seeker, trial, purse, known)


def _in_turn(options: Iterator[Option], purse: Purse, least: int) -> Iterator[Trial]:
    for option in options:
        if purse.points <= least:
            return
        trial = option()
        if trial is not None:
            yield trial


def _tried(seeker: Seeker, trial: Trial, purse: Purse, known: set[str]) -> Iterator[tuple[str, Finding]]:
    """A hit, unless its clause is known by now, or a history breaks what is assumed."""
    one, other = purse.pay(trial.dearer), purse.pay(trial.cheaper)
    flow = trial.clause(one, other)
    if flow is None or known & {flow.name, flow.card} - {""}:
        return
    if not all(is_meant(Earned(each.history, each)) for each in (one, other)):
        return
    finding = purse.tell(trial, flow, one, other)
    if finding is not None and not known.intersection(finding.of[:1]):
        known |= {flow.name, *finding.of[:1]} | ({flow.card} if flow.card else set())
        yield seeker.rule, finding


def _plain(ground: Ground, seeker: Seeker, bases: list[History], draw: Random) -> Iterator[Option]:
    """The trials of each history in a random order, one of each in turn."""
    left = [_shuffled(seeker.options(ground, base), draw) for base in bases]
    while any(left):
        for options in left:
            if options:
                yield options.pop()


def _shuffled(options: list[Option], draw: Random) -> list[Option]:
    draw.shuffle(options)
    return options


# ---------------------------------------------------------------- histories changed at random


def _varied(ground: Ground, seeker: Seeker, bases: list[History], purse: Purse, draw: Random) -> Iterator[Option]:
    """A few trials of histories that were changed in one or two places, and in which something is still due."""
    seen: set[History] = set(bases)
    for _ in range(_TRIED if bases else 0):
        history = draw.choice(bases)
        for _ in range(draw.choice((1, 1, 2))):
            history = _change(ground, history, draw)
        if history in seen:
            continue
        seen.add(history)
        if purse.points <= 0:
            return
        options = seeker.options(ground, history) if purse.pay(history).total else []
        yield from _shuffled(options, draw)[:_OF_VARIED]


def _change(ground: Ground, history: History, draw: Random) -> History:
    """One thing of it otherwise: another day, once more, not at all, or everything after joining later."""
    own = [event.name for event in ground.study.contract.events]
    facts = list(happenings(ground.study, history, own))
    if not facts:
        return history
    fact = draw.choice(facts)
    days = ground.days(history, fact.participant)
    day = draw.choice(days) if days else fact.day
    changes: tuple[Callable[[], History], ...] = (
        partial(history.moved, fact, day),
        partial(history.moved, fact, day),
        partial(history.moved, fact, day),
        lambda: history.plus(fact.on(day)),
        lambda: history.without(fact),
        lambda: _delayed(history, facts, day - fact.day),
    )
    return draw.choice(changes)()


def _delayed(history: History, facts: list[Fact], days: int) -> History:
    own = {id(fact) for fact in facts}
    return History(tuple(f.on(f.day + days) if id(f) in own else f for f in history.facts))
