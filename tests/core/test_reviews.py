"""The review beside a contract: read with it, no part of the agreement, and carried on only when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from outcomelang.api import compile_contract
from outcomelang.compiler import Compiled, compile_path, compile_text
from outcomelang.core.artefact import digest, from_json, to_json
from outcomelang.core.diagnostics import GROUND
from outcomelang.core.invariants import broken
from outcomelang.core.review import agreement, of_review
from outcomelang.diagnostic import ContractError, UsageError
from outcomelang.evaluation.event_log import EventLog
from outcomelang.evaluation.reference import evaluate

REVIEW = """\
-- Ours alone.
accept uncapped-liability because "few are referred" until 31 March 2026
assume for each Client: at most 3 Reviews
cost £450 for each Client
benefit £900 for each Job to the Council
"""
VARIANT = 'contract "Variant" based on "ground.outcome"\nchange Job Fee to £2,000\n'


def made(text: str, files: Mapping[str, str], review: str | None = None) -> Compiled:
    def load(path: str) -> str:
        if path not in files:
            raise FileNotFoundError(path)
        return files[path]

    found = compile_text(text, "variant.outcome", load, review)
    assert broken(found.core) == ()
    return found


def test_no_review_changes_the_digest_or_what_is_due() -> None:
    alone, weighed = compile_text(GROUND).core, compile_text(GROUND, review=REVIEW).core
    assert digest(weighed) == digest(alone) == digest(compile_text(GROUND + REVIEW).core)
    log = EventLog((), [], [], 0, (), False)
    assert evaluate(weighed, log) == evaluate(alone, log)
    assert weighed != alone == agreement(weighed)


def test_the_artefact_holds_a_review_only_when_asked_for() -> None:
    contract = compile_contract(GROUND, review=REVIEW)
    handed_on, kept = from_json(contract.to_json()), from_json(contract.to_json(review=True))
    assert handed_on == compile_text(GROUND).core and "few are referred" not in contract.to_json()
    assert kept == contract.core
    assert agreement(kept) == handed_on


def test_what_stands_in_the_contract_itself_is_handed_on() -> None:
    core = compile_text(GROUND + REVIEW).core
    assert from_json(to_json(core)) == core
    assert not any(map(of_review, (*core.acceptances, *core.assumptions, *core.costs, *core.benefits)))


def test_a_variant_has_the_review_of_its_base_and_its_own() -> None:
    files = {"ground.outcome": GROUND, "ground.review": REVIEW}
    compiled = made(VARIANT, files, "cost £10 for each Review\n")
    assert [cost.amount for cost in compiled.core.costs] == [45_000, 1_000]
    assert [cost.origin.path for cost in compiled.core.costs] == ["ground.review", "variant.review"]
    assert [source.path for source in compiled.sources] == [
        "variant.outcome",
        "variant.review",
        "ground.outcome",
        "ground.review",
    ]


def test_a_review_speaks_of_an_amended_contract_as_signed() -> None:
    amended = GROUND + "amendment 1 effective 1 April 2026\nchange Job Fee to £1,200\n"
    core = compile_text(amended, review=REVIEW).core
    assert len(core.versions) == 2
    assert (len(core.assumptions), len(core.costs)) == (1, 1)


def test_mistakes_of_both_files_are_told_in_one_run() -> None:
    with pytest.raises(ContractError) as caught:
        compile_text(GROUND + "payment Fee: the Council pays Nobody £1 for each Job\n", review="cost £1 for each Jop")
    assert [(found.span.path, found.span.line) for found in caught.value.diagnostics] == [
        ("contract.outcome", GROUND.count("\n") + 1),
        ("contract.review", 1),
    ]


@pytest.mark.parametrize("review", ["", "-- nothing yet\n"])
def test_a_review_may_say_nothing(review: str) -> None:
    assert compile_text(GROUND, review=review).notes == ()


def test_the_review_is_found_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "contract.outcome").write_text(GROUND, "utf-8")
    (tmp_path / "contract.review").write_text(REVIEW, "utf-8")
    assert len(compile_path(tmp_path / "contract.outcome").core.costs) == 1
    assert compile_contract(tmp_path / "contract.outcome", review="").core.costs == ()
    with pytest.raises(UsageError, match=r"it is a review; name .*contract\.outcome"):
        compile_path(tmp_path / "contract.review")


def test_a_review_that_is_no_text_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "contract.outcome").write_text(GROUND, "utf-8")
    (tmp_path / "contract.review").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(UsageError, match=r"contract\.review"):
        compile_path(tmp_path / "contract.outcome")
