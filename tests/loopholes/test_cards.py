"""Every scheme of the library against its card: what must be found, and what must not."""

from __future__ import annotations

import pytest

from .cards import CARDS, ROOT, loopholes, page

SCHEMES = list(CARDS)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_the_card_says_is_found(scheme: str) -> None:
    assert CARDS[scheme].found <= {each.rule.code for each in loopholes(scheme)}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_the_card_forbids_is_not_found(scheme: str) -> None:
    assert not CARDS[scheme].clean & {each.rule.code for each in loopholes(scheme)}


def test_the_page_is_fresh() -> None:
    assert (ROOT / "docs" / "cards.md").read_text("utf-8") == page()
