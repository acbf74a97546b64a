"""Events come as paths, rows, columns or dataframes, and give the same ledger."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pandas
import polars
import pytest

from outcomelang import Contract, LogError, UsageError, compile_contract, evaluate

CONTRACTS = Path(__file__).parents[2] / "contracts"
CASE = CONTRACTS / "fair-chance-fund"


@pytest.fixture(scope="module")
def contract() -> Contract:
    return compile_contract(CASE / "contract.outcome")


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with (CASE / "x5/events.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_rows_columns_and_a_list_of_files_are_one_log(contract: Contract, rows: list[dict[str, str]]) -> None:
    total = evaluate(contract, CASE / "x5/events.csv").total
    assert total == 1_200_000
    assert evaluate(contract, [CASE / "x5/events.csv"]).total == total
    assert evaluate(contract, rows).total == total
    assert evaluate(contract, {name: [row[name] for row in rows] for name in rows[0]}).total == total


def test_a_pandas_frame_with_dates_and_missing_cells(contract: Contract) -> None:
    frame = pandas.read_csv(CASE / "x5/events.csv", dtype=str)
    frame["date"] = pandas.to_datetime(frame["date"])
    assert evaluate(contract, frame).total == 1_200_000


def test_a_polars_frame_with_dates_and_decimals(contract: Contract) -> None:
    frame = polars.read_csv(CASE / "x5/events.csv", schema_overrides={"hours_per_week": polars.Decimal(10, 2)})
    frame = frame.with_columns(polars.col("date").str.to_date())
    assert frame["date"].to_list()[0] == date(2015, 6, 1)
    assert evaluate(contract, frame).total == 1_200_000


def test_a_binary_float_is_refused(contract: Contract) -> None:
    frame = pandas.read_csv(CASE / "x5/events.csv")
    assert frame["hours_per_week"].dtype == "float64"
    with pytest.raises(LogError) as caught:
        evaluate(contract, frame)
    assert {finding.name for finding in caught.value.diagnostics} == {"binary-float"}


@pytest.mark.parametrize("nonsense", [42, object(), [1, 2], b"id,participant"])
def test_what_is_no_log_is_refused(contract: Contract, nonsense: object) -> None:
    with pytest.raises(UsageError) as caught:
        evaluate(contract, nonsense)
    assert [finding.name for finding in caught.value.diagnostics] == ["not-events"]
