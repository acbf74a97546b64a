"""How fast a log is read, beside `csv.reader` alone on the same file.

python benchmarks/read_log.py [ROWS]
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from harness import ROOT, measure, once, python, report

LOGS: dict[str, list[str]] = {"plain": [], "wages": ["--wages"], "verdicts": ["--verdicts"]}
BASELINE = "import csv, sys\nfor row in csv.reader(open(sys.argv[1], newline='', encoding='utf-8')): pass"
READ = """
import sys
from pathlib import Path
from make_log import contract
from outcomelang.evaluation.log import read_log
read_log(contract(), [Path(sys.argv[1])])
"""


def main() -> None:
    """Measure three logs: few different cells, an amount in every second row, a verdict on every third."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with TemporaryDirectory() as folder:
        logs = {name: Path(folder) / f"{name}.csv" for name in LOGS}
        for name, path in logs.items():
            # In a process of its own: the peak of memory of this one would be counted as that of those it starts.
            once([sys.executable, str(ROOT / "benchmarks/make_log.py"), str(rows), str(path), *LOGS[name]])
        for name, path in logs.items():
            commands = {"csv.reader alone": python(BASELINE, path), f"read_log, {name}": python(READ, path)}
            with path.open("rb") as stream:
                lines = sum(1 for _ in stream) - 1
            report(measure(commands), "csv.reader alone", lines, "rows")


if __name__ == "__main__":
    main()
