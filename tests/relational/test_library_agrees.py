"""Every log of the library, read from its file, on every engine that runs here: the same whole ledger."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from outcomelang import Contract, LogError, compile_contract
from outcomelang.cli.ledger_csv import ledger_csv
from outcomelang.cli.ledger_parquet import entry_records
from outcomelang.cli.ledger_straight import csv_lines, records
from outcomelang.evaluation.ledger import Ledger
from outcomelang.evaluation.log import read_log
from outcomelang.evaluation.reference import evaluate
from outcomelang.relational.accounts import Asked, Resources, account
from outcomelang.relational.choosing import Choice
from outcomelang.relational.evaluating import refused

CONTRACTS = Path(__file__).parents[2] / "contracts"
LOGS = sorted(
    log
    for contract in CONTRACTS.glob("*/contract.outcome")
    for log in contract.parent.glob("*/*.csv")
    if log.read_text("utf-8").startswith("id,participant")
)


@cache
def compiled(name: str) -> Contract:
    return compile_contract(CONTRACTS / name / "contract.outcome")


@cache
def handed_back(name: str) -> str | None:
    return refused(compiled(name).core, None)


def named(log: Path) -> str:
    return log.relative_to(CONTRACTS).as_posix()


EACH = [pytest.param(log, id=named(log), marks=pytest.mark.xdist_group(named(log).split("/")[0])) for log in LOGS]
"""The logs of one contract on one worker, so that its plan is made once."""


@pytest.mark.usefixtures("plans_kept")
@pytest.mark.parametrize("log", EACH)
def test_the_whole_ledger_is_the_same(log: Path) -> None:
    name = log.relative_to(CONTRACTS).parts[0]
    contract = compiled(name)
    if (why := handed_back(name)) is not None:  # the reference makes this account: nothing can differ
        assert why
        return
    try:
        base = evaluate(contract.core, read_log(contract.core, [log]), None, contract.digest)
    except LogError as refused:
        with pytest.raises(LogError) as caught:
            account(Asked(contract.core, [log], Choice("duckdb"), Resources(threads=1)), None, "")
        assert caught.value.diagnostics == refused.diagnostics
        return
    told: list[str] = []
    asked = Asked(contract.core, [log], Choice("duckdb"), Resources(threads=1), told.append)
    with account(asked, None, contract.digest) as made:
        assert made.engine == "duckdb" or "The reference makes this account" in told[0]
        assert list(made.ledger.entries) == list(base.entries)
        for name in ("total", "lines", "pending", "reports", "as_of", "final", "log_ends", "digest"):
            assert value(made.ledger, name) == value(base, name), name
        if made.straight is not None:  # what is written without an entry being made is the same file
            assert "".join(csv_lines(made.straight, base)) == ledger_csv(base)
            assert list(records(made.straight, base)) == list(entry_records(base))
        assert made.straight is not None or told or contract.core.versions


def value(ledger: Ledger, name: str) -> object:
    return getattr(ledger, name)
