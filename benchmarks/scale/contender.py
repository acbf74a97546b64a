"""One way to work out what contract.outcome pays, for a process of its own: see measure.py.

    python benchmarks/scale/contender.py WAY LOG VALUE [--entries FILE] [--memory 4GB] [--threads 2] [--show]

WAY is `scan` or `group` (the floor: no way is faster than to read five columns, or to read them and group them by
participant), `sql`, `polars` or `pandas`. VALUE is the contract's, in pounds. Without --entries the totals of each
payment are worked out; with it every entry is written as Parquet.
"""

from __future__ import annotations

import argparse
from pathlib import Path

HERE = Path(__file__).parent
FLOORS = {
    "scan": "select count(id), max(participant), max(event), max(date), max(payment_group) from log",
    "group": """select count(*), sum(rows), max(last) from (
        select participant, count(id) as rows, max(event), max(date) as last, max(payment_group) from log
        group by participant)""",
}
TOTALS = "select flow, count(*), sum(amount)::bigint from paid group by flow order by flow"


def shares(value: int) -> tuple[int, int]:
    """The limit of a year and that of the whole contract in pence: 18% and 90% of a value in pounds."""
    return value * 18, value * 90


def in_duckdb(way: str, log: Path, value: int, options: argparse.Namespace) -> object:
    import duckdb

    annual, overall = shares(value)
    with duckdb.connect() as engine:
        engine.execute("set preserve_insertion_order = false")
        if options.memory:
            engine.execute("set memory_limit = $1", [options.memory])
        if options.threads:
            engine.execute("set threads = $1", [options.threads])
        engine.from_parquet(str(log)).create_view("log")
        if way in FLOORS:
            return engine.execute(FLOORS[way]).fetchall()
        statement = (HERE / "by_hand.sql").read_text(encoding="utf-8")
        engine.execute(statement.replace("$annual", str(annual)).replace("$overall", str(overall)))
        if options.entries:
            engine.table("paid").write_parquet(str(options.entries))
        return engine.execute(TOTALS).fetchall()


def in_polars(log: Path, value: int, options: argparse.Namespace) -> object:
    import by_hand_polars
    import polars

    entries = by_hand_polars.paid(log, *shares(value))
    if options.entries:
        entries.write_parquet(options.entries)
    return entries.group_by("flow").agg(polars.len(), polars.col("amount").sum()).sort("flow")


def in_pandas(log: Path, value: int, options: argparse.Namespace) -> object:
    import by_hand_pandas

    entries = by_hand_pandas.paid(log, *shares(value))
    if options.entries:
        entries.to_parquet(options.entries, index=False)
    return entries.groupby("flow")["amount"].agg(["size", "sum"])


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("way", choices=(*FLOORS, "sql", "polars", "pandas"))
    parser.add_argument("log", type=Path)
    parser.add_argument("value", type=int)
    parser.add_argument("--entries", type=Path)
    parser.add_argument("--memory")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--show", action="store_true", help="print the totals")
    options = parser.parse_args()
    match options.way:
        case "polars":
            totals = in_polars(options.log, options.value, options)
        case "pandas":
            totals = in_pandas(options.log, options.value, options)
        case way:
            totals = in_duckdb(way, options.log, options.value, options)
    if options.show:
        print(totals)


if __name__ == "__main__":
    main()
