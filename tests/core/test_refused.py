"""What is understood but not carried out: refused once, at its own place, and nothing else is said of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from outcomelang.diagnostic import Diagnostic

Findings = Callable[[str], tuple[Diagnostic, ...]]

FEE = "payment Fee: the Council pays the Provider £30 for each "
LADDER = "outcome Fit of a Client, each once, when Employment reaches 3 and 6 months without a break"
REFUSED = [
    ("figure Score of a Review, reported by HMRC, as number", True),
    ("suspension between the first Review and 1 June 2025: windows pause", True),
    (LADDER + ", partly when Review occurs", True),
    (
        "outcome Fit of a Client, when Review occurs, once\nplan Own Plan of a Client: all of Fit and Job\n"
        + FEE
        + "outcome in the Own Plan\nlimit Fit to 3; earliest first; the excess is not paid",
        True,
    ),
    ("payment Card: the Council pays the Provider for each: Job £30, verified by HMRC", True),
    ("define Sums of each Client in each Quarter as the number of Reviews\n" + FEE + "Sums, verified by HMRC", True),
    (FEE + "Job, in advance", True),
    (FEE + "Offences Seen, in advance", True),
    ("limit Jobs to 3 for each Client; in proportion; the excess is not paid", True),
    ('event Move is an outcome, recorded by HMRC, has Size as a number logged as "size" from 1 May 2026', True),
    ('outcome Fit of a Client, when Review occurs, once, logged as "fit" from 1 May 2026', True),
    ("comparison Others for each Client, where Area is given", True),
    ('example "One"\n  given 3 Jobs without Offence\n  expect total nothing', True),
    ('example "One"\n  given 3 Quarters\n  expect total nothing', False),
    (FEE + "Year in the 6 months after 1 May 2025", False),
]


@pytest.mark.parametrize(("clauses", "way_round"), REFUSED)
def test_it_is_refused_once_with_the_way_round_where_there_is_one(
    findings: Findings, clauses: str, way_round: bool
) -> None:
    (found,) = findings(clauses)
    assert (found.name, bool(found.remedies)) == ("not-supported-yet", way_round)
    assert found.related == ()
