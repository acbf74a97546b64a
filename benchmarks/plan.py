"""What the queries of a contract cost before any log is read, beside importing DuckDB and SQLGlot: the imports of the
engine, the plan, the account and the text of every statement.

python benchmarks/plan.py
"""

from __future__ import annotations

import compileall

from harness import ROOT, measure, python, report

CONTRACTS = {
    "the benchmark's": ROOT / "benchmarks/scale/contract.outcome",
    "fair-chance-fund": ROOT / "contracts/fair-chance-fund/contract.outcome",
    "care-leavers-sib": ROOT / "contracts/care-leavers-sib/contract.outcome",
}
BARE = "import gc; gc.disable(); import duckdb, sqlglot"
READ = f"{BARE}; import sys; from outcomelang.compiler import compile_path; core = compile_path(sys.argv[1]).core"
QUERIES = f"""
{READ}
from outcomelang.relational import duckdb_engine, log
from outcomelang.relational.account.ledger import steps
from outcomelang.relational.evaluating import prepared
from outcomelang.relational.primitives import written
asked = steps(core, core.last_claim.toordinal(), prepared(core, None, False).stages, entries=False)
for stage in (*asked.plan, *asked.own):
    written(stage.query, "duckdb")
"""


def main() -> None:
    """Measure the contract of the benchmark at scale, a long one, and the one with most stages."""
    compileall.compile_dir(str(ROOT / "outcomelang"), quiet=1)
    commands = {"duckdb and sqlglot": python(BARE)}
    for name, path in CONTRACTS.items():
        commands[f"reading {name}"] = python(READ, path)
        commands[f"queries of {name}"] = python(QUERIES, path)
    report(measure(commands, runs=9), "duckdb and sqlglot")


if __name__ == "__main__":
    main()
