"""docs/carried.md is what the compiler says now."""

from __future__ import annotations

import pytest

from . import carried


@pytest.mark.slow
def test_the_page_of_what_is_carried_is_fresh() -> None:
    assert (carried.ROOT / "docs" / "carried.md").read_text("utf-8") == carried.page()
