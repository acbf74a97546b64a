"""What formulas cost beside importing SymPy: deriving and writing the text, and SymPy objects; time and peak memory.

python benchmarks/formula.py
"""

from __future__ import annotations

import compileall

from harness import ROOT, measure, python, report

MOST_SYMBOLS = ROOT / "contracts/care-leavers-sib/contract.outcome"
LONGEST = ROOT / "contracts/work-programme/amended.outcome"
TEXT = "import sys, io; sys.stdout = io.StringIO(); from outcomelang.cli import main; main(['formula', sys.argv[1]])"
OBJECTS = "import sys; from outcomelang import compile_contract; compile_contract(sys.argv[1]).formula()"


def main() -> None:
    """Measure the contract with most payments and the one with the longest formula."""
    compileall.compile_dir(str(ROOT / "outcomelang"), quiet=1)
    commands = {"python -c 'import sympy'": python("import sympy")}
    for path in (LONGEST, MOST_SYMBOLS):
        commands[f"formula {path.parent.name}"] = python(TEXT, path)
        commands[f"contract.formula() of {path.parent.name}"] = python(OBJECTS, path)
    report(measure(commands, runs=7), "python -c 'import sympy'")


if __name__ == "__main__":
    main()
