"""What is said of an outcome or a payment: decided, verified, evidenced, or left in silence.

A row speaks of everything of that outcome (or payment) which had happened by its day and was not yet ruled on; the
first such row decides, and of two on one day what is against it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY, LAST_DAY
from outcomelang.evaluation.event_log import Row
from outcomelang.evaluation.event_log import Verdict as Said
from outcomelang.evaluation.scope import Num, Scope
from outcomelang.evaluation.spoken import row_of
from outcomelang.evaluation.verdict import Achievement, Result, Standing, Verdict

if TYPE_CHECKING:
    from outcomelang.evaluation.meaning import Meaning

AWAITING = {"decided": "awaiting decision", "verified": "awaiting verification", "evidenced": "awaiting evidence"}


class Ruled(NamedTuple):
    """Something that happened on `day` and needs a word. `holds`: all of them are in its favour.

    `on`: the day of the last of them, or of the first against it; while it `waits`, until when (None: no limit).
    """

    day: int
    rows: tuple[Row, ...]
    holds: bool
    on: int | None
    waits: str = ""


class _Word(NamedTuple):
    """What came of one ruling: in favour or not on a day, or (None) not said yet, until a day."""

    holds: bool | None
    on: int | None
    row: Row | None = None


def ruled(m: Meaning, name: str, rulings: tuple[ir.Ruling, ...]) -> Callable[[Scope, int, tuple[Row, ...]], Ruled]:
    """What was said of something that a subject achieved or earned on a day, resting on rows."""

    def rule(scope: Scope, day: int, rows: tuple[Row, ...]) -> Ruled:
        said = _said_of(m, name, scope)
        known = max([day, *(row.recorded for row in rows)])
        words = [_word(m, ruling, said, day, known) for ruling in rulings]
        proof = tuple(word.row for word in words if word.row is not None)
        against = [word.on for word in words if word.holds is False and word.on is not None]
        if against:
            return Ruled(day, (*rows, *proof), False, min(against))
        for ruling, word in zip(rulings, words, strict=True):
            if word.holds is None:
                return Ruled(day, rows, False, word.on, AWAITING[ruling.kind])
        return Ruled(day, (*rows, *proof), True, max(known, *(word.on or known for word in words)))

    return rule


def _said_of(m: Meaning, name: str, scope: Scope) -> Sequence[Said]:
    """The rows that speak of this subject; of a person's participations, each has those of its own time."""
    said = m.world.facts.rulings
    person = scope.person
    if not said:
        return ()
    if scope.kind == "row" and scope.row is not None:
        return said.get((name, scope.row.id), ())
    if scope.kind != "person" or person is None:
        return said.get((name, scope.period_label or scope.label), ())
    first = FIRST_DAY if person.number == 1 else person.joined
    return [word for word in said.get((name, person.participant), ()) if first <= word.day <= person.left]


def _word(m: Meaning, ruling: ir.Ruling, said: Sequence[Said], day: int, known: int) -> _Word:
    """The first row within the time; else silence, once the time is over and the log has reached its end."""
    facts, within = m.world.facts, ruling.within
    if facts.stipulated and ruling.kind != "decided":
        return _Word(True, known)
    last = facts.later(known, within.months, within.days, within.working) if within is not None else LAST_DAY
    word = next((word for word in said if word.kind == ruling.kind and day <= word.day <= last), None)
    if word is not None:
        return _Word(word.verified, max(word.day, known), row_of(word))
    if within is not None and last <= facts.log_end:
        return _Word(ruling.silence, last)
    return _Word(None, last if within is not None else None)


def by_rulings(candidates: Sequence[Ruled], times: Num | None, otherwise: Verdict) -> Result:
    """The achievements among what happened, as often as it counts, and what still waits for its word."""
    kept = [each for each in candidates if each.holds or each.waits]
    kept = kept if times is None else kept[: int(times)]
    achieved = tuple(
        Achievement(each.day, number, each.rows, each.on)
        for number, each in enumerate((each for each in kept if each.holds), 1)
    )
    waiting = next((each for each in kept if each.waits), None)
    waits, until = (waiting.waits, waiting.on) if waiting is not None else ("", None)
    if achieved:
        return Result(achieved, Verdict(Standing.MET, achieved[0].day, achieved[0].rows), waits, until)
    if waiting is not None:
        return Result((), Verdict(Standing.OPEN, until, waiting.rows), waits, until)
    if candidates:
        last = max(candidates, key=lambda each: each.on or FIRST_DAY)
        if otherwise.standing is not Standing.OPEN:
            return Result((), Verdict(Standing.FAILED, last.on, last.rows))
        return Result((), otherwise._replace(rows=last.rows))
    return Result((), otherwise)
