"""What a run of the tests takes where there is more than minutes allow; `pytest --everything` takes all of it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
EVERYTHING = "OUTCOMELANG_TEST_EVERYTHING" in os.environ


def some(of: Sequence[T], every: int, begin: int = 0) -> Sequence[T]:
    """One in so many, from the place `begin` on: the same in every run."""
    return of if EVERYTHING else of[begin::every]


def at_most(most: int, everything: int) -> int:
    """A number of seeds, of examples that are made up, of changes of one kind."""
    return everything if EVERYTHING else most
