"""Outcomes whose words an amendment changed: each day is judged by the words of its version.

What was achieved keeps standing and counts towards “once” and “up to 3 times”. What the new words would have found
before they held does not count, and is reported.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY, LAST_DAY
from outcomelang.evaluation.scope import Scope
from outcomelang.evaluation.verdict import Achievement, Result, Standing, Verdict
from outcomelang.evaluation.versions import holds, words_at

if TYPE_CHECKING:
    from outcomelang.evaluation.meaning import Meaning
    from outcomelang.evaluation.outcomes import JudgedBetween, Resulting
    from outcomelang.evaluation.units import Draft


def in_turn(m: Meaning, node: ir.Outcome, judged: Callable[[Meaning, ir.Outcome], JudgedBetween]) -> Resulting:
    """The result of an outcome under all its words, each on the days of its versions."""
    signed = judged(m, node)
    words = {place: amended for amended in node.amended for place in amended.versions}
    judges = {id(amended): judged(m, amended.outcome) for amended in node.amended}

    def judge_at(place: int) -> JudgedBetween:
        return judges[id(words[place])] if place in words else signed

    def judge(scope: Scope) -> Result:
        achieved: tuple[Achievement, ...] = ()
        turns = [turn for turn in _merged(m.world.governing.turns(scope), words) if turn[0] <= m.world.as_of]
        ends = [first - 1 for first, _ in turns[1:]] + [LAST_DAY]
        last = Result((), Verdict(Standing.OPEN, None))
        for (first, place), end in zip(turns, ends, strict=True):
            last = judge_at(place)(scope, first, end, achieved)
            achieved += last.achievements
        if achieved:
            return Result(achieved, Verdict(Standing.MET, achieved[0].day, achieved[0].rows))
        first, place = turns[-1]
        if place in words:
            _report_too_early(m, words[place], judge_at(place)(scope, FIRST_DAY, first - 1))
        return Result((), last.verdict)

    return judge


def _merged(turns: list[tuple[int, int]], words: dict[int, ir.AmendedOutcome]) -> list[tuple[int, int]]:
    """Versions that follow one another with the same words are one turn."""
    return [turn for n, turn in enumerate(turns) if not n or words.get(turn[1]) is not words.get(turns[n - 1][1])]


def _report_too_early(m: Meaning, amended: ir.AmendedOutcome, before: Result) -> None:
    for achievement in before.achievements[:1]:
        m.world.facts.notes.add(
            "met-before-amendment",
            f"{amended.outcome.name} is met by the words of amendment {amended.amendment} on a day before they held: "
            "it does not count",
            achievement.rows[-1] if achievement.rows else None,
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
    return max(flow.amendment, _of_outcome(m, draft), *own)


def _of_outcome(m: Meaning, draft: Draft) -> int:
    """The amendment from which the words come that an achievement was judged by."""
    driver = draft.flow.driver
    if not isinstance(driver, ir.EachAchievement) or not m.outcomes[driver.outcome].amended:
        return 0
    achievements = m.outcome(driver.outcome)(draft.scope).achievements
    day = next((each.day for each in achievements if each.number == draft.sequence), None)
    at = m.world.governing.at
    return 0 if day is None else words_at(m.outcomes[driver.outcome], at(draft.scope, day))[0]
