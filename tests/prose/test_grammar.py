"""Agreement, articles and lists of the English reading, and what must not be read in two ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from outcomelang.compiler import compile_text
from outcomelang.core import ir
from outcomelang.prose import english
from outcomelang.prose.english import grammar
from outcomelang.prose.english.days import days_of
from outcomelang.prose.english.selections import select
from outcomelang.prose.layout import plain_text
from outcomelang.prose.points import Point
from outcomelang.prose.reading import read

HOMES = (Path(__file__).parents[2] / "tests/golden/bases/homes.outcome").read_text("utf-8")
CONTRACT = compile_text(HOMES, "homes.outcome").core


def said(*clauses: str) -> str:
    text = plain_text(read(compile_text(HOMES + "\n".join(clauses) + "\n", "homes.outcome").core))
    return " ".join(text.split())


@pytest.mark.parametrize(
    "name",
    [
        *("Baseline Reconvictions", "Points At Start", "Sessions Attended", "People Seen", "People Fewer", "Half-Days"),
        *("Incidents After", "Actual Days of Jail Fall", "Homes Kept", "Sessions Held", "Children", "Yearly Places"),
    ],
)
def test_a_name_in_the_plural_asks_for_are(name: str) -> None:
    assert grammar.plural(name)


@pytest.mark.parametrize(
    "name",
    [
        *("Success", "Success Rate", "Share In Care", "Missed Before", "Progress", "Wellbeing Sought", "Growth"),
        *("Falls And Bone", "Distance", "Radius Analysis", "Employed", "Police Officer"),
    ],
)
def test_a_name_in_the_singular_asks_for_is(name: str) -> None:
    assert not grammar.plural(name)


@pytest.mark.parametrize(
    ("thing", "with_article"),
    [
        ("Client", "a Client"), ("Offender", "an Offender"), ("Hour", "an Hour"), ("University", "a University"),
        ("HMRC Record", "an HMRC Record"), ("DWP Claim", "a DWP Claim"), ("One-Off Sum", "a One-Off Sum"),
        ("Used Place", "a Used Place"), ("Onset", "an Onset"), ("X-Ray", "an X-Ray"),
    ],
)  # fmt: skip
def test_the_article_follows_the_sound(thing: str, with_article: str) -> None:
    assert grammar.one(thing) == with_article


def test_items_end_as_their_places_ask() -> None:
    inner = Point("either of", (Point("one"), Point("two")))
    items = grammar.itemised((Point("first"), inner, Point("last")))
    assert [item.text for item in items] == ["first;", "either of:", "last."]
    assert [item.text for item in items[1].points] == ["one", "two; and"]
    assert [item.text for item in grammar.itemised((Point("a"), Point("b")), "")] == ["a;", "b."]


def test_the_marks_of_a_long_list_stay_of_one_kind() -> None:
    assert [english.letter(1, number) for number in (4, 9, 11, 19, 40)] == ["(iv)", "(ix)", "(xi)", "(xix)", "(xl)"]


def test_a_verb_agrees_with_what_is_compared() -> None:
    text = said(
        "define Offences Before of each Client as the number of Offences",
        "define Offence Rate as the proportion of Clients with an Offence",
        "outcome Many of a Client, when the Offences Before is at least 3, once",
        "outcome Few, when the Offence Rate is at most 20%, once",
    )
    assert "when the Offences Before are at least 3." in text
    assert "when the Offence Rate is at most 20%." in text


def test_a_single_attribute_stands_in_its_sentence() -> None:
    assert "A record of it gives Weekly Hours (a number)." in said()
    assert "A record of it gives: (a) Cost (an amount of money); and (b) Kind (a label)." in said()


def test_two_terms_do_not_meet_around_an_and() -> None:
    text = said(
        "outcome Home of a Client, when Moving In occurs, once",
        "outcome Both of a Client, when Job Start occurs and Home is achieved, once",
    )
    assert "when there is a record of Job Start, and Home is achieved." in text


def test_a_day_before_or_after_is_said_shortly() -> None:
    text = said("outcome Early of a Client, when Moving In occurs before 1 May 2026, once")
    assert "It must be achieved before 1 May 2026." in text


HOURS = ir.AttributeGiven("Weekly Hours")
KIND = ir.AttributeIs("Kind", ("a",))


def phrase(*tests: ir.Test, names: bool) -> str:
    scope = english.Scope(CONTRACT, names=names)
    text = select(ir.Select(ir.People("Client"), tests), scope)
    return " ".join([text, *(point.text for point in scope.below)])


@pytest.mark.parametrize("names", [True, False])
def test_it_is_clear_of_what_something_is_a_part(names: bool) -> None:
    """Clients with a job of given hours and of a kind: is that the client's kind, or the job's?"""
    job = ir.Rows("Job Start")
    inner = phrase(ir.Has(ir.Select(job, (HOURS, KIND))), names=names)
    outer = phrase(ir.Has(ir.Select(job, (HOURS,))), KIND, names=names)
    both = phrase(ir.Has(ir.Select(job)), HOURS, KIND, names=names)
    assert len({inner, outer, both}) == 3


def test_days_put_together_are_read_in_one_way() -> None:
    scope = english.Scope(CONTRACT, names=False)
    a, b, c = ir.InState("Housed"), ir.InState("Employment"), ir.NotDays(ir.InState("Housed"))
    assert days_of(ir.AllDays((ir.AnyDays((a, b)), c)), scope) != days_of(ir.AnyDays((a, ir.AllDays((b, c)))), scope)


def test_conditions_within_conditions_are_read_in_one_way() -> None:
    a, b, c = (ir.Item(ir.Achieved(name)) for name in ("Home", "Job", "Peace"))

    def whole(first: ir.Item, second: ir.Item, least: int | None) -> Point:
        return english.condition(ir.AtLeast((first, second), least), english.Scope(CONTRACT))

    inner_or, inner_and = ir.Item(ir.AtLeast((b, c), 1)), ir.Item(ir.AtLeast((a, b), None))
    assert whole(a, inner_or, None) != whole(inner_and, c, 1)
    assert whole(a, inner_or, None).points
