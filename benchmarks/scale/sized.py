"""The log and the contract of one size, made where they are not there yet."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from attrs import frozen
from harness import ROOT, once

MAKER = ROOT / "benchmarks/scale/log_maker.py"
CONTRACT = ROOT / "benchmarks/scale/contract.outcome"
POUNDS_EACH = 3_000
"""The value of the contract for each person: every size then reaches its limits at the same time."""


@frozen
class Size:
    """How many people, the most rows of each that nothing is paid for, and the longest job in days."""

    people: int
    contacts: int = 6
    length: int = 240

    @property
    def value(self) -> int:
        return self.people * POUNDS_EACH

    def log(self, folder: Path, kind: str = "parquet") -> Path:
        """The log, made in a process of its own, whose peak of memory is then not counted as that of a later one."""
        path = folder / f"log-{self.people}-{self.contacts}-{self.length}.{kind}"
        if not path.exists():
            numbers = [f"--people={self.people}", f"--contacts={self.contacts}", f"--length={self.length}"]
            once([sys.executable, str(MAKER), str(path), *numbers])
        return path

    def contract(self, folder: Path, more: str = "") -> Path:
        """The contract with the value of this size, and with more clauses if any are given."""
        path = folder / f"contract-{self.people}-{len(more)}.outcome"
        text = CONTRACT.read_text(encoding="utf-8")
        path.write_text(re.sub(r"(?m)^value .*$", f"value £{self.value:,}", text) + more, encoding="utf-8")
        return path


def rows_of(log: Path) -> int:
    """How many rows a log in Parquet has."""
    import duckdb

    with duckdb.connect() as engine:
        found = engine.execute("select count(*) from read_parquet($1)", [str(log)]).fetchone()
    assert found is not None
    return int(found[0])
