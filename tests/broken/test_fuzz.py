"""Text that nobody wrote ends in a contract or in findings, for no more than a few sound contracts would cost.

Times are compared with those of sound contracts in the same run. The long run is `python tests/fuzz.py SECONDS`.
"""

from __future__ import annotations

import importlib.util
import time
from pathlib import Path
from random import Random

import pytest

from outcomelang.compiler import compile_text
from outcomelang.diagnostic import ContractError
from outcomelang.surface.from_text import LONGEST

SPEC = importlib.util.spec_from_file_location("fuzz", Path(__file__).parents[1] / "fuzz.py")
assert SPEC is not None
assert SPEC.loader is not None
FUZZ = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(FUZZ)

TEN_MEGABYTES = 10 << 20
A_CLAUSE = 'payment Fee: the Council pays the Charity £5 for each Session, clause "2.1"\n'
GREAT = {
    "noise": "".join(map(chr, Random(1).choices(range(1, 0x2FF), k=1 << 16))),
    "one long line": "word ",
    "one word": "x",
    "brackets": "(",
    "clauses": A_CLAUSE,
    "texts that are not closed": 'purpose "x\n',
    "marks": '"',
    "names": "Name ",
}
LITTLE = LONGEST // 16
MOST = 4.0
"""A pass over sixteen times the text may cost this many times as much for each character; a quadratic one costs 16."""


def cost(text: str) -> float:
    start = time.process_time()
    with pytest.raises(ContractError) as found:
        compile_text(text)
    assert found.value.diagnostics
    return time.process_time() - start


@pytest.mark.parametrize("seed", range(4))
def test_a_changed_contract_compiles_or_has_findings_with_their_places(seed: int) -> None:
    shipped, choice = FUZZ.texts(), Random(seed)
    baseline = max(FUZZ.seconds(path, text) for path, text in shipped.items())
    spent = [FUZZ.seconds(*FUZZ.changed(choice, shipped)) for _ in range(40)]
    assert max(spent) < FUZZ.SLOWEST * baseline


@pytest.mark.parametrize("kind", GREAT)
def test_ten_megabytes_of_anything_are_refused_at_once(kind: str) -> None:
    text = (GREAT[kind] * (TEN_MEGABYTES // len(GREAT[kind]) + 1))[:TEN_MEGABYTES]
    assert cost(text) < cost(A_CLAUSE * 100) + 20 * cost(A_CLAUSE)


@pytest.mark.slow
@pytest.mark.parametrize("kind", GREAT)
def test_the_longest_text_that_is_read_costs_no_more_for_each_character_than_a_short_one(kind: str) -> None:
    little, much = ((GREAT[kind] * (size // len(GREAT[kind]) + 1))[:size] for size in (LITTLE, LONGEST))
    assert cost(much) < MOST * 16 * cost(little)
