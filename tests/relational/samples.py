"""Contracts with logs on which every engine is compared: the examples of the case library, the pages with events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import frozen

from outcomelang.compiler import compile_path, compile_text
from outcomelang.core import ir
from outcomelang.diagnostic import ContractError, LogError, UsageError
from outcomelang.evaluation.event_log import EventLog
from outcomelang.evaluation.log import read_log

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = ROOT / "contracts"
GOLDEN = ROOT / "tests" / "golden"
FENCE = re.compile(r"^```([^\n`]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@frozen
class Sample:
    name: str
    contract: ir.Contract
    log: EventLog
    as_of: date | None


@cache
def _compiled(path: Path) -> ir.Contract:
    return compile_path(str(path), None, False).core


def examples() -> list[Path]:
    return sorted(path.parent for path in CONTRACTS.glob("*/*/expected.csv"))


def example(folder: Path) -> Sample:
    """One example of the case library."""
    own = folder.with_suffix(".outcome")
    contract = _compiled(own if own.is_file() else folder.parent / "contract.outcome")
    dated = folder / "as-of.txt"
    day = date.fromisoformat(dated.read_text("utf-8").strip()) if dated.is_file() else None
    name = f"{folder.parent.name}/{folder.name}"
    return Sample(name, contract, read_log(contract, [folder / "events.csv"]), day)


def golden() -> list[Path]:
    """Pages with a log whose contract compiles."""
    pages = sorted(GOLDEN.glob("evaluation/*/*.md"))
    return [path for path in pages if re.search(r"^```events *$", path.read_text("utf-8"), re.MULTILINE)]


def page(path: Path) -> Sample | None:
    """The contract and the log of a page; None where one of them is refused."""
    blocks = [(found[1].strip(), found[2]) for found in FENCE.finditer(path.read_text("utf-8"))]
    given = {words.split(" ")[0]: text for words, text in reversed(blocks)}
    words = next(words for words, _ in blocks if words.startswith("outcome"))
    base = re.search(r"\bbase=(\S+)", words)
    before = (GOLDEN / "bases" / f"{base[1]}.outcome").read_text("utf-8") if base else ""
    text = before + given["outcome"]

    def load(name: str) -> str:
        return text if name == "contract.outcome" else (GOLDEN / "bases" / name).read_text("utf-8")

    with TemporaryDirectory() as folder:
        events = Path(folder) / "events.csv"
        events.write_text(given["events"], "utf-8")
        try:
            contract = compile_text(text, "contract.outcome", load, None, doubts=False).core
            log = read_log(contract, [events])
        except (ContractError, LogError, UsageError):
            return None
    day = date.fromisoformat(given["as-of"].strip()) if "as-of" in given else None
    return Sample(path.relative_to(GOLDEN).as_posix(), contract, log, day)


def every() -> Iterator[Sample]:
    for folder in examples():
        yield example(folder)
    for path in golden():
        found = page(path)
        if found is not None:
            yield found
