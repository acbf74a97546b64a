"""Row for row, Spark earns and pays what the reference does: on some examples here, on every one by `on_spark.py`."""

from __future__ import annotations

from pathlib import Path

import pytest

from outcomelang.core.artefact import digest
from outcomelang.evaluation.log import read_log
from outcomelang.evaluation.reference import evaluate
from outcomelang.relational.accounts import Asked, account
from outcomelang.relational.choosing import Choice
from outcomelang.relational.spark_engine import Spark

from . import samples
from .on_spark import spark_agreement

pytestmark = pytest.mark.xdist_group("spark")

DRAFTS = ("dwp-innovation-fund/x2", "work-programme/x1", "peterborough-sib/x1")
LEDGERS = ("work-programme/x3", "denver-supportive-housing-sib/x1")


def _sample(name: str) -> samples.Sample:
    return samples.example(samples.CONTRACTS / name)


@pytest.mark.parametrize("name", DRAFTS)
def test_what_is_earned_is_the_same_on_spark(name: str, application: Spark) -> None:
    sample = _sample(name)
    found = spark_agreement(sample.contract, sample.log, sample.as_of, application)
    assert (found.missing, found.added) == ([], [])


@pytest.mark.parametrize("name", LEDGERS)
def test_the_ledger_is_the_same_on_spark(name: str, application: Spark) -> None:
    sample, files = _sample(name), [Path(samples.CONTRACTS / name / "events.csv")]
    said: list[str] = []
    expected = evaluate(sample.contract, read_log(sample.contract, files), sample.as_of, digest(sample.contract))
    asked = Asked(sample.contract, files, Choice("spark"), tell=said.append)
    with account(asked, sample.as_of, digest(sample.contract)) as made:
        assert (made.engine, said) == ("spark", [])
        assert made.ledger == expected
    assert application.fetch  # the application that others use goes on
