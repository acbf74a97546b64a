"""Accounts to compare: of the log and of the examples of every contract, and of every golden page with a ledger."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from outcomelang.compiler import compile_path
from outcomelang.core import ir
from outcomelang.evaluation.event_log import EventLog
from outcomelang.evaluation.examples import stipulate
from outcomelang.evaluation.log import read_log, rows_from_table
from outcomelang.evaluation.meaning import Meaning
from outcomelang.evaluation.reference import Account

from ..golden.page import HERE as GOLDEN
from ..golden.page import Page, pages, read

CONTRACTS = Path(__file__).parents[2] / "contracts"


def contracts() -> list[Path]:
    return sorted(CONTRACTS.glob("*/*.outcome"))


def name_of(path: Path) -> str:
    """As a test is called."""
    above = GOLDEN if path.is_relative_to(GOLDEN) else CONTRACTS
    return path.relative_to(above).with_suffix("").as_posix()


@cache
def compiled(path: Path) -> ir.Contract:
    return read(path).core() if path.suffix == ".md" else compile_path(path).core


def golden_pages() -> list[Path]:
    """Those with a log and a ledger."""
    found = ((path, {block.name for block in read(path).blocks}) for path in pages())
    return [path for path, names in found if {"events", "ledger"} <= names]


def accounts(path: Path) -> Iterator[tuple[Account, Meaning]]:
    """Of a contract or of a golden page; nothing of them is reckoned yet."""
    if path.suffix == ".md":
        page = read(path)
        yield _account(compiled(path), log_of(page), page.as_of)
        return
    contract = compiled(path)
    for log in sorted(path.parent.glob("*/events.csv")):
        own = path.parent / f"{log.parent.name}.outcome"
        if (own if own.is_file() else path.parent / "contract.outcome") == path:
            day = log.parent / "as-of.txt"
            as_of = date.fromisoformat(day.read_text("utf-8").strip()) if day.is_file() else None
            yield _account(contract, read_log(contract, [log]), as_of)
    for example in contract.examples:
        for expected in example.expects:
            yield stipulate(contract, example.givens, expected.as_of)


def _account(contract: ir.Contract, log: EventLog, as_of: date | None) -> tuple[Account, Meaning]:
    account = Account(contract, log, as_of)
    return account, account.prepare()


def log_of(page: Page) -> EventLog:
    block = page.given("events")
    assert block is not None
    if block.words == "table":
        return rows_from_table(page.core(), json.loads(block.text))
    with TemporaryDirectory() as folder:
        return read_log(page.core(), [page._log(Path(folder))])
