"""A long run: `python tests/relational/library_on_engines.py [duckdb] [WORD …]`.

Every log of the case library on Spark (or on DuckDB), in one application: whole ledgers against those of the reference.
Prints a line for each log: what was compared, how it was made, and how long it took; then how many of each.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from os import environ
from time import monotonic
from typing import TYPE_CHECKING

import packaged  # noqa: F401  the folders of tests as packages

from tests.relational import samples
from tests.relational.whole_ledgers import Task, compared, task

if TYPE_CHECKING:
    from outcomelang.relational.spark_engine import Spark


def tasks(words: list[str]) -> Iterator[tuple[str, Task]]:
    """Every log with the contract of its scheme, or its own where it has one."""
    for folder in samples.examples():
        name = f"{folder.parent.name}/{folder.name}"
        if not words or any(word in name for word in words):
            yield name, task(folder)


def run(words: list[str], application: Spark | None) -> int:
    counts, began = Counter[str](), monotonic()
    for name, each in tasks(words):
        start = monotonic()
        found = compared(each, application)
        said = found.how if found.differs is None else f"DIFFERS in {found.differs}"
        counts[said.partition(":")[0]] += 1
        print(f"{name:45} {monotonic() - start:6.1f} s  {said}", flush=True)
    print(f"{sum(counts.values())} logs in {monotonic() - began:.0f} s: {dict(counts)}")
    return min(sum(count for said, count in counts.items() if said.startswith("DIFFERS")), 1)


def main(words: list[str]) -> int:
    if "duckdb" in words:
        return run([word for word in words if word != "duckdb"], None)
    from outcomelang.relational.spark_engine import Spark

    environ["JDK_JAVA_OPTIONS"] = "-XX:TieredStopAtLevel=1"  # many small queries, each a few times
    with Spark(memory_limit="4GB", threads=1) as application:
        return run(words, application)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
