"""A ledger as text, JSON and CSV: exact, aligned, and harmless whatever the contract or the log says."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomelang.cli.ledger_csv import COLUMNS, harmless, ledger_csv
from outcomelang.cli.ledger_json import ledger_json
from outcomelang.cli.statement import statement
from outcomelang.core.money import count, exact, major, money
from outcomelang.evaluation.ledger import Ledger, Line, Pending
from outcomelang.report.style import Style

STATEMENT = """\
Homes \\x1b[31mthat last
Account as of 30 September 2029; the log ends on 31 August 2029

Payment       Paid by   Count        Amount
───────────────────────────────────────────
Outcome Fee   Council      51   £127,467.00
Repayment     Council   -12.5    -£2,500.00
───────────────────────────────────────────
Total                           £124,967.00

Nothing is paid yet for
   • Home Kept of P2 and 1 more: open; its time was over on 3 May 2026, and the
     log does not reach that day

About the log
   • A start in an open spell is nothing (row E3). 4 such rows.

Contract abababababababab…, 1 entry, reference engine
"""


def test_the_statement_reads_so(ledger: Ledger) -> None:
    assert statement(ledger, Style()) == STATEMENT


def test_the_statement_can_be_drawn_in_ascii(ledger: Ledger) -> None:
    assert statement(ledger, Style(frames=False)).replace("£", "").isascii()


def test_the_payee_is_shown_where_there_are_several(ledger: Ledger) -> None:
    other = attrs.evolve(ledger, lines=(*ledger.lines, Line("Fee", "Council", "Sub 中", Fraction(1), 1)))
    assert "Paid by   Paid to   Count" in statement(other, Style())


def test_a_ledger_without_lines_has_a_statement(ledger: Ledger) -> None:
    empty = attrs.evolve(ledger, lines=(), entries=(), pending=(), reports=(), total=0)
    assert "\n\nNothing is due.\n\n" in statement(empty, Style())
    assert "Total" not in statement(empty, Style())


def test_an_empty_log_is_said_to_be_empty(ledger: Ledger) -> None:
    assert "; the log is empty\n" in statement(attrs.evolve(ledger, log_ends=None), Style())


def test_a_final_account_says_in_one_sentence_what_the_log_left_undecided(ledger: Ledger) -> None:
    waiting = Pending("Home Found", "awaiting verification", 1, "P7", None)
    pending = (waiting, *(Pending(f"Step {n}", "open", 3, "P2", None) for n in range(8)))
    text = statement(attrs.evolve(ledger, final=True, pending=pending), Style())
    assert "Final account as of 30 September 2029; the log ends on 31 August 2029\n" in text
    assert "Nothing is paid for\n   • Home Found of P7: awaiting verification\n" in text
    said = " ".join(text.split())
    assert said.count("The log ends before these were decided for everybody; nothing is paid where they were not:") == 1
    assert "Step 0, Step 1, Step 2, Step 3, Step 4, Step 5 and 2 more." in said


def test_json_holds_everything_as_text_and_no_float(ledger: Ledger) -> None:
    text = ledger_json(ledger)
    whole = json.loads(text, parse_float=pytest.fail)
    assert text.isascii()
    assert list(whole) == [
        "contract", "digest", "as_of", "log_ends", "currency", "total",
        "lines", "entries", "pending", "reports", "engine",
    ]  # fmt: skip
    assert whole["total"] == "124967.00"
    repayment = {"payment": "Repayment", "payer": "Council", "payee": "Charity", "count": "-12.5", "amount": "-2500.00"}
    assert whole["lines"][1] == repayment
    (entry,) = whole["entries"]
    assert entry["amount"] == "2496.67"
    assert entry["cuts"] == [{"by": "limit all payments", "clause": "3", "taken": "10/3"}]
    assert entry["rows"] == ["E1", "E9"]
    assert whole["log_ends"] == "2029-08-31"
    assert (entry["verified"], entry["due"]) == ("2026-12-02", None)
    assert whole["pending"][0] == {
        "what": "Home Kept",
        "verdict": "open",
        "count": 2,
        "subject": "P2",
        "until": "2026-05-03",
    }
    assert whole["reports"][0]["row"] == "E3"


def test_json_says_where_rows_stand_only_when_asked(ledger: Ledger) -> None:
    whole = json.loads(ledger_json(ledger, places=True))
    assert whole["entries"][0]["rows"][1] == {"id": "E9", "file": "a b.csv", "line": 17}
    assert whole["reports"][0]["row"] == {"id": "E3", "file": "a.csv", "line": 9}


def test_csv_has_a_line_for_each_entry_and_no_formula(ledger: Ledger) -> None:
    header, cells = csv.reader(io.StringIO(ledger_csv(ledger)))
    entry = dict(zip(header, cells, strict=True))
    assert tuple(header) == COLUMNS
    assert entry["payee"] == "'=cmd|'x'!A1"
    assert entry["rows"] == "E1 E9"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\n@", "  =", "|", "%"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    assert harmless(f"{start}1+1").startswith("'")


@given(st.text())
def test_no_text_at_all_starts_a_formula(text: str) -> None:
    assert harmless(text).strip()[:1] not in tuple("=+-@")


@pytest.mark.parametrize(
    ("value", "text"),
    [(1, "1"), (Fraction(25, 2), "12.5"), (Fraction(1, 3), "1/3"), (Fraction(-1, 8), "-0.125"), (0, "0"),
     (10**20, "1" + "0" * 20)],
)  # fmt: skip
def test_a_number_is_a_decimal_where_that_is_exact(value: Fraction, text: str) -> None:
    assert exact(value) == text


@given(st.fractions(), st.integers(0, 3))
def test_an_exact_text_is_the_number(value: Fraction, least: int) -> None:
    assert Fraction(exact(value, least)) == value
    assert Fraction(major(value, least)) * 10**least == value


@pytest.mark.parametrize(
    ("minor", "currency", "digits", "text"),
    [
        (123456, "GBP", 2, "£1,234.56"), (-10, "GBP", 2, "-£0.10"), (0, "USD", 2, "$0.00"), (5, "JPY", 0, "JPY 5"),
        (100, "CHF", 2, "CHF 1.00"), (Fraction(1, 2), "GBP", 2, "£0.005"), (125000000, "EUR", 2, "€1,250,000.00"),
    ],
)  # fmt: skip
def test_money_for_people(minor: int, currency: str, digits: int, text: str) -> None:
    assert money(minor, currency, digits) == text


def test_counts_for_people() -> None:
    said = [count(Fraction(n)) for n in ("1250", "12.5", "-1/2", "1/3", "-1250")]
    assert said == ["1,250", "12.5", "-0.5", "1/3", "-1,250"]
