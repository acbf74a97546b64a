"""Measures commands against each other: every figure is a ratio, or a rate with the baseline it was taken beside.

Machines differ and are shared; what holds is how much longer one thing takes than another in the same run. Each
command runs in a process of its own, the commands take turns, and the median of five runs counts.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from attrs import frozen

RUNS = 5
ROOT = Path(__file__).parents[1]


@frozen
class Measurement:
    """Medians over the runs: wall-clock and processor seconds, and the peak of resident memory in megabytes."""

    name: str
    wall: float
    processor: float
    megabytes: float

    def over(self, baseline: Measurement) -> float:
        """How many times as much processor time as the baseline."""
        return self.processor / baseline.processor


def once(command: Sequence[str]) -> tuple[float, float, float]:
    """Wall seconds, processor seconds and peak megabytes of one run. Raises RuntimeError when the command fails."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'benchmarks'}"}
    started = time.perf_counter()
    process = os.posix_spawn(command[0], list(command), environment)
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - started
    if status:
        raise RuntimeError(f"{' '.join(command)} failed with status {os.waitstatus_to_exitcode(status)}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def measure(commands: dict[str, Sequence[str]], runs: int = RUNS) -> dict[str, Measurement]:
    """Run every command in turn, `runs` times over."""
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            found[name].append(once(command))
    return {name: Measurement(name, *map(statistics.median, zip(*rows, strict=True))) for name, rows in found.items()}


def python(code: str, *arguments: object) -> list[str]:
    """The command that runs a piece of Python in this environment."""
    return [sys.executable, "-c", code, *map(str, arguments)]


def report(measured: dict[str, Measurement], baseline: str, things: int = 0, of: str = "") -> None:
    """Print a table of ratios over the baseline, and of rates where a number of things is given."""
    rate = f"{of}/s".rjust(14) if things else ""
    sys.stdout.write(f"{'':24}{'wall s':>9}{'cpu s':>9}{'MB':>8}{'ratio':>8}{rate}\n")
    for name, one in measured.items():
        per_second = f"{things / one.wall:>14,.0f}" if things else ""
        ratio = one.over(measured[baseline])
        sys.stdout.write(
            f"{name:24}{one.wall:>9.2f}{one.processor:>9.2f}{one.megabytes:>8.0f}{ratio:>8.2f}{per_second}\n"
        )
