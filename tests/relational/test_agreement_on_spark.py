"""Row for row, Spark earns and pays what the reference does: on some examples here, on every one by
`library_on_engines.py`."""

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
from .whole_ledgers import HANDED_BACK, compared, task

pytestmark = pytest.mark.xdist_group("spark")

DRAFTS = ("dwp-innovation-fund/x2", "work-programme/x1", "peterborough-sib/x1")
LEDGERS = ("denver-supportive-housing-sib/x4",)
KINDS = {
    "four-payment-approaches/x4": "outcomes, in lines by period",
    "life-chances-fund-copayment/x2": "parties pay together, and only the total is rounded",
    "local-justice-reinvestment/x1": "areas are compared with years before",
    "nhs-hip-fracture-tariff/x3": "an uplift, a marginal rate, what is not paid again",
    "nyc-able/x1": "a table by what a cohort came to",
    "pfp-referral-guarantee/x4": "a guarantee by period and group",
    "prime-provider-waterfall/x4": "what is due is divided, once enough have succeeded",
    "rhino-bond/x6": "figures of reserves",
    "tri-borough-reducing-reoffending/x3": "tests in each quarter, and a fall",
    "utah-preschool/x1": "another price once so much has been paid",
    "wiltshire-help-to-live-at-home/x1": "what was paid at once is set off",
    "work-programme/x3": "a ladder of lengths of work, prices by group",
}
"""An example of each kind of plan, and what is seldom in it."""


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


@pytest.mark.parametrize("name", KINDS)
def test_a_ledger_of_each_kind_is_the_same_on_spark(name: str, application: Spark) -> None:
    found = compared(task(samples.CONTRACTS / name), application)
    assert found.differs is None
    assert not found.how.startswith(HANDED_BACK)
