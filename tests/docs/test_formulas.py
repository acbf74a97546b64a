"""docs/formulas.md is what the contracts of the checkout make it."""

from __future__ import annotations

from outcomelang.formula.latex import equations

from .formulas import CONTRACTS, ROOT, derived, files, page


def test_the_page_is_fresh() -> None:
    written = (ROOT / "docs" / "formulas.md").read_text("utf-8")
    assert written == page(), "python tests/docs/formulas.py > docs/formulas.md"


def test_every_contract_is_on_it_and_has_a_formula() -> None:
    assert {path.parent for path in files()} == {path.parent for path in CONTRACTS.glob("*/*.outcome")}
    assert all(list(equations(derived(path))) for path in files())
