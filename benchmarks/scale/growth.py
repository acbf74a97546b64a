"""How the cost of the compiled plan grows: with rows, people, payments for each person, and clauses.

    python benchmarks/scale/growth.py benchmarks/scale/growth.csv [--people 50000] [--engine duckdb]
    python benchmarks/scale/plot.py benchmarks/scale/growth.csv docs/growth.svg

Each step is measured beside a scan of its log that is grouped by participant; processor time counts, start-up included.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))

from harness import RUNS, measure
from sized import Size, rows_of

CONTENDER = Path(__file__).parent / "contender.py"
CLAUSE = """
outcome Work {name} of a Jobseeker, when In Work begun on or after Attachment reaches {weeks} weeks in total, once
payment Work Fee {name}: the Department pays the Prime £{pounds} for each Work {name}
"""
COLUMNS = ("axis", "step", "rows", "engine", "processor", "wall", "megabytes", "floor", "by_hand")


def steps(people: int) -> Iterator[tuple[str, int, Size, str]]:
    """What grows, how far, and the log and the further clauses of the step."""
    for contacts in (0, 10, 30, 70):
        yield "rows that nothing is paid for", contacts, Size(people, contacts=contacts), ""
    for times in (1, 2, 4, 8):
        yield "people", people * times // 2, Size(people * times // 2), ""
    for length in (60, 120, 240, 480):
        yield "days of the longest job", length, Size(people, length=length), ""
    for clauses in (0, 5, 10, 20):
        yield "further outcomes and payments", clauses, Size(people), _clauses(clauses)


def _clauses(number: int) -> str:
    """So many outcomes, each with its payment; a name has no free digits."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return "".join(CLAUSE.format(name=letters[n] * 2, weeks=4 + n, pounds=10 + n) for n in range(number))


def step_measured(engine: str, size: Size, more: str, folder: Path, runs: int) -> dict[str, object]:
    """One step: the engine, the floor, and SQL by hand where nothing is added to the contract."""
    log = size.log(folder)
    words = [sys.executable, str(CONTENDER)]
    contract = str(size.contract(folder, more))
    commands = {
        "engine": [
            *(sys.executable, "-m", "outcomelang", "evaluate", contract, "--events", str(log)),
            *("--engine", engine, "--output", str(folder / "statement.txt")),
        ],
        "floor": [*words, "group", str(log), str(size.value)],
    }
    if not more:
        commands["by_hand"] = [*words, "sql", str(log), str(size.value)]
    found = measure(commands, runs)
    one = found["engine"]
    return {
        "rows": rows_of(log),
        "engine": engine,
        "processor": f"{one.processor:.2f}",
        "wall": f"{one.wall:.2f}",
        "megabytes": f"{one.megabytes:.0f}",
        "floor": f"{found['floor'].processor:.2f}",
        "by_hand": f"{found['by_hand'].processor:.2f}" if not more else "",
    }


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--people", type=int, default=50_000)
    parser.add_argument("--engine", default="duckdb")
    parser.add_argument("--runs", type=int, default=RUNS)
    options = parser.parse_args()
    with TemporaryDirectory() as folder, options.path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        table.writeheader()
        for axis, step, size, more in steps(options.people):
            measured = step_measured(options.engine, size, more, Path(folder), options.runs)
            table.writerow({"axis": axis, "step": step} | measured)
            stream.flush()
            print(axis, step, measured["rows"], measured["processor"], measured["by_hand"], measured["floor"])


if __name__ == "__main__":
    main()
