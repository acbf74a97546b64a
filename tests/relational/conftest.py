"""Engines to run plans on: one DuckDB for each test, one application of Spark for all tests of a worker."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from outcomelang.relational.duckdb_engine import DuckDB

if TYPE_CHECKING:
    from outcomelang.relational.spark_engine import Spark

ENGINES = ["duckdb", pytest.param("spark", marks=pytest.mark.xdist_group("spark"))]
"""To be named in `parametrize("engine", ENGINES, indirect=True)`; tests on Spark all run on one worker."""


@pytest.fixture(scope="session")
def application() -> Iterator[Spark]:
    """Spark on this machine: it starts in seconds, so all tests share it."""
    from outcomelang.relational.spark_engine import Spark

    before = os.environ.get("JDK_JAVA_OPTIONS")
    os.environ["JDK_JAVA_OPTIONS"] = "-XX:TieredStopAtLevel=1"  # tests run many small queries, each a few times
    try:
        with Spark(memory_limit="1g", threads=1) as started:
            yield started
    finally:
        if before is None:
            del os.environ["JDK_JAVA_OPTIONS"]
        else:
            os.environ["JDK_JAVA_OPTIONS"] = before


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> Iterator[DuckDB | Spark]:
    """The engine that a test is parametrised with."""
    if request.param == "duckdb":
        with DuckDB() as opened:
            yield opened
        return
    from outcomelang.relational.spark_engine import Spark

    application: Spark = request.getfixturevalue("application")
    with Spark(session=application.session) as opened:
        yield opened
