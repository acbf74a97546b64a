"""A long run: `python tests/relational/pairs.py SECONDS [FIRST SEED] [spark]`.

Makes contracts and logs, and compares whole ledgers on the reference and on DuckDB (or on Spark). Prints how many pairs
agreed and how the others were done; of each disagreement the smallest pair that still differs.
"""

from __future__ import annotations

import sys
from collections import Counter
from os import environ
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from traceback import format_exc
from typing import TYPE_CHECKING

import packaged  # noqa: F401  the folders of tests as packages

from tests.relational.generated import pairs, shrunk, task
from tests.relational.whole_ledgers import REFUSED, Compared, compared

if TYPE_CHECKING:
    from outcomelang.relational.spark_engine import Spark
    from tests.relational.generated_logs import Pair

SHOWN = 60


def _compared(pair: Pair, folder: Path, application: Spark | None) -> Compared:
    """A failure is a disagreement too."""
    try:
        return compared(task(pair, folder), application)
    except Exception:
        return Compared("failed", format_exc(limit=-3))


def _show(pair: Pair, folder: Path, application: Spark | None) -> None:
    """The smallest pair that differs in the same part, and what the reference makes of it."""
    part = _compared(pair, folder, application).differs
    found = shrunk(pair, lambda each: _kind(_compared(each, folder, application).differs) == _kind(part))
    print(f"DIFFERS in {part}", found.written.text, found.csv, f"as of {found.as_of}", sep="\n", flush=True)


def _kind(part: str | None) -> str | None:
    return part and part.splitlines()[-1].partition(":")[0]


def run(seconds: float, first: int, application: Spark | None) -> int:
    until, seed, found, wrong = monotonic() + seconds, first, Counter[str](), 0
    with TemporaryDirectory() as folder:
        while monotonic() < until:
            for pair in pairs(seed):
                result = _compared(pair, Path(folder), application)
                found[result.how] += 1
                if result.how.startswith(REFUSED):  # so would the others be: the contract is what is refused
                    break
                if result.differs is not None:
                    wrong += 1
                    print(f"seed {seed}:", flush=True)
                    _show(pair, Path(folder), application)
            seed += 1
    refused = sum(count for how, count in found.items() if how.startswith(REFUSED))
    total = sum(found.values()) - refused
    print(f"{total} pairs, seeds {first} to {seed - 1}; {wrong} differ; {refused} other contracts the plan refuses")
    for how, count in found.most_common(SHOWN):
        print(f"{count:6} {how}")
    return min(wrong, 1)


def main(words: list[str]) -> int:
    numbers = [float(word) for word in words if word != "spark"]
    if "spark" not in words:
        return run(numbers[0], int(numbers[1]) if numbers[1:] else 0, None)
    from outcomelang.relational.spark_engine import Spark

    environ["JDK_JAVA_OPTIONS"] = "-XX:TieredStopAtLevel=1"  # many small queries, each a few times
    with Spark(threads=1) as application:
        return run(numbers[0], int(numbers[1]) if numbers[1:] else 0, application)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
