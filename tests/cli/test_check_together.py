"""`check` of several contracts at once: one result that two of them pay for, in each, and accepted in one."""

from __future__ import annotations

from pathlib import Path

import pytest

from outcomelang.loopholes import rule as rules_module

from .conftest import Command

CLEAN = Path(rules_module.__file__).with_name("clean.outcome").read_text("utf-8")
ONLY = """
from outcomelang.loopholes import rules
rules.RULES = tuple(each for each in rules.RULES if each.code == "OC19")
from outcomelang.cli import main; raise SystemExit(main())
"""
JOB = "\noutcome In Work of a Jobseeker, when a Job Start occurs in the 12 months after Referral, once\n"
ACCEPT = 'accept two-contracts-pay-one-outcome because "both departments know of it"\n'


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Two contracts of two payers."""
    council = CLEAN + JOB + "payment Work Fee: Council pays the Provider £2,000 for each In Work\n"
    board = council.replace("Council", "Board").replace("Steady Work", "Health and Work")
    (tmp_path / "council.outcome").write_text(council, "utf-8")
    (tmp_path / "board.outcome").write_text(board, "utf-8")
    return tmp_path


def test_each_of_two_contracts_tells_of_the_other(place: Path, outcomelang: Command) -> None:
    done = outcomelang("check", ".", "--format", "concise", code=ONLY)
    assert done.returncode == 1
    lines = [line for line in done.stdout.decode().splitlines() if "two contracts" in line]
    assert [line.split(":")[0] for line in lines] == ["board.outcome", "council.outcome"]
    assert "£2,000 here, and £2,000 under Work Fee of “Steady Work”" in lines[0]


def test_one_contract_alone_tells_of_no_other(place: Path, outcomelang: Command) -> None:
    assert outcomelang("check", "board.outcome", code=ONLY).returncode == 0


def test_it_is_accepted_in_the_contract_and_used(place: Path, outcomelang: Command) -> None:
    for name in ("board.outcome", "council.outcome"):
        (place / name).write_text((place / name).read_text("utf-8") + ACCEPT, "utf-8")
    done = outcomelang("check", ".", code=ONLY)
    assert (done.returncode, done.stdout) == (0, b"")
