"""What `check` costs beside starting Python: reading alone, and with the search for loopholes; and how fast contracts
are read.

python benchmarks/check.py
"""

from __future__ import annotations

import compileall
import sys

from harness import ROOT, measure, python, report

TYPICAL = ROOT / "contracts/work-programme/contract.outcome"
LONGEST = ROOT / "contracts/fair-chance-fund/contract.outcome"
COMPILE = "import sys; from outcomelang.compiler import compile_path; compile_path(sys.argv[1])"
READ = """
import sys, time
from pathlib import Path
from outcomelang.source import Source
from outcomelang.surface.from_text import parse
text = Path(sys.argv[1]).read_text(encoding="utf-8")
parse(Source("warm", text))
started = time.process_time()
for _ in range(int(sys.argv[2])):
    parse(Source("again", text))
seconds = time.process_time() - started
speed = len(text.encode()) * int(sys.argv[2]) / seconds / 1e6
print(f"parsing, warm: {speed:.2f} MB/s of {Path(sys.argv[1]).parent.name}")
"""


def main() -> None:
    """Measure a typical contract, the longest one, and an empty Python."""
    compileall.compile_dir(str(ROOT / "outcomelang"), quiet=1)
    check = [sys.executable, "-m", "outcomelang", "check", "--fail-on", "never"]
    commands = {
        "python -c pass": python("pass"),
        f"reading {TYPICAL.parent.name}": python(COMPILE, TYPICAL),
        f"reading {LONGEST.parent.name}": python(COMPILE, LONGEST),
        f"check {TYPICAL.parent.name}": [*check, str(TYPICAL)],
        f"check {LONGEST.parent.name}": [*check, str(LONGEST)],
    }
    report(measure(commands, runs=15), "python -c pass")
    measure({"parse": python(READ, LONGEST, 200)}, runs=1)


if __name__ == "__main__":
    main()
