"""On generated contracts and logs the formulas give what the evaluator pays; what they leave out is named."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from outcomelang import ContractError, LogError, compile_contract
from outcomelang.core import ir
from outcomelang.evaluation.log import read_log
from outcomelang.formula.deriving import formulas
from outcomelang.substitution.agreement import substituted

from .generated import contract, events
from .test_agreement import disagreements

SEEDS = range(120)
FEWEST = 0.4
LOGS = 3


def compiled(seed: int) -> ir.Contract | None:
    try:
        return compile_contract(contract(random.Random(seed))).core
    except ContractError:
        return None


@pytest.mark.parametrize("seed", SEEDS)
def test_a_generated_contract_agrees_on_generated_logs(seed: int, tmp_path: Path) -> None:
    core = compiled(seed)
    if core is None:
        return
    of = formulas(core)
    named = {name for each in of.without for name in each.payments}
    assert {each.name for each in of.payments if each.due is None} <= named
    for log in range(LOGS):
        path = tmp_path / f"{log}.csv"
        path.write_text(events(random.Random(f"{seed} {log}")), "utf-8")
        try:
            found = read_log(core, (path,))
        except LogError:
            continue
        assert disagreements(substituted(of, found)) == [], (
            f"{contract(random.Random(seed))}\n{path.read_text('utf-8')}"
        )


def test_enough_of_what_is_generated_is_sound() -> None:
    sound = [seed for seed in SEEDS if compiled(seed) is not None]
    assert len(sound) >= FEWEST * len(SEEDS)
