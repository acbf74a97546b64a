"""Whether every way of working out contract.outcome gives the same entries, to the penny.

    python benchmarks/scale/agree.py --people 10000 [--with duckdb spark]

The ways by hand are in by_hand.sql, by_hand_polars.py and by_hand_pandas.py; the reference evaluator is what they are
held against. An entry is its payment, person, day, number among those of the person, and amount.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))

import duckdb
from harness import once
from sized import Size, rows_of

PAYMENTS = ("Attachment Fee", "Job Outcome Fee", "Sustainment Fee", "Progress Fee", "Clawback")
ENTRY = "flow::integer as flow, participant, day::date as day, sequence::integer as sequence, amount::bigint as amount"
OF_LEDGER = f"""
select list_position([{", ".join(f"'{name}'" for name in PAYMENTS)}], payment)::integer as flow, participant,
  day::date as day, sequence::integer as sequence, (amount::decimal(18, 2) * 100)::bigint as amount
from read_csv($1, all_varchar = true)
"""


def entries(way: str, size: Size, folder: Path) -> Path:
    """What one way gives, as a file."""
    contender = str(Path(__file__).parent / "contender.py")
    if way in ("sql", "polars", "pandas"):
        written = folder / f"{way}.parquet"
        words = [contender, way, str(size.log(folder)), str(size.value), "--entries", str(written)]
    else:
        written = folder / f"{way}.csv"
        log = size.log(folder, "csv" if way == "reference" else "parquet")
        words = ["-m", "outcomelang", "evaluate", str(size.contract(folder)), "--events", str(log)]
        words += ["--format", "csv", "--output", str(written), *(() if way == "reference" else ("--engine", way))]
    once([sys.executable, *words])
    return written


def difference(size: Size, ways: list[str], folder: Path) -> dict[str, tuple[int, int, int]]:
    """Of each way: how many entries, how many of the reference it lacks, and how many it has that the reference has
    not."""
    found: dict[str, tuple[int, int, int]] = {}
    with duckdb.connect() as engine:
        engine.execute(f"create table expected as {OF_LEDGER}", [str(entries("reference", size, folder))])
        for way in ways:
            path = entries(way, size, folder)
            source = OF_LEDGER if path.suffix == ".csv" else f"select {ENTRY} from read_parquet($1)"
            engine.execute(f"create or replace table given as {source}", [str(path)])
            counts = engine.execute("""
                select (select count(*) from given), (select count(*) from (from expected except all from given)),
                  (select count(*) from (from given except all from expected))""").fetchone()
            assert counts is not None
            found[way] = counts
    return found


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--people", type=int, default=1_000)
    parser.add_argument("--with", dest="more", nargs="+", choices=("duckdb", "spark"), default=[])
    options = parser.parse_args()
    size = Size(options.people)
    with TemporaryDirectory() as folder:
        found = difference(size, ["sql", "polars", "pandas", *options.more], Path(folder))
        print(f"{rows_of(size.log(Path(folder))):,} rows")
    for way, (number, lacking, too_many) in found.items():
        said = "the same as the reference" if lacking == too_many == 0 else f"{lacking:,} lacking, {too_many:,} more"
        print(f"{way:10}{number:>12,} entries, {said}")
    raise SystemExit(any(lacking or too_many for _, lacking, too_many in found.values()))


if __name__ == "__main__":
    main()
