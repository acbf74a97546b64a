"""The contracts of `contracts/real-data/`: no finding, and their examples pass."""

from __future__ import annotations

from pathlib import Path

import pytest

import outcomelang

FOLDER = Path(__file__).parents[2] / "contracts" / "real-data"
FILES = sorted(FOLDER.rglob("*.outcome"))

each = pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")


def test_they_are_there() -> None:
    assert {path.parent.name for path in FILES} == {"indigo", "rossi"}
    assert not [path.name for path in (FOLDER / "rossi").iterdir() if path.suffix != ".outcome"]


@each
def test_a_contract_is_clean_and_its_examples_pass(path: Path) -> None:
    contract = outcomelang.compile_contract(path)
    assert contract.notes == ()
    assert contract.core.examples
    assert [result for result in contract.run_examples() if not result.passed] == []
