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
    """The `number`-th time (from 1) that an outcome is achieved. `part` is false for a full, true for a partial one."""

    day: int
    number: int
    rows: tuple[Row, ...]


class Result(NamedTuple):
    """Every achievement of an outcome by one subject, and where the next one (or the only one) stands."""

    achievements: tuple[Achievement, ...]
    verdict: Verdict


NOT_YET = Result((), Verdict(Standing.OPEN, None))
