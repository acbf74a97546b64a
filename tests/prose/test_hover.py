"""One clause of the reading, by its name and by its line."""

from __future__ import annotations

from pathlib import Path

import pytest

import outcomelang
from outcomelang.prose.hover import everything, names_of
from outcomelang.prose.layout import plain_text
from outcomelang.prose.reading import read

CONTRACTS = sorted((Path(__file__).parents[2] / "contracts").glob("*/contract.outcome"))
FAIR = next(path for path in CONTRACTS if path.parent.name == "fair-chance-fund")


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.parent.name)
def test_a_clause_alone_says_what_it_says_in_the_whole(path: Path) -> None:
    contract = outcomelang.compile_contract(path)
    whole = plain_text(read(contract.core))
    for each in everything(contract.core):
        for name in names_of(each):
            for clause in contract.english(name).split("\n\n"):
                assert clause.partition("\n")[2].rstrip("\n") in whole


def test_a_name_is_found_in_the_singular_and_in_the_plural() -> None:
    contract = outcomelang.compile_contract(FAIR)
    assert contract.english("Young Person") == contract.english("Young People") != ""
    assert contract.english("Nobody Of That Name") == ""


def test_what_an_outcome_is_stands_before_what_is_paid_for_it() -> None:
    said = outcomelang.compile_contract(FAIR).english("Level-1 Award")
    assert said.index("is achieved for") < said.index("shall pay")


def test_a_line_of_a_rate_card_says_that_line() -> None:
    contract = outcomelang.compile_contract(FAIR)
    line = next(
        n for n, text in enumerate(FAIR.read_text("utf-8").splitlines(), 1) if "Job Entry" in text and "£" in text
    )
    said = contract.english_at(line)
    assert "£500.00 for each achievement of Job Entry" in said
    assert said.count("shall pay") == 1
    assert contract.english_at(line, "another.outcome") == ""


def test_a_line_on_which_nothing_is_written_says_nothing() -> None:
    assert outcomelang.compile_contract(FAIR).english_at(100_000) == ""
