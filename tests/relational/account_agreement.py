"""A long run: `python tests/relational/account_agreement.py SECONDS [FIRST SEED]`.

Without a seed every account of every contract and golden page comes first; then made-up accounts for so many seconds.
Prints how many accounts agreed, by sets or by the fold, and of the first that does not the smallest that differs.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random
from time import monotonic

import packaged  # noqa: F401  the folders of tests as packages

from tests.relational import accounts, made
from tests.relational.engine import Engine
from tests.relational.exported import exported


def _library() -> list[Path]:
    return [*accounts.contracts(), *accounts.golden_pages()]


def _agrees(path: Path, engine: Engine) -> bool:
    """Whether every account of a contract or a golden page is that of the reference."""
    if made.refused_stages(accounts.compiled(path)):
        return True
    for account, meaning in accounts.accounts(path):
        of = exported(account, meaning)
        engine.given(of)
        found = made.accounted(of.contract, of.known, engine)
        made.FOLDED[found.folded or ""] += 1
        if found.ledger != of.ledger:
            print(f"{path} differs")
            return False
    return True


def main(seconds: float, first: int) -> int:
    engine = Engine()
    if not first and not all(_agrees(path, engine) for path in _library()):
        return 1
    until, seed = monotonic() + seconds, first
    while monotonic() < until:
        of = made.made(Random(seed))
        found = made.differs(of, engine, engine.made)
        if found is not None:
            print(f"seed {seed} differs in {found}; the smallest:")
            smallest = made.shrunk(of, engine, engine.made)
            print(*smallest.contract.stages, *smallest.drafts, smallest.known, smallest.endings, sep="\n")
            made.differs(smallest, engine, engine.made)
            for ledger in (made.by_fold(smallest), made.accounted(smallest.contract, smallest.known, engine).ledger):
                print(*ledger.lines, *ledger.entries, sep="\n")
            return 1
        seed += 1
    print(f"{seed - first} accounts agree, from seed {first} on")
    for why, count in made.FOLDED.most_common():
        print(f"{count:6} {why or 'by sets'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
