"""What is known about a condition or outcome: never a bare true or false."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from outcomelang.evaluation.event_log import Row


class Standing(Enum):
    MET = "achieved"
    FAILED = "failed"
    OPEN = "open"
    LEFT_OUT = "left out"
    """Does not apply: counts for neither side."""


class Verdict(NamedTuple):
    """`day` of achievement or of failure, or until which it is open (None: not known). `rows` are what it rests on."""

    standing: Standing
    day: int | None
    rows: tuple[Row, ...] = ()


LEFT_OUT = Verdict(Standing.LEFT_OUT, None)


class Achievement(NamedTuple):
    """The `number`-th time (from 1) that an outcome is achieved. `ruled`: the day on which all was said of it that must
    be (None: nothing must be)."""

    day: int
    number: int
    rows: tuple[Row, ...]
    ruled: int | None = None


class Result(NamedTuple):
    """Every achievement of an outcome by one subject, and where the next one (or the only one) stands.

    `waits`: what something is still awaiting that must be said of it (`awaiting decision`), until `waits_until`.
    """

    achievements: tuple[Achievement, ...]
    verdict: Verdict
    waits: str = ""
    waits_until: int | None = None


NOT_YET = Result((), Verdict(Standing.OPEN, None))


def combined(verdicts: list[Verdict], least: int) -> Verdict:
    """Met on the day of the `least`-th part that is met; open while enough may be; failed on the day that decides."""
    met = sorted((v for v in verdicts if v.standing is Standing.MET), key=_day)
    if len(met) >= least:
        rows = tuple(row for v in met[:least] for row in v.rows)
        return Verdict(Standing.MET, met[least - 1].day if least else None, rows)
    waiting = [v for v in verdicts if v.standing is Standing.OPEN]
    if len(met) + len(waiting) >= least:
        return Verdict(Standing.OPEN, max((v.day for v in waiting if v.day is not None), default=None))
    failed = sorted((v for v in verdicts if v.standing is Standing.FAILED), key=_day)
    decisive = failed[len(verdicts) - least] if failed else Verdict(Standing.FAILED, None)
    return Verdict(Standing.FAILED, decisive.day, decisive.rows)


def _day(verdict: Verdict) -> int:
    return 0 if verdict.day is None else verdict.day
