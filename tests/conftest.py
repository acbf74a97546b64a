"""The options of the test run: pytest reads them before it looks into folders."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="rewrite the expected blocks of golden pages that differ (they fail all the same)",
    )
