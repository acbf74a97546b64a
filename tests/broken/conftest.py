"""The contracts that are broken, and where text stands in them."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def sound() -> dict[str, str]:
    """The contracts as they are shipped, by path."""
    paths = sorted(ROOT.glob("contracts/*/contract.outcome"))
    return {str(path): path.read_text("utf-8") for path in paths}
