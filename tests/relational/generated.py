"""Contract and log pairs at random, by seed, and the smallest part of one that still does what it did."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from attrs import evolve

from .generated_contracts import compiled, written
from .generated_logs import FAR, Pair, account_day, log
from .whole_ledgers import Task

LOGS = 12
"""So many logs for each contract: to compile and to plan it takes longer than to reckon with a small log."""
READ = 2
"""So many of them are read by the engine too."""


def pairs(seed: int) -> Iterator[Pair]:
    """The pairs of a seed: one contract, several logs, half of them with a final account. The first are read by the
    engine, and those with numbers that it cannot hold; the others are given to it as the reference has read them."""
    random = Random(seed)
    contract = written(random)
    logs = [log(random, contract) for _ in range(LOGS)]
    early = account_day(random, contract, random.choice(logs))
    for place, rows in enumerate(logs):
        read = place < READ or any(cell in FAR for row in rows for cell in row.values())
        yield Pair(contract, rows, early if place % 2 else None, read)


def task(pair: Pair, folder: Path) -> Task:
    """The log as a file."""
    file = folder / "events.csv"
    file.write_text(pair.csv, "utf-8")
    return Task(pair.contract, [file], pair.as_of, pair.read)


def shrunk(pair: Pair, still: Callable[[Pair], bool]) -> Pair:
    """With as few rows, cells and clauses as still do."""
    smaller = True
    while smaller:
        found = next((each for each in _smaller(pair) if still(each)), None)
        pair, smaller = (pair, False) if found is None else (found, True)
    return pair


def _smaller(pair: Pair) -> Iterator[Pair]:
    rows = pair.rows
    for size in (len(rows) // 2, len(rows) // 4, 1):
        for at in range(0, len(rows) if size else 0, max(size, 1)):
            yield evolve(pair, rows=rows[:at] + rows[at + size :])
    lines = pair.written.text.splitlines(keepends=True)
    for at in range(len(lines) - 1, -1, -1):
        made = compiled("".join(lines[:at] + lines[at + 1 :]))
        if made is not None:
            yield evolve(pair, written=made)
    for at, row in enumerate(rows):
        for name in set(row) - {"id", "event", "date", "source"}:
            fewer = {key: value for key, value in row.items() if key != name}
            yield evolve(pair, rows=(*rows[:at], fewer, *rows[at + 1 :]))
