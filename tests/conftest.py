"""The options of the test run: pytest reads them before it looks into folders."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from datetime import date

    from outcomelang.core import ir
    from outcomelang.relational.plan import Plan


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="rewrite the expected blocks of golden pages that differ (they fail all the same)",
    )
    parser.addoption(
        "--everything",
        action="store_true",
        help="leave nothing to a sample: every log, page, seed and change of which a run takes some (an hour or two)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Modules ask when they are collected (`tests/sampling.py`), in every worker."""
    if config.getoption("--everything"):
        os.environ["OUTCOMELANG_TEST_EVERYTHING"] = "1"


_PLANS: dict[tuple[str, date, bool, bool], Plan] = {}


@pytest.fixture
def plans_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan of a contract is made once for all its logs: that takes longer than to run it on a small one."""
    from outcomelang.core.artefact import digest
    from outcomelang.relational import evaluating

    made = evaluating.plan

    def kept(contract: ir.Contract, as_of: date, corrected: bool, provenance: bool = True) -> Plan:
        key = digest(contract), as_of, corrected, provenance
        if key not in _PLANS:
            _PLANS[key] = made(contract, as_of, corrected, provenance)
        return _PLANS[key]

    monkeypatch.setattr(evaluating, "plan", kept)
