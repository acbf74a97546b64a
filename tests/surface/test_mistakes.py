"""One mistake, one message, at its own place, in words a solicitor knows; what is right beside it is still read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from outcomelang.diagnostic import Diagnostic
from outcomelang.source import Source
from outcomelang.surface import ast
from outcomelang.surface.catalogue import MISTAKES, Mistake
from outcomelang.surface.from_text import LONGEST, MOST_SHOWN, comments, parse

BROKEN = Path(__file__).parent / "drafts" / "broken.outcome"
COMPILER_WORDS = re.compile(
    r"\b(token|expression|invalid|syntax|pars\w+|null|terminal|grammar|unexpected)\b", re.IGNORECASE
)


def found(text: str) -> tuple[Diagnostic, ...]:
    return parse(Source("x", text))[1]


def only(text: str) -> Diagnostic:
    (diagnostic,) = found(text)
    return diagnostic


def test_thirteen_planted_mistakes_give_one_message_each_at_their_own_line() -> None:
    """The thirteenth (line 10, `reaches 26 in total`) is well formed; only a unit is missing."""
    file, diagnostics = parse(Source("broken.outcome", BROKEN.read_text(encoding="utf-8")))
    assert [d.span.line for d in diagnostics] == [2, 5, 6, 8, 9, 11, 12, 13, 14, 15, 16, 17]
    names = [d.name for d in diagnostics]
    assert names == [
        "unclosed-text",
        "not-understood",
        "not-understood",
        "unknown-word",
        "unknown-word",
        "and-or-mixed",
        "missing-colon",
        "missing-amount",
        "malformed-number",
        "name-in-small-letters",
        "unknown-word",
        "not-understood",
    ]
    assert [d.label for d in diagnostics if "did you mean" in d.label] == [
        "did you mean “selected”?",
        "did you mean “verified”?",
        "did you mean “ending”?",
        "did you mean “outcome”?",
        "did you mean “in each”?",
    ]
    titles = [type(clause).__name__ for clause in file.clauses]
    assert titles == ["Header", "Party", "Currency", "Event", "Event", "State", "Outcome", "Outcome", "Example"]
    assert {term.text for term in file.unread} >= {"DWP", "Jobseeker", "Good Thing", "Attachment Fee", "Job Fee"}


def test_every_message_is_in_plain_words_with_the_clause_as_it_is_written() -> None:
    for mistake in MISTAKES:
        for diagnostic in found(mistake.avoid):
            words = " ".join([diagnostic.message, diagnostic.label, *diagnostic.details])
            assert not COMPILER_WORDS.search(words), words
            assert "not read" in diagnostic.message
            assert re.fullmatch(r"OL\d{3}", diagnostic.code)
            assert re.fullmatch(r"[a-z]+(-[a-z]+)*", diagnostic.name)
    assert only("payment Fee: DWP pays Prime").template.startswith("payment NAME: PAYER pays PAYEE AMOUNT")


@pytest.mark.parametrize(
    "mistake", [m for m in MISTAKES if m.name not in ("file-too-long", "too-many-mistakes")], ids=lambda m: m.name
)
def test_a_mistake_of_the_catalogue(mistake: Mistake) -> None:
    diagnostic = only(mistake.avoid)
    assert (diagnostic.code, diagnostic.name) == (mistake.code, mistake.name)
    assert found(mistake.prefer) == ()


def test_codes_and_names_are_given_once() -> None:
    assert len({m.code for m in MISTAKES}) == len({m.name for m in MISTAKES}) == len(MISTAKES)


def test_a_file_that_is_too_long_is_refused_at_once() -> None:
    assert only("x" * (LONGEST + 1)).name == "file-too-long"


@pytest.mark.parametrize("before", ["", "currency GBP\n"])
@pytest.mark.parametrize(
    "wrong",
    [
        "paymnt Fee\n",
        "Payment Fee: A pays B £5\n",
        "payment Fee: A pays B £1,1\n",
        "claims up to and including 31 February 2020\n",
    ],
)
@pytest.mark.parametrize(("more", "says"), [(1, "1 more clause is not read"), (50, "50 more clauses are not read")])
def test_hundreds_of_mistakes_are_counted_not_shown(before: str, wrong: str, more: int, says: str) -> None:
    diagnostics = found(before + wrong * (MOST_SHOWN + more))
    assert len(diagnostics) == MOST_SHOWN + 1
    assert diagnostics[-1].name == "too-many-mistakes"
    assert diagnostics[-1].message == f"{says}: only the first {MOST_SHOWN} mistakes are shown."
    assert len(found(before + wrong * MOST_SHOWN)) == MOST_SHOWN


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("claims up to and including 6/1/2011", "ambiguous-date", "write it like 6 January 2011 or 1 June 2011"),
        ("claims up to and including June 1, 2011", "ambiguous-date", "write it like 1 June 2011"),
        ("claims up to and including 1st June 2011", "ambiguous-date", "write it like 1 June 2011"),
        ("claims up to and including 1 june 2011", "ambiguous-date", "write it like 1 June 2011"),
        ("claims up to and including 1 Jun 2011", "ambiguous-date", "write it like 1 June 2011"),
        ("claims up to and including 01.06.2011", "ambiguous-date", "write it like 1 June 2011 or 6 January 2011"),
        ("claims up to and including 2011-02-29", "no-such-day", "write a day that exists"),
        ("claims up to and including 29 February 2011", "no-such-day", "write a day that exists"),
        ("value £1,00,000", "malformed-number", "commas set off groups of three"),
        ("value £3k", "malformed-number", "a blank stands between"),
        ("define It as 26weeks", "malformed-number", "a blank stands between"),
        ("define It as 12:30", "malformed-number", "times of day are not used"),
        ("define It as 1/0", "malformed-number", "write it like"),
        ("define It as 5 + 3", "unknown-character", "nothing is written with this character"),
        ("purpose “x", "unclosed-text", "a quotation mark is missing"),
        ("currency Pounds", "not-understood", "write a currency such as GBP here"),
        ("joint A B 80%", "missing-colon", "write a colon after the name"),
        ("repayment Back: A repays B for each Job", "missing-amount", "write the amount"),
        ("term beginning on 1 June 2011", "unfinished-clause", "“and” is missing after this"),
        ("outcome Job, if A occurs", "unknown-word", "did you mean “when”?"),
        ("assume A is over 5", "not-understood", "did you mean “above”?"),
        ("Payment Fee: A pays B £5", "text-outside-clauses", "write “payment”"),
        ("payment Fee: A pays B £5 each Year", "not-understood", "did you mean “in each”?"),
        ("hello World", "text-outside-clauses", "a clause begins with"),
        ('exampel "x" given 5 A expect total £5', "unknown-word", "did you mean “example”?"),
    ],
)
def test_a_slip_is_named(text: str, name: str, label: str) -> None:
    diagnostic = only(text)
    assert diagnostic.name == name, diagnostic
    assert label in diagnostic.label, diagnostic


def test_a_name_over_a_small_word_is_guessed() -> None:
    diagnostic = only("payment Fee: A pays B £5 for each Return to Work")
    assert "If “Return to Work” is one name" in diagnostic.details[0]
    assert "Level-2" in only("payment Fee: A pays B £5 for each Level 2").details[0]


@pytest.mark.parametrize("before", ["", "provider Prime\n", 'purpose "x"\n', "payment F: A pays B £5 for each Job\n"])
@pytest.mark.parametrize("word", ["Payment", "PAYMENT"])
def test_a_clause_word_with_a_capital_is_its_own_mistake_and_the_clause_is_read_on(before: str, word: str) -> None:
    file, (diagnostic,) = parse(Source("x", f"{before}{word} G: A pays B £5\nvalue £7"))
    assert diagnostic.span.line == before.count("\n") + 1
    assert diagnostic.span.column == 1
    assert diagnostic.message == f"The payment “G” is not read: “{word}” is taken for a name."
    assert diagnostic.label == "write “payment”: clause words are written small"
    assert [type(clause).__name__ for clause in file.clauses][-2:] == ["Payment", "Value"]
    assert len(file.clauses) == before.count("\n") + 2


def test_each_clause_word_with_a_capital_is_told() -> None:
    text = "Participant P, joins on Start, once\nEvent Start is an input\nCurrency GBP\nTerm beginning on 1 May 2020"
    assert [(d.span.line, d.span.column, d.name) for d in found(text)] == [
        (1, 1, "text-outside-clauses"),
        (2, 1, "text-outside-clauses"),
        (3, 1, "text-outside-clauses"),
        (4, 1, "text-outside-clauses"),
        (4, 19, "unfinished-clause"),
    ]


def test_a_name_may_begin_a_line_with_a_clause_word() -> None:
    assert found("payment Fee: A pays B £5 for each\nPayment Group") == ()
    diagnostic = only("payment Fee: A pays B £5 for each\nPayment Group, banana")
    assert (diagnostic.span.line, diagnostic.name) == (2, "unknown-word")


def test_a_name_in_small_letters_is_found_among_the_files_names() -> None:
    text = "outcome Back-To-Work of a Person, when A occurs\npayment Fee: A pays B £5 for each back to work"
    assert only(text).label == "names begin with capitals: Back-To-Work"


def test_a_misspelt_first_word_begins_a_clause_of_its_own() -> None:
    text = 'purpose "x"\npaymnt Fee: A pays B £5\nlimt all payments to £6\nvalue £7'
    file, diagnostics = parse(Source("x", text))
    assert [(d.span.line, d.label) for d in diagnostics] == [
        (2, "did you mean “payment”?"),
        (3, "did you mean “limit”?"),
    ]
    assert [type(clause).__name__ for clause in file.clauses] == ["Purpose", "Payment", "Limit", "Value"]


def test_a_forgotten_end_does_not_swallow_the_next_clause() -> None:
    file, diagnostics = parse(Source("x", "payment Fee: A pays B £5 for each\nvalue £7"))
    assert [d.name for d in diagnostics] == ["unfinished-clause"]
    assert [type(clause).__name__ for clause in file.clauses] == ["Value"]


def test_first_words_of_clauses_inside_clauses_do_not_cut() -> None:
    text = """event Job is an outcome, recorded by A
payment Fee: A pays B £5 for each outcome in the Plan
insert payment Fee: A pays B £5
delete the limit on all payments
change the limit on Fee to £6
joins commissioner A
guarantee Floor: A guarantees 5 Jobs; each pays B £1 for each Job short"""
    for layout in (text, text.replace("\n", " "), re.sub(r"\s+", "\n", text)):
        file, diagnostics = parse(Source("x", layout))
        assert diagnostics == ()
        assert [type(c).__name__ for c in file.clauses] == [
            "Event",
            "Payment",
            "Insert",
            "Delete",
            "ChangeTo",
            "Joins",
            "Guarantee",
        ]


def test_a_broken_inserted_clause_shows_its_own_template() -> None:
    assert only("insert payment Fee A pays B £5").template.startswith("payment NAME")


def test_comments_are_kept_aside() -> None:
    source = Source("x", '-- one\npurpose "-- not this" -- two')
    assert [comment.text for comment in comments(source)] == ["-- one", "-- two"]
    assert parse(source)[0].clauses == (ast.Purpose(ast.Text("-- not this")),)


@pytest.mark.parametrize("text", ["", "\ufeff", "  \r\n", "-- only this", "the"])
def test_a_file_that_says_nothing_is_one_finding(text: str) -> None:
    file, (diagnostic,) = parse(Source("x", text))
    assert file == ast.File("x", ())
    assert (diagnostic.name, diagnostic.span.line) == ("empty-file", 1)
    assert diagnostic.remedies[0].text == "outcomelang new"


HABITS = [
    ("outcome X of a Person, when Work reaches 13 weeks and 26 weeks in total, each once", "13 and 26 weeks"),
    ("outcome X of a Person, when Job with Hours of 16 or more occurs, once", "at least 16"),
    ("outcome X of a Person, when Job with Hours ≥ 16 occurs, once", "at least 16"),
    ("outcome X of a Person, when Job with Hours of <= 16 occurs, once", "at most 16"),
    (
        "outcome X of a Person, when Offence does not occur in the 12 months after 1 April 2025, once",
        "no Offence occurs",
    ),
    ("limit all payments to £400; pro rata; the excess is not paid", "in proportion"),
    ('example "One"\n  given Person A\n    1 May 2025 Job\n  expect total nothing', 'Person "A"'),
    ('example "One"\n  given Person "A"\n    1 May 2025 Job, Kind long\n  expect total nothing', '"long"'),
]


@pytest.mark.parametrize(("text", "meant"), HABITS, ids=lambda each: each)
def test_habits_of_other_contracts_are_met_with_the_words_for_them(text: str, meant: str) -> None:
    told = only(text)
    assert told.label == f"did you mean “{meant}”?"
    assert [remedy.text for remedy in told.remedies] == [meant]


def test_a_limit_on_something_is_read_as_a_limit() -> None:
    told = only("limit on Job Fee of £400; earliest first; the excess is not paid")
    assert (told.message, told.label) == (
        "This limit is not read: “on” cannot stand here.",
        "write “limit Job Fee to £…”",
    )
