"""A long run of made-up accounts: `python tests/relational/account_agreement.py SECONDS [FIRST SEED]`.

Prints how many accounts agreed, by sets or by the fold, and of the first that does not the smallest that differs.
"""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from random import Random
from time import monotonic
from types import ModuleType


def package() -> None:
    """The folders of tests as packages, as the test run has them."""
    here = Path(__file__).parent
    for name, path in (("tests", here.parent), ("tests.relational", here)):
        module = ModuleType(name)
        module.__path__ = [str(path)]
        sys.modules[name] = module


def loaded(name: str) -> ModuleType:
    spec = spec_from_file_location(f"tests.relational.{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def main(seconds: float, first: int) -> int:
    package()
    engine_module, made = loaded("engine"), loaded("made")
    engine = engine_module.Engine()
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
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1))
