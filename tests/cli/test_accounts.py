"""Accounts since earlier ones, and where a contract stands, as people ask for them."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from outcomelang import UsageError, compile_contract, evaluate, status

from .test_verbs import LOG, Command, ended

LATE = "id,participant,event,date,source,recorded\nE5,B,Moving In,2026-05-01,Council,2027-06-01\n"
JSON = ("--format", "json")


@pytest.fixture
def place(outcomelang: Command, tmp_path: Path) -> Path:
    """A contract, the log, a second delivery with a correction, and the ledger of the first account."""
    assert outcomelang("new", "a.outcome").returncode == 0
    (tmp_path / "log.csv").write_text(LOG, "utf-8")
    (tmp_path / "late.csv").write_text(LATE, "utf-8")
    made = outcomelang(
        "evaluate", "a.outcome", "--events", "log.csv", *JSON, "--as-of", "2027-04-01", "--output", "1.json"
    )
    ended(made, 0)
    return tmp_path


def test_adjustments_are_shown_with_what_stood_before(place: Path, outcomelang: Command) -> None:
    before = (place / "1.json").read_bytes()
    text = ended(outcomelang("evaluate", "a.outcome", "--events", "log.csv", "late.csv", "--since", "1.json"), 0)
    assert "Adjustments to the account as of 1 April 2027, which stays as it was\n" in text
    words = " ".join(text.split())
    assert "Payment Paid by Earlier Adjusted Now" in words
    assert "Total £2,500.00 £2,500.00 £5,000.00" in words
    assert (
        "£2,500.00 Outcome Fee / B / 1 new on 31 October 2026: row E5 (Moving In of B, 1 May 2026) was corrected"
        in words
    )
    assert (place / "1.json").read_bytes() == before


def test_the_json_of_an_account_since_another_is_the_base_of_the_next(place: Path, outcomelang: Command) -> None:
    command = ("evaluate", "a.outcome", "--events", "log.csv", "late.csv", "--since", "1.json", *JSON)
    ended(outcomelang(*command, "--output", "2.json"), 0)
    whole = json.loads((place / "2.json").read_text("utf-8"), parse_float=pytest.fail)
    assert [(each["as_of"], each["total"], len(each["adjustments"])) for each in whole["accounts"]] == [
        ("2027-04-01", "2500.00", 0),
        ("2029-09-30", "5000.00", 1),
    ]
    (made,) = whole["accounts"][1]["adjustments"]
    assert (made["entry"], made["kind"], made["cause"]) == ("Outcome Fee / B / 1", "new", "row corrected")
    assert (made["before"], made["after"], made["amount"]) == ("0.00", "2500.00", "2500.00")
    third = json.loads(
        ended(outcomelang("evaluate", "a.outcome", "--events", "log.csv", "--since", "2.json", *JSON), 0)
    )
    assert third["accounts"][:2] == whole["accounts"]
    (made,) = third["accounts"][2]["adjustments"]
    assert (made["kind"], made["amount"]) == ("reversal", "-2500.00")


def test_adjustments_are_rows_of_a_spreadsheet(place: Path, outcomelang: Command) -> None:
    command = ("evaluate", "a.outcome", "--events", "log.csv", "late.csv", "--since", "1.json", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(ended(outcomelang(*command), 0)))
    assert (row["id"], row["amount"], row["currency"]) == (
        "adjustment 2 / new / Outcome Fee / B / 1",
        "2500.00",
        "GBP",
    )


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda text: text.replace('"total": "2500.00"', '"total": "2500.01"'), "does not add up"),
        (lambda text: text.replace('"digest": "', '"digest": "0'), "is an account of “Homes that last” (0"),
        (lambda text: text.replace('"GBP"', '"EUR"'), "is an account in “EUR”"),
        (lambda text: text.replace('"2027-04-01"', '"2040-04-01"'), "later than 2029-09-30, the day of this one"),
        (lambda text: text[:200], "is not JSON, or was cut short"),
        (lambda text: "id,payment,card,clause,payer\n", "holds entries as CSV"),
    ],
)
def test_a_ledger_that_is_no_base_is_refused_and_nothing_is_written(
    change: object, says: str, place: Path, outcomelang: Command
) -> None:
    text = (place / "1.json").read_text("utf-8")
    (place / "bad.json").write_text(change(text), "utf-8")  # type: ignore[operator]
    done = outcomelang("evaluate", "a.outcome", "--events", "log.csv", "--since", "bad.json", "--output", "2.json")
    ended(done, 2)
    assert says in " ".join(done.stderr.decode().split())
    assert not (place / "2.json").exists()


def test_an_earlier_ledger_is_never_written_over(place: Path, outcomelang: Command) -> None:
    command = ("evaluate", "a.outcome", "--events", "log.csv", "--since", "1.json", "--output", "./1.json")
    before = (place / "1.json").read_bytes()
    ended(outcomelang(*command), 2)
    ended(outcomelang(*command[:5], "nowhere.json"), 2)
    assert (place / "1.json").read_bytes() == before


@pytest.mark.parametrize(
    "wanted", ["adjustment 2 / new / Outcome Fee / B / 1", "Outcome Fee / B / 1", "B", "Outcome Fee"]
)
def test_why_says_what_was_adjusted_and_what_stands_now(wanted: str, place: Path, outcomelang: Command) -> None:
    command = ("why", "a.outcome", wanted, "--events", "log.csv", "late.csv", "--since", "1.json", "--all")
    text = " ".join(ended(outcomelang(*command), 0).split())
    assert text.startswith("£2,500.00 Outcome Fee")
    assert "new in the account as of 30 September 2029 adjustment: adjustment 2 / new / Outcome Fee / B / 1" in text
    assert "because row E5 (Moving In of B, 1 May 2026) was corrected on 1 June 2027" in text
    assert "As of 30 September 2029 it stands so:" in text


def test_why_says_that_nothing_was_adjusted_or_is_left(place: Path, outcomelang: Command) -> None:
    since = ("--events", "log.csv", "--since", "1.json")
    text = ended(outcomelang("why", "a.outcome", "A", *since), 0)
    assert text.startswith("Nothing of A is adjusted since the account as of 1 April 2027.\n")
    (place / "other.csv").write_text("\n".join(line for line in LOG.splitlines() if ",A," not in line) + "\n", "utf-8")
    text = ended(outcomelang("why", "a.outcome", "A", "--events", "other.csv", "--since", "1.json"), 0)
    assert "-£2,500.00  Outcome Fee" in text
    assert text.endswith("As of 30 September 2029 nothing of it is left.\n")


def test_why_asks_for_the_ledger_that_an_adjustment_is_made_to(place: Path, outcomelang: Command) -> None:
    done = outcomelang("why", "a.outcome", "adjustment 2 / new / Outcome Fee / B / 1", "--events", "log.csv")
    ended(done, 2)
    assert b"--since LEDGER" in done.stderr


def test_a_status_is_a_screen_at_most_and_everything_on_request(place: Path, outcomelang: Command) -> None:
    rows = [f"E{n},P{n},Referral,2026-05-{n % 28 + 1:02},Council" for n in range(10, 70)]
    (place / "many.csv").write_text("\n".join(["id,participant,event,date,source", *rows]) + "\n", "utf-8")
    command = ("status", "a.outcome", "--events", "log.csv", "many.csv", "--as-of", "2026-10-01")
    text = ended(outcomelang(*command), 0)
    assert len(text.splitlines()) <= 24
    assert "Home Kept of A and 61 more (Outcome Fee): until" in " ".join(text.split())
    assert "worth at most £155,000.00" in " ".join(text.split())
    assert len(ended(outcomelang(*command, "--verbose"), 0).splitlines()) > 62
    whole = json.loads(ended(outcomelang(*command, *JSON), 0), parse_float=pytest.fail)
    assert len(whole["undecided"]) == 62
    assert {item["worth"] for item in whole["undecided"]} == {"2500.00"}
    assert (whole["due"], whole["later"]) == ("0.00", "0.00")


def test_the_library_gives_both(place: Path) -> None:
    contract = compile_contract(str(place / "a.outcome"))
    first = evaluate(contract, place / "log.csv", as_of=date(2027, 4, 1))
    logs = [place / "log.csv", place / "late.csv"]
    for earlier in (first, place / "1.json"):
        (posted, last) = evaluate(contract, logs, since=earlier).accounts
        assert (posted.total, last.total, [each.amount for each in last.adjustments]) == (250_000, 500_000, [250_000])
    with pytest.raises(UsageError, match="later than 2027-03-01"):
        evaluate(contract, logs, as_of=date(2027, 3, 1), since=first)
    stands = status(contract, logs, as_of=date(2026, 10, 1))
    assert [(item.participant, item.worth) for item in stands.undecided] == [("A", 250_000), ("B", 250_000)]
