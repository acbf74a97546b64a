"""docs/schemes.md is what the contracts of the checkout make it."""

from __future__ import annotations

from .schemes import CONTRACTS, MECHANISMS, ROOT, page, schemes

WITHOUT_A_STATEMENT = {"real-data"}
"""Contracts on data that is not kept as a log: docs/real-data.md."""


def test_the_page_is_fresh() -> None:
    written = (ROOT / "docs" / "schemes.md").read_text("utf-8")
    assert written == page().rstrip("\n") + "\n", "python tests/docs/schemes.py > docs/schemes.md"


def test_every_folder_of_contracts_is_on_it() -> None:
    folders = {path.name for path in CONTRACTS.iterdir() if path.is_dir()}
    assert {each.name for each in schemes()} == folders - WITHOUT_A_STATEMENT
    assert all(each.examples and each.mechanisms and each.purpose for each in schemes())


def test_a_mechanism_tells_schemes_apart() -> None:
    """None is in every contract, and no two words stand for the same."""
    users = {words: [each.name for each in schemes() if words in each.mechanisms] for words, _ in MECHANISMS}
    assert [words for words, names in users.items() if len(names) == len(schemes())] == []
    assert len({words for words, _ in MECHANISMS}) == len(MECHANISMS)
