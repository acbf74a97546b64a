"""Whatever the text: a contract that keeps its invariants, or mistakes; never an accident."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from outcomelang.compiler import compile_text
from outcomelang.core.invariants import broken
from outcomelang.diagnostic import ContractError

DRAFTS = Path(__file__).parents[1] / "surface" / "drafts"
TEXTS = {path.name: path.read_text("utf-8") for path in sorted(DRAFTS.glob("*.outcome"))}
PARTS = re.compile(r"[A-Z][\w-]*(?: [A-Z][\w-]*)*|£[\d,.]+|\d+%|\d+ \w+|\"[^\"]*\"")


def load(path: str) -> str:
    name = path.rsplit("/", 1)[-1]
    if name not in TEXTS:
        raise FileNotFoundError(path)
    return TEXTS[name]


def changed(random: random.Random, text: str) -> str:
    """The text with some lines left out, doubled, moved or taken from elsewhere, and some names and numbers swapped."""
    lines = text.split("\n")
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(lines))
        kind = random.random()
        if kind < 0.25:
            del lines[at : at + 1]
        elif kind < 0.4:
            lines.insert(random.randrange(len(lines) + 1), lines[at])
        elif kind < 0.55:
            lines.insert(at, random.choice(random.choice(list(TEXTS.values())).split("\n")))
        elif found := PARTS.findall(lines[at]):
            lines[at] = lines[at].replace(random.choice(found), random.choice(PARTS.findall(text)), 1)
        lines = lines or [""]
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(8))
def test_a_changed_draft_compiles_or_has_mistakes(seed: int) -> None:
    choice = random.Random(seed)
    for _ in range(25):
        text = changed(choice, choice.choice(list(TEXTS.values())))
        try:
            core = compile_text(text, "draft.outcome", load).core
        except ContractError as error:
            assert error.diagnostics
        else:
            assert broken(core) == ()
