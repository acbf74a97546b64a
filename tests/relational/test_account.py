"""The account by sets over the reference's own drafts gives the reference's ledger, equal in all fields."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from outcomelang.relational.account.compiled import SetBased, account
from outcomelang.relational.account.ledger import accounted, as_of
from outcomelang.relational.stage_needs import refused_stages

from ..sampling import some
from .accounts import accounts, compiled, contracts, golden_pages, name_of
from .engine import Engine
from .exported import exported
from .made import differs, made


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = Engine()
    yield engine
    engine.close()


SAMPLE = [*some(contracts(), 2), *some(golden_pages(), 12)]
"""Of each second contract the first account, and each twelfth page; `account_agreement.py` goes through all of them."""


@pytest.mark.parametrize("path", SAMPLE, ids=name_of)
def test_the_account_by_sets_is_that_of_the_reference(path: Path, engine: Engine) -> None:
    if refused_stages(compiled(path)):  # neither sets nor the fold can do it: see test_fold.py
        return
    for reckoned, meaning in islice(accounts(path), 1):
        of = exported(reckoned, meaning)
        engine.given(of)
        assert accounted(of.contract, of.known, engine).ledger == of.ledger


@pytest.mark.parametrize("seed", range(100, 112))
def test_made_up_accounts_are_those_of_the_fold(seed: int, engine: Engine) -> None:
    assert differs(made(Random(seed)), engine, engine.made) is None


def test_most_of_the_made_up_accounts_are_made_by_sets(engine: Engine) -> None:
    """The sample is of use only if the fold does not do it all."""
    found = [made(Random(seed)) for seed in range(100, 140)]
    by_sets = [of for of in found if isinstance(account(of.contract, as_of(of.contract, of.known)), SetBased)]
    assert len(by_sets) > len(found) / 3
