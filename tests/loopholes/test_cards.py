"""Every scheme of the library against its card: what must be found, and what must not."""

from __future__ import annotations

import pytest

from outcomelang.diagnostic import Severity

from .cards import CARDS, READINGS, REASONS, ROOT, loopholes, page

pytestmark = pytest.mark.xdist_group("cards")  # so that each scheme is searched once
SCHEMES = list(CARDS)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_the_card_says_is_found(scheme: str) -> None:
    assert CARDS[scheme].found <= {each.rule.code for each in loopholes(scheme)}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_the_card_forbids_is_not_found(scheme: str) -> None:
    assert not CARDS[scheme].clean & {each.rule.code for each in loopholes(scheme)}


@pytest.mark.parametrize(("scheme", "reading"), READINGS)
def test_what_a_card_says_of_another_reading_is_found_in_it_alone(scheme: str, reading: str) -> None:
    code = READINGS[scheme, reading]
    assert code in {each.rule.code for each in loopholes(scheme, reading)}
    assert code not in {each.rule.code for each in loopholes(scheme)}


def test_a_warning_beyond_the_card_has_a_reason_and_a_reason_its_warning() -> None:
    beyond = {
        (scheme, each.rule.code)
        for scheme, card in CARDS.items()
        for each in loopholes(scheme)
        if each.severity is not Severity.NOTE and each.accepted is None
        if each.rule.code not in card.found | card.elsewhere
    }
    assert beyond == set(REASONS)


def test_the_page_is_fresh() -> None:
    assert (ROOT / "docs" / "cards.md").read_text("utf-8") == page()
