"""Singular and plural are one name; the nearest names are offered."""

from __future__ import annotations

import pytest

from outcomelang.core.ir import Unit
from outcomelang.core.scope import Scope, Sort, plural_of, singulars_of
from outcomelang.source import NOWHERE


def scope_of(*names: str, **irregular: str) -> Scope:
    scope = Scope()
    for name in names:
        assert scope.declare(name, None, Sort.EVENT, NOWHERE) is None
    for name, other in irregular.items():
        assert scope.declare(name, other, Sort.POPULATION, NOWHERE) is None
    return scope


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("Family", "Families"),
        ("Success", "Successes"),
        ("Job Outcome", "Job Outcomes"),
        ("School Day", "School Days"),
        ("Tax", "Taxes"),
        ("Church", "Churches"),
        ("Wish", "Wishes"),
    ],
)
def test_regular_plurals_are_understood_both_ways(one: str, many: str) -> None:
    assert plural_of(one) == many
    assert one in singulars_of(many)
    for declared, used in ((one, many), (many, one)):
        symbol = scope_of(declared).find(used)
        assert symbol is not None and symbol.name == declared


def test_a_middle_word_changes_as_declared() -> None:
    scope = scope_of(Outcome="Outcomes", Child="Children")
    assert scope.declare("Outcome Verified", "Outcomes Verified", Sort.EVENT, NOWHERE) is None
    for used in ("Outcome Verified", "Outcomes Verified"):
        assert scope.find(used) is not None
    assert scope.find("Children") is scope.find("Child")
    assert scope.find("Childs") is scope.find("Child")


def test_a_name_that_ends_in_ss_is_no_plural() -> None:
    assert singulars_of("Success") == ()
    assert scope_of("Success").find("Succes") is None


def test_a_declared_name_goes_before_the_plural_of_another() -> None:
    scope = scope_of("Benefits")
    assert scope.declare("Benefit Claim", None, Sort.EVENT, NOWHERE) is None
    found = scope.find("Benefits")
    assert found is not None and found.name == "Benefits"


def test_white_space_and_the_shape_of_an_apostrophe_do_not_matter() -> None:
    scope = scope_of("Children’s  Services")
    assert scope.find("Children's Services") is not None


def test_the_plural_of_another_name_is_taken() -> None:
    scope = scope_of("Arrest")
    taken = scope.declare("Arrests", None, Sort.MEASURE, NOWHERE)
    assert taken is not None and taken.name == "Arrest"


def test_near_names_are_offered_the_wanted_sort_first() -> None:
    scope = scope_of("Job Start", "Job End", "Referral")
    assert scope.nearest("Job Strat")[0] == "Job Start"
    assert scope.nearest("Jobs Start") == ("Job Start",)
    assert scope.nearest("Zebra") == ()


def test_attributes_belong_to_their_event() -> None:
    scope = scope_of("Job Start", "Referral")
    assert scope.declare_attribute("Job Start", "Weekly Hour", Unit.NUMBER, NOWHERE) is None
    assert scope.attribute("Job Start", "Weekly Hours") is not None
    assert scope.attribute("Referral", "Weekly Hours") is None
    assert len(scope.attributes_called("Weekly Hour")) == 1
    assert scope.declare_attribute("Job Start", "Weekly Hour", Unit.NUMBER, NOWHERE) is not None
