"""Row for row, the plan on Spark earns what the reference earns."""

from __future__ import annotations

from pathlib import Path

import pytest

from outcomelang.relational.spark_engine import Spark

from . import samples
from .on_spark import spark_agreement

pytestmark = pytest.mark.xdist_group("spark")


@pytest.mark.parametrize("folder", samples.examples(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_examples_of_the_library_agree_on_spark(folder: Path, application: Spark) -> None:
    sample = samples.example(folder)
    found = spark_agreement(sample.contract, sample.log, sample.as_of, application)
    assert (found.missing, found.added) == ([], [])
