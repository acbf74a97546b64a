"""Who may report a fact, who verifies it, what silence means, and when it is paid."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from outcomelang.core import ir
from outcomelang.evaluation.ledger import Ledger
from outcomelang.evaluation.why import why

from .build import account, contract, flow, log, outcome, pounds, result, row, rows, said, verdict, visited


def verified(**rule: object) -> ir.Contract:
    visit = ir.Event(
        "Visit", "outcome", ir.Polarity.MORE, ("Provider",), verification=ir.Verification(("Verifier",), **rule)
    )
    join = ir.Event("Join", "input", ir.Polarity.MORE, ("Buyer",))
    paid = flow("Visited", pounds(10), due=ir.Delay(0, 30))
    return contract(events=(join, visit), states=(), outcomes=(visited(),), flows=(paid,))


JOINED = row("1", "A", "Join", "2015-01-01")
VISIT = row("2", "A", "Visit", "2015-02-01")


def waits(ledger: Ledger) -> list[tuple[str, str, int]]:
    return [(p.what, p.verdict, p.count) for p in ledger.pending]


def test_a_row_from_the_verifier_is_verified_when_it_becomes_known() -> None:
    (entry,) = account(
        verified(), [JOINED, row("2", "A", "Visit", "2015-02-01", "Verifier", recorded="2015-02-20")]
    ).entries
    assert (entry.day, entry.verified, entry.due) == (date(2015, 2, 1), date(2015, 2, 20), date(2015, 3, 22))


def test_an_unverified_fact_awaits_verification_and_pays_nothing() -> None:
    ledger = account(verified(), [JOINED, VISIT])
    assert (ledger.total, waits(ledger)) == (0, [("Visited", "awaiting verification", 1)])


def test_a_verified_fact_is_achieved_on_its_own_day_and_due_after_verification() -> None:
    (entry,) = account(verified(), log([JOINED, VISIT], [verdict("V", "2", "2015-03-05")])).entries
    assert (entry.day, entry.verified, entry.due) == (date(2015, 2, 1), date(2015, 3, 5), date(2015, 4, 4))


def test_a_rejected_fact_pays_nothing_and_awaits_nothing() -> None:
    ledger = account(verified(), log([JOINED, VISIT], [verdict("V", "2", "2015-03-05", False)]))
    assert (ledger.total, waits(ledger)) == (0, [("Visited", "open", 1)])


def test_the_later_verdict_stands_and_of_two_on_one_day_the_rejection() -> None:
    yes, no = verdict("V", "2", "2015-03-05"), verdict("W", "2", "2015-03-06", False)
    assert account(verified(), log([JOINED, VISIT], [yes, no])).total == 0
    assert account(verified(), log([JOINED, VISIT], [no, verdict("V", "2", "2015-03-07")])).total == 1000
    assert account(verified(), log([JOINED, VISIT], [no, verdict("V", "2", "2015-03-06")])).total == 0


def test_a_corrected_verdict_is_gone() -> None:
    first = verdict("V", "2", "2015-03-06")
    corrected = verdict("V", "2", "2015-03-05", False, recorded="2015-04-01")
    events = log([JOINED, VISIT], [first, corrected])
    assert account(verified(), events).total == 0
    assert account(verified(), events, as_of="2015-03-31").total == 1000


def test_a_verdict_from_somebody_else_does_not_count() -> None:
    ledger = account(verified(), log([JOINED, VISIT], [verdict("V", "2", "2015-03-05", counts=False)]))
    assert waits(ledger) == [("Visited", "awaiting verification", 1)]


def test_a_row_of_a_source_that_may_not_report_it_does_not_count() -> None:
    ledger = account(verified(), [JOINED, row("2", "A", "Visit", "2015-02-01", "Verifier", counts=False)])
    assert (ledger.total, waits(ledger)) == (0, [("Visited", "open", 1)])


@pytest.mark.parametrize(("later", "paid"), [("2015-02-20", 0), ("2015-02-21", 1000)])
def test_silence_verifies_on_the_last_day_once_the_log_has_reached_it(later: str, paid: int) -> None:
    ledger = account(verified(silence_days=20, silence_verifies=True), [JOINED, VISIT, row("3", "B", "Join", later)])
    assert ledger.total == paid
    assert [entry.verified for entry in ledger.entries] == ([date(2015, 2, 21)] if paid else [])


@pytest.mark.parametrize("as_of", ("2015-02-20", "2015-02-21"))
def test_silence_that_does_not_verify_ends_the_waiting(as_of: str) -> None:
    events = [JOINED, VISIT, row("3", "B", "Join", "2015-06-01", recorded="2015-01-01")]
    ledger = account(verified(silence_days=20), events, as_of=as_of)
    expected = ("Visited", "awaiting verification", 1)
    assert (expected in waits(ledger)) == (as_of == "2015-02-20")


def test_as_of_the_day_before_verification_it_still_awaits() -> None:
    events = log([JOINED, VISIT], [verdict("V", "2", "2015-03-05")])
    assert waits(account(verified(), events, as_of="2015-03-04")) == [("Visited", "awaiting verification", 1)]
    assert account(verified(), events, as_of="2015-03-05").total == 1000


def test_a_payment_for_each_row_waits_only_for_the_rows_it_would_pay() -> None:
    visit = ir.Event(
        "Visit", "outcome", ir.Polarity.MORE, ("Provider",), verification=ir.Verification(("Verifier",)),
        attributes=(ir.AttributeSpec("Kind", ir.Unit.LABEL),),
    )  # fmt: skip
    join = ir.Event("Join", "input", ir.Polarity.MORE, ("Buyer",))
    good = rows("Visit", ir.AttributeIs("Kind", ("good",)))
    paid = flow("Visits", pounds(10), ir.EachRow(good), subject=ir.PerRow("Visit"))
    made = contract(events=(join, visit), states=(), flows=(paid,))
    bad = row("2", "A", "Visit", "2015-02-01", Kind="bad")
    assert waits(account(made, [JOINED, bad])) == []
    assert waits(account(made, [JOINED, bad, row("3", "A", "Visit", "2015-02-01", Kind="good")])) == [
        ("Visits", "awaiting verification", 1)
    ]


def test_a_claim_that_became_known_too_late_is_refused_and_reported() -> None:
    late = flow("Visited", pounds(10), claimed_within=ir.Delay(1, 0))
    made = contract(outcomes=(visited(),), flows=(late,))
    on_time, too_late = (row("2", "A", "Visit", "2015-01-31", recorded=day) for day in ("2015-02-28", "2015-03-01"))
    assert account(made, [JOINED, on_time]).total == 1000
    ledger = account(made, [JOINED, too_late])
    assert (ledger.total, [report.name for report in ledger.reports]) == (0, ["claimed-late"])


def test_absence_is_known_once_observed_and_fails_with_the_first_row() -> None:
    none = ir.Happens(rows("Arrest", window=ir.Window(ir.Edge(ir.Joining(), 0, 1), ir.Edge(ir.Joining(), 12))), True)
    made = contract(outcomes=(outcome("Free", none),))

    def free(*events: object) -> str:
        return said(result(made, [JOINED, *events], "Free"))

    assert free(row("2", "A", "Work", "2015-12-31")) == "open until 2016-01-01"
    assert free(row("2", "A", "Work", "2016-01-01")) == "achieved on 2016-01-01"
    assert free(row("2", "A", "Arrest", "2016-01-01")) == "failed on 2016-01-01"
    assert free(row("2", "A", "Arrest", "2016-01-02")) == "achieved on 2016-01-01"
    assert free(row("2", "A", "Arrest", "2015-01-01"), row("3", "A", "Work", "2017-01-01")) == "achieved on 2016-01-01"


@pytest.mark.parametrize(
    ("rule", "verdicts", "says"),
    [
        ({"silence_days": 20, "silence_verifies": False}, [], "nobody verified it by 21 February 2015"),
        ({}, [verdict("V", "2", "2015-02-09", verified=False)], "it was rejected on 9 February 2015"),
    ],
)
def test_a_row_that_does_not_count_is_named_with_its_reason(rule: dict, verdicts: list, says: str) -> None:
    """Also where its verifier only kept silent: under the outcome, and under a payment for each row."""
    made = verified(**rule)
    each = flow("Visit Fee", pounds(1), ir.EachRow(rows("Visit")))
    later = row("3", "B", "Join", "2015-12-01")
    text = why(evolve(made, flows=(*made.flows, each)), log([JOINED, VISIT, later], verdicts), None, "A")
    refused = f"Visit of 1 February 2015 (row 2) does not count: {says}"
    assert any(
        line.startswith("nothing  Visited: ") and line.endswith(f"no record of Visit; {refused}") for line in text
    )
    assert f"nothing  Visit Fee: {refused}" in text
