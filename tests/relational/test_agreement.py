"""Row for row, the plan on DuckDB earns what the reference earns, on the first example of every third scheme and
every fourth page; `pytest --everything` goes through all. Whole ledgers of all examples: `test_library_agrees.py`.

What the plan cannot say is refused with the reason, and never approximated: then there is nothing to compare.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ..sampling import EVERYTHING, some
from . import samples
from .agreement import agreement

FIRST = [folder for folder in samples.examples() if folder.name == "x1"]
EXAMPLES = samples.examples() if EVERYTHING else FIRST[::3]


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_examples_of_the_library_agree(folder: Path) -> None:
    sample = samples.example(folder)
    found = agreement(sample.contract, sample.log, sample.as_of)
    assert (found.missing, found.added) == ([], [])
    assert all(refusal.why for refusal in found.refused)


@pytest.mark.parametrize("path", some(samples.golden(), 4), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_pages_with_a_log_agree(path: Path) -> None:
    sample = samples.page(path)
    if sample is None:
        return
    found = agreement(sample.contract, sample.log, sample.as_of)
    assert (found.missing, found.added) == ([], [])
    assert all(refusal.why for refusal in found.refused)
