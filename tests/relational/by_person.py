"""A log reckoned person by person over DuckDB, against the reference: the whole ledger, equal in all fields.

`python tests/relational/by_person.py [WORD]` goes through every example and page that the plan refuses, each as of
several days, and says which can be reckoned so, and why the others cannot.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from unittest.mock import patch

from outcomelang.core import ir
from outcomelang.evaluation.event_log import EventLog
from outcomelang.evaluation.ledger import Ledger
from outcomelang.evaluation.reference import evaluate
from outcomelang.relational.duckdb_engine import DuckDB
from outcomelang.relational.evaluating import ByPerson, by_person, prepared
from outcomelang.relational.evaluating import evaluate as on_engine
from outcomelang.relational.handing_back import HandedBack
from outcomelang.relational.log import LogTables
from outcomelang.relational.people import logs

FIELDS = ("lines", "total", "pending", "reports", "as_of", "final", "log_ends", "currency", "digest")


def way(contract: ir.Contract, as_of: date | None) -> ByPerson | str:
    """How a contract is reckoned person by person, whatever a plan could say of it; or why it cannot be."""
    try:
        found = prepared(contract, as_of)
        return found if isinstance(found, ByPerson) else by_person(contract, "asked for")
    except HandedBack as why:
        return str(why)


def reckoned(
    contract: ir.Contract, log: EventLog, as_of: date | None, of: ByPerson, engine: DuckDB, batch: int
) -> Ledger:
    """The ledger of a log, so many rows at a time (or those of one person)."""
    tables = LogTables(log.files, log.last_day, log.corrected, log.reports, len(log.rows))
    with patch.object(logs, "BATCH", batch):
        found = on_engine(contract, engine, tables, as_of, "", made=of)
    assert found.by_person == of.why
    list(found.ledger.entries)
    return found.ledger


def differing(made: Ledger, base: Ledger) -> list[str]:
    """The fields in which two ledgers differ."""
    found = [name for name in FIELDS if getattr(made, name) != getattr(base, name)]
    return found if list(made.entries) == list(base.entries) else [*found, "entries"]


def days(log: EventLog, as_of: date | None) -> Iterator[date | None]:
    """The day of the account, and days on which less was known."""
    yield as_of
    known = sorted({row.recorded for row in log.rows} | {row.day for row in log.rows})
    for part in (1, 2, 3) if known else ():
        yield date.fromordinal(known[len(known) * part // 4])


def main(words: list[str]) -> None:
    import agreement  # as a script, beside this file
    import samples

    counts: Counter[str] = Counter()
    whys: dict[str, list[str]] = defaultdict(list)
    for sample in samples.every():
        if words and not any(word in sample.name for word in words):
            continue
        of = way(sample.contract, sample.as_of)
        if isinstance(of, str):
            whys[of.rpartition("alone: ")[2]].append(sample.name)
            continue
        for number, as_of in enumerate(days(sample.log, sample.as_of)):
            if not sample.log.rows:
                continue
            with DuckDB(threads=1) as engine:
                agreement.load(engine._connection, sample.contract, sample.log)
                try:
                    made = reckoned(sample.contract, sample.log, as_of, of, engine, (1, 5, 20_000)[number % 3])
                except HandedBack as why:
                    counts["handed back"] += 1
                    print("HANDED BACK", sample.name, as_of, why)
                    continue
                differ = differing(made, evaluate(sample.contract, sample.log, as_of))
            counts["differs" if differ else "agrees"] += 1
            if differ:
                print("DIFFERS", sample.name, as_of, differ)
    print(dict(counts))
    for why, names in sorted(whys.items(), key=lambda each: -len(each[1])):
        print(len(names), why, names[:3])


if __name__ == "__main__":
    main(sys.argv[1:])
