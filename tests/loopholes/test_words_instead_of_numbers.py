"""words-instead-of-numbers: which words decide, and what answers for them."""

from __future__ import annotations

import pytest

from outcomelang.diagnostic import Severity
from outcomelang.loopholes.judging import Asks, asks

from .test_rules import changed, found

NAME = "words-instead-of-numbers"


@pytest.mark.parametrize(
    ("text", "left_open"),
    [
        ("Significantly Better Behaviour", Asks.DEGREE),
        ("suitable accommodation", Asks.DEGREE),
        ("feels safe", Asks.DEGREE),
        ("job sustained", Asks.LASTING),
        ("attitude", Asks.QUALITY),
        ("behaviour at school", Asks.QUALITY),
        ("Goals Met", Asks.QUALITY),
        ("employment sustained 26 weeks", None),
        ("Behaviour Incident", None),
        ("Goals Scored", None),
        ("attendance", None),
        ("level 1", None),
        ("Jobs For Life Course", None),
    ],
)
def test_words_that_leave_something_open(text: str, left_open: Asks | None) -> None:
    assert asks(text) is left_open


def _contract(event: str, condition: str, name: str = "Better Place", price: str = "£1,000") -> str:
    return (
        f"insert event {event} of a Jobseeker is an outcome, recorded by HMRC, more is better,\n"
        "  has Kind as a label, Score as a number and Weeks Held as a number\n"
        f"insert outcome {name} of a Jobseeker\n  when {condition}\n  once\n"
        f"insert payment Place Fee: Council pays the Provider {price} for each {name}\n"
    )


def _found(change: str) -> dict[str, Severity]:
    loopholes = found(changed(change)).loopholes
    return {each.finding.of[-1]: each.severity for each in loopholes if each.rule.name == NAME}


def test_a_label_decides() -> None:
    said = _found(_contract("Letter", 'a Letter with Kind "attitude" occurs', "Letter Had"))
    assert said == {"attitude": Severity.WARNING}


def test_a_tenth_of_the_price_of_a_person_is_only_noted() -> None:
    label = 'a Letter with Kind "attitude" occurs'
    assert _found(_contract("Letter", label, "Letter Had", "£300")) == {"attitude": Severity.NOTE}
    assert _found(_contract("Letter", label, "Letter Had", "£400")) == {"attitude": Severity.WARNING}


def test_how_long_it_held_says_nothing_of_how_much_better_it_was() -> None:
    held = 'a Letter with Kind "{}" with Weeks Held of at least 13 occurs'
    assert _found(_contract("Letter", held.format("attitude"), "Letter Had")) == {"attitude": Severity.WARNING}
    assert not _found(_contract("Letter", held.format("job sustained"), "Letter Had"))


def test_a_score_of_the_same_row_is_a_number() -> None:
    scored = 'a Letter with Kind "attitude" with Score of at least 60 occurs'
    assert not _found(_contract("Letter", scored, "Letter Had"))


def test_a_length_answers_for_what_lasts() -> None:
    event = "Stable Home"
    assert _found(_contract(event, "a Stable Home occurs", "Home Had")) == {event: Severity.WARNING}
    state = "insert state Home Held beginning on Stable Home and ending on Job End, more is better\n"
    held = state + _contract(event, "Home Held reaches 13 weeks in total", "Home Had")
    assert not _found(held)


def test_a_word_in_the_name_of_an_outcome_alone_is_noted_and_a_number_answers_for_it() -> None:
    assert _found(_contract("Letter", "a Letter occurs")) == {"Better Place": Severity.NOTE}
    assert not _found(_contract("Letter", "the number of Letters is at least 3"))
    assert not _found(_contract("Letter", "no Complaint occurs in the 6 months after Referral"))


def test_a_payment_for_rows_is_looked_at_as_well() -> None:
    event = (
        "insert event Suitable Move of a Jobseeker is an outcome, recorded by HMRC, more is better\n"
        "insert payment Move Fee: Council pays the Provider £1,000 for each Suitable Move\n"
    )
    assert _found(event) == {"Suitable Move": Severity.WARNING}


def test_what_is_only_watched_may_be_judged() -> None:
    event = _contract("Suitable Move", "a Suitable Move occurs").split("insert payment")[0]
    assert not _found(event.replace("  once\n", "  once\n  monitor only\n"))
