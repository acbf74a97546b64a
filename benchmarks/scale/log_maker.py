"""A synthetic log for `contract.outcome`, of any size, the same for the same numbers on every machine.

    python benchmarks/scale/log_maker.py LOG.parquet --people 100000 [--contacts 6] [--length 240]
    python benchmarks/scale/log_maker.py LOG.csv --people 1000

DuckDB writes it, without a row ever passing through Python: the draws are whole numbers from a multiplicative
congruential generator over the person's number, so that any engine and any version makes the same log. A person has ten
rows on average. Nothing is in order: rows stand by kind, and people are shuffled, as in a log gathered from several
systems.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import duckdb

FIRST_DAY, LAST_DAY, LAST_JOINING = "2015-04-01", "2022-03-31", 2191
SHUFFLE = 7368787
"""A prime: numbers of people that it does not divide are visited once each."""

DRAW = """
create macro draw(number, which, below) as
  ((((number + 1) * 48271 + which * 7919) % 2147483647 * 16807 + which * 104729) % 2147483647
   * 48271 % 2147483647) // 1024 % below
"""
PEOPLE = """
create view people as
select *, joined + 5 + draw(n, 3, 200) as start_1, start_1 + 10 + draw(n, 4, $length) as end_1,
  end_1 + 1 + draw(n, 5, 120) as start_2, start_2 + 10 + draw(n, 6, $length) as end_2,
  end_2 + 1 + draw(n, 7, 120) as start_3, start_3 + 10 + draw(n, 8, $length) as end_3,
  joined - 60 + draw(n, 11, 600) as trade
from (
  select number as n, 'P' || lpad(number::varchar, 9, '0') as participant, draw(n, 1, $last_joining) as joined,
    ['young', 'older', 'early access', 'health'][1 + draw(n, 9, 4)] as payment_group,
    least(3, greatest(0, draw(n, 2, 6) - 1)) as jobs, draw(n, 13, 10) > 0 as ended, draw(n, 10, 5) < 2 as trades
  from (select range * $shuffle % $people as number from range($people))
)
"""
ROWS = """
with facts(mark, n, participant, event, day, source, payment_group) as (
  select 'A', n, participant, 'Attachment', joined, 'Department', payment_group from people
  union all select 'S1', n, participant, 'Job Start', start_1, 'Department', null from people where jobs > 0
  union all select 'E1', n, participant, 'Job End', end_1, 'Department', null from people
    where jobs > 1 or jobs > 0 and ended
  union all select 'S2', n, participant, 'Job Start', start_2, 'Department', null from people where jobs > 1
  union all select 'E2', n, participant, 'Job End', end_2, 'Department', null from people
    where jobs > 2 or jobs > 1 and ended
  union all select 'S3', n, participant, 'Job Start', start_3, 'Department', null from people where jobs > 2
  union all select 'E3', n, participant, 'Job End', end_3, 'Department', null from people where jobs > 2 and ended
  union all select 'T1', n, participant, 'Trade Start', trade, 'Department', null from people where trades
  union all select 'T2', n, participant, 'Trade End', trade + 30 + draw(n, 12, 300), 'Department', null from people
    where trades
  union all select 'B', n, participant, 'Benefit Claim', joined + 150 + draw(n, 31, 700), 'Department', null from people
    where draw(n, 30, 10) < 4
  union all select 'Q' || k, n, participant, 'Qualification', joined + draw(n, 40 + k, 420), 'Prime', null
    from people, range(4) as times(k) where k < draw(n, 14, 5)
  union all select 'C' || k, n, participant, 'Contact', joined + draw(n, 60 + k, 730), 'Prime', null
    from people, range($contacts) as times(k) where k < draw(n, 20, $contacts + 1)
)
select mark || '-' || n as id, participant, event, date '2015-04-01' + day::integer as date, source, payment_group
from facts where date between '2015-04-01' and '2022-03-31'
"""


def make(path: Path, people: int, contacts: int = 6, length: int = 240) -> int:
    """Write a log of so many people, as Parquet or CSV by the name of the file; the number of its rows.

    `contacts` is the most rows a person has that nothing is paid for, `length` how many days a job may last: with it
    grows the number of payments.
    """
    if people % SHUFFLE == 0:
        raise ValueError(f"{people} people cannot be shuffled: choose another number")
    sizes = {"people": people, "shuffle": SHUFFLE, "length": length, "last_joining": LAST_JOINING}
    with duckdb.connect() as engine:
        engine.execute("set preserve_insertion_order = false")
        engine.execute(DRAW)
        engine.execute(_filled(PEOPLE, sizes))
        kind = "format csv, header" if path.suffix == ".csv" else "format parquet"
        copied = engine.execute(f"copy ({_filled(ROWS, {'contacts': contacts})}) to '{path}' ({kind})").fetchone()
    assert copied is not None
    return int(copied[0])


def _filled(text: str, numbers: dict[str, int]) -> str:
    """Views and `copy` take no parameters; these are whole numbers."""
    for name, number in sorted(numbers.items(), reverse=True):
        text = text.replace(f"${name}", str(int(number)))
    return text


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--contacts", type=int, default=6)
    parser.add_argument("--length", type=int, default=240)
    options = parser.parse_args()
    make(options.path, options.people, options.contacts, options.length)


if __name__ == "__main__":
    main()
