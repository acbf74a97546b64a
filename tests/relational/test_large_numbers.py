"""Amounts beyond 2^53 and 2^63 pennies: the same ledger on every engine, or the account handed back; never another."""

from __future__ import annotations

from pathlib import Path

import pytest

from outcomelang.relational.spark_engine import Spark

from .generated_contracts import base_text, compiled
from .whole_ledgers import BY_SETS, Compared, Task, compared

EXACT = """
payment Cost Fee: the Council pays the Charity the Cost for each Session
limit Cost Fee to £90,071,992,547,409.93 for each Client; earliest first; the excess is not paid
"""
ROUNDED = "rounding each amount to the nearest penny, half even\n"
PARTS = f"""{ROUNDED}
payment Cost Fee: the Council pays the Charity 3/7 of the Cost for each Session
repayment Back: the Charity repays the Council 1/3 of the Cost for each Session, up to the amount paid
"""
SUMS = f"""{ROUNDED}
define Spent of each Client as the total Cost of Sessions
payment Cost Fee: the Council pays the Charity 1/7 of Spent for each Client
"""
BEYOND_FLOATS = ("90071992547409.93", "45035996273704.97", "0.01")
BEYOND_63_BITS = ("999999999999999.99",) * 250


def _made(clauses: str, costs: tuple[str, ...], folder: Path, application: Spark | None) -> Compared:
    written = compiled(base_text("homes") + clauses)
    assert written is not None
    rows = [f"{n},Ann,Session,2025-06-{n % 30 + 1:02},Charity,{cost}" for n, cost in enumerate(costs, 2)]
    file = folder / "events.csv"
    file.write_text("\n".join(["id,participant,event,date,source,Cost", "1,Ann,Referral,2025-05-01,Council,", *rows]))
    return compared(Task(written.contract, [file], None), application)


@pytest.mark.parametrize("clauses", [EXACT, PARTS, SUMS])
def test_beyond_binary_floats_sets_are_exact(clauses: str, tmp_path: Path) -> None:
    assert _made(clauses, BEYOND_FLOATS, tmp_path, None) == Compared(BY_SETS)


@pytest.mark.parametrize("clauses", [EXACT, PARTS, SUMS])
def test_beyond_63_bits_the_reference_makes_the_account(clauses: str, tmp_path: Path) -> None:
    found = _made(clauses, BEYOND_63_BITS, tmp_path, None)
    assert found.differs is None
    assert "could not reckon" in found.how


@pytest.mark.xdist_group("spark")
@pytest.mark.parametrize(("clauses", "costs"), [(PARTS, BEYOND_FLOATS), (EXACT, BEYOND_63_BITS)])
def test_so_it_is_on_spark(clauses: str, costs: tuple[str, ...], tmp_path: Path, application: Spark) -> None:
    found = _made(clauses, costs, tmp_path, application)
    assert found.differs is None
    assert found.how == BY_SETS if costs is BEYOND_FLOATS else "could not reckon" in found.how
