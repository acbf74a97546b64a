"""What `why` says of a condition or a number, it says in the words of the reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from outcomelang.compiler import compile_text
from outcomelang.evaluation.log import rows_from_table
from outcomelang.evaluation.why import why

HOMES = (Path(__file__).parents[2] / "tests/golden/bases/homes.outcome").read_text("utf-8")
ROWS = [
    {"id": "1", "participant": "Ann", "event": "Referral", "date": "2025-05-01", "source": "Council"},
    {"id": "2", "participant": "Ann", "event": "Session", "date": "2025-05-02", "source": "Charity", "cost": "90"},
    {"id": "3", "participant": "Ann", "event": "Job Start", "date": "2025-06-01", "source": "Charity"},
]


def explained(*clauses: str) -> str:
    contract = compile_text(HOMES + "\n".join(clauses) + "\n", "homes.outcome").core
    return "\n".join(why(contract, rows_from_table(contract, ROWS), None, "Ann"))


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (
            "Job Start with Weekly Hours of at least 16 occurs",
            "there is no record of Job Start with Weekly Hours of at least 16",
        ),
        ("the number of Sessions is at least 3", "the number of records of Session is 1, needed: at least 3"),
        (
            "no Session occurs in the 12 months beginning with Referral",
            "there is a record of Session dated from 1 May 2025",
        ),
    ],
)
def test_a_condition_that_is_not_met(condition: str, said: str) -> None:
    outcome = f"outcome Sought of a Client, when {condition}, once"
    assert said in explained(outcome, "payment Fee: the Council pays the Charity £5 for each Sought")


def test_a_name_in_the_plural_agrees() -> None:
    text = explained(
        "define Sessions Held of each Client as the number of Sessions",
        "outcome Sought of a Client, when the Sessions Held is more than 3, once",
        "payment Fee: the Council pays the Charity £5 for each Sought",
    )
    assert "the Sessions Held are 1, needed: more than 3" in text


def test_the_value_of_a_description_stands_in_brackets() -> None:
    text = explained(
        "define Held of each Client as the number of Sessions",
        "payment Fee: the Council pays the Charity £5 for each Held",
    )
    assert "with Held 1, number of records of Session (1)" in text


def test_how_many_of_a_list_are_met() -> None:
    text = explained(
        "outcome Sought of a Client, when at least 2 of:\n  (a) Session occurs\n  (b) Moving In occurs, once",
        "payment Fee: the Council pays the Charity £5 for each Sought",
    )
    assert "1 of the conditions is met, needed: at least 2; missing: there is no record of Moving In" in text
