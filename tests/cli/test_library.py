"""What `import outcomelang` offers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import attrs
import pytest

import outcomelang
from outcomelang import Contract, ContractError, LogError, Severity, UsageError, check, compile_contract, evaluate
from outcomelang.cli.new import STARTER
from outcomelang.resources import clean_text

LOG = "id,participant,event,date,source\nE1,A,Referral,2026-05-01,Council\nE2,A,Moving In,2026-06-01,Council\n"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    (tmp_path / "log.csv").write_text(LOG + "E3,A,Moving Out,2027-03-01,Council\n", "utf-8")
    return tmp_path / "log.csv"


def test_everything_that_is_exported_is_there() -> None:
    for name in outcomelang.__all__:
        assert getattr(outcomelang, name) is not None
    with pytest.raises(AttributeError, match="no “nothing_like_it”"):
        _ = outcomelang.nothing_like_it


def test_a_text_is_compiled_evaluated_and_read_back(log: Path) -> None:
    contract = compile_contract(STARTER)
    assert contract.title == "Homes that last"
    ledger = evaluate(contract, log)
    assert (ledger.total, ledger.digest) == (250_000, contract.digest)
    again = Contract.from_json(contract.to_json())
    assert again == contract
    assert again.digest == contract.digest
    assert evaluate(again, [str(log)]) == ledger


def test_a_path_and_its_text_are_one_contract(tmp_path: Path) -> None:
    (tmp_path / "a.outcome").write_text(STARTER, "utf-8")
    assert compile_contract(tmp_path / "a.outcome").digest == compile_contract(STARTER).digest
    assert compile_contract(str(tmp_path / "a.outcome")) == compile_contract(STARTER)


def test_examples_can_be_run() -> None:
    assert [result.passed for result in compile_contract(STARTER).run_examples()] == [True]


def test_findings_are_values() -> None:
    assert check(clean_text()) == check(compile_contract(clean_text())) == ()
    found = check(STARTER.replace("pays Charity", "pays Charitee"))
    assert found
    assert found[0].severity is Severity.ERROR


def test_an_account_has_a_day(log: Path) -> None:
    assert evaluate(compile_contract(STARTER), log, as_of=date(2026, 10, 1)).total == 0


def test_mistakes_are_exceptions_with_diagnostics(log: Path) -> None:
    with pytest.raises(ContractError) as caught:
        compile_contract(STARTER.replace("pays Charity", "pays Charitee"))
    assert caught.value.diagnostics
    log.write_text("id\n", "utf-8")
    with pytest.raises(LogError):
        evaluate(compile_contract(STARTER), log)
    with pytest.raises(UsageError):
        Contract.from_json("{}")


def test_values_are_frozen() -> None:
    contract = compile_contract(STARTER)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        contract.core = contract.core  # type: ignore[misc]
    assert hash(contract) == hash(compile_contract(STARTER))
