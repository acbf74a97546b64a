"""Every rule finds its loophole in one change to the clean contract, and nothing in a look-alike."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from outcomelang.compiler import compile_text
from outcomelang.core import ir
from outcomelang.diagnostic import ContractError
from outcomelang.loopholes import search
from outcomelang.loopholes.finding import Verdict
from outcomelang.loopholes.rule import Rule
from outcomelang.loopholes.rules import RULES

CLEAN = Path(search.__file__).with_name("clean.outcome").read_text(encoding="utf-8")
TODAY = date(2026, 1, 1)
BY_NAME = [pytest.param(rule, id=rule.name) for rule in RULES]
OF_MEANING = [pytest.param(rule, id=rule.name) for rule in RULES if not rule.diagnostics]


def changed(change: str) -> ir.Contract:
    text = f'contract "Changed" based on "clean.outcome"\n{change}\n'
    return compile_text(text, "changed.outcome", _read).core


def _read(path: str) -> str:
    if path != "clean.outcome":
        raise FileNotFoundError(2, "there is no other file", path)
    return CLEAN


def found(contract: ir.Contract) -> search.Report:
    report = search.find(contract, RULES, TODAY)
    assert [(fault.rule.name, fault.why) for fault in report.faults] == []
    return report


@cache
def of_the_bad(rule: Rule) -> search.Report:
    return found(changed(rule.bad))


def names(report: search.Report) -> set[str]:
    return {loophole.rule.name for loophole in report.loopholes}


def test_nothing_is_found_in_the_clean_contract() -> None:
    assert names(found(compile_text(CLEAN).core)) == set()


@pytest.mark.parametrize("rule", BY_NAME)
def test_one_change_adds_the_loophole_and_those_it_brings_along(rule: Rule) -> None:
    if rule.diagnostics:
        with pytest.raises(ContractError) as refused:
            changed(rule.bad)
        assert {each.code for each in refused.value.diagnostics} == set(rule.diagnostics)
    else:
        assert names(of_the_bad(rule)) == {rule.name, *rule.also}


@pytest.mark.parametrize("rule", BY_NAME)
def test_the_look_alike_is_silent(rule: Rule) -> None:
    assert names(found(changed(rule.good))) == set()


@pytest.mark.parametrize("rule", OF_MEANING)
def test_every_witness_pays_what_it_claims_and_others_have_an_argument(rule: Rule) -> None:
    for loophole in of_the_bad(rule).loopholes:
        finding = loophole.finding
        assert (finding.witness is not None) == (finding.verdict is Verdict.WITNESS)
        assert finding.argument or finding.witness
        assert finding.of and finding.message


def test_codes_and_names_are_those_of_one_rule_each_in_the_order_of_the_catalogue() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in RULES}) == len(RULES)
