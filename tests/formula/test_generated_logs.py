"""Formulas agree on logs that nobody wrote: those of the library with rows left out, people doubled, and other days."""

from __future__ import annotations

import csv
import random
from collections import Counter
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from outcomelang import LogError
from outcomelang.core import ir
from outcomelang.evaluation.log import read_log
from outcomelang.formula.deriving import Formulas, formulas
from outcomelang.substitution.agreement import substituted

from .test_agreement import FILES, core, disagreements, logs

SEEDS = (1, 2, 3)
TRIED: Counter[str] = Counter()


@cache
def of(path: Path) -> Formulas:
    return formulas(core(path))


Rows = list[dict[str, str]]


def read(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(path: Path, rows: Rows) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def changed(rows: Rows, chance: random.Random) -> Rows:
    """Some rows left out, and everybody several times over under other names: a limit that did not bind then does."""
    left = [row for row in rows if chance.random() > chance.choice((0, 0.1, 0.4))] or rows
    people = next((name for name in rows[0] if name.casefold() == "participant"), None)
    found = list(left)
    for copy in range(chance.choice((0, 1, 5))):
        found += [renamed(row, people, copy) for row in left if people is not None and row[people]]
    return found


def renamed(row: dict[str, str], people: str | None, copy: int) -> dict[str, str]:
    """The same of somebody else; what points at rows by their ids points at those of the copy."""
    suffix = f"-copy{copy}"
    ids = {"id", "verifies", "corrects", "replaces", people}
    return {name: f"{value}{suffix}" if value and name in ids else value for name, value in row.items()}


def day_of_account(contract: ir.Contract, chance: random.Random) -> date | None:
    first, last = contract.first_day, contract.last_claim or contract.last_day
    if first is None or last is None or chance.random() < 0.6:
        return None
    return first + timedelta(chance.randrange(max((last - first).days, 1)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_on_a_changed_log_a_formula_gives_what_is_due(path: Path, tmp_path: Path) -> None:
    tried = 0
    for seed in SEEDS:
        for events, _ in logs(path):
            chance = random.Random(f"{seed} {path.parent.name} {events.parent.name}")
            log = written(tmp_path / f"{seed}-{events.parent.name}.csv", changed(read(events), chance))
            day = day_of_account(core(path), chance)
            try:
                found = read_log(core(path), (log,))
            except LogError:
                continue
            tried += 1
            assert disagreements(substituted(of(path), found, day)) == [], f"{log.name}, account of {day}"
    assert tried
