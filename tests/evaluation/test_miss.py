"""What stood in the way of an outcome, in numbers."""

from __future__ import annotations

from typing import Any

from outcomelang.core import ir
from outcomelang.evaluation.event_log import EventLog
from outcomelang.evaluation.miss import Miss

from .build import contract, days, log, meaning, outcome, reaches, row, rows, verdict

JOBS = [
    row("J", "A", "Join", "2015-01-01"),
    row("1", "A", "Work", "2015-02-01"),
    row("2", "A", "Leave", "2015-02-10"),
    row("3", "A", "Work", "2015-03-01"),
    row("4", "A", "Leave", "2015-03-12"),
    row("5", "A", "Work", "2015-06-01"),
    row("6", "A", "Leave", "2015-06-15"),
]


def said(node: ir.Outcome, events: EventLog) -> str:
    m = meaning(contract(outcomes=(node,)), events)
    (scope,) = m.world.instances(node.subject)
    return Miss(m).outcome(node.name, scope)


def test_in_any_stretch_the_best_of_them_is_told() -> None:
    moving = reaches(days(35), "in any", span_days=60)
    assert "Job lasted 22 days of 35 days (5 weeks) in any 60 days" in said(outcome("Held", moving), log(JOBS))
    by_months = reaches(days(35), "in any", span_months=1)
    assert "Job lasted 15 days of 35 days (5 weeks) in any 1 month" in said(outcome("Held", by_months), log(JOBS))


def ruled(**words: Any) -> ir.Outcome:
    ruling = ir.Ruling("decided", ("Verifier",), ir.Delay(0, 20), False)
    return outcome("Held", ir.Happens(rows("Work", window=words.get("window"))), rulings=(ruling,))


def test_what_waits_and_what_was_refused_is_told_with_its_day() -> None:
    first = log(JOBS[:2])
    assert said(ruled(), first) == "Held is awaiting decision until 21 February 2015"
    window = ir.Window(None, ir.Edge(ir.Joining(), days=60))
    no = verdict("V", "", "2015-02-05", False)._replace(kind="decided", about="Held", whose="A")
    refused = said(ruled(window=window), log(JOBS[:2], [no]))
    assert refused == "Held is not decided by the log: decided otherwise by Verifier on 5 February 2015"
    silence = log([*JOBS[:2], row("9", "A", "Arrest", "2015-04-01")])
    nothing = "nothing was said of Work 1 February 2015 in time"
    assert said(ruled(window=window), silence) == f"Held is not achieved: {nothing}"
