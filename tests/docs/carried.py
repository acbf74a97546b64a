"""docs/carried.md: what the relational plan carries of each contract of the library, and why it leaves others.

python tests/docs/carried.py > docs/carried.md
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from textwrap import fill

from outcomelang.compiler import compile_path
from outcomelang.core import ir
from outcomelang.relational.compiling import plan

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = ROOT / "contracts"

HEAD = """# What the relational plan carries

`outcomelang evaluate --engine duckdb|spark` turns a contract into a relational plan: named stages, each one query over
the log and the stages before it. The same ledger comes of it, row for row, as of the reference evaluator. Tests compare
whole ledgers on every log of the schemes below, and what is earned on the first log of every third and on every fourth
page of `tests/golden/evaluation` that has a log; `python tests/relational/carried.py` goes through all of them.

What the plan cannot say is a refusal with its clause and its reason, known before a row is read; then the reference
evaluator does the account, and the command says so. Nothing is approximated. Two things only the log shows: a number
with more digits than an engine's whole numbers have, and a report that only the reference can word (a condition without
a value, a claim that came too late). Then too the account is handed back.

`outcomelang export sql CONTRACT --dialect duckdb|spark` prints the plan for people who run it in a warehouse of their
own.

## What is not carried yet

Amended contracts; plans of participants; what is said of outcomes and payments by row (decided, verified, evidenced);
members; figures and indices; joining again; working days; suspended time limits; periods counted as things and the same
period of another year; pools with an exception; tables on a straight line; any span of months; groups by a measure;
states asked of something else than a person.

## The contracts of the library
"""


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *_rows()]) + "\n"


def _rows() -> Iterator[str]:
    for path in sorted(CONTRACTS.glob("*/*.outcome")):
        contract = compile_path(str(path), None, False).core
        name = path.parent.name if path.stem == "contract" else f"{path.parent.name}, {path.stem}"
        yield fill(f"* {name}: {_said(contract)}", 120, subsequent_indent="  ", break_on_hyphens=False)


def _said(contract: ir.Contract) -> str:
    made = plan(contract, contract.last_claim or contract.last_day or date(2030, 12, 31))
    if not made.refusals:
        return f"{len(made.stages)} stages"
    refusal = made.refusals[0]
    clause = f"clause {refusal.clause}: " if refusal.clause else ""
    return f"by the reference, as {clause}{refusal.why}"


if __name__ == "__main__":
    print(page(), end="")
