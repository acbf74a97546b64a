"""The ways by hand that engines are measured against work out the same contract: entry for entry as the reference."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

AGREE = Path(__file__).parents[2] / "benchmarks/scale/agree.py"


@pytest.mark.slow
def test_sql_polars_and_pandas_by_hand_give_the_entries_of_the_reference() -> None:
    done = subprocess.run([sys.executable, AGREE, "--people", "200"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    told = [line for line in done.stdout.splitlines() if "entries" in line and "same" in line]
    assert [line.split()[0] for line in told] == ["sql", "polars", "pandas"]
