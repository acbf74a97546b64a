"""What the queries of a contract cost before any log is read, beside importing DuckDB and SQLGlot: the imports of the
engine, the plan, the account and the text of every statement.

python benchmarks/plan.py
"""

from __future__ import annotations

import compileall
import sys

from harness import ROOT, measure, python, report

CONTRACTS = {
    "the benchmark's": ROOT / "benchmarks/scale/contract.outcome",
    "fair-chance-fund": ROOT / "contracts/fair-chance-fund/contract.outcome",
    "care-leavers-sib": ROOT / "contracts/care-leavers-sib/contract.outcome",
}
BEGIN = "import gc, os, sys; gc.disable(); import duckdb, sqlglot"
READ = f"{BEGIN}; from outcomelang.compiler import compile_path; core = compile_path(sys.argv[1]).core"
END = "; os._exit(0)"
"""As the command ends: nothing is taken apart."""
QUERIES = f"""
{READ}
from outcomelang.relational import duckdb_engine, log
from outcomelang.relational.account.ledger import steps
from outcomelang.relational.evaluating import prepared
from outcomelang.relational.primitives import written
asked = steps(core, core.last_claim.toordinal(), prepared(core, None, False).stages, entries=False)
for stage in (*asked.plan, *asked.own):
    written(stage.query, "duckdb")
os._exit(0)
"""


def main() -> None:
    """Measure the contract of the benchmark at scale, a long one, and the one with most stages."""
    compileall.compile_dir(str(ROOT / "outcomelang"), quiet=1)
    commands = {"duckdb and sqlglot": python(BEGIN + END)}
    for name, path in CONTRACTS.items():
        commands[f"reading {name}"] = python(READ + END, path)
        commands[f"queries of {name}"] = python(QUERIES, path)
    found = measure(commands, runs=9)
    report(found, "duckdb and sqlglot")
    for name in CONTRACTS:
        more = found[f"queries of {name}"].processor - found[f"reading {name}"].processor
        ratio = more / found["duckdb and sqlglot"].processor
        sys.stdout.write(f"queries alone, of {name}: {more:.2f} s, {ratio:.2f} of importing DuckDB and SQLGlot\n")


if __name__ == "__main__":
    main()
