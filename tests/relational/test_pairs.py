"""Contracts and logs made at random: whole ledgers of the reference and of the engines, entry for entry.

A small sample by seed; `python tests/relational/pairs.py SECONDS` goes on for as long as it is given.
"""

from __future__ import annotations

from functools import cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from outcomelang.relational.spark_engine import Spark

from .generated import pairs, task
from .generated_logs import LARGE, Pair
from .whole_ledgers import BY_SETS, REFUSED, Compared, compared

SEEDS = range(300, 312)
SPARK_SEEDS = (300, 303)


@cache
def _compared(seed: int) -> tuple[tuple[Pair, Compared], ...]:
    """The first pairs of a seed."""
    with TemporaryDirectory() as folder:
        return tuple((pair, compared(task(pair, Path(folder)))) for pair in islice(pairs(seed), 2))


@pytest.mark.parametrize("seed", SEEDS)
def test_generated_pairs_have_one_ledger(seed: int) -> None:
    for pair, found in _compared(seed):
        assert found.differs is None, f"{pair.written.text}\n{pair.csv}\nas of {pair.as_of}"


def test_most_of_the_contracts_are_carried_and_most_accounts_are_made_by_sets() -> None:
    """The sample is of use only if it is not all handed back."""
    found = [result.how for seed in SEEDS for _, result in _compared(seed)]
    assert sum(how.startswith(REFUSED) for how in found) < len(found) / 2
    assert found.count(BY_SETS) > len(found) / 3


@pytest.mark.xdist_group("spark")
@pytest.mark.parametrize("seed", SPARK_SEEDS)
def test_generated_pairs_have_one_ledger_on_spark(seed: int, tmp_path: Path, application: Spark) -> None:
    pair = next(pairs(seed))
    assert compared(task(pair, tmp_path), application).differs is None


def _ids(pair: Pair) -> list[str]:
    return [row["id"] for row in pair.rows]


def test_the_logs_visit_what_is_seldom() -> None:
    found = [pair for seed in range(SEEDS[0], SEEDS[0] + 35) for pair in pairs(seed)]
    rows = [row for pair in found for row in pair.rows]
    cells = {cell for row in rows for cell in row.values()}
    days = {row["date"] for row in rows}
    assert {len(pair.rows) for pair in found} >= {0, 1, 2}
    assert any(day.endswith("-02-29") for day in days) and any(day.endswith("-01-31") for day in days)
    assert any(row.get("recorded", row["date"]) > row["date"] for row in rows)
    assert any(len(set(_ids(pair))) < len(pair.rows) for pair in found)
    assert any(row.get("verifies") for row in rows) and any(row.get("about") for row in rows)
    assert {"0", "0.01"} <= cells and cells & set(LARGE)
    assert any(not row["participant"] for row in rows)
    assert {pair.as_of is None for pair in found} == {True, False}
