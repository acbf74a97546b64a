"""Entries as a relation hold what the reference's entries hold, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest

from outcomelang.evaluation.ledger import Entry, Ledger
from outcomelang.relational.account.compiled import SetBased, account
from outcomelang.relational.account.entries import entries
from outcomelang.relational.account.ledger import accounted, as_of
from outcomelang.relational.stage_needs import refused_stages

from ..sampling import some
from .accounts import accounts, compiled, contracts, golden_pages, name_of
from .engine import Engine
from .exported import exported
from .made import made


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = Engine()
    yield engine
    engine.close()


def told(entry: Entry) -> tuple[Any, ...]:
    cuts = [(cut.by, cut.clause, cut.taken) for cut in entry.cuts]
    exact = (entry.units, entry.counted, entry.price, entry.earned, entry.rounding, entry.amount)
    words = (entry.id, entry.payment, entry.card, entry.clause, entry.payer, entry.payee, entry.participant)
    days = (entry.subject, entry.period, entry.day, entry.sequence, entry.verified, entry.due)
    return (*words, *days, *exact, cuts, [row.id for row in entry.rows])


def read(record: dict[str, Any]) -> tuple[Any, ...]:
    exact = (
        Fraction(int(record[f"{name}_n"]), int(record[f"{name}_d"]))
        for name in ("units", "counted", "price", "earned", "rounding", "amount")
    )
    cuts = [
        (cut["by"], cut["clause"], Fraction(int(cut["taken_n"]), int(cut["taken_d"]))) for cut in record.get("cuts", ())
    ]
    words = ("id", "payment", "card", "clause", "payer", "payee", "participant", "subject", "period", "day", "sequence")
    days = (record["verified"], record["due"])
    return (*(record[name] for name in words), *days, *exact, cuts, [row["id"] for row in record["rows"]])


def check(found: SetBased, ledger: Ledger, engine: Engine) -> None:
    query = entries(found.state)
    names = [each.alias for each in query.expressions]
    records = [read(dict(zip(names, record, strict=True))) for record in engine.fetch(query)]
    assert sorted(records, key=repr) == sorted(map(told, ledger.entries), key=repr)


@pytest.mark.parametrize("path", [*some(contracts(), 4, 1), *some(golden_pages(), 30)], ids=name_of)
def test_entries_of_an_account_by_sets_are_those_of_the_reference(path: Path, engine: Engine) -> None:
    if refused_stages(compiled(path)):
        return
    for account_, meaning in islice(accounts(path), 1):
        of = exported(account_, meaning)
        engine.given(of)
        found = account(of.contract, as_of(of.contract, of.known))
        if isinstance(found, SetBased) and accounted(of.contract, of.known, engine).folded is None:
            check(found, of.ledger, engine)


@pytest.mark.parametrize("seed", range(6))
def test_entries_of_made_up_accounts_are_those_of_the_reference(seed: int, engine: Engine) -> None:
    of = made(Random(seed))
    engine.made(of.columns, of.drafts, of.endings)
    found, done = account(of.contract, as_of(of.contract, of.known)), accounted(of.contract, of.known, engine)
    if isinstance(found, SetBased) and done.folded is None:
        check(found, done.ledger, engine)
