"""The account by sets over the reference's own drafts gives the reference's ledger, equal in all fields."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from outcomelang.relational.account.ledger import accounted
from outcomelang.relational.stage_needs import refused_stages

from .accounts import accounts, compiled, contracts, golden_pages, name_of
from .engine import Engine
from .exported import exported


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = Engine()
    yield engine
    engine.close()


@pytest.mark.parametrize(
    "path", [path for path in (*contracts(), *golden_pages()) if not refused_stages(compiled(path))], ids=name_of
)
def test_the_account_by_sets_is_that_of_the_reference(path: Path, engine: Engine) -> None:
    for account, meaning in accounts(path):
        of = exported(account, meaning)
        engine.given(of)
        found = accounted(of.contract, of.known, engine)
        assert found.ledger == of.ledger
