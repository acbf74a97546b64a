"""What a clause says twice, and what may be said several times."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from outcomelang.diagnostic import Diagnostic

Findings = Callable[[str], tuple[Diagnostic, ...]]

LIMIT = "limit all payments to £10,000; "
TWICE = [
    "outcome Work of a Client, when Job Start occurs, once, within 6 months of Referral, before 1 May 2026",
    "outcome Work of a Client, when Job Start occurs, once, each time",
    "outcome Work of a Client, when Job Start occurs, when Review occurs, once",
    "outcome Work of a Client, when Job Start occurs, once, once",
    'outcome Work of a Client, when Job Start occurs, once, clause "1.1", clause "1.2"',
    LIMIT + "earliest first; in the order Provider; the excess is not paid",
    LIMIT + "earliest first; the excess is not paid; the excess is paid by Council",
    "limit Job Fee to £3,000 for each Client for each Area; earliest first; the excess is not paid",
    "limit Job Fee to £3,000 for each Quarter in each Quarter by date achieved; earliest first; the excess is not paid",
    "event Visit is an outcome, recorded by HMRC, recorded by Provider",
    "event Visit is an outcome, recorded by HMRC, more is better, fewer is better",
    "event Visit is an outcome, recorded by HMRC, observed until 1 May 2028, observed until 31 May 2028",
    "participant Helper, joins on Review, once, again after 6 months",
    "participant Helper, joins on Review, joins on Offence, once",
    'group Need of a Client, set by HMRC, read from Area of Referral "North" "South"',
    "payment Fee: the Council pays the Provider £30 for each Job, claimed within 6 months, claimed within 3 months",
    "payment Fee: the Council pays the Provider £30 for each Job Start between 1 May 2025 and 1 May 2026 on 2 May 2025",
    "define Seen as the number of Clients with an Offence in the 6 months after Referral on 2 May 2026",
]


@pytest.mark.parametrize("clauses", TWICE)
def test_two_answers_to_one_question_are_one_mistake_at_the_second(findings: Findings, clauses: str) -> None:
    (found,) = findings(clauses)
    assert found.name == "said-twice"
    assert found.span.column > clauses.split("\n")[-1].index(" ")


def test_the_first_answer_is_shown_beside_the_second(findings: Findings) -> None:
    (found,) = findings("outcome Work of a Client, when Job Start occurs, once, up to 3 times")
    assert found.message == "Work says twice how often it counts, and nobody can tell which one counts."
    assert (found.span.column, found.related[0][0].column) == (56, 50)


SEVERAL = [
    'event Visit is an outcome, recorded by HMRC or Provider, logged as "visit", logged as "call"',
    "payment Fee: the Council pays the Provider £30 for each Job, stacks with Job Fee, stacks with Rate Card",
    "limit Job Fee to £3,000 for each Client in each Quarter by date achieved; earliest first; the excess is not paid",
    "define Seen as the number of Clients with an Offence on 1 May 2025 with a Review on 2 May 2025",
]


@pytest.mark.parametrize("clauses", SEVERAL)
def test_parts_that_add_up_may_stand_several_times(findings: Findings, clauses: str) -> None:
    assert findings(clauses) == ()
