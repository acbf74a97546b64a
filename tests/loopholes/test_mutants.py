"""Of changes to contracts that do harm, how many are seen; `python tests/loopholes/mutants.py` makes all of them."""

from __future__ import annotations

import pytest
from attrs import evolve

from outcomelang.compiler import compile_path
from outcomelang.core import ir
from outcomelang.loopholes.study import Study

from .mutants import CLEAN, Mutant, can_cost_more, does_harm, enough, measured, mutants, page, paths, swapped


def _clean() -> ir.Contract:
    return compile_path(str(CLEAN)).core


def test_one_node_is_changed_and_nothing_else() -> None:
    contract = _clean()
    event = contract.events[0]
    changed = swapped(contract, event, evolve(event, kind="activity"))
    assert isinstance(changed, ir.Contract)
    assert [each.kind for each in changed.events] == ["activity", *(each.kind for each in contract.events[1:])]
    assert evolve(changed, events=contract.events) == contract
    assert swapped(contract, event, event) is contract


def test_the_same_contract_does_no_harm() -> None:
    contract = _clean()
    assert not does_harm(Study(contract), Study(contract), Mutant("nothing is changed", "", contract))


def test_without_a_number_of_people_more_can_be_due() -> None:
    contract = _clean()
    (open_ended,) = [each for each in mutants(contract) if each.kind == "“up to” is dropped"]
    assert can_cost_more(Study(contract), Study(open_ended.contract))
    assert not can_cost_more(Study(open_ended.contract), Study(contract))


def test_a_harmful_change_is_seen_by_the_finding_it_adds() -> None:
    found = {each.kind: each for each in measured(CLEAN)}
    assert found["“up to” is dropped"].seen_by == ("liability-without-limit: Job Payment",)


def test_half_of_a_length_is_another_price_and_no_bound_is_a_loophole() -> None:
    found = {each.kind: each for each in measured(CLEAN)}
    assert found["a threshold is moved"].harmful
    assert found["a threshold is moved"].catalogued == ""
    assert found["“up to” is dropped"].catalogued == "nothing bounds what can be due (OC13)"


@pytest.mark.slow
def test_four_in_five_planted_loopholes_are_seen() -> None:
    """In every second contract; `mutants.py` goes through all of them and holds them to the same."""
    results = [each for path in paths()[::2] for each in measured(path)]
    assert enough(results, harmful=45, loopholes=20), page(results)
