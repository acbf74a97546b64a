"""Real schemes: every contract in `contracts/` gives the figures that the case library expects of it.

`contracts/CASE/EXAMPLE/` holds a log and what is due on it. Its contract is `contracts/CASE/EXAMPLE.outcome` where the
example takes another reading of the terms, `contracts/CASE/contract.outcome` otherwise.
"""

from __future__ import annotations

import csv
import json
import random
from collections import Counter
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

import outcomelang
from outcomelang.cli import main
from outcomelang.cli.ledger_csv import ledger_csv
from outcomelang.cli.ledger_json import ledger_json
from outcomelang.cli.statement import statement
from outcomelang.report.style import Style

CONTRACTS = Path(__file__).resolve().parents[2] / "contracts"
CASES = (
    "birmingham-supporting-people",
    "care-leavers-sib",
    "denver-supportive-housing-sib",
    "domestic-abuse-refuge",
    "drug-and-alcohol-recovery",
    "dwp-innovation-fund",
    "entrenched-rough-sleeping-sib",
    "fair-chance-fund",
    "four-payment-approaches",
    "hmp-doncaster",
    "life-chances-fund-copayment",
    "local-justice-reinvestment",
    "london-rough-sleepers-sib",
    "massachusetts-juvenile-justice-pfs",
    "nhs-hip-fracture-tariff",
    "nyc-able",
    "peterborough-sib",
    "pfp-referral-guarantee",
    "positive-families-partnership",
    "prime-provider-waterfall",
    "rhino-bond",
    "school-attendance",
    "social-prescribing",
    "supported-employment-ips",
    "supporting-people-80-20",
    "tri-borough-reducing-reoffending",
    "troubled-families",
    "utah-preschool",
    "wiltshire-help-to-live-at-home",
    "work-programme",
    "youth-justice-reinvestment-pathfinder",
)
FILES = sorted(CONTRACTS.glob("*/*.outcome"))
EXAMPLES = sorted(path.parent for path in CONTRACTS.glob("*/*/expected.csv"))

each_contract = pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
each_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")

Unit = tuple[str, Fraction | None, Fraction]


def test_every_case_has_its_contract_and_its_examples() -> None:
    assert {path.parent.name for path in FILES} >= set(CASES)
    assert {path.parent.name for path in EXAMPLES} >= set(CASES)
    assert len(EXAMPLES) >= 125
    assert all((example / "events.csv").is_file() and (example / "note.md").is_file() for example in EXAMPLES)
    assert all((path.parent / "contract.outcome").is_file() for path in FILES)


# ---------------------------------------------------------------- the figures


@each_example
def test_the_log_gives_the_expected_lines_and_total(example: Path) -> None:
    ledger = outcomelang.evaluate(compiled(contract_of(example)), example / "events.csv", as_of(example))
    lines = [(line.payer, line.count, Fraction(line.amount, 10**ledger.minor_digits)) for line in ledger.lines]
    units, total = expectation(example)
    assert disagreement(units, lines) == ([], [])
    assert Fraction(ledger.total, 10**ledger.minor_digits) == total
    assert sum(line.amount for line in ledger.lines) == ledger.total
    assert sum(entry.amount for entry in ledger.entries) == ledger.total


@each_example
def test_the_command_line_gives_the_same_as_json(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    day = as_of(example)
    words = ["evaluate", str(contract_of(example)), "--events", str(example / "events.csv"), "--format", "json"]
    code = main([*words, *(["--as-of", day.isoformat()] if day else [])])
    ledger = json.loads(capsys.readouterr().out)
    units, total = expectation(example)
    assert code == 0
    assert Fraction(ledger["total"]) == total
    lines = [(line["payer"], Fraction(line["count"]), Fraction(line["amount"])) for line in ledger["lines"]]
    assert disagreement(units, lines) == ([], [])
    assert ledger["digest"] == compiled(contract_of(example)).digest


@each_example
def test_neither_the_order_of_rows_nor_the_number_of_files_matters(example: Path, tmp_path: Path) -> None:
    contract, day = compiled(contract_of(example)), as_of(example)
    header, *rows = (example / "events.csv").read_text(encoding="utf-8").splitlines()
    wanted = whole(outcomelang.evaluate(contract, example / "events.csv", day))
    for seed in (1, 2):
        random.Random(seed).shuffle(rows)
        shuffled = written(tmp_path / f"shuffled-{seed}.csv", header, rows)
        assert whole(outcomelang.evaluate(contract, shuffled, day)) == wanted
    parts = [written(tmp_path / "parts" / f"{n}.csv", header, rows[n::3]) for n in range(3)]
    assert whole(outcomelang.evaluate(contract, parts, day)) == wanted
    assert whole(outcomelang.evaluate(contract, [*reversed(parts)], day)) == wanted
    assert whole(outcomelang.evaluate(contract, tmp_path / "parts", day)) == wanted


@each_example
def test_the_artefact_gives_the_same_ledger(example: Path) -> None:
    contract, day = compiled(contract_of(example)), as_of(example)
    again = outcomelang.Contract.from_json(contract.to_json())
    wanted = ledger_json(outcomelang.evaluate(contract, example / "events.csv", day))
    assert ledger_json(outcomelang.evaluate(again, example / "events.csv", day)) == wanted


# ---------------------------------------------------------------- the contracts


@each_contract
def test_its_own_examples_pass(path: Path) -> None:
    results = compiled(path).run_examples()
    assert results
    assert [result for result in results if not result.passed] == []


@each_contract
def test_check_finds_no_mistake_of_form(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(path), "--fail-on", "error", "--format", "json"]) == 0
    said = capsys.readouterr()
    found = json.loads(said.out)["diagnostics"]
    assert [each["name"] for each in found if "loophole" not in each and each["severity"] != "note"] == []
    assert said.err == ""


@each_contract
def test_it_belongs_to_an_example(path: Path) -> None:
    assert path.stem == "contract" or (path.parent / path.stem / "expected.csv").is_file()


# ---------------------------------------------------------------- the rule of the case library


def test_the_rule_sees_a_wrong_payer_count_or_amount() -> None:
    one: Unit = ("dwp", Fraction(1), Fraction(400))
    assert disagreement([one], [("DWP", Fraction(1), Fraction(400))]) == ([], [])
    assert disagreement([("dwp", None, Fraction(400))], [("D W-P", Fraction(7), Fraction(400))]) == ([], [])
    assert disagreement([one], [("DWP", Fraction(1), Fraction(400)), ("Prime", Fraction(3), Fraction(0))]) == ([], [])
    for wrong in (
        ("HMRC", Fraction(1), Fraction(400)),
        ("DWP", Fraction(2), Fraction(400)),
        ("DWP", Fraction(1), Fraction(40001, 100)),
    ):
        missing, surplus = disagreement([one], [wrong])
        assert missing
        assert surplus


def disagreement(expected: Iterable[Unit], got: Iterable[Unit]) -> tuple[list[Unit], list[Unit]]:
    """What is missing and what is too much, lines as a multiset; an expected count of None agrees with any."""
    left = [(key(payer), count, amount) for payer, count, amount in got if amount]
    missing: list[Unit] = []
    for payer, count, amount in sorted(expected, key=lambda unit: unit[1] is None):
        if not amount:
            continue
        fits = [u for u in left if u[0] == key(payer) and u[2] == amount and count in (None, u[1])]
        if fits:
            left.remove(fits[0])
        else:
            missing.append((payer, count, amount))
    return missing, left


def key(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter not in " -_")


def expectation(example: Path) -> tuple[list[Unit], Fraction]:
    """The lines of `expected.csv`, and its total."""
    with (example / "expected.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert Counter(row["line"] for row in rows)["total"] == 1
    units = [
        (row["payer"], Fraction(row["count"]) if row["count"] else None, Fraction(row["amount"]))
        for row in rows
        if row["line"] != "total"
    ]
    return units, Fraction(rows[-1]["amount"])


# ---------------------------------------------------------------- files


def contract_of(example: Path) -> Path:
    own = example.parent / f"{example.name}.outcome"
    return own if own.is_file() else example.parent / "contract.outcome"


@cache
def compiled(path: Path) -> outcomelang.Contract:
    return outcomelang.compile_contract(path)


def as_of(example: Path) -> date | None:
    file = example / "as-of.txt"
    return date.fromisoformat(file.read_text(encoding="utf-8").strip()) if file.is_file() else None


def written(path: Path, header: str, rows: list[str]) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return path


def whole(ledger: outcomelang.Ledger) -> tuple[str, str, str]:
    """The ledger in every format, to the byte."""
    return statement(ledger, Style()), ledger_json(ledger), ledger_csv(ledger)
