"""A finding in each format, with what the author wrote made harmless."""

from __future__ import annotations

import json
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomelang.cli.findings import FORMATS, counted, show
from outcomelang.cli.paths import contracts
from outcomelang.diagnostic import Diagnostic, Remedy, Severity
from outcomelang.report.checked import Run
from outcomelang.report.plain import columns, wrapped
from outcomelang.report.style import Style
from outcomelang.source import Source, Span

SOURCE = Source("a/contract.outcome", 'contract "A"\n  payment Fee: DCLG pays the Authorty £3,200 for each Family\n')
FOUND = Diagnostic(
    "OL101",
    "unknown-name",
    "Nothing here is called Authorty, so nobody is paid the £3,200.",
    Span(SOURCE.path, 2, 30, 2, 38),
    clause="2.1",
    label="not declared",
    details=("Names are compared without regard to case.",),
    remedies=(
        Remedy("write Authority", "the fee goes to the Authority"),
        Remedy("declare it", "provider Authorty is a party of its own, and is paid"),
    ),
    template="payment NAME: PAYER pays PAYEE AMOUNT\n  for each THING",
    related=((Span(SOURCE.path, 1, 1, 1, 9), "The contract begins here"),),
)

TEXT = """\
error · unknown-name (OL101)                 a/contract.outcome:2, clause 2.1

    2 │   payment Fee: DCLG pays the Authorty £3,200 for each Family
                                     ──────── not declared

Nothing here is called Authorty, so nobody is paid the £3,200.

Names are compared without regard to case.

The contract begins here (a/contract.outcome:1)
    1 │ contract "A"
        ────────

Such a clause is written
   payment NAME: PAYER pays PAYEE AMOUNT
     for each THING

To close it, one of
   • write Authority   the fee goes to the Authority
   • declare it        provider Authorty is a party of its own, and is paid

More: outcomelang explain unknown-name
"""


def test_the_text_of_a_finding_reads_so() -> None:
    assert show([FOUND], [SOURCE], "text", Style(77)) == TEXT


def test_a_narrow_screen_breaks_lines_and_loses_nothing() -> None:
    text = show([FOUND], [SOURCE], "text", Style(50))
    assert max(columns(line) for line in text.splitlines()) <= 50
    assert "of its own,\n       and is paid" in text


def test_a_plain_terminal_gets_ascii_marks_and_the_authors_own_signs() -> None:
    text = show([FOUND], [SOURCE], "text", Style(77, frames=False))
    assert set(filter(lambda c: not c.isascii(), text)) == {"£"}


def test_colour_is_only_on_the_severity() -> None:
    text = show([FOUND], [SOURCE], "text", Style(77, colour=True))
    assert text.startswith("\x1b[1;31merror\x1b[0m · unknown-name")
    assert text.count("\x1b") == 2


def test_concise_is_one_line() -> None:
    line = f"a/contract.outcome:2:30: error unknown-name: clause 2.1: {FOUND.message}\n"
    assert show([FOUND], [], "concise", Style()) == line


@pytest.mark.parametrize("form", FORMATS)
def test_our_sentences_end_and_are_written_as_people_write_them(form: str) -> None:
    said = "Nobody is paid for a Offence or a Year, and “a `Offence”; see `has`"
    found = attrs.evolve(FOUND, message=said, remedies=(Remedy("write `has … as “x”`"),))
    shown = show([found], [SOURCE], form, Style(200))
    text = shown.encode("ascii").decode("unicode_escape") if form.startswith("json") else shown
    assert "Nobody is paid for an Offence or a Year, and “a `Offence”; see “has”." in text
    assert form == "concise" or "write has … as “x”" in text


def test_json_has_every_field_of_the_text() -> None:
    whole = json.loads(show([FOUND], [], "json", Style()))
    assert whole["counts"] == {"error": 1, "warning": 0, "note": 0}
    (record,) = whole["diagnostics"]
    assert json.loads(show([FOUND], [], "jsonl", Style())) == record
    named = {a.name for a in attrs.fields(Diagnostic)} - {"span", "loophole"}
    assert named | {"path", "line", "column", "endLine", "endColumn"} == set(record)
    assert (record["line"], record["column"], record["endColumn"]) == (2, 30, 38)
    assert record["remedies"][0] == {"text": "write Authority", "effect": "the fee goes to the Authority"}


EVIL = "\x1b[2J\x1b]0;gone\x07\u202e\x9b31m\r\b\x00\ud800"


@pytest.mark.parametrize("form", FORMATS)
def test_escape_sequences_of_the_author_reach_no_terminal(form: str) -> None:
    source = Source(EVIL, f"{EVIL}\n" * 3)
    evil = attrs.evolve(
        FOUND, message=EVIL, label=EVIL, clause=EVIL, template=EVIL, details=(EVIL,), name=EVIL, code=EVIL,
        remedies=(Remedy(EVIL, EVIL),), related=((Span(EVIL, 1, 1, 1, 3), EVIL),), span=Span(EVIL, 2, 1, 2, 4),
    )  # fmt: skip
    shown = show([evil], [source], form, Style())
    assert not set(shown) & set("\x1b\x07\u202e\x9b\r\b\x00\ud800")


@given(st.text(), st.integers(0, 90), st.integers(1, 90), st.integers(0, 3), st.text(max_size=90), st.integers(20, 120))
def test_any_place_in_any_text_can_be_shown(
    text: str, column: int, length: int, more_lines: int, label: str, width: int
) -> None:
    span = Span("x", 1, column, 1 + more_lines, column + length)
    shown = show([attrs.evolve(FOUND, span=span, label=label)], [Source("x", text)], "text", Style(width))
    assert FOUND.name in shown


def test_a_long_line_is_shown_around_the_place() -> None:
    source = Source("x", "a " * 200 + "HERE " + "b " * 200)
    text = show([attrs.evolve(FOUND, span=Span("x", 1, 401, 1, 405))], [source], "text", Style(80))
    marked, mark = text.splitlines()[2:4]
    assert columns(marked) <= 80
    assert marked[mark.index("─") : mark.rindex("─") + 1] == "HERE"


@given(st.lists(st.text("ab中 ", min_size=1, max_size=12)), st.integers(10, 40))
def test_wrapping_keeps_every_word(words: list[str], width: int) -> None:
    text = " ".join(words)
    assert " ".join(line.strip() for line in wrapped(text, width, "  ")).split() == text.split()


def test_counting() -> None:
    warning = attrs.evolve(FOUND, severity=Severity.WARNING)
    assert counted([FOUND, FOUND, warning], 2) == "2 errors and 1 warning in 2 files."
    assert counted([warning], 1) == "1 warning in 1 file."


@pytest.mark.parametrize(
    ("bar", "severities", "fails"),
    [
        ("error", {"warning", "note"}, False), ("warning", {"warning"}, True), ("warning", {"note"}, False),
        ("note", {"note"}, True), ("never", {"error"}, False), ("note", set[str](), False), ("error", {"error"}, True),
    ],
)  # fmt: skip
def test_the_bar(bar: str, severities: set[str], fails: bool) -> None:
    findings = [attrs.evolve(FOUND, severity=Severity(severity)) for severity in severities]
    assert any(map(Run((), bar=bar).counts, findings)) is fails


def test_a_directory_is_every_contract_below_it_in_order(tmp_path: Path) -> None:
    for name in ("b/c.outcome", "a.outcome", ".hidden/d.outcome", "b/e.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [Path(p).relative_to(tmp_path).as_posix() for p in contracts(str(tmp_path))] == ["a.outcome", "b/c.outcome"]
