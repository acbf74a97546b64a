"""The options of the test run: pytest reads them before it looks into folders."""

from __future__ import annotations

import os

import pytest


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
