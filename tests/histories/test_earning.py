"""A history in which each payment is due can be made from the contract alone, and its written log pays the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from outcomelang.compiler import compile_path
from outcomelang.histories.earning import Earning
from outcomelang.histories.history import History
from outcomelang.histories.paid import Payer, replayed
from outcomelang.histories.shrinking import smallest

CONTRACTS = sorted(Path(__file__).parents[2].glob("contracts/*/contract.outcome"))
NOT_FOUND = {
    # Progress that is more than nothing and less than the whole of the outcome it is a part of.
    "drug-and-alcohol-recovery": {"Progress Fee"},
}


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.parent.name)
def test_every_payment_of_every_contract_is_brought_about(path: Path) -> None:
    contract = compile_path(path).core
    earning = Earning(contract)
    missed = {flow.name for flow in contract.flows if earning.earned(flow) is None}
    assert missed == NOT_FOUND.get(path.parent.name, set())


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.parent.name)
def test_the_written_log_of_a_history_pays_what_the_history_pays(path: Path) -> None:
    contract = compile_path(path).core
    earning = Earning(contract)
    earned = [found for flow in contract.flows if (found := earning.earned(flow)) is not None]
    assert [replayed(contract, each.history) for each in earned] == [each.paid.total for each in earned]


def test_what_is_left_of_a_shrunk_history_is_needed() -> None:
    contract = compile_path(next(path for path in CONTRACTS if path.parent.name == "work-programme")).core
    pay = Payer(contract)
    flow = next(flow for flow in contract.flows if flow.name == "Job Outcome Fee")
    earned = Earning(contract, pay).earned(flow)
    assert earned is not None

    def still(history: History) -> bool:
        return bool(pay(history).of(flow.name))

    left = smallest(earned.history, still)
    assert still(left)
    assert not any(still(left.without(fact)) for fact in left.happened)
