"""How fast the reference evaluator is, reading included, beside `csv.reader` alone on the same log; and its memory.

    python benchmarks/evaluate.py [ROWS]

The log is that of a national programme (make_programme.py), the contract is contracts/work-programme.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from harness import ROOT, measure, once, python, report

CONTRACT = ROOT / "contracts/work-programme/contract.outcome"
BASELINE = "import csv, sys\nfor row in csv.reader(open(sys.argv[1], newline='', encoding='utf-8')): pass"
INSIDE = """
import sys, time
from pathlib import Path
from outcomelang.compiler import compile_path
from outcomelang.evaluation.log import read_log
from outcomelang.evaluation.reference import evaluate
contract, log = compile_path(sys.argv[1]).core, Path(sys.argv[2])
started = time.process_time()
evaluate(contract, read_log(contract, (log,)))
speed = int(sys.argv[3]) / (time.process_time() - started)
print(f"reading and evaluating, without the start of Python: {speed:,.0f} rows/s")
"""
COMMAND = [sys.executable, "-m", "outcomelang", "evaluate", str(CONTRACT), "--output", "/dev/null"]


def main() -> None:
    """Measure reading, the statement, and the statement with every entry."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with TemporaryDirectory() as folder:
        log = Path(folder) / "programme.csv"
        once([sys.executable, str(ROOT / "benchmarks/make_programme.py"), str(rows), str(log)])
        with log.open("rb") as stream:
            lines = sum(1 for _ in stream) - 1
        commands = {
            "csv.reader alone": python(BASELINE, log),
            "statement": [*COMMAND, "--events", str(log)],
            "every entry as CSV": [*COMMAND, "--events", str(log), "--format", "csv"],
        }
        report(measure(commands), "csv.reader alone", lines, "rows")
        measure({"inside": python(INSIDE, CONTRACT, log, lines)}, runs=3)


if __name__ == "__main__":
    main()
