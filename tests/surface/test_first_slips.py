"""What somebody who has never written a contract in this language writes first, and what is said to it."""

from __future__ import annotations

import pytest

from outcomelang.diagnostic import Diagnostic
from outcomelang.source import Source
from outcomelang.surface import ast
from outcomelang.surface.from_text import parse

PAYS = "payment F: Council pays"


def only(text: str) -> Diagnostic:
    (diagnostic,) = parse(Source("x", text))[1]
    return diagnostic


def remedies(text: str) -> list[str]:
    return [remedy.text for remedy in only(text).remedies]


# ------------------------------------------------------------------------------------------------------------ names


@pytest.mark.parametrize("end", ["", " for each Session", " in each Quarter", " when A occurs"])
def test_two_names_that_touch_are_told_apart(end: str) -> None:
    diagnostic = only(f"{PAYS} Charity Session Price{end}")
    assert diagnostic.name == "names-that-touch"
    assert diagnostic.span.column == 25
    assert diagnostic.label == "between two names stands an article: Charity the Session Price"


def test_names_that_touch_are_parted_after_the_longest_name_of_the_file() -> None:
    diagnostic = only(f"provider Big Charity\n{PAYS} Big Charity Session Price for each Session")
    assert diagnostic.label.endswith("Big Charity the Session Price")
    assert [remedy.text for remedy in diagnostic.remedies] == [
        "pays Big Charity the Session Price",
        "pays Big Charity Session Price £1,200",
    ]


def test_a_name_that_the_file_declares_is_one_name() -> None:
    assert only(f"provider Big Charity\n{PAYS} Big Charity for each Session").name == "missing-amount"


def test_a_repayment_is_repaid() -> None:
    assert remedies("repayment F: Charity repays Council Session Price")[0] == "repays Council the Session Price"


def test_names_in_small_letters_are_rewritten_in_their_sentence() -> None:
    diagnostic = only("payment A: the council pays the charity £5")
    assert diagnostic.label == "names begin with capitals: the Council pays the Charity £5"
    assert diagnostic.message.endswith("“council” begins with a small letter.")
    assert diagnostic.details == ("“council” as a name is Council.", "“charity” as a name is Charity.")


def test_an_article_parts_names_in_small_letters() -> None:
    assert remedies("payment A: council pays charity the session price for each session") == [
        "Council pays Charity the Session Price for each Session"
    ]


# ------------------------------------------------------------------------------------------------------------ dates


@pytest.mark.parametrize(
    ("date", "meant"),
    [
        ("1st May 2029", ["1 May 2029"]),
        ("May 1, 2029", ["1 May 2029"]),
        ("may 1st 2029", ["1 May 2029"]),
        ("2 of Sept. 2029", ["2 September 2029"]),
        ("06/01/2011", ["6 January 2011", "1 June 2011"]),
        ("6.1.2011", ["6 January 2011", "1 June 2011"]),
        ("13/01/2011", ["13 January 2011"]),
        ("01/13/2011", ["13 January 2011"]),
        ("6/6/2011", ["6 June 2011"]),
        ("2011/06/01", ["1 June 2011"]),
        ("06/01/11", []),
        ("31/12/11", []),
        ("2011/13/01", []),
    ],
)
def test_the_authors_own_date_is_rewritten(date: str, meant: list[str]) -> None:
    diagnostic = only(f"claims up to and including {date}")
    assert diagnostic.name == "ambiguous-date"
    assert diagnostic.label == f"write it like {' or '.join(meant) or '1 June 2011'}"
    assert [remedy.text for remedy in diagnostic.remedies] == meant


def test_a_day_that_does_not_exist_is_no_remedy() -> None:
    assert only("claims up to and including 31st June 2011").message.endswith("the calendar has no “31 June 2011”.")
    assert remedies("claims up to and including 02/29/2011") == []


# ---------------------------------------------------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("six months", "6 months"),
        ("one month", "1 month"),
        ("nineteen days", "19 days"),
        ("ninety days", "90 days"),
        ("twenty-six weeks", "26 weeks"),
    ],
)
def test_numbers_are_written_in_digits(words: str, meant: str) -> None:
    diagnostic = only(f"outcome J of a Client, when Housed reaches {words}")
    assert diagnostic.name == "number-in-words"
    assert diagnostic.label == f"numbers are written in digits: {meant}"


def test_times_are_written_in_digits() -> None:
    assert remedies("outcome J of a Client, when A occurs, up to three times") == ["3 times"]


@pytest.mark.parametrize("end", ["", " for each Client", ', clause "2"', "\nvalue £5"])
def test_a_fraction_is_a_share_of_something(end: str) -> None:
    diagnostic = (
        only(f"{PAYS} Charity the Hours times 1/8{end}") if "Client" in end else only(f"define It as X times 1/8{end}")
    )
    assert diagnostic.label.startswith("write 1/8 of ")
    assert "“1/8”" in diagnostic.message


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        (f"{PAYS} Charity £5 per Client", "for each Client"),
        (f"{PAYS} Charity £500 per Quarter", "in each Quarter"),
        (f"period Spell is every 3 months from 1 May 2020\n{PAYS} Charity £500 per Spell", "in each Spell"),
        (f"{PAYS} Charity 50 pounds for each Client", "£50"),
        ("value 5,000 dollars", "$5,000"),
        ("limit all payments to 50 euros", "€50"),
        ("outcome J of a Client, when Job with Weekly Hours at least 16 occurs", "of at least 16"),
        ("outcome J of a Client, when Weekly Hours at least 16", "is at least 16"),
        ("cap all payments to £500", "limit"),
        ("provider Charity\ncap all payments to £500", "limit"),
        ("limit total payments to £500", "all"),
    ],
)
def test_what_was_probably_meant(text: str, remedy: str) -> None:
    assert remedies(text) == [remedy]


def test_the_place_in_the_agreement_comes_after_the_amount() -> None:
    diagnostic = only(f'{PAYS} Charity clause "2.1" £5 for each Client')
    assert diagnostic.label == 'clause "2.1" stands after the amount and what it is paid for'
    assert only(f'{PAYS} Charity £5 clause "2.1" for each Client').label == 'clause "2.1" stands after what “for” says'
    assert only('payment F clause "2.1": A pays B £5').label == 'clause "2.1" stands at the end of this clause'


def test_a_period_may_be_paid_in_advance() -> None:
    file, diagnostics = parse(Source("x", f"{PAYS} Charity £500 in each Quarter, in advance, when A occurs"))
    assert diagnostics == ()
    (payment,) = file.clauses
    assert isinstance(payment, ast.Payment)
    assert payment.spread == ast.InEach(ast.Term("Quarter"), in_advance=True)
    assert payment.when is not None


# ----------------------------------------------------------------------------------------------------------- shares


@pytest.mark.parametrize(
    ("quantity", "readings"),
    [
        ("30% of A plus B", ["(30% of A) plus B", "30% of (A plus B)"]),
        ("1/8 of the A less B", ["(1/8 of the A) less B", "1/8 of the (A less B)"]),
        ("the Fee Share of A plus B", ["(Fee Share of A) plus B", "Fee Share of (A plus B)"]),
        ("C less 30% of A plus B", ["C less (30% of A) plus B", "C less 30% of (A plus B)"]),
        ("30% of A times B plus C", ["(30% of A times B) plus C", "30% of (A times B plus C)"]),
        ("B times 30% of A plus C", ["(B times 30% of A) plus C", "B times 30% of (A plus C)"]),
        ("the lesser of 30% of A plus B and C", ["(30% of A) plus B", "30% of (A plus B)"]),
    ],
)
def test_a_share_of_a_sum_needs_brackets(quantity: str, readings: list[str]) -> None:
    diagnostic = only(f"define It as {quantity}")
    assert diagnostic.name == "share-without-brackets"
    assert [remedy.text for remedy in diagnostic.remedies] == readings


@pytest.mark.parametrize(
    "quantity",
    [
        "A less B plus C",
        "(30% of A) plus B",
        "30% of (A plus B)",
        "30% of (A plus B) plus C",
        "A plus 30% of B",
        "C plus (30% of A) plus B",
        "(C plus 30% of A) plus B",
        "30% of A times B",
        "(A times 30% of B) plus C",
        "30% of A plus 20% of B",
        "the excess of 30% of A over B",
    ],
)
def test_brackets_settle_what_a_share_is_taken_of(quantity: str) -> None:
    assert parse(Source("x", f"define It as {quantity}"))[1] == ()


def test_every_reading_that_is_offered_can_be_written() -> None:
    for text in remedies("define It as C less 30% of A plus B"):
        assert parse(Source("x", f"define It as {text}"))[1] == ()


def test_a_year_of_many_digits_is_no_day() -> None:
    assert only(f"claims up to and including 1/2/{'9' * 30}").span.line == 1
    assert only(f"claims up to and including 1 May {'9' * 30}").span.line == 1


# --------------------------------------------------------------------------------------------------------- pasted text


@pytest.mark.parametrize(
    ("before", "name", "label"),
    [
        ("• ", "unknown-character", "clauses have no bullet in front; leave it out"),
        ("3. ", "text-outside-clauses", "clauses have no number in front"),
        ("# Payments\n", "unknown-character", "what is no part of the agreement stands after two hyphens (--)"),
        ("— a note\n", "unknown-character", "some word processors make a dash of them"),
    ],
)
def test_what_stands_before_a_clause_costs_no_clause(before: str, name: str, label: str) -> None:
    file, (diagnostic,) = parse(Source("x", f"value £7\n{before}{PAYS} Charity £5 for each Session\ncurrency GBP"))
    assert (diagnostic.name, diagnostic.span.line) == (name, 2)
    assert label in diagnostic.label
    assert [type(clause).__name__ for clause in file.clauses] == ["Value", "Payment", "Currency"]


def test_a_character_that_nobody_sees_is_named_with_the_word_that_it_cuts() -> None:
    diagnostic = only("payment Fe\u200be: Council pays Charity £5 for each Session")
    assert diagnostic.message.endswith("a character that cannot be seen (U+200B) cuts “Fee” in two.")
    assert [remedy.text for remedy in diagnostic.remedies] == ["Fee"]


def test_a_point_for_thousands_is_asked_about() -> None:
    diagnostic = only(f"{PAYS} Charity £2.400 for each Session")
    assert [(remedy.text, remedy.effect) for remedy in diagnostic.remedies] == [
        ("£2,400", "thousands"),
        ("£2.4000", "parts of a penny"),
    ]


def test_a_misspelt_word_of_a_phrase_is_told_with_the_phrase() -> None:
    assert remedies("claims up to adn including 1 May 2029") == ["up to and including"]
    assert remedies("outcome J of a Client, when Hours is at lest 16") == ["at least"]


def test_a_misspelt_kind_of_value_is_read_on_as_the_one_meant() -> None:
    file, (diagnostic,) = parse(Source("x", "event Job is an outcome, recorded by A, has Hours as a numbr"))
    (event,) = file.clauses
    assert diagnostic.label == "did you mean “number”?"
    assert "number" in repr(event)
