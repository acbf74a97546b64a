"""too-many-moving-parts: what is counted."""

from __future__ import annotations

import pytest

from outcomelang.loopholes.rules.too_many_moving_parts import paid_outcomes, written_numbers
from outcomelang.loopholes.study import Study

from .test_rules import changed, found

NAME = "too-many-moving-parts"


def _outcomes(number: int, monitored: int = 0) -> str:
    names = [chr(ord("A") + at) for at in range(number)]
    said = ""
    for at, name in enumerate(names):
        watched = "\n  monitor only" if at < monitored else ""
        said += f"insert outcome Calm {name} of a Jobseeker\n  when a Complaint occurs\n  once{watched}\n"
        if not watched:
            said += f"insert payment Fee {name}: Council pays the Provider £1 for each Calm {name}\n"
    return said


@pytest.mark.parametrize(("number", "monitored", "flagged"), [(13, 0, True), (12, 0, False), (20, 8, False)])
def test_outcomes_that_are_paid_for_one_person(number: int, monitored: int, flagged: bool) -> None:
    contract = changed(_outcomes(number, monitored))
    assert paid_outcomes(Study(contract)) == number - monitored
    assert (NAME in {each.rule.name for each in found(contract).loopholes}) is flagged


def test_of_a_row_of_a_table_its_beginning_and_its_value_are_numbers() -> None:
    plain = written_numbers(changed('insert party Friend "A friend"'))
    table = "insert table Stars by Jobs Seen\n  below 5  0\n  from 5 to below 10  1\n  from 10  2\n"
    assert written_numbers(changed("insert define Jobs Seen as the number of Lasting Jobs\n" + table)) == plain + 6


def test_conditions_that_lie_deep_in_each_other() -> None:
    both = "(a) a Complaint occurs; and (b) any of: (i) a Job Start occurs; or (ii) {}"
    deep = both.format("a Job End occurs")
    outcome = f"insert outcome Deep of a Jobseeker, once, when all of: {deep}\n"
    assert NAME not in {each.rule.name for each in found(changed(outcome)).loopholes}
