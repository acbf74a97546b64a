"""What each layer of `check` costs on each contract: reading, the terms, histories, and replaying what was found.

python benchmarks/loopholes.py [--rules]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date
from gc import collect, disable, enable
from typing import TypeVar

from harness import ROOT

from outcomelang.compiler import compile_path
from outcomelang.loopholes.rule import Means
from outcomelang.loopholes.rules import RULES
from outcomelang.loopholes.search import find
from outcomelang.loopholes.study import Study

T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Milliseconds of processor time, and what came out."""
    collect()
    disable()
    started = time.process_time()
    found = work()
    taken = (time.process_time() - started) * 1000
    enable()
    return taken, found


def main() -> None:
    """A line for each contract, the slowest rules of it with --rules."""
    compile_path(str(next(ROOT.glob("contracts/*/contract.outcome"))))  # what is loaded once
    print(f"{'contract':<38} {'read':>6} {'terms':>6} {'histories':>9} {'accounts':>8} {'all':>6}  ms, found")
    for path in sorted(ROOT.glob("contracts/*/contract.outcome")):
        reading, compiled = timed(lambda path=path: compile_path(str(path)))
        study = Study(compiled.core)
        spent = {True: 0.0, False: 0.0}
        slow: list[tuple[float, str]] = []
        for rule in RULES:
            taken, _ = timed(lambda rule=rule, study=study: list(rule.check(study)))
            spent[rule.means is Means.HISTORIES] += taken
            slow.append((taken, rule.code))
        whole, report = timed(lambda core=compiled.core: find(core, RULES, date(2026, 1, 1)))
        print(
            f"{path.parent.name:<38} {reading:6.0f} {spent[False]:6.0f} {spent[True]:9.0f} "
            f"{study.pay.accounts:8} {whole:6.0f}  {len(report.loopholes)}"
        )
        if "--rules" in sys.argv:
            print("    " + ", ".join(f"{code} {taken:.0f}" for taken, code in sorted(slow, reverse=True)[:5]))


if __name__ == "__main__":
    main()
