"""The compiled plan beside what people write by hand, on one log of the size that is asked for.

    python benchmarks/scale/measure.py --people 1000000
    python benchmarks/scale/measure.py --people 10000000 --memory 4GB --runs 1 --only scan group sql duckdb
    python benchmarks/scale/measure.py --people 1000000 --entries     # every entry, written as Parquet

A person has ten rows on average. Every way runs in a process of its own and they take turns; medians count.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))

from harness import RUNS, Measurement, measure
from sized import Size, rows_of

CONTENDER = Path(__file__).parent / "contender.py"
BY_HAND = {
    "scan": "scan of five columns",
    "group": "scan, grouped by participant",
    "sql": "DuckDB SQL by hand",
    "polars": "Polars by hand",
    "pandas": "pandas by hand",
}
ENGINES = {
    "duckdb": "outcomelang, DuckDB",
    "spark": "outcomelang, Spark local",
    "reference": "outcomelang, reference",
}


def command(way: str, size: Size, folder: Path, options: argparse.Namespace) -> list[str]:
    """What runs one way."""
    log = size.log(folder)
    entries = folder / f"entries-{way}.parquet"
    if way in BY_HAND:
        words = [sys.executable, str(CONTENDER), way, str(log), str(size.value)]
        written = ["--entries", str(entries)]
    else:
        contract = str(size.contract(folder))
        words = [sys.executable, "-m", "outcomelang", "evaluate", contract, "--events", str(log), "--engine", way]
        if not options.entries:
            words += ["--output", str(folder / f"statement-{way}.txt")]
        written = ["--format", "parquet", "--output", str(entries)]
    limit = "--memory" if way in BY_HAND else "--memory-limit"
    for name, value in ((limit, options.memory), ("--threads", options.threads)):
        if value and way not in ("polars", "pandas", "reference"):
            words += [name, str(value)]
    return words + (written if options.entries and way not in ("scan", "group") else [])


def table(measured: dict[str, Measurement], rows: int) -> str:
    """Wall and processor seconds, memory, rows a second, and the ratios that the goals speak of, in processor time."""
    by_hand, floor = measured.get("sql"), measured.get("group")
    lines = [f"{'':30}{'wall s':>9}{'cpu s':>9}{'MB':>9}{'rows/s':>13}{'/ SQL':>8}{'/ floor':>9}"]
    for way, one in measured.items():
        ratios = [f"{one.over(other):.2f}" if other else "" for other in (by_hand, floor)]
        name = (BY_HAND | ENGINES)[way]
        lines.append(
            f"{name:30}{one.wall:>9.2f}{one.processor:>9.2f}{one.megabytes:>9,.0f}{rows / one.wall:>13,.0f}"
            f"{ratios[0]:>8}{ratios[1]:>9}"
        )
    return "\n".join(lines)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--only", nargs="+", choices=(*BY_HAND, *ENGINES), default=[*BY_HAND, "duckdb"])
    parser.add_argument("--entries", action="store_true", help="write every entry as Parquet")
    parser.add_argument("--memory", help="the limit of DuckDB, as 4GB")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--folder", type=Path, help="where logs are kept for the next run")
    options = parser.parse_args()
    with TemporaryDirectory() as passing:
        folder = options.folder or Path(passing)
        folder.mkdir(parents=True, exist_ok=True)
        size = Size(options.people)
        commands = {way: command(way, size, folder, options) for way in options.only}
        rows = rows_of(size.log(folder))
        print(f"{size.people:,} people, {rows:,} rows, median of {options.runs}")
        print(table(measure(commands, options.runs), rows))


if __name__ == "__main__":
    main()
