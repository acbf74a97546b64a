"""Outcomes whose words an amendment changed: each day is judged by the words of its version.

What was achieved keeps standing and counts towards “once” and “up to 3 times”. What the new words would have found
before they held does not count, and is reported. What is to be decided (or verified) of a thing is said by the words of
its own day, whenever the decision comes; while it waits, it keeps its place among the times.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY, LAST_DAY
from outcomelang.evaluation import outcomes
from outcomelang.evaluation.conditions import occasions
from outcomelang.evaluation.drafts import Draft
from outcomelang.evaluation.rulings import Ruled, by_rulings, ruled
from outcomelang.evaluation.scope import Scope
from outcomelang.evaluation.suspensions import time_limit
from outcomelang.evaluation.verdict import Result, Standing, Verdict
from outcomelang.evaluation.versions import holds, words_at

if TYPE_CHECKING:
    from outcomelang.evaluation.meaning import Meaning


class _Turn(NamedTuple):
    """What the words of one version find on its days, and how the outcome stands by them if that is nothing."""

    found: tuple[Ruled, ...]
    otherwise: Result


_Judge = Callable[[Scope, int, int, tuple[Ruled, ...]], _Turn]
"""By the words of one version: between two days, after what was found by the words before."""


def in_turn(m: Meaning, node: ir.Outcome) -> outcomes.Resulting:
    """The result of an outcome under all its words, each on the days of its versions."""
    signed = _judged(m, node)
    words = {place: amended for amended in node.amended for place in amended.versions}
    judges = {id(amended): _judged(m, amended.outcome) for amended in node.amended}

    def judge_at(place: int) -> _Judge:
        return judges[id(words[place])] if place in words else signed

    def judge(scope: Scope) -> Result:
        found: tuple[Ruled, ...] = ()
        turns = [turn for turn in _merged(m.world.governing.turns(scope), words) if turn[0] <= m.world.as_of]
        ends = [first - 1 for first, _ in turns[1:]] + [LAST_DAY]
        last = _Turn((), Result((), Verdict(Standing.OPEN, None)))
        for (first, place), end in zip(turns, ends, strict=True):
            last = judge_at(place)(scope, first, end, found)
            found += last.found
        if any(each.holds or each.waits for each in found):
            return by_rulings(found, None, last.otherwise.verdict)
        first, place = turns[-1]
        if place in words:
            _report_too_early(m, words[place], judge_at(place)(scope, FIRST_DAY, first - 1, ()))
        return by_rulings(last.found, None, last.otherwise.verdict) if last.found else last.otherwise

    return judge


def _judged(m: Meaning, node: ir.Outcome) -> _Judge:
    several = occasions(m, node.when)
    deadline = time_limit(m, node.deadline) if node.deadline is not None else None
    earlier = outcomes.preceding(m, node.after) if node.after is not None else None
    most, unmet = outcomes.most_times(m, node), outcomes.unmet_by(m, node)
    rule = ruled(m, node.name, node.rulings) if node.rulings else None

    def judge(scope: Scope, begins: int, ends: int, so_far: tuple[Ruled, ...]) -> _Turn:
        after = FIRST_DAY - 1 if earlier is None else earlier(scope)
        if isinstance(after, Result):
            return _Turn((), after)
        taken = [each for each in so_far if each.holds or each.waits]
        after = max(after, *(each.day for each in taken)) if taken else after
        limits = deadline(scope) if deadline is not None else (FIRST_DAY, LAST_DAY)
        if limits is None:
            return _Turn((), Result((), m.unanchored))
        found, otherwise = several(scope, after)
        first, last = max(limits[0], after + 1, begins), min(limits[1], m.world.as_of, ends)
        within = [(day, rows) for day, rows in found if first <= day <= last]
        told = (rule(scope, day, rows) if rule is not None else Ruled(day, rows, True, None) for day, rows in within)
        times = most(scope, LAST_DAY) if within else None
        kept = tuple(told if times is None else _as_often(told, int(times) - len(taken)))
        return _Turn(kept, Result((), unmet(scope, limits[1], found, otherwise)))

    return judge


def _as_often(told: Iterable[Ruled], places: int) -> Iterator[Ruled]:
    """What was found, as often as it still counts; what was decided otherwise takes no place."""
    for each in told:
        if each.holds or each.waits:
            if places < 1:
                continue
            places -= 1
        yield each


def _merged(turns: list[tuple[int, int]], words: dict[int, ir.AmendedOutcome]) -> list[tuple[int, int]]:
    """Versions that follow one another with the same words are one turn."""
    return [turn for n, turn in enumerate(turns) if not n or words.get(turn[1]) is not words.get(turns[n - 1][1])]


def _report_too_early(m: Meaning, amended: ir.AmendedOutcome, before: _Turn) -> None:
    for each in before.found[:1]:
        m.world.facts.notes.add(
            "met-before-amendment",
            f"{amended.outcome.name} is met by the words of amendment {amended.amendment} on a day before they held: "
            "it does not count",
            each.rows[-1] if each.rows else None,
        )


def amendment_of(m: Meaning, draft: Draft) -> int:
    """The amendment under which an entry was earned: the last of those that its payment and its outcome come from."""
    flow = draft.flow
    own = [
        m.contract.versions[stage.versions[0]].amendment
        for stage in m.contract.stages
        if isinstance(stage, ir.Replace | ir.SetOff | ir.Division)
        if stage.versions and stage.flow in (flow.name, flow.card) and holds(m, stage, draft)
    ]
    words = words_behind(m, draft) if draft.words is None else draft.words
    return max(flow.amendment, words, *own)


def words_behind(m: Meaning, draft: Draft) -> int:
    """The amendment from which the words come that an achievement was judged by."""
    name = _outcome_of(m, draft)
    if name is None or not m.outcomes[name].amended:
        return 0
    achievements = m.outcome(name)(draft.scope).achievements
    number = 1 if draft.outcome else draft.sequence
    day = next((each.day for each in achievements if each.number == number), None)
    at = m.world.governing.at
    return 0 if day is None else words_at(m.outcomes[name], at(draft.scope, day))[0]


def _outcome_of(m: Meaning, draft: Draft) -> str | None:
    """The outcome for which an entry is paid."""
    match draft.flow.driver:
        case ir.EachAchievement(outcome=outcome):
            return outcome
        case ir.EachInPlan(plan=plan, partly=partly):
            return m.plan(plan).judged(draft.outcome, partly)
        case ir.OneEach() | ir.EachRow() | ir.EachUnit():
            return None
