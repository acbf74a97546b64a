"""docs/carried.md: how the engines carry each contract of the library, and why they leave others.

python tests/docs/carried.py > docs/carried.md
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from textwrap import fill

from outcomelang.compiler import compile_path
from outcomelang.core import ir
from outcomelang.relational.evaluating import ByPerson, prepared
from outcomelang.relational.handing_back import HandedBack

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = ROOT / "contracts"

HEAD = """# What the engines carry

`outcomelang evaluate --engine duckdb|spark` turns a contract into a relational plan: named stages, each one query over
the log and the stages before it. The same ledger comes of it, row for row, as of the reference evaluator. Tests compare
whole ledgers on every log of the schemes below, and what is earned on the first log of every third and on every fourth
page of `tests/golden/evaluation` that has a log; `python tests/relational/carried.py` goes through all of them.

## What the plan cannot say

Amended contracts; plans of participants; what is said of outcomes and payments by row (decided, verified, evidenced);
members; figures and indices; joining again; working days; suspended time limits; periods counted as things and the same
period of another year; pools with an exception; tables on a straight line; any span of months; groups by a measure;
states asked of something else than a person. Each is known with its clause and its reason before a row is read. Two
things only the log shows: a condition without a value, and a claim that came too late. Of these only the reference
tells how often and where.

`outcomelang export sql CONTRACT --dialect duckdb|spark` prints the plan for people who run it in a warehouse of their
own. What a plan cannot say, it refuses.

## Person by person

Such a contract is **reckoned person by person**. The engine reads the log and checks it, takes what was known on the
day of the account, and puts it in order of people. The reference's own evaluation earns what some thousands of rows of
whole people earn, and its entries go back into the engine; then the next people come. So whatever the reference can
earn for one person alone is earned exactly as it does, and memory does not grow with the log. What is due is then
reckoned as after a plan. This is so only where **everything that is asked for one person rests on rows of that person,
or on rows of the contract as a whole** (a figure, an event of nobody), which everybody sees. Payments of the contract
as a whole are earned once, from those rows alone. Each contract is looked through for this before a row is read, and
what looks further is named:

* payments for a cohort or group, or for several together: everybody in it is looked at;
* people, achievements, days or rows counted over everybody;
* more than 20,000 rows of the contract as a whole (only the log shows it);
* what only the log can tell of an entry, when limits are reckoned: how much a limit is where it depends on rows, and
  parts of an amount that follows an index.

Then the reference evaluator does the account. So it does where a number has more digits than an engine's whole numbers
have. The command says which it was, and why. Nothing is approximated.

Tests compare whole ledgers of these, too: every log of the library, and every eighth page, some rows at a time and as
of several days; `python tests/relational/by_person.py` goes through all of them, and through those that a plan carries.

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
    try:
        made = prepared(contract, contract.last_claim or contract.last_day or date(2030, 12, 31))
    except HandedBack as why:
        return f"by the reference, as {why}"
    if isinstance(made, ByPerson):
        return f"person by person, as {made.why}"
    return f"{len(made.stages)} stages"


if __name__ == "__main__":
    print(page(), end="")
