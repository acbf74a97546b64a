"""A long run: `python tests/relational/samples_on_spark.py [WORD …]`: what Spark earns on every example and page."""

from __future__ import annotations

import sys
from collections import Counter

import packaged  # noqa: F401  the folders of tests as packages

from outcomelang.relational.spark_engine import Spark
from tests.relational import samples
from tests.relational.on_spark import spark_agreement


def main(words: list[str]) -> int:
    """Every sample, or those whose name has one of the words."""
    counts = Counter[str]()
    with Spark(threads=1) as application:
        for sample in samples.every():
            if words and not any(word in sample.name for word in words):
                continue
            found = spark_agreement(sample.contract, sample.log, sample.as_of, application)
            said = "refused" if found.refused else "agrees" if found.holds else "DISAGREES"
            counts[said] += 1
            print(said, sample.name, found.refused[0].why if found.refused else "", flush=True)
    print(dict(counts))
    return min(counts["DISAGREES"], 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
