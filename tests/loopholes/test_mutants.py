"""Of changes to contracts that do harm, how many are seen (`python tests/loopholes/mutants.py` prints the table)."""

from __future__ import annotations

import pytest
from attrs import evolve

from outcomelang.compiler import compile_path
from outcomelang.core import ir
from outcomelang.loopholes.study import Study

from .mutants import CLEAN, Mutant, can_cost_more, does_harm, measured, mutants, page, paths, swapped


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


@pytest.mark.slow
def test_two_in_five_harmful_changes_are_seen() -> None:
    results = [each for path in paths() for each in measured(path)]
    harmful = [each for each in results if each.harmful]
    seen = [each for each in harmful if each.seen_by]
    assert len(harmful) >= 90, page(results)
    assert len(seen) * 5 >= len(harmful) * 2, page(results)
