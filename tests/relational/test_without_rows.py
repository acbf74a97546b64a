"""A statement is the same where the rows on which entries rest are left out: nothing in the contract asks for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from outcomelang.core.artefact import digest
from outcomelang.evaluation.log import read_log
from outcomelang.evaluation.reference import evaluate as by_reference
from outcomelang.relational.duckdb_engine import DuckDB
from outcomelang.relational.evaluating import evaluate
from outcomelang.relational.handing_back import HandedBack
from outcomelang.relational.log import read_tables
from outcomelang.relational.resting import rows_tell

from ..sampling import some
from . import samples
from .accounts import compiled, contracts


@pytest.mark.usefixtures("plans_kept")
@pytest.mark.parametrize("folder", some(samples.examples(), 5), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_statement_without_rows_is_that_of_the_reference(folder: Path) -> None:
    sample = samples.example(folder)
    contract, files = sample.contract, [folder / "events.csv"]
    with DuckDB() as db:
        tables = read_tables(contract, files, db).tables
        assert tables is not None
        try:
            found = evaluate(contract, db, tables, sample.as_of, digest(contract), provenance=False)
        except HandedBack:
            return
        expected = by_reference(contract, read_log(contract, files), sample.as_of, digest(contract))
        assert (found.ledger.lines, found.ledger.pending) == (expected.lines, expected.pending)


def test_some_contracts_ask_for_rows_and_some_do_not() -> None:
    asked = {rows_tell(compiled(path)) for path in contracts()}
    assert asked == {True, False}
